import Foundation
import Testing

@Suite struct `Linking files` {
  @Test func `answers an empty side with an empty line, and one word beside many`() throws {
    let scratch = try ScratchFolder()
    let english = try scratch.file("a.en.txt", "Dogs bark.\n\nGoodbye, my friends of old\n")
    let spanish = try scratch.file("a.es.txt", "\nHola.\nAdiós\n")
    let outcome = try Program.run(["link", english, spanish, "--lexicon", "none"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 4 && lines[0].isEmpty && lines[1].isEmpty && lines[3].isEmpty)
    #expect(lines[2].split(separator: " ").allSatisfy { $0.hasSuffix("-0") })
  }

  @Test func `refuses texts of different length and writes nothing`() throws {
    let scratch = try ScratchFolder()
    let english = try scratch.file("a.en.txt", "One.\nTwo.\n")
    let chinese = try scratch.file("a.zh.txt", "一。\n")
    let outcome = try Program.run(["link", english, chinese, "--lexicon", "none"])
    #expect(outcome.status == 65 && outcome.output.isEmpty)
    #expect(outcome.errorLines.count == 1)
    #expect(outcome.errors.contains("has 2 lines") && outcome.errors.contains("has 1"))
  }

  @Test(arguments: ["one\tuno\nno tab here\n", "one\tuno\na\tb\tc\n"])
  func `names the training line that has no two columns`(training: String) throws {
    let scratch = try ScratchFolder()
    let english = try scratch.file("a.en.txt", "One.\n")
    let spanish = try scratch.file("a.es.txt", "Uno.\n")
    let file = try scratch.file("train.tsv", training)
    let outcome = try Program.run(
      ["link", english, spanish, "--lexicon", "none", "--train", file])
    #expect(outcome.status == 65 && outcome.output.isEmpty)
    #expect(outcome.errors.contains("train.tsv:2") && outcome.errors.contains("expected two"))
  }

  @Test func `warns of a pair that it has to cut, and links it all the same`() throws {
    let scratch = try ScratchFolder()
    let line = (0..<600).map { $0 % 60 == 59 ? "." : "name\($0)" }.joined(separator: " ")
    let english = try scratch.file("a.en.txt", "Short .\n\(line)\n")
    let spanish = try scratch.file("a.es.txt", "Corto .\nUna lista .\n")
    let outcome = try Program.run(
      ["link", english, spanish, "--tokenized"])
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("a.en.txt:2") && outcome.errors.contains("512"))
    #expect(outcome.output.split(separator: "\n", omittingEmptySubsequences: false).count == 3)
  }

  @Test func `answers each record of a stream, bad ones with an error`() throws {
    let input = """
      {"id":"a","texts":{"en":"Two dogs .","es":"Dos perros ."}}
      {"id":2,"texts":{"en":"Alone ."}}
      {"id":3,"texts":{"en":"","es":""}}

      """
    let outcome = try Program.run(
      ["link", "--jsonl", "--languages", "en,es", "--tokenized"], input: Data(input.utf8))
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[0].contains("\"a\"") && lines[0].contains("[0,0,"), "\(outcome.output)")
    #expect(lines[1].contains("error"))
    #expect(lines[2].contains("\"links\":[]"))
  }
}
