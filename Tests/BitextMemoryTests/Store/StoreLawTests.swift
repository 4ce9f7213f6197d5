import BitextCore
import BitextMemory
import BitextSQLite
import Foundation
import Testing

/// A unit that holds something in every place that a unit has.
private func fullUnit(_ random: inout SeededGenerator, _ number: Int) -> TranslationUnit {
  func maybe<Value>(_ value: @autoclosure () -> Value) -> Value? {
    Bool.random(using: &random) ? value() : nil
  }
  func text() -> String {
    let pieces = [
      "Digital Leviathan", "数字利维坦", "Leviatán digital", " ", "\t", "\"", "\\", "<b>", "\u{0}", "é",
      "e\u{301}", "👍", "\n", "1,234", "'", "",
    ]
    return (0..<Int.random(in: 0...6, using: &random)).map { _ in
      pieces.randomElement(using: &random) ?? ""
    }.joined()
  }
  func attributes() -> [Attribute] {
    (0..<Int.random(in: 0...2, using: &random)).map { Attribute(name: "o-\($0)", value: text()) }
  }
  func date() -> Timestamp {
    [
      Timestamp("20240110T120000Z"), Timestamp("2024-01-10 12:00:00 UTC"), Timestamp("yesterday"),
      Timestamp(asWritten: "soon", secondsSince1970: 12),
      Timestamp(asWritten: "20240110T120000Z", secondsSince1970: nil),
    ].randomElement(using: &random) ?? Timestamp("")
  }
  func provenance() -> Provenance {
    Provenance(
      created: maybe(date()), createdBy: maybe(text()), changed: maybe(date()),
      changedBy: maybe(text()), lastUsed: maybe(date()),
      usageCount: maybe(Int.random(in: 0...Int(Int32.max), using: &random)))
  }
  func properties() -> [Property] {
    (0..<Int.random(in: 0...3, using: &random)).map {
      Property(name: "x-\($0)", value: text(), language: maybe("en"), attributes: attributes())
    }
  }
  func notes() -> [Note] {
    (0..<Int.random(in: 0...2, using: &random)).map { _ in
      Note(text(), language: maybe("zh-Hans"), attributes: attributes())
    }
  }
  func segment() -> Segment {
    let text = text()
    let offsets = [0, text.utf8.count].prefix(Int.random(in: 0...2, using: &random))
    return Segment(
      text,
      codes: offsets.map { offset in
        InlineCode(
          utf8Offset: offset, kind: InlineCode.Kind.allCases.randomElement(using: &random) ?? .open,
          name: "bpt", attributes: attributes(),
          content: [
            .data("<b class=\"x\">"),
            .element(name: "sub", attributes: attributes(), content: [.data("inside"), .data("")]),
          ])
      })
  }
  let languages: [(LanguageTag, String?)] = [
    ("en", nil), ("zh-Hans", "ZH_CHS"), ("es-MX", "ES-mx"), ("zh-Hant", nil), ("es", "ES"),
  ]
  var variants = languages.prefix(Int.random(in: 1...5, using: &random)).map { language, written in
    Variant(
      language: language, languageAsWritten: written, segment: segment(), provenance: provenance(),
      properties: properties(), notes: notes(), attributes: attributes())
  }
  // The number keeps sources apart, so that no save rule joins two units.
  variants[0].segment = Segment(variants[0].segment.text + "#\(number)#")
  return TranslationUnit(
    identifier: maybe("unit \(number)"), sourceLanguage: maybe("en"), variants: variants,
    provenance: provenance(), properties: properties(), notes: notes(), attributes: attributes())
}

@Suite struct `A stored unit` {
  @Test(arguments: [1, 2, 3] as [UInt64])
  func `comes back as it was saved, whatever it holds`(_ seed: UInt64) throws {
    let folder = try TemporaryFolder()
    var random = SeededGenerator(seed: seed)
    let units = (0..<150).map { fullUnit(&random, $0) }
    let report = try folder.memory().save(units)
    #expect(report.added == units.count)
    // Opened again, as another program would.
    let back = try folder.memory().units()
    #expect(back.count == units.count)
    for (stored, unit) in zip(back, units) { #expect(stored == unit, "seed \(seed)") }
  }

  @Test func `is unchanged when it is saved again`() throws {
    let folder = try TemporaryFolder()
    var random = SeededGenerator(seed: 9)
    let units = (0..<100).map { fullUnit(&random, $0) }
    let memory = try folder.memory()
    try memory.save(units)
    for rule in SaveRule.allCases {
      let again = try memory.save(units, rule: rule)
      #expect(again.unchanged == units.count, "\(rule)")
    }
    #expect(try memory.units() == units)
  }

  @Test func `survives in its own memory only`() throws {
    let folder = try TemporaryFolder()
    let one = try folder.memory("one")
    let other = try folder.memory("other")
    try one.save([pair("en", "Save the file", "es", "Guarde el archivo")])
    try other.save([pair("en", "Save the file", "es", "Guarda el fichero")])
    let query = MatchQuery("Save the file", from: "en", to: "es")
    #expect(try one.matches(for: query).map(\.target.text) == ["Guarde el archivo"])
    #expect(try other.matches(for: query).map(\.target.text) == ["Guarda el fichero"])
  }

  @Test func `is found by another instance at once`() throws {
    let folder = try TemporaryFolder()
    let (writer, reader) = (try folder.memory(), try folder.memory())
    let query = MatchQuery("Guarde el archivo", from: "es", to: "zh")
    #expect(try reader.matches(for: query).isEmpty)
    try writer.save([pair("es", "Guarde el archivo", "zh", "保存文件")])
    #expect(try reader.matches(for: query).map(\.target.text) == ["保存文件"])
    try writer.save([pair("es", "Guarde el archivo", "zh", "请保存文件")], rule: .replace)
    #expect(try reader.matches(for: query).map(\.target.text) == ["请保存文件"])
  }

  @Test func `can be asked for in any direction`() throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    let unit = TranslationUnit(
      sourceLanguage: "en",
      variants: [
        Variant("en", "Digital Leviathan"), Variant("zh", "数字利维坦"),
        Variant("es", "Leviatán digital"),
      ])
    try memory.save([unit])
    #expect(
      try memory.matches(for: MatchQuery("数字利维坦", from: "zh", to: "es")).map(\.target.text)
        == ["Leviatán digital"])
    #expect(
      try memory.matches(for: MatchQuery("Leviatán digital", from: "es", to: "en")).map(
        \.target.text)
        == ["Digital Leviathan"])
    #expect(try memory.matches(for: MatchQuery("数字利维坦", from: "zh", to: "de")).isEmpty)
  }

  @Test func `can be taken out`() throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    try memory.save([pair("en", "One", "es", "Uno"), pair("en", "Two", "es", "Dos")])
    let found = try memory.matches(for: MatchQuery("One", from: "en", to: "es"))
    try memory.remove(found.map(\.unit))
    #expect(try memory.matches(for: MatchQuery("One", from: "en", to: "es")).isEmpty)
    #expect(try memory.units().map { $0.variants[1].segment.text } == ["Dos"])
    #expect(try memory.verify().isEmpty)
  }

  @Test func `brings its glossary`() throws {
    let folder = try TemporaryFolder()
    let concept = ConceptEntry(
      identifier: "c1", subjectField: "rights", definition: "A state that sees all.",
      definitionLanguage: "en",
      terms: [
        Term("en", "Digital Leviathan", partOfSpeech: "noun"),
        Term(
          "zh", "数字利维坦", status: .admitted, statusAsWritten: "admittedTerm-admn-sts",
          notes: [Note("after Hobbes")]),
      ], properties: [Property(name: "score", value: "0.9")],
      languages: [.init("zh", properties: [Property(name: "source", value: "宪法")])])
    let other = ConceptEntry(identifier: "c2", terms: [Term("es", "privacidad")])
    try folder.memory().save(concepts: [concept, other])
    var changed = other
    changed.definition = "—"
    try folder.memory().save(concepts: [changed])
    #expect(try folder.memory().concepts() == [concept, changed])
  }
}
