import BitextCore
import BitextTerminology
import Testing

private func entry(
  _ identifier: String, definition: String? = nil, subject: String? = nil, _ terms: Term...
) -> ConceptEntry {
  ConceptEntry(
    identifier: identifier, subjectField: subject, definition: definition, terms: terms)
}

@Suite struct `A termbase` {
  @Test func `puts entries that say the same into one and keeps what each adds`() {
    var termbase = Termbase([
      entry("a", Term("en", "privacy"), Term("zh", "隐私"))
    ])
    let report = termbase.merge([
      entry(
        "b", definition: "Being left alone.", Term("en", "Privacy"), Term("zh", "隱私"),
        Term("es", "privacidad")),
      entry("a", Term("en", "privacy"), Term("zh", "隐私")),
    ])
    #expect(report.merged == 1)
    #expect(report.unchanged == 1)
    #expect(report.changed == [0])
    #expect(termbase.concepts.count == 1)
    #expect(termbase.concepts[0].definition == "Being left alone.")
    #expect(termbase.concepts[0].terms.map(\.text) == ["privacy", "隐私", "privacidad"])
    #expect(termbase.conflicts().isEmpty)
  }

  @Test func `keeps both of two entries that contradict each other, and says so`() {
    var termbase = Termbase([
      entry("a", definition: "A place for money.", Term("en", "bank"), Term("es", "banco"))
    ])
    let report = termbase.merge([
      entry("b", definition: "A long seat.", Term("en", "bank"), Term("es", "banco"))
    ])
    #expect(report.added == 1)
    #expect(termbase.concepts.map(\.identifier) == ["a", "b"])
    #expect(termbase.conflicts().map(\.kind) == [.definition])
    #expect(termbase.conflicts()[0].concepts == [0, 1])
  }

  @Test func `lets homonyms be when something tells them apart`() {
    let apart = Termbase([
      entry("a", subject: "finance", Term("en", "bank"), Term("zh", "银行")),
      entry("b", subject: "geography", Term("en", "bank"), Term("zh", "河岸")),
    ])
    #expect(apart.conflicts().isEmpty)
    let together = Termbase([
      entry("a", Term("en", "bank"), Term("zh", "银行")),
      entry("b", Term("en", "bank"), Term("zh", "河岸")),
    ])
    #expect(together.conflicts().map(\.kind) == [.translation])
  }

  @Test func `reports a term that is to be used and not to be used`() {
    let termbase = Termbase([
      entry("a", Term("en", "blacklist"), Term("es", "lista negra", status: .forbidden)),
      entry("b", Term("en", "blacklist"), Term("es", "lista negra")),
      entry("c", Term("en", "x-ray"), Term("en", "X-ray", status: .deprecated), Term("zh", "X光")),
    ])
    #expect(termbase.conflicts().map(\.kind) == [.status, .status])
  }

  @Test func `renames a stranger that comes with a name which is taken`() {
    var termbase = Termbase([entry("1", Term("en", "sea"), Term("es", "mar"))])
    let report = termbase.merge([entry("1", Term("en", "ship"), Term("es", "barco"))])
    #expect(report.renamed.map(\.from) == ["1"])
    #expect(report.renamed.map(\.to) == ["1-2"])
    #expect(termbase.concepts.map(\.identifier) == ["1", "1-2"])
    #expect(
      Termbase([
        entry("1", Term("en", "sea"), Term("es", "mar")),
        entry("1", Term("en", "ship"), Term("es", "barco")),
      ]).conflicts().map(\.kind) == [.identifier])
  }

  @Test func `keeps apart what shares a name and a term, and translates it otherwise`() {
    var termbase = Termbase([entry("1", Term("en", "bank"), Term("zh", "银行"))])
    let report = termbase.merge([entry("1", Term("en", "bank"), Term("zh", "河岸"))])
    #expect(report.added == 1 && report.merged == 0)
    #expect(report.renamed.map(\.to) == ["1-2"])
    #expect(termbase.conflicts().map(\.kind) == [.translation])
  }

  @Test func `names empty terms, one language alone, several preferred terms and odd scripts`() {
    let written = { (language: LanguageTag, text: String) in
      Term(language, text, statusAsWritten: "preferredTerm")
    }
    let termbase = Termbase([
      entry("a", Term("en", "sea"), Term("es", " ")),
      entry("b", Term("en", "ship")),
      entry("c", written("en", "boat"), written("en", "vessel"), Term("es", "barco")),
      entry("d", Term("en", "数据"), Term("es", "dato")),
      entry("e", Term("en", "privасy"), Term("es", "privacidad")),
    ])
    #expect(
      termbase.conflicts().map(\.kind) == [.incomplete, .incomplete, .preferred, .script, .script])
  }

  @Test func `accepts what was extracted in one call, and nothing twice`() {
    let found = ExtractedConcept(
      terms: [
        "en": ExtractedTerm(text: "digital Leviathan", count: 3, isName: false),
        "zh": ExtractedTerm(text: "数字利维坦", count: 3, isName: false),
      ], score: MatchScore(0.9), count: 3, status: .accepted,
      evidence: TermEvidence(units: [0, 4, 7], linkScore: 0.9, dice: 1, isName: false, likeness: 0))
    var termbase = Termbase()
    #expect(termbase.accept([found], languages: ["en", "zh"]).added == 1)
    #expect(termbase.concepts[0].terms.map(\.text) == ["digital Leviathan", "数字利维坦"])
    #expect(termbase.accept([found], languages: ["en", "zh"]).added == 0)
    #expect(termbase.concepts.count == 1)
  }

  @Test func `leaves out entries without a term, and counts them`() {
    var termbase = Termbase()
    #expect(termbase.merge([entry("a"), entry("b", Term("en", ""))]).empty == 2)
    #expect(termbase.concepts.isEmpty)
  }

  @Test func `gives the same whether it is merged at once or piece by piece`() {
    let entries = [
      entry("a", Term("en", "sea"), Term("es", "mar")),
      entry("b", Term("en", "Sea"), Term("es", "mar"), Term("zh", "海")),
      entry("c", Term("en", "ship"), Term("es", "barco")),
      entry("a", Term("en", "boat"), Term("es", "bote")),
    ]
    var whole = Termbase()
    whole.merge(entries)
    var pieces = Termbase()
    for one in entries { pieces.merge([one]) }
    #expect(whole == pieces)
    var again = whole
    #expect(again.merge(whole.concepts).unchanged == whole.concepts.count)
    #expect(again == whole)
  }
}
