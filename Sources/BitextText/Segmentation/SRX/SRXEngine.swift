public import BitextCore
internal import BitextICU

/// SRX rules for one language, compiled.
///
/// At one place the first rule that matches decides, whether it breaks or not. Where no rule matches
/// there is no break. Patterns are in ICU's dialect, in which `\w`, `\d` and `\b` know Unicode; Java,
/// which most files were written for, asks for that with a flag. Of the rules that LanguageTool and
/// OmegaT ship ICU compiles all but a handful as they stand.
///
/// Cost: each break rule searches the text once; an exception only when a break is at stake and the
/// text holds the letters that its pattern cannot do without.
public struct SRXEngine: Sendable {
  /// The language.
  public let language: LanguageTag
  /// The rules that are applied, in order.
  public let rules: [SRXRule]
  /// The rules that were left out since they do not compile; empty unless that was allowed.
  public let rejected: [SRXError]

  private let compiled: [Compiled]
  private let file: String

  private struct Compiled: Sendable {
    let rule: SRXRule
    let number: Int
    let expression: RegularExpression
    /// Bytes that every match holds; empty when none are known.
    let literal: [UInt8]
  }

  /// Compiles the rules for a language.
  ///
  /// - Parameter leavesOutBadRules: A rule that does not compile is left out and listed in `rejected`
  ///   instead of stopping the work.
  /// - Throws: `SRXError` that names file, line, rule and reason.
  public init(
    _ source: SRXRules, language: LanguageTag, leavesOutBadRules: Bool = false
  ) throws(SRXError) {
    self.language = language
    file = source.file
    let chosen = try Self.rules(of: source, for: language)
    guard chosen.count <= SRXError.maximumRules else {
      throw .tooMany(file: source.file, count: chosen.count)
    }
    var compiled: [Compiled] = []
    var rejected: [SRXError] = []
    for (index, rule) in chosen.enumerated() {
      do throws(SRXError) {
        compiled.append(try Self.compile(rule, number: index + 1, file: source.file))
      } catch {
        if !leavesOutBadRules { throw error }
        rejected.append(error)
      }
    }
    self.compiled = compiled
    self.rejected = rejected
    rules = compiled.map(\.rule)
  }

  /// The rules that the maps choose for a language, in order.
  static func rules(of source: SRXRules, for language: LanguageTag) throws(SRXError) -> [SRXRule] {
    var chosen: [SRXRule] = []
    var isKnown = false
    let spellings = [
      language.identifier, language.identifier.replacing("-", with: "_"), language.language,
    ]
    for map in source.languageMaps {
      let expression: RegularExpression
      do {
        // OmegaT writes EN.*, LanguageTool en.*: case does not matter.
        expression = try RegularExpression(map.pattern, ignoresCase: true)
      } catch {
        throw .pattern(
          file: source.file, line: 0, what: "languagepattern", pattern: map.pattern,
          reason: error.words)
      }
      guard spellings.contains(where: expression.matches) else { continue }
      guard let group = source.languageRules.first(where: { $0.name == map.rules }) else {
        throw .group(file: source.file, name: map.rules)
      }
      isKnown = true
      chosen += group.rules
      if !source.cascades { break }
    }
    guard isKnown else { throw .language(file: source.file, language) }
    return chosen
  }

  private static func compile(
    _ rule: SRXRule, number: Int, file: String
  ) throws(SRXError) -> Compiled {
    // Each side for itself first, so that a stray bracket cannot join the two.
    for (name, pattern) in [("beforebreak", rule.before), ("afterbreak", rule.after)] {
      do {
        _ = try RegularExpression(pattern)
      } catch {
        throw .pattern(
          file: file, line: rule.line, what: "\(name) of rule \(number)", pattern: pattern,
          reason: error.words)
      }
    }
    // Not (?<=before): ICU refuses unbounded look-behind, which one rule in six of LanguageTool needs.
    let pattern = "(?:\(rule.before))(?=\(rule.after))"
    do {
      return Compiled(
        rule: rule, number: number, expression: try RegularExpression(pattern),
        literal: RequiredLiteral.longest(in: rule.before))
    } catch {
      throw .pattern(
        file: file, line: rule.line, what: "rule \(number)", pattern: pattern, reason: error.words)
    }
  }

  /// What the rules say of the places of a text.
  ///
  /// - Parameters:
  ///   - places: The places to ask about, in UTF-8 bytes, ascending; `nil` for those where a break
  ///     rule matches.
  /// - Returns: The places where a rule decides, ascending, with its decision. The start and the end
  ///   of the text are no places.
  /// - Throws: `SRXError.limit` when a rule needs too much time or memory.
  func decisions(
    in text: String, at places: [Int]? = nil
  ) throws(SRXError) -> [(place: Int, breaks: Bool)] {
    var buffer = UTF16Buffer()
    buffer.load(text)
    let units = buffer.units.count
    guard units > 0 else { return [] }
    let bytes = Array(text.utf8)
    let finder = LiteralFinder(bytes)
    /// By UTF-16 place: the number of the first rule that matches, from 1; `asked` until one does.
    var deciding = [Int32](repeating: 0, count: units + 1)
    let asked: Int32 = .max
    var map = PlaceMap(bytes)
    var open = 0
    if let places {
      for place in places {
        let unit = map.utf16(of: place)
        if unit > 0, unit < units, deciding[unit] == 0 {
          deciding[unit] = asked
          open += 1
        }
      }
    } else {
      for rule in compiled where rule.rule.breaks {
        try search(rule, in: buffer) { _, end in
          if end > 0, end < units, deciding[end] == 0 || deciding[end] == asked {
            if deciding[end] == 0 { open += 1 }
            deciding[end] = asked
          }
        }
      }
    }
    for (index, rule) in compiled.enumerated() {
      if open == 0 { break }
      if !rule.literal.isEmpty, !finder.contains(rule.literal) { continue }
      try search(rule, in: buffer) { _, end in
        if end > 0, end < units, deciding[end] == asked {
          deciding[end] = Int32(index + 1)
          open -= 1
        }
      }
    }
    var decisions: [(place: Int, breaks: Bool)] = []
    var back = PlaceMap(bytes)
    for unit in 1..<max(1, units) where deciding[unit] != 0 && deciding[unit] != asked {
      decisions.append(
        (back.utf8(of: unit), compiled[Int(deciding[unit]) - 1].rule.breaks))
    }
    return decisions
  }

  private func search(
    _ rule: Compiled, in buffer: UTF16Buffer, _ body: (Int, Int) -> Void
  ) throws(SRXError) {
    do {
      try rule.expression.forEachOverlappingMatch(in: buffer, body)
    } catch {
      throw .limit(
        file: file, line: rule.rule.line, what: "rule \(rule.number)", pattern: rule.rule.before)
    }
  }
}

extension RegularExpression.SyntaxError {
  /// The reason in words: `MISMATCHED_PAREN at 7`.
  var words: String {
    let name = reason.lowercased().replacing("_", with: " ")
    return offset.map { "\(name) at \($0)" } ?? name
  }
}

/// Translates places between UTF-16 and UTF-8, in ascending order.
private struct PlaceMap {
  private let bytes: [UInt8]
  private var byte = 0
  private var unit = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func utf8(of target: Int) -> Int {
    while unit < target, byte < bytes.count { step() }
    return byte
  }

  mutating func utf16(of target: Int) -> Int {
    while byte < target, byte < bytes.count { step() }
    return unit
  }

  private mutating func step() {
    let lead = bytes[byte]
    let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    byte += length
    unit += length == 4 ? 2 : 1
  }
}
