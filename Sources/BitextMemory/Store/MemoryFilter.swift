public import BitextCore
internal import BitextText

/// Which units of a memory are meant: those that fulfil every condition that is set.
public struct MemoryFilter: Sendable, Hashable {
  /// A property that a unit, or a variant of it, has to have.
  public struct PropertyCondition: Sendable, Hashable {
    /// Its name.
    public var name: String
    /// Its value; `nil` for any.
    public var value: String?

    public init(_ name: String, _ value: String? = nil) {
      self.name = name
      self.value = value
    }
  }

  /// Only units with a variant in one of these languages, or in one that may stand for it
  /// (``LanguageMatch``), and only those variants; empty for all.
  public var languages: [LanguageTag]
  /// Only units with these words in a text, one after the other, whatever their case and width; in
  /// one of ``languages`` if there are any.
  public var text: String?
  /// Only units that were made or changed at this time or later, in seconds since 1970.
  public var since: Int64?
  /// Only units that were neither made nor changed at this time or later, and that have a date.
  public var before: Int64?
  /// Only units with all of these properties.
  public var properties: [PropertyCondition]
  /// Only units that this person, or program, made or changed, or a variant of them.
  public var author: String?
  /// Only units that this run added; see ``ImportRun``.
  public var run: Int64?

  public init(
    languages: [LanguageTag] = [], text: String? = nil, since: Int64? = nil, before: Int64? = nil,
    properties: [PropertyCondition] = [], author: String? = nil, run: Int64? = nil
  ) {
    self.languages = languages
    self.text = text
    self.since = since
    self.before = before
    self.properties = properties
    self.author = author
    self.run = run
  }

  /// Whether nothing is asked for, so that all units are meant.
  public var isEmpty: Bool { self == MemoryFilter() }

  /// The unit with the wanted languages only.
  public func narrow(_ unit: TranslationUnit) -> TranslationUnit {
    guard !languages.isEmpty else { return unit }
    var narrowed = unit
    narrowed.variants.removeAll { !isWanted($0.language) }
    return narrowed
  }

  /// The same for a stored unit, which has a wanted language.
  func narrow(_ stored: StoredUnit) -> StoredUnit {
    guard !languages.isEmpty else { return stored }
    let unit = narrow(stored.unit)
    guard !unit.variants.isEmpty else { return stored }
    let before = stored.unit.variants[..<stored.sourceIndex].count { isWanted($0.language) }
    let keepsSource = isWanted(stored.unit.variants[stored.sourceIndex].language)
    return StoredUnit(
      number: stored.number, unit: unit, sourceIndex: keepsSource ? before : 0,
      context: stored.context)
  }

  func isWanted(_ language: LanguageTag) -> Bool {
    languages.contains { LanguageMatch.points(asked: $0, stored: language) != nil }
  }
}

/// A filter made ready for one state of a memory.
struct FilterTest {
  private let filter: MemoryFilter
  private let words: TokenSequence?
  /// The numbers of the units that the run added.
  private let added: [ClosedRange<Int64>]?

  /// - Throws: `noSuchRun` when the filter names a run that is not there.
  init(_ filter: MemoryFilter, _ reader: any MemoryReader) throws(MemoryError) {
    self.filter = filter
    words = filter.text.map { TokenSequence(ConcordanceQuery($0, language: .undetermined)) }
    if let run = filter.run {
      _ = try reader.knownRun(run)
      added = try reader.units(addedBy: run)
    } else {
      added = nil
    }
  }

  /// Whether the unit passes.
  func accepts(_ stored: StoredUnit) -> Bool {
    let unit = stored.unit
    if let added, !added.contains(where: { $0.contains(stored.number) }) { return false }
    if !filter.languages.isEmpty, !unit.variants.contains(where: { filter.isWanted($0.language) }) {
      return false
    }
    if filter.since != nil || filter.before != nil {
      let dates = ([unit.provenance] + unit.variants.map(\.provenance)).flatMap {
        [$0.created, $0.changed].compactMap { $0?.secondsSince1970 }
      }
      guard let latest = dates.max(), latest >= filter.since ?? .min,
        latest < filter.before ?? .max
      else { return false }
    }
    if !filter.properties.isEmpty {
      let properties = unit.properties + unit.variants.flatMap(\.properties)
      for wanted in filter.properties {
        guard
          properties.contains(where: {
            $0.name == wanted.name && (wanted.value == nil || $0.value == wanted.value)
          })
        else { return false }
      }
    }
    if let author = filter.author {
      let people = ([unit.provenance] + unit.variants.map(\.provenance)).flatMap {
        [$0.createdBy, $0.changedBy]
      }
      guard people.contains(author) else { return false }
    }
    if let words {
      return unit.variants.contains { variant in
        (filter.languages.isEmpty || filter.isWanted(variant.language))
          && !words.tokens.isEmpty
          && !words.places(in: TokenKey.located(in: variant.segment.text)).isEmpty
      }
    }
    return true
  }
}

extension MemoryReader {
  /// The run with this number.
  ///
  /// - Throws: `noSuchRun`.
  func knownRun(_ number: Int64) throws(MemoryError) -> ImportRun {
    let runs = try runs()
    if let run = runs.first(where: { $0.id == number }) { return run }
    let known =
      runs.isEmpty ? "it has none" : "its runs are \(runs[0].id) to \(runs[runs.count - 1].id)"
    throw MemoryError(
      .noSuchRun, message: "there is no run \(number) in the memory; \(known), see memory stats")
  }
}
