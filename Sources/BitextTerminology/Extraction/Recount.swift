internal import BitextCore

/// Counts the units in which Chinese terms stand, whatever the word break did there.
///
/// A word break that cuts 令人权专家 after 令人 hides 人权. Each form is searched for as a string in every
/// unit; what is found counts as an occurrence.
struct Recount: Sendable {
  /// For each form the units that hold it, ascending.
  let units: [[Int]]
  /// For each form, how often it occurs.
  let counts: [Int]

  /// - Complexity: For Chinese O(forms · text), otherwise O(candidates).
  init(_ document: TermDocument) {
    var units: [[Int]] = Array(repeating: [], count: document.forms.count)
    for (unit, candidates) in document.candidates.enumerated() {
      for candidate in candidates where units[candidate.form].last != unit {
        units[candidate.form].append(unit)
      }
    }
    var counts = document.counts
    if document.language.language == "zh" {
      let texts = document.sentences.map { Array($0.text.utf8) }
      for form in document.forms.indices {
        let surface = document.surface(of: form)
        guard surface.unicodeScalars.allSatisfy(TermForm.isHan) else { continue }
        let bytes = Array(surface.utf8)
        var found: [Int] = []
        var count = 0
        for (unit, text) in texts.enumerated() {
          let here = Self.occurrences(of: bytes, in: text)
          if here > 0 { found.append(unit) }
          count += here
        }
        // Variants of the surface are found as candidates only.
        if found.count >= units[form].count { units[form] = found }
        counts[form] = max(counts[form], count)
      }
    }
    self.units = units
    self.counts = counts
  }

  /// How often a string stands in another, without overlaps.
  static func occurrences(of part: [UInt8], in text: [UInt8]) -> Int {
    guard let first = part.first, text.count >= part.count else { return 0 }
    var count = 0
    var index = 0
    while index <= text.count - part.count {
      if text[index] == first, text[index..<(index + part.count)].elementsEqual(part) {
        count += 1
        index += part.count
      } else {
        index += 1
      }
    }
    return count
  }

  /// The units of a pair: where its links were seen, and where one side is there as a candidate or a
  /// string though the word break hid it.
  func units(
    of pair: PairStatistics, with other: Recount, source: TermDocument, target: TermDocument
  ) -> [Int] {
    guard source.language.language == "zh" || target.language.language == "zh" else {
      return pair.units
    }
    let there = Set(other.units[pair.target])
    let hidden = units[pair.source].filter { unit in
      there.contains(unit) && !pair.units.contains(unit)
        && !(source.candidates[unit].contains { $0.form == pair.source }
          && target.candidates[unit].contains { $0.form == pair.target })
    }
    return hidden.isEmpty ? pair.units : (pair.units + hidden).sorted()
  }
}

/// How far the occurrences of a form are parts of a longer one.
///
/// The idea of C-value (Frantzi, Ananiadou & Mima 2000): what never occurs outside one longer candidate is
/// no term of its own, *Leviathan* in *Digital Leviathan*; what occurs in several, or alone too, may be one.
enum Nesting {
  /// For each form the largest share of its occurrences that one longer form holds, in `0...1`; 0 for forms
  /// that occur once.
  static func shares(_ document: TermDocument) -> [Double] {
    var inside: [UInt64: Int] = [:]
    for candidates in document.candidates {
      for inner in candidates where document.counts[inner.form] > 1 {
        for outer in candidates
        where outer.run != inner.run && outer.run.lowerBound <= inner.run.lowerBound
          && outer.run.upperBound >= inner.run.upperBound && document.counts[outer.form] > 1
          && (outer.noun >= 0.4 || outer.names == 1)
        {
          inside[UInt64(inner.form) << 32 | UInt64(outer.form), default: 0] += 1
        }
      }
    }
    var shares = [Double](repeating: 0, count: document.forms.count)
    // The largest of each form: the order does not matter.
    for (key, count) in inside {
      let form = Int(key >> 32)
      shares[form] = max(shares[form], min(1, Double(count) / Double(document.counts[form])))
    }
    return shares
  }
}
