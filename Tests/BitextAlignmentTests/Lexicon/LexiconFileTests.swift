import BitextAlignment
import BitextCore
import Foundation
import Testing

@Suite struct `Lexicon files` {
  @Test func `give back what was written`() throws {
    let contents = LexiconSamples.contents()
    let lexicon = try TranslationLexicon(Data(LexiconFile.bytes(of: contents)))
    #expect(lexicon.languages == contents.languages)
    #expect(lexicon.wordCounts == (40, 40))
    #expect(lexicon.totals == (1000, 500))
    #expect(lexicon.segmentPairs == 77)
    #expect(lexicon.notices == contents.notices)
    #expect(lexicon.tokenizerVersion == AlignmentTokenizer.version)
    #expect(
      lexicon.words(in: "en").map { Array($0.utf8) }
        == contents.first.map { Array($0.text.utf8) }.sorted { $0.lexicographicallyPrecedes($1) })
    try lexicon.verify()

    let entries = lexicon.entries(
      source: contents.first.map(\.text), sourceLanguage: "en",
      target: contents.second.map(\.text), targetLanguage: "zh")
    let expected = contents.entries.sorted { ($0.source, $0.target) < ($1.source, $1.target) }
    try #require(entries.count == expected.count)
    for (found, wanted) in zip(entries, expected) {
      #expect(found.source == wanted.source && found.target == wanted.target)
      #expect(abs(found.forward - wanted.forward) <= 0.016 * wanted.forward)
      #expect(abs(found.backward - wanted.backward) <= 0.016 * wanted.backward)
    }
  }

  @Test func `answer the other way round as well`() throws {
    let contents = LexiconSamples.contents()
    let lexicon = try TranslationLexicon(Data(LexiconFile.bytes(of: contents)))
    let english = contents.first.map(\.text)
    let chinese = contents.second.map(\.text)
    let there = lexicon.entries(
      source: english, sourceLanguage: "en-GB", target: chinese, targetLanguage: "zh-Hans")
    let back = lexicon.entries(
      source: chinese, sourceLanguage: "zh", target: english, targetLanguage: "en")
    let turned = back.map {
      LexicalEntry(
        source: $0.target, target: $0.source, forward: $0.backward, backward: $0.forward)
    }.sorted { ($0.source, $0.target) < ($1.source, $1.target) }
    #expect(there == turned)
    #expect(!there.isEmpty)
  }

  @Test func `are the same bytes whatever the order of words and entries`() throws {
    var contents = LexiconSamples.contents()
    let bytes = try LexiconFile.bytes(of: contents)
    let last = Int32(contents.first.count - 1)
    contents.first.reverse()
    contents.entries = contents.entries.reversed().map {
      LexicalEntry(
        source: last - $0.source, target: $0.target, forward: $0.forward, backward: $0.backward)
    }
    #expect(try LexiconFile.bytes(of: contents) == bytes)
  }

  @Test func `find every word and no other`() throws {
    var numbers = SeededNumbers(seed: 7)
    var words: Set<String> = ["a", "ab", "abc", "门", "门口", "ñ"]
    for _ in 0..<500 {
      words.insert(
        String(
          (0..<Int.random(in: 1...6, using: &numbers)).map { _ in
            "abñ门".randomElement(using: &numbers)!
          }))
    }
    let sorted = words.sorted()
    var contents = LexiconContents(languages: LanguagePair("en", "es"))
    contents.first = sorted.enumerated().filter { $0.offset.isMultiple(of: 2) }.map {
      .init($0.element, count: 100)
    }
    let lexicon = try TranslationLexicon(Data(LexiconFile.bytes(of: contents)))
    let counts = lexicon.counts(of: sorted, in: "en")
    for (index, word) in sorted.enumerated() {
      #expect((counts[index] > 0) == index.isMultiple(of: 2), "\(word)")
    }
  }

  @Test func `list translations by their probability`() throws {
    var contents = LexiconContents(languages: LanguagePair("en", "es"))
    contents.first = [.init("house", count: 12)]
    contents.second = [.init("hogar"), .init("casa"), .init("vivienda")]
    contents.entries = [
      LexicalEntry(source: 0, target: 0, forward: 0.2, backward: 0.9),
      LexicalEntry(source: 0, target: 1, forward: 0.7, backward: 0.8),
      LexicalEntry(source: 0, target: 2, forward: 0, backward: 0.5),
    ]
    contents.firstTotal = 1200
    let lexicon = try TranslationLexicon(Data(LexiconFile.bytes(of: contents)))
    #expect(lexicon.translations(of: "house", from: "en").map(\.word) == ["casa", "hogar"])
    #expect(lexicon.translations(of: "vivienda", from: "es").map(\.word) == ["house"])
    #expect(lexicon.translations(of: "tree", from: "en").isEmpty)
    #expect(lexicon.translations(of: "house", from: "fr").isEmpty)
    let shares = lexicon.relativeFrequencies(of: ["house", "tree"], in: "en")
    #expect(abs(shares[0] - 0.01) < 0.00002)
    #expect(abs(shares[1] - 0.5 / 1200) < 1e-9)
  }

  @Test func `look up inflected English words under base forms`() throws {
    var contents = LexiconContents(languages: LanguagePair("zh", "en"), holdsBaseForms: true)
    contents.first = [.init("停")]
    contents.second = [.init("stop"), .init("make"), .init("cry")]
    contents.entries = (0..<3).map {
      LexicalEntry(source: 0, target: $0, forward: 0.3, backward: 0.1)
    }
    let lexicon = try TranslationLexicon(Data(LexiconFile.bytes(of: contents)))
    let words = ["stopped", "stops", "stopping", "making", "cries", "cried", "stopper", "sto"]
    let found = lexicon.entries(
      source: words, sourceLanguage: "en", target: ["停"], targetLanguage: "zh")
    #expect(found.map { words[Int($0.source)] } == Array(words.prefix(6)))
  }

  @Test func `of an empty lexicon can be asked`() throws {
    let lexicon = try TranslationLexicon(
      Data(LexiconFile.bytes(of: LexiconContents(languages: LanguagePair("en", "zh")))))
    try lexicon.verify()
    #expect(lexicon.translations(of: "", from: "en").isEmpty)
    #expect(lexicon.counts(of: ["a"], in: "zh") == [0])
  }

  @Test func `refuse an entry beyond their words`() {
    var contents = LexiconContents(languages: LanguagePair("en", "zh"))
    contents.entries = [LexicalEntry(source: 0, target: 0, forward: 1, backward: 1)]
    #expect(throws: LexiconError.self) { try LexiconFile.bytes(of: contents) }
  }
}
