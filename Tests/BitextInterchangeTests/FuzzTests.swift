import Foundation
import Testing

/// Makes inputs that nearly are what a reader expects, from seeds, the same for the same seed number.
private struct Mutator {
  var random: SeededGenerator
  let seeds: [[UInt8]]

  /// Pieces that mean something to one of the readers.
  private static let tokens = [
    "<", ">", "&", "\"", "'", "</tu>", "<tu>", "<seg>", "]]>", "<!--", "-->", "<![CDATA[", "&#0;",
    "&amp;",
    "&nbsp;", "\\", "\n", "\r\n", "\t", "|", ";", "msgid \"\"", "msgstr[1] \"", "#~ ", "{", "}",
    "[", "]",
    ":", "null", "\"state\" : \"new\"", "---", "```", "> ", "- ", "# ", "<br>", "<div>", "-->",
    "\u{FEFF}",
    "\u{2028}", "\u{FFFE}", "漢", "é", "xml:lang=\"zh\"", "id=\"1\"", "<target/>",
    "<mrk mtype=\"seg\"/>",
  ].map { Array($0.utf8) }

  mutating func next() -> [UInt8] {
    var bytes = seeds[Int.random(in: seeds.indices, using: &random)]
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let place = Int.random(in: 0...bytes.count, using: &random)
      let end = min(bytes.count, place + Int.random(in: 0...40, using: &random))
      switch Int.random(in: 0..<8, using: &random) {
      case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 1 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 2: bytes.removeSubrange(place..<end)
      case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 4: bytes.removeSubrange(place...)
      case 5:
        let other = seeds[Int.random(in: seeds.indices, using: &random)]
        let from = Int.random(in: 0...other.count, using: &random)
        bytes.insert(contentsOf: other[from..<min(other.count, from + 60)], at: place)
      default:
        bytes.insert(
          contentsOf: Self.tokens[Int.random(in: Self.tokens.indices, using: &random)], at: place)
      }
    }
    return bytes
  }
}

/// The seeds of a reader in `Fuzz/Corpus`.
private func seeds(_ target: FuzzTarget) throws -> [[UInt8]] {
  let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  let name = target.rawValue.replacing("fill-", with: "")
  let folder = root.appendingPathComponent("Fuzz/Corpus/\(name)")
  return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map {
    [UInt8](try Data(contentsOf: folder.appendingPathComponent($0)))
  }
}

/// The part of fuzzing that runs everywhere: the same inputs each time, a few hundred unless
/// `BITEXT_FUZZ_INPUTS` says how many a reader. `make fuzz` lets libFuzzer look for more.
@Suite struct `Fuzzed readers` {
  @Test(arguments: FuzzTarget.allCases)
  func `end in units or an error, and keep their laws`(_ target: FuzzTarget) throws {
    let count = ProcessInfo.processInfo.environment["BITEXT_FUZZ_INPUTS"].flatMap { Int($0) } ?? 40
    let seeds = try seeds(target)
    #expect(!seeds.isEmpty)
    for seed in seeds { target.run(seed) }
    var mutator = Mutator(random: SeededGenerator(seed: 2026), seeds: seeds)
    for _ in 0..<count { target.run(mutator.next()) }
  }
}
