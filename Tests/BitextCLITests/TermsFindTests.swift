import Foundation
import Testing

@Suite struct `terms find` {
  @Test func `prints one JSON object a hit, as the contract has it`() throws {
    let scratch = try ScratchFolder()
    let text = try scratch.file("a.txt", "Nothing here.\n\nSee the Digital Leviathans.\n")
    let outcome = try Program.run([
      "terms", "find", text, "--language", "en", "--glossary", "digital-human-rights", "--format",
      "jsonl",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      outcome.output == """
        {"concept":"dhr-001","line":3,"match":"inflected","status":"preferred","targets":{"es":["Leviatán digital"],"zh":["数字利维坦"]},"term":"digital Leviathan","text":"Digital Leviathans","utf8":[8,26]}

        """)
  }

  @Test func `takes the language from the file's name, and glossaries of any format`() throws {
    let scratch = try ScratchFolder()
    let text = try scratch.file("a.zh.txt", "令人权专家，中国家具。\n")
    let table = try scratch.file(
      "g.tsv", "concept\tzh\ten\nc1\t国家\tcountry\nc2\t人权\thuman rights\n")
    let outcome = try Program.run(["terms", "find", text, "--glossary", table])
    #expect(outcome.output == "\(text):1:2: 人权 = human rights (en) [c2]\n", "\(outcome.errors)")
  }

  @Test func `says when a glossary has no term in the language`() throws {
    let scratch = try ScratchFolder()
    let text = try scratch.file("a.es.txt", "Hola.\n")
    let table = try scratch.file("g.tsv", "concept\tzh\ten\nc1\t国家\tcountry\n")
    let outcome = try Program.run(["terms", "find", text, "--glossary", table])
    #expect(outcome.status == 65)
    #expect(
      outcome.errors
        == "\(table): error: found no terms in es, only in en, zh; expected terms in the language of the text\n"
    )
    #expect(outcome.output.isEmpty)
  }

  @Test func `takes a pattern and a term of five thousand characters as they are`() throws {
    let scratch = try ScratchFolder()
    let long = String(repeating: "long ", count: 1000) + "end"
    let table = try scratch.file(
      "g.tsv", "concept\ten\tes\nr\t^[a-z]+$\tpatrón\nl\t\(long)\tlargo\n")
    let text = try scratch.file("a.en.txt", "abc ^[a-z]+$ \(long)\n")
    let outcome = try Program.run([
      "terms", "find", text, "--glossary", table, "--format", "jsonl",
    ])
    #expect(outcome.output.split(separator: "\n").count == 2, "\(outcome.errors)")
  }

  @Test func `needs a glossary`() throws {
    #expect(try Program.run(["terms", "find", "a.txt", "--language", "en"]).status == 64)
    #expect(
      try Program.run([
        "terms", "find", "none.txt", "--language", "en", "--glossary", "localization",
      ]).status == 66)
  }

  @Test func `accepts glossaries into a memory, says what contradicts, and gives them back`() throws
  {
    let scratch = try ScratchFolder()
    let one = try scratch.file("one.tsv", "concept\ten\tzh\nb\tbank\t银行\n")
    let two = try scratch.file("two.tsv", "concept\ten\tzh\nb\tbank\t河岸\nc\tBank\t银行\n")
    let memory = scratch.path("m")
    let first = try Program.run(["terms", "accept", memory, one])
    #expect(first.output == "\(one): read 1, added 1, merged 0, unchanged 0\n", "\(first.errors)")
    let second = try Program.run(["terms", "accept", memory, two])
    #expect(second.status == 0)
    #expect(
      second.errors.contains("share “bank” (en) and translate it differently"), "\(second.errors)")
    let text = try scratch.file("t.en.txt", "A bank.\n")
    let found = try Program.run(["terms", "find", text, "--glossary", memory, "--format", "jsonl"])
    #expect(found.output.contains("河岸") || found.output.contains("银行"), "\(found.errors)")
    let exported = try Program.run(["terms", "export", memory, "-o", scratch.path("out.tbx")])
    #expect(exported.status == 0, "\(exported.errors)")
    let tbx = try String(contentsOfFile: scratch.path("out.tbx"), encoding: .utf8)
    #expect(tbx.contains("河岸") && tbx.contains("银行"), "nothing is lost")
  }
}
