import BitextCore
import BitextInterchange
import Testing

private struct DocumentCase: Sendable, CustomTestStringConvertible {
  let format: FileFormat
  let text: String
  let blocks: [String]
  let why: String
  var testDescription: String { "\(format): \(why)" }
}

private let documentCases = [
  DocumentCase(
    format: .markdown,
    text: "---\ntitle: x\n---\n# Uno #\n\nTexto *muy* **claro**, véase [aquí](http://a_b).\n",
    blocks: ["heading 1: Uno", "paragraph: Texto muy claro, véase aquí."],
    why: "front matter and link targets are no text"),
  DocumentCase(
    format: .markdown, text: "第一行\n第二行。\n\nTwo\n===\n\nThree\n---\n",
    blocks: ["paragraph: 第一行第二行。", "heading 1: Two", "heading 2: Three"],
    why: "Chinese lines join without a space; underlines make headings"),
  DocumentCase(
    format: .markdown,
    text:
      "- one\n- two `x*y*`\n  goes on\n  1. inner\n\n```swift\nlet a = 1\n```\n> quoted\n> line\n",
    blocks: [
      "list item: one", "list item: two x*y* goes on", "list item: inner", "quote: quoted line",
    ],
    why: "lists, code spans, fences, quotes"),
  DocumentCase(
    format: .markdown, text: "| a | b\\|c |\n|---|---|\n| 1 | *2* |\n\nend\n",
    blocks: ["cell: a", "cell: b|c", "cell: 1", "cell: 2", "paragraph: end"], why: "tables"),
  DocumentCase(
    format: .markdown,
    text:
      "2 * 3 * 4, snake_case_name, \\*not\\*, &amp; &eacute; ![alt](x.png)<!-- no --> [r] [ref][r]\n\n[r]: http://x\n",
    blocks: ["paragraph: 2 * 3 * 4, snake_case_name, *not*, & é r ref"],
    why: "signs that are no markup stay"),
  DocumentCase(
    format: .markdown,
    text: "<div>\n<p>In <b>HTML</b></p>\n</div>\n\nline one  \nline two<br>three\n\n    code\n",
    blocks: [
      "paragraph: In HTML", "paragraph: line one", "paragraph: line two", "paragraph: three",
    ], why: "HTML blocks, hard breaks, indented code"),
  DocumentCase(
    format: .html,
    text:
      "<!DOCTYPE html><html lang=zh><head><title>标题</title><style>p{}</style></head><body><h2>一</h2><p>二<br>三 &amp; &eacute;<script>x<y</script></p><ul><li>四<li>五</ul><table><tr><td>六</td></tr></table><pre><code>no</code></pre><blockquote>七</blockquote></body></html>",
    blocks: [
      "title: 标题", "heading 2: 一", "paragraph: 二", "paragraph: 三 & é", "list item: 四",
      "list item: 五", "cell: 六", "quote: 七",
    ], why: "blocks in reading order"),
  DocumentCase(
    format: .html,
    text: "<p>Ruby <ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>字<p hidden>no<p>a <b>b</b>c",
    blocks: ["paragraph: Ruby 漢字", "paragraph: a bc"], why: "readings and hidden parts are no text"),
  DocumentCase(
    format: .srt,
    text:
      "1\n00:00:01,000 --> 00:00:02,500\n<i>We came</i>\nfrom the\n\n2\n00:00:02,600 --> 00:00:04,000\nnorth. {\\an8}Yes.\n\n3\n00:00:09,000 --> 00:00:10,000\n- Hello.\n- Hi!\n",
    blocks: ["cue: We came from the north. Yes.", "cue: Hello.", "cue: Hi!"],
    why: "cues join until a pause or another speaker"),
  DocumentCase(
    format: .text, text: "One\ntwo\n\n\nThree\n",
    blocks: ["paragraph: One\ntwo", "paragraph: Three"],
    why: "a blank line ends a paragraph"),
]

@Suite struct `Structured documents` {
  @Test(arguments: documentCases)
  fileprivate func `give their blocks`(_ example: DocumentCase) throws {
    let document = try StructuredDocument(.text(example.text, name: "a"), format: example.format)
    #expect(document.blocks.map { "\($0.kind.name): \($0.text)" } == example.blocks)
  }

  @Test func `say where a block stands`() throws {
    let text = "# Uno\r\n\r\nDos\r\ntres\r\n"
    let document = try StructuredDocument(.text(text, name: "a.md"))
    let bytes = Array(text.utf8)
    #expect(
      document.blocks.map { String(decoding: bytes[$0.span!], as: UTF8.self) } == [
        "# Uno", "Dos\r\ntres",
      ])
  }

  @Test func `know the language that a page declares, and its encoding`() throws {
    let page = "<html lang=\"es-MX\"><meta charset=\"windows-1252\"><p>\u{F1}</p></html>"
    let bytes = page.unicodeScalars.map { UInt8($0.value) }
    let document = try StructuredDocument(.bytes(bytes, name: "a.html"))
    #expect(document.language == "es-MX")
    #expect(document.blocks.map(\.text) == ["ñ"])
  }

  @Test(arguments: [FileFormat.markdown, .html])
  func `come back the same through each other`(_ format: FileFormat) throws {
    let text =
      "# Título *raro*\n\nUno & dos <tres> | 1. [x]\n\n- a\n- b_c_\n\n> cita\n\n1\\. no list\n"
    func convert(_ text: String, _ name: String, _ format: FileFormat) throws -> String {
      let converter = FileConverter(format: format, reading: ReadOptions(languages: ["es"]))
      return try converter.convert(.text(text, name: name)) { MemorySink() }.sink.text
    }
    let before = try StructuredDocument(.text(text, name: "a.md")).blocks
    let written = try convert(text, "a.md", format)
    let name = format == .markdown ? "b.md" : "b.html"
    let after = try StructuredDocument(.text(written, name: name)).blocks
    #expect(after.map { [$0.kind.name, $0.text] } == before.map { [$0.kind.name, $0.text] })
    #expect(try convert(written, name, format) == written, "the second time is the same bytes")
  }

  @Test(arguments: [
    String(repeating: "*a ", count: 20_000), String(repeating: "[", count: 20_000),
    String(repeating: "[^", count: 20_000), String(repeating: "`a``", count: 10_000),
    String(repeating: "<a ", count: 20_000), String(repeating: "> ", count: 20_000),
    String(repeating: "- ", count: 5_000) + "x", String(repeating: "_*", count: 20_000),
  ])
  func `of hostile Markdown take no time`(_ text: String) throws {
    let clock = ContinuousClock()
    let time = try clock.measure {
      _ = try StructuredDocument(.text(text, name: "a.md"))
    }
    #expect(time < .seconds(10), "about 0.3 s in debug")
  }

  @Test func `of hostile depth are refused`() throws {
    let text = String(repeating: "<div>", count: 5_000)
    let error = #expect(throws: InterchangeError.self) {
      try StructuredDocument(.text(text, name: "a.html"))
    }
    #expect(error?.diagnostic.code == "depth")
  }
}
