public import BitextCore

/// Writes translation units into a file of some format.
public protocol UnitWriter {
  /// Writes a unit.
  mutating func write(_ unit: TranslationUnit) throws(InterchangeError)
  /// Ends the file.
  mutating func finish() throws(InterchangeError)
  /// What the format had no place for, so far.
  var losses: LossReport { get }
}

extension Segment {
  /// The text with the native code of its inline codes in place, for formats that know none.
  var textWithCodes: String {
    guard !codes.isEmpty else { return text }
    var result = ""
    var index = text.utf8.startIndex
    var offset = 0
    for code in codes {
      let end = text.utf8.index(index, offsetBy: code.utf8Offset - offset)
      result += text[index..<end]
      index = end
      offset = code.utf8Offset
      result += Self.data(code.content)
    }
    return result + text[index...]
  }

  private static func data(_ content: [InlineCode.Content]) -> String {
    content.map { piece in
      switch piece {
      case .data(let text): text
      case .element(_, _, let inner): data(inner)
      }
    }.joined()
  }
}
