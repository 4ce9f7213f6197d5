/// Numbers in one to five bytes, small ones in few: what an index segment is made of.
///
/// The first byte says how many follow, so reading needs no loop:
///
/// | first byte | more bytes | numbers |
/// |---|---|---|
/// | 00…AF | 0 | the byte itself, up to 175 |
/// | B0…EF | 1 | 176 … 16,559 |
/// | F0…FE | 2 | 16,560 … 999,599 |
/// | FF | 4 | all others, little-endian |
enum PackedNumber {
  static let firstOfTwo: UInt32 = 0xB0
  static let firstOfThree: UInt32 = 0xB0 + 0x40 << 8
  static let firstOfFive: UInt32 = firstOfThree + 0x0F << 16

  /// Appends a number.
  @inline(__always)
  static func append(_ number: UInt32, to bytes: inout [UInt8]) {
    if number < firstOfTwo {
      bytes.append(UInt8(truncatingIfNeeded: number))
    } else if number < firstOfThree {
      let rest = number &- firstOfTwo
      bytes.append(UInt8(truncatingIfNeeded: 0xB0 &+ rest &>> 8))
      bytes.append(UInt8(truncatingIfNeeded: rest))
    } else if number < firstOfFive {
      let rest = number &- firstOfThree
      bytes.append(UInt8(truncatingIfNeeded: 0xF0 &+ rest &>> 16))
      bytes.append(UInt8(truncatingIfNeeded: rest &>> 8))
      bytes.append(UInt8(truncatingIfNeeded: rest))
    } else {
      bytes.append(0xFF)
      for shift in [0, 8, 16, 24] as [UInt32] {
        bytes.append(UInt8(truncatingIfNeeded: number &>> shift))
      }
    }
  }

  /// Appends a number of either sign: 0, -1, 1, -2, … become 0, 1, 2, 3, …
  @inline(__always)
  static func append(signed number: Int32, to bytes: inout [UInt8]) {
    append(UInt32(bitPattern: number &<< 1 ^ number &>> 31), to: &bytes)
  }

  /// Reads the number at `place` and moves past it.
  @inline(__always)
  static func read(_ bytes: Span<UInt8>, _ place: inout Int) -> UInt32 {
    let first = UInt32(bytes[place])
    if first < firstOfTwo {
      place &+= 1
      return first
    }
    if first < 0xF0 {
      let rest = (first &- 0xB0) &<< 8 | UInt32(bytes[place &+ 1])
      place &+= 2
      return rest &+ firstOfTwo
    }
    if first < 0xFF {
      let rest =
        (first &- 0xF0) &<< 16 | UInt32(bytes[place &+ 1]) &<< 8 | UInt32(bytes[place &+ 2])
      place &+= 3
      return rest &+ firstOfThree
    }
    var number: UInt32 = 0
    for offset in 1...4 { number |= UInt32(bytes[place &+ offset]) &<< UInt32(8 &* (offset &- 1)) }
    place &+= 5
    return number
  }

  /// Reads a number of either sign.
  @inline(__always)
  static func readSigned(_ bytes: Span<UInt8>, _ place: inout Int) -> Int32 {
    let number = read(bytes, &place)
    return Int32(bitPattern: number &>> 1) ^ (0 &- Int32(bitPattern: number & 1))
  }

  /// How many bytes a number takes.
  static func size(_ number: UInt32) -> Int {
    number < firstOfTwo ? 1 : number < firstOfThree ? 2 : number < firstOfFive ? 3 : 5
  }
}
