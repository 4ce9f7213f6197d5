import BitextCore
import BitextQuality
import BitextTerminology
import Testing

private let glossary = [
  ConceptEntry(
    identifier: "dc",
    terms: [
      Term("en", "data controller"), Term("es", "responsable del tratamiento"),
      Term("es", "controlador de datos", status: .deprecated), Term("zh", "数据控制者"),
    ]),
  ConceptEntry(
    identifier: "dl",
    terms: [Term("en", "digital Leviathan"), Term("zh", "数字利维坦"), Term("es", "Leviatán digital")]),
  ConceptEntry(
    identifier: "email",
    terms: [
      Term("en", "email"), Term("es", "correo electrónico"), Term("es", "mail", status: .forbidden),
    ]),
  ConceptEntry(
    identifier: "quiet",
    terms: [Term("en", "cookie"), Term("es", "galleta")],
    properties: [Property(name: "x-bitext-ignore", value: "term")]),
  ConceptEntry(identifier: "half", terms: [Term("en", "phone"), Term("es", " ")]),
]

private let termCases = [
  QualityCase(
    "en", "es", "The data controller decides.", "El responsable del tratamiento decide.", [],
    "there"),
  QualityCase(
    "en", "es", "The data controllers decide.", "Los responsables del tratamiento deciden.", [],
    "both in the plural"),
  QualityCase(
    "en", "zh", "The data controller decides.", "由數據控制者決定。", [], "in traditional characters"),
  QualityCase(
    "en", "es", "The data controller decides.", "El jefe decide.", ["term.missing"], "not there"),
  QualityCase(
    "en", "es", "The data controller decides.", "El controlador de datos decide.",
    ["term.forbidden"], "a deprecated one"),
  QualityCase(
    "en", "es", "Write an email.", "Escriba un mail.", ["term.forbidden"], "a forbidden one"),
  QualityCase(
    "en", "es", "Write a letter.", "Escriba un mail.", ["term.forbidden"], "never to be used"),
  QualityCase(
    "en", "es", "The digital Leviathan grows.", "El digital Leviathan crece.",
    ["term.untranslated"],
    "left as it is"),
  QualityCase("en", "es", "Take a cookie here.", "Tome una cookie aquí.", [], "the entry says so"),
  QualityCase(
    "en", "es", "Take the phone.", "Tome el teléfono.", [], "an empty target asks nothing"),
  QualityCase(
    "zh", "es", "数字利维坦来了。", "Llegan los Leviatanes digitales.", [], "inflected by the stem"),
]

@Suite struct `Term checks` {
  @Test(arguments: termCases)
  func `ask for what the glossary says`(_ example: QualityCase) {
    let issues = example.issues(glossary: glossary)
    #expect(issues.map(\.check.rawValue) == example.found, Comment(rawValue: example.why))
  }

  @Test func `say what is expected and where`() throws {
    let example = QualityCase(
      "en", "es", "The data controller decides.", "El controlador de datos decide.", [], "")
    let issue = try #require(example.issues(glossary: glossary).first)
    #expect(issue.severity == .error)
    #expect(issue.found == "controlador de datos")
    #expect(issue.span == TextSpan(start: 3, end: 23))
    #expect(issue.expected == ["responsable del tratamiento"])
    #expect(issue.language == "es")
  }

  @Test func `find one term that is translated in two ways`() {
    let glossary = [
      ConceptEntry(
        identifier: "p",
        terms: [
          Term("en", "privacy"), Term("es", "privacidad"),
          Term("es", "intimidad", status: .admitted),
        ])
    ]
    var checker = QualityChecker(glossary: glossary)
    for (number, target) in ["privacidad", "intimidad", "privacidad"].enumerated() {
      let unit = TranslationUnit(variants: [
        Variant("en", "Number \(number) is privacy."),
        Variant("es", "Número \(number) es \(target)."),
      ])
      #expect(checker.check(unit, number: number + 1).isEmpty)
    }
    let issues = checker.finish()
    #expect(issues.map(\.check) == [.termInconsistent])
    #expect(issues.map(\.unit) == [2])
    #expect(issues[0].expected == ["privacidad"])
  }

  @Test func `tell which directions a glossary knows`() {
    var checker = QualityChecker(glossary: [
      ConceptEntry(identifier: "x", terms: [Term("en", "a"), Term("fr", "b")])
    ])
    _ = checker.check(
      TranslationUnit(variants: [Variant("zh", "你好。"), Variant("es", "Hola.")]), number: 1)
    #expect(checker.directions.map(\.hasTerms) == [false])
  }

  @Test func `report the conflicts of a glossary`() {
    let issues = QualityIssue.conflicts(
      of: Termbase([
        ConceptEntry(identifier: "a", terms: [Term("en", "bank"), Term("zh", "银行")]),
        ConceptEntry(identifier: "b", terms: [Term("en", "bank"), Term("zh", "河岸")]),
      ]))
    #expect(issues.map(\.check) == [.glossaryConflict])
    #expect(issues[0].unit == 0)
  }
}
