import BitextCore
import BitextQuality
import Testing

private let numberCases = [
  QualityCase("en", "es", "1,234.5 km", "1.234,5 km", [], "separators of the language"),
  QualityCase("en", "zh", "35,000 people.", "3.5万人。", [], "the same value"),
  QualityCase("en", "zh", "Twelve men in 12 cars.", "十二人乘12辆车。", [], "words and digits"),
  QualityCase("en", "es", "It costs 15 euros.", "Cuesta 16 euros.", ["number.missing"], "another"),
  QualityCase("en", "es", "It costs 15 euros.", "Cuesta mucho.", ["number.missing"], "none"),
  QualityCase("en", "es", "It is cheap.", "Cuesta 15 euros.", ["number.extra"], "one too many"),
  QualityCase(
    "en", "es-ES", "It is 1.5 m long.", "Mide 1.5 m.", ["number.format"], "another language's"),
  QualityCase("en", "es", "It is 1.5 m long.", "Mide 1.5 m.", [], "Spanish knows both"),
  QualityCase("en", "zh", "On November 25, 2026", "2026年11月25日", [], "months have names"),
  QualityCase("zh", "es", "11月25日见。", "Nos vemos el 25 de noviembre.", [], "months have names"),
  QualityCase("en", "es", "At 3 pm.", "A las 15 horas.", [], "hours after noon"),
  QualityCase("en", "es", "At 15:30.", "A las 15.30.", [], "another sign between"),
  QualityCase("en", "zh", "In the mid-1960s.", "20世纪60年代中期。", [], "decades and centuries"),
  QualityCase("es", "zh", "Es el siglo XXI.", "现在是21世纪。", [], "Roman numerals"),
  QualityCase("en", "zh", "Nearly 70% of them.", "近7成。", [], "tenths"),
  QualityCase("en", "es", "5,143,312 dollars.", "5 millones 143 mil 312 dólares.", [], "parts"),
  QualityCase("en", "es", "See %1$s, 2 files.", "Véase %1$s, 2 archivos.", [], "no number inside"),
]

private let punctuationCases = [
  QualityCase("en", "zh", "Are you home?", "你在家吗？", [], "as it should be"),
  QualityCase("en", "zh", "Are you home?", "你在家吗", ["punctuation.end"], "no mark"),
  QualityCase("en", "zh", "Are you home?", "你在家。", ["punctuation.end"], "another mark"),
  QualityCase("en", "es", "A heading", "Un título.", ["punctuation.end"], "one too many"),
  QualityCase("en", "es", "By J. Smith Jr.", "De J. Smith hijo", [], "an abbreviation's stop"),
  QualityCase("en", "es", "He said “go.”", "Dijo «vete».", [], "quotation marks of the language"),
  QualityCase("en", "es", "Why?", "Por qué?", ["punctuation.pair"], "¿ is missing"),
  QualityCase("en", "es", "Why, you fool!", "¿Por qué, tonto!", [], "mixed on purpose"),
  QualityCase("en", "es", "See a.org/?q=1 now.", "Ver https://a.org/?q=1 ya.", [], "an address"),
  QualityCase("en", "zh", "A (small) box.", "一个（小盒子。", ["punctuation.pair"], "no partner"),
  QualityCase("en", "es", "a) One (1).", "a) Uno (1).", [], "a list"),
  QualityCase("en", "zh", "Yes, he is.", "是的,他是。", ["punctuation.script"], "half width"),
  QualityCase("zh", "es", "好，走吧。", "Bien，vamos.", ["punctuation.script"], "full width"),
  QualityCase("en", "zh", "It is 3.5, e.g. here.", "是3.5,如这里。", [], "digits are narrow"),
]

private let otherCases = [
  QualityCase("en", "es", "A house.", "  ", ["target.empty"], "nothing but space"),
  QualityCase(
    "en", "es", "Open the door now.", "Open the door now.", ["target.same"], "not translated"),
  QualityCase("en", "es", "Hotel Hilton", "Hotel Hilton", [], "a name"),
  QualityCase("en", "es", "The cat sat.", "El el gato se sentó.", ["repetition.word"], "twice"),
  QualityCase("en", "es", "No, no.", "No no.", [], "the author's"),
  QualityCase("en", "zh", "My goal.", "我的的目标。", ["repetition.word"], "a particle twice"),
  QualityCase("en", "zh", "The aim of it.", "它的目的的说明。", [], "the end of a word"),
  QualityCase("en", "zh", "Thanks, thanks.", "谢谢谢谢。", [], "as people speak"),
  QualityCase("en", "es", "Two words.", "Dos  palabras.", ["space.double"], "two spaces"),
  QualityCase("en", "es", "Two words.", " Dos palabras.", ["space.edge"], "a space in front"),
  QualityCase("en", "zh", "Data protection.", "数 据保护。", ["space.double"], "a word cut in two"),
  QualityCase("en", "zh", "They win, we lose.", "他们胜利 我们失败。", [], "a pause of a headline"),
  QualityCase(
    "en", "zh-Hans", "Open the door.", "請打开门。", ["script.mixed"], "traditional in simplified"),
  QualityCase("zh", "es", "数据很重要。", "Los 数据 son vitales.", ["script.mixed"], "left over"),
  QualityCase("zh", "es", "道很重要。", "El dao (道) es vital.", [], "in brackets"),
  QualityCase(
    "en", "es", "Use %s here.", "Úselo aquí.", ["code.missing"], "a variable is missing"),
  QualityCase(
    "en", "es", "Use it here.", "Use {0} aquí.", ["code.extra"], "a variable too many"),
  QualityCase("en", "es", "%s has %d.", "%d de %s.", ["code.order"], "values come in order"),
  QualityCase("en", "es", "%1$s has %2$d.", "%2$d de %1$s.", [], "numbered values do not"),
  QualityCase(
    "en", "es", "See https://a.org/b now.", "Vea https://a.org/c ya.", ["url.changed"],
    "another address"),
  QualityCase(
    "en", "es", "See https://a.org/en/b now.", "Vea https://a.org/es/b ya.", [], "its language"),
]

@Suite struct `Checks` {
  @Test(arguments: numberCases)
  func `compare numbers by value`(_ example: QualityCase) { judge(example) }

  @Test(arguments: punctuationCases)
  func `know the marks of each language`(_ example: QualityCase) { judge(example) }

  @Test(arguments: otherCases)
  func `find what a reviewer would mark`(_ example: QualityCase) { judge(example) }

  private func judge(_ example: QualityCase) {
    let issues = example.issues()
    #expect(issues.map(\.check.rawValue) == example.found, Comment(rawValue: example.why))
    for issue in issues {
      let text = issue.language == example.to ? example.target : example.source
      #expect(String(text[issue.span]) == issue.found, "the position is where it is found")
      #expect(issue.line == 7 && issue.unit == 1)
    }
  }

  @Test func `compare inline codes by their names`() {
    func codes(_ names: [String]) -> [InlineCode] {
      names.map {
        InlineCode(
          utf8Offset: 0, kind: .standalone, name: "ph",
          attributes: [Attribute(name: "x", value: $0)])
      }
    }
    var checker = QualityChecker()
    let unit = TranslationUnit(variants: [
      Variant(language: "en", segment: Segment("A b.", codes: codes(["1", "2"]))),
      Variant(language: "es", segment: Segment("A b.", codes: codes(["2", "3"]))),
    ])
    #expect(checker.check(unit, number: 1).map(\.check) == [.codeMissing, .codeExtra])
  }

  @Test func `find pairs of codes that cross`() {
    let open = InlineCode(utf8Offset: 0, kind: .open, name: "bpt")
    let close = InlineCode(utf8Offset: 0, kind: .close, name: "ept")
    var checker = QualityChecker()
    let unit = TranslationUnit(variants: [
      Variant(language: "en", segment: Segment("Word.", codes: [open, close])),
      Variant(language: "zh", segment: Segment("词。", codes: [close, open])),
    ])
    #expect(checker.check(unit, number: 1).map(\.check) == [.codeOrder])
  }

  @Test func `let a quotation go on in the next segments`() {
    func findings(_ targets: [String]) -> [QualityCheck] {
      var checker = QualityChecker()
      var found: [QualityIssue] = []
      for (number, target) in targets.enumerated() {
        found += checker.check(
          TranslationUnit(variants: [Variant("es", "Dijo cosas."), Variant("zh", target)]),
          number: number + 1)
      }
      return (found + checker.finish()).map(\.check).filter { $0 == .punctuationPair }
    }
    #expect(findings(["他说：“来。", "“走吧。", "好。”"]).isEmpty)
    #expect(findings(["他说：“来。", "走吧。"]) == [.punctuationPair])
    #expect(findings(["他说：来。”"]) == [.punctuationPair])
  }

  @Test func `of a file find sources and targets that disagree`() {
    var checker = QualityChecker()
    let pairs = [
      ("Open the red door", "Abra la puerta roja"), ("Open the red door", "Abre la puerta roja"),
      ("A completely other sentence", "Abra la puerta roja"), ("Yes", "Sí"), ("Yes", "Claro"),
    ]
    for (number, pair) in pairs.enumerated() {
      let unit = TranslationUnit(variants: [Variant("en", pair.0), Variant("es", pair.1)])
      #expect(checker.check(unit, number: number + 1).isEmpty)
    }
    let issues = checker.finish()
    #expect(issues.map(\.check) == [.consistencySource, .consistencyTarget])
    #expect(issues.map(\.unit) == [2, 3])
    #expect(issues[0].expected == ["Abra la puerta roja"])
  }

  @Test func `of a file find translations that are far too short`() {
    var checker = QualityChecker()
    let long = "This sentence says a good many things and its translation says nearly nothing."
    _ = checker.check(
      TranslationUnit(variants: [Variant("en", long), Variant("es", "Esto es.")]), number: 1)
    #expect(checker.finish().map(\.check) == [.lengthRatio])
  }
}

@Suite struct `Switching checks off` {
  private let example = QualityCase(
    "en", "es", "It costs 15 euros.", "Cuesta  mucho", [], "three findings")

  @Test func `works for all, for a family and for one`() {
    #expect(example.issues().count == 3)
    var options = QualityOptions()
    options.disabled = Set(QualityCheck.named("number"))
    #expect(example.issues(options: options).map(\.check) == [.punctuationEnd, .spaceDouble])
    options.severities[.spaceDouble] = .error
    #expect(example.issues(options: options).map(\.severity) == [.warning, .error])
    #expect(QualityCheck.named("number.*").count == 3)
    #expect(QualityCheck.named("nonsense").isEmpty)
  }

  @Test func `works for a unit by property and by note`() {
    for (properties, notes) in [
      ([Property(name: "x-bitext-ignore", value: "number.missing, space")], [Note]()),
      ([], [Note("bitext-ignore: number space.double")]),
    ] {
      var checker = QualityChecker()
      let unit = TranslationUnit(
        variants: [Variant("en", example.source), Variant("es", example.target)],
        properties: properties, notes: notes)
      #expect(checker.check(unit, number: 1).map(\.check) == [.punctuationEnd])
    }
  }

  @Test func `names every check once and grades it`() {
    #expect(Set(QualityCheck.allCases.map(\.rawValue)).count == QualityCheck.allCases.count)
    for check in QualityCheck.allCases {
      #expect(check.rawValue.contains("."))
      #expect(check.summary.hasSuffix("."))
    }
  }
}
