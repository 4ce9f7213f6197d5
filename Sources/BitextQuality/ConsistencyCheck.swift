internal import BitextCore
internal import BitextTerminology
internal import BitextText

/// What is known of a file as a whole: how it translates each sentence and each term, and how long its
/// translations are.
struct ConsistencyCheck {
  /// A segment or a term, and where it was met.
  private struct Place {
    var unit: Int
    var line: Int?
    var identifier: String?
    var source: String
    var target: String
    var pair: LanguagePair
    var isDisabled: Set<QualityCheck>
    /// The lengths of both sides, in letters.
    var lengths: (source: Double, target: Double)
  }

  private struct TermUse {
    var place: Int
    var span: TextSpan
    var concept: Int
    var term: Int
  }

  private var places: [Place] = []
  private var uses: [TermUse] = []

  /// Remembers a pair.
  mutating func add(_ pair: SegmentPair, _ languages: LanguagePair, uses terms: [TermCheck.Use]) {
    for use in terms {
      uses.append(
        TermUse(place: places.count, span: use.span, concept: use.concept, term: use.term))
    }
    places.append(
      Place(
        unit: pair.unit, line: pair.line, identifier: pair.identifier, source: pair.source.text,
        target: pair.target.text, pair: languages, isDisabled: pair.disabled,
        lengths: (Self.length(pair.source), Self.length(pair.target))))
  }

  /// The findings, in the order of the units.
  func finish(
    _ tools: [LanguageTag: LanguageTools], _ concepts: [ConceptEntry], _ options: QualityOptions
  ) -> [QualityIssue] {
    var issues: [QualityIssue] = []
    if !options.disabled.contains(.consistencySource) {
      issues += inconsistent(tools, options, .consistencySource)
    }
    if !options.disabled.contains(.consistencyTarget) {
      issues += inconsistent(tools, options, .consistencyTarget)
    }
    if !options.disabled.contains(.termInconsistent) { issues += terms(concepts, options) }
    if !options.disabled.contains(.lengthRatio) { issues += lengths(options) }
    return issues.sorted {
      ($0.unit, $0.check.rawValue, $0.span) < ($1.unit, $1.check.rawValue, $1.span)
    }
  }

  // MARK: Sentences

  private func inconsistent(
    _ tools: [LanguageTag: LanguageTools], _ options: QualityOptions, _ check: QualityCheck
  ) -> [QualityIssue] {
    let isSource = check == .consistencySource
    var first: [String: (place: Int, others: [String: Int])] = [:]
    var issues: [QualityIssue] = []
    for (index, place) in places.enumerated() where !place.isDisabled.contains(check) {
      guard let sourceTools = tools[place.pair.source], let targetTools = tools[place.pair.target]
      else { continue }
      let source = Self.key(place.source, sourceTools)
      let target = Self.key(place.target, targetTools)
      guard !source.isEmpty, !target.isEmpty else { continue }
      let (own, other) = isSource ? (source, target) : (target, source)
      // One word means too many things to be said in one way.
      guard Self.isLong(own) else { continue }
      let key = "\(place.pair.source)\u{0}\(place.pair.target)\u{0}\(own)"
      guard var known = first[key] else {
        first[key] = (index, [other: index])
        continue
      }
      guard known.others[other] == nil else { continue }
      let before = places[known.place]
      known.others[other] = index
      first[key] = known
      let (text, earlier) =
        isSource ? (place.target, before.target) : (place.source, before.source)
      // The same text but for case and marks is no other text; nor is it when much is shared on the
      // side that has more freedom.
      if !isSource, Self.areAlike(other, Self.key(before.source, sourceTools)) { continue }
      let shown = before.line.map { "line \($0)" } ?? "unit \(before.unit)"
      issues.append(
        QualityIssue(
          check: check, severity: options.severity(of: check), unit: place.unit,
          identifier: place.identifier, line: place.line,
          language: isSource ? place.pair.target : place.pair.source,
          span: TextSpan(0..<text.utf8.count), found: text, expected: [earlier],
          message: isSource
            ? "the same source is translated as \(earlier.quoted) in \(shown)"
            : "the same target translates \(earlier.quoted) in \(shown)"))
    }
    return issues
  }

  /// A text as it is compared: its match key without the marks at its end.
  private static func key(_ text: String, _ tools: LanguageTools) -> String {
    var key = tools.normalizer(text)[...]
    while let last = key.unicodeScalars.last, last.properties.generalCategory.isMark || last == " "
    {
      key.unicodeScalars.removeLast()
    }
    return String(key)
  }

  private static func isLong(_ key: String) -> Bool {
    key.utf8.count { $0 == 0x20 } >= 2 || key.unicodeScalars.count { $0.value >= 0x3400 } >= 5
  }

  /// Whether two texts say much the same: half of their words, or characters, are shared.
  private static func areAlike(_ one: String, _ other: String) -> Bool {
    func parts(_ text: String) -> Set<String> {
      var parts = Set(text.split(separator: " ").map(String.init))
      for scalar in text.unicodeScalars where scalar.value >= 0x3400 {
        parts.insert(String(scalar))
      }
      return parts
    }
    let (left, right) = (parts(one), parts(other))
    return left.intersection(right).count * 3 >= min(left.count, right.count)
  }

  // MARK: Terms

  private func terms(_ concepts: [ConceptEntry], _ options: QualityOptions) -> [QualityIssue] {
    struct Key: Hashable {
      var concept: Int
      var pair: LanguagePair
    }
    var groups: [Key: [Int]] = [:]
    var order: [Key] = []
    for (index, use) in uses.enumerated() {
      let key = Key(concept: use.concept, pair: places[use.place].pair)
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(index)
    }
    var issues: [QualityIssue] = []
    for key in order {
      let indexes = groups[key] ?? []
      var counts: [Int: Int] = [:]
      for index in indexes { counts[uses[index].term, default: 0] += 1 }
      guard counts.count > 1 else { continue }
      let entry = concepts[key.concept]
      let ignored = QualityOptions.ignored(entry.properties, entry.notes)
      if ignored.contains(.termInconsistent) { continue }
      // The usual one: the most frequent, of equals the first of the entry.
      let usual = counts.keys.sorted().max { counts[$0, default: 0] < counts[$1, default: 0] } ?? 0
      for index in indexes where uses[index].term != usual {
        let use = uses[index]
        // A unit that has both is in order.
        if indexes.contains(where: { uses[$0].place == use.place && uses[$0].term == usual }) {
          continue
        }
        let place = places[use.place]
        if place.isDisabled.contains(.termInconsistent) { continue }
        let text = String(place.source[use.span])
        issues.append(
          QualityIssue(
            check: .termInconsistent, severity: options.severity(of: .termInconsistent),
            unit: place.unit, identifier: place.identifier, line: place.line,
            language: place.pair.source, span: use.span, found: text,
            expected: [entry.terms[usual].text],
            message: "\(text.quoted) is \(entry.terms[use.term].text.quoted) here and "
              + "\(entry.terms[usual].text.quoted) in \(counts[usual, default: 0]) other "
              + "place\(counts[usual] == 1 ? "" : "s") of the file (\(entry.identifier))"))
      }
    }
    return issues
  }

  // MARK: Lengths

  /// The length of a text in letters of a word; a Han character says as much as three.
  private static func length(_ side: PairSide) -> Double {
    side.scalars.reduce(0) { $0 + (PunctuationCheck.isHan($1.value) ? 3 : 1) }
  }

  private func lengths(_ options: QualityOptions) -> [QualityIssue] {
    var issues: [QualityIssue] = []
    var pairs: [LanguagePair] = []
    for place in places where !pairs.contains(place.pair) { pairs.append(place.pair) }
    for pair in pairs {
      let own = places.indices.filter { places[$0].pair == pair }
      func ratio(_ index: Int) -> Double {
        let lengths = places[index].lengths
        return Self.logarithm((lengths.target + 5) / (lengths.source + 5))
      }
      // What is usual in this file, once there are enough pairs to tell; otherwise as long as the source.
      var middle = 0.0
      var band = 1.0
      if own.count >= 50 {
        let sorted = own.map(ratio).sorted()
        middle = sorted[sorted.count / 2]
        let deviations = sorted.map { abs($0 - middle) }.sorted()
        band = max(0.9, 6 * deviations[deviations.count / 2])
      }
      for index in own where !places[index].isDisabled.contains(.lengthRatio) {
        let place = places[index]
        guard max(place.lengths.source, place.lengths.target) >= 30, place.lengths.target > 0,
          place.lengths.source > 0
        else { continue }
        let deviation = ratio(index) - middle
        // Short texts vary more.
        let allowed = band + 4 / max(place.lengths.source, 4)
        guard abs(deviation) > allowed else { continue }
        issues.append(
          QualityIssue(
            check: .lengthRatio, severity: options.severity(of: .lengthRatio), unit: place.unit,
            identifier: place.identifier, line: place.line, language: pair.target,
            span: TextSpan(0..<place.target.utf8.count), found: place.target, expected: [],
            message: "the translation is \(deviation > 0 ? "longer" : "shorter") than those of "
              + "this pair of languages are"))
      }
    }
    return issues
  }

  /// The natural logarithm by its series, so that no platform's library decides a finding.
  private static func logarithm(_ value: Double) -> Double {
    var mantissa = value
    var power = 0.0
    while mantissa > 1.5 {
      mantissa /= 2
      power += 1
    }
    while mantissa < 0.75 {
      mantissa *= 2
      power -= 1
    }
    let x = (mantissa - 1) / (mantissa + 1)
    var term = x
    var sum = 0.0
    for odd in stride(from: 1.0, through: 21, by: 2) {
      sum += term / odd
      term *= x * x
    }
    return 2 * sum + power * 0.693_147_180_559_945_3
  }
}

extension Unicode.GeneralCategory {
  /// Whether a character is a punctuation mark.
  fileprivate var isMark: Bool {
    switch self {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation:
      true
    default: false
    }
  }
}
