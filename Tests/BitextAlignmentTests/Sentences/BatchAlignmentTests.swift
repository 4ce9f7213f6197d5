import BitextCore
import Synchronization
import Testing

@testable import BitextAlignment

/// A document of numbered sentences; each document has numbers of its own.
private func document(_ number: Int, sentences: Int) -> [SegmentedText] {
  let lines = (0..<sentences).map { "\(number * 1000 + $0), \(number)." }
  return [
    SegmentedText(language: "en", sentences: lines),
    SegmentedText(language: "es", sentences: Array(lines.dropFirst())),
  ]
}

@Suite struct `Alignment of many documents` {
  @Test(arguments: SentenceAligner.Learning.allCases)
  func `gives on all cores what it gives one by one`(_ learning: SentenceAligner.Learning)
    async throws
  {
    var options = SentenceAligner.Options()
    options.learning = learning
    let aligner = SentenceAligner(["en", "es"], options: options)
    let batch =
      (0..<12).map { document($0, sentences: 2 + $0 % 5) } + [document(20, sentences: 0 + 1)]
    let alone = try aligner.align(batch: batch)
    let shares = Mutex<[Double]>([])
    let together = try await aligner.align(
      batch: batch, progress: { share in shares.withLock { $0.append(share) } })
    #expect(together == alone)
    let seen = shares.withLock { $0 }
    #expect(seen == seen.sorted())
    #expect(seen.last == 1)
    #expect(seen.allSatisfy { $0 > 0 && $0 <= 1 })
  }

  @Test func `of none is none`() async throws {
    let none = try await SentenceAligner(["en", "es"]).align(batch: [], progress: { _ in })
    #expect(none.isEmpty)
  }

  @Test func `stops when its task is cancelled`() async throws {
    let aligner = SentenceAligner(["en", "es"])
    let batch = (0..<400).map { document($0, sentences: 60) }
    let shares = Mutex<[Double]>([])
    let task = Task {
      try await aligner.align(
        batch: batch, progress: { share in shares.withLock { $0.append(share) } })
    }
    while shares.withLock({ $0.isEmpty }) { try await Task.sleep(for: .milliseconds(5)) }
    task.cancel()
    let result = await task.result
    #expect(throws: CancellationError.self) { try result.get() }
    #expect(shares.withLock { $0.last ?? 0 } < 0.9, "the rest was not begun")
  }
}

@Suite struct `Switches of the aligner` {
  private let texts = document(1, sentences: 8)

  @Test func `leave evidence out`() throws {
    var options = SentenceAligner.Options()
    options.tuning.evidence = []
    let alignment = try SentenceAligner(["en", "es"], options: options).align(texts)
    #expect(abs(alignment.report.wordEvidence) < 1e-6)
    #expect(alignment.report.lexicons.isEmpty)
    let usual = try SentenceAligner(["en", "es"]).align(texts)
    #expect(usual.report.wordEvidence > 0)
  }

  @Test func `choose how the path is found and how wide`() throws {
    for decoding in SentenceAligner.Decoding.allCases {
      var options = SentenceAligner.Options()
      options.tuning.decoding = decoding
      options.tuning.bandHalfWidth = 3
      options.tuning.passes = 1
      let alignment = try SentenceAligner(["en", "es"], options: options).align(texts)
      #expect(alignment.report.passes == 1)
      #expect(alignment.report.searched < 1)
      #expect(alignment.units.contains { $0.ranges == [5..<6, 4..<5] })
    }
  }

  @Test func `make joined sentences likelier or rarer`() throws {
    func merged(_ factor: Double) throws -> Int {
      var options = SentenceAligner.Options()
      options.tuning.evidence = []
      options.tuning.mergeFactor = factor
      let source = SegmentedText(
        language: "en", sentences: (0..<20).map { String(repeating: "a", count: 20 + 7 * ($0 % 4)) }
      )
      let target = SegmentedText(
        language: "es", sentences: (0..<17).map { String(repeating: "b", count: 30 + 9 * ($0 % 3)) }
      )
      return try SentenceAligner(["en", "es"], options: options).align([source, target]).units
        .count { $0.ranges.contains { $0.count > 1 } }
    }
    #expect(try merged(50) > merged(0.01))
  }
}
