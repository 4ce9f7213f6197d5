internal import ArgumentParser
internal import Bitext

struct TermsFindCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "find",
    abstract: "Finds the terms of a glossary in a text.",
    discussion: """
      The text is read line by line; utf8 is a half-open byte range of the line. English and Spanish
      terms are found in singular and plural, Chinese ones in both scripts and not inside other words.
      Of terms that overlap, the leftmost longest is given.

      Examples:
        bitext terms find notes.zh.txt --language zh --glossary digital-human-rights
        bitext terms find notes.txt --language en --glossary terms.tbx --format jsonl
      """)

  @Argument(help: "The text; - is standard input.")
  var file: String

  @Option(help: "The language of the text (default: from the file's name, then from the text).")
  var language: LanguageTag?

  @Option(
    help: "A glossary: a file, a memory, or the name of one that comes with Bitext; repeatable.")
  var glossary: [String] = []

  @Option(help: "text or jsonl.")
  var format = FindFormat.text

  @Option(help: "A concept's id, or a term, that is not to be found; may be repeated.")
  var ignore: [String] = []

  @Flag(help: "Give terms inside other terms, too.")
  var all = false

  @Option(help: "The encoding of the text, such as GB18030 (default: UTF-8, or what a BOM says).")
  var encoding: String?

  func validate() throws {
    if glossary.isEmpty { throw ValidationError("expected --glossary") }
  }

  func run() throws {
    let document = try TextDocument(contentsOf: file, encoding: encoding)
    let language = try language ?? DocumentLanguage.detect(file: file, text: document.text)
    let concepts = try glossary.flatMap { try Knowledge.glossary($0) }
    var options = TermRecognizer.Options()
    options.overlap = all ? .all : .longest
    options.ignored = Set(ignore)
    let recognizer = TermRecognizer(concepts, language: language, options: options)
    GlossaryNotes.show(recognizer.unrecognizable, of: concepts, in: glossary)
    guard recognizer.termCount > 0 else {
      throw DataError(
        "found no terms in \(language), only in \(GlossaryNotes.languages(of: concepts)); "
          + "expected terms in the language of the text", place: glossary.joined(separator: ", "))
    }
    let output = try OutputFile("-")
    for (number, line) in document.text.lines.enumerated() {
      for hit in recognizer.hits(in: line) {
        switch format {
        case .text:
          try output.write(describe(hit, in: line, number + 1, recognizer))
        case .jsonl:
          try output.write(try JSONLines.encode(FoundTerm(hit, in: line, number + 1, recognizer)))
        }
      }
    }
    try output.finish()
  }

  /// `FILE:LINE:COLUMN: 数字利维坦 = digital Leviathan (en), Leviatán digital (es) [dhr-001]`
  private func describe(
    _ hit: TermHit, in line: String, _ number: Int, _ recognizer: TermRecognizer
  ) -> String {
    let column = line[TextSpan(start: 0, end: hit.span.start)].unicodeScalars.count + 1
    let found = FoundTerm(hit, in: line, number, recognizer)
    var text = "\(file):\(number):\(column): \(found.text)"
    if hit.isInflected { text += " (\(found.term))" }
    let targets = found.targets.sorted { $0.key < $1.key }.map {
      "\($0.value.joined(separator: " | ")) (\($0.key))"
    }
    if !targets.isEmpty { text += " = " + targets.joined(separator: ", ") }
    text += " [\(found.concept)]"
    if found.status != TermStatus.preferred.rawValue { text += " \(found.status)" }
    return text + "\n"
  }
}

enum FindFormat: String, ExpressibleByArgument, CaseIterable {
  case text
  case jsonl
}

/// A hit as it is printed.
private struct FoundTerm: Encodable {
  let line: Int
  let utf8: [UInt32]
  let text: String
  let concept: String
  let term: String
  let match: String
  let status: String
  let targets: [String: [String]]

  init(_ hit: TermHit, in line: String, _ number: Int, _ recognizer: TermRecognizer) {
    let concept = recognizer.concepts[hit.concept]
    let found = recognizer.term(of: hit)
    self.line = number
    utf8 = [hit.span.start, hit.span.end]
    text = String(line[hit.span])
    self.concept = concept.identifier
    term = found.text
    match = hit.isInflected ? "inflected" : "exact"
    status = found.status.rawValue
    var targets: [String: [String]] = [:]
    for language in Set(concept.terms.map(\.language))
    where language.language != recognizer.language.language {
      let usable = concept.usableTerms(in: language).map(\.text)
      if !usable.isEmpty { targets[language.identifier] = usable }
    }
    self.targets = targets
  }
}

/// What is said of a glossary on standard error.
enum GlossaryNotes {
  /// The languages of a glossary, for a message.
  static func languages(of concepts: [ConceptEntry]) -> String {
    let tags = Set(concepts.flatMap { $0.terms.map(\.language) }).sorted().map(\.identifier)
    return tags.isEmpty ? "no language" : tags.joined(separator: ", ")
  }

  /// Says which terms cannot be looked for, one line each.
  static func show(
    _ terms: [UnrecognizableTerm], of concepts: [ConceptEntry], in glossaries: [String]
  ) {
    for term in terms {
      let concept = concepts[term.concept]
      Diagnostics.warn(
        "\(term.reason) (concept \(concept.identifier), "
          + "\(concept.terms[term.term].language)); it is not looked for",
        place: glossaries.joined(separator: ", "))
    }
  }
}
