internal import Bitext
internal import Foundation
internal import Synchronization

/// `bitext align --jsonl`: one document a record.
struct AlignmentFilter: Sendable {
  /// `{"id":…,"texts":{"en":"…","zh":"…"}}` or `{"id":…,"sentences":{"en":["…"],"zh":["…"]}}`
  struct Request: Decodable, Sendable {
    let texts: [String: String]?
    let sentences: [String: [String]]?
  }

  /// `{"units":[…]}`
  struct Reply: Encodable, Sendable {
    let units: [AlignedRecord]
  }

  let command: AlignCommand
  let resources: KnowledgeResources

  func run() async throws {
    if command.learn == .batch {
      try await runTogether()
      return
    }
    let aligners = Aligners(try command.options(resources))
    var lines = JSONLines(onError: command.onError)
    lines.width = max(1, ProcessInfo.processInfo.activeProcessorCount)
    let command = command
    try await lines.filter(Request.self) { request in
      let texts = try Self.texts(of: request, command)
      let alignment = try aligners.aligner(for: texts.map(\.language)).align(texts)
      command.warn(of: alignment, names: [])
      return Reply(units: Self.records(alignment, texts, command))
    }
  }

  /// One aligner for each list of languages, made when it is first needed.
  private final class Aligners: Sendable {
    private let options: SentenceAligner.Options
    private let known = Mutex<[[LanguageTag]: SentenceAligner]>([:])

    init(_ options: SentenceAligner.Options) {
      self.options = options
    }

    func aligner(for languages: [LanguageTag]) -> SentenceAligner {
      known.withLock { known in
        if let aligner = known[languages] { return aligner }
        let aligner = SentenceAligner(languages, options: options)
        known[languages] = aligner
        return aligner
      }
    }
  }

  /// The texts of a record, in the order of `--languages`, else of their names.
  static func texts(of request: Request, _ command: AlignCommand) throws -> [SegmentedText] {
    let names: [String]
    switch (request.texts, request.sentences) {
    case (let texts?, nil): names = texts.keys.sorted()
    case (nil, let sentences?): names = sentences.keys.sorted()
    default: throw UsageError("expected either \"texts\" or \"sentences\"")
    }
    var tags = try names.map { (name: $0, tag: try DocumentLanguage.tag($0)) }
    if let wanted = command.documents.languages?.tags {
      tags = try wanted.map { tag in
        guard let found = tags.first(where: { $0.tag == tag }) else {
          throw UsageError("language \(tag) is missing, found \(names.joined(separator: ", "))")
        }
        return found
      }
    }
    guard tags.count >= 2 else {
      throw UsageError("expected texts in two languages or more, found \(tags.count)")
    }
    return tags.map { name, tag in
      if let text = request.texts?[name] { return command.text(of: text, in: tag) }
      return SegmentedText(language: tag, sentences: request.sentences?[name] ?? [])
    }
  }

  static func records(
    _ alignment: Alignment, _ texts: [SegmentedText], _ command: AlignCommand
  ) -> [AlignedRecord] {
    alignment.units.filter { $0.confidence.probability >= command.minimumConfidence }
      .map { AlignedRecord($0, of: texts) }
  }

  /// Reads all records, learns from them together, then answers.
  private func runTogether() async throws {
    let lines = JSONLines(onError: command.onError)
    let options = try command.options(resources)
    let progress = ProgressBar("aligning", quiet: command.verbosity.quiet)
    try await lines.filterTogether(Request.self, prepare: { try Self.texts(of: $0, command) }) {
      batch in
      // Documents in the same languages are aligned together; answers keep the order of the input.
      var groups: [[LanguageTag]] = []
      for texts in batch where !groups.contains(texts.map(\.language)) {
        groups.append(texts.map(\.language))
      }
      var replies = batch.map { _ in Reply(units: []) }
      for languages in groups {
        let members = batch.indices.filter { batch[$0].map(\.language) == languages }
        let aligner = SentenceAligner(languages, options: options)
        let alignments = try await aligner.align(
          batch: members.map { batch[$0] }, progress: { progress.show($0) })
        for (member, alignment) in zip(members, alignments) {
          command.warn(of: alignment, names: [])
          replies[member] = Reply(units: Self.records(alignment, batch[member], command))
        }
      }
      progress.clear()
      return replies
    }
  }
}
