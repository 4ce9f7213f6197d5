public import ArgumentParser
public import Bitext
internal import Foundation
internal import Synchronization

/// What a text is cut into.
enum SegmentUnit: String, ExpressibleByArgument, CaseIterable, Sendable {
  case sentence, word
}

extension SentenceSegmenter.Options.Newlines: ExpressibleByArgument {}
extension SentenceSegmenter.Options.Quotations: ExpressibleByArgument {}
extension SRXUse: ExpressibleByArgument {}

struct SegmentCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "segment",
    abstract: "Cuts a text into sentences, one a line, or into words.",
    discussion: """
      Examples:
        bitext segment novel.es.txt
        bitext segment --language zh --unit word --glossary terms.tsv notes.txt
        echo '{"id":1,"text":"One. Two."}' | bitext segment --language en --jsonl
      """)

  @Argument(help: "The text; - is standard input.")
  var file = "-"

  @Option(help: "The language of the text (default: from the file's name, then from the text).")
  var language: LanguageTag?

  @Option(help: "sentence or word.")
  var unit = SegmentUnit.sentence

  @Option(help: "What a line break is: paragraph (a space in wrapped prose), line or space.")
  var newlines = SentenceSegmenter.Options.Newlines.paragraph

  @Option(help: "split or keep quotations of several sentences.")
  var quotes = SentenceSegmenter.Options.Quotations.split

  @Option(help: "Segmentation rules in SRX 2.0, instead of ours.")
  var srx: String?

  @Option(
    name: .customLong("srx-mode"),
    help: "only, or exceptions: our rules, and the no-break rules of the file on top of them.")
  var srxMode = SRXUse.only

  @Flag(
    help: """
      Put U+FFFD in the place of bytes that are not of the encoding, and say how many; leave out SRX \
      rules that do not compile, with a warning each.
      """)
  var lenient = false

  @Option(
    help: """
      With --unit word, terms that stay whole: a glossary of any format that convert reads, the name \
      of one that comes with bitext, or a list with one term a line.
      """)
  var glossary: String?

  @Option(help: "The encoding of the text (default: UTF-8, or what a BOM says).")
  var encoding: String?

  @Flag(help: "Read records from standard input: {\"id\":…,\"text\":…}.")
  var jsonl = false

  @Option(name: .customLong("on-error"), help: "What a bad record does: continue or fail.")
  var onError = OnError.continue

  @Option(name: [.customShort("o"), .customLong("output")], help: "Write to a file.")
  var output = "-"

  @OptionGroup var verbosity: VerbosityOptions

  func validate() throws {
    if jsonl, file != "-" {
      throw ValidationError("--jsonl reads standard input, found the file \(file) as well")
    }
    if srx == nil, srxMode == .exceptions {
      throw ValidationError("--srx-mode is for --srx FILE")
    }
    if glossary != nil, unit == .sentence {
      throw ValidationError("--glossary is for --unit word")
    }
  }

  func run() async throws {
    let cutter = TextCutter(command: self, srx: try srx.map { try SRXReader.read(.file($0)) })
    // What is wrong with the rules or the glossary is said before anything is read.
    if let language { _ = try cutter.tools(for: language) }
    if jsonl {
      try await JSONLines(onError: onError).filter(SegmentRequest.self) { request in
        try cutter.reply(to: request)
      }
      return
    }
    try writeText(cutter)
  }

  /// The options of the sentence segmenter.
  var sentenceOptions: SentenceSegmenter.Options {
    var options = SentenceSegmenter.Options()
    options.newlines = newlines
    options.quotations = quotes
    return options
  }

  /// Cuts a whole text, piece by piece.
  private func writeText(_ cutter: TextCutter) throws {
    // Where rules of a user decide everything, a blank line need not end a sentence.
    let isWhole = srx != nil && srxMode == .only
    let isMarked = DocumentFile.markup(file) != nil
    let document = isMarked ? try DocumentFile.read(file, encoding: encoding).text : nil
    let reader: ParagraphReader? =
      if isMarked {
        nil
      } else if isWhole {
        try ParagraphReader(
          file, encoding: encoding, pieceSize: .max, replacesMalformed: lenient)
      } else {
        try ParagraphReader(file, encoding: encoding, replacesMalformed: lenient)
      }
    let file = try OutputFile(output)
    var language = language
    var lines: [UInt8] = []
    var whole = document.map { (text: $0, endsParagraph: true) }
    while let piece = try whole ?? reader?.next().map({ ($0.text, $0.endsParagraph) }) {
      whole = nil
      let text = piece.text
      if language == nil { language = try DocumentLanguage.detect(file: self.file, text: text) }
      guard let language else { break }
      let tools = try cutter.tools(for: language)
      let end =
        switch unit {
        case .sentence:
          try tools.sentences.appendLines(of: text, leavesLast: !piece.endsParagraph, to: &lines)
        case .word:
          try tools.sentences.appendWords(
            of: text, by: tools.words, leavesLast: !piece.endsParagraph, to: &lines)
        }
      if end < text.endIndex { reader?.giveBack(text[end...]) }
      try file.write(lines)
      lines.removeAll(keepingCapacity: true)
    }
    try file.finish()
    if let reader { Diagnostics.warn(replacements: reader.replacementCount, in: self.file) }
  }
}

/// `{"id":…,"text":…}`, with a language of its own if it likes.
struct SegmentRequest: Decodable, Sendable {
  let text: String
  let language: String?
}

/// `{"id":…,"segments":[…]}`
struct SegmentReply: Encodable, Sendable {
  struct Piece: Encodable, Sendable {
    let kind: String?
    let text: String
    let utf8: [UInt32]
  }
  let segments: [Piece]
}

/// The segmenters of each language that a run has met.
final class TextCutter: Sendable {
  struct Tools: Sendable {
    let sentences: SentenceSegmenter
    let words: WordSegmenter
  }

  private let unit: SegmentUnit
  private let language: LanguageTag?
  private let options: SentenceSegmenter.Options
  private let glossary: String?
  private let isVerbose: Bool
  private let srx: SRXRules?
  private let srxUse: SRXUse
  private let leavesOutBadRules: Bool
  private let known = Mutex<[LanguageTag: Tools]>([:])

  init(command: SegmentCommand, srx: SRXRules?) {
    self.srx = srx
    srxUse = command.srxMode
    leavesOutBadRules = command.lenient
    unit = command.unit
    language = command.language
    options = command.sentenceOptions
    isVerbose = command.verbosity.verbose
    glossary = command.glossary
  }

  func tools(for language: LanguageTag) throws -> Tools {
    if let tools = known.withLock({ $0[language] }) { return tools }
    let terms = try glossary.map { try Knowledge.terms(of: $0, in: language) } ?? []
    if language.language == "zh", unit == .word, let fault = TextLibraries.chineseLexiconFault {
      Diagnostics.warn("\(fault); Chinese words are cut by ICU, with less accuracy")
    }
    let tools = Tools(
      sentences: try sentences(for: language),
      words: WordSegmenter(language: language, terms: terms))
    if isVerbose, srx == nil, !tools.sentences.hasOwnRules {
      Diagnostics.line(
        "no rules of its own for \(language): sentences are cut by their signs alone")
    }
    known.withLock { $0[language] = tools }
    return tools
  }

  private func sentences(for language: LanguageTag) throws -> SentenceSegmenter {
    guard let srx else { return SentenceSegmenter(language: language, options: options) }
    let engine = try SRXEngine(srx, language: language, leavesOutBadRules: leavesOutBadRules)
    for fault in engine.rejected {
      Diagnostics.warn("\(fault.message); left out", place: fault.place)
    }
    if isVerbose {
      Diagnostics.line(
        "\(srx.file): \(engine.rules.count) rules for \(language), \(srxUse.rawValue)")
    }
    return SentenceSegmenter(engine, use: srxUse, options: options)
  }

  func reply(to request: SegmentRequest) throws -> SegmentReply {
    let text = request.text
    let tag =
      try request.language.map { try DocumentLanguage.tag($0) } ?? language
      ?? DocumentLanguage.detect(file: "-", text: text)
    let tools = try tools(for: tag)
    switch unit {
    case .sentence:
      let sentences = try tools.sentences.cut(text).filter { !$0.content.isEmpty }
      return SegmentReply(
        segments: sentences.map { piece(of: text, $0.content, kind: nil) })
    case .word:
      return SegmentReply(
        segments: tools.words.words(in: text).map { piece(of: text, $0.span, kind: $0.kind) })
    }
  }

  private func piece(of text: String, _ span: TextSpan, kind: WordKind?) -> SegmentReply.Piece {
    SegmentReply.Piece(
      kind: kind?.rawValue, text: String(text[span]), utf8: [span.start, span.end])
  }
}
