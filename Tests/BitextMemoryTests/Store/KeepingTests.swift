import BitextCore
import BitextMemory
import BitextSQLite
import Foundation
import Testing

private let clients: [TranslationUnit] = [
  unit("Save the file", "es", "Guarde el archivo", client: "ACME", year: 2019),
  unit("Save the file", "zh", "保存文件", client: "ACME", year: 2024),
  unit("Digital Leviathan", "es", "Leviatán digital", client: "Hobbes", year: 2023),
  unit("Digital Leviathan", "zh", "数字利维坦", client: "Hobbes", year: 2025),
]

private func unit(
  _ source: String, _ language: LanguageTag, _ target: String, client: String, year: Int
) -> TranslationUnit {
  var unit = pair("en", source, language, target)
  unit.provenance.changed = Timestamp("\(year)0601T120000Z")
  unit.provenance.changedBy = client == "ACME" ? "ana" : "li"
  unit.properties = [Property(name: "x-client", value: client)]
  return unit
}

private func targets(_ memory: TranslationMemory) throws -> [String] {
  try memory.units().map { $0.variants[1].segment.text }
}

private struct RemovalCase: Sendable, CustomTestStringConvertible {
  let filter: MemoryFilter
  let left: [String]
  var testDescription: String { "\(filter)" }
}

private let removalCases = [
  RemovalCase(filter: MemoryFilter(languages: ["es"]), left: ["保存文件", "数字利维坦"]),
  RemovalCase(
    filter: MemoryFilter(languages: ["zh-CN"]), left: ["Guarde el archivo", "Leviatán digital"]),
  RemovalCase(
    filter: MemoryFilter(languages: ["zh-Hant"]), left: clients.map { $0.variants[1].segment.text }),
  RemovalCase(
    filter: MemoryFilter(text: "digital LEVIATHAN"), left: ["Guarde el archivo", "保存文件"]),
  RemovalCase(
    filter: MemoryFilter(text: "利维"), left: ["Guarde el archivo", "保存文件", "Leviatán digital"]),
  RemovalCase(
    filter: MemoryFilter(languages: ["es"], text: "digital"),
    left: ["Guarde el archivo", "保存文件", "数字利维坦"]),
  RemovalCase(
    filter: MemoryFilter(before: Timestamp("20240101T000000Z").secondsSince1970),
    left: ["保存文件", "数字利维坦"]),
  RemovalCase(
    filter: MemoryFilter(since: Timestamp("20240601T120000Z").secondsSince1970),
    left: ["Guarde el archivo", "Leviatán digital"]),
  RemovalCase(
    filter: MemoryFilter(properties: [.init("x-client", "ACME")]),
    left: ["Leviatán digital", "数字利维坦"]),
  RemovalCase(filter: MemoryFilter(properties: [.init("x-client")]), left: []),
  RemovalCase(
    filter: MemoryFilter(properties: [.init("x-other")]),
    left: clients.map { $0.variants[1].segment.text }),
  RemovalCase(filter: MemoryFilter(author: "li"), left: ["Guarde el archivo", "保存文件"]),
  RemovalCase(
    filter: MemoryFilter(languages: ["zh"], properties: [.init("x-client", "ACME")]),
    left: ["Guarde el archivo", "Leviatán digital", "数字利维坦"]),
]

@Suite struct `Removing` {
  @Test(arguments: removalCases)
  fileprivate func `takes out what is meant, and undo brings it back`(_ example: RemovalCase) throws
  {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    try memory.save(clients)
    let rehearsed = try memory.remove(where: example.filter, isRehearsal: true)
    #expect(try memory.units() == clients, "a rehearsal changes nothing")
    #expect(try memory.statistics().runs.isEmpty)
    let done = try memory.remove(where: example.filter)
    #expect(done.removed == rehearsed.removed && rehearsed.run == nil)
    #expect(done.removed == clients.count - example.left.count)
    #expect(try targets(memory) == example.left)
    for unit in clients {
      let found = try memory.matches(
        for: MatchQuery(unit.variants[0].segment, from: "en", to: unit.variants[1].language))
      #expect(found.isEmpty == !example.left.contains(unit.variants[1].segment.text))
    }
    guard let run = done.run else { return #expect(done.isEmpty) }
    #expect(try memory.undo(run: run).added == done.removed)
    #expect(try memory.units() == clients)
    #expect(
      try memory.matches(for: MatchQuery("Leviatán digital", from: "es", to: "en")).count == 1)
    #expect(try memory.verify().isEmpty)
  }

  @Test func `can take out single languages`() throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    let trilingual = TranslationUnit(
      variants: [Variant("es", "privacidad"), Variant("en", "privacy"), Variant("zh", "隐私")])
    try memory.save([trilingual, pair("es", "sí", "es-MX", "sí")])
    let done = try memory.remove(where: MemoryFilter(languages: ["es"]), onlyVariants: true)
    #expect(done.changed == 1 && done.removed == 1)
    #expect(try memory.units().map { $0.variants.map(\.language) } == [["en", "zh"]])
    #expect(try memory.undo(run: #require(done.run)).changed == 1)
    #expect(try memory.units()[0] == trilingual)
  }

  @Test func `of an unknown run is refused`() throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    #expect {
      try memory.remove(where: MemoryFilter(run: 7))
    } throws: { ($0 as? MemoryError)?.code == .noSuchRun }
    #expect { try memory.undo(run: 7) } throws: { ($0 as? MemoryError)?.code == .noSuchRun }
  }
}

@Suite struct `Undo` {
  private func bring(
    _ units: [TranslationUnit], _ name: String, into memory: TranslationMemory, batch: Int = 2
  ) throws -> Int64 {
    var session = try memory.beginImport(
      name, digest: name, options: MemoryImport.Options(batch: batch))
    let run = session.runNumber
    for unit in units { _ = try session.add(unit) }
    _ = try session.finish()
    return run
  }

  @Test func `takes back an import of several batches, new units and changed ones`() throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    var old = clients[0]
    old.notes = [Note("checked")]
    old.properties.append(Property(name: "prev", value: "File"))
    let kept = [old, clients[2]]
    let first = try bring(kept, "old.tmx", into: memory)
    var newer = old
    newer.variants[1].segment = "Guarda el fichero"
    newer.provenance.changed = Timestamp("20260101T000000Z")
    let second = try bring(
      [clients[1], newer, clients[3], pair("en", "a", "es", "b"), pair("en", "c", "es", "d")],
      "new.tmx", into: memory)
    #expect(try targets(memory).contains("Guarda el fichero"))
    #expect(try memory.units(where: MemoryFilter(run: second)).count == 4)
    let undone = try memory.undo(run: second)
    #expect(undone.removed == 4 && undone.changed == 1 && undone.skipped == 0)
    #expect(try memory.units() == kept)
    // The context came back as well.
    let found = try memory.matches(
      for: MatchQuery(Segment("Save the file"), from: "en", to: "es", previous: "File"))
    #expect(found.map(\.kind) == [.context])
    // Undo is undone, and undone again.
    let redone = try memory.undo(run: #require(undone.run))
    #expect(redone.added == 4 && redone.changed == 1)
    #expect(try memory.units().count == 6)
    #expect(try targets(memory).contains("Guarda el fichero"))
    #expect(try memory.undo(run: second).removed == 4)
    #expect(try memory.units() == kept)
    #expect(try memory.undo(run: first).removed == 2)
    #expect(try memory.units().isEmpty)
    #expect(try memory.verify().isEmpty)
  }

  @Test func `leaves what was changed since`() throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    let run = try bring(clients, "all.tmx", into: memory)
    var edited = clients[0]
    edited.variants[1].segment = "Guardad el archivo"
    try memory.save([edited], rule: .replace)
    let undone = try memory.undo(run: run)
    #expect(undone.removed == 3 && undone.skipped == 1 && undone.remarks.count == 1)
    #expect(try targets(memory) == ["Guardad el archivo"])
    #expect { try memory.undo(run: run) } throws: { ($0 as? MemoryError)?.code == .alreadyUndone }
  }

  @Test func `of an import lets the same file come in again`() throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    do {
      // Broken off in the middle.
      var session = try memory.beginImport(
        "a", digest: "a", options: MemoryImport.Options(batch: 1))
      for unit in clients.prefix(3) { _ = try session.add(unit) }
    }
    let run = try #require(try memory.statistics().runs.first)
    #expect(!run.isFinished && run.started != nil)
    _ = try memory.undo(run: run.id)
    #expect(try memory.units().isEmpty)
    _ = try bring(clients, "a", into: memory)
    #expect(try memory.units() == clients)
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `gives back every state, newest run first`(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    var states: [(run: Int64, before: [TranslationUnit])] = []
    for step in 0..<12 {
      let before = try memory.units()
      let run: Int64?
      switch Int.random(in: 0..<4, using: &random) {
      case 0:
        let number = Int.random(in: 0..<12, using: &random)
        run = try memory.remove(where: MemoryFilter(text: "\(number)")).run
      case 1: run = try memory.dedupe(ignoresContext: true).run
      default:
        run = try bring(
          (0..<8).map { _ in
            var unit = pair(
              "en", "text \(Int.random(in: 0..<12, using: &random))", "es",
              "texto \(Int.random(in: 0..<4, using: &random))")
            if Bool.random(using: &random) {
              unit.properties = [Property(name: "prev", value: "\(step % 2)")]
            }
            return unit
          }, "step \(step)", into: memory, batch: 3)
      }
      if let run { states.append((run, before)) }
    }
    // Numbers of units are the order: a unit that comes back keeps its number.
    for state in states.reversed() where try memory.units() != state.before {
      _ = try memory.undo(run: state.run)
      #expect(try memory.units() == state.before, "seed \(seed), run \(state.run)")
    }
    #expect(try memory.units().isEmpty, "seed \(seed)")
    #expect(try memory.verify().isEmpty)
  }
}

@Suite struct `Deduplication` {
  @Test func `joins what says the same in the same context`() throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    var first = pair("en", "Save", "es", "Guardar")
    first.provenance = Provenance(
      created: Timestamp("20200101T000000Z"), changed: Timestamp("20210101T000000Z"),
      usageCount: 2)
    first.properties = [Property(name: "x-client", value: "A")]
    var second = first
    second.provenance = Provenance(
      created: Timestamp("20190101T000000Z"), changed: Timestamp("20240101T000000Z"),
      usageCount: 3)
    second.properties = [Property(name: "x-client", value: "B")]
    // Two imports that a property tells apart.
    let options = MemoryImport.Options(distinguishingProperties: ["x-client"])
    var rest = [first, second, pair("en", "Save", "es", "Salvar")][...]
    let report = try memory.saveAtomically("a", options: options) { rest.popFirst() }
    #expect(report.added == 3)
    let rehearsed = try memory.dedupe(isRehearsal: true)
    #expect(rehearsed.removed == 1 && rehearsed.changed == 1)
    #expect(try memory.units().count == 3)
    let done = try memory.dedupe()
    #expect(done.removed == 1 && done.changed == 1)
    let joined = try #require(try memory.units().first)
    #expect(try memory.units().count == 2)
    #expect(joined.provenance.created == second.provenance.created)
    #expect(joined.provenance.changed == second.provenance.changed)
    #expect(joined.provenance.usageCount == 5)
    #expect(joined.properties.map(\.value) == ["A", "B"])
    #expect(try memory.dedupe().isEmpty, "there is nothing left to join")
    _ = try memory.undo(run: #require(done.run))
    #expect(try memory.units().count == 3)
  }

  @Test func `keeps contexts apart unless it is told not to`() throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    let units = ["File", "Disk"].map { previous in
      var unit = pair("en", "Save", "zh", "保存")
      unit.properties = [Property(name: "prev", value: previous)]
      return unit
    }
    try memory.save(units)
    #expect(try memory.dedupe().isEmpty)
    #expect(try memory.dedupe(ignoresContext: true).removed == 1)
    #expect(try memory.units().first?.properties.map(\.value) == ["File", "Disk"])
  }
}

@Suite struct `Merging memories` {
  @Test func `brings units with their contexts, uses and names`() throws {
    let folder = try TemporaryFolder()
    let (one, other) = (try folder.memory("one"), try folder.memory("other"))
    var here = clients[0]
    here.identifier = "7"
    try one.save([here])
    var there = clients[2]
    there.identifier = "7"
    there.provenance.usageCount = 4
    var inContext = pair("en", "Open", "zh", "打开")
    inContext.properties = [Property(name: "prev", value: "File")]
    var newer = here
    newer.variants[1].segment = "Guarda el archivo"
    newer.provenance.changed = Timestamp("20260101T000000Z")
    try other.save([there, inContext, newer])
    try other.save(concepts: [ConceptEntry(identifier: "c", terms: [Term("en", "privacy")])])
    let (rehearsed, counts) = try one.merge(other, name: "other", isRehearsal: true)
    #expect(counts.read == 3 && counts.added == 2 && counts.updated == 1)
    #expect(rehearsed.run == nil)
    #expect(try one.units() == [here])
    let (done, report) = try one.merge(other, name: "other")
    #expect(report == counts)
    #expect(try one.units().map(\.identifier) == ["7", "other:7", nil])
    #expect(try targets(one) == ["Guarda el archivo", "Leviatán digital", "打开"])
    #expect(try one.units()[1].provenance.usageCount == 4)
    #expect(try one.concepts().count == 1)
    #expect(
      try one.matches(
        for: MatchQuery(Segment("Open"), from: "en", to: "zh", previous: "File")
      ).map(\.kind) == [.context])
    #expect(try other.units().count == 3, "the other one is only read")
    _ = try one.undo(run: #require(done.run))
    #expect(try one.units() == [here])
  }

  @Test func `twice changes nothing the second time`() throws {
    let folder = try TemporaryFolder()
    let (one, other) = (try folder.memory("one"), try folder.memory("other"))
    try other.save(clients)
    #expect(try one.merge(other, name: "other").report.added == 4)
    let (change, report) = try one.merge(other, name: "other")
    #expect(report.unchanged == 4 && change.isEmpty && change.run == nil)
  }
}

@Suite struct `Pivoting` {
  @Test func `makes units of two languages from a third`() throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    try memory.save(clients)
    let rehearsed = try memory.pivot(from: "zh", through: "en", to: "es", isRehearsal: true)
    #expect(rehearsed.added == 2)
    #expect(try memory.units() == clients)
    let done = try memory.pivot(from: "zh", through: "en", to: "es")
    #expect(done.added == 2 && done.skipped == 0)
    let made = try memory.units().suffix(2)
    #expect(
      made.map { $0.variants.map(\.segment.text) } == [
        ["保存文件", "Guarde el archivo"], ["数字利维坦", "Leviatán digital"],
      ])
    for unit in made {
      #expect(unit.sourceLanguage == "zh")
      #expect(unit.properties.first == Property(name: "x-pivot", value: "en"))
    }
    #expect(
      try memory.matches(for: MatchQuery("数字利维坦", from: "zh", to: "es")).map(\.target.text)
        == ["Leviatán digital"])
    #expect(try memory.pivot(from: "zh", through: "en", to: "es").isEmpty, "it is made once")
    #expect(try memory.pivot(from: "es", through: "en", to: "zh").isEmpty, "in either direction")
    _ = try memory.undo(run: #require(done.run))
    #expect(try memory.units() == clients)
  }

  @Test func `does not mix contexts, and leaves out what has too many translations`() throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    func unit(_ target: Variant, in previous: String) -> TranslationUnit {
      TranslationUnit(
        sourceLanguage: "en", variants: [Variant("en", "Open"), target],
        properties: [Property(name: "prev", value: previous)])
    }
    try memory.save([
      unit(Variant("zh", "打开"), in: "File"), unit(Variant("zh", "接通"), in: "Power"),
      unit(Variant("es", "Abrir"), in: "File"),
    ])
    try memory.save((0..<5).map { pair("en", "Set", "zh", "集\($0)") })
    try memory.save([pair("en", "Set", "es", "conjunto")])
    let done = try memory.pivot(from: "zh", through: "en", to: "es")
    #expect(done.added == 1 && done.skipped == 1 && done.remarks.count == 1)
    #expect(try memory.units().last?.variants.map(\.segment.text) == ["打开", "Abrir"])
  }

  @Test func `needs three languages`() throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    #expect {
      try memory.pivot(from: "zh", through: "en", to: "zh-CN")
    } throws: { ($0 as? MemoryError)?.code == .invalidQuery }
  }
}

@Suite struct `Use` {
  @Test func `is counted without a new revision`() throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    try memory.save(clients)
    let query = MatchQuery("Digital Leviathan", from: "en", to: "zh")
    let found = try #require(try memory.matches(for: query).first)
    let time = Timestamp("20260801T080000Z")
    #expect(try memory.noteUse(of: [found.unit, found.unit, 99], at: time) == [99])
    #expect(try memory.unit(found.unit)?.provenance.usageCount == 2)
    #expect(try memory.unit(found.unit)?.provenance.lastUsed == time)
    #expect(try memory.matches(for: query).first?.revision == found.revision)
  }
}

@Suite struct `A copy` {
  @Test func `holds what the memory held, and is refused where something is`() throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    try memory.save(clients)
    let target = folder.url.appendingPathComponent("copy").path
    try memory.backUp(to: target)
    try memory.save([pair("en", "Later", "es", "Después")])
    #expect(try folder.memory("copy").units() == clients)
    #expect { try memory.backUp(to: target) } throws: {
      ($0 as? MemoryError)?.code == .cannotOpen
    }
    #expect { try memory.backUp(to: target + "/no/where") } throws: {
      ($0 as? MemoryError)?.code == .cannotOpen
    }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
        == ["copy", "memory"])
  }
}
