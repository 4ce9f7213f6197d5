import Foundation
import Testing

@Suite struct `Output` {
  @Test func `to a folder or into a folder that is not there is refused`() throws {
    let scratch = try ScratchFolder()
    let en = try scratch.file("a.en.txt", "Hello.\n")
    let zh = try scratch.file("a.zh.txt", "你好。\n")
    for target in [scratch.url.path, scratch.path("nowhere/out.tmx")] {
      let outcome = try Program.run(["align", en, zh, "--format", "tmx", "-o", target])
      #expect(outcome.status == 73, "\(outcome.errors)")
      #expect(outcome.errorLines.count == 1)
    }
  }

  @Test func `to a full device ends in an input and output error`() throws {
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    let scratch = try ScratchFolder()
    let en = try scratch.file("a.en.txt", "Hello.\n")
    let zh = try scratch.file("a.zh.txt", "你好。\n")
    let direct = try Program.run(["align", en, zh, "--format", "tmx", "-o", "/dev/full"])
    #expect(direct.status == 74, "\(direct.errors)")
    let piped = try Program.run(
      ["align", en, zh, "--format", "tmx"], shell: #"exec "$@" >/dev/full"#)
    #expect(piped.status == 74, "\(piped.errors)")
    #expect(piped.errors.contains("No space left"))
  }

  @Test func `that no longer fits leaves the old file as it was`() throws {
    // A file-size limit stands for a full disk: writing fails half way, after some bytes went out.
    let scratch = try ScratchFolder()
    let sentences = (1...4000).map { "This is sentence number \($0) of a long text." }
    let en = try scratch.file("a.en.txt", sentences.joined(separator: "\n\n"))
    let zh = try scratch.file("a.zh.txt", "你好。\n")
    let old = try scratch.file("out.tmx", "what was there")
    let outcome = try Program.run(
      ["align", en, zh, "--format", "tmx", "-o", old],
      shell: #"trap '' XFSZ; ulimit -f 64; exec "$@""#)
    #expect(outcome.status == 74, "\(outcome.errors)")
    #expect(
      outcome.errorLines.count == 1 || outcome.errors.contains("warning"), "\(outcome.errors)")
    #expect(try String(contentsOfFile: old, encoding: .utf8) == "what was there")
    #expect(try scratch.names() == ["a.en.txt", "a.zh.txt", "out.tmx"])
  }

  @Test func `replaces the file that a link points to, and keeps the link`() throws {
    let scratch = try ScratchFolder()
    let en = try scratch.file("a.en.txt", "Hello.\n")
    let zh = try scratch.file("a.zh.txt", "你好。\n")
    _ = try scratch.file("real.tmx", "old")
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path("link.tmx"), withDestinationPath: "real.tmx")
    let outcome = try Program.run([
      "align", en, zh, "--format", "tmx", "-o", scratch.path("link.tmx"),
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: scratch.path("link.tmx"))
        == "real.tmx")
    #expect(try String(contentsOfFile: scratch.path("real.tmx"), encoding: .utf8).contains("<tmx"))
  }
}
