internal import BitextCore
internal import BitextICU

/// The characters of an input as UTF-8, piece by piece.
///
/// The encoding is chosen in this order: a byte order mark (UTF-32 before UTF-16), the encoding that
/// the caller names, the pattern of NULs that `<?` or `<t` makes in UTF-16, the label inside the file
/// unless the bytes refute it, UTF-8. Sequences that a piece cuts are carried over; what is given out
/// always ends at the boundary of a scalar.
final class InputDecoder {
  /// Something that is not of the encoding, or a label that is wrong.
  struct Finding {
    /// Where, in bytes of the UTF-8 given out so far.
    let offset: Int
    let code: String
    let message: String
    /// Whether decoding stops here.
    let isFatal: Bool
  }

  /// The encoding that is used.
  let encoding: String
  /// What was met and not yet taken by the caller, in order.
  var findings: [Finding] = []
  /// Whether the input has ended, by its end or by a fault.
  private(set) var isAtEnd = false
  /// The first bytes of the input, as they are.
  let firstBytes: [UInt8]

  private let bytes: InputBytes
  private let isLenient: Bool
  private var converter: StreamConverter?
  private var carried: [UInt8]
  private var given = 0
  private var sourceOffset: Int

  /// - Parameter label: Finds the encoding that the file declares in its first bytes, as ASCII.
  init(
    _ bytes: InputBytes, options: ReadOptions, label: ([UInt8]) -> String?
  ) throws(InterchangeError) {
    self.bytes = bytes
    isLenient = options.mode == .lenient
    let start = try bytes.peek(1024)
    // What was looked at is taken over.
    _ = try bytes.next()
    firstBytes = Array(start.prefix(1024))
    let mark = Self.byteOrderMark(of: start)
    let declared = label(firstBytes)
    var chosen = mark?.encoding ?? options.encoding ?? Self.patternOfNULs(start)
    if let mark, let named = options.encoding, !Self.same(named, mark.encoding) {
      findings.append(
        Finding(
          offset: 0, code: "encoding",
          message: "found a byte order mark of \(mark.encoding), expected \(named.excerpt); "
            + "the mark was obeyed",
          isFatal: false))
    }
    if chosen == nil, let declared {
      // A label cannot be right that its own bytes refute: it was read as ASCII.
      chosen = Self.isWide(declared) ? "UTF-8" : declared
    }
    let name = chosen ?? "UTF-8"
    let canonical = StreamConverter.canonicalName(name)
    if canonical == nil {
      let message =
        "found the encoding \"\(name.excerpt)\", which is not known; "
        + "expected a name such as UTF-8, GB18030 or windows-1252"
      throw InterchangeError(
        kind: options.encoding == nil ? .badData : .usage,
        diagnostic: Diagnostic(
          severity: .error, code: "encoding", file: bytes.name, position: .start, message: message))
    }
    encoding = canonical ?? name
    if encoding != "UTF-8" {
      do {
        converter = try StreamConverter(name)
      } catch {
        throw InterchangeError(
          kind: .badData,
          diagnostic: Diagnostic(
            severity: .error, code: "encoding", file: bytes.name, position: .start,
            message: "the encoding \"\(name.excerpt)\" cannot be used: \(error)"))
      }
    }
    if let declared, options.encoding == nil, !Self.same(declared, encoding) {
      findings.append(
        Finding(
          offset: 0, code: "encoding-label",
          message: "found the label \"\(declared.excerpt)\" on a file in \(encoding); "
            + "the label was not obeyed",
          isFatal: false))
    }
    carried = Array(start.dropFirst(mark?.length ?? 0))
    sourceOffset = mark?.length ?? 0
  }

  /// Whether there is nothing in the input, or nothing but a byte order mark.
  var isEmpty: Bool { carried.isEmpty && given == 0 }

  /// Appends the next piece to `output`; `false` when there is none.
  func decode(into output: inout [UInt8]) throws(InterchangeError) -> Bool {
    guard !isAtEnd else { return false }
    var piece: [UInt8]
    var isLast = false
    if given == 0, !carried.isEmpty, carried.count > 4 {
      piece = carried
      carried = []
    } else {
      let read = try bytes.next()
      isLast = read.isEmpty
      piece = carried.isEmpty ? read : carried + read
      carried = []
    }
    let before = output.count
    output.reserveCapacity(before + piece.count + 64)
    if converter == nil {
      decodeUTF8(&piece, isLast: isLast, into: &output)
    } else {
      convert(piece, isLast: isLast, into: &output)
    }
    given += output.count - before
    if isLast { isAtEnd = true }
    return true
  }

  private func decodeUTF8(_ piece: inout [UInt8], isLast: Bool, into output: inout [UInt8]) {
    var start = 0
    let base = output.count
    while start < piece.count {
      do {
        _ = try UTF8Span(validating: piece.span.extracting(start..<piece.count))
        output += piece[start...]
        start = piece.count
        break
      } catch {
        let bad = start + error.byteOffsets.lowerBound
        let end = start + error.byteOffsets.upperBound
        output += piece[start..<bad]
        // A scalar that the end of the piece cuts is finished by the next piece.
        if !isLast, end == piece.count, Self.mayContinue(piece[bad...]) {
          carried = Array(piece[bad...])
          start = bad
          break
        }
        if isLenient, let joined = Self.joinedSurrogates(piece[bad...]) {
          report(
            at: given + output.count - base, bytes: piece[bad..<(bad + 6)],
            offset: sourceOffset + bad,
            isFatal: false, action: "; the pair was joined")
          output += joined
          start = bad + 6
          continue
        }
        report(
          at: given + output.count - base, bytes: piece[bad..<max(end, bad + 1)],
          offset: sourceOffset + bad, isFatal: !isLenient,
          action: isLenient ? "; U+FFFD was put in its place" : "")
        if !isLenient {
          isAtEnd = true
          sourceOffset += bad
          return
        }
        output += [0xEF, 0xBF, 0xBD]
        start = max(end, bad + 1)
      }
    }
    sourceOffset += start
  }

  private func convert(_ piece: [UInt8], isLast: Bool, into output: inout [UInt8]) {
    var start = 0
    let base = output.count
    while true {
      let outcome = converter!.decode(piece, from: start, isLast: isLast, into: &output)
      switch outcome {
      case .done:
        sourceOffset += piece.count - start
        return
      case .malformed(let bytes, let used):
        start += used
        sourceOffset += used
        report(
          at: given + output.count - base, bytes: bytes[...],
          offset: max(0, sourceOffset - bytes.count), isFatal: !isLenient,
          action: isLenient ? "; U+FFFD was put in its place" : "")
        if !isLenient {
          isAtEnd = true
          return
        }
        output += [0xEF, 0xBF, 0xBD]
        if start >= piece.count { return }
      }
    }
  }

  private func report(
    at offset: Int, bytes: ArraySlice<UInt8>, offset source: Int, isFatal: Bool, action: String
  ) {
    let shown = bytes.prefix(8).map { byte in
      let digits = String(byte, radix: 16, uppercase: true)
      return digits.utf8.count == 1 ? "0" + digits : digits
    }
    let what = bytes.count == 1 ? "byte" : "bytes"
    findings.append(
      Finding(
        offset: offset, code: "malformed",
        message:
          "found \(what) 0x\(shown.joined()) at offset \(source), expected \(encoding)\(action)",
        isFatal: isFatal))
  }

  // MARK: Signs of an encoding

  private static func byteOrderMark(of bytes: [UInt8]) -> (encoding: String, length: Int)? {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return ("UTF-8", 3) }
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) { return ("UTF-32LE", 4) }
    if bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return ("UTF-32BE", 4) }
    if bytes.starts(with: [0xFF, 0xFE]) { return ("UTF-16LE", 2) }
    if bytes.starts(with: [0xFE, 0xFF]) { return ("UTF-16BE", 2) }
    return nil
  }

  /// Two ASCII characters in a wide encoding leave a pattern that no text in a narrow one has.
  private static func patternOfNULs(_ bytes: [UInt8]) -> String? {
    guard bytes.count >= 4 else { return nil }
    let isNUL = bytes.prefix(4).map { $0 == 0 }
    switch isNUL {
    case [false, true, false, true]: return "UTF-16LE"
    case [true, false, true, false]: return "UTF-16BE"
    case [false, true, true, true]: return "UTF-32LE"
    case [true, true, true, false]: return "UTF-32BE"
    default: return nil
    }
  }

  private static func isWide(_ name: String) -> Bool {
    let lower = name.lowercased()
    return ["utf-16", "utf16", "utf-32", "utf32", "ucs-2", "ucs-4", "iso-10646-ucs", "unicode"]
      .contains { lower.hasPrefix($0) }
  }

  /// Whether two names stand for one encoding; `UTF-16` stands for both of its byte orders, and ASCII
  /// is part of UTF-8.
  private static func same(_ left: String, _ right: String) -> Bool {
    let a = StreamConverter.canonicalName(left) ?? left
    let b = StreamConverter.canonicalName(right) ?? right
    return a == b
      || (a.hasPrefix("UTF-16") && b.hasPrefix("UTF-16") && (a == "UTF-16" || b == "UTF-16"))
      || (a.hasPrefix("UTF-32") && b.hasPrefix("UTF-32") && (a == "UTF-32" || b == "UTF-32"))
  }

  /// Whether bytes at the end of a piece may be the start of a scalar.
  private static func mayContinue(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let lead = bytes.first else { return false }
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1
    return lead < 0xF5 && bytes.count < length
  }

  /// The scalar of two surrogates that were encoded one by one (CESU-8).
  private static func joinedSurrogates(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
    let b = Array(bytes.prefix(6))
    guard b.count == 6, b[0] == 0xED, b[1] & 0xF0 == 0xA0, b[2] & 0xC0 == 0x80, b[3] == 0xED,
      b[4] & 0xF0 == 0xB0, b[5] & 0xC0 == 0x80
    else { return nil }
    let high = UInt32(b[1] & 0x0F) << 6 | UInt32(b[2] & 0x3F)
    let low = UInt32(b[4] & 0x0F) << 6 | UInt32(b[5] & 0x3F)
    guard let scalar = Unicode.Scalar(0x10000 + (high << 10 | low)) else { return nil }
    return Array(String(Character(scalar)).utf8)
  }
}
