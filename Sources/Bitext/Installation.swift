internal import BitextGlossaries
internal import BitextInterchange
internal import BitextText

#if Lexicons
  internal import BitextLexicons
#endif

/// The version of the library.
public enum BitextVersion {
  /// As semantic versioning has it.
  public static let current = "0.1.0"
}

/// What the running program is made of.
public enum Installation {
  /// One fact about the installation.
  public struct Fact: Sendable, Hashable {
    /// What it is about.
    public let name: String
    /// What holds.
    public let value: String
    /// Whether it is as it should be.
    public let isGood: Bool

    init(_ name: String, _ value: String, isGood: Bool = true) {
      self.name = name
      self.value = value
      self.isGood = isGood
    }
  }

  /// The facts, in a fixed order: versions first, then resources with their places.
  ///
  /// - Complexity: O(size of the shipped files): each lexicon is read whole and its checksum compared.
  public static func report() -> [Fact] {
    var facts = [
      Fact("bitext", BitextVersion.current),
      Fact("ICU", TextLibraries.icuVersion),
      Fact("Unicode", TextLibraries.unicodeVersion),
      Fact("libxml2", FormatLibraries.libxml2Version),
    ]
    facts.append(
      Fact(
        "Chinese words",
        TextLibraries.chineseLexiconFault
          ?? (TextLibraries.isChineseLexiconIntact
            ? TextLibraries.chineseLexiconPath ?? "missing"
            : "\(TextLibraries.chineseLexiconPath ?? "zh.words") does not match its checksum"),
        isGood: TextLibraries.isChineseLexiconIntact))
    for glossary in BundledGlossary.all {
      facts.append(resource("glossary \(glossary.name)", glossary.path))
    }
    #if Lexicons
      for name in ShippedLexicons.names {
        facts.append(resource("lexicon \(name)", ShippedLexicons.path(of: name)))
      }
      for fault in ShippedLexicons.faults() {
        facts.append(Fact("lexicon", fault.description, isGood: false))
      }
    #endif
    return facts
  }

  private static func resource(_ name: String, _ path: String?) -> Fact {
    Fact(name, path ?? "missing", isGood: path != nil)
  }
}
