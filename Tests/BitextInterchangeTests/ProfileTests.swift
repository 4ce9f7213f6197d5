import BitextCore
import BitextInterchange
import Testing

private let memory = """
  <tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="en-US" datatype="plaintext"/><body>
  <tu tuid="1"><note>first</note><note>second</note><prop type="x-client">ACME</prop><tuv xml:lang="en-US"><seg>One <ph x="1">%s</ph> &lt;</seg></tuv><tuv xml:lang="zh-Hans"><seg>一</seg></tuv><tuv xml:lang="es-ES"><seg>uno</seg></tuv></tu>
  <tu tuid="2"><tuv xml:lang="en-US"><seg>Two</seg></tuv><tuv xml:lang="es-ES"><seg>dos</seg></tuv></tu>
  </body></tmx>
  """

private func written(_ profile: WriterProfile) throws -> (text: String, units: [TranslationUnit]) {
  var converter = FileConverter(format: .tmx)
  converter.profile = profile
  let (_, sink) = try converter.convert(.text(memory, name: "a.tmx")) { MemorySink() }
  return (sink.text, try TMXReader(.text(sink.text)).remainingUnits())
}

private func languages(_ units: [TranslationUnit]) -> [[String]] {
  units.map { $0.variants.map { $0.languageAsWritten ?? $0.language.identifier } }
}

@Suite struct `Profiles of tools` {
  @Test func `none changes nothing`() throws {
    let units = try TMXReader(.text(memory)).remainingUnits()
    #expect(try written(.plain).units == units)
  }

  @Test func `of Trados gives pairs and fields with a type`() throws {
    let (text, units) = try written(.trados)
    #expect(languages(units) == [["en-US", "zh-Hans"], ["en-US", "es-ES"], ["en-US", "es-ES"]])
    #expect(text.contains("<prop type=\"x-client:SingleString\">ACME</prop>"))
    #expect(text.contains("srclang=\"en-US\""))
  }

  @Test func `of memoQ gives small tags and the segments around`() throws {
    let (text, units) = try written(.memoQ)
    #expect(languages(units) == [["en-us", "zh-hans"], ["en-us", "es-es"], ["en-us", "es-es"]])
    #expect(text.contains("srclang=\"en-us\""))
    func context(_ index: Int) -> [String] {
      units[index].variants[0].properties.map { "\($0.name)=\($0.value)" }
    }
    #expect(context(0) == ["x-context-post=<seg>Two</seg>"])
    #expect(context(2) == ["x-context-pre=<seg>One  &lt;</seg>"])
  }

  @Test func `of OmegaT gives large tags and one note`() throws {
    let (_, units) = try written(.omegaT)
    #expect(languages(units)[0] == ["EN-US", "ZH-HANS"])
    #expect(units[0].notes.map(\.text) == ["first\nsecond"])
    #expect(units[0].variants[0].segment.codes.count == 1)
  }

  @Test func `of Weblate gives plain text and says what it loses`() throws {
    let (_, units) = try written(.weblate)
    #expect(languages(units)[0] == ["en_US", "zh_Hans"])
    #expect(units[0].variants[0].segment == Segment("One  <"))
    var converter = FileConverter(format: .tmx)
    converter.profile = .weblate
    let (outcome, _) = try converter.convert(.text(memory, name: "a.tmx")) { MemorySink() }
    #expect(
      outcome.losses.lines(format: "tmx") == [
        "lost: 2 inline codes (tmx has no place for them)"
      ])
  }

  @Test func `of Xcode gives keys as the ids of an XLIFF`() throws {
    let catalog =
      "{\"sourceLanguage\":\"en\",\"strings\":{\"Close\":{\"localizations\":{\"es\":{\"stringUnit\":{\"state\":\"translated\",\"value\":\"Cerrar\"}}}}}}"
    var converter = FileConverter(format: .xliff)
    converter.profile = .xcode
    let (_, sink) = try converter.convert(.text(catalog, name: "a.xcstrings")) { MemorySink() }
    #expect(sink.text.contains("<trans-unit id=\"Close\" xml:space=\"preserve\">"))
    #expect(sink.text.contains("original=\"Localizable.xcstrings\""))
  }

  @Test func `have names`() {
    for profile in WriterProfile.all { #expect(WriterProfile.named(profile.name) == profile) }
    #expect(WriterProfile.named("nobody") == nil)
  }
}

@Suite struct `Parts of a bilingual file` {
  private static let text = """
    <xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:gls="urn:oasis:names:tc:xliff:glossary:2.0" xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0" srcLang="en" trgLang="es"><file id="f"><unit id="u">
    <mtc:matches><mtc:match ref="#s1" matchQuality="87.5"><source>The houses</source><target>Las casas</target></mtc:match></mtc:matches>
    <gls:glossary><gls:glossEntry id="g1"><gls:term>house</gls:term><gls:translation>casa</gls:translation><gls:translation>vivienda</gls:translation><gls:definition>where people live</gls:definition></gls:glossEntry></gls:glossary>
    <segment id="s1" state="translated"><source>The house</source><target>La casa</target></segment><segment id="s2"><source>Later</source></segment></unit></file></xliff>
    """

  private func texts(_ parts: Set<ReadOptions.Part>) throws -> [[String]] {
    try XLIFFReader(.text(Self.text), options: ReadOptions(parts: parts)).remainingUnits().map {
      $0.variants.map(\.segment.text)
    }
  }

  @Test func `are taken when they are asked for`() throws {
    #expect(try texts([.translated]) == [["The house", "La casa"]])
    #expect(try texts([.untranslated]) == [["Later"]])
    #expect(try texts([.matches]) == [["The houses", "Las casas"]])
    #expect(try texts([.glossary]) == [["house", "casa", "vivienda"]])
  }

  @Test func `make a glossary of XLIFF 2, there and back`() throws {
    let concepts = try GlossaryReader().read(.text(Self.text, name: "a.xlf"))
    #expect(concepts.map(\.identifier) == ["g1"])
    #expect(concepts[0].definition == "where people live")
    #expect(concepts[0].terms(in: "es").map(\.text) == ["casa", "vivienda"])
    let sink = MemorySink()
    var writer = XLIFFWriter(
      to: sink, version: .v20, pair: TranslationDirection(source: "en", target: "es"))
    try writer.write(TranslationUnit(concepts[0]))
    try writer.finish()
    let again = try GlossaryReader().read(.text(sink.text, name: "b.xlf"))
    #expect(again[0].definition == "where people live")
    #expect(again[0].terms(in: "es").map(\.text) == ["casa", "vivienda"])
    #expect(writer.losses.losses.isEmpty)
  }

  @Test func `of XLIFF 1 are alternatives`() throws {
    let text = """
      <xliff version="1.2"><file source-language="en" target-language="es"><body><trans-unit id="1"><source>a</source><target state="new">b</target><alt-trans match-quality="80"><target>c</target></alt-trans></trans-unit></body></file></xliff>
      """
    func read(_ parts: Set<ReadOptions.Part>) throws -> [TranslationUnit] {
      try XLIFFReader(.text(text), options: ReadOptions(parts: parts)).remainingUnits()
    }
    let matches = try read([.matches])
    #expect(matches.map { $0.variants.map(\.segment.text) } == [["a", "c"]])
    #expect(matches[0].properties == [Property(name: "x-match-quality", value: "80")])
    let open = try read([.untranslated])
    #expect(open.map { $0.variants.map(\.segment.text) } == [["a", "b"]])
    #expect(open[0].properties == [Property(name: "x-state", value: "new")])
  }
}
