internal import BitextCore

/// The other forms that a word of a term takes in a text: number, and in Spanish gender. Verbs are left
/// alone.
///
/// Forms are made by rule, not looked up: most that are made for an odd word are no words at all, and
/// do no harm, since no text holds them. What would do harm is left out: *news* is not the plural of
/// *new*, and *casa* is no form of *caso*.
struct InflectionForms: Sendable {
  /// How a form differs from the word.
  enum Change: UInt8, Sendable {
    /// In number alone.
    case number = 1
    /// In gender, with or without number.
    case gender = 2
  }

  /// A form of a word.
  struct Form: Sendable, Hashable {
    var text: [UInt8]
    var change: Change
  }

  private typealias Letters = [UInt32]
  private enum Rules: Sendable { case english, spanish, none }

  private let rules: Rules
  /// Words that have no other form inside a term: *of*, *de*.
  private let fixed: Set<String>

  init(language: LanguageTag) {
    switch language.language {
    case "en": rules = .english
    case "es": rules = .spanish
    default: rules = .none
    }
    let border = BorderWords(language: language)
    fixed = border.inner.union(border.never)
  }

  /// Whether words of the language have other forms at all.
  var isEmpty: Bool { rules == .none }

  /// The other forms of a word in lower case; none for a word that has none.
  func forms(of word: String) -> [Form] {
    guard rules != .none, !fixed.contains(word) else { return [] }
    let letters = word.unicodeScalars.map(\.value)
    guard letters.count >= 3, letters.count <= 40,
      letters.allSatisfy({ $0 &- 0x61 < 26 || $0 &- 0xE0 < 0x20 })
    else { return [] }
    var numbers: [Letters] = []
    var genders: [Letters] = []
    if rules == .english {
      Self.english(letters, word, into: &numbers)
    } else {
      Self.spanish(letters, into: &numbers)
      if letters.count >= 4 {
        for one in [letters] + numbers { Self.otherGender(one, into: &genders) }
      }
    }
    var forms: [Form] = []
    func add(_ form: Letters, _ change: Change) {
      guard form.count >= 2, form != letters else { return }
      var text: [UInt8] = []
      for letter in form {
        if letter < 0x80 {
          text.append(UInt8(letter))
        } else {
          text.append(UInt8(0xC0 | letter >> 6))
          text.append(UInt8(0x80 | letter & 0x3F))
        }
      }
      guard !forms.contains(where: { $0.text == text }) else { return }
      forms.append(Form(text: text, change: change))
    }
    for form in numbers { add(form, .number) }
    for form in genders { add(form, .gender) }
    return forms
  }

  /// Whether a noun names people by what they do, so that it has both genders: *usuario* and *usuaria*.
  static func namesPeople(_ word: String) -> Bool {
    let stem = word.hasSuffix("s") ? word.dropLast(1) : word[...]
    for (ending, length) in [
      ("dor", 5), ("tor", 5), ("sor", 5), ("dora", 6), ("tora", 6), ("sora", 6), ("dore", 6),
      ("tore", 6), ("sore", 6), ("ario", 6), ("aria", 6), ("ado", 7), ("ada", 7), ("ano", 7),
      ("ana", 7), ("ero", 7), ("era", 7),
    ] where stem.count >= length && stem.hasSuffix(ending) {
      return true
    }
    return false
  }

  // MARK: English

  /// Singular and plural of words that no rule makes.
  private static let irregular: [String: [String]] = {
    var forms: [String: [String]] = [:]
    for pair in [
      "man men", "woman women", "child children", "foot feet", "tooth teeth", "mouse mice",
      "criterion criteria", "phenomenon phenomena", "life lives", "wife wives", "knife knives",
      "leaf leaves", "shelf shelves", "half halves", "thief thieves", "wolf wolves", "self selves",
      "index indices", "matrix matrices", "appendix appendices", "vertex vertices",
      "person people", "datum data", "medium media", "curriculum curricula", "formula formulae",
      "corpus corpora", "bias biases", "alias aliases", "gas gases", "lens lenses",
      "canvas canvases",
      "schema schemata", "bacterium bacteria", "spectrum spectra", "stimulus stimuli",
    ] {
      let words = pair.split(separator: " ").map(String.init)
      forms[words[0], default: []].append(words[1])
      forms[words[1], default: []].append(words[0])
    }
    return forms
  }()

  /// Words in *-s* that are no plural of the word without it.
  private static let unchanging: Set<String> = [
    "news", "means", "goods", "customs", "arms", "series", "species", "politics", "economics",
    "mathematics", "physics", "always", "perhaps", "whereas", "bias", "gas", "lens", "canvas",
    "alias", "atlas", "this", "his", "its", "has", "was", "does", "less", "plus", "yes", "premises",
    "headquarters", "sales",
  ]

  private static func english(_ word: Letters, _ text: String, into forms: inout [Letters]) {
    if let others = irregular[text] {
      for other in others { forms.append(other.unicodeScalars.map(\.value)) }
      return
    }
    // A plural.
    let last = word[word.count - 1]
    let before = word[word.count - 2]
    if ends(word, "is") {
      forms.append(word.dropLast(2) + letters("es"))
    } else if last == s || last == x || last == z || ends(word, "ch") || ends(word, "sh") {
      forms.append(word + letters("es"))
    } else if last == y, !isVowel(before) {
      forms.append(word.dropLast(1) + letters("ies"))
    } else {
      forms.append(word + [s])
      if last == o { forms.append(word + letters("es")) }
    }
    // A singular.
    guard last == s, word.count >= 4, before != s, !ends(word, "us"), !ends(word, "is"),
      !unchanging.contains(text)
    else { return }
    forms.append(Array(word.dropLast(1)))
    if ends(word, "ies"), word.count > 4 {
      forms.append(word.dropLast(3) + [y])
    } else if before == e {
      for ending in ["ses", "xes", "zes", "ches", "shes", "oes"] where ends(word, ending) {
        forms.append(Array(word.dropLast(2)))
      }
      if ends(word, "ses") { forms.append(word.dropLast(2) + letters("is")) }
    }
  }

  // MARK: Spanish

  private static func spanish(_ word: Letters, into forms: inout [Letters]) {
    let last = word[word.count - 1]
    if last == s {
      singulars(word, into: &forms)
      // The plural of a word in -s: mes, interés.
      if word.count <= 4 || accented.contains(word[word.count - 2]) {
        forms.append(withoutAccents(word) + letters("es"))
      }
      return
    }
    if isVowel(last) || accented.contains(last) {
      forms.append(word + [s])
      if last == 0xED || last == 0xFA { forms.append(word + letters("es")) }
    } else if last == z {
      forms.append(withoutLastAccent(Array(word.dropLast(1))) + letters("ces"))
    } else {
      forms.append(withoutLastAccent(word) + letters("es"))
      if ends(word, "en") { forms.append(accentingBeforeLast(word) + letters("es")) }
      if !([n, r, l, d, y].contains(last)) { forms.append(word + [s]) }
      if let other = irregularPlural[word] { forms.append(other) }
    }
  }

  private static let irregularPlural: [Letters: Letters] = [
    letters("carácter"): letters("caracteres"), letters("régimen"): letters("regímenes"),
    letters("espécimen"): letters("especímenes"),
  ]

  private static func singulars(_ word: Letters, into forms: inout [Letters]) {
    guard word.count >= 4 else { return }
    forms.append(Array(word.dropLast(1)))
    guard ends(word, "es"), word.count >= 5 else { return }
    if ends(word, "ces") { forms.append(word.dropLast(3) + [z]) }
    let stem = Array(word.dropLast(2))
    forms.append(stem)
    let last = stem[stem.count - 1]
    if last == n || last == s || last == z || last == l || last == r {
      // The plural lost an accent (razones) or moved one (imágenes).
      if let vowel = stem.lastIndex(where: isVowel), vowel == stem.count - 2 {
        var accentedStem = stem
        accentedStem[vowel] = acute(stem[vowel])
        if !stem.contains(where: { accented.contains($0) }) { forms.append(accentedStem) }
      }
      if stem.contains(where: { accented.contains($0) }) { forms.append(withoutAccents(stem)) }
    }
    for (singular, plural) in irregularPlural where plural == word { forms.append(singular) }
  }

  private static func otherGender(_ word: Letters, into forms: inout [Letters]) {
    let isPlural = word[word.count - 1] == s
    let stem = isPlural ? Array(word.dropLast(1)) : word
    let plural: Letters = isPlural ? [s] : []
    guard let last = stem.last, stem.count >= 3 else { return }
    if last == o {
      forms.append(stem.dropLast(1) + [a] + plural)
    } else if last == a {
      if ends(stem, "ora") {
        forms.append(isPlural ? stem.dropLast(1) + letters("es") : Array(stem.dropLast(1)))
      } else {
        forms.append(stem.dropLast(1) + [o] + plural)
      }
    } else if isPlural, ends(stem, "ore") {
      forms.append(stem.dropLast(1) + letters("as"))
    } else if !isPlural, ends(stem, "or") {
      forms.append(stem + [a])
    }
  }

  // MARK: Letters

  private static let a: UInt32 = 0x61
  private static let d: UInt32 = 0x64
  private static let e: UInt32 = 0x65
  private static let l: UInt32 = 0x6C
  private static let n: UInt32 = 0x6E
  private static let o: UInt32 = 0x6F
  private static let r: UInt32 = 0x72
  private static let s: UInt32 = 0x73
  private static let x: UInt32 = 0x78
  private static let y: UInt32 = 0x79
  private static let z: UInt32 = 0x7A
  private static let accented: [UInt32] = [0xE1, 0xE9, 0xED, 0xF3, 0xFA]
  private static let plain: [UInt32] = [0x61, 0x65, 0x69, 0x6F, 0x75]

  private static func letters(_ text: String) -> Letters { text.unicodeScalars.map(\.value) }

  private static func isVowel(_ letter: UInt32) -> Bool { plain.contains(letter) }

  private static func ends(_ word: Letters, _ ending: String) -> Bool {
    let count = ending.utf8.count
    return word.count > count && word.suffix(count).elementsEqual(ending.utf8.lazy.map(UInt32.init))
  }

  private static func acute(_ vowel: UInt32) -> UInt32 {
    plain.firstIndex(of: vowel).map { accented[$0] } ?? vowel
  }

  private static func withoutAccents(_ word: Letters) -> Letters {
    word.map { letter in accented.firstIndex(of: letter).map { plain[$0] } ?? letter }
  }

  /// Without the accent of the last syllable, which a plural's ending makes needless: *razón*.
  private static func withoutLastAccent(_ word: Letters) -> Letters {
    var word = word
    guard let place = word.lastIndex(where: { isVowel($0) || accented.contains($0) }) else {
      return word
    }
    if let vowel = accented.firstIndex(of: word[place]) { word[place] = plain[vowel] }
    return word
  }

  /// With an accent on the vowel before the last one: *imagen* becomes *imágen*-.
  private static func accentingBeforeLast(_ word: Letters) -> Letters {
    var word = word
    let vowels = word.indices.filter { isVowel(word[$0]) }
    guard vowels.count >= 2 else { return word }
    let place = vowels[vowels.count - 2]
    word[place] = acute(word[place])
    return word
  }
}
