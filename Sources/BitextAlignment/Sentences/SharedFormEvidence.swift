internal import BitextCore

/// Evidence that needs no dictionary: words that look the same in both texts.
///
/// Numbers, signs and punctuation, Latin words inside Chinese that stand in the other text too, and
/// cognates of alphabetic languages (`constitution`, `constitución`).
///
/// Source: Simard, Foster & Isabelle 1992 for cognates; Melamed 1999 for the ratio of matching letters.
struct SharedFormEvidence: LexicalEvidence {
  /// Whether numbers, signs, punctuation and Latin words inside Chinese count.
  var comparesNumbers = true
  /// Whether cognates count.
  var comparesCognates = true

  /// The least number of letters of a cognate.
  private static let minimumLetters = 4
  /// The largest product of bucket sizes for which all pairs are compared; beyond, only the same
  /// first four letters count.
  private static let largestBucketProduct = 4_000_000

  func entries(
    source: [String], sourceLanguage: LanguageTag, target: [String], targetLanguage: LanguageTag
  ) -> [LexicalEntry] {
    var targetNumbers: [String: Int32] = [:]
    targetNumbers.reserveCapacity(target.count)
    for (number, word) in target.enumerated() { targetNumbers[word] = Int32(number) }
    let isAlphabetic = sharesAlphabet(sourceLanguage, targetLanguage)
    let cognates =
      comparesCognates && isAlphabetic ? Cognates(source: source, target: target) : nil

    var entries: [LexicalEntry] = []
    for (number, word) in source.enumerated() {
      var row: [LexicalEntry] = []
      if comparesNumbers, let same = targetNumbers[word],
        let weight = Self.weightOfSameForm(word, isAlphabetic)
      {
        row.append(
          LexicalEntry(source: Int32(number), target: same, forward: weight, backward: weight))
      }
      if let cognates {
        for (target, similarity) in cognates.partners(of: number) where row.first?.target != target
        {
          row.append(
            LexicalEntry(
              source: Int32(number), target: target, forward: 0.4 * similarity,
              backward: 0.4 * similarity))
        }
      }
      row.sort { $0.target < $1.target }
      entries += row
    }
    return entries
  }

  /// The probability that equal tokens translate each other; `nil` when that says nothing.
  private static func weightOfSameForm(_ word: String, _ sharedAlphabet: Bool) -> Float? {
    guard let first = word.unicodeScalars.first else { return nil }
    switch first {
    case "#", "%", "$", "€", "£", "¥": return 0.8
    case "?", "!", ";", ":", "(", ")", "\"": return 0.5
    default:
      // Equal words of two alphabetic languages are a matter of cognates.
      if sharedAlphabet || FoldedText.isUnspaced(first.value) { return nil }
      return first.value < 0x250 ? 0.7 : nil
    }
  }

  private func sharesAlphabet(_ a: LanguageTag, _ b: LanguageTag) -> Bool {
    let unspaced = ["zh", "ja", "yue", "th", "lo", "km", "my"]
    return !unspaced.contains(a.language) && !unspaced.contains(b.language)
  }

  /// Pairs of words that probably have the same origin.
  private struct Cognates {
    private let sourceForms: [[UInt16]]
    private let targetForms: [[UInt16]]
    /// Target words by their first letters, in ascending order of their numbers.
    private let buckets: [UInt64: [Int32]]
    private let keyLength: Int

    init(source: [String], target: [String]) {
      sourceForms = source.map(Self.plainLetters)
      targetForms = target.map(Self.plainLetters)
      var sizes: [UInt64: (Int, Int)] = [:]
      for form in sourceForms where form.count >= minimumLetters {
        sizes[Self.key(form, 2), default: (0, 0)].0 += 1
      }
      for form in targetForms where form.count >= minimumLetters {
        sizes[Self.key(form, 2), default: (0, 0)].1 += 1
      }
      var product = 0
      for (a, b) in sizes.values { product += a * b }  // an integer sum: order cannot matter
      keyLength = product > largestBucketProduct ? 4 : 2
      var buckets: [UInt64: [Int32]] = [:]
      for (number, form) in targetForms.enumerated() where form.count >= minimumLetters {
        buckets[Self.key(form, keyLength), default: []].append(Int32(number))
      }
      self.buckets = buckets
    }

    func partners(of source: Int) -> [(Int32, Float)] {
      let form = sourceForms[source]
      guard form.count >= minimumLetters else { return [] }
      var found: [(Int32, Float)] = []
      for target in buckets[Self.key(form, keyLength)] ?? [] {
        let similarity = Self.similarity(form, targetForms[Int(target)])
        if similarity > 0 { found.append((target, similarity)) }
      }
      return found
    }

    /// The letters of a word without marks; empty when it holds anything else.
    private static func plainLetters(_ word: String) -> [UInt16] {
      var letters: [UInt16] = []
      for scalar in word.unicodeScalars {
        let value = scalar.value
        if (0x61...0x7A).contains(value) {
          letters.append(UInt16(value))
        } else if value == 0x27 {
          continue
        } else if value >= 0xC0, value < 0x3000 {
          letters.append(plainLetter(value))
        } else {
          return []
        }
      }
      return letters
    }

    /// The Latin letter under the mark; other letters stand for themselves.
    private static func plainLetter(_ value: UInt32) -> UInt16 {
      let plain: [UInt16] = Array(
        "aaaaaaaceeeeiiiidnooooo\u{F7}ouuuuyts".utf16)  // à … ï, ð … ÿ from U+00E0
      if (0xE0...0xFF).contains(value) {
        let index = Int(value - 0xE0)
        return index < plain.count ? plain[index] : UInt16(value)
      }
      if value == 0xDF { return 0x73 }
      return UInt16(value)
    }

    private static func key(_ form: [UInt16], _ length: Int) -> UInt64 {
      form.prefix(length).reduce(0) { $0 << 16 | UInt64($1) }
    }

    /// .8 for a common prefix of at least four letters and 60 % of the longer word; else the share
    /// of letters in common order when it is at least .75.
    private static func similarity(_ a: [UInt16], _ b: [UInt16]) -> Float {
      let longer = max(a.count, b.count)
      var prefix = 0
      while prefix < min(a.count, b.count), a[prefix] == b[prefix] { prefix += 1 }
      if prefix >= 4, prefix * 10 >= longer * 6 { return 0.8 }
      guard abs(a.count - b.count) <= 3, longer <= 64 else { return 0 }
      let shared = 2 * Float(commonSubsequence(a, b)) / Float(a.count + b.count)
      return shared >= 0.75 ? shared : 0
    }

    /// The length of the longest common subsequence, by rows.
    private static func commonSubsequence(_ a: [UInt16], _ b: [UInt16]) -> Int {
      var row = [Int](repeating: 0, count: b.count + 1)
      for letter in a {
        var diagonal = 0
        for index in b.indices {
          let above = row[index + 1]
          row[index + 1] = letter == b[index] ? diagonal + 1 : max(above, row[index])
          diagonal = above
        }
      }
      return row[b.count]
    }
  }
}
