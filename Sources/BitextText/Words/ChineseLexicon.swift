internal import Foundation

/// The words of Chinese and what each costs in a segmentation, in a trie that is mapped from a file.
///
/// The file (`zh.words`, made by `Tools/DictionaryBuilder`) is little-endian: a header of 64 bytes, a
/// table from code points to the labels of the trie, then a double array (Aoe 1989, *IEEE TSE* 15(9))
/// as two columns. The column of cells holds, for each node, where its children begin (24 bits) and
/// the cost of the word that ends there (8 bits, 0 for none); the column of labels holds the character
/// that leads to it. Since no two nodes share a beginning, the label tells whose child a cell is.
///
/// A cost is −10 ln p, scaled and cut off at 255.
struct ChineseLexicon: Sendable {
  /// The whole file. Pages are read when they are first used, and shared between processes.
  private let data: Data
  let layout: Layout

  /// The lexicon that ships with the library; `nil` where its file is missing or damaged.
  static let standard: ChineseLexicon? = ResourceLocator.path(of: fileName, in: "BitextText")
    .flatMap { try? Data(contentsOf: URL(fileURLWithPath: $0), options: .alwaysMapped) }
    .flatMap(ChineseLexicon.init)

  static let fileName = "zh.words"

  /// - Parameter data: A file of this format; `nil` is returned for anything else.
  init?(_ data: Data) {
    guard let layout = Layout(header: data.prefix(Layout.headerSize).map(\.self)),
      layout.byteCount == data.count
    else { return nil }
    self.data = data
    self.layout = layout
  }

  /// Where the parts of a file lie.
  struct Layout: Sendable, Hashable {
    static let magic: [UInt8] = Array("BTLX".utf8)
    static let version: UInt32 = 1
    static let byteOrder: UInt32 = 0x0102_0304
    static let headerSize = 64
    /// The code table covers the code points from U+3000 to U+9FFF.
    static let firstCode: UInt32 = 0x3000
    static let codeCount = 0x7000

    var cellCount: Int
    var wordCount: Int
    /// Labels run from 1 to this.
    var labelCount: Int
    var maximumLength: Int
    /// What each word costs on top of its own cost.
    var wordPenalty: Int
    /// FNV-1a of everything after the header.
    var checksum: UInt64

    var codesOffset: Int { Self.headerSize }
    var cellsOffset: Int { codesOffset + 2 * Self.codeCount }
    var labelsOffset: Int { cellsOffset + (4 * cellCount + 7) / 8 * 8 }
    var byteCount: Int { labelsOffset + 2 * cellCount }

    init(
      cellCount: Int, wordCount: Int, labelCount: Int, maximumLength: Int, wordPenalty: Int,
      checksum: UInt64
    ) {
      self.cellCount = cellCount
      self.wordCount = wordCount
      self.labelCount = labelCount
      self.maximumLength = maximumLength
      self.wordPenalty = wordPenalty
      self.checksum = checksum
    }

    init?(header: [UInt8]) {
      guard header.count == Self.headerSize, Array(header[..<4]) == Self.magic else { return nil }
      func integer(_ offset: Int) -> UInt32 {
        (0..<4).reduce(0) { $0 | UInt32(header[offset + $1]) << UInt32(8 * $1) }
      }
      guard integer(4) == Self.version, integer(8) == Self.byteOrder,
        integer(12) == UInt32(Self.codeCount), integer(16) < 1 << 24, integer(24) < 1 << 16
      else { return nil }
      cellCount = Int(integer(16))
      wordCount = Int(integer(20))
      labelCount = Int(integer(24))
      maximumLength = Int(integer(28))
      wordPenalty = Int(integer(32))
      checksum = UInt64(integer(36)) | UInt64(integer(40)) << 32
    }

    var header: [UInt8] {
      var bytes = Self.magic
      for value in [
        Self.version, Self.byteOrder, UInt32(Self.codeCount), UInt32(cellCount), UInt32(wordCount),
        UInt32(labelCount), UInt32(maximumLength), UInt32(wordPenalty),
        UInt32(truncatingIfNeeded: checksum), UInt32(truncatingIfNeeded: checksum >> 32),
      ] {
        bytes += (0..<4).map { UInt8(truncatingIfNeeded: value >> UInt32(8 * $0)) }
      }
      return bytes + [UInt8](repeating: 0, count: Self.headerSize - bytes.count)
    }
  }

  /// Calls `body` with the three tables: label of each code point, cells, labels of the cells.
  @inline(__always)
  func withTables<Result>(
    _ body: (Span<UInt16>, Span<UInt32>, Span<UInt16>) -> Result
  ) -> Result {
    // Typed views into the mapped file. The offsets are multiples of 8 and were checked against the
    // size of the file; a mapping begins on a page. Copying 5 MB at each start would cost 3 ms.
    unsafe data.withUnsafeBytes { raw in
      let codes = unsafe UnsafeRawBufferPointer(
        rebasing: raw[layout.codesOffset..<layout.cellsOffset]
      ).assumingMemoryBound(to: UInt16.self)
      let cells = unsafe UnsafeRawBufferPointer(
        rebasing: raw[layout.cellsOffset..<(layout.cellsOffset + 4 * layout.cellCount)]
      ).assumingMemoryBound(to: UInt32.self)
      let labels = unsafe UnsafeRawBufferPointer(
        rebasing: raw[layout.labelsOffset..<layout.byteCount]
      ).assumingMemoryBound(to: UInt16.self)
      return unsafe body(codes.span, cells.span, labels.span)
    }
  }

  /// Whether the file is as it was written.
  ///
  /// - Complexity: O(size of the file): reads all of it.
  var isIntact: Bool {
    Self.checksum(of: data.dropFirst(Layout.headerSize)) == layout.checksum
  }

  static func checksum(of bytes: some Sequence<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash
  }

  /// The cost of a word; `nil` when the lexicon lacks it. For tests and tools.
  func cost(of word: String) -> Int? {
    withTables { codes, cells, labels in
      var cell = 0
      for scalar in word.unicodeScalars {
        let place = Int(scalar.value) - Int(Layout.firstCode)
        guard codes.indices.contains(place), codes[place] != 0 else { return nil }
        let next = Int(cells[cell] >> 8) + Int(codes[place])
        guard cells[cell] >> 8 != 0, next < labels.count, labels[next] == codes[place] else {
          return nil
        }
        cell = next
      }
      let cost = Int(cells[cell] & 0xFF)
      return cost == 0 ? nil : cost
    }
  }
}
