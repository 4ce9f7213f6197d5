import Bitext
import Foundation

/// Prints one row a measurement: what, how fast, and how many times the speed of the reference that ran
/// beside it. Each figure is the best of several rounds in which both sides take turns; trust the ratios.
@main
enum Main {
  static func main() throws {
    print("what\tlanguage\tBitext\treference\tratio")
    for language in ["en", "es", "zh"] as [LanguageTag] {
      let text = try Corpus.text(in: language)
      TextBenchmark.sentences(text, language)
      TextBenchmark.words(text, language)
      TermBenchmark.recognition(text, language)
      TextBenchmark.matchKey(text, language)
      TextBenchmark.normalizationCheck(text, language)
      let long = try Corpus.text(in: language, megabytes: 16)
      for unit in ["sentence", "word"] { try TextBenchmark.program(long, language, unit: unit) }
    }
    try AlignmentBenchmark.growth()
    try MemoryBenchmark.lookup()
    try MemoryGrowth.run()
  }
}

/// Running text to measure on: a file that the environment names, or the example article, repeated.
enum Corpus {
  static func text(in language: LanguageTag, megabytes: Int = 4) throws -> String {
    let name = "BITEXT_BENCH_\(language.identifier.uppercased())"
    let path =
      ProcessInfo.processInfo.environment[name]
      ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
        "../../../Examples/digital-human-rights/\(language).txt"
      ).path
    let once = try String(contentsOfFile: path, encoding: .utf8)
    var text = once
    while text.utf8.count < megabytes << 20 { text += "\n" + once }
    return text
  }
}

/// Seconds, as the best of several rounds in which both sides take turns.
func race(
  rounds: Int = 5, _ ours: () throws -> Void, against reference: () throws -> Void
) rethrows -> (ours: Double, reference: Double) {
  let clock = ContinuousClock()
  var best = (ours: Double.infinity, reference: Double.infinity)
  for _ in 0..<rounds {
    let first = try clock.measure(ours) / .seconds(1)
    let second = try clock.measure(reference) / .seconds(1)
    best = (min(best.ours, first), min(best.reference, second))
  }
  return best
}

/// A number with three significant digits.
func short(_ value: Double) -> String {
  value >= 100 ? String(Int(value.rounded())) : String(format: value >= 10 ? "%.1f" : "%.2f", value)
}
