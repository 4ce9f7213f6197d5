public import BitextCore

/// Finds the placeables of a text, once for matching, alignment and checks alike.
///
///     PlaceableRecognizer(language: "es").placeables(in: "El 25 de noviembre: 1.234,5 km, %s")
///     // 25 de noviembre (date), 1.234,5 (number), km (unit), %s (variable)
///
/// Numbers that callers had better not trust (`RecognizedNumber.isWeak`) are left out. A numeric date
/// is read by its shape: a part of four digits is the year, a part above 12 the day; `3/4/2026` is read
/// with the month first in American English and with the day first elsewhere.
///
/// A recognizer is a value: built once, then asked from any thread.
public struct PlaceableRecognizer: Sendable {
  /// The language of the texts.
  public let language: LanguageTag

  private let numbers: NumberRecognizer
  private let segmenter: WordSegmenter

  public init(language: LanguageTag) {
    self.language = language
    numbers = NumberRecognizer(language: language)
    segmenter = WordSegmenter(language: language)
  }

  /// Returns the placeables of a text, in order; no two overlap.
  ///
  /// - Complexity: O(length of the text).
  public func placeables(in text: String) -> [Placeable] {
    let bytes = Array(text.utf8)
    // From the surest to the least sure; what overlaps something surer is left out.
    var found = PlaceableList(count: bytes.count)
    for placeable in VariableScanner(bytes: bytes).scan() { found.add(placeable) }
    let words = segmenter.words(in: text)
    for word in words where word.kind == .address {
      found.add(Placeable(span: word.span, kind: Self.addressKind(bytes[word.span.range])))
    }
    var dates = DateScanner(bytes: bytes, language: language, numbers: numbers.numbers(in: text))
    for placeable in dates.scan() { found.add(placeable) }
    for word in words where word.kind == .word && Self.isCode(bytes[word.span.range]) {
      found.add(Placeable(span: word.span, kind: .code))
    }
    return found.placeables.sorted { $0.span < $1.span }
  }

  private static func addressKind(_ bytes: ArraySlice<UInt8>) -> PlaceableKind {
    if bytes.contains(0x2F) { return .url }
    if bytes.contains(0x40) { return .email }
    if bytes.starts(with: "www.".utf8) { return .url }
    let ending = String(
      decoding: bytes[((bytes.lastIndex(of: 0x2E) ?? bytes.startIndex) + 1)...], as: UTF8.self)
    return hostEndings.contains(ending.lowercased()) ? .url : .file
  }

  private static let hostEndings: Set<String> = [
    "ar", "biz", "ca", "cl", "cn", "co", "com", "de", "edu", "es", "fr", "gov", "info", "int", "io",
    "jp", "me", "mil", "mx", "net", "org", "tv", "uk", "us",
  ]

  private static func isCode(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.count >= 2, bytes.count <= 32 else { return false }
    var hasLetter = false
    var hasDigit = false
    for byte in bytes {
      switch byte {
      case 0x41...0x5A: hasLetter = true
      case 0x30...0x39: hasDigit = true
      case 0x2D, 0x2E, 0x2F, 0x5F: break
      default: return false
      }
    }
    return hasLetter && hasDigit
  }
}

/// Placeables that do not overlap.
private struct PlaceableList {
  private(set) var placeables: [Placeable] = []
  private var isTaken: [Bool]

  init(count: Int) {
    isTaken = [Bool](repeating: false, count: count)
  }

  /// Adds a placeable unless a byte of it is taken.
  mutating func add(_ placeable: Placeable) {
    guard !isTaken[placeable.span.range].contains(true) else { return }
    for index in placeable.span.range { isTaken[index] = true }
    placeables.append(placeable)
  }
}
