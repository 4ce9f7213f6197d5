internal import BitextCore

/// Finds the variables of programs and the tags of markup.
struct VariableScanner {
  let bytes: [UInt8]

  /// Nothing longer is a variable or a tag.
  private static let maximumLength = 256

  func scan() -> [Placeable] {
    var found: [Placeable] = []
    var index = 0
    while index < bytes.count {
      let end: Int?
      var kind = PlaceableKind.variable
      switch bytes[index] {
      case 0x25: end = formatEnd(index)
      case 0x7B: end = braceEnd(index)
      case 0x24: end = dollarEnd(index)
      case 0x3C:
        end = tagEnd(index)
        kind = .tag
      case 0x26:
        end = entityEnd(index)
        kind = .tag
      default: end = nil
      }
      if let end {
        found.append(Placeable(span: TextSpan(index..<end), kind: kind))
        index = end
      } else {
        index += 1
      }
    }
    return found
  }

  private func byte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }
  private func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
  private func isLetter(_ byte: UInt8) -> Bool { byte < 0x80 && byte | 0x20 &- 0x61 < 26 }
  private func isNamePart(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte) || byte == 0x5F || byte == 0x2E || byte == 0x2D
  }

  /// `%s`, `%1$s`, `%-5.2f`, `%ld`, `%@`, `%(name)s`, `%{name}`. Not `50%`, nor `5 % de`.
  private func formatEnd(_ start: Int) -> Int? {
    if start > 0, isDigit(bytes[start - 1]) { return nil }
    var index = start + 1
    if byte(index) == 0x7B { return nameEnd(index + 1, closing: 0x7D) }
    if byte(index) == 0x28 {
      guard let after = nameEnd(index + 1, closing: 0x29) else { return nil }
      index = after
    } else {
      let digits = index
      while isDigit(byte(index)), index - digits < 3 { index += 1 }
      if index > digits, byte(index) == 0x24 { index += 1 } else { index = digits }
    }
    while [0x2B, 0x2D, 0x23, 0x30].contains(byte(index)), index - start < 12 { index += 1 }
    while isDigit(byte(index)) || byte(index) == 0x2E || byte(index) == 0x2A, index - start < 24 {
      index += 1
    }
    while [0x68, 0x6C, 0x4C, 0x71, 0x7A, 0x74, 0x6A].contains(byte(index)), index - start < 26 {
      index += 1
    }
    // d i o u x X e E f F g G a A c s p @
    let conversions: [UInt8] = Array("dioxXeEfFgGuaAcsp@".utf8)
    guard conversions.contains(byte(index)) else { return nil }
    // "%discount" is a word after a percent sign; "%ss" is not a format.
    if byte(index) != 0x40, isLetter(byte(index + 1)) { return nil }
    return index + 1
  }

  /// `{0}`, `{name}`, `{price:F2}`, `{{name}}`.
  private func braceEnd(_ start: Int) -> Int? {
    if byte(start + 1) == 0x7B {
      guard let inner = nameEnd(start + 2, closing: 0x7D), byte(inner) == 0x7D else { return nil }
      return inner + 1
    }
    return nameEnd(start + 1, closing: 0x7D)
  }

  /// `${name}`, `$HOME`.
  private func dollarEnd(_ start: Int) -> Int? {
    if byte(start + 1) == 0x7B { return nameEnd(start + 2, closing: 0x7D) }
    guard byte(start + 1) &- 0x41 < 26 || byte(start + 1) == 0x5F else { return nil }
    var index = start + 1
    while byte(index) &- 0x41 < 26 || isDigit(byte(index)) || byte(index) == 0x5F,
      index - start < 64
    {
      index += 1
    }
    // US$ and A$ are currencies, and so is what has letters in lower case after it.
    return index - start > 2 && !isLetter(byte(index)) ? index : nil
  }

  /// Where a name and the sign that closes it end.
  private func nameEnd(_ start: Int, closing: UInt8) -> Int? {
    var index = start
    while index - start < 64, isNamePart(byte(index)) { index += 1 }
    guard index > start else { return nil }
    if byte(index) == 0x3A || byte(index) == 0x2C {
      // A format: {price:F2}, {0,10}.
      index += 1
      while index - start < 96,
        isNamePart(byte(index)) || [0x23, 0x2C, 0x25, 0x20].contains(byte(index))
      {
        index += 1
      }
    }
    return byte(index) == closing ? index + 1 : nil
  }

  /// `<b>`, `</b>`, `<br/>`, `<x id="1"/>`
  private func tagEnd(_ start: Int) -> Int? {
    var index = start + 1
    if byte(index) == 0x2F { index += 1 }
    guard isLetter(byte(index)) else { return nil }
    let limit = min(bytes.count, start + Self.maximumLength)
    while index < limit, isNamePart(byte(index)) || byte(index) == 0x3A { index += 1 }
    guard index < limit, [0x20, 0x2F, 0x3E, 0x09, 0x0A].contains(byte(index)) else { return nil }
    while index < limit {
      if bytes[index] == 0x3E { return index + 1 }
      if bytes[index] == 0x3C { return nil }
      index += 1
    }
    return nil
  }

  /// `&amp;`, `&#8217;`
  private func entityEnd(_ start: Int) -> Int? {
    var index = start + 1
    if byte(index) == 0x23 { index += 1 }
    let name = index
    while index - name < 12, isLetter(byte(index)) || isDigit(byte(index)) { index += 1 }
    return index > name && byte(index) == 0x3B ? index + 1 : nil
  }
}
