import BitextCore
import BitextText
import Testing

@Suite struct `Line breaks` {
  @Test func `inside hard-wrapped prose are spaces`() {
    let text =
      "The committee met on Monday and decided to\npostpone the vote until the members had read it."
    #expect(contents(text, "en") == [text])
  }

  @Test func `inside full lines are spaces before capitals, too`() {
    let text = """
      The committee of the town met on Monday evening in the hall of
      Saint Mary and decided to postpone the vote until the members of
      Ward Seven had read the report.
      """
    #expect(contents(text, "en") == [text])
  }

  @Test func `between list items are boundaries`() {
    #expect(
      contents("apples\npears and plums\ncherries", "en") == [
        "apples", "pears and plums", "cherries",
      ])
  }

  @Test func `after a heading are boundaries`() {
    #expect(contents("Chapter One\nIt was late.", "en") == ["Chapter One", "It was late."])
  }

  @Test(arguments: ["\n\n", "\r\n\r\n", "\n \t\n", "\u{2029}", "\r\r"])
  func `that leave a blank line end a paragraph`(_ gap: String) {
    let text = "one\(gap)two"
    let sentences = SentenceSegmenter(language: "en").sentences(in: text)
    #expect(sentences.map { String(text[$0.content]) } == ["one", "two"])
    #expect(sentences[0].end == .paragraph)
  }

  @Test(arguments: ["\n", "\r\n", "\r", "\u{85}", "\u{2028}"])
  func `count as the mode says`(_ lineBreak: String) {
    let text = "This line is long enough\(lineBreak)to go on here."
    #expect(contents(text, "en") { $0.newlines = .line }.count == 2)
    #expect(contents(text, "en") { $0.newlines = .space }.count == 1)
    #expect(contents(text, "en").count == 1)
  }

  @Test func `of wrapped Chinese are spaces`() {
    let line = "春天的花园里开满了各种颜色的花朵人们在这里散步休息"
    let text = "\(line)\n\(line)\n\(line)。"
    #expect(contents(text, "zh") == [text])
  }
}

@Suite struct `Quotations` {
  private let text = "He said, “I know. I was there.” Then he left."

  @Test func `are split by default`() {
    #expect(contents(text, "en") == ["He said, “I know.", "I was there.”", "Then he left."])
  }

  @Test func `are kept whole on demand`() {
    #expect(
      contents(text, "en") { $0.quotations = .keep }
        == ["He said, “I know. I was there.”", "Then he left."])
    #expect(
      contents("他说：“我知道。我在那里。”然后走了。", "zh") { $0.quotations = .keep }
        == ["他说：“我知道。我在那里。”", "然后走了。"])
    #expect(
      contents("Dijo: «Lo sé. Estuve allí.» Luego se fue.", "es") { $0.quotations = .keep }
        == ["Dijo: «Lo sé. Estuve allí.»", "Luego se fue."])
  }

  @Test func `that nobody closes do not hold the text together`() {
    #expect(
      contents("He said, “I know. I was there. Then he left.", "en") { $0.quotations = .keep }.count
        == 3)
  }

  @Test func `end with their paragraph`() {
    #expect(contents("“One. Two.\n\n“Three.” Four.", "en") { $0.quotations = .keep }.count == 4)
  }
}

@Suite struct `Semicolons` {
  @Test func `end a sentence only on demand`() {
    let text = "Vino; vio; venció."
    #expect(contents(text, "es") == [text])
    #expect(
      contents(text, "es") { $0.semicolonEndsSentence = true } == ["Vino;", "vio;", "venció."])
  }
}
