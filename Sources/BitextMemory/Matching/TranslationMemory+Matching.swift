public import BitextCore
internal import BitextText
internal import Synchronization

extension TranslationMemory {
  /// The matches for one query, best first: by score, then by text score, then the newest.
  ///
  /// Nothing that reaches the threshold is missed as long as the limit leaves room for it. Texts of
  /// more than ``TextScore/longestFuzzy`` tokens are matched exactly only. A language that the memory
  /// does not hold gives no match.
  ///
  /// - Complexity: Under 0.1 ms with 100,000 segments; the first query of a language loads its index.
  public func matches(
    for query: MatchQuery, options: MatchOptions = MatchOptions()
  ) throws(MemoryError) -> [Match] {
    try matches(for: [query], options: options).first ?? []
  }

  /// The matches for many queries, in their order, all from one state of the memory.
  public func matches(
    for queries: [MatchQuery], options: MatchOptions = MatchOptions()
  ) throws(MemoryError) -> [[Match]] {
    var scratch = scratches.withLock { $0.popLast() } ?? SearchScratch()
    defer {
      let used = scratch
      scratches.withLock { if $0.count < 8 { $0.append(used) } }
    }
    return try ask { (reader) throws(MemoryError) in
      var languages: [LanguageTag] = []
      for query in queries where !languages.contains(query.from) { languages.append(query.from) }
      let index = try currentIndex(reader, loading: languages)
      var answers: [[Match]] = []
      answers.reserveCapacity(queries.count)
      for query in queries {
        var answer = MatchAnswer(query: query, options: options, index: index)
        answers.append(try answer.matches(reader, &scratch))
      }
      return answers
    }
  }

  /// Loads the index of a language, so that the first query need not wait for it.
  public func prepare(for language: LanguageTag) throws(MemoryError) {
    try ask(maintainsLater: false) { (reader) throws(MemoryError) in
      _ = try currentIndex(reader, loading: [language])
    }
    if index.withLock({ $0.isUnsaved }) { maintainIndex() }
  }

  /// The index of the reader's state, with the given languages loaded.
  func currentIndex(
    _ reader: some MemoryReader, loading wanted: [LanguageTag]
  ) throws(MemoryError) -> MemoryIndex {
    let position = try reader.position()
    let directory = store.indexDirectory
    let result = index.withLock { index -> Result<MemoryIndex, MemoryError> in
      do throws(MemoryError) {
        // Another thread may have moved the shared index past the state that this reader sees: it
        // then works on an index of its own.
        if index.position > position {
          var own = MemoryIndex(longestTail: index.longestTail, refused: index.refused)
          try own.refresh(reader)
          try own.load(wanted, reader, directory: directory)
          return .success(own)
        }
        try index.refresh(reader)
        try index.load(wanted, reader, directory: directory)
        return .success(index)
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }
}

/// Finds and judges the matches of one query.
private struct MatchAnswer {
  /// A stored variant that may be a match.
  struct Candidate {
    let textScore: Int
    let revision: Int64
    let unit: Int64
    let languagePoints: Int
  }

  /// How many variants with the query's own key are looked at, newest first. They differ on the
  /// surface only; a text that is stored more often is found, but not in each of its places.
  private static let largestGroup = 1_000

  let query: MatchQuery
  let options: MatchOptions
  let index: MemoryIndex
  let exactForm: ExactForm
  let context: ContextSignature
  let targets: [(id: Int64, points: Int)]
  private var vocabulary = TokenVocabulary()
  private var queryTokens: LocatedTokens?

  init(query: MatchQuery, options: MatchOptions, index: MemoryIndex) {
    self.query = query
    self.options = options
    self.index = index
    exactForm = ExactForm(query.segment.text)
    context = ContextSignature(previous: query.previous, next: query.next, key: query.key)
    targets = index.languages(for: query.to)
  }

  mutating func matches(
    _ reader: some MemoryReader, _ scratch: inout SearchScratch
  ) throws(MemoryError) -> [Match] {
    guard !targets.isEmpty else { return [] }
    var results: [Match] = []
    var inGroup = 0
    var isMarked = false
    for candidate in try candidates(reader, &scratch) {
      if candidate.textScore < 100, !isMarked {
        markAlternatives(&results)
        isMarked = true
      }
      if results.count >= options.limit {
        let worst = results[options.limit - 1]
        let most = candidate.textScore == 100 ? 102 : min(99, candidate.textScore)
        if Match.isBetter(
          (worst.score, worst.textScore, worst.revision),
          (most, candidate.textScore, candidate.revision))
        {
          break
        }
      }
      if candidate.textScore == 100 {
        inGroup += 1
        if inGroup > Self.largestGroup { continue }
      }
      guard let match = try judge(candidate, reader) else { continue }
      if let known = results.firstIndex(where: { $0.unit == match.unit }) {
        if Match.isBetter(results[known].rank, match.rank) { continue }
        results.remove(at: known)
      }
      let place = results.firstIndex { Match.isBetter(match.rank, $0.rank) } ?? results.count
      results.insert(match, at: place)
    }
    if !isMarked { markAlternatives(&results) }
    results.removeLast(max(0, results.count - options.limit))
    scoreByCharacters(&results)
    if options.includesFragments, results.count < options.limit {
      results += try fragments(besides: results, reader)
    }
    return results
  }

  /// Fills in the scores by characters.
  private func scoreByCharacters(_ results: inout [Match]) {
    let most = 4_096
    guard results.contains(where: { $0.kind == .fuzzy }) else {
      for place in results.indices { results[place].characterScore = 100 }
      return
    }
    let scalars = TokenKey.foldedScalars(of: query.segment.text)
    guard scalars.count <= most else { return }
    var pattern = TokenPattern(scalars)
    for place in results.indices {
      let other = TokenKey.foldedScalars(of: results[place].source.text)
      guard other.count <= most else { continue }
      results[place].characterScore = TextScore.percent(
        distance: pattern.distance(to: other), longer: max(scalars.count, other.count))
    }
  }

  /// The stored texts that stand as a whole inside the query and do not overlap, in the order of
  /// their score; as many as the answer has room for.
  private func fragments(
    besides results: [Match], _ reader: some MemoryReader
  ) throws(MemoryError) -> [Match] {
    let located = TokenKey.located(in: query.segment.text)
    let count = located.key.count
    guard count > 2, count <= TextScore.longestFuzzy else { return [] }
    let search = SearchQuery(located.key)
    let allowed = index.allowedSets(targets)
    var found: [(range: Range<Int>, entries: [IndexEntry], points: Int)] = []
    for source in index.languages(for: query.from) {
      guard let language = index.loaded[source.id] else { continue }
      found += try index.mending(source.id) { () throws(DamagedPart) in
        try language.fragments(of: search).map { ($0.tokens, $1, source.points) }
      }
    }
    // The longest first; a sort keeps the order of the languages.
    let order = found.indices.sorted {
      (found[$1].range.count, $0) < (found[$0].range.count, $1)
    }
    var taken = [Bool](repeating: false, count: count)
    var fragments: [Match] = []
    for place in order {
      if results.count + fragments.count >= options.limit { break }
      let range = found[place].range
      if taken[range].contains(true) { continue }
      let newest = found[place].entries.first { entry in
        Int(entry.languages) < allowed.count && allowed[Int(entry.languages)]
          && !results.contains { $0.unit == entry.unit }
      }
      guard let newest else { continue }
      let variants = try reader.variants(ofUnit: newest.unit)
      guard let source = variants.first(where: { $0.revision == newest.revision }),
        let target = translation(of: source, in: variants)
      else { continue }
      for token in range { taken[token] = true }
      let points = (found[place].points + target.points) * options.penalties.language
      let score = 100 * range.count / count
      var match = Match(
        unit: newest.unit, revision: newest.revision, score: max(0, score - points),
        textScore: score, kind: .fragment,
        penalties: points > 0 ? [Penalty(reason: .language, points: points)] : [],
        source: source.segment, sourceLanguage: tag(of: source.language),
        target: target.variant.segment, targetLanguage: tag(of: target.variant.language),
        substitutions: [], edits: [], context: source.context)
      match.queryRange = TextSpan(
        start: located.spans[range.lowerBound].start,
        end: located.spans[range.upperBound - 1].end)
      fragments.append(match)
    }
    return fragments.sorted {
      ($1.score, $0.queryRange?.start ?? 0) < ($0.score, $1.queryRange?.start ?? 0)
    }
  }

  /// The variant that translates another one into the language that is asked for, and what it costs.
  private func translation(
    of source: StoredVariant, in variants: [StoredVariant]
  ) -> (variant: StoredVariant, points: Int)? {
    var chosen: (variant: StoredVariant, rank: Int)?
    for variant in variants where variant.revision != source.revision {
      guard let rank = targets.firstIndex(where: { $0.id == variant.language }),
        rank < chosen?.rank ?? .max
      else { continue }
      chosen = (variant, rank)
    }
    return chosen.map { ($0.variant, targets[$0.rank].points) }
  }

  /// What the index finds, by text score and age.
  private func candidates(
    _ reader: some MemoryReader, _ scratch: inout SearchScratch
  ) throws(MemoryError) -> [Candidate] {
    let key = TokenKey(query.segment.text)
    let allowed = index.allowedSets(targets)
    func allows(_ set: UInt32) -> Bool { Int(set) < allowed.count && allowed[Int(set)] }
    var candidates: [Candidate] = []
    let sources = index.languages(for: query.from)
    if key.count > TextScore.longestFuzzy {
      let hash = PreparedUnit.hash(of: query.segment.text)
      for source in sources {
        let heads = try reader.variants(
          textHash: hash, language: source.id, limit: Self.largestGroup)
        for head in heads where allows(head.languageSet) {
          candidates.append(
            Candidate(
              textScore: 100, revision: head.revision, unit: head.unit,
              languagePoints: source.points))
        }
      }
    } else {
      let search = SearchQuery(key)
      let hasNumbers = key.tokens.contains("#")
      var statistics = SearchStatistics()
      for source in sources {
        guard let language = index.loaded[source.id] else { continue }
        let slack =
          options.penalties.most(
            hasNumbers: hasNumbers, hasCodes: language.hasCodes || !query.segment.codes.isEmpty,
            languagePoints: source.points + (targets.map(\.points).max() ?? 0))
          + options.penalties.multipleTranslations
        var collector = SearchCollector(
          threshold: options.threshold, limit: options.limit, slack: slack)
        try index.mending(source.id) { () throws(DamagedPart) in
          try language.search(
            search, into: &collector, scratch: &scratch, statistics: &statistics
          ) { allows($0.languages) }
          for hit in collector.remaining {
            for entry in try language.entries(hit) where allows(entry.languages) {
              candidates.append(
                Candidate(
                  textScore: hit.score, revision: entry.revision, unit: entry.unit,
                  languagePoints: source.points))
            }
          }
        }
      }
    }
    // Where very many texts differ in numbers or on the surface only, the equal ones are asked for first.
    var equal: Set<Int64> = []
    if key.count <= TextScore.longestFuzzy,
      candidates.count(where: { $0.textScore == 100 }) > Self.largestGroup
    {
      let hash = PreparedUnit.hash(of: query.segment.text)
      for source in sources {
        let heads = try reader.variants(
          textHash: hash, language: source.id, limit: Self.largestGroup)
        for head in heads { equal.insert(head.revision) }
      }
    }
    func rank(_ candidate: Candidate) -> (Int, Int, Int64) {
      (candidate.textScore, equal.contains(candidate.revision) ? 1 : 0, candidate.revision)
    }
    return candidates.sorted { rank($1) < rank($0) }
  }

  /// The match that a candidate makes; `nil` when its rows are not there.
  private mutating func judge(
    _ candidate: Candidate, _ reader: some MemoryReader
  ) throws(MemoryError) -> Match? {
    let variants = try reader.variants(ofUnit: candidate.unit)
    guard let source = variants.first(where: { $0.revision == candidate.revision }) else {
      return nil
    }
    guard let target = translation(of: source, in: variants) else { return nil }

    let isExact =
      candidate.textScore == 100 && source.segment.codes == query.segment.codes
      && ExactForm(source.segment.text) == exactForm
    // A hash alone found it: without an equal text there is nothing to offer.
    if !isExact, queryIsLong { return nil }
    var penalties: [Penalty] = []
    func charge(_ reason: PenaltyReason, _ points: Int) {
      if points > 0 { penalties.append(Penalty(reason: reason, points: points)) }
    }
    charge(.language, (candidate.languagePoints + target.points) * options.penalties.language)
    if isExact {
      let agreement = context.agreement(with: source.context)
      let kind: MatchKind = agreement == 0 ? .exact : agreement == 1 ? .context : .doubleContext
      return match(
        candidate, source, target.variant, kind, penalties, [], [], target.variant.segment)
    }
    if queryTokens == nil { queryTokens = LocatedTokens(query.segment.text, &vocabulary) }
    guard let queryTokens else { return nil }
    let sourceTokens = LocatedTokens(source.segment.text, &vocabulary)
    let alignment = TokenAlignment(query: queryTokens.numbers, source: sourceTokens.numbers)
    let surface = SurfaceDifference(alignment, query: queryTokens, source: sourceTokens)
    var offered = target.variant.segment
    var substitutions: [Substitution] = []
    if options.penalties != .none {
      var spent = 0
      func chargeSurface(_ reason: PenaltyReason, _ points: Int) {
        let points = min(points, PenaltyTable.largestSurface - spent)
        spent += max(0, points)
        charge(reason, points)
      }
      let table = options.penalties
      if surface.letterCase { chargeSurface(.case, table.letterCase) }
      if surface.width { chargeSurface(.width, table.width) }
      if surface.punctuation { chargeSurface(.punctuation, table.punctuation) }
      if surface.whitespace { chargeSurface(.whitespace, table.whitespace) }
      if !surface.numbers.isEmpty {
        if let safe = NumberSubstitution.apply(
          surface.numbers, query: queryTokens, source: sourceTokens, to: offered)
        {
          (offered, substitutions) = safe
          chargeSurface(.number, table.substitutedNumber)
        } else {
          chargeSurface(.number, table.number)
        }
      }
      let codes = Self.codeDistance(query.segment.codes, source.segment.codes)
      chargeSurface(.code, min(5, codes) * table.code)
    }
    return match(
      candidate, source, target.variant, .fuzzy, penalties,
      Self.edits(alignment, queryTokens, sourceTokens), substitutions, offered)
  }

  private var queryIsLong: Bool {
    query.segment.text.utf8.count > TextScore.longestFuzzy
      && TokenKey(query.segment.text).count > TextScore.longestFuzzy
  }

  private func match(
    _ candidate: Candidate, _ source: StoredVariant, _ target: StoredVariant, _ kind: MatchKind,
    _ penalties: [Penalty], _ edits: [TokenEdit], _ substitutions: [Substitution],
    _ offered: Segment
  ) -> Match {
    let points = penalties.reduce(0) { $0 + $1.points }
    let full = kind.full ?? candidate.textScore
    let score = max(0, kind == .fuzzy ? min(99, full - points) : full - points)
    return Match(
      unit: candidate.unit, revision: candidate.revision, score: score,
      textScore: candidate.textScore, kind: kind, penalties: penalties, source: source.segment,
      sourceLanguage: tag(of: source.language), target: offered,
      targetLanguage: tag(of: target.language), substitutions: substitutions, edits: edits,
      context: source.context)
  }

  private func tag(of language: Int64) -> LanguageTag {
    index.languages.first { $0.id == language }?.tag ?? .undetermined
  }

  /// Takes a point from each exact match whose source has another translation in the same context.
  private func markAlternatives(_ results: inout [Match]) {
    let points = options.penalties.multipleTranslations
    guard points > 0 else { return }
    var marked: [Int] = []
    for place in results.indices where results[place].kind != .fuzzy {
      let has = results.contains {
        $0.kind == results[place].kind && $0.context == results[place].context
          && $0.source == results[place].source
          && ExactForm($0.target.text) != ExactForm(results[place].target.text)
      }
      if has { marked.append(place) }
    }
    for place in marked {
      results[place].charge(Penalty(reason: .multipleTranslations, points: points))
    }
    if !marked.isEmpty { results.sort { Match.isBetter($0.rank, $1.rank) } }
  }

  /// How many inline codes must be added, taken out or changed in kind.
  private static func codeDistance(_ left: [InlineCode], _ right: [InlineCode]) -> Int {
    guard !left.isEmpty || !right.isEmpty else { return 0 }
    let kinds = InlineCode.Kind.allCases
    func numbers(_ codes: [InlineCode]) -> [UInt32] {
      codes.prefix(TextScore.longestFuzzy).map { code in
        UInt32(kinds.firstIndex(of: code.kind) ?? kinds.count)
      }
    }
    var pattern = TokenPattern(numbers(left))
    let distance = pattern.distance(to: numbers(right))
    return distance
  }

  private static func edits(
    _ alignment: TokenAlignment, _ query: LocatedTokens, _ source: LocatedTokens
  ) -> [TokenEdit] {
    var edits: [TokenEdit] = []
    var (queryEnd, sourceEnd) = (UInt32(0), UInt32(0))
    for column in alignment.columns {
      let left = column.query.map { query.located.spans[$0] }
      let right = column.source.map { source.located.spans[$0] }
      let kind: TokenEdit.Kind =
        if let place = column.query, let other = column.source {
          query.numbers[place] == source.numbers[other] ? .keep : .replace
        } else if left != nil {
          .insert
        } else {
          .delete
        }
      edits.append(
        TokenEdit(
          kind: kind, source: right ?? TextSpan(start: sourceEnd, end: sourceEnd),
          query: left ?? TextSpan(start: queryEnd, end: queryEnd)))
      queryEnd = left?.end ?? queryEnd
      sourceEnd = right?.end ?? sourceEnd
    }
    return edits
  }
}

extension Match {
  fileprivate var rank: (Int, Int, Int64) { (score, textScore, revision) }

  fileprivate static func isBetter(_ left: (Int, Int, Int64), _ right: (Int, Int, Int64)) -> Bool {
    left > right
  }

  fileprivate mutating func charge(_ penalty: Penalty) {
    penalties.append(penalty)
    score = max(0, score - penalty.points)
  }
}
