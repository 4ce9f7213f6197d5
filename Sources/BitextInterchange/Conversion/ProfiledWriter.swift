internal import BitextCore

/// Gives units the habits of a profile on their way to a writer.
struct ProfiledWriter: UnitWriter {
  private var writer: any UnitWriter
  private let profile: WriterProfile
  private let sourceLanguage: LanguageTag?
  private var own = LossReport()
  /// The unit that waits to learn what comes after it.
  private var waiting: TranslationUnit?
  private var previous: String?

  /// - Parameter sourceLanguage: The language of units that do not say.
  init(_ writer: any UnitWriter, profile: WriterProfile, sourceLanguage: LanguageTag?) {
    self.writer = writer
    self.profile = profile
    self.sourceLanguage = sourceLanguage
  }

  var losses: LossReport {
    var sum = own
    for loss in writer.losses.losses { sum.add(loss.what, loss.count) }
    return sum
  }

  mutating func write(_ unit: TranslationUnit) throws(InterchangeError) {
    guard profile.context == .memoQ else {
      try pass(unit)
      return
    }
    try passWaiting(next: source(of: unit)?.segment.text)
    waiting = unit
  }

  mutating func finish() throws(InterchangeError) {
    try passWaiting(next: nil)
    try writer.finish()
  }

  private mutating func passWaiting(next: String?) throws(InterchangeError) {
    guard var unit = waiting else { return }
    waiting = nil
    let index = unit.variants.firstIndex { $0.language == source(of: unit)?.language }
    if let index {
      let text = unit.variants[index].segment.text
      for (name, value) in [("x-context-pre", previous), ("x-context-post", next)] {
        guard let value, !unit.variants[index].properties.contains(where: { $0.name == name })
        else {
          continue
        }
        unit.variants[index].properties.append(
          Property(name: name, value: "<seg>\(Self.escaped(value))</seg>"))
      }
      previous = text
    }
    try pass(unit)
  }

  private mutating func pass(_ unit: TranslationUnit) throws(InterchangeError) {
    for pair in pairs(unit) {
      var piece = pair
      for index in piece.variants.indices { spell(&piece.variants[index]) }
      if profile.languages != .asRead, let language = piece.sourceLanguage {
        piece.attributes.removeAll { $0.name == "srclang" }
        if let spelled = profile.languages.spelled(language), spelled != language.identifier {
          piece.attributes.append(Attribute(name: "srclang", value: spelled))
        }
      }
      piece.properties = piece.properties.map(named)
      if profile.notes == .joined {
        let notes = piece.notes + piece.variants.flatMap(\.notes)
        for index in piece.variants.indices { piece.variants[index].notes = [] }
        piece.notes =
          notes.isEmpty
          ? [] : [Note(notes.map(\.text).joined(separator: "\n"), language: notes[0].language)]
      }
      try writer.write(piece)
    }
  }

  private mutating func spell(_ variant: inout Variant) {
    if let spelled = profile.languages.spelled(variant.language) {
      variant.languageAsWritten = spelled == variant.language.identifier ? nil : spelled
    }
    if profile.level == .text, !variant.segment.codes.isEmpty {
      own.add("inline codes", variant.segment.codes.count)
      variant.segment = Segment(variant.segment.text)
    }
    variant.properties = variant.properties.map(named)
  }

  private func named(_ property: Property) -> Property {
    guard profile.properties == .typed, property.name.hasPrefix("x-"), !property.name.contains(":")
    else { return property }
    var typed = property
    typed.name += ":SingleString"
    return typed
  }

  private func source(of unit: TranslationUnit) -> Variant? {
    let language = unit.sourceLanguage ?? sourceLanguage
    return unit.variants.first { $0.language == language } ?? unit.variants.first
  }

  /// The unit, or one for each translation.
  private func pairs(_ unit: TranslationUnit) -> [TranslationUnit] {
    guard profile.targets == .one, unit.variants.count > 2, let source = source(of: unit) else {
      return [unit]
    }
    let sources = unit.variants.filter { $0.language == source.language }
    let targets = unit.variants.filter { $0.language != source.language }
    // Synonyms of the source alone are pairs of their own with each translation.
    return sources.flatMap { source in
      targets.map { target in
        var pair = unit
        pair.variants = [source, target]
        return pair
      }
    }
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
