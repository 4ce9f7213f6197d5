import Foundation
import Testing

/// A document that cannot be aligned, and what the program must say of it.
private struct BadDocument: Sendable {
  let why: String
  let content: Data?
  let status: Int32
  let says: [String]
}

private let badDocuments = [
  BadDocument(
    why: "a byte that is not UTF-8 is named with line, column and offset",
    content: Data("Good line.\nBad \u{00E9}".utf8) + Data([0xFF, 0x20]), status: 65,
    says: [":2:6: error:", "0xFF", "offset 17", "UTF-8"]),
  BadDocument(
    why: "a cut sequence at the end is not UTF-8 either",
    content: Data("Caf".utf8) + Data([0xC3]), status: 65, says: [":1:4: error:", "0xC3"]),
  BadDocument(
    why: "a NUL says that the file is no text",
    content: Data("Line.\nAnother\0one.".utf8), status: 65, says: [":2:8: error:", "NUL"]),
  BadDocument(why: "a missing file is named", content: nil, status: 66, says: ["no such file"]),
]

@Suite struct `A bad document` {
  @Test(arguments: badDocuments.indices)
  func `ends in one line and the right exit code, and leaves the old output`(_ index: Int) throws {
    let bad = badDocuments[index]
    let scratch = try ScratchFolder()
    let good = try scratch.file("good.zh.txt", "你好。再见。\n")
    let old = try scratch.file("out.tmx", "what was there")
    let path = scratch.path("bad.en.txt")
    if let content = bad.content { _ = try scratch.file("bad.en.txt", content) }
    let outcome = try Program.run(["align", path, good, "--format", "tmx", "-o", old])
    #expect(outcome.status == bad.status, "\(bad.why): \(outcome.errors)")
    #expect(outcome.output.isEmpty)
    #expect(outcome.errorLines.count == 1, "\(outcome.errors)")
    for part in bad.says {
      #expect(outcome.errors.contains(part), "\(bad.why): \(outcome.errors)")
    }
    #expect(outcome.errors.contains("bad.en.txt"))
    #expect(try String(contentsOfFile: old, encoding: .utf8) == "what was there")
    #expect(try scratch.names().allSatisfy { !$0.hasSuffix(".tmp") })
  }

  @Test func `that is a folder is called one`() throws {
    let scratch = try ScratchFolder()
    let good = try scratch.file("good.zh.txt", "你好。\n")
    let outcome = try Program.run(["align", scratch.url.path, good, "--languages", "en,zh"])
    #expect(outcome.status == 66)
    #expect(outcome.errors.contains("found a folder, expected a file"))
    #expect(outcome.errorLines.count == 1)
  }

  @Test func `in an unknown language is refused before anything is read`() throws {
    let scratch = try ScratchFolder()
    let good = try scratch.file("a.txt", "Hello.\n")
    for languages in ["en,qq", "en,english", "en,", "e,zh"] {
      let outcome = try Program.run(["align", good, good, "--languages", languages])
      #expect(outcome.status == 64, "\(languages): \(outcome.errors)")
      #expect(outcome.errorLines.count == 1, "\(outcome.errors)")
    }
  }

  @Test func `given twice has one language twice`() throws {
    let scratch = try ScratchFolder()
    let file = try scratch.file("talk.en.txt", "Hello. How are you?\n")
    let outcome = try Program.run(["align", file, file])
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("same language (en)"))
    #expect(outcome.errorLines.count == 1)
  }

  @Test func `without a sentence leaves the other side unaligned and says so`() throws {
    let scratch = try ScratchFolder()
    let empty = try scratch.file("empty.en.txt", "")
    let blank = try scratch.file("blank.es.txt", " \n\n\t\n")
    let good = try scratch.file("good.zh.txt", "你好。再见。\n")
    for file in [empty, blank] {
      let outcome = try Program.run(["align", file, good, "--format", "beads"])
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.output == "[]:[0]\n[]:[1]\n")
      #expect(outcome.errors.contains("no sentence"), "\(outcome.errors)")
    }
    let both = try Program.run(["align", empty, blank, "--format", "beads"])
    #expect(both.status == 0)
    #expect(both.output.isEmpty)
  }

  @Test func `of one very long line is aligned in linear time`() throws {
    let scratch = try ScratchFolder()
    let long = try scratch.file(
      "long.en.txt", String(repeating: "word and another word ", count: 100_000))
    let good = try scratch.file("good.zh.txt", "你好。再见。\n")
    let outcome = try Program.run(["align", long, good, "--format", "beads"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(!outcome.output.isEmpty)
  }
}
