internal import BitextCore

/// Finds the texts of a String Catalog that a language lacks, and writes translations into it.
struct CatalogTargets {
  private(set) var groups: [OpenGroup] = []

  init(
    _ bytes: [UInt8], name file: String, options: ReadOptions, report: ((Diagnostic) -> Void)?
  ) throws(InterchangeError) {
    let catalog = try StringCatalog(
      bytes, file: file, limits: options.limits, reporter: Reporter(file: file, report: report))
    guard let target = options.languages.last, target != catalog.sourceLanguage else {
      throw InterchangeError(
        kind: .usage,
        diagnostic: Diagnostic(
          severity: .error, code: "language", file: file, position: nil,
          message: "a String Catalog holds many languages, expected the one to fill to be named"))
    }
    for (member, entry) in zip(catalog.root["strings"]?.members ?? [], catalog.entries) {
      guard entry.isTranslatable else { continue }
      var source =
        entry.localizations.first { LanguageTag($0.name) == catalog.sourceLanguage }
        .map { StringCatalog.leaves($0.value) } ?? []
      if source.isEmpty, !entry.key.isEmpty {
        source = [
          StringCatalog.Leaf(
            path: [], state: "translated", value: entry.key, unit: JSONValue(.object([])))
        ]
      }
      let own = entry.localizations.first { member in
        LanguageTag(member.name).flatMap { LanguageMatch(target, $0) }.map { $0 >= .sameScript }
          ?? false
      }
      let present = own.map { StringCatalog.leaves($0.value) } ?? []
      let name = own?.name ?? target.identifier
      let missing = source.filter { leaf in
        Self.hasRoom(
          for: ["localizations", name] + CatalogWriter.steps(leaf.path), in: member.value)
          && !leaf.value.allSatisfy(\.isWhitespace)
          && (present.first { $0.path == leaf.path }?.value.isEmpty
            ?? Self.mayAdd(leaf.path, to: present))
      }
      guard !missing.isEmpty else { continue }
      groups.append(
        OpenGroup(
          targets: missing.map { leaf in
            OpenTarget(
              source: Segment(leaf.value), sourceLanguage: catalog.sourceLanguage,
              targetLanguage: target,
              identifier: StringCatalog.identifier(entry.key, leaf.path))
          },
          edits: { answers in
            let found = zip(missing, answers).compactMap { leaf, answer in
              answer.map { (path: leaf.path, text: $0.textWithCodes) }
            }
            return Self.edits(found, name, member.value, present)
          }))
    }
  }

  /// Whether a path can be walked or made: what is there on the way are objects.
  private static func hasRoom(for steps: [String], in value: JSONValue) -> Bool {
    guard value.members != nil else { return false }
    guard let first = steps.first, let next = value[first] else { return true }
    return hasRoom(for: Array(steps.dropFirst()), in: next)
  }

  /// A form may be added beside other forms, not to a text that is translated without any.
  private static func mayAdd(_ path: [String], to present: [StringCatalog.Leaf]) -> Bool {
    present.isEmpty || (!path.isEmpty && !present.contains { $0.path.isEmpty })
  }

  private static func edits(
    _ found: [(path: [String], text: String)], _ language: String, _ entry: JSONValue,
    _ present: [StringCatalog.Leaf]
  ) -> [TextEdit] {
    var edits: [TextEdit] = []
    // New objects grow together, so that one insertion holds all forms of a string.
    var tree = JSONValue(.object([]))
    for (path, text) in found {
      let unit = CatalogWriter.unit(state: "needs_review", value: text)
      if let empty = present.first(where: { $0.path == path })?.unit {
        edits += replace(empty, with: text)
      } else {
        let steps = ["localizations", language] + CatalogWriter.steps(path)
        tree = CatalogWriter.adding(unit, at: steps[...], to: tree)
      }
    }
    insert(tree, into: entry, depth: 2, &edits)
    return edits
  }

  /// Sets the two values of a text that is there and empty.
  private static func replace(_ unit: JSONValue, with text: String) -> [TextEdit] {
    guard let value = unit["value"] else { return [] }
    var edits = [TextEdit(range: value.range, text: "\"\(JSONValue.escaped(text))\"")]
    if let state = unit["state"] {
      edits.append(TextEdit(range: state.range, text: "\"needs_review\""))
    }
    return edits
  }

  /// Puts the members of a new tree into what is there, where they are missing.
  private static func insert(
    _ tree: JSONValue, into value: JSONValue, depth: Int, _ edits: inout [TextEdit]
  ) {
    guard let new = tree.members, let old = value.members, !new.isEmpty else { return }
    if old.isEmpty {
      edits.append(TextEdit(range: value.range, text: JSONLayout.text(tree, depth: depth)))
      return
    }
    let margin = String(repeating: " ", count: 2 * (depth + 1))
    for member in new {
      if let same = old.first(where: { $0.name == member.name }) {
        insert(member.value, into: same.value, depth: depth + 1, &edits)
        continue
      }
      let text =
        "\"\(member.rawName)\" : " + JSONLayout.text(member.value, depth: depth + 1)
      if let next = old.first(where: { CatalogOrder.precedes(member.name, $0.name) }) {
        edits.append(
          TextEdit(range: next.offset..<next.offset, text: text + ",\n" + margin))
      } else if let last = old.last {
        let end = last.value.range.upperBound
        edits.append(TextEdit(range: end..<end, text: ",\n" + margin + text))
      }
    }
  }
}
