import Foundation
import Testing

@Suite struct `check` {
  private static let tmx = """
    <?xml version="1.0" encoding="UTF-8"?>
    <tmx version="1.4">
      <header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="t" adminlang="en" srclang="en" datatype="plaintext"/>
      <body>
        <tu tuid="a">
          <tuv xml:lang="en"><seg>It costs 15 euros.</seg></tuv>
          <tuv xml:lang="zh"><seg>价格是16欧元。</seg></tuv>
        </tu>
        <tu tuid="b">
          <prop type="x-bitext-ignore">number</prop>
          <tuv xml:lang="en"><seg>It costs 15 euros.</seg></tuv>
          <tuv xml:lang="es"><seg>Cuesta 16 euros.</seg></tuv>
        </tu>
      </body>
    </tmx>
    """

  @Test func `names file, line, severity and check`() throws {
    let scratch = try ScratchFolder()
    let file = try scratch.file("a.tmx", Self.tmx)
    let outcome = try Program.run(["check", file])
    #expect(outcome.status == 1)
    #expect(
      outcome.output
        == "\(file):5: error[number.missing]: found the number “16”, expected “15” as in the source\n",
      "\(outcome.errors)")
  }

  @Test func `prints JSON lines with the fields of the contract`() throws {
    let scratch = try ScratchFolder()
    let file = try scratch.file("a.tmx", Self.tmx)
    let outcome = try Program.run(["check", file, "--format", "jsonl"])
    let line = try #require(outcome.output.split(separator: "\n").first)
    let issue = try #require(
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    #expect(issue["check"] as? String == "number.missing")
    #expect(issue["severity"] as? String == "error")
    #expect(issue["unit"] as? Int == 1)
    #expect(issue["line"] as? Int == 5)
    #expect(issue["language"] as? String == "zh")
    #expect(issue["utf8"] as? [Int] == [9, 11])
    #expect(issue["found"] as? String == "16")
    #expect(issue["expected"] as? [String] == ["15"])
    #expect(issue["message"] != nil)
  }

  @Test func `writes SARIF that says where and what`() throws {
    let scratch = try ScratchFolder()
    let file = try scratch.file("a.tmx", Self.tmx)
    let outcome = try Program.run(["check", file, "--format", "sarif"])
    #expect(outcome.status == 1)
    let log = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    #expect(log["version"] as? String == "2.1.0")
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
    let rules = try #require(driver["rules"] as? [[String: Any]])
    let result = try #require((run["results"] as? [[String: Any]])?.first)
    let index = try #require(result["ruleIndex"] as? Int)
    #expect(rules[index]["id"] as? String == "number.missing")
    #expect(result["ruleId"] as? String == "number.missing")
    #expect(result["level"] as? String == "error")
    let place = try #require(
      ((result["locations"] as? [[String: Any]])?.first)?["physicalLocation"] as? [String: Any])
    #expect((place["region"] as? [String: Any])?["startLine"] as? Int == 5)
    #expect(
      (place["artifactLocation"] as? [String: Any])?["uri"] as? String == "file://\(file)")
  }

  @Test func `ends with 0 when there are only hints, or nothing`() throws {
    let scratch = try ScratchFolder()
    let file = try scratch.file("a.tsv", "en\tes\nTwo words.\tDos  palabras.\n")
    let outcome = try Program.run(["check", file])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("\(file):2: hint[space.double]"))
    #expect(try Program.run(["check", file, "--severity", "space.double=error"]).status == 1)
    let quiet = try Program.run(["check", file, "--disable", "space", "--quiet"])
    #expect(quiet.status == 0 && quiet.output.isEmpty && quiet.errors.isEmpty)
  }

  @Test func `knows the lines of PO, and what is not translated there`() throws {
    let scratch = try ScratchFolder()
    let file = try scratch.file(
      "es.po",
      """
      msgid ""
      msgstr "Language: es\\nContent-Type: text/plain; charset=UTF-8\\n"

      msgid "%d files were found in the folder"
      msgstr "Se encontraron archivos en la carpeta"

      msgid "Open the file"
      msgstr ""

      # bitext-ignore: code.missing
      msgid "Copy %s here"
      msgstr "Copiar aquí"

      #, fuzzy
      msgid "Close %s"
      msgstr "Cerrar"

      """)
    let outcome = try Program.run(["check", file])
    #expect(
      outcome.output == """
        \(file):4: error[code.missing]: “%d” of the source is not in the translation
        \(file):7: error[target.empty]: found no translation of “Open the file”

        """, "\(outcome.errors)")
  }

  @Test func `knows the codes and lines of XLIFF`() throws {
    let scratch = try ScratchFolder()
    let file = try scratch.file(
      "a.xlf",
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
        <file source-language="en" target-language="es" original="a" datatype="plaintext"><body>
          <trans-unit id="1"><source>Press <x id="k"/> now.</source><target>Pulse ahora.</target></trans-unit>
          <trans-unit id="2"><source>Open it.</source></trans-unit>
        </body></file>
      </xliff>
      """)
    let outcome = try Program.run(["check", file])
    #expect(outcome.output.contains("\(file):4: error[code.missing]"), "\(outcome.output)")
    #expect(outcome.output.contains("\(file):5: error[target.empty]"), "\(outcome.output)")
  }

  @Test func `checks terms, and says when a glossary knows nothing of the languages`() throws {
    let scratch = try ScratchFolder()
    let file = try scratch.file(
      "a.tsv", "en\tes\nThe data controller decides.\tEl jefe decide.\n")
    let outcome = try Program.run(["check", file, "--glossary", "digital-human-rights"])
    #expect(
      outcome.output
        == "\(file):2: warning[term.missing]: “data controller” is not translated as the glossary has it, expected “responsable del tratamiento” (dhr-030)\n",
      "\(outcome.errors)")
    let table = try scratch.file("g.tsv", "concept\tzh\tde\n1\t数据\tDaten\n")
    let wrong = try Program.run(["check", file, "--glossary", table])
    #expect(wrong.status == 0)
    #expect(
      wrong.errors.contains("\(table): warning: found no terms from en to es, only in de, zh"))
  }

  @Test func `reports what contradicts itself in a glossary, and loses neither`() throws {
    let scratch = try ScratchFolder()
    let file = try scratch.file("a.tsv", "en\tzh\nA bank there.\t那里有银行。\n")
    let table = try scratch.file("g.tsv", "concept\ten\tzh\na\tbank\t银行\nb\tbank\t河岸\nc\tsea\t\n")
    let outcome = try Program.run(["check", file, "--glossary", table])
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("\(table): warning[glossary.conflict]: a and b share “bank”"))
    #expect(!outcome.output.contains("term.missing"), "either translation is right")
  }

  @Test func `refuses what is no check, no severity and no file`() throws {
    #expect(try Program.run(["check", "a.tmx", "--disable", "nonsense"]).status == 64)
    #expect(try Program.run(["check", "a.tmx", "--severity", "number=awful"]).status == 64)
    #expect(try Program.run(["check", "none.tmx"]).status == 66)
  }
}
