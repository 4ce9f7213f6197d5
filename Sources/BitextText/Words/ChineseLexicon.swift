internal import Foundation

/// The words of Chinese and what each costs in a segmentation, in a trie that is mapped from a file.
///
/// The file (`zh.words`, made by `Tools/DictionaryBuilder`) is little-endian: a header of 64 bytes, a
/// table from code points to the labels of the trie, a filter of pairs of labels that begin a word, and
/// a double array (Aoe 1989, *IEEE TSE* 15(9)) of one 64-bit cell a node: the label that leads to it,
/// the cost of the word that ends there (0 for none), and where its children begin. Since no two nodes
/// share a beginning, the label tells whose child a cell is.
///
/// A cost is −10 ln p, scaled and cut off at 255. Most pairs of neighbours begin no word; the filter
/// (128 KiB, one bit a pair) answers that from the cache, where the trie would cost a miss of it.
struct ChineseLexicon: Sendable {
  /// The whole file. Pages are read when they are first used, and shared between processes.
  private let data: Data
  let layout: Layout
  /// What is known of each character from U+3000 to U+9FFF.
  let characters: [ChineseCharacter]

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
    characters = Self.characters(data, layout)
  }

  private static func characters(_ data: Data, _ layout: Layout) -> [ChineseCharacter] {
    let roles = ChineseCharacterRoles.standard.roles
    return withTables(of: data, layout) { codes, cells, _ in
      let rootBegin = cells.isEmpty ? 0 : ChineseCell(cells[0]).begin
      return (0..<Layout.codeCount).map { place in
        let label = codes[place]
        let child = rootBegin + Int(label)
        let cell = label != 0 && child < cells.count ? ChineseCell(cells[child]) : ChineseCell(0)
        return ChineseCharacter(
          label: label, cost: cell.cost == 0 ? 255 : cell.cost, roles: roles[place],
          begin: cell.begin)
      }
    }
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
    static let filterBits = 1 << 20

    var cellCount: Int
    var wordCount: Int
    /// Labels run from 1 to this.
    var labelCount: Int
    var maximumLength: Int
    /// What each word costs on top of its own cost.
    var wordPenalty: Int
    /// FNV-1a of the 64-bit words after the header.
    var checksum: UInt64

    var codesOffset: Int { Self.headerSize }
    var filterOffset: Int { codesOffset + 2 * Self.codeCount }
    var cellsOffset: Int { filterOffset + Self.filterBits / 8 }
    var byteCount: Int { cellsOffset + 8 * cellCount }

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

  /// Calls `body` with the tables: the label of each code point, the cells, the filter.
  @inline(__always)
  func withTables<Result>(
    _ body: (Span<UInt16>, Span<UInt64>, Span<UInt64>) -> Result
  ) -> Result {
    Self.withTables(of: data, layout, body)
  }

  @inline(__always)
  private static func withTables<Result>(
    of data: Data, _ layout: Layout, _ body: (Span<UInt16>, Span<UInt64>, Span<UInt64>) -> Result
  ) -> Result {
    // Typed views into the mapped file. The offsets are multiples of 8 and were checked against the
    // size of the file; a mapping begins on a page. Copying 7 MB at each start would cost 4 ms.
    unsafe data.withUnsafeBytes { raw in
      let codes = unsafe UnsafeRawBufferPointer(
        rebasing: raw[layout.codesOffset..<layout.filterOffset]
      ).assumingMemoryBound(to: UInt16.self)
      let filter = unsafe UnsafeRawBufferPointer(
        rebasing: raw[layout.filterOffset..<layout.cellsOffset]
      ).assumingMemoryBound(to: UInt64.self)
      let cells = unsafe UnsafeRawBufferPointer(
        rebasing: raw[layout.cellsOffset..<layout.byteCount]
      ).assumingMemoryBound(to: UInt64.self)
      return unsafe body(codes.span, cells.span, filter.span)
    }
  }

  /// The bit of the filter for two labels.
  @inline(__always)
  static func filterBit(_ first: UInt16, _ second: UInt16) -> Int {
    Int((UInt32(first) &* 0x9E37_79B1 ^ UInt32(second) &* 0x85EB_CA77) &>> 12)
  }

  /// Whether the file is as it was written.
  ///
  /// - Complexity: O(size of the file): reads all of it.
  var isIntact: Bool {
    withTables { codes, cells, filter in
      var hash = Self.checksumStart
      for index in stride(from: 0, to: codes.count, by: 4) {
        let word = (0..<4).reduce(UInt64(0)) { $0 | UInt64(codes[index + $1]) << UInt64(16 * $1) }
        hash = Self.checksum(hash, word)
      }
      for index in filter.indices { hash = Self.checksum(hash, filter[index]) }
      for index in cells.indices { hash = Self.checksum(hash, cells[index]) }
      return hash == layout.checksum
    }
  }

  /// FNV-1a over 64-bit words.
  static let checksumStart: UInt64 = 0xCBF2_9CE4_8422_2325

  @inline(__always)
  static func checksum(_ hash: UInt64, _ word: UInt64) -> UInt64 {
    (hash ^ word) &* 0x100_0000_01B3
  }

  /// The cost of a word; `nil` when the lexicon lacks it. For tests and tools.
  func cost(of word: String) -> Int? {
    withTables { codes, cells, _ in
      var cell = ChineseCell(cells[0])
      for scalar in word.unicodeScalars {
        let place = Int(scalar.value) - Int(Layout.firstCode)
        guard codes.indices.contains(place), codes[place] != 0, cell.begin != 0 else { return nil }
        let next = cell.begin + Int(codes[place])
        guard next < cells.count, ChineseCell(cells[next]).label == codes[place] else { return nil }
        cell = ChineseCell(cells[next])
      }
      return cell.cost == 0 ? nil : Int(cell.cost)
    }
  }
}

/// A node of the trie.
struct ChineseCell: Sendable {
  let bits: UInt64

  @inline(__always)
  init(_ bits: UInt64) { self.bits = bits }

  init(label: UInt16, cost: UInt8, begin: Int) {
    bits = UInt64(label) | UInt64(cost) << 16 | UInt64(begin) << 24
  }

  /// The label that leads to it; 0 for a free cell.
  @inline(__always)
  var label: UInt16 { UInt16(truncatingIfNeeded: bits) }
  /// The cost of the word that ends here; 0 when none does.
  @inline(__always)
  var cost: UInt8 { UInt8(truncatingIfNeeded: bits &>> 16) }
  /// Where its children begin; 0 when it has none.
  @inline(__always)
  var begin: Int { Int(bits &>> 24) }
}

/// What is known of a character: its label, what it costs as a word, what else it can be.
struct ChineseCharacter: Sendable {
  let bits: UInt64

  init(label: UInt16, cost: UInt8, roles: UInt8, begin: Int) {
    bits = UInt64(label) | UInt64(cost) << 16 | UInt64(roles) << 24 | UInt64(begin) << 32
  }

  /// A character that the lexicon has never heard of.
  static let unknown = ChineseCharacter(label: 0, cost: 255, roles: 0, begin: 0)
  /// What stands between two runs of characters.
  static let separator = ChineseCharacter(label: 0, cost: 0, roles: 0, begin: 0)

  @inline(__always)
  var label: UInt16 { UInt16(truncatingIfNeeded: bits) }
  @inline(__always)
  var cost: UInt8 { UInt8(truncatingIfNeeded: bits &>> 16) }
  @inline(__always)
  var roles: UInt8 { UInt8(truncatingIfNeeded: bits &>> 24) }
  /// Where the words of more characters go on in the trie.
  @inline(__always)
  var begin: Int { Int(bits &>> 32) }
}
