import BitextCore
import BitextMemory
import Testing

/// An English text with a Chinese translation that was changed on a day of January 2024.
private func unit(
  _ text: String, _ translation: String, day: Int? = nil, previous: String? = nil
) -> TranslationUnit {
  var unit = pair("en", text, "zh", translation)
  if let day { unit.provenance.changed = Timestamp("202401\(day + 10)T120000Z") }
  if let previous { unit.properties = [Property(name: "prev", value: previous)] }
  return unit
}

private func targets(_ memory: TranslationMemory) throws -> [String] {
  try memory.units().map { $0.variants[1].segment.text }.sorted()
}

@Suite struct `Save rules` {
  @Test(arguments: [
    (SaveRule.keepNewest, 1, 2, ["外壳"], "updated"),
    (SaveRule.keepNewest, 2, 1, ["案例"], "unchanged"),
    (SaveRule.replace, 2, 1, ["外壳"], "updated"),
    (SaveRule.keepExisting, 1, 2, ["案例"], "unchanged"),
    (SaveRule.addAll, 1, 2, ["外壳", "案例"].sorted(), "added"),
  ])
  func `decide between two translations`(
    _ rule: SaveRule, _ first: Int, _ second: Int, _ kept: [String], _ outcome: String
  ) throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    try memory.save([unit("Case", "案例", day: first)])
    let report = try memory.save([unit("Case", "外壳", day: second)], rule: rule)
    #expect(try targets(memory) == kept)
    #expect(report.read == 1)
    #expect(
      [report.added, report.updated, report.unchanged]
        == ["added", "updated", "unchanged"].map { $0 == outcome ? 1 : 0 })
  }

  @Test func `without dates keep what is saved later`() throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    try memory.save([unit("Case", "案例")])
    try memory.save([unit("Case", "外壳")])
    #expect(try targets(memory) == ["外壳"])
  }

  @Test(arguments: SaveRule.allCases)
  func `keep both translations that one import brings`(_ rule: SaveRule) throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    let both = [unit("Case", "案例", day: 2), unit("Case", "外壳", day: 1)]
    #expect(try memory.save(both, rule: rule).added == 2)
    #expect(try memory.units() == both)
    // Saved again, neither stands against the other.
    #expect(try memory.save(both, rule: rule).unchanged == 2)
    // One of them is another one now: it takes the place of the one that is missing.
    let report = try memory.save([unit("Case", "机箱", day: 3), both[1]], rule: rule)
    #expect(report.unchanged == (rule == .keepExisting ? 2 : 1))
    #expect(report.updated == ([.keepNewest, .replace].contains(rule) ? 1 : 0))
    #expect(report.added == (rule == .addAll ? 1 : 0))
    let kept =
      switch rule {
      case .addAll: ["案例", "外壳", "机箱"]
      case .keepExisting: ["案例", "外壳"]
      case .keepNewest, .replace: ["机箱", "外壳"]
      }
    #expect(try targets(memory) == kept.sorted())
  }

  @Test func `prefer the translation with the same name`() throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    func named(_ name: String, _ target: String) -> TranslationUnit {
      var unit = unit("Open", target)
      unit.identifier = name
      return unit
    }
    try memory.save([named("file", "打开"), named("power", "接通")])
    #expect(try memory.save([named("file", "开启")]).updated == 1)
    #expect(try targets(memory) == ["开启", "接通"].sorted())
  }

  @Test func `leave units side by side that a property tells apart`() throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    func made(for client: String, _ target: String) -> TranslationUnit {
      var unit = unit("Case", target)
      unit.properties = [Property(name: "x-client", value: client)]
      return unit
    }
    let options = MemoryImport.Options(distinguishingProperties: ["x-client"])
    for (client, target) in [("court", "案件"), ("factory", "外壳"), ("factory", "机壳")] {
      var session = try memory.beginImport(
        "file", digest: "\(client) \(target)", options: options)
      _ = try session.add(made(for: client, target))
      _ = try session.finish()
    }
    #expect(try targets(memory) == ["案件", "机壳"].sorted())
  }

  @Test func `leave translations of different contexts side by side`() throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    try memory.save([unit("Open", "打开", previous: "File"), unit("Open", "接通", previous: "Power")])
    #expect(try targets(memory).count == 2)
  }

  @Test func `join what is known of the same translation`() throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    var first = unit("Case", "案例", day: 2)
    first.properties = [Property(name: "x-client", value: "A")]
    first.provenance.usageCount = 3
    var second = unit("Case", "案例", day: 3)
    second.properties = [Property(name: "x-client", value: "B")]
    second.notes = [Note("legal")]
    second.identifier = "u7"
    let report = try memory.save([first, second])
    #expect(report.added == 1 && report.updated == 1)
    let stored = try #require(try memory.units().first)
    #expect(try memory.units().count == 1)
    #expect(stored.properties.map(\.value) == ["A", "B"])
    #expect(stored.notes == [Note("legal")])
    #expect(stored.identifier == "u7")
    #expect(stored.provenance.changed == second.provenance.changed)
    #expect(stored.provenance.usageCount == 3)
    #expect(try memory.save([first, second]).unchanged == 2)
  }

  @Test func `bring a third language to a pair that agrees`() throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    try memory.save([pair("en", "privacy", "zh", "隐私")])
    let trilingual = TranslationUnit(
      sourceLanguage: "en",
      variants: [Variant("en", "privacy"), Variant("zh", "隐私"), Variant("es", "privacidad")])
    #expect(try memory.save([trilingual]).updated == 1)
    #expect(try memory.units() == [trilingual])
    // Found from the new language, too, although the old index was loaded before.
    let found = try memory.matches(for: MatchQuery("privacidad", from: "es", to: "zh"))
    #expect(found.map(\.target.text) == ["隐私"])
  }

  @Test func `do not join pairs that share nothing but the source`() throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    try memory.save([pair("en", "case", "zh", "案例"), pair("en", "case", "es", "maleta")])
    #expect(try memory.units().count == 2)
  }
}

@Suite struct `An import` {
  private func units(_ count: Int) -> [TranslationUnit] {
    (0..<count).map { pair("en", "Sentence number \($0) of many", "es", "Frase número \($0)") }
  }

  @Test func `goes on behind the last batch that was durable`() throws {
    let folder = try TemporaryFolder()
    let options = MemoryImport.Options(batch: 10)
    do {
      var session = try folder.memory().beginImport("a.tmx", digest: "d1", options: options)
      var acknowledged = 0
      // It stops in the middle of a batch, as if the program had been killed.
      for unit in units(100).prefix(47) { acknowledged = try session.add(unit) ?? acknowledged }
      // What is acknowledged is durable; the batch behind it may be under way.
      #expect(acknowledged == 30)
    }
    #expect(try folder.memory().units() == Array(units(100).prefix(40)))
    let memory = try folder.memory()
    #expect(try memory.statistics().runs.map(\.isFinished) == [false])
    var session = try memory.beginImport("a.tmx", digest: "d1", options: options)
    #expect(session.alreadyDurable == 40)
    for unit in units(100) { _ = try session.add(unit) }
    let report = try session.finish()
    #expect(report.read == 100 && report.added == 100)
    #expect(try memory.units() == units(100))
    #expect(try memory.statistics().runs.map(\.isFinished) == [true])
  }

  @Test func `of another content, or by another rule, begins at the start`() throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    do {
      var session = try memory.beginImport(
        "a.tmx", digest: "d1", options: MemoryImport.Options(batch: 1))
      _ = try session.add(units(1)[0])
    }
    #expect(try memory.beginImport("a.tmx", digest: "d2").alreadyDurable == 0)
    #expect(
      try memory.beginImport(
        "a.tmx", digest: "d1", options: MemoryImport.Options(rule: .addAll)
      ).alreadyDurable == 0)
  }

  @Test func `in one transaction leaves nothing when it fails`() throws {
    struct Broken: Error {}
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    var rest = units(50)[...]
    #expect(throws: Broken.self) {
      try memory.saveAtomically {
        guard let unit = rest.popFirst() else { throw Broken() }
        return unit
      }
    }
    #expect(try memory.units().isEmpty)
    rest = units(50)[...]
    #expect(try memory.saveAtomically { rest.popFirst() }.added == 50)
  }

  @Test func `takes context from the order of the units`() throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    var session = try memory.beginImport(
      "a.tmx", digest: "d", options: MemoryImport.Options(takesContextFromOrder: true))
    for unit in units(3) { _ = try session.add(unit) }
    _ = try session.finish()
    let texts = units(3).map { $0.variants[0].segment.text }
    func kind(_ number: Int, _ previous: String?, _ next: String?) throws -> MatchKind? {
      try memory.matches(
        for: MatchQuery(
          Segment(texts[number]), from: "en", to: "es", previous: previous, next: next)
      ).first?.kind
    }
    #expect(try kind(1, texts[0], texts[2]) == .doubleContext)
    #expect(try kind(1, texts[0], nil) == .context)
    #expect(try kind(0, "", texts[1]) == .doubleContext)
    #expect(try kind(2, texts[0], nil) == .exact)
  }
}
