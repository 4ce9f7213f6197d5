import Bitext
import Foundation

/// How long 100 000 terms take to build, and how fast a text is searched for them, line by line.
///
/// The reference looks up every run of one to three words of a line in a dictionary of strings, as term
/// recognition is often written.
enum TermBenchmark {
  static func recognition(_ text: String, _ language: LanguageTag, terms count: Int = 100_000) {
    let segmenter = WordSegmenter(language: language)
    let lines = text.split(separator: "\n").map(String.init)
    var vocabulary: [String] = []
    var known: Set<String> = []
    for line in lines.prefix(2000) {
      for word in segmenter.words(in: line) where word.kind == .word {
        let form = line[word.span].lowercased()
        if known.insert(form).inserted { vocabulary.append(form) }
      }
    }
    let separator = language.language == "zh" ? "" : " "
    var generator = SplitMix(seed: 11)
    var terms: Set<String> = []
    var concepts: [ConceptEntry] = []
    // A vocabulary of an article is small: a word with a number beside it makes as many terms as wanted.
    while concepts.count < count {
      var parts = (0..<(1 + generator.number(below: 3))).map { _ in
        vocabulary[generator.number(below: vocabulary.count)]
      }
      if parts.count == 1, generator.number(below: 50) > 0 {
        parts.append(letters(generator.number(below: 100_000)))
      }
      let term = parts.joined(separator: separator)
      guard terms.insert(term).inserted else { continue }
      concepts.append(ConceptEntry(identifier: "\(concepts.count)", terms: [Term(language, term)]))
    }
    var recognizer = TermRecognizer([], language: language)
    let clock = ContinuousClock()
    let build =
      (0..<3).map { _ in
        clock.measure { recognizer = TermRecognizer(concepts, language: language) } / .seconds(1)
      }.min() ?? 0
    print("terms\t\(language)\t\(count) built in \(short(build * 1000)) ms\t\t")
    precondition(recognizer.termCount == count, "some terms were lost")
    let asked = recognizer

    var found = 0
    var reference = 0
    let seconds = race(rounds: 3) {
      found = lines.reduce(0) { $0 + asked.hits(in: $1).count }
    } against: {
      reference = 0
      for line in lines {
        let words = segmenter.words(in: line).map { line[$0.span].lowercased() }
        for start in words.indices {
          var run = ""
          for word in words[start..<min(start + 3, words.count)] {
            run += run.isEmpty ? word : separator + word
            if terms.contains(run) { reference += 1 }
          }
        }
      }
    }
    // The reference counts terms inside terms, and knows no inflection.
    precondition(found > 0 && found > reference / 4, "\(found) hits, \(reference) by look-up")
    let megabytes = Double(text.utf8.count) / 1e6
    print(
      "terms\t\(language)\t\(short(megabytes / seconds.ours)) MB/s, \(found) hits"
        + "\t\(short(megabytes / seconds.reference)) MB/s\t"
        + short(seconds.reference / seconds.ours))
  }
}
