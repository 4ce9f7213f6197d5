import Bitext
import CICUBaseline
import Foundation

/// Sentences, words and keys against the plainest loop over ICU in C: the same text, the same thread.
enum TextBenchmark {
  static func sentences(_ text: String, _ language: LanguageTag) {
    let segmenter = SentenceSegmenter(language: language)
    compare("sentences", text, language, isWord: false) {
      let sentences = segmenter.sentences(in: text)
      // A fast wrong answer must fail: the sentences tile the text.
      precondition(sentences.last.map { Int($0.span.end) } == text.utf8.count, "text was lost")
    }
  }

  static func words(_ text: String, _ language: LanguageTag) {
    let segmenter = WordSegmenter(language: language)
    compare("words", text, language, isWord: true) {
      let words = segmenter.words(in: text)
      precondition(words.count > text.utf8.count / 40, "words were lost")
    }
  }

  /// The match key, against NFKC_Casefold of a text that is in UTF-16 already.
  static func matchKey(_ text: String, _ language: LanguageTag) {
    let normalizer = TextNormalizer(.match, language: language)
    race("match key", text, language, reference: "NFKC_Casefold of UTF-16 in C") {
      precondition(normalizer(text).utf8.count > text.utf8.count / 2, "text was lost")
    } against: {
      baseline_casefold($0)
    }
  }

  /// Whether a text is in NFC, against ICU's quick check of a text that is in UTF-16 already.
  static func normalizationCheck(_ text: String, _ language: LanguageTag) {
    let normalizer = TextNormalizer(.nfc, language: language)
    let composed = normalizer(text)
    race("NFC check", composed, language, reference: "quick check of UTF-16 in C") {
      precondition(normalizer.isNormalized(composed), "what is composed was not recognised")
    } against: {
      baseline_normalized_prefix($0)
    }
  }

  /// `bitext segment` as a user runs it, on a file that is longer than any buffer, against the same loop
  /// in C; and the memory that it takes at most.
  static func program(_ text: String, _ language: LanguageTag, unit: String) throws {
    guard let program = ProcessInfo.processInfo.environment["BITEXT_PROGRAM"] else { return }
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("bitext-bench-\(UUID().uuidString).txt")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    try compare("program, \(unit)s", text, language, isWord: unit == "word") {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: program)
      process.arguments = [
        "segment", "--language", language.identifier, "--unit", unit, "-o", "/dev/null", file.path,
      ]
      try process.run()
      process.waitUntilExit()
      precondition(process.terminationStatus == 0, "\(program) failed")
    }
  }

  private static func compare(
    _ what: String, _ text: String, _ language: LanguageTag, isWord: Bool, _ ours: () throws -> Void
  ) rethrows {
    let bytes = Array(text.utf8CString)
    let seconds = try BitextBenchmarks.race(ours) {
      let found = baseline_boundaries(
        bytes, Int64(bytes.count - 1), language.identifier, isWord ? 1 : 0)
      precondition(found > 0, "the reference found nothing")
    }
    show(what, text, language, "ICU in C", seconds)
  }

  private static func race(
    _ what: String, _ text: String, _ language: LanguageTag, reference: String, _ ours: () -> Void,
    against other: (OpaquePointer) -> Int64
  ) {
    let bytes = Array(text.utf8CString)
    guard let units = baseline_utf16(bytes, Int64(bytes.count - 1)) else {
      preconditionFailure("the text is not UTF-8")
    }
    defer { baseline_free(units) }
    let seconds = BitextBenchmarks.race(ours) {
      let found = other(units)
      precondition(found > 0, "the reference found nothing")
    }
    show(what, text, language, reference, seconds)
  }

  private static func show(
    _ what: String, _ text: String, _ language: LanguageTag, _ reference: String,
    _ seconds: (ours: Double, reference: Double)
  ) {
    let megabytes = Double(text.utf8.count) / 1e6
    print(
      "\(what)\t\(language)\t\(short(megabytes / seconds.ours)) MB/s\t"
        + "\(short(megabytes / seconds.reference)) MB/s (\(reference))\t"
        + short(seconds.reference / seconds.ours))
  }
}
