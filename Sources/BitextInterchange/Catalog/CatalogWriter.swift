public import BitextCore

/// Writes Apple's String Catalogs as Xcode lays them out.
///
/// The name of a unit is its key; a path such as `|==|plural.one` behind it makes variations of one string.
/// Names and languages are sorted as Xcode sorts them, so units are kept until `finish()`.
public struct CatalogWriter: UnitWriter {
  public private(set) var losses = LossReport()

  private let sink: any ByteSink
  private let sourceLanguage: LanguageTag
  private var strings: [String: Entry] = [:]
  private var copies: [String: Int] = [:]

  private struct Entry {
    var comments: [String] = []
    /// By language: the texts at each path, in order.
    var localizations: [String: [(path: [String], text: String)]] = [:]
  }

  /// - Parameter sourceLanguage: The language of the texts in the code.
  public init(to sink: any ByteSink, sourceLanguage: LanguageTag) {
    self.sink = sink
    self.sourceLanguage = sourceLanguage
  }

  public mutating func write(_ unit: TranslationUnit) throws(InterchangeError) {
    let source = unit.variants.first { $0.language == sourceLanguage } ?? unit.variants.first
    guard let source else { return }
    var (key, path) = StringCatalog.parts(unit.identifier ?? source.segment.textWithCodes)
    if key.isEmpty { key = source.segment.textWithCodes }
    let isTaken =
      strings[key]?.localizations.values.contains { $0.contains { $0.path == path } } ?? false
    if isTaken {
      // Two units of one name are two strings: a memory's names need not be unique.
      repeat {
        copies[key, default: 1] += 1
      } while strings["\(key)-\(copies[key, default: 1])"] != nil
      key = "\(key)-\(copies[key, default: 1])"
    }
    var entry = strings[key] ?? Entry()
    for note in unit.notes + unit.variants.flatMap(\.notes)
    where !entry.comments.contains(note.text) {
      entry.comments.append(note.text)
    }
    var seen: Set<LanguageTag> = []
    for variant in unit.variants {
      guard seen.insert(variant.language).inserted else {
        losses.add("further variants")
        continue
      }
      let language =
        variant.languageAsWritten.flatMap { LanguageTag($0) == variant.language ? $0 : nil }
        ?? variant.language.identifier
      entry.localizations[language, default: []].append((path, variant.segment.textWithCodes))
    }
    strings[key] = entry
    count(unit)
  }

  private mutating func count(_ unit: TranslationUnit) {
    losses.addCommon(unit)
    losses.add(
      "properties",
      unit.properties.filter { $0.name != "plural-form" }.count
        + unit.variants.reduce(0) { $0 + $1.properties.filter { $0.name != "plural-form" }.count })
    losses.add(
      "inline codes, written as text,", unit.variants.reduce(0) { $0 + $1.segment.codes.count })
  }

  public mutating func finish() throws(InterchangeError) {
    let members = strings.keys.sorted(by: CatalogOrder.precedes).map { key in
      JSONValue.Member(
        rawName: JSONValue.escaped(key), value: Self.value(strings[key] ?? Entry()), offset: 0)
    }
    let root = Self.object([
      ("sourceLanguage", JSONValue(text: sourceLanguage.identifier)),
      ("strings", JSONValue(.object(members))), ("version", JSONValue(text: "1.0")),
    ])
    try Self.write(root, endsWithNewline: false, to: sink)
  }

  /// Writes a tree as a file.
  static func write(
    _ root: JSONValue, endsWithNewline: Bool, to sink: any ByteSink
  ) throws(InterchangeError) {
    var bytes: [UInt8] = []
    JSONLayout.append(root, to: &bytes)
    if endsWithNewline { bytes.append(0x0A) }
    do {
      try sink.write(bytes)
    } catch {
      throw InterchangeError(error)
    }
  }

  private static func value(_ entry: Entry) -> JSONValue {
    var members: [(String, JSONValue)] = []
    if !entry.comments.isEmpty {
      members.append(("comment", JSONValue(text: entry.comments.joined(separator: "\n"))))
    }
    members.append(("extractionState", JSONValue(text: "manual")))
    let languages = entry.localizations.keys.sorted(by: CatalogOrder.precedes).map { language in
      (language, localization(entry.localizations[language] ?? []))
    }
    members.append(("localizations", object(languages)))
    return object(members)
  }

  private static func localization(_ texts: [(path: [String], text: String)]) -> JSONValue {
    texts.reduce(JSONValue(.object([]))) { tree, entry in
      adding(unit(state: "translated", value: entry.text), at: steps(entry.path)[...], to: tree)
    }
  }

  /// The object that holds a text.
  static func unit(state: String, value: String) -> JSONValue {
    object([("state", JSONValue(text: state)), ("value", JSONValue(text: value))])
  }

  /// The names on the way to the text of a path: `["variations", "plural", "one", "stringUnit"]`.
  static func steps(_ path: [String]) -> [String] {
    var steps: [String] = []
    var index = 0
    while index + 1 < path.count {
      if path[index] != "substitutions" { steps.append("variations") }
      steps += path[index...(index + 1)]
      index += 2
    }
    return steps + ["stringUnit"]
  }

  /// Puts a value into a tree, names sorted.
  static func adding(
    _ value: JSONValue, at steps: ArraySlice<String>, to tree: JSONValue
  ) -> JSONValue {
    guard let first = steps.first else { return value }
    var members = tree.members ?? []
    if let index = members.firstIndex(where: { $0.name == first }) {
      members[index].value = adding(value, at: steps.dropFirst(), to: members[index].value)
    } else {
      let member = JSONValue.Member(
        rawName: JSONValue.escaped(first),
        value: adding(value, at: steps.dropFirst(), to: JSONValue(.object([]))), offset: 0)
      let place = members.firstIndex { CatalogOrder.precedes(first, $0.name) } ?? members.count
      members.insert(member, at: place)
    }
    return JSONValue(.object(members))
  }

  private static func object(_ members: [(String, JSONValue)]) -> JSONValue {
    JSONValue(
      .object(
        members.map {
          JSONValue.Member(rawName: JSONValue.escaped($0.0), value: $0.1, offset: 0)
        }))
  }
}
