/// The documents that hold a token, ascending, in the postings of an ``IndexSegment``.
///
/// A list is its count; with more than one document the size of the rest; with more than 128 a table
/// of 8 bytes for every 128 documents: the document before them (`UInt32.max` at the start) and where
/// their steps begin; then the steps: how many documents lie between two of the list.
struct PostingList {
  static let blockSize = 128

  let count: Int
  /// Where the table or, without one, the steps start, in the section.
  private let start: Int
  private let end: Int

  /// Reads the head of a list at `place` and moves behind the list.
  init(_ bytes: Span<UInt8>, _ place: inout Int) {
    count = Int(PackedNumber.read(bytes, &place))
    let size =
      count > 1 ? Int(PackedNumber.read(bytes, &place)) : PackedNumber.sizeRead(bytes, place)
    start = place
    place += size
    end = place
  }

  private var blocks: Int {
    count > Self.blockSize ? (count + Self.blockSize - 1) / Self.blockSize : 0
  }

  @inline(__always)
  private func word(_ bytes: Span<UInt8>, _ place: Int) -> UInt32 {
    UInt32(bytes[place]) | UInt32(bytes[place &+ 1]) &<< 8 | UInt32(bytes[place &+ 2]) &<< 16
      | UInt32(bytes[place &+ 3]) &<< 24
  }

  /// A stretch of a list that covers a window of documents.
  struct Stretch {
    /// Where its steps start and, at most, end, in the section.
    let place: Int
    let end: Int
    /// The document before the first one, `UInt32.max` when there is none.
    let before: UInt32
    /// How many documents there are from `place` to the end of the list.
    let count: Int
  }

  /// The stretch that holds all documents in `window`, and perhaps a few around it.
  func stretch(
    _ bytes: Span<UInt8>, window: Range<UInt32>, sectionStart: Int, _ known: inout BlockGuard
  ) throws(DamagedIndex) -> Stretch {
    let blocks = blocks
    guard blocks > 0 else {
      try known.check(sectionStart + start, end - start)
      return Stretch(place: start, end: end, before: .max, count: count)
    }
    try known.check(sectionStart + start, 8 * blocks)
    /// The first block whose documents all come after `document`.
    func firstBlock(behind document: UInt32) -> Int {
      var low = 1
      var high = blocks
      while low < high {
        let middle = (low &+ high) / 2
        if word(bytes, start &+ 8 &* middle) >= document {
          high = middle
        } else {
          low = middle &+ 1
        }
      }
      return low
    }
    // The documents of a block are larger than the one before it.
    let first = firstBlock(behind: window.lowerBound) - 1
    let last = firstBlock(behind: window.upperBound)
    let data = start + 8 * blocks
    let place = data + Int(word(bytes, start + 8 * first + 4))
    let end = last < blocks ? data + Int(word(bytes, start + 8 * last + 4)) : self.end
    try known.check(sectionStart + place, end - place)
    return Stretch(
      place: place, end: end, before: word(bytes, start + 8 * first),
      count: count - first * Self.blockSize)
  }

  /// All documents of the list.
  func documents(
    _ bytes: Span<UInt8>, sectionStart: Int, _ known: inout BlockGuard
  ) throws(DamagedIndex) -> [UInt32] {
    let stretch = try stretch(bytes, window: 0..<(.max), sectionStart: sectionStart, &known)
    var documents: [UInt32] = []
    documents.reserveCapacity(count)
    var place = stretch.place
    var document = stretch.before
    for _ in 0..<count {
      document = document &+ 1 &+ PackedNumber.read(bytes, &place)
      documents.append(document)
    }
    return documents
  }

  /// Appends a list.
  static func append(_ documents: ArraySlice<UInt32>, to bytes: inout [UInt8]) {
    PackedNumber.append(UInt32(documents.count), to: &bytes)
    var steps: [UInt8] = []
    steps.reserveCapacity(documents.count + documents.count / 2)
    var table: [UInt8] = []
    var before = UInt32.max
    for (index, document) in documents.enumerated() {
      if index % blockSize == 0, documents.count > blockSize {
        for word in [before, UInt32(steps.count)] {
          for shift in [0, 8, 16, 24] as [UInt32] {
            table.append(UInt8(truncatingIfNeeded: word >> shift))
          }
        }
      }
      PackedNumber.append(document &- before &- 1, to: &steps)
      before = document
    }
    if documents.count > 1 { PackedNumber.append(UInt32(table.count + steps.count), to: &bytes) }
    bytes += table
    bytes += steps
  }
}

extension PackedNumber {
  /// The size of the number at `place`.
  static func sizeRead(_ bytes: Span<UInt8>, _ place: Int) -> Int {
    let first = bytes[place]
    return first < 0xB0 ? 1 : first < 0xF0 ? 2 : first < 0xFF ? 3 : 5
  }
}
