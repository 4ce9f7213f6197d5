public import BitextCore
internal import BitextText

/// A unit with what is computed from it before it is saved.
public struct PreparedUnit: Sendable, Hashable {
  /// The unit.
  public let unit: TranslationUnit
  /// The index of the variant that the others translate.
  public let sourceIndex: Int
  /// For each variant the hash of its text; see ``hash(of:)``.
  public let textHashes: [Int64]
  /// The context of the source.
  public let context: ContextSignature

  /// - Parameters:
  ///   - context: The context of the source; `nil` reads it from the unit's properties.
  ///   - source: The language of the source where the unit names none; the first variant is the
  ///     source where that says nothing either.
  /// - Throws: `invalidUnit` when the unit has no variant.
  public init(
    _ unit: TranslationUnit, context: ContextSignature? = nil, source: LanguageTag? = nil
  ) throws(MemoryError) {
    guard !unit.variants.isEmpty else {
      throw MemoryError(.invalidUnit, message: "a translation unit without variants, expected one")
    }
    let index = (unit.sourceLanguage ?? source).flatMap { language in
      unit.variants.firstIndex { $0.language == language }
        ?? unit.variants.firstIndex { $0.language.language == language.language }
    }
    self.init(unit, sourceIndex: index ?? 0, context: context ?? ContextSignature(of: unit))
  }

  /// A unit whose source is known.
  ///
  /// - Precondition: `sourceIndex` is the index of a variant.
  public init(_ unit: TranslationUnit, sourceIndex: Int, context: ContextSignature) {
    precondition(unit.variants.indices.contains(sourceIndex), "no variant \(sourceIndex)")
    self.unit = unit
    self.sourceIndex = sourceIndex
    textHashes = unit.variants.map { Self.hash(of: $0.segment.text) }
    self.context = context
  }

  /// The hash by which an exact match is found: of the text in NFC without outer white space.
  public static func hash(of text: String) -> Int64 {
    Int64(bitPattern: XXH64.hash(ExactForm(text).text))
  }
}

/// The form in which two texts are compared for an exact match.
struct ExactForm: Sendable, Hashable {
  /// The text in NFC without outer white space.
  let text: String

  init(_ text: String) {
    let composed = text.utf8.allSatisfy { $0 < 0x80 } ? text : Self.normalizer(text)
    let scalars = composed.unicodeScalars
    guard let first = scalars.first, let last = scalars.last,
      first.properties.isWhitespace || last.properties.isWhitespace
    else {
      self.text = composed
      return
    }
    guard let start = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let end = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else {
      self.text = ""
      return
    }
    self.text = String(scalars[start...end])
  }

  /// NFC is the same in all languages.
  private static let normalizer = TextNormalizer(.nfc, language: .undetermined)
}

/// What stood around a source text, as far as it is known: one signal each.
public struct ContextSignature: Sendable, Hashable {
  /// Nothing is known.
  public static let unknown: Int64 = 0
  /// The text stood at the start or the end of its document.
  public static let boundary: Int64 = 1

  /// The hash of the text before.
  public var previous: Int64
  /// The hash of the text after.
  public var next: Int64
  /// The hash of the key that the origin gave the place.
  public var key: Int64

  /// - Parameters: Texts; `nil` is unknown, an empty text before or after is a boundary.
  public init(previous: String? = nil, next: String? = nil, key: String? = nil) {
    func signal(_ text: String?) -> Int64 {
      guard let text else { return Self.unknown }
      let form = ExactForm(text).text
      if form.isEmpty { return Self.boundary }
      let hash = Int64(bitPattern: XXH64.hash(form))
      return hash == Self.unknown || hash == Self.boundary ? 2 : hash
    }
    self.previous = signal(previous)
    self.next = signal(next)
    self.key = key.map { $0.isEmpty ? Self.unknown : signal($0) } ?? Self.unknown
  }

  /// The signature as it was stored.
  public init(storedPrevious previous: Int64, next: Int64, key: Int64) {
    self.previous = previous
    self.next = next
    self.key = key
  }

  /// The signature that a unit's properties give: `prev`, `next` and `id` as OmegaT writes them,
  /// `x-context-pre` and `x-context-post` as memoQ does.
  public init(of unit: TranslationUnit) {
    var previous: String?
    var next: String?
    var key: String?
    for property in unit.properties {
      switch property.name {
      case "prev", "x-context-pre": previous = previous ?? property.value
      case "next", "x-context-post": next = next ?? property.value
      case "id": key = key ?? property.value
      default: break
      }
    }
    self.init(previous: previous, next: next, key: key)
  }

  /// The number of signals that are known on both sides and agree.
  public func agreement(with other: ContextSignature) -> Int {
    func agrees(_ left: Int64, _ right: Int64) -> Int {
      left != Self.unknown && left == right ? 1 : 0
    }
    return agrees(previous, other.previous) + agrees(next, other.next) + agrees(key, other.key)
  }
}
