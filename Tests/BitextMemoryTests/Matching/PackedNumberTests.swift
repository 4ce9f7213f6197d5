import Testing

@testable import BitextMemory

@Suite struct `Packed numbers` {
  private static let edges: [UInt32] = [
    0, 1, 127, 128, 175, 176, 177, 255, 256, 16_559, 16_560, 16_561, 65_535, 65_536, 999_599,
    999_600, 999_601, 16_777_216, .max - 1, .max,
  ]

  @Test func `come back as they were, one after the other`() {
    var random = SeededGenerator(seed: 3)
    let numbers =
      Self.edges
      + (0..<2_000).map { UInt32.random(in: 0 ... .max, using: &random) >> UInt32($0 % 32) }
    var bytes: [UInt8] = []
    for number in numbers {
      let start = bytes.count
      PackedNumber.append(number, to: &bytes)
      #expect(PackedNumber.sizeRead(bytes.span, start) == bytes.count - start)
    }
    var place = 0
    #expect(numbers.allSatisfy { PackedNumber.read(bytes.span, &place) == $0 })
    #expect(place == bytes.count)
  }

  @Test(arguments: [0, -1, 1, 87, -88, 88, 8_279, -9_000, .max, .min] as [Int32])
  func `have a sign where that is asked for`(_ number: Int32) {
    var bytes: [UInt8] = []
    PackedNumber.append(signed: number, to: &bytes)
    var place = 0
    #expect(PackedNumber.readSigned(bytes.span, &place) == number)
  }

  @Test(arguments: [1, 2, 127, 128, 129, 256, 257, 1_000], [1, 2, 50] as [UInt32])
  func `make posting lists of which any window can be read`(_ count: Int, _ step: UInt32) throws {
    var random = SeededGenerator(seed: UInt64(count))
    var documents: [UInt32] = []
    var last: UInt32 = UInt32.random(in: 0...step, using: &random)
    for _ in 0..<count {
      documents.append(last)
      last += UInt32.random(in: 1...step, using: &random)
    }
    var bytes: [UInt8] = [7, 7]
    PostingList.append(documents[...], to: &bytes)
    let end = bytes.count
    bytes += [9]
    var place = 2
    let list = PostingList(bytes.span, &place)
    #expect(place == end)
    #expect(list.count == count)
    let whole = bytes
    let owner = unsafe IndexBytes.allocate(whole.count) { buffer in
      unsafe whole.withUnsafeBytes { unsafe buffer.copyMemory(from: $0) }
    }
    var known = BlockGuard(owner)
    #expect(try list.documents(bytes.span, sectionStart: 0, &known) == documents)
    for _ in 0..<50 {
      let low = UInt32.random(in: 0...last, using: &random)
      let window = low..<UInt32.random(in: low...(last + 2), using: &random)
      let stretch = try list.stretch(bytes.span, window: window, sectionStart: 0, &known)
      var found: [UInt32] = []
      var place = stretch.place
      var document = stretch.before
      while place < stretch.end {
        document = document &+ 1 &+ PackedNumber.read(bytes.span, &place)
        if window.contains(document) { found.append(document) }
      }
      #expect(found == documents.filter { window.contains($0) }, "window \(window)")
      #expect(stretch.end - stretch.place <= end)
    }
  }
}
