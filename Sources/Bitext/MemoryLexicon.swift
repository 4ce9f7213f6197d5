public import BitextAlignment
public import BitextCore
public import BitextMemory
internal import BitextInterchange
internal import Foundation

extension TranslationMemory {
  /// The largest number of pairs of segments that a lexicon is learned from; the newest count.
  static let mostPairs = 400_000

  /// Learns which words translate which from the units of the memory.
  ///
  /// The lexicon is kept beside the index of the memory, with the state of the memory that it was learned
  /// from. As long as nothing is saved, it is opened and not learned again. A lexicon that cannot be kept
  /// is learned each time.
  ///
  /// - Parameters:
  ///   - languages: Two languages, in any order; by their primary subtags.
  ///   - progress: Is told what the trainer is doing.
  /// - Returns: The lexicon; `nil` when the memory teaches nothing of these languages.
  /// - Throws: `MemoryError` when the memory cannot be read, or `CancellationError`.
  /// - Complexity: About 25 s a million pairs of segments the first time, O(1) afterwards.
  public func lexicon(
    _ languages: LanguagePair,
    progress: @Sendable (LexiconTrainer.Progress) -> Void = { _ in }
  ) async throws -> TranslationLexicon? {
    guard languages.first.language != languages.second.language else { return nil }
    let pair =
      languages.first.language < languages.second.language
      ? languages : LanguagePair(languages.second, languages.first)
    let state = try store.read { (reader) throws(MemoryError) in
      "\(try reader.identity())@\(try reader.position())"
    }
    let file = store.indexDirectory.map {
      "\($0)/\(pair.first.language)-\(pair.second.language).btlex"
    }
    if let file, let kept = Self.kept(file, state: state) {
      return kept.segmentPairs > 0 ? kept : nil
    }
    let contents = try await learn(pair, state: state, progress: progress)
    let bytes = try LexiconFile.bytes(of: contents)
    if let file, let directory = store.indexDirectory, !store.isReadOnly {
      // What cannot be kept is learned again: no reason to fail.
      try? FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true)
      if let output = try? OutputFile(file), (try? output.write(bytes)) != nil,
        (try? output.finish()) != nil, let kept = Self.kept(file, state: state)
      {
        return kept.segmentPairs > 0 ? kept : nil
      }
    }
    return contents.segmentPairs > 0 ? try TranslationLexicon(Data(bytes)) : nil
  }

  /// The lexicon that was learned from this state of the memory; `nil` when there is none that is whole.
  private static func kept(_ file: String, state: String) -> TranslationLexicon? {
    guard let lexicon = try? TranslationLexicon(contentsOf: URL(fileURLWithPath: file)),
      lexicon.tokenizerVersion == AlignmentTokenizer.version,
      lexicon.notices.first?.version == state, (try? lexicon.verify()) != nil
    else { return nil }
    return lexicon
  }

  private func learn(
    _ languages: LanguagePair, state: String,
    progress: @Sendable (LexiconTrainer.Progress) -> Void
  ) async throws -> LexiconContents {
    progress(.collecting)
    var pairs: [(first: String, second: String)] = []
    try forEachUnit { unit in
      guard
        let first = unit.variants.first(where: { $0.language.language == languages.first.language }
        ),
        let second = unit.variants.first(where: {
          $0.language.language == languages.second.language
        })
      else { return true }
      pairs.append((first.segment.text, second.segment.text))
      return true
    }
    if pairs.count > Self.mostPairs { pairs.removeFirst(pairs.count - Self.mostPairs) }
    let notice = LexiconNotice(name: "memory", version: state, licence: "")
    var options = LexiconTrainer.Options()
    // A small memory repeats little; what it says once is still worth hearing.
    if pairs.count < 20_000 {
      options.minimumCount = 1
      options.minimumExpectedCount = 0.3
    }
    var trainer = LexiconTrainer(languages: languages, options: options)
    trainer.add(notice)
    await trainer.add(pairs)
    do {
      return try await trainer.train(progress: progress)
    } catch let error as LexiconError where error.code == .nothingToLearn {
      return LexiconContents(languages: languages, notices: [notice])
    }
  }
}

extension Knowledge {
  /// What a memory teaches: a lexicon for each two of the languages, and the memory's glossary.
  ///
  /// - Parameters:
  ///   - memory: The memory.
  ///   - languages: The languages of the texts.
  ///   - progress: Is told what the trainer is doing.
  /// - Throws: As ``BitextMemory/TranslationMemory/lexicon(_:progress:)``.
  public static func memory(
    _ memory: TranslationMemory, languages: [LanguageTag],
    progress: @Sendable (LexiconTrainer.Progress) -> Void = { _ in }
  ) async throws -> Knowledge {
    var knowledge = Knowledge()
    for (number, first) in languages.enumerated() {
      for second in languages[(number + 1)...] {
        if let lexicon = try await memory.lexicon(
          LanguagePair(first, second), progress: progress)
        {
          knowledge.lexicons.append(lexicon)
        }
      }
    }
    let concepts = try memory.concepts()
    if !concepts.isEmpty { knowledge.glossaries.append(concepts) }
    return knowledge
  }
}
