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
  /// - Parameters:
  ///   - query: What to look for.
  ///   - marker: Marks the part of each translation that translates the words; without one nothing is
  ///     marked. It is asked for the hits of the page only.
  /// - Throws: `invalidQuery` for a negative limit or offset and for a pattern that is none.
  /// - Complexity: O(texts with the rarest word); rows are read for the hits of the page only, except
  ///   in the exact mode. The pattern mode reads all texts of the language.
  public func concordance(
    _ query: ConcordanceQuery, marker: (any TranslationMarker)? = nil
  ) throws(MemoryError) -> ConcordancePage {
    guard query.limit >= 0, query.offset >= 0 else {
      throw MemoryError(
        .invalidQuery, path: store.path,
        message: "\(query.limit) hits after \(query.offset), expected 0 or more")
    }
    let page =
      query.mode == .pattern ? try patternPage(query) : try wordPage(query)
    return marker.map { page.marked(by: $0) } ?? page
  }

  private func wordPage(_ query: ConcordanceQuery) throws(MemoryError) -> ConcordancePage {
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
      entries.removeAll { !query.side.accepts(isSource: $0.isSource) }
      entries.sort { $1.revision < $0.revision }
      let tags = ConcordanceTags(index.languages)
      let exact = query.mode == .exact ? ExactForm(query.text).text : nil
      var hits: [ConcordanceHit] = []
      var total = exact == nil ? entries.count : 0
      // Without the exact mode each entry is a hit, so the page can be cut out before rows are read.
      for entry in exact == nil ? entries.dropFirst(query.offset) : entries[...] {
        if exact == nil, hits.count >= query.limit { break }
        let hit = try tags.hit(entry.unit, entry.revision, reader) { text in
          let located = TokenKey.located(in: text)
          let spans = sequence.places(in: located).map { place in
            TextSpan(
              start: located.spans[place.lowerBound].start,
              end: located.spans[place.upperBound - 1].end)
          }
          return exact.map { wanted in spans.filter { ExactForm(String(text[$0])).text == wanted } }
            ?? spans
        }
        guard let hit else { continue }
        if exact != nil {
          if hit.spans.isEmpty { continue }
          total += 1
          if total <= query.offset { continue }
        }
        if hits.count < query.limit { hits.append(hit) }
      }
      return ConcordancePage(hits: hits, total: total)
    }
  }

  private func patternPage(_ query: ConcordanceQuery) throws(MemoryError) -> ConcordancePage {
    let pattern = try TextPattern(query.text)
    return try store.read { (reader) throws(MemoryError) in
      let languages = try reader.languages()
      var found: [(unit: Int64, revision: Int64, spans: [TextSpan])] = []
      var failure: MemoryError?
      for language in languages
      where LanguageMatch.points(asked: query.language, stored: language.tag) != nil {
        try reader.forEachVariant(language: language.id, after: 0) { text in
          guard failure == nil, query.side.accepts(isSource: text.isSource) else { return }
          do throws(MemoryError) {
            let spans = try pattern.spans(in: text.text)
            if !spans.isEmpty { found.append((text.unit, text.revision, spans)) }
          } catch {
            failure = error
          }
        }
        if let failure { throw failure }
      }
      found.sort { $1.revision < $0.revision }
      let tags = ConcordanceTags(languages)
      var hits: [ConcordanceHit] = []
      for entry in found.dropFirst(query.offset).prefix(query.limit) {
        if let hit = try tags.hit(entry.unit, entry.revision, reader, { _ in entry.spans }) {
          hits.append(hit)
        }
      }
      return ConcordancePage(hits: hits, total: found.count)
    }
  }
}

/// The names of languages by their numbers.
private struct ConcordanceTags {
  private let tags: [Int64: LanguageTag]

  init(_ languages: [StoredLanguage]) {
    tags = Dictionary(
      languages.map { ($0.id, $0.tag) }, uniquingKeysWith: { first, _ in first })
  }

  /// The hit that a variant is; `nil` when its rows are not there.
  func hit(
    _ unit: Int64, _ revision: Int64, _ reader: some MemoryReader,
    _ spans: (String) -> [TextSpan]
  ) throws(MemoryError) -> ConcordanceHit? {
    let variants = try reader.variants(ofUnit: unit)
    guard let own = variants.first(where: { $0.revision == revision }),
      own.segment.text.utf8.count < Int(UInt32.max)
    else { return nil }
    return ConcordanceHit(
      unit: unit, language: tags[own.language] ?? .undetermined, segment: own.segment,
      spans: spans(own.segment.text),
      translations: variants.filter { $0.revision != own.revision }.map { variant in
        ConcordanceHit.Translation(
          language: tags[variant.language] ?? .undetermined, segment: variant.segment)
      })
  }
}

extension ConcordanceQuery.Side {
  fileprivate func accepts(isSource: Bool) -> Bool {
    switch self {
    case .any: true
    case .source: isSource
    case .target: !isSource
    }
  }
}

extension ConcordancePage {
  /// The page with what a marker knows of each translation.
  func marked(by marker: any TranslationMarker) -> ConcordancePage {
    ConcordancePage(
      hits: hits.map { hit in
        ConcordanceHit(
          unit: hit.unit, language: hit.language, segment: hit.segment, spans: hit.spans,
          translations: hit.translations.map { translation in
            guard
              let marked = marker.mark(
                hit.spans, in: hit.segment, hit.language, of: translation.segment,
                translation.language)
            else { return translation }
            return ConcordanceHit.Translation(
              language: translation.language, segment: translation.segment, marked: marked.spans,
              confidence: marked.confidence)
          })
      }, total: total)
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
