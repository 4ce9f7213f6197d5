internal import BitextCore

/// The characters of a small file, read whole.
struct WholeText {
  /// The decoded text.
  let text: String

  /// - Parameter label: Finds the encoding that the file declares in its first bytes, as ASCII.
  init(
    _ source: InputBytes, options: ReadOptions, reporter: Reporter, label: ([UInt8]) -> String?
  ) throws(InterchangeError) {
    let decoder = try InputDecoder(source, options: options, label: label)
    var bytes: [UInt8] = []
    while try decoder.decode(into: &bytes) {}
    for finding in decoder.findings {
      let position = TextPosition(of: min(finding.offset, bytes.count), in: bytes.span)
      if finding.isFatal {
        throw InterchangeError(
          kind: .badData,
          diagnostic: Diagnostic(
            severity: .error, code: finding.code, file: source.name, position: position,
            message: finding.message))
      }
      reporter.send(.warning, code: finding.code, at: position, finding.message)
    }
    if bytes.isEmpty {
      throw InterchangeError(
        kind: .badData,
        diagnostic: Diagnostic(
          severity: .error, code: "empty", file: source.name, position: .start,
          message: "found an empty file, expected text"))
    }
    if let nul = bytes.firstIndex(of: 0) {
      throw InterchangeError(
        kind: .badData,
        diagnostic: Diagnostic(
          severity: .error, code: "binary", file: source.name,
          position: TextPosition(of: nul, in: bytes.span),
          message: "found a NUL character, expected text"))
    }
    text = String(decoding: bytes, as: UTF8.self)
  }

  /// The lines, without what ends them: LF, CR LF or CR.
  var lines: [Substring] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  }
}
