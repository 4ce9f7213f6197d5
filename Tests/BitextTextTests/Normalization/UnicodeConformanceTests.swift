import BitextCore
import BitextICU
import BitextText
import Foundation
import Testing

@testable import BitextInterchange

/// Unicode's own test files of version 15.0, in `Tests/Fixtures/Unicode`, compressed but unchanged.
private enum ConformanceFile {
  /// Characters keep their normalization for ever, so that a later Unicode passes, too.
  static let normalizationIsFixed = unicodeVersion.major >= 15
  /// Boundaries may change: Unicode 15.1 joined conjuncts of Indic scripts.
  static let boundariesAreFixed = unicodeVersion == (15, 0)

  static var unicodeVersion: (major: Int, minor: Int) {
    let parts = TextLibraries.unicodeVersion.split(separator: ".").compactMap { Int($0) }
    return (parts.first ?? 0, parts.dropFirst().first ?? 0)
  }

  /// The lines of a file that are no comments.
  static func lines(of name: String) throws -> [String] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let bytes = try InputBytes(.file("\(folder.path)/Fixtures/Unicode/\(name).txt.gz"))
    var content: [UInt8] = []
    while true {
      let piece = try bytes.next()
      if piece.isEmpty { break }
      content += piece
    }
    #expect(content.starts(with: Array("# \(name)-15.0.0.txt".utf8)))
    return content.split(separator: 0x0A).filter { $0.first != 0x23 }
      .map { String(decoding: $0, as: UTF8.self) }
  }
}

@Suite struct `Unicode conformance` {
  @Test(
    .enabled(
      if: ConformanceFile.normalizationIsFixed,
      "ICU has Unicode \(TextLibraries.unicodeVersion), the file is of 15.0"))
  func `passes NormalizationTest`() throws {
    var lines = 0
    for line in try ConformanceFile.lines(of: "NormalizationTest") where !line.hasPrefix("@") {
      try check(line)
      lines += 1
    }
    #expect(lines == 19_074)
  }

  @Test(arguments: [
    "1E0A;1E0A;0044 0307;1E0A;0044 0307;",
    "1E0A 0323;1E0C 0307;0044 0323 0307;1E0C 0307;0044 0323 0307;",
    "00A0;00A0;00A0;0020;0020;", "2126;03A9;03A9;03A9;03A9;", "212B;00C5;0041 030A;00C5;0041 030A;",
    "FB01;FB01;FB01;0066 0069;0066 0069;", "F900;8C48;8C48;8C48;8C48;",
    "AC00 11A8;AC01;1100 1161 11A8;AC01;1100 1161 11A8;",
    "1100 1161;AC00;1100 1161;AC00;1100 1161;",
    "0061 0315 0300 05AE 0300 0062;00E0 05AE 0300 0315 0062;0061 05AE 0300 0300 0315 0062;00E0 05AE 0300 0315 0062;0061 05AE 0300 0300 0315 0062;",
    "FF76 FF9E;FF76 FF9E;FF76 FF9E;30AC;30AB 3099;",
    "1D15E;1D157 1D165;1D157 1D165;1D157 1D165;1D157 1D165;", "2460;2460;2460;0031;0031;",
    "00BD;00BD;00BD;0031 2044 0032;0031 2044 0032;",
    "FDFA;FDFA;FDFA;0635 0644 0649 0020 0627 0644 0644 0647 0020 0639 0644 064A 0647 0020 0648 0633 0644 0645;0635 0644 0649 0020 0627 0644 0644 0647 0020 0639 0644 064A 0647 0020 0648 0633 0644 0645;",
  ])
  func `normalizes as the standard's examples say`(_ line: String) throws {
    try check(line)
  }

  /// NFC of the first three columns is the second, of the other two the fourth; NFKC of all the fourth.
  private func check(_ line: String) throws {
    let cells = line.prefix { $0 != "#" }.split(separator: ";").prefix(5).map(text)
    try #require(cells.count == 5, "\(line)")
    let nfc = TextNormalizer(.nfc, language: "en")
    let nfkc = TextNormalizer(.nfkc, language: "en")
    for (index, cell) in cells.enumerated() {
      let composed = index < 3 ? cells[1] : cells[3]
      // Swift compares strings by canonical equivalence; these are about the scalars themselves.
      #expect(isSame(nfc(cell), composed), "NFC of column \(index + 1): \(line)")
      #expect(isSame(nfkc(cell), cells[3]), "NFKC of column \(index + 1): \(line)")
      #expect(
        isSame(nfc.mapped(cell).text, composed), "NFC with map of column \(index + 1): \(line)")
      #expect(
        isSame(nfkc.mapped(cell).text, cells[3]), "NFKC with map of column \(index + 1): \(line)")
      #expect(nfc.isNormalized(cell) == isSame(cell, composed), "\(line)")
    }
  }

  @Test(
    .enabled(
      if: ConformanceFile.boundariesAreFixed,
      "ICU has Unicode \(TextLibraries.unicodeVersion), the files are of 15.0"),
    arguments: [
      ("GraphemeBreakTest", BreakIterator.Unit.character, 602, 0),
      ("SentenceBreakTest", .sentence, 502, 0), ("WordBreakTest", .word, 1_823, 15),
    ])
  func `finds boundaries as the standard's files say`(
    _ file: String, _ unit: BreakIterator.Unit, _ count: Int, _ expectedDifferences: Int
  ) throws {
    let lines = try ConformanceFile.lines(of: file)
    #expect(lines.count == count)
    let differences = lines.filter { !isRight($0, unit) }
    // CLDR took the colon out of MidLetter, and ICU follows it.
    #expect(differences.count == expectedDifferences)
    #expect(differences.allSatisfy { $0.contains("003A") }, "\(differences)")
  }

  @Test(arguments: [
    "÷ 0061 × 0027 × 0061 ÷", "÷ 0061 × 0031 × 0061 ÷", "÷ 0061 × 0308 ÷ 0020 ÷ 0061 ÷",
    "÷ 0031 × 002C × 0031 ÷", "÷ 0031 ÷ 002C ÷ 002C ÷ 0031 ÷", "÷ 0061 × 005F × 0031 ÷",
    "÷ 1F1E6 × 1F1E7 ÷ 1F1E8 ÷ 0062 ÷", "÷ 000D × 000A ÷ 0061 ÷",
  ])
  func `finds word boundaries as the standard's examples say`(_ line: String) {
    #expect(isRight(line, .word))
  }

  // MARK: Lines

  private func text(_ cell: Substring) -> String {
    var scalars = String.UnicodeScalarView()
    for code in cell.split(separator: " ") {
      if let scalar = UInt32(code, radix: 16).flatMap(Unicode.Scalar.init) {
        scalars.append(scalar)
      }
    }
    return String(scalars)
  }

  private func isSame(_ one: String, _ other: String) -> Bool {
    one.unicodeScalars.elementsEqual(other.unicodeScalars)
  }

  /// Whether ICU finds the boundaries of a line such as `÷ 0061 × 0027 ÷`.
  private func isRight(_ line: String, _ unit: BreakIterator.Unit) -> Bool {
    var units: [UInt16] = []
    var expected: [Int] = []
    for part in line.prefix(while: { $0 != "#" }).split(whereSeparator: \.isWhitespace) {
      if part == "÷" {
        if !units.isEmpty { expected.append(units.count) }
      } else if part != "×", let scalar = UInt32(part, radix: 16).flatMap(Unicode.Scalar.init) {
        units += Array(String(scalar).utf16)
      }
    }
    var buffer = UTF16Buffer()
    buffer.load(String(decoding: units, as: UTF16.self))
    var found: [Int] = []
    guard let iterator = try? BreakIterator(unit, locale: "en") else { return false }
    try? iterator.forEachBoundary(in: buffer) { boundary, _ in found.append(boundary) }
    return found == expected
  }
}
