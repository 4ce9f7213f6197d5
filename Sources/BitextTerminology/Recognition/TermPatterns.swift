internal import BitextCore
internal import BitextText

/// The terms of a recognizer as sequences of forms.
struct TermPatterns: Sendable {
  /// What may change in a word of a term.
  enum Freedom {
    static let number: UInt8 = 1
    static let gender: UInt8 = 2
  }

  /// The forms of all terms, one after the other.
  var forms: [UInt32] = []
  /// What may change in each of them.
  var freedoms: [UInt8] = []
  /// Where the forms of each term begin, closed by the end of the last.
  var starts: [UInt32] = [0]
  var concepts: [UInt32] = []
  var terms: [UInt32] = []
  /// The words of terms whose case matters, as they are written.
  var written: [Int: [String]] = [:]

  /// The other forms of each form: a range of `others`; empty for forms that are no word of a term.
  var otherStarts: [UInt32] = [0]
  var others: [UInt32] = []
  var changes: [UInt8] = []

  var count: Int { concepts.count }

  /// Whether a text has another form of the pattern; `nil` when it does not have it at all, although
  /// its words have the same symbols.
  func isInflected(
    _ pattern: Int, _ tokens: [TermTokens.Token], _ candidate: TermAutomaton.Candidate
  ) -> Bool? {
    var isInflected = false
    let start = Int(starts[pattern])
    for offset in 0..<(Int(starts[pattern + 1]) - start) {
      let own = forms[start + offset]
      let found = tokens[Int(candidate.start) + offset].form
      if own == found { continue }
      guard Int(own) + 1 < otherStarts.count else { return nil }
      let range = Int(otherStarts[Int(own)])..<Int(otherStarts[Int(own) + 1])
      guard
        range.contains(where: {
          others[$0] == found && changes[$0] & freedoms[start + offset] != 0
        })
      else { return nil }
      isInflected = true
    }
    return isInflected
  }
}

/// Turns terms into patterns.
struct TermPatternBuilder {
  private(set) var table = FormTable()
  private(set) var patterns = TermPatterns()
  private(set) var unrecognizable: [UnrecognizableTerm] = []

  private let normalizer: TextNormalizer
  /// Unifies the width of what keeps its case.
  private let width: TextNormalizer
  private let inflection: InflectionForms?
  private let isSpanish: Bool

  init(language: LanguageTag, normalizer: TextNormalizer, inflects: Bool) {
    self.normalizer = normalizer
    width = TextNormalizer(.nfkc, language: language)
    let forms = InflectionForms(language: language)
    inflection = inflects && !forms.isEmpty ? forms : nil
    isSpanish = language.language == "es"
  }

  mutating func add(_ term: Term, concept: Int, term place: Int) {
    let isCaseSensitive = Self.isCaseSensitive(term)
    let key = isCaseSensitive ? "" : normalizer(term.text)
    let mapped = isCaseSensitive ? normalizer.mapped(term.text) : nil
    let bytes = Array((mapped?.text ?? key).utf8)
    let partOfSpeech = term.partOfSpeech?.lowercased() ?? ""
    // Verbs are left alone.
    let isFree = inflection != nil && !partOfSpeech.hasPrefix("v")
    let first = patterns.forms.count
    var words: [String] = []
    var places: [Range<Int>] = []
    TermTokens.forEach(in: bytes.span) { start, end, _ in places.append(start..<end) }
    for range in places {
      let form = table.insert(Array(bytes[range]))
      patterns.forms.append(form)
      var freedom: UInt8 = 0
      if isFree {
        freedom = TermPatterns.Freedom.number
        if isSpanish {
          // What follows the noun agrees with it; the noun itself has both genders only when it
          // names people.
          let isNoun = patterns.forms.count - 1 == first && !partOfSpeech.hasPrefix("adj")
          if !isNoun || InflectionForms.namesPeople(table.text(of: form)) {
            freedom |= TermPatterns.Freedom.gender
          }
        }
      }
      patterns.freedoms.append(freedom)
      if let mapped {
        words.append(width(String(term.text[mapped.originalSpan(of: TextSpan(range))])))
      }
    }
    guard !places.isEmpty else {
      unrecognizable.append(
        UnrecognizableTerm(
          concept: concept, term: place,
          reason: term.text.allSatisfy(\.isWhitespace)
            ? "the term is empty" : "the term has no letter or sign that can be looked for"))
      return
    }
    if isCaseSensitive { patterns.written[patterns.count] = words }
    patterns.concepts.append(UInt32(concept))
    patterns.terms.append(UInt32(place))
    patterns.starts.append(UInt32(patterns.forms.count))
  }

  /// Adds the other forms of every word, once all terms are known.
  mutating func finish() {
    if let inflection {
      for own in 0..<UInt32(table.count) {
        for form in inflection.forms(of: table.text(of: own)) {
          let other = table.insert(form.text)
          table.join(own, other)
          patterns.others.append(other)
          patterns.changes.append(form.change.rawValue)
        }
        patterns.otherStarts.append(UInt32(patterns.others.count))
      }
    }
    table.numberClasses()
  }

  /// Whether the case of a term matters: as its property says, else when a word of it has a capital
  /// after its first letter.
  private static func isCaseSensitive(_ term: Term) -> Bool {
    if let property = term.properties.first(where: { $0.name == TermRecognizer.caseProperty }) {
      switch property.value.lowercased() {
      case "yes", "true", "1": return true
      case "no", "false", "0": return false
      default: break
      }
    }
    var isInside = false
    for scalar in term.text.unicodeScalars {
      if scalar.value < 0x80 {
        if scalar.value &- 0x41 < 26 {
          if isInside { return true }
          isInside = true
        } else {
          isInside = scalar.value | 0x20 &- 0x61 < 26 || scalar.value &- 0x30 < 10
        }
      } else {
        if isInside, scalar.properties.isUppercase { return true }
        isInside = scalar.properties.isAlphabetic && !scalar.properties.isIdeographic
      }
    }
    return false
  }
}
