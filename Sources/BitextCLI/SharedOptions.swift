public import ArgumentParser
public import Bitext

/// A language on the command line.
extension LanguageTag: ExpressibleByArgument {
  public init?(argument: String) {
    guard let tag = try? DocumentLanguage.tag(argument) else { return nil }
    self = tag
  }
}

/// A comma-separated list of languages on the command line.
struct LanguageList: ExpressibleByArgument, Sendable {
  let tags: [LanguageTag]

  init?(argument: String) {
    var tags: [LanguageTag] = []
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      guard let tag = LanguageTag(argument: String(part)) else { return nil }
      tags.append(tag)
    }
    self.tags = tags
  }
}

/// Which documents to read, and how.
struct DocumentOptions: ParsableArguments {
  @Option(help: "The languages of the texts, in their order, such as en,zh,es.")
  var languages: LanguageList?

  @Option(help: "The encoding of the texts, such as GB18030 (default: UTF-8, or what a BOM says).")
  var encoding: String?

  /// Reads the documents and settles their languages: given, from the name, or from the text.
  ///
  /// - Parameter limit: The languages must be distinct.
  func read(_ files: [String]) throws -> [(document: TextDocument, language: LanguageTag)] {
    if let languages, languages.tags.count != files.count {
      throw LanguageError.count(languages: languages.tags.count, documents: files.count)
    }
    var read: [(document: TextDocument, language: LanguageTag)] = []
    for (index, file) in files.enumerated() {
      let document = try DocumentFile.read(file, encoding: encoding)
      let language =
        try languages?.tags[index]
        ?? DocumentLanguage.detect(file: file, text: document.text)
      if read.contains(where: { $0.language == language }) {
        throw LanguageError.repeated(language)
      }
      read.append((document, language))
    }
    return read
  }
}

/// Reads what a person would read of a file: Markdown, HTML and subtitles without their markup.
enum DocumentFile {
  /// The format of a file that has markup; `nil` for plain text.
  static func markup(_ file: String) -> FileFormat? {
    guard let format = FileFormat(fileName: file), format != .text,
      StructuredDocument.formats.contains(format)
    else { return nil }
    return format
  }

  static func read(_ file: String, encoding: String?) throws -> TextDocument {
    guard let format = markup(file) else {
      return try TextDocument(contentsOf: file, encoding: encoding)
    }
    let document = try StructuredDocument(
      .file(file), format: format, options: ReadOptions(encoding: encoding))
    return TextDocument(file: file, text: document.text)
  }
}

/// How much to say on standard error.
struct VerbosityOptions: ParsableArguments {
  @Flag(help: "Say less on standard error.")
  var quiet = false

  @Flag(help: "Say more on standard error.")
  var verbose = false
}
