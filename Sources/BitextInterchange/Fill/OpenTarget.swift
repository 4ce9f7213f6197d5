public import BitextCore

/// A text in a bilingual file that has no translation yet.
public struct OpenTarget: Sendable, Hashable {
  /// The text to translate, with its inline codes.
  public let source: Segment
  /// The language of the text.
  public let sourceLanguage: LanguageTag
  /// The language that is wanted.
  public let targetLanguage: LanguageTag
  /// The name that the file gives the text.
  public let identifier: String?
  /// The text before it: `""` at the start of the document, `nil` where order says nothing.
  public var previous: String?
  /// The text after it: `""` at the end of the document, `nil` where order says nothing.
  public var next: String?

  public init(
    source: Segment, sourceLanguage: LanguageTag, targetLanguage: LanguageTag,
    identifier: String? = nil, previous: String? = nil, next: String? = nil
  ) {
    self.source = source
    self.sourceLanguage = sourceLanguage
    self.targetLanguage = targetLanguage
    self.identifier = identifier
    self.previous = previous
    self.next = next
  }
}

/// Texts of a file that are filled together, and how.
struct OpenGroup {
  /// The texts without a translation.
  var targets: [OpenTarget]
  /// The changes to the file for what was found, in the order of the texts; none when nothing was.
  let edits: ([Segment?]) -> [TextEdit]
}

/// A change to a text.
struct TextEdit {
  /// What goes, in UTF-8 bytes; empty for an insertion.
  let range: Range<Int>
  /// What comes in its place.
  let text: String

  /// The text with all changes, each made once.
  ///
  /// - Precondition: The ranges do not overlap.
  static func apply(_ edits: [TextEdit], to bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + edits.reduce(0) { $0 + $1.text.utf8.count })
    var index = 0
    // Of several insertions at one place the first stands first.
    let ordered = edits.enumerated().sorted { left, right in
      (left.element.range.lowerBound, left.offset) < (right.element.range.lowerBound, right.offset)
    }
    for (_, edit) in ordered {
      precondition(edit.range.lowerBound >= index, "two changes of one place")
      result += bytes[index..<edit.range.lowerBound]
      result += edit.text.utf8
      index = edit.range.upperBound
    }
    return result + bytes[index...]
  }
}
