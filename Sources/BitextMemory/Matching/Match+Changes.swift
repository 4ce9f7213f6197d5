internal import BitextCore

extension Match {
  /// The stored source with what the query changes in it: `The [-red-]{+blue+} house`.
  ///
  /// - Parameter query: The text that was looked up.
  /// - Precondition: The edits are those of this query.
  public func changes(query: String) -> String {
    var text = ""
    var end: UInt32 = 0
    for edit in edits {
      if edit.source.start > end {
        text += source.text[TextSpan(start: end, end: edit.source.start)]
      }
      // One character may have become several tokens; it is shown once.
      let own = edit.source.start >= end ? source.text[edit.source] : ""
      switch edit.kind {
      case .keep: text += own
      case .delete: text += "[-\(own)-]"
      case .insert: text += "{+\(query[edit.query])+}"
      case .replace: text += "[-\(own)-]{+\(query[edit.query])+}"
      }
      end = max(end, edit.source.end)
    }
    return text + source.text[TextSpan(start: end, end: max(end, UInt32(source.text.utf8.count)))]
  }
}
