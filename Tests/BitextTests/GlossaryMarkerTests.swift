import Bitext
import Foundation
import Testing

private let concepts = [
  ConceptEntry(
    identifier: "p",
    terms: [
      Term("en", "right to privacy"), Term("es", "derecho a la intimidad"), Term("zh", "隐私权"),
    ])
]

@Suite struct `Marking the terms of a glossary` {
  @Test func `marks the term that translates the words, in its own form`() throws {
    let marker = GlossaryMarker(concepts)
    let source = Segment("The right to privacy is for all.")
    let asked = [TextSpan(start: 13, end: 20)]
    let spanish = Segment("Los derechos a la intimidad son de todos.")
    let marked = try #require(marker.mark(asked, in: source, "en", of: spanish, "es"))
    #expect(marked.spans.map { String(spanish.text[$0]) } == ["derechos a la intimidad"])
    let chinese = Segment("隱私權属于所有人。")
    let other = try #require(marker.mark(asked, in: source, "en", of: chinese, "zh-Hant"))
    #expect(other.spans.map { String(chinese.text[$0]) } == ["隱私權"])
  }

  @Test func `leaves what it does not know to another marker`() {
    struct All: TranslationMarker {
      func mark(
        _ spans: [TextSpan], in source: Segment, _ sourceLanguage: LanguageTag, of target: Segment,
        _ targetLanguage: LanguageTag
      ) -> MarkedTranslation? {
        MarkedTranslation(spans: [TextSpan(start: 0, end: 1)], confidence: Confidence(0.5))
      }
    }
    let source = Segment("The law is for all.")
    let asked = [TextSpan(start: 4, end: 7)]
    #expect(GlossaryMarker(concepts).mark(asked, in: source, "en", of: "La ley.", "es") == nil)
    #expect(
      GlossaryMarker(concepts, otherwise: All()).mark(asked, in: source, "en", of: "La ley.", "es")?
        .confidence == Confidence(0.5))
  }

  @Test func `works in a memory, whose termbase takes what is accepted`() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("bitext-termbase-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let memory = try TranslationMemory(at: folder)
    #expect(try memory.accept(concepts).added == 1)
    #expect(try memory.accept(concepts).unchanged == 1)
    #expect(try memory.termbase().concepts == concepts)
    #expect(try Knowledge.glossary(folder.path) == concepts)
    try memory.save([
      TranslationUnit(variants: [
        Variant("en", "A right to privacy exists."),
        Variant("es", "Existe un derecho a la intimidad."),
      ])
    ])
    let page = try memory.concordance(
      ConcordanceQuery("privacy", language: "en"), marker: GlossaryMarker(try memory.concepts()))
    let translation = try #require(page.hits.first?.translations.first)
    #expect(
      translation.marked.map { String(translation.segment.text[$0]) } == ["derecho a la intimidad"])
  }

  @Test func `writes and reads a termbase in every format without loss of terms`() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("bitext-glossary-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for format in [FileFormat.tmx, .tbx, .tbxDCT, .tbx2, .csv, .tsv] {
      let path = folder.appendingPathComponent("terms.\(format.rawValue)").path
      let file = try OutputFile(path)
      try GlossaryWriter(format: format).write(concepts, to: file)
      try file.finish()
      let again = try GlossaryReader().read(.file(path))
      #expect(
        again.map { $0.terms.map(\.text).sorted() } == [concepts[0].terms.map(\.text).sorted()])
    }
    #expect(throws: InterchangeError.self) { try GlossaryWriter(format: .html) }
  }
}
