internal import BitextCore

/// Makes a unit of one row.
struct TableRowReader {
  let header: TableHeader
  let cells: [String]
  /// Whether an empty cell is a translation that is missing.
  var keepsEmpty = false

  /// The unit; `nil` when no cell holds a text.
  func unit() -> TranslationUnit? {
    var unit = TranslationUnit(variants: [])
    var variants: [[Variant]] = header.languages.map { _ in [] }
    for (index, column) in header.columns.enumerated() where index < cells.count {
      guard case .text(let language) = column else { continue }
      let (tag, asWritten) = header.languages[language]
      if cells[index].isEmpty {
        if keepsEmpty { variants[language].append(Variant(language: tag, segment: Segment(""))) }
        continue
      }
      for text in header.hasSynonyms ? Self.synonyms(cells[index]) : [cells[index]] {
        variants[language].append(
          Variant(
            language: tag, languageAsWritten: asWritten == tag.identifier ? nil : asWritten,
            segment: Segment(text)))
      }
    }
    for (index, column) in header.columns.enumerated() where index < cells.count {
      let cell = cells[index]
      guard !cell.isEmpty else { continue }
      switch column {
      case .text, .empty: break
      case .identifier: unit.identifier = cell
      case .definition:
        unit.properties.append(Property(name: GlossaryProperty.definition, value: cell))
      case .subjectField:
        unit.properties.append(Property(name: GlossaryProperty.subjectField, value: cell))
      case .forbidden:
        guard ["true", "yes", "1", "x", "forbidden"].contains(cell.lowercased()) else { break }
        for language in variants.indices {
          attach(
            Property(name: GlossaryProperty.status, value: "forbidden"), to: &variants[language])
        }
      case .status(let language):
        spread(GlossaryProperty.status, cell, language, &variants, &unit)
      case .partOfSpeech(let language):
        spread(GlossaryProperty.partOfSpeech, cell, language, &variants, &unit)
      case .property(let name, let language): spread(name, cell, language, &variants, &unit)
      case .note(let language):
        if let language, !variants[language].isEmpty {
          for (number, text) in split(cell, variants[language].count).enumerated()
          where !text.isEmpty {
            variants[language][number].notes.append(Note(text))
          }
        } else {
          unit.notes += (header.hasSynonyms ? Self.synonyms(cell) : [cell]).map { Note($0) }
        }
      }
    }
    // Cells beyond the languages that the caller named are remarks, as in OmegaT's glossaries.
    for cell in cells.dropFirst(header.columns.count) where !cell.isEmpty {
      unit.notes.append(Note(cell))
    }
    unit.variants = variants.flatMap(\.self)
    return unit.variants.allSatisfy(\.segment.text.isEmpty) ? nil : unit
  }

  /// Gives a value to the synonyms of a language, one part each, or to the concept.
  private func spread(
    _ name: String, _ cell: String, _ language: Int?, _ variants: inout [[Variant]],
    _ unit: inout TranslationUnit
  ) {
    guard let language, !variants[language].isEmpty else {
      unit.properties += (header.hasSynonyms ? Self.synonyms(cell) : [cell]).map {
        Property(name: name, value: $0)
      }
      return
    }
    for (number, text) in split(cell, variants[language].count).enumerated() where !text.isEmpty {
      variants[language][number].properties.append(Property(name: name, value: text))
    }
  }

  /// As many parts as there are synonyms, some empty; one part belongs to the first of them.
  private func split(_ cell: String, _ count: Int) -> [String] {
    guard header.hasSynonyms else { return [cell] }
    var parts = Self.synonyms(cell, keepingEmpty: true)
    // More parts than synonyms: what is left over stays with the last one.
    if parts.count > count {
      let rest = parts[(count - 1)...].joined(separator: " | ")
      parts = Array(parts[..<(count - 1)]) + [rest]
    }
    return parts
  }

  private func attach(_ property: Property, to variants: inout [Variant]) {
    for index in variants.indices { variants[index].properties.append(property) }
  }

  /// The parts of a cell between `|`, without white space around them; `\|` is a bar in a text.
  static func synonyms(_ cell: String, keepingEmpty: Bool = false) -> [String] {
    var parts: [String] = [""]
    var isEscaped = false
    for scalar in cell.unicodeScalars {
      if isEscaped {
        if scalar != "|" && scalar != "\\" { parts[parts.count - 1] += "\\" }
        parts[parts.count - 1].unicodeScalars.append(scalar)
        isEscaped = false
      } else if scalar == "\\" {
        isEscaped = true
      } else if scalar == "|" {
        parts.append("")
      } else {
        parts[parts.count - 1].unicodeScalars.append(scalar)
      }
    }
    if isEscaped { parts[parts.count - 1] += "\\" }
    if parts.count > 1 { parts = parts.map(\.trimmingWhitespace) }
    return keepingEmpty ? parts : parts.filter { !$0.isEmpty }
  }
}
