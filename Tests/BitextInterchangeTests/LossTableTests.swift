import BitextCore
import BitextInterchange
import Testing

/// The table in `docs/formats.md`: what survives where. The page is the expectation.
private struct LossTable {
  let formats: [String]
  let rows: [(feature: String, cells: [String])]

  init() throws {
    let folder = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let page = try TextDocument(contentsOf: "/\(folder)/docs/formats.md").text
    let lines = page.split(separator: "\n").drop { !$0.hasPrefix("| what |") }
      .prefix { $0.hasPrefix("|") }
    let cells = lines.map { line in
      line.split(separator: "|").map { cell in
        String(cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
      }
    }
    formats = cells.first.map { Array($0.dropFirst()) } ?? []
    rows = cells.dropFirst(2).map { ($0[0], Array($0.dropFirst())) }
  }
}

/// Something that a unit may have.
private struct Feature: Sendable {
  let name: String
  /// Gives it to a unit in English and Spanish.
  let add: @Sendable (inout TranslationUnit) -> Void
  /// Whether units have it still.
  let isKept: @Sendable ([TranslationUnit]) -> Bool
  /// A text that shows it in a document.
  let trace: String
}

private let features = [
  Feature(
    name: "a third language",
    add: { $0.variants.append(Variant("zh-Hans", "房子")) },
    isKept: { units in units.contains { $0["zh-Hans"]?.segment.text == "房子" } }, trace: "房子"),
  Feature(
    name: "inline codes",
    add: { unit in
      unit.variants[0].segment = Segment(
        "the house",
        codes: [
          InlineCode(
            utf8Offset: 4, kind: .open, name: "bpt",
            attributes: [Attribute(name: "i", value: "1")], content: [.data("<b>")]),
          InlineCode(
            utf8Offset: 9, kind: .close, name: "ept",
            attributes: [Attribute(name: "i", value: "1")], content: [.data("</b>")]),
        ])
    },
    isKept: { units in
      units.contains {
        $0["en"]?.segment.codes.map(\.content) == [[.data("<b>")], [.data("</b>")]]
      }
    }, trace: "<b>"),
  Feature(
    name: "synonyms",
    add: { $0.variants.append(Variant("es", "la vivienda")) },
    isKept: { units in
      units.contains { $0.variants.contains { $0.segment.text == "la vivienda" } }
    },
    trace: "la vivienda"),
  Feature(
    name: "name of the unit", add: { $0.identifier = "unit-7" },
    isKept: { units in units.contains { $0.identifier == "unit-7" } }, trace: "unit-7"),
  Feature(
    name: "status, part of speech",
    add: { unit in
      unit.variants[1].properties = [
        Property(name: "x-partOfSpeech", value: "noun"),
        Property(name: "x-administrativeStatus", value: "admittedTerm-admn-sts"),
      ]
    },
    isKept: { units in
      units.contains { unit in
        let properties = unit["es"]?.properties ?? []
        return properties.contains { $0.name == "x-partOfSpeech" && $0.value == "noun" }
          && properties.contains {
            $0.name == "x-administrativeStatus" && TermStatus(spelling: $0.value) == .admitted
          }
      }
    }, trace: "noun"),
  Feature(
    name: "definition, subject",
    add: { unit in
      unit.properties = [
        Property(name: "x-definition", value: "where people live"),
        Property(name: "x-subjectField", value: "building"),
      ]
    },
    isKept: { units in
      units.contains { unit in
        unit.properties.contains { $0.name == "x-definition" && $0.value == "where people live" }
          && unit.properties.contains { $0.name == "x-subjectField" && $0.value == "building" }
      }
    }, trace: "where people live"),
  Feature(
    name: "notes", add: { $0.notes = [Note("seen twice")] },
    isKept: { units in
      units.contains { unit in
        (unit.notes + unit.variants.flatMap(\.notes)).contains { $0.text == "seen twice" }
      }
    }, trace: "seen twice"),
  Feature(
    name: "language of a note", add: { $0.notes = [Note("seen twice", language: "en")] },
    isKept: { units in units.contains { $0.notes == [Note("seen twice", language: "en")] } },
    trace: "xml:lang"),
  Feature(
    name: "other properties",
    add: { $0.properties = [Property(name: "x-client", value: "ACME")] },
    isKept: { units in
      units.contains { $0.properties == [Property(name: "x-client", value: "ACME")] }
    },
    trace: "ACME"),
  Feature(
    name: "context",
    add: { $0.properties = [Property(name: "x-context", value: "menu")] },
    isKept: { units in
      units.contains { $0.properties == [Property(name: "x-context", value: "menu")] }
    },
    trace: "menu"),
  Feature(
    name: "dates, authors",
    add: { $0.provenance.created = Timestamp("20260101T000000Z") },
    isKept: { units in
      units.contains { $0.provenance.created?.asWritten == "20260101T000000Z" }
    },
    trace: "20260101T000000Z"),
  Feature(
    name: "unknown attributes",
    add: { $0.attributes = [Attribute(name: "commit", value: "abc")] },
    isKept: { units in
      units.contains { $0.attributes == [Attribute(name: "commit", value: "abc")] }
    },
    trace: "abc"),
]

/// What becomes of a feature in a format, and whether the conversion says so.
private func outcome(
  of feature: Feature, in format: FileFormat
) throws -> (cell: String, losses: [String]) {
  var unit = TranslationUnit(variants: [Variant("en", "the house"), Variant("es", "la casa")])
  feature.add(&unit)
  let tmx = try writeTMX(TMXHeader(sourceLanguage: "en"), [unit])
  let languages: [LanguageTag] = ["en", "es"]
  let converter = FileConverter(format: format, reading: ReadOptions(languages: languages))
  let (result, sink) = try converter.convert(.text(tmx, name: "a.tmx")) { MemorySink() }
  let losses = result.losses.lines(format: format.rawValue)
  if [.text, .markdown, .html].contains(format) {
    let isThere = sink.text.replacing("\\", with: "").replacing("&lt;", with: "<")
      .replacing("&gt;", with: ">").contains(feature.trace)
    return (isThere ? (feature.name == "inline codes" ? "as text" : "kept") : "lost", losses)
  }
  let units = try FormatReader.open(
    .text(sink.text, name: "a"), format: format,
    options: ReadOptions(languages: languages, parts: [.translated, .glossary])
  ).reader.remainingUnits()
  if feature.isKept(units) { return ("kept", losses) }
  let isText =
    feature.name == "inline codes"
    && units.contains { $0["en"]?.segment.text == "the <b>house</b>" }
  return (isText ? "as text" : "lost", losses)
}

@Suite struct `The table of losses` {
  @Test func `names every feature and every format that is written`() throws {
    let table = try LossTable()
    #expect(table.rows.map(\.feature) == features.map(\.name))
    #expect(table.formats == FileFormat.allCases.filter { $0 != .srt }.map(\.rawValue))
  }

  @Test func `holds, and each loss is said with its count`() throws {
    let table = try LossTable()
    for (feature, row) in zip(features, table.rows) {
      for (name, expected) in zip(table.formats, row.cells) {
        let format = try #require(FileFormat(rawValue: name))
        let (cell, losses) = try outcome(of: feature, in: format)
        #expect(cell == expected, "\(feature.name) in \(name)")
        #expect(losses.isEmpty == (cell == "kept"), "\(feature.name) in \(name): \(losses)")
        #expect(losses.allSatisfy { $0.hasPrefix("lost: 1 ") || $0.hasPrefix("lost: 2 ") })
      }
    }
  }
}
