import Bitext
import CICUBaseline

/// Sentences and words against the plainest loop over ICU in C: the same text, the same thread.
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

  private static func compare(
    _ what: String, _ text: String, _ language: LanguageTag, isWord: Bool, _ ours: () -> Void
  ) {
    let megabytes = Double(text.utf8.count) / 1e6
    let bytes = Array(text.utf8CString)
    let seconds = race(ours) {
      let found = baseline_boundaries(
        bytes, Int64(bytes.count - 1), language.identifier, isWord ? 1 : 0)
      precondition(found > 0, "the reference found nothing")
    }
    print(
      "\(what)\t\(language)\t\(short(megabytes / seconds.ours)) MB/s\t"
        + "\(short(megabytes / seconds.reference)) MB/s (ICU in C)\t"
        + short(seconds.reference / seconds.ours))
  }
}
