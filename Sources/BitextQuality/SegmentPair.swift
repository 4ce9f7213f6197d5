internal import BitextCore
internal import BitextText

/// What a language needs for its checks, built once.
struct LanguageTools: Sendable {
  let language: LanguageTag
  let numbers: NumberRecognizer
  /// Reads numbers with the separators exchanged.
  let exchangedNumbers: NumberRecognizer
  let placeables: PlaceableRecognizer
  let words: WordSegmenter
  let normalizer: TextNormalizer

  init(_ language: LanguageTag) {
    self.language = language
    numbers = NumberRecognizer(language: language)
    let usesComma = language.language == "es" && NumberRecognizer.usesDecimalComma(language)
    exchangedNumbers = NumberRecognizer(
      language: language.language == "es"
        ? (usesComma ? "es-MX" : "es-ES") : language.language == "zh" ? "zh" : "es-ES")
    placeables = PlaceableRecognizer(language: language)
    words = WordSegmenter(language: language)
    normalizer = TextNormalizer(.match, language: language)
  }
}

extension NumberRecognizer {
  /// Whether a language writes `1,5` for one and a half.
  static func usesDecimalComma(_ language: LanguageTag) -> Bool {
    NumberRecognizer(language: language).numbers(in: "1,5").first?.value == DecimalValue("1.5")
  }
}

/// One side of a translation, with what is known of its text.
struct PairSide {
  let variant: Variant
  let tools: LanguageTools
  let text: String
  let bytes: [UInt8]
  let placeables: [Placeable]
  /// The numbers that stand outside addresses, variables, tags and codes.
  let numbers: [RecognizedNumber]
  /// The numbers that a reader of the other convention sees: `1,5` for one and a half in English.
  let exchangedNumbers: [RecognizedNumber]
  /// Whether the text was there first.
  let isSource: Bool

  var language: LanguageTag { variant.language }
  var isChinese: Bool { language.language == "zh" }

  /// Spanish without a region, which knows both conventions for numbers.
  var isFreeSpanish: Bool { language.language == "es" && language.region == nil }

  init(_ variant: Variant, _ tools: LanguageTools, isSource: Bool) {
    self.variant = variant
    self.tools = tools
    self.isSource = isSource
    text = variant.segment.text
    bytes = Array(text.utf8)
    let placeables = tools.placeables.placeables(in: text)
    self.placeables = placeables
    numbers = Self.joined(Self.outside(placeables, tools.numbers.numbers(in: text)), bytes)
    exchangedNumbers = Self.outside(placeables, tools.exchangedNumbers.numbers(in: text)).filter {
      $0.notation == .digits
    }
  }

  /// Puts numbers together that are said in parts: `5 millones 143 mil 312`.
  private static func joined(
    _ numbers: [RecognizedNumber], _ bytes: [UInt8]
  ) -> [RecognizedNumber] {
    var result: [RecognizedNumber] = []
    for number in numbers {
      if let last = result.last, last.notation == .digits, number.notation == .digits,
        number.span.start == last.span.end + 1, bytes[Int(last.span.end)] == 0x20,
        last.value.exponent >= 3, !last.isPercentage, bytes[last.span.range].contains(0x20),
        let scale = DecimalValue(significand: 1, exponent: Int(last.value.exponent)),
        number.value < scale, let sum = last.value.adding(number.value)
      {
        result[result.count - 1] = RecognizedNumber(
          span: TextSpan(start: last.span.start, end: number.span.end), value: sum,
          notation: .digits, isPercentage: number.isPercentage, isOrdinal: false, isWeak: false)
      } else {
        result.append(number)
      }
    }
    return result
  }

  /// The numbers that are no part of something else.
  static func outside(
    _ placeables: [Placeable], _ numbers: [RecognizedNumber]
  ) -> [RecognizedNumber] {
    let opaque = placeables.filter {
      switch $0.kind {
      case .url, .email, .file, .variable, .tag, .code: true
      default: false
      }
    }.map(\.span)
    guard !opaque.isEmpty else { return numbers }
    return numbers.filter { number in
      !opaque.contains { $0.start < number.span.end && number.span.start < $0.end }
    }
  }

  /// The text without white space at its ends.
  var core: Range<Int> {
    var start = 0
    var end = bytes.count
    while start < end, bytes[start] <= 0x20 { start += 1 }
    while end > start, bytes[end - 1] <= 0x20 { end -= 1 }
    return start..<end
  }

  /// The scalars with where each begins.
  var scalars: [(value: UInt32, offset: Int)] {
    var offset = 0
    return text.unicodeScalars.map { scalar in
      defer { offset += UTF8.width(scalar) }
      return (scalar.value, offset)
    }
  }
}

/// A source and a translation of it, with the findings about them.
struct SegmentPair {
  let unit: Int
  let identifier: String?
  let line: Int?
  let source: PairSide
  let target: PairSide
  /// Checks that the unit or the variant switches off, and those that nobody wants.
  let disabled: Set<QualityCheck>
  let options: QualityOptions
  private(set) var issues: [QualityIssue] = []
  /// Quotation marks that another segment may open or close: findings only when none does.
  private(set) var openQuotation: QualityIssue?
  private(set) var closedQuotation: QualityIssue?

  init(
    unit: Int, identifier: String?, line: Int?, source: PairSide, target: PairSide,
    disabled: Set<QualityCheck>, options: QualityOptions
  ) {
    self.unit = unit
    self.identifier = identifier
    self.line = line
    self.source = source
    self.target = target
    self.disabled = disabled
    self.options = options
  }

  /// Whether a check is wanted here.
  func wants(_ checks: QualityCheck...) -> Bool { checks.contains { !disabled.contains($0) } }

  /// Notes a finding, unless nobody wants it.
  mutating func report(
    _ check: QualityCheck, in side: PairSide, _ range: Range<Int>, expected: [String] = [],
    _ message: String
  ) {
    guard !disabled.contains(check) else { return }
    issues.append(issue(check, in: side, range, expected, message))
  }

  /// Notes a quotation mark without a partner, which the segments around may have.
  mutating func reportQuotation(opens: Bool, _ range: Range<Int>, _ message: String) {
    guard !disabled.contains(.punctuationPair) else { return }
    let found = issue(.punctuationPair, in: target, range, [], message)
    if opens { openQuotation = found } else { closedQuotation = found }
  }

  private func issue(
    _ check: QualityCheck, in side: PairSide, _ range: Range<Int>, _ expected: [String],
    _ message: String
  ) -> QualityIssue {
    let span = TextSpan(range)
    return QualityIssue(
      check: check, severity: options.severity(of: check), unit: unit, identifier: identifier,
      line: line, language: side.language, span: span, found: String(side.text[span]),
      expected: expected, message: message)
  }
}
