internal import BitextICU

/// The match key and the search key.
///
/// The text is cut where normalization has a boundary; nearly every piece is one scalar and is looked
/// up in a table that ICU filled. ASCII goes through a loop of its own. The result is that of folding
/// the whole text at once.
struct KeyFolding: Sendable {
  let isChinese: Bool
  let table: FoldingTable

  init(isChinese: Bool, dropsAccents: Bool) {
    self.isChinese = isChinese
    table = dropsAccents ? .search : .match
  }

  func key(of text: String) -> String {
    var writer = KeyWriter(isChinese: isChinese, records: false, capacity: text.utf8.count)
    fold(text.utf8Span.span, into: &writer)
    return writer.text()
  }

  func mapped(_ text: String) -> MappedText {
    var writer = KeyWriter(isChinese: isChinese, records: true, capacity: text.utf8.count)
    fold(text.utf8Span.span, into: &writer)
    writer.finish()
    return MappedText(text: writer.text(), map: writer.map)
  }

  private func fold(_ bytes: Span<UInt8>, into writer: inout KeyWriter) {
    let count = bytes.count
    var index = 0
    var chunk: [UInt16] = []
    while index < count {
      if bytes[index] < 0x80 {
        index = writer.writeASCII(bytes, from: index)
        if index == count { break }
      }
      let (scalar, length) = Self.decode(bytes, at: index)
      var end = index &+ length
      if end == count || hasBoundary(bytes, at: end) {
        if scalar < 0x80 {
          writer.writeASCIIByte(bytes[index])
        } else if scalar &- 0x4E00 < 0x5200 {
          writer.writeHan(scalar)
        } else if let entry = table.entry(of: scalar) {
          writer.write(table, entry, source: bytes, range: index..<end)
        } else {
          chunk.removeAll(keepingCapacity: true)
          Self.append(scalar, to: &chunk)
          writer.write(table.fold(chunk), source: bytes, range: index..<end)
        }
        index = end
        continue
      }
      // Marks follow: normalize up to the next boundary.
      chunk.removeAll(keepingCapacity: true)
      Self.append(scalar, to: &chunk)
      repeat {
        let (next, nextLength) = Self.decode(bytes, at: end)
        Self.append(next, to: &chunk)
        end &+= nextLength
      } while end < count && !hasBoundary(bytes, at: end)
      writer.write(table.fold(chunk), source: bytes, range: index..<end)
      index = end
    }
  }

  /// Whether the text can be cut before the scalar at `index`.
  @inline(__always)
  private func hasBoundary(_ bytes: Span<UInt8>, at index: Int) -> Bool {
    let byte = bytes[index]
    if byte < 0x80 || byte &- 0xE5 < 5 { return true }  // ASCII, U+5000 to U+9FFF
    let (scalar, _) = Self.decode(bytes, at: index)
    return table.hasBoundary(before: scalar)
  }

  @inline(__always)
  static func decode(_ bytes: Span<UInt8>, at index: Int) -> (scalar: UInt32, length: Int) {
    let byte = UInt32(bytes[index])
    if byte < 0x80 { return (byte, 1) }
    let second = UInt32(bytes[index &+ 1] & 0x3F)
    if byte < 0xE0 { return ((byte & 0x1F) &<< 6 | second, 2) }
    let third = UInt32(bytes[index &+ 2] & 0x3F)
    if byte < 0xF0 { return ((byte & 0x0F) &<< 12 | second &<< 6 | third, 3) }
    let fourth = UInt32(bytes[index &+ 3] & 0x3F)
    return ((byte & 0x07) &<< 18 | second &<< 12 | third &<< 6 | fourth, 4)
  }

  static func append(_ scalar: UInt32, to units: inout [UInt16]) {
    if scalar < 0x10000 {
      units.append(UInt16(scalar))
    } else {
      units.append(UInt16(0xD7C0 + (scalar >> 10)))
      units.append(UInt16(0xDC00 + (scalar & 0x3FF)))
    }
  }
}
