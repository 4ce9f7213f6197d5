public import BitextCore
public import Foundation

/// Vectors of sentences that a host program has made: sentences that mean the same lie near each other.
///
/// The aligner asks once for each text and never needs them. Vectors of runs of several sentences (as
/// vecalign's overlaps) tell which sentences belong together; without them the sum of the sentences'
/// vectors is a fair replacement, see ``SummedVectors``.
public protocol SentenceVectors: Sendable {
  /// The number of components of a vector; at least 1.
  var dimension: Int { get }

  /// Returns the vectors of runs of sentences, one after the other.
  ///
  /// - Parameters:
  ///   - runs: Ranges of sentences from 0; none is empty.
  ///   - text: The number of the text, in the order of the aligner's languages.
  /// - Returns: `runs.count * dimension` finite numbers of any length; all zero for a run that has no
  ///   vector, which then says nothing.
  func vectors(of runs: [Range<Int>], inText text: Int) -> [Float]
}

/// Vectors of single sentences; that of a run is their sum.
public struct SummedVectors: SentenceVectors {
  public let dimension: Int
  private let texts: [[Float]]

  /// Takes one list a text: the vectors of its sentences, one after the other.
  ///
  /// - Precondition: Each list has a whole number of vectors.
  public init(_ texts: [[Float]], dimension: Int) {
    precondition(dimension >= 1, "a vector has one component or more")
    precondition(
      texts.allSatisfy { $0.count.isMultiple(of: dimension) },
      "the vectors of a text are whole")
    self.texts = texts
    self.dimension = dimension
  }

  public func vectors(of runs: [Range<Int>], inText text: Int) -> [Float] {
    let values = texts[text]
    var result = [Float](repeating: 0, count: runs.count * dimension)
    for (number, run) in runs.enumerated() {
      for sentence in run where (sentence + 1) * dimension <= values.count {
        for component in 0..<dimension {
          result[number * dimension + component] += values[sentence * dimension + component]
        }
      }
    }
    return result
  }
}

/// Vectors from the files that vecalign's tools write: for each text a list of runs, one a line, and their
/// vectors as 32-bit floating-point numbers in the same order, little-endian.
///
/// A run is the sentences of a text, trimmed, joined by one space, cut after 10,000 characters; an empty
/// sentence is `BLANK_LINE`.
///
/// Source: Thompson & Koehn 2019, EMNLP, and the files of their program.
public struct OverlapVectors: SentenceVectors {
  public let dimension: Int
  private let sentences: [[String]]
  private let numbers: [[String: Int]]
  private let values: [[Float]]

  private static let longestRun = 10_000

  /// Reads vectors.
  ///
  /// - Parameters:
  ///   - texts: The texts that are to be aligned.
  ///   - overlaps: For each text its list of runs.
  ///   - vectors: For each text the bytes of the vectors.
  /// - Returns: `nil` when the lists and the vectors do not have the same length, or texts differ in the
  ///   number of components.
  public init?(texts: [SegmentedText], overlaps: [String], vectors: [Data]) {
    guard texts.count == overlaps.count, texts.count == vectors.count else { return nil }
    var numbers: [[String: Int]] = []
    var values: [[Float]] = []
    var dimensions: Set<Int> = []
    for (overlap, data) in zip(overlaps, vectors) {
      var lines = overlap.split(separator: "\n", omittingEmptySubsequences: false)
      if lines.last == "" { lines.removeLast() }
      guard !lines.isEmpty, data.count.isMultiple(of: 4 * lines.count), !data.isEmpty else {
        return nil
      }
      dimensions.insert(data.count / 4 / lines.count)
      var known: [String: Int] = [:]
      for (number, line) in lines.enumerated() where known[Self.trimmed(line)] == nil {
        known[Self.trimmed(line)] = number
      }
      numbers.append(known)
      values.append(Self.floats(data))
    }
    guard dimensions.count == 1, let dimension = dimensions.first else { return nil }
    self.dimension = dimension
    self.numbers = numbers
    self.values = values
    sentences = texts.map { text in
      text.sentences.map { $0.isEmpty ? "BLANK_LINE" : Self.trimmed($0[...]) }
    }
  }

  public func vectors(of runs: [Range<Int>], inText text: Int) -> [Float] {
    var result: [Float] = []
    result.reserveCapacity(runs.count * dimension)
    for run in runs {
      let line = String(
        String.UnicodeScalarView(
          sentences[text][run].joined(separator: " ").unicodeScalars.prefix(Self.longestRun)))
      if let number = numbers[text][line] {
        result += values[text][(number * dimension)..<((number + 1) * dimension)]
      } else {
        result += repeatElement(0, count: dimension)
      }
    }
    return result
  }

  private static func trimmed(_ line: Substring) -> String {
    line.trimmingCharacters(in: .whitespaces)
  }

  /// A number that is not finite counts as 0.
  private static func floats(_ data: Data) -> [Float] {
    var values: [Float] = []
    values.reserveCapacity(data.count / 4)
    var bits: UInt32 = 0
    var shift: UInt32 = 0
    for byte in data {
      bits |= UInt32(byte) << shift
      shift += 8
      if shift == 32 {
        let value = Float(bitPattern: bits)
        values.append(value.isFinite ? value : 0)
        (bits, shift) = (0, 0)
      }
    }
    return values
  }
}
