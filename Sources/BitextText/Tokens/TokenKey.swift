internal import BitextICU

/// The tokens that a translation memory counts when it compares two texts.
///
/// Two texts with equal keys differ at most in case, width, quotation marks, dashes, white space and
/// the values of numbers. One Han character (or letter of another script without spaces) is one
/// token; other letters form words; a number is `#`; a run of one punctuation mark is one token.
///
///     TokenKey("Don’t wait 1,234.5 s…").tokens   // ["don't", "wait", "#", "s", "..."]
///     TokenKey("数字利维坦").tokens               // ["数", "字", "利", "维", "坦"]
///
/// Only stable Unicode properties decide, no dictionary and no word breaks, because keys are stored:
/// they must not change with an update of ICU. The rules have a number, ``version``; keys of another
/// version are rebuilt, never compared.
public struct TokenKey: Sendable, Hashable {
  /// The version of the rules.
  public static let version = 1
  /// The version of Unicode that the rules read their properties from, such as `15.0`. Characters that
  /// it does not know yet may be cut in another way by a later one.
  public static var unicodeVersion: String { ICULibrary.unicodeVersion }

  /// The tokens, each as its length in bytes (LEB128) and its UTF-8. This is what a store keeps;
  /// equal bytes mean equal keys.
  public let encoded: [UInt8]
  /// The number of tokens.
  public let count: Int

  /// Makes the key of a text.
  ///
  /// - Complexity: O(length of the text); ASCII takes about 3 ns a byte.
  public init(_ text: String) {
    var scanner = TokenScanner()
    scanner.scan(text)
    self.init(scanner)
  }

  /// Reads a key back; `nil` when `encoded` is no sequence of lengths and tokens.
  public init?(encoded: [UInt8]) {
    guard let count = Self.countTokens(encoded.span) else { return nil }
    self.encoded = encoded
    self.count = count
  }

  init(_ scanner: TokenScanner) {
    encoded = scanner.encoded
    count = scanner.count
  }

  /// The tokens as texts, in order.
  public var tokens: [String] {
    var result: [String] = []
    result.reserveCapacity(count)
    var index = 0
    while index < encoded.count {
      let length = Self.readLength(encoded.span, &index)
      guard length >= 0, index + length <= encoded.count else { break }
      result.append(String(decoding: encoded[index..<(index + length)], as: UTF8.self))
      index += length
    }
    return result
  }

  /// Reads a LEB128 length at `index` and moves past it; -1 when it is cut off or too large.
  static func readLength(_ bytes: Span<UInt8>, _ index: inout Int) -> Int {
    var value = 0
    var shift = 0
    while index < bytes.count, shift < 35 {
      let byte = bytes[index]
      index += 1
      value |= Int(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    return -1
  }

  private static func countTokens(_ bytes: Span<UInt8>) -> Int? {
    var index = 0
    var count = 0
    while index < bytes.count {
      let length = readLength(bytes, &index)
      guard length > 0, length <= bytes.count - index else { return nil }
      index += length
      count += 1
    }
    return count
  }
}
