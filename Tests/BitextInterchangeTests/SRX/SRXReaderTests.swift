import BitextCore
import BitextInterchange
import BitextText
import Testing

private let sample = #"""
  <?xml version="1.0" encoding="UTF-8"?>
  <srx xmlns="http://www.lisa.org/srx20" xmlns:x="urn:example" version="2.0">
    <header segmentsubflows="no" cascade="no">
      <formathandle type="start" include="no"/>
      <formathandle type="end" include="yes"/>
    </header>
    <body>
      <languagerules>
        <languagerule languagerulename="Default">
          <x:comment><x:deep>passed over</x:deep></x:comment>
          <rule break="no">
            <beforebreak>\bMr\.</beforebreak>
            <afterbreak>\s</afterbreak>
          </rule>
          <rule><beforebreak>[.?!]+</beforebreak></rule>
          <rule break="yes"><afterbreak>a&lt;b</afterbreak></rule>
        </languagerule>
      </languagerules>
      <maprules><languagemap languagepattern="EN.*" languagerulename="Default"/></maprules>
    </body>
  </srx>
  """#

@Suite struct `SRX files` {
  @Test func `are read`() throws {
    let rules = try SRXReader.read(.text(sample, name: "a.srx"))
    #expect(!rules.cascades)
    #expect(!rules.segmentsSubflows)
    #expect(rules.formatHandling.map(\.kind) == ["start", "end"])
    #expect(rules.formatHandling.map(\.isIncluded) == [false, true])
    #expect(rules.languageMaps == [.init(pattern: "EN.*", rules: "Default")])
    let list = try #require(rules.languageRules.first).rules
    #expect(list.map(\.breaks) == [false, true, true])
    #expect(list.map(\.before) == ["\\bMr\\.", "[.?!]+", ""])
    #expect(list.map(\.after) == ["\\s", "", "a<b"])
    #expect(list.map(\.line) == [11, 15, 16])
  }

  @Test func `that are written read as the same rules`() throws {
    let rules = try SRXReader.read(.text(sample, name: "a.srx"))
    let sink = MemorySink()
    try SRXWriter.write(rules, to: sink)
    var again = try SRXReader.read(.text(sink.text, name: "a.srx"))
    #expect(
      again.languageRules.map { $0.rules.map(\.before) }
        == rules.languageRules.map { $0.rules.map(\.before) })
    for group in again.languageRules.indices {
      for rule in again.languageRules[group].rules.indices {
        again.languageRules[group].rules[rule].line = rules.languageRules[group].rules[rule].line
      }
    }
    #expect(again == rules)
  }

  @Test(arguments: [
    ("", "expected"), ("hello", "expected"), ("<tmx/>", "found TMX, expected SRX"),
    ("<srx><body></srx>", "a.srx:1:"), ("<srx version='2.0'><body/></srx>", "no <languagemap>"),
    ("<srx><body><languagerules><languagerule/></languagerules></body></srx>", "languagerulename"),
    (
      "<srx><body><languagerules><languagerule languagerulename='a'><rule break='maybe'/></languagerule></languagerules></body></srx>",
      "expected \"yes\" or \"no\""
    ),
    (
      "<!DOCTYPE srx [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><srx>&e;</srx>", "a.srx:1:"
    ),
  ])
  func `that are not SRX are refused with the place`(_ text: String, _ words: String) {
    #expect {
      try SRXReader.read(.text(text, name: "a.srx"))
    } throws: { error in
      "\(error)".contains(words)
    }
  }
}
