import BitextCore
import BitextMemory
import BitextSQLite
import Foundation

/// A folder of its own for one test, removed at the end: real SQLite, never a mock of it.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent(
      "bitext-memory-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// The memory in this folder, opened again at each call.
  func memory(_ name: String = "memory") throws -> TranslationMemory {
    try TranslationMemory(
      at: url.appendingPathComponent(name), options: MemoryOpenOptions(durability: .process))
  }
}

/// Random numbers that are the same in every run.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    // SplitMix64.
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// A unit of two plain texts.
func pair(
  _ source: LanguageTag, _ text: String, _ target: LanguageTag, _ translation: String
) -> TranslationUnit {
  TranslationUnit(
    sourceLanguage: source, variants: [Variant(source, text), Variant(target, translation)])
}
