internal import Bitext
internal import Foundation

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
      try runTogether()
      return
    }
    let options = command.options(resources)
    var lines = JSONLines(onError: command.onError)
    lines.width = 2
    let command = command
    try await lines.filter(Request.self) { request in
      let texts = try Self.texts(of: request, command)
      let alignment = try SentenceAligner(texts.map(\.language), options: options).align(texts)
      command.warn(of: alignment, place: nil)
      return Reply(units: Self.records(alignment, texts, command))
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
  private func runTogether() throws {
    let lines = JSONLines(onError: command.onError)
    try lines.filterTogether(Request.self, prepare: { try Self.texts(of: $0, command) }) { batch in
      // Documents in the same languages are aligned together; answers keep the order of the input.
      var groups: [[LanguageTag]] = []
      for texts in batch where !groups.contains(texts.map(\.language)) {
        groups.append(texts.map(\.language))
      }
      var replies = batch.map { _ in Reply(units: []) }
      for languages in groups {
        let members = batch.indices.filter { batch[$0].map(\.language) == languages }
        let aligner = SentenceAligner(languages, options: command.options(resources))
        let alignments = try aligner.align(batch: members.map { batch[$0] })
        for (member, alignment) in zip(members, alignments) {
          command.warn(of: alignment, place: nil)
          replies[member] = Reply(units: Self.records(alignment, batch[member], command))
        }
      }
      return replies
    }
  }
}
