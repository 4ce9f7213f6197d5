import Foundation
import Testing

/// A TMX file of units that stand on a line each.
private func tmx(_ units: String...) -> String {
  """
  <?xml version="1.0" encoding="UTF-8"?>
  <tmx version="1.4"><header creationtool="Test" creationtoolversion="1" segtype="sentence" o-tmf="x" \
  adminlang="en" srclang="en" datatype="plaintext"><prop type="project">Leviathan</prop></header><body>
  \(units.joined(separator: "\n"))
  </body></tmx>
  """
}

private func unit(
  _ english: String, _ language: String, _ translation: String, _ more: String = "",
  attributes: String = ""
) -> String {
  "<tu\(attributes)>\(more)<tuv xml:lang=\"en\"><seg>\(english)</seg></tuv>"
    + "<tuv xml:lang=\"\(language)\"><seg>\(translation)</seg></tuv></tu>"
}

private let library = tmx(
  unit(
    "Save the file", "es", "Guarde el archivo", "<prop type=\"x-client\">ACME</prop>",
    attributes: " tuid=\"1\" changedate=\"20190101T000000Z\""),
  unit(
    "Digital Leviathan", "es", "Leviatán digital", attributes: " changedate=\"20250101T000000Z\""),
  unit("Digital Leviathan", "zh", "数字利维坦", "<note>after Hobbes</note>"),
  unit("<bpt i=\"1\">&lt;b></bpt>Open<ept i=\"1\">&lt;/b></ept> it", "zh", "打开它"),
  unit("Open", "zh", "打开"), unit("Open", "zh", "接通"))

/// A folder with a memory of six units.
private final class Library {
  let scratch: ScratchFolder
  let memory: String

  init() throws {
    scratch = try ScratchFolder()
    memory = scratch.path("my.memory")
    let file = try scratch.file("library.tmx", library)
    let outcome = try Program.run(["memory", "import", memory, file])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output == "read 6, added 6, updated 0, unchanged 0, rejected 0\n")
  }

  /// Runs a memory command on it; the first argument is the command.
  func run(_ command: String, _ arguments: String..., input: String = "") throws -> Program.Outcome
  {
    try Program.run(["memory", command, memory] + arguments, input: Data(input.utf8))
  }

  func export() throws -> String {
    let outcome = try run("export", "-o", "-")
    #expect(outcome.status == 0, "\(outcome.errors)")
    return outcome.output
  }

  /// The units that stats counts.
  func count() throws -> Int? {
    let answer =
      try JSONSerialization.jsonObject(
        with: Data(run("stats", "--jsonl").output.utf8)) as? [String: Any]
    return answer?["units"] as? Int
  }
}

private struct WrongCall: Sendable, CustomTestStringConvertible {
  let arguments: [String]
  let status: Int32
  let says: String
  var testDescription: String { arguments.joined(separator: " ") }
}

/// `MEMORY` is a memory, `FILE` a file that is none, `FOLDER` a folder that is none.
private let wrongCalls = [
  WrongCall(arguments: ["create", "MEMORY"], status: 73, says: "there is a memory already"),
  WrongCall(
    arguments: ["create", "FOLDER"], status: 65, says: "expected the directory of a memory"),
  WrongCall(arguments: ["import", "MEMORY", "nowhere.tmx"], status: 66, says: "nowhere.tmx"),
  WrongCall(arguments: ["import", "MEMORY", "FILE"], status: 65, says: "FILE"),
  WrongCall(
    arguments: ["import", "MEMORY", "FILE", "--rule", "newest"], status: 64, says: "newest"),
  WrongCall(arguments: ["import", "MEMORY", "FILE", "--batch", "0"], status: 64, says: "--batch"),
  WrongCall(
    arguments: ["add", "MEMORY", "--source", "en", "One", "--target", "en", "Uno"], status: 64,
    says: "both en"),
  WrongCall(
    arguments: ["add", "MEMORY", "--source", "qq", "One", "--target", "es", "Uno"], status: 64,
    says: "\"qq\""),
  WrongCall(
    arguments: ["lookup", "nowhere", "--from", "en", "--to", "es", "One"], status: 66,
    says: "nothing there"),
  WrongCall(
    arguments: ["lookup", "FOLDER", "--from", "en", "--to", "es", "One"], status: 65,
    says: "expected the directory of a memory"),
  WrongCall(
    arguments: ["lookup", "FILE", "--from", "en", "--to", "es", "One"], status: 65,
    says: "a file, expected the directory of a memory"),
  WrongCall(
    arguments: ["lookup", "MEMORY", "--from", "en", "--to", "en", "One"], status: 64,
    says: "same language (en)"),
  WrongCall(
    arguments: ["lookup", "MEMORY", "--from", "en", "--to", "es", "--threshold", "0", "One"],
    status: 64, says: "--threshold"),
  WrongCall(
    arguments: ["concordance", "MEMORY", "--language", "zz-quite-wrong", "One"], status: 64,
    says: "zz-quite-wrong"),
  WrongCall(
    arguments: ["export", "MEMORY", "-o", "out.html"], status: 64, says: "not written as html"),
  WrongCall(
    arguments: ["lookup", "MEMORY", "--with", "nowhere:5", "--from", "en", "--to", "es", "One"],
    status: 66, says: "nothing there"),
  WrongCall(
    arguments: ["lookup", "MEMORY", "--with", "MEMORY:500", "--from", "en", "--to", "es", "One"],
    status: 64, says: "--with"),
  WrongCall(
    arguments: ["concordance", "MEMORY", "--language", "en", "--mode", "pattern", "(("],
    status: 64, says: "expected a regular expression"),
  WrongCall(
    arguments: ["export", "MEMORY", "-o", "out.docx"], status: 64, says: "expected .tmx"),
  WrongCall(
    arguments: ["export", "MEMORY", "-o", "out.tmx", "--since", "last year"], status: 64,
    says: "\"last year\" is no date"),
  WrongCall(
    arguments: ["export", "MEMORY", "-o", "no/where/out.tmx"], status: 73, says: "out.tmx"),
  WrongCall(arguments: ["stats", "nowhere"], status: 66, says: "nothing there"),
  WrongCall(arguments: ["verify", "FILE"], status: 65, says: "expected the directory of a memory"),
  WrongCall(arguments: ["compact", "nowhere"], status: 66, says: "nothing there"),
  WrongCall(arguments: ["use", "MEMORY", "99"], status: 65, says: "no unit 99"),
  WrongCall(arguments: ["dedupe", "nowhere"], status: 66, says: "nothing there"),
  WrongCall(arguments: ["merge", "MEMORY", "nowhere"], status: 66, says: "nothing there"),
  WrongCall(arguments: ["merge", "MEMORY", "MEMORY"], status: 64, says: "the memory itself"),
  WrongCall(
    arguments: ["pivot", "MEMORY", "--from", "zh", "--through", "en", "--to", "zh-Hans"],
    status: 64, says: "one language, expected three"),
  WrongCall(arguments: ["remove", "MEMORY"], status: 64, says: "found no condition"),
  WrongCall(arguments: ["remove", "MEMORY", "--run", "9"], status: 64, says: "no run 9"),
  WrongCall(
    arguments: ["remove", "MEMORY", "--only-variants", "--text", "a"], status: 64,
    says: "--only-variants without --language"),
  WrongCall(arguments: ["undo", "MEMORY", "9"], status: 64, says: "no run 9"),
  WrongCall(arguments: ["backup", "MEMORY", "MEMORY"], status: 73, says: "something is there"),
]

@Suite struct `Memory commands` {
  @Test(arguments: wrongCalls)
  fileprivate func `end a mistake in one line and the right exit code, and change nothing`(
    _ call: WrongCall
  ) throws {
    let library = try Library()
    let file = try library.scratch.file("FILE", "no \u{0}memory")
    let folder = library.scratch.path("FOLDER")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try "a letter".write(toFile: folder + "/letter.txt", atomically: true, encoding: .utf8)
    let before = try library.scratch.names()
    let places = ["MEMORY": library.memory, "FILE": file, "FOLDER": folder]
    let outcome = try Program.run(
      ["memory"] + call.arguments.map { places[$0] ?? $0 }, in: library.scratch.url)
    #expect(outcome.status == call.status, "\(outcome.errors)")
    #expect(outcome.errorLines.count == 1, "\(outcome.errors)")
    #expect(outcome.errors.contains(call.says), "\(outcome.errors)")
    #expect(outcome.output.isEmpty, "\(outcome.output)")
    #expect(try library.scratch.names() == before)
    #expect(try library.count() == 6)
  }

  @Test(arguments: [
    "create", "import", "add", "lookup", "concordance", "export", "stats", "use", "dedupe", "merge",
    "pivot", "remove", "undo", "backup", "verify", "compact",
  ])
  func `show an example in their help and refuse an unknown option`(_ command: String) throws {
    let help = try Program.run(["memory", command, "--help"])
    #expect(help.status == 0)
    #expect(help.output.contains("Example"), "\(command)")
    let wrong = try Program.run(["memory", command, "my.memory", "--frobnicate"])
    #expect(wrong.status == 64, "\(wrong.errors)")
    #expect(wrong.errorLines.count == 1)
  }

  @Test func `create, add and lookup answer each other`() throws {
    let scratch = try ScratchFolder()
    let memory = scratch.path("new.memory")
    #expect(try Program.run(["memory", "create", memory]).status == 0)
    let added = try Program.run([
      "memory", "add", memory, "--source", "en", "Save the file", "--target", "zh", "保存文件",
      "--previous", "File", "--author", "li",
    ])
    #expect(added.status == 0, "\(added.errors)")
    let found = try Program.run([
      "memory", "lookup", memory, "--from", "en", "--to", "zh", "--previous", "File",
      "Save the file",
    ])
    #expect(found.output.contains("101 %  context"), "\(found.output)")
    #expect(found.output.contains("保存文件"))
    let stats = try Program.run(["memory", "stats", memory, "--jsonl"]).output
    #expect(
      stats.contains("\"kind\":\"add\"") && stats.contains("\"variants\":{\"en\":1,\"zh\":1}"))
    #expect(try Program.run(["memory", "undo", memory, "1"]).output.contains("removed 1"))
    #expect(
      try Program.run([
        "memory", "lookup", memory, "--from", "en", "--to", "zh", "Save the file",
      ]).output.isEmpty)
  }

  @Test func `import again changes nothing, and one changed target is one update`() throws {
    let library = try Library()
    let again = try library.run("import", library.scratch.path("library.tmx"))
    #expect(again.output == "read 6, added 0, updated 0, unchanged 6, rejected 0\n")
    let changed = try library.scratch.file(
      "changed.tmx",
      try String(contentsOfFile: library.scratch.path("library.tmx"), encoding: .utf8)
        .replacingOccurrences(of: "接通", with: "开启"))
    let outcome = try library.run("import", changed, "--jsonl")
    #expect(outcome.output.contains("\"updated\":1") && outcome.output.contains("\"unchanged\":5"))
    let text = try library.export()
    #expect(text.contains("开启") && !text.contains("接通") && text.contains("打开"))
    #expect(try library.run("undo", "3").output == "added 0, changed 1, removed 0; run 4\n")
    #expect(try library.export().contains("接通"))
  }

  @Test func `export gives back the file that came in`() throws {
    let library = try Library()
    let converted = library.scratch.path("converted.tmx")
    #expect(
      try Program.run(["convert", library.scratch.path("library.tmx"), converted]).status == 0)
    let exported = library.scratch.path("exported.tmx")
    #expect(try library.run("export", "-o", exported).status == 0)
    #expect(
      try String(contentsOfFile: exported, encoding: .utf8)
        == String(contentsOfFile: converted, encoding: .utf8))
  }

  @Test func `export takes what is meant, in any format`() throws {
    let library = try Library()
    func export(_ name: String, _ arguments: [String]) throws -> String {
      let path = library.scratch.path(name)
      let outcome = try Program.run(["memory", "export", library.memory, "-o", path] + arguments)
      #expect(outcome.status == 0, "\(outcome.errors)")
      return try String(contentsOfFile: path, encoding: .utf8)
    }
    let client = try export("client.tmx", ["--property", "x-client=ACME"])
    #expect(client.contains("Guarde el archivo") && !client.contains("Leviatán"))
    let recent = try export("recent.csv", ["--since", "2024-01-01"])
    #expect(recent.contains("Leviatán") && !recent.contains("Guarde"))
    let chinese = try export("chinese.tsv", ["--language", "zh"])
    #expect(chinese.contains("数字利维坦") && !chinese.contains("Leviathan"))
    let bilingual = try export("spanish.xlf", ["--language", "en,es"])
    #expect(bilingual.contains("Leviatán digital") && !bilingual.contains("数字利维坦"))
    #expect(bilingual.contains("source-language=\"en\"") && bilingual.contains("\"es\""))
    #expect(
      try export("spanish.po", ["--language", "en,es"]).contains("msgstr \"Leviatán digital\""))
    let none = try library.run("export", "-o", library.scratch.path("none.tmx"), "--author", "me")
    #expect(none.status == 0 && none.errors.contains("warning: no unit"))
  }

  @Test func `an export that does not fit leaves the old file`() throws {
    let scratch = try ScratchFolder()
    let units = (0..<3000).map { unit("Sentence number \($0) of many", "es", "Frase número \($0)") }
    let file = try scratch.file("many.tmx", tmx(units.joined(separator: "\n")))
    let memory = scratch.path("m")
    #expect(try Program.run(["memory", "import", memory, file, "--batch", "1000"]).status == 0)
    let old = try scratch.file("out.tmx", "what was there")
    let outcome = try Program.run(
      ["memory", "export", memory, "-o", old],
      shell: #"trap '' XFSZ; ulimit -f 64; exec "$@""#)
    #expect(outcome.status == 74, "\(outcome.errors)")
    #expect(outcome.errorLines.count == 1)
    #expect(try String(contentsOfFile: old, encoding: .utf8) == "what was there")
    #expect(try scratch.names() == ["m", "many.tmx", "out.tmx"])
  }

  @Test func `lookup and concordance warn of a language that is not there`() throws {
    let library = try Library()
    let lookup = try library.run("lookup", "--from", "fr", "--to", "en", "Bonjour")
    #expect(lookup.status == 0 && lookup.output.isEmpty)
    #expect(lookup.errors.contains("warning: nothing is stored in fr"), "\(lookup.errors)")
    let target = try library.run(
      "lookup", "--from", "en", "--to", "de", "--jsonl", input: #"{"id":1,"text":"Open"}"#)
    #expect(target.status == 0 && target.output.contains("\"matches\":[]"))
    #expect(target.errors.contains("warning: nothing is stored in de"))
    let words = try library.run("concordance", "--language", "de", "offen")
    #expect(words.status == 0 && words.output == "0 found\n")
    #expect(words.errors.contains("warning: nothing is stored in de"))
  }

  @Test func `remove, undo, dedupe, pivot and merge rehearse before they act`() throws {
    let library = try Library()
    let before = try library.export()
    for arguments in [
      ["remove", "--text", "leviathan"],
      ["pivot", "--from", "zh", "--through", "en", "--to", "es"],
      ["undo", "1"], ["dedupe"],
    ] {
      let outcome = try Program.run(
        ["memory", arguments[0], library.memory] + arguments.dropFirst() + ["--dry-run"])
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.output.hasPrefix("would have"), "\(arguments): \(outcome.output)")
    }
    #expect(try library.export() == before)
    let removed = try library.run("remove", "--text", "leviathan", "--jsonl")
    #expect(
      removed.output
        == "{\"added\":0,\"changed\":0,\"dryRun\":false,\"removed\":2,\"run\":2,\"skipped\":0}\n")
    #expect(try library.count() == 4)
    #expect(try library.run("undo", "2").output == "added 2, changed 0, removed 0; run 3\n")
    #expect(try library.export() == before)
    #expect(
      try library.run("pivot", "--from", "zh", "--through", "en", "--to", "es").output
        == "added 1, changed 0, removed 0; run 4\n")
    #expect(try library.run("dedupe").output == "nothing to do\n")
    let other = library.scratch.path("other.memory")
    let merged = try Program.run(["memory", "merge", other, library.memory])
    #expect(merged.status == 66, "the memory that grows has to be there")
    #expect(try Program.run(["memory", "create", other]).status == 0)
    let again = try Program.run(["memory", "merge", other, library.memory])
    #expect(again.output.contains("read 7, added 7"), "\(again.output) \(again.errors)")
  }

  @Test func `lookup asks several memories and counts what was not approved less`() throws {
    let library = try Library()
    let client = library.scratch.path("client.memory")
    let file = try library.scratch.file(
      "client.tmx",
      tmx(
        unit("Digital Leviathan", "es", "Leviatán numérico"),
        unit("Save the files", "es", "Guarde los archivos", "<prop type=\"x-mt\">yes</prop>")))
    #expect(try Program.run(["memory", "import", client, file]).status == 0)
    func targets(_ arguments: String...) throws -> [String] {
      let outcome = try Program.run(
        ["memory", "lookup", library.memory, "--from", "en", "--to", "es", "--jsonl"] + arguments,
        input: Data("{\"id\":1,\"text\":\"Digital Leviathan\"}\n".utf8))
      #expect(outcome.status == 0, "\(outcome.errors)")
      let answer = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
      let matches = (answer as? [String: Any])?["matches"] as? [[String: Any]] ?? []
      return matches.map {
        "\($0["score"] ?? "") \($0["target"] ?? "")"
          + (($0["memory"] as? String)?.hasSuffix("client.memory") == true ? " client" : "")
      }
    }
    #expect(try targets() == ["100 Leviatán digital"])
    #expect(
      try targets("--with", client) == ["100 Leviatán digital", "100 Leviatán numérico client"])
    #expect(
      try targets("--with", "\(client):7") == [
        "100 Leviatán digital", "93 Leviatán numérico client",
      ])
    #expect(try targets("--property", "x-client=ACME").isEmpty)
    #expect(
      try targets("--since", "2026-01-01", "--filter-penalty", "4") == ["96 Leviatán digital"])
    let machine = try Program.run([
      "memory", "lookup", client, "--from", "en", "--to", "es", "Save the files",
    ])
    #expect(machine.output.contains("90 %  exact  unit 2  machineTranslation −10"))
  }

  @Test func `concordance marks translations, page by page`() throws {
    let library = try Library()
    let first = try library.run("concordance", "--language", "en", "leviathan", "--limit", "1")
    #expect(first.output.contains("Digital [Leviathan]"))
    #expect(first.output.contains("数字[利维坦]"), "\(first.output)")
    #expect(first.output.hasSuffix("1 of 2\n"))
    let second = try library.run(
      "concordance", "--language", "en", "leviathan", "--limit", "1", "--offset", "1", "--lexicon",
      "none", "--jsonl")
    #expect(second.output.contains("\"marked\":[],\"text\":\"Leviatán digital\""))
    #expect(second.output.contains("\"total\":2"))
    let pattern = try library.run("concordance", "--language", "zh", "--mode", "pattern", "打开.?")
    #expect(pattern.output.contains("[打开它]") && pattern.output.hasSuffix("2 found\n"))
  }

  @Test func `backup copies a memory that can be asked`() throws {
    let library = try Library()
    let copy = library.scratch.path("copy.memory")
    #expect(try library.run("backup", copy, "--dry-run").output.hasPrefix("would have copied"))
    #expect(!FileManager.default.fileExists(atPath: copy))
    #expect(try library.run("backup", copy).status == 0)
    let exported = try Program.run(["memory", "export", copy, "-o", "-"])
    #expect(exported.output == (try library.export()))
    #expect(try Program.run(["memory", "verify", copy]).status == 0)
  }

  @Test func `use counts, and stats lists runs`() throws {
    let library = try Library()
    #expect(try library.run("use", "3", "3").status == 0)
    #expect(try library.export().contains("usagecount=\"2\""))
    let answer =
      try JSONSerialization.jsonObject(
        with: Data(library.run("stats", "--jsonl").output.utf8)) as? [String: Any]
    let runs = try #require(answer?["runs"] as? [[String: Any]])
    #expect(runs.count == 1)
    #expect(runs[0]["run"] as? Int == 1 && runs[0]["kind"] as? String == "import")
    #expect(runs[0]["added"] as? Int == 6 && runs[0]["finished"] as? Bool == true)
    #expect((answer?["variants"] as? [String: Int]) == ["en": 6, "es": 2, "zh": 4])
  }

  @Test func `import without a fault in the file, or not at all`() throws {
    let scratch = try ScratchFolder()
    let memory = scratch.path("m")
    let bad = try scratch.file(
      "bad.tmx", tmx(unit("One", "es", "Uno"), unit("T\u{1}wo", "es", "Dos"), unit(" ", "es", "")))
    let strict = try Program.run(["memory", "import", memory, bad])
    #expect(strict.status == 65)
    #expect(strict.errors.contains("bad.tmx:4:"), "\(strict.errors)")
    #expect(!FileManager.default.fileExists(atPath: memory), "no ghost of a memory")
    let lenient = try Program.run(["memory", "import", memory, bad, "--lenient"])
    #expect(lenient.status == 0, "\(lenient.errors)")
    // The character is dropped; a white-space-only source and an empty target are units like others.
    #expect(lenient.output.hasPrefix("read 3, added 3"), "\(lenient.output)")
    let blank = try Program.run(
      [
        "memory", "lookup", memory, "--from", "en", "--to", "es", "--jsonl",
      ], input: Data("{\"id\":1,\"text\":\" \"}\n{\"id\":2,\"text\":\"\\u0000\"}\n".utf8))
    #expect(blank.status == 0)
    #expect(blank.output.split(separator: "\n").count == 2)
    #expect(blank.output.contains("\"source\":\" \""))
  }
}
