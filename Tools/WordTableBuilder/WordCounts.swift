internal import Foundation

/// The company that the words of a language keep in ordinary text.
struct WordCounts {
  /// The words around a word that tell what it is.
  struct Company {
    var determiners: Set<Substring>
    /// Determiners that are pronouns, too (Spanish *la*, *los*).
    var doubtful: Set<Substring>
    var function: Set<Substring>
    var beforeVerbs: Set<Substring>
    var degree: Set<Substring>
    var copulas: Set<Substring>
  }

  struct Word {
    var noun = 0.0
    var adjective = 0.0
    var verb = 0.0
    var count = 0
    var capitals = 0

    var seen: Double { noun + adjective + verb }
  }

  private(set) var words: [Word] = []
  private(set) var texts: [String] = []
  private var numbers: [String: Int] = [:]
  private let isSpanish: Bool
  private let company: Company

  init(isSpanish: Bool) {
    self.isSpanish = isSpanish
    company = isSpanish ? .spanish : .english
  }

  mutating func add(_ line: String) {
    let tokens = Self.tokens(line)
    let lower = tokens.map { Substring($0.lowercased()) }
    func isWord(_ index: Int) -> Bool {
      lower.indices.contains(index)
        && lower[index].unicodeScalars.first.map(Self.isLetter) == true
    }
    for index in lower.indices where isWord(index) {
      let number = number(of: String(lower[index]))
      words[number].count += 1
      if isWord(index - 1), tokens[index].unicodeScalars.first?.properties.isUppercase == true {
        words[number].capitals += 1
        continue
      }
      let before = index > 0 ? lower[index - 1] : ""
      let second = index > 1 ? lower[index - 2] : ""
      let after: Substring = index + 1 < lower.count ? lower[index + 1] : "."
      let ends =
        company.function.contains(after) || after.unicodeScalars.first.map(Self.isLetter) != true
      if isSpanish {
        judgeSpanish(number, lower[index], before, second, after, ends)
      } else {
        judgeEnglish(number, before, second, ends)
      }
    }
  }

  private mutating func judgeEnglish(
    _ number: Int, _ before: Substring, _ second: Substring, _ ends: Bool
  ) {
    if company.determiners.contains(before) {
      if ends { words[number].noun += 1 } else { words[number].adjective += 0.5 }
    } else if company.determiners.contains(second),
      !before.isEmpty, before.unicodeScalars.allSatisfy(Self.isLetter),
      !company.function.contains(before), ends
    {
      words[number].noun += 1
    } else if before == "of", ends {
      words[number].noun += 1
    } else if company.beforeVerbs.contains(before) {
      words[number].verb += 1
    } else if company.degree.contains(before) || company.copulas.contains(before) {
      words[number].adjective += 1
    }
  }

  private mutating func judgeSpanish(
    _ number: Int, _ word: Substring, _ before: Substring, _ second: Substring,
    _ after: Substring, _ ends: Bool
  ) {
    let isDoubtful = company.doubtful.contains(before)
    if company.determiners.contains(before) || isDoubtful {
      if isDoubtful, !ends, !company.determiners.contains(after) {
        let isNominal = ["a", "as", "os", "ón", "ad", "es"].contains { word.hasSuffix($0) }
        words[number].noun += isNominal ? 0.7 : 0
      } else if ends {
        words[number].noun += 1
      } else if !company.determiners.contains(after) {
        words[number].adjective += 0.3
        words[number].noun += 0.15
      }
    } else if before == "de", ends {
      words[number].noun += 0.7
    } else if company.degree.contains(before) {
      words[number].adjective += 1
    } else if company.determiners.contains(second), !company.function.contains(before), ends {
      words[number].adjective += 1
    } else if company.beforeVerbs.contains(before) {
      words[number].verb += 1
    }
  }

  private mutating func number(of word: String) -> Int {
    if let known = numbers[word] { return known }
    numbers[word] = words.count
    words.append(Word())
    texts.append(word)
    return words.count - 1
  }

  /// The noun shares of endings of two to four letters that at least twelve words have, by ending.
  func endings() -> [String: Double] {
    var sums: [String: (share: Double, words: Double)] = [:]
    for (text, word) in zip(texts, words) where word.seen >= 3 {
      let letters = Array(text.unicodeScalars)
      guard letters.count >= 5 else { continue }
      for length in 2...4 where letters.count > length + 1 {
        let ending = Self.ending(letters, length)
        let known = sums[ending] ?? (0, 0)
        sums[ending] = (known.share + word.noun / word.seen, known.words + 1)
      }
    }
    return sums.filter { $0.value.words >= 12 }.mapValues { $0.share / $0.words }
  }

  /// The noun share of each word that occurs three times or more, the most frequent first; equal ones in
  /// the order of their appearance.
  func shares(_ endings: [String: Double]) -> [(text: String, share: Double, word: Word)] {
    var found: [(text: String, share: Double, word: Word)] = []
    for (text, word) in zip(texts, words) {
      let letters = Array(text.unicodeScalars)
      guard word.count >= 3, letters.count >= 2 else { continue }
      var expected = 0.5
      for length in [4, 3, 2] where letters.count > length + 1 {
        if let share = endings[Self.ending(letters, length)] {
          expected = share
          break
        }
      }
      found.append((text, (word.noun + 2 * expected) / (word.seen + 2), word))
    }
    return found.enumerated().sorted {
      $0.element.word.count != $1.element.word.count
        ? $0.element.word.count > $1.element.word.count : $0.offset < $1.offset
    }.map(\.element)
  }

  var total: Int { words.reduce(0) { $0 + $1.count } }

  static func ending(_ letters: [Unicode.Scalar], _ length: Int) -> String {
    var ending = "-"
    ending.unicodeScalars.append(contentsOf: letters.suffix(length))
    return ending
  }

  // MARK: - Tokens

  static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
    default: false
    }
  }

  /// Words with inner apostrophes, runs of digits, and single marks.
  static func tokens(_ line: String) -> [String] {
    let scalars = Array(line.unicodeScalars)
    func isDigit(_ index: Int) -> Bool {
      scalars[index].properties.generalCategory == .decimalNumber
    }
    func isPart(_ index: Int) -> Bool {
      guard scalars.indices.contains(index) else { return false }
      return isLetter(scalars[index])
        || scalars[index].properties.numericType != nil && !isDigit(index)
    }
    var tokens: [String] = []
    var index = 0
    while index < scalars.count {
      var end = index
      if isPart(index) {
        while isPart(end) { end += 1 }
        while end < scalars.count, scalars[end] == "'" || scalars[end] == "’", isPart(end + 1) {
          end += 1
          while isPart(end) { end += 1 }
        }
      } else if isDigit(index) {
        while end < scalars.count, isDigit(end) { end += 1 }
      } else if scalars[index] == "_" || scalars[index].properties.isWhitespace
        || (0x1C...0x1F).contains(scalars[index].value)
      {
        index += 1
        continue
      } else {
        end += 1
      }
      var token = ""
      token.unicodeScalars.append(contentsOf: scalars[index..<end])
      tokens.append(token)
      index = end
    }
    return tokens
  }
}

extension WordCounts.Company {
  private static func words(_ text: String) -> Set<Substring> { Set(text.split(separator: " ")) }

  static let english = WordCounts.Company(
    determiners: words(
      "the a an this these those my your his her its our their some any no every each another"),
    doubtful: [],
    function: words(
      "of is are was were and in to that for with on at by from as will can has had have who which or be it he they we you i but when if because than must should would could into about after before during not may"
    ),
    beforeVerbs: words(
      "to will can could would should must may might not don't doesn't didn't can't won't cannot never i we they you he she it who let please and't"
    ), degree: words("very more most so too as less rather quite"),
    copulas: words("is are was were be been"))

  static let spanish = WordCounts.Company(
    determiners: words(
      "el un una unos unas del al este estos ese esos su sus mi mis tu tus cada ningún algún nuestro nuestra nuestros nuestras estas esas otra otro otros otras"
    ), doubtful: words("la los las esta"),
    function: words(
      "de del que y en a al con por para se es son fue era está están o u e como no sin sobre desde hasta entre cuando si pero ha han puede pueden debe"
    ),
    beforeVerbs: words("no se que puede pueden debe deben quiere quiero va voy van vamos a para"),
    degree: words("muy más tan menos bastante es son está están era fue"), copulas: [])
}
