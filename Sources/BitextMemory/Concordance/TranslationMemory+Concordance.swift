internal import BitextCore
internal import BitextText
internal import Synchronization

extension TranslationMemory {
  /// The texts that hold the words of a query, newest first, with their translations.
  ///
  /// Chinese is searched by characters, so two characters find every text that holds them side by
  /// side. A query without a letter or a digit (`...`, `%s`) is as good as any other. A query without
  /// any token, such as white space, finds nothing.
  ///
  /// - Complexity: O(texts with the rarest word); rows are read for the hits that are returned only,
  ///   except in the exact mode.
  public func concordance(_ query: ConcordanceQuery) throws(MemoryError) -> ConcordancePage {
    guard query.limit >= 0 else {
      throw MemoryError(
        .invalidQuery, message: "a limit of \(query.limit) hits, expected 0 or more")
    }
    let sequence = TokenSequence(query)
    guard !sequence.tokens.isEmpty else { return ConcordancePage(hits: [], total: 0) }
    var scratch = scratches.withLock { $0.popLast() } ?? SearchScratch()
    defer {
      let used = scratch
      scratches.withLock { if $0.count < 8 { $0.append(used) } }
    }
    return try ask { (reader) throws(MemoryError) in
      let index = try currentIndex(reader, loading: [query.language])
      var entries: [IndexEntry] = []
      for language in index.languages(for: query.language) {
        guard let part = index.loaded[language.id] else { continue }
        entries += try index.mending(language.id) { () throws(DamagedPart) in
          try part.entries(with: sequence, &scratch)
        }
      }
      if query.side == .source { entries.removeAll { !$0.isSource } }
      entries.sort { $1.revision < $0.revision }
      let tags = Dictionary(
        index.languages.map { ($0.id, $0.tag) }, uniquingKeysWith: { first, _ in first })
      var hits: [ConcordanceHit] = []
      var total = query.mode == .exact ? 0 : entries.count
      for entry in entries {
        if query.mode != .exact, hits.count >= query.limit { break }
        guard let hit = try hit(entry, query, sequence, tags, reader) else { continue }
        if query.mode == .exact { total += 1 }
        if hits.count < query.limit { hits.append(hit) }
      }
      return ConcordancePage(hits: hits, total: total)
    }
  }

  private func hit(
    _ entry: IndexEntry, _ query: ConcordanceQuery, _ sequence: TokenSequence,
    _ tags: [Int64: LanguageTag], _ reader: some MemoryReader
  ) throws(MemoryError) -> ConcordanceHit? {
    let variants = try reader.variants(ofUnit: entry.unit)
    guard let own = variants.first(where: { $0.revision == entry.revision }),
      own.segment.text.utf8.count < Int(UInt32.max)
    else { return nil }
    let located = TokenKey.located(in: own.segment.text)
    var spans = sequence.places(in: located).map { place in
      TextSpan(
        start: located.spans[place.lowerBound].start, end: located.spans[place.upperBound - 1].end)
    }
    if query.mode == .exact {
      let wanted = ExactForm(query.text).text
      spans.removeAll { ExactForm(String(own.segment.text[$0])).text != wanted }
      if spans.isEmpty { return nil }
    }
    return ConcordanceHit(
      unit: entry.unit, language: tags[own.language] ?? .undetermined, segment: own.segment,
      spans: spans,
      translations: variants.filter { $0.revision != own.revision }.map { variant in
        ConcordanceHit.Translation(
          language: tags[variant.language] ?? .undetermined, segment: variant.segment, marked: [],
          confidence: nil)
      })
  }
}

extension LanguageIndex {
  /// The live entries whose text holds the sequence.
  fileprivate func entries(
    with sequence: TokenSequence, _ scratch: inout SearchScratch
  ) throws(DamagedPart) -> [IndexEntry] {
    var found: [IndexEntry] = []
    for part in parts {
      do throws(DamagedIndex) {
        var known = BlockGuard(part.segment.bytes)
        for document in try part.segment.documents(with: sequence, &scratch) {
          found += try part.segment.entries(ofDocument: document, &known)
        }
      } catch {
        throw DamagedPart(file: part.file)
      }
    }
    for document in tail.documents(with: sequence) { found.append(tail.entries[document]) }
    if !ended.isEmpty { found.removeAll { ended.contains($0.revision) } }
    return found
  }
}
