import BitextCore
import BitextText
import Testing

/// A text with `|` where a reader would end a sentence, and the rule that says so.
struct SentenceCase: Sendable, CustomTestStringConvertible {
  let marked: String
  let why: String

  init(_ marked: String, _ why: String) {
    self.marked = marked
    self.why = why
  }

  /// The text without the marks.
  var text: String { marked.replacing("|", with: "") }

  /// The sentences that the marks make, without the white space around them.
  var sentences: [String] {
    marked.split(separator: "|").map { trimmed(String($0)) }
  }

  var testDescription: String { "\(why): \(marked)" }
}

/// The contents of the sentences that a segmenter finds.
func contents(
  _ text: String, _ language: LanguageTag,
  _ change: (inout SentenceSegmenter.Options) -> Void = { _ in }
) -> [String] {
  var options = SentenceSegmenter.Options()
  change(&options)
  return SentenceSegmenter(language: language, options: options).sentences(in: text)
    .map { String(text[$0.content]) }
}

private func trimmed(_ text: String) -> String {
  var part = text[...]
  while part.first?.isWhitespace == true { part.removeFirst() }
  while part.last?.isWhitespace == true { part.removeLast() }
  return String(part)
}
