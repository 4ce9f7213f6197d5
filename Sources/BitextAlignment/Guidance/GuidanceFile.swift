/// Reads statements about an alignment from a text, one a line.
///
///     # sentence 12 of the first text and sentence 9 of the second belong together
///     12	9
///     # these are exactly one unit, as `bitext align --format beads` writes it
///     [3, 4]:[2]
///
/// Indexes count from 0. Columns of an anchor are separated by a tab. Empty lines and what follows `#` at
/// the beginning of a line are skipped.
public enum GuidanceFile {
  /// Reads and checks all statements.
  ///
  /// - Parameters:
  ///   - text: The lines.
  ///   - file: The name to show in messages.
  ///   - sentenceCounts: The number of sentences of each text, in the order of the languages.
  /// - Throws: `GuidanceError` with the file, the line and the column.
  public static func read(
    _ text: String, file: String, sentenceCounts: [Int]
  ) throws(GuidanceError) -> AlignmentGuidance {
    var statements: [AlignmentGuidance.Statement] = []
    var places: [(line: Int, columns: [Int])] = []
    for (number, line) in NumberedLines(text) where !line.hasPrefix("#") {
      var parser = LineParser(line)
      do throws(LineParser.Failure) {
        let (statement, columns) = try parser.statement()
        statements.append(statement)
        places.append((number, columns))
      } catch {
        throw GuidanceError(
          .badLine, statement: statements.count, place: "\(file):\(number):\(error.column)",
          error.reason)
      }
    }
    do throws(GuidanceError) {
      return try AlignmentGuidance(statements, sentenceCounts: sentenceCounts)
    } catch {
      var error = error
      let (line, columns) = places[error.statement]
      let column = error.field.flatMap { columns.indices.contains($0) ? columns[$0] : nil } ?? 1
      error.place = "\(file):\(line):\(column)"
      throw error
    }
  }

  /// Reads one line.
  private struct LineParser {
    struct Failure: Error {
      let column: Int
      let reason: String
    }

    private let scalars: [Unicode.Scalar]
    private var index = 0

    init(_ line: Substring) {
      scalars = Array(line.unicodeScalars)
    }

    /// The statement, and the column at which each of its texts begins.
    mutating func statement() throws(Failure) -> (AlignmentGuidance.Statement, [Int]) {
      skipSpaces()
      return peek == "[" ? try unit() : try anchor()
    }

    private mutating func anchor() throws(Failure) -> (AlignmentGuidance.Statement, [Int]) {
      var sentences: [Int] = []
      var columns: [Int] = []
      while true {
        columns.append(index + 1)
        sentences.append(try number())
        skipSpaces()
        if peek == nil { break }
        guard peek == "\t" else {
          throw failure("expected a tab between the columns, or the end of the line")
        }
        index += 1
        skipSpaces()
      }
      return (.anchor(sentences), columns)
    }

    private mutating func unit() throws(Failure) -> (AlignmentGuidance.Statement, [Int]) {
      var ranges: [Range<Int>] = []
      var columns: [Int] = []
      while true {
        columns.append(index + 1)
        ranges.append(try range())
        skipSpaces()
        if peek == nil { break }
        guard peek == ":" else { throw failure("expected `:` between the texts of a unit") }
        index += 1
        skipSpaces()
      }
      return (.unit(ranges), columns)
    }

    /// `[]`, `[3]` or `[3, 4, 5]`.
    private mutating func range() throws(Failure) -> Range<Int> {
      guard peek == "[" else { throw failure("expected `[`") }
      index += 1
      skipSpaces()
      if peek == "]" {
        index += 1
        return 0..<0
      }
      let first = try number()
      var last = first
      skipSpaces()
      while peek == "," {
        index += 1
        skipSpaces()
        let start = index
        let next = try number()
        guard next == last + 1 else {
          index = start
          throw failure("expected \(last + 1): the sentences of a unit follow each other")
        }
        last = next
        skipSpaces()
      }
      guard peek == "]" else { throw failure("expected `,` or `]`") }
      index += 1
      return first..<(last + 1)
    }

    private mutating func number() throws(Failure) -> Int {
      let start = index
      var value = 0
      while let scalar = peek, ("0"..."9").contains(scalar) {
        value = value * 10 + Int(scalar.value - 0x30)
        guard value < 1_000_000_000_000 else {
          index = start
          throw failure("expected the index of a sentence")
        }
        index += 1
      }
      guard index > start else { throw failure("expected the index of a sentence, from 0") }
      return value
    }

    private var peek: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    private mutating func skipSpaces() {
      while let scalar = peek, scalar == " " || scalar == "\r" { index += 1 }
    }

    private func failure(_ expected: String) -> Failure {
      let found = peek.map { $0 == "\t" ? "a tab" : "`\($0)`" } ?? "the end of the line"
      return Failure(column: index + 1, reason: "found \(found), \(expected)")
    }
  }
}
