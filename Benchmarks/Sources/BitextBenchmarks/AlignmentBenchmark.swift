import Bitext
import Foundation

/// How alignment grows with the length of a text: the exponent between two sizes, 1 being linear.
enum AlignmentBenchmark {
  static func growth() throws {
    let sizes = [1000, 10_000]
    let aligner = SentenceAligner(["en", "es"])
    var seconds: [Double] = []
    for size in sizes {
      let texts = parallel(size)
      var right = 0
      let took = try ContinuousClock().measure {
        let alignment = try aligner.align(texts)
        right = alignment.units.count { $0.ranges[0] == $0.ranges[1] && $0.ranges[0].count == 1 }
      }
      precondition(right > size * 9 / 10, "only \(right) of \(size) beads are right")
      seconds.append(took / .seconds(1))
      print("alignment\ten-es\t\(size) pairs in \(short(took / .seconds(1))) s\t\t")
    }
    let exponent = log(seconds[1] / seconds[0]) / log(Double(sizes[1]) / Double(sizes[0]))
    print("alignment\ten-es\ttime exponent\t1 is linear\t\(short(exponent))")
  }

  /// Sentence pairs of numbers and words of a toy language, so that the truth is known.
  private static func parallel(_ count: Int) -> [SegmentedText] {
    var generator = SplitMix(seed: 7)
    var english: [String] = []
    var spanish: [String] = []
    for index in 0..<count {
      let words = (0..<(4 + generator.number(below: 9))).map { _ in
        letters(generator.number(below: 900))
      }
      english.append(words.map { "en\($0)" }.joined(separator: " ") + " \(index).")
      spanish.append(words.map { "voz\($0)" }.joined(separator: " ") + " \(index).")
    }
    return [
      SegmentedText(language: "en", sentences: english),
      SegmentedText(language: "es", sentences: spanish),
    ]
  }
}
