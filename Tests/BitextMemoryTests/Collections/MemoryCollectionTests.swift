import BitextCore
import BitextMemory
import BitextSQLite
import Testing

private func unit(
  _ source: String, _ target: String, _ properties: (String, String)...
) -> TranslationUnit {
  var unit = pair("en", source, "es", target)
  unit.properties = properties.map { Property(name: $0.0, value: $0.1) }
  return unit
}

@Suite struct `Several memories` {
  private let folder: TemporaryFolder
  private let own: TranslationMemory
  private let old: TranslationMemory

  init() throws {
    folder = try TemporaryFolder()
    own = try folder.memory("own")
    old = try folder.memory("old")
  }

  private func ask(
    _ text: String, penalty: Int = 0, limit: Int = 5,
    _ conditions: MemoryCollection.Conditions = .init()
  ) throws -> [String] {
    let collection = MemoryCollection([
      .init(own, name: "own"), .init(old, name: "old", penalty: penalty),
    ])
    return try collection.matches(
      for: MatchQuery(text, from: "en", to: "es"), options: MatchOptions(limit: limit),
      conditions: conditions
    ).map {
      "\(collection.members[$0.member].name) \($0.match.score) \($0.match.target.text)"
        + $0.match.penalties.map { " \($0.reason.rawValue)-\($0.points)" }.joined()
    }
  }

  @Test func `are asked in their order, with their penalties`() throws {
    try own.save([unit("Save the red file now", "Guarde el archivo rojo")])
    try old.save([
      unit("Save the file now", "Guarda el fichero"), unit("Save the red file", "Salve el rojo"),
    ])
    #expect(
      try ask("Save the file now") == [
        "old 100 Guarda el fichero", "own 80 Guarde el archivo rojo",
      ])
    #expect(
      try ask("Save the file now", penalty: 25) == [
        "own 80 Guarde el archivo rojo", "old 75 Guarda el fichero memory-25",
      ])
    #expect(try ask("Save the file now", limit: 1) == ["old 100 Guarda el fichero"])
    try own.save([unit("Save the file now", "Guarde")])
    #expect(
      try ask("Save the file now", limit: 2) == ["own 100 Guarde", "old 100 Guarda el fichero"],
      "of equal matches the one of the first memory comes first")
  }

  @Test func `give the same translation once, from where it counts most`() throws {
    try own.save([unit("Save", "Guardar")])
    try old.save([unit("Save", "Guardar"), unit("Save", "Salvar")])
    #expect(try ask("Save", penalty: 3).prefix(1) == ["own 100 Guardar"])
    #expect(try ask("Save", penalty: 3).count == 2)
  }

  @Test(arguments: [
    ("x-pivot", "en", "pivot-3", 97), ("x-mt", "yes", "machineTranslation-10", 90),
    ("x-mt", "no", "", 100), ("x-origin", "MT", "machineTranslation-10", 90),
    ("x-origin", "agency", "", 100), ("x-status", "Draft", "status-2", 98),
    ("x-ConfirmationLevel:SingleString", "Draft", "status-2", 98),
    ("x-ConfirmationLevel:SingleString", "ApprovedTranslation", "", 100),
    ("x-confidence", "0.97", "alignment-1", 99),
  ])
  func `count less what no translator has approved`(
    _ name: String, _ value: String, _ penalty: String, _ score: Int
  ) throws {
    try own.save([unit("Save", "Guardar", (name, value))])
    #expect(
      try ask("Save") == ["own \(score) Guardar" + (penalty.isEmpty ? "" : " \(penalty)")])
    #expect(try ask("Save", .init(provenance: .none)) == ["own 100 Guardar"])
  }

  @Test func `find what a filter means behind any number of others`() throws {
    // One translation in forty is of the client; without a second question it would be missed.
    for number in 0..<40 {
      try own.save(
        [unit("Save", "Guardar \(number)", ("x-client", number == 3 ? "ACME" : "other"))],
        rule: .addAll)
    }
    let client = MemoryFilter(properties: [.init("x-client", "ACME")])
    #expect(
      try ask("Save", limit: 2, .init(filter: client)).map { $0.prefix(17) }
        == ["own 99 Guardar 3 "].map { $0.prefix(17) })
    // The best after a penalty for all others.
    let preferred = try ask("Save", limit: 1, .init(filter: client, filterPenalty: 4))
    #expect(preferred.first?.hasPrefix("own 99 Guardar 3") == true, "\(preferred)")
  }

  @Test func `see a penalised match behind a better one that was not asked for yet`() throws {
    // The newest five are machine translations: the older human one wins.
    try own.save([unit("Save", "Guardar")])
    for number in 0..<20 {
      try own.save([unit("Save", "Salvar \(number)", ("x-mt", "yes"))], rule: .addAll)
    }
    #expect(try ask("Save", limit: 1).first?.hasPrefix("own 99 Guardar") == true)
  }

  @Test func `put fragments behind all other matches, penalised ones too`() throws {
    try own.save([unit("Open the window now", "Abra ya la ventana", ("x-mt", "yes"))])
    try old.save([unit("Close the old window", "Cierre"), unit("the window", "la ventana")])
    let collection = MemoryCollection([
      .init(own, name: "own", penalty: 60), .init(old, name: "old"),
    ])
    let found = try collection.matches(
      for: MatchQuery("Open the window", from: "en", to: "es"),
      options: MatchOptions(threshold: 70, includesFragments: true))
    #expect(found.map(\.match.kind) == [.fuzzy, .fragment])
    #expect(found.map(\.match.target.text) == ["Abra ya la ventana", "la ventana"])
    #expect(found[0].match.score < found[1].match.score)
  }

  @Test func `fall back to a language that may stand for another, Hans never to Hant`() throws {
    try own.save([pair("zh-Hans", "网络", "es-MX", "red")])
    try old.save([pair("zh-TW", "網路", "es-ES", "red")])
    let collection = MemoryCollection([.init(own, name: "own"), .init(old, name: "old")])
    func ask(_ from: LanguageTag, _ to: LanguageTag, _ text: String) throws -> [Int] {
      try collection.matches(for: MatchQuery(text, from: from, to: to)).map(\.match.score)
    }
    #expect(try ask("zh-CN", "es", "网络") == [100])
    #expect(try ask("zh-SG", "es-ES", "网络") == [99])
    #expect(try ask("zh-HK", "es", "網路") == [99])
    #expect(try ask("zh-Hant", "es", "网络").isEmpty)
    #expect(try ask("zh-Hans", "es", "網路").isEmpty)
  }
}
