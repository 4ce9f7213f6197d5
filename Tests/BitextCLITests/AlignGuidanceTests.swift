import Foundation
import Testing

private let english = """
  The train leaves at nine.
  Nobody was at the station.
  It rained all day.
  We came home in the evening.
  """
private let spanish = """
  El tren sale a las nueve.
  No había nadie en la estación.
  Llovió todo el día.
  Volvimos a casa por la tarde.
  """

@Suite struct `Anchors on the command line` {
  @Test func `hold, and beads that were written can be given back`() throws {
    let scratch = try ScratchFolder()
    let en = try scratch.file("a.en.txt", english)
    let es = try scratch.file("a.es.txt", spanish)
    let arguments = ["align", en, es, "--segmented", "--format", "beads"]
    let free = try Program.run(arguments)
    #expect(free.output == "[0]:[0]\n[1]:[1]\n[2]:[2]\n[3]:[3]\n")
    let anchors = try scratch.file("a.anchors", "# these two\n1\t2\n")
    let anchored = try Program.run(arguments + ["--anchors", anchors])
    #expect(anchored.status == 0, "\(anchored.errors)")
    #expect(!anchored.output.contains("[1]:[1]\n"))
    let beads = try scratch.file("a.beads", "[0, 1]:[0]\n[2]:[1, 2]\n")
    let fixed = try Program.run(arguments + ["--anchors", beads])
    #expect(fixed.output == "[0, 1]:[0]\n[2]:[1, 2]\n[3]:[3]\n", "\(fixed.errors)")
  }

  @Test func `that cannot hold are refused with their place`() throws {
    let scratch = try ScratchFolder()
    let en = try scratch.file("a.en.txt", english)
    let es = try scratch.file("a.es.txt", spanish)
    let out = scratch.path("out.tmx")
    for (lines, place, word) in [
      ("0\t0\n1\t9\n", "2:3", "found sentence 9, expected 0 to 3"),
      ("0\t2\n1\t1\n", "2:1", "crosses 0:2"), ("0,1\n", "1:2", "expected a tab"),
    ] {
      let anchors = try scratch.file("a.anchors", lines)
      let outcome = try Program.run(
        ["align", en, es, "--segmented", "--anchors", anchors, "--format", "tmx", "-o", out])
      #expect(outcome.status == 65)
      #expect(outcome.errorLines.count == 1)
      #expect(outcome.errors.hasPrefix("\(anchors):\(place): error: "), "\(outcome.errors)")
      #expect(outcome.errors.contains(word), "\(outcome.errors)")
    }
    #expect(try scratch.names() == ["a.anchors", "a.en.txt", "a.es.txt"])
    let missing = try Program.run(
      ["align", en, es, "--anchors", scratch.path("none"), "--format", "tmx", "-o", out])
    #expect(missing.status == 66)
  }
}

@Suite struct `Alignment on the command line` {
  @Test func `that is stopped half way writes nothing`() throws {
    let scratch = try ScratchFolder()
    let lines = (0..<3000).map { "Sentence \($0 * 7919 % 4001) of \($0 % 13)." }
    let en = try scratch.file("a.en.txt", lines.joined(separator: "\n"))
    let es = try scratch.file("a.es.txt", lines.dropFirst(9).joined(separator: "\n"))
    let old = try scratch.file("out.tmx", "what was there")
    // Stop the program once its temporary file is there.
    let outcome = try Program.run(
      ["align", en, es, "--segmented", "--lexicon", "none", "--format", "tmx", "-o", old],
      shell: """
        "$@" & pid=$!
        n=0
        until ls -A "\(scratch.url.path)" | grep -q 'tmp$' || [ $n -gt 400 ]; do sleep 0.05; n=$((n+1)); done
        kill -TERM $pid
        wait $pid
        """)
    #expect(outcome.status == 130, "\(outcome.errors)")
    #expect(outcome.errors.contains("stopped; nothing was written"))
    #expect(try String(contentsOfFile: old, encoding: .utf8) == "what was there")
    #expect(try scratch.names() == ["a.en.txt", "a.es.txt", "out.tmx"])
  }

  @Test func `of texts in each other's language says so with evidence`() throws {
    let scratch = try ScratchFolder()
    let en = try scratch.file("a.txt", spanish)
    let es = try scratch.file("b.txt", english)
    let outcome = try Program.run(
      ["align", en, es, "--languages", "en,es", "--segmented", "--format", "beads"])
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("a.txt is given as en and reads as es ("), "\(outcome.errors)")
    #expect(outcome.errors.contains("b.txt is given as es and reads as en ("))
  }

  @Test func `says which lexicons were used and how much they knew`() throws {
    let scratch = try ScratchFolder()
    let en = try scratch.file("a.en.txt", english)
    let es = try scratch.file("a.es.txt", spanish)
    let mine = try scratch.file("mine.tsv", "station\testación\ntrain\ttren\n")
    let lexicon = scratch.path("mine.btlex")
    let made = try Program.run(
      ["lexicon", "import", mine, "--languages", "en,es", "--notice", "my words", "-o", lexicon])
    #expect(made.status == 0, "\(made.errors)")
    let outcome = try Program.run(
      ["align", en, es, "--segmented", "--lexicon", lexicon, "--verbose", "--format", "beads"])
    #expect(outcome.errors.contains("mine: 4 of "), "\(outcome.errors)")
    #expect(outcome.errors.contains("names of ICU: "))
    let page = try Program.run(
      ["align", en, es, "--segmented", "--lexicon", lexicon, "--format", "html"])
    #expect(page.output.contains("mine"), "the page names the lexicon")
  }

  @Test func `refuses a lexicon of which a byte was changed`() throws {
    let scratch = try ScratchFolder()
    let en = try scratch.file("a.en.txt", english)
    let es = try scratch.file("a.es.txt", spanish)
    let mine = try scratch.file("mine.tsv", "station\testación\ntrain\ttren\n")
    let lexicon = scratch.path("mine.btlex")
    _ = try Program.run(["lexicon", "import", mine, "--languages", "en,es", "-o", lexicon])
    var bytes = try Data(contentsOf: URL(fileURLWithPath: lexicon))
    bytes[bytes.count - 1] ^= 1
    let damaged = try scratch.file("damaged.btlex", bytes)
    for command in [
      ["align", en, es, "--lexicon", damaged], ["lexicon", "info", damaged],
    ] {
      let outcome = try Program.run(command)
      #expect(outcome.status == 65)
      #expect(outcome.errorLines.count == 1)
      #expect(outcome.errors.contains("checksum"), "\(outcome.errors)")
    }
  }

  @Test func `learns words from a memory`() throws {
    let scratch = try ScratchFolder()
    let units = [
      ("The station", "La estación"), ("The train", "El tren"),
      ("The old station", "La vieja estación"),
      ("The old train", "El viejo tren"), ("Nobody", "Nadie"), ("The day", "El día"),
    ].map {
      "<tu><tuv xml:lang=\"en\"><seg>\($0.0)</seg></tuv><tuv xml:lang=\"es\"><seg>\($0.1)</seg></tuv></tu>"
    }
    let tmx = try scratch.file(
      "m.tmx",
      "<tmx version=\"1.4\"><header creationtool=\"t\" creationtoolversion=\"1\" segtype=\"sentence\" "
        + "o-tmf=\"t\" adminlang=\"en\" srclang=\"en\" datatype=\"plaintext\"/><body>"
        + units.joined() + "</body></tmx>")
    let memory = scratch.path("my.memory")
    #expect(try Program.run(["memory", "import", memory, tmx]).status == 0)
    let en = try scratch.file("a.en.txt", english)
    let es = try scratch.file("a.es.txt", spanish)
    let arguments = [
      "align", en, es, "--segmented", "--lexicon", "none", "--memory", memory, "--verbose",
      "--format", "beads",
    ]
    let first = try Program.run(arguments)
    #expect(first.status == 0)
    #expect(first.errors.contains("en-es: "), "\(first.errors)")
    #expect(
      FileManager.default.fileExists(atPath: memory + "/index/en-es.btlex"), "kept beside it")
    #expect(try Program.run(arguments).output == first.output)
    let records = try Program.run(
      ["align", "--jsonl", "--memory", memory], input: Data("{}\n".utf8))
    #expect(records.status == 64)
  }
}
