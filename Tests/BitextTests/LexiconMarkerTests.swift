import Bitext
import Foundation
import Testing

private struct MarkCase: Sendable, CustomTestStringConvertible {
  let words: String
  let source: (LanguageTag, String)
  let target: (LanguageTag, String)
  /// The translation with its marked part in brackets.
  let marked: String
  var testDescription: String { "\(words): \(marked)" }
}

private let sentence = (
  en: ("en" as LanguageTag, "The new law protects the right to privacy of every child."),
  es: ("es" as LanguageTag, "La nueva ley protege el derecho a la privacidad de cada niño."),
  zh: ("zh" as LanguageTag, "新法律保护每个儿童的隐私权利。")
)

private let markCases = [
  MarkCase(
    words: "privacy", source: sentence.en, target: sentence.es,
    marked: "La nueva ley protege el derecho a la [privacidad] de cada niño."),
  MarkCase(
    words: "new law", source: sentence.en, target: sentence.es,
    marked: "La [nueva ley] protege el derecho a la privacidad de cada niño."),
  MarkCase(
    words: "privacidad", source: sentence.es, target: sentence.en,
    marked: "The new law protects the right to [privacy] of every child."),
  MarkCase(
    words: "child", source: sentence.en, target: sentence.zh, marked: "新法律保护每个[儿童]的隐私权利。"),
  MarkCase(
    words: "法律", source: sentence.zh, target: sentence.en,
    marked: "The new [law] protects the right to privacy of every child."),
  MarkCase(
    words: "儿童", source: sentence.zh, target: sentence.es,
    marked: "La nueva ley protege el derecho a la privacidad de cada [niño]."),
]

@Suite struct `Marking translations` {
  private func spans(of words: String, in text: String) throws -> [TextSpan] {
    let range = try #require(text.range(of: words))
    let start = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
    return [TextSpan(start..<(start + words.utf8.count))]
  }

  private func show(_ text: String, _ spans: [TextSpan]) -> String {
    var shown = ""
    var end: UInt32 = 0
    for span in spans {
      shown += text[TextSpan(start: end, end: span.start)] + "[" + text[span] + "]"
      end = span.end
    }
    return shown + text[TextSpan(start: end, end: UInt32(text.utf8.count))]
  }

  @Test(arguments: markCases)
  fileprivate func `finds the words that lexicons know`(_ example: MarkCase) throws {
    let marker = LexiconMarker()
    let marked = try #require(
      marker.mark(
        try spans(of: example.words, in: example.source.1), in: Segment(example.source.1),
        example.source.0, of: Segment(example.target.1), example.target.0))
    #expect(show(example.target.1, marked.spans) == example.marked)
    #expect((0.3...1).contains(marked.confidence.probability))
  }

  @Test func `says nothing where nothing is known`() throws {
    let (source, target) = ("Blorf snarg wibble.", "Zunk prax deb.")
    let words = try spans(of: "snarg", in: source)
    for marker in [LexiconMarker(), LexiconMarker(.none)] {
      #expect(
        marker.mark(words, in: Segment(source), "en", of: Segment(target), "es") == nil,
        "the middle word is no translation of the middle word")
    }
    #expect(
      LexiconMarker(.none).mark(
        try spans(of: "privacy", in: sentence.en.1), in: Segment(sentence.en.1), "en",
        of: Segment(sentence.es.1), "es") == nil)
    #expect(LexiconMarker().mark([], in: "a", "en", of: "b", "es") == nil)
  }

  @Test func `prefers the glossary that a program brings`() throws {
    let glossary = [
      ConceptEntry(
        identifier: "c", terms: [Term("en", "snarg"), Term("es", "prax")])
    ]
    let (source, target) = ("Blorf snarg wibble.", "Zunk deb prax.")
    let marked = LexiconMarker(Knowledge(glossaries: [glossary])).mark(
      try spans(of: "snarg", in: source), in: Segment(source), "en", of: Segment(target), "es")
    #expect(marked.map { show(target, $0.spans) } == "Zunk deb [prax].")
  }
}
