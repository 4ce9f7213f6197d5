/// A fault of the XML itself, at a byte of the decoded input.
struct XMLFault: Error {
  /// What kind of thing it is, in words for programs.
  let code: String
  /// Where, in bytes of the decoded input from its start.
  let offset: Int
  /// What was found and what was expected.
  let message: String
}
