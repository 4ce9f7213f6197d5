import Foundation
import Testing

@Suite struct `Segmenting a text` {
  @Test(arguments: [
    ("en", "One two. Three.\n\nFour.", "One two.\nThree.\nFour.\n"),
    ("es", "¿Vienes? ¡Sí! El Sr. Paz no.", "¿Vienes?\n¡Sí!\nEl Sr. Paz no.\n"),
    ("zh", "下雨了。“我们走吧。”他说。", "下雨了。\n“我们走吧。”他说。\n"),
  ])
  func `gives one sentence a line`(_ language: String, _ text: String, _ lines: String) throws {
    let outcome = try Program.run(["segment", "--language", language], input: Data(text.utf8))
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output == lines)
    #expect(outcome.errors.isEmpty)
  }

  @Test func `keeps the terms of a glossary whole, of any format`() throws {
    let scratch = try ScratchFolder()
    let glossaries = [
      try scratch.file("g.tsv", "en\tzh\ndigital Leviathan\t数字利维坦\n"),
      try scratch.file("g.csv", "zh,en\n数字利维坦,digital Leviathan\n"),
      try scratch.file("list.txt", "数字利维坦\n"),
      "digital-human-rights",
    ]
    for glossary in glossaries {
      let outcome = try Program.run(
        ["segment", "--unit", "word", "--language", "zh", "--glossary", glossary],
        input: Data("他研究数字利维坦。".utf8))
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.output == "他 研究 数字利维坦 。\n", "\(glossary)")
    }
    let wrong = try Program.run(
      ["segment", "--unit", "word", "--language", "es", "--glossary", glossaries[0]],
      input: Data("Hola.".utf8))
    #expect(wrong.status == 64)
    #expect(wrong.errors.contains("expected some in es"), "\(wrong.errors)")
    #expect(wrong.output.isEmpty)
  }

  @Test(arguments: ["segment", "normalize"])
  func `names the byte that is not UTF-8, or replaces it and counts`(_ command: String) throws {
    let scratch = try ScratchFolder()
    let file = try scratch.file("bad.es.txt", Data("Año.\nMal ".utf8) + Data([0xFF, 0xFE, 0x2E]))
    let options =
      command == "segment" ? ["--language", "es"] : ["--language", "es", "--form", "match"]
    let strict = try Program.run([command, file] + options)
    #expect(strict.status == 65)
    #expect(strict.output.isEmpty)
    #expect(
      strict.errors.contains("bad.es.txt:2:5: error: found byte 0xFF at offset 10"),
      "\(strict.errors)")
    #expect(strict.errorLines.count == 1)
    let lenient = try Program.run([command, file, "--lenient"] + options)
    #expect(lenient.status == 0, "\(lenient.errors)")
    #expect(lenient.output.contains("al \u{FFFD}\u{FFFD}."))
    #expect(lenient.errors.contains("warning: found 2 malformed sequences"), "\(lenient.errors)")
  }

  @Test func `refuses hostile rules with one clear line`() throws {
    let scratch = try ScratchFolder()
    let text = try scratch.file("t.en.txt", String(repeating: "a", count: 3_000) + " end. Then.\n")
    func rule(_ before: String, _ after: String = "\\s") -> String {
      "<rule break=\"yes\"><beforebreak>\(before)</beforebreak><afterbreak>\(after)</afterbreak></rule>"
    }
    let many = (0..<10_000).map { rule("word\($0)\\.") }.joined()
    let doctype = "<!DOCTYPE srx [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>"
    for (rules, head, says) in [
      (rule("(a+)+b"), "", "takes too long"), (many, "", "found 10000 rules"),
      (rule("&x;"), doctype, "DOCTYPE is never obeyed"), (rule("((("), "", "beforebreak of rule 1"),
    ] {
      let file = try scratch.file(
        "r.srx",
        """
        <?xml version="1.0"?>\(head)<srx xmlns="http://www.lisa.org/srx20" version="2.0">\
        <header segmentsubflows="yes" cascade="no"/><body><languagerules>\
        <languagerule languagerulename="d">\(rules)</languagerule></languagerules><maprules>\
        <languagemap languagepattern=".*" languagerulename="d"/></maprules></body></srx>
        """)
      let started = ContinuousClock.now
      let outcome = try Program.run(["segment", text, "--srx", file])
      #expect(outcome.status == 65, "\(outcome.errors)")
      #expect(outcome.output.isEmpty)
      #expect(outcome.errorLines.count == 1)
      #expect(outcome.errors.contains(says), "\(outcome.errors)")
      // A second is for the release build; quadratic work took minutes.
      #expect(ContinuousClock.now - started < .seconds(30), "\(says)")
    }
  }

  @Test func `takes huge texts without a boundary, and boundaries without a text`() throws {
    let scratch = try ScratchFolder()
    let texts: [(String, [String])] = [
      (String(repeating: "a", count: 10_000_000), ["en"]),
      (String(repeating: "\n", count: 1_000_000), ["en"]),
      (
        String(repeating: "(", count: 100_000) + String(repeating: ")", count: 100_000),
        ["en", "zh"]
      ),
      ("e" + String(repeating: "\u{301}", count: 200_000), ["es"]),
    ]
    for (text, languages) in texts {
      let file = try scratch.file("huge.txt", text)
      for language in languages {
        for unit in ["sentence", "word"] {
          let outcome = try Program.run(
            ["segment", file, "--language", language, "--unit", unit])
          #expect(outcome.status == 0, "\(outcome.errors)")
          #expect(
            outcome.output.utf8.count { $0 > 0x20 } == text.utf8.count { $0 > 0x20 },
            "\(unit) of \(text.prefix(5))")
        }
      }
    }
  }
}
