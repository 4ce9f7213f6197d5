public import BitextCore

/// Writes glossaries of one pair of languages: UTX, or OmegaT's table. Synonyms are rows of their own.
public struct PairTableWriter: UnitWriter {
  /// Which format is written.
  public enum Format: Sendable, Hashable, CaseIterable {
    case utx
    case omegat
  }

  public private(set) var losses = LossReport()

  private let format: Format
  private let sink: any ByteSink
  private let pair: TranslationDirection
  private let created: Timestamp?
  private var hasBegun = false

  /// - Parameters:
  ///   - sink: Where the bytes go.
  ///   - pair: The languages; units without both are left out.
  ///   - created: When the glossary was made, which UTX wants to know; 1970-01-01 stands for a date that is not
  ///     known, since the bytes depend on what is written alone.
  public init(
    to sink: any ByteSink, format: Format, pair: TranslationDirection, created: Timestamp? = nil
  ) {
    self.created = created
    self.format = format
    self.sink = sink
    self.pair = pair
  }

  public mutating func write(_ unit: TranslationUnit) throws(InterchangeError) {
    try begin()
    let sources = unit.variants.filter { $0.language == pair.source }
    let targets = unit.variants.filter { $0.language == pair.target }
    guard let source = sources.first, !targets.isEmpty else {
      losses.add("units without both languages")
      return
    }
    losses.add("further source terms", sources.count - 1)
    losses.add("terms of other languages", unit.variants.count - sources.count - targets.count)
    if format == .omegat { losses.add("names of units", unit.identifier == nil ? 0 : 1) }
    losses.addCommon(unit)
    losses.add("inline codes", unit.variants.reduce(0) { $0 + $1.segment.codes.count })
    let comments = (unit.notes + source.notes).map(\.text)
    var text = ""
    for target in targets {
      let remark = (comments + target.notes.map(\.text)).joined(separator: "; ")
      switch format {
      case .omegat:
        text += [source.segment.text, target.segment.text, remark].map(Self.cell).joined(
          separator: "\t")
        losses.add(
          "properties",
          unit.properties.count + source.properties.count + target.properties.count)
      case .utx:
        let status = Self.value(GlossaryProperty.status, target)
        let cells = [
          source.segment.text, target.segment.text,
          Self.value(GlossaryProperty.partOfSpeech, source) ?? "",
          Self.value(GlossaryProperty.partOfSpeech, target) ?? "",
          status.flatMap { TermStatus(spelling: $0) }.map(Self.status) ?? "",
          unit.identifier ?? "", remark,
        ]
        text += cells.map { Self.cell($0).isEmpty ? "-" : Self.cell($0) }.joined(separator: "\t")
        losses.add(
          "properties",
          unit.properties.count
            + (source.properties + target.properties).filter {
              ![GlossaryProperty.status, GlossaryProperty.partOfSpeech].contains($0.name)
            }.count)
      }
      text += format == .utx ? "\r\n" : "\n"
    }
    try write(text)
  }

  public mutating func finish() throws(InterchangeError) {
    try begin()
  }

  private mutating func begin() throws(InterchangeError) {
    guard !hasBegun else { return }
    hasBegun = true
    switch format {
    case .omegat: try write("# Glossary in tab-separated format -*- coding: utf-8 -*-\n")
    case .utx:
      let date = Timestamp(secondsSince1970: created?.secondsSince1970 ?? 0).asWritten
      let day = "\(date.prefix(4))-\(date.dropFirst(4).prefix(2))-\(date.dropFirst(6).prefix(2))"
      let languages = "\(pair.source.identifier)/\(pair.target.identifier)"
      try write("#UTX 1.11; \(languages); \(day); creator: Bitext\r\n")
      try write("#src\ttgt\tsrc:pos\ttgt:pos\tterm status\tconcept ID\tcomment\r\n")
    }
  }

  private func write(_ text: String) throws(InterchangeError) {
    do {
      try sink.write(Array(text.utf8))
    } catch {
      throw InterchangeError(error)
    }
  }

  private static func value(_ name: String, _ variant: Variant) -> String? {
    variant.properties.first { $0.name == name }?.value
  }

  private static func status(_ status: TermStatus) -> String {
    switch status {
    case .preferred: "approved"
    case .admitted: "provisional"
    case .deprecated: "non-standard"
    case .forbidden: "forbidden"
    }
  }

  /// A cell holds one line and no tab.
  private static func cell(_ text: String) -> String { text.squeezed }
}
