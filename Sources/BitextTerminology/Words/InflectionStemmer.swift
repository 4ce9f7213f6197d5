internal import BitextCore

/// Takes plural endings off nouns and adjectives, lightly: *policies* and *policy*, *derechos* and
/// *derecho* share a stem. Verbs are left alone.
struct InflectionStemmer: Sendable {
  let language: LanguageTag

  /// The stem of a word in lower case.
  func stem(_ word: String) -> String {
    switch language.language {
    case "en": english(word)
    case "es": spanish(word)
    default: word
    }
  }

  private static let irregular = [
    "men": "man", "women": "woman", "people": "people", "children": "child", "feet": "foot",
    "teeth": "tooth", "mice": "mouse", "criteria": "criterion", "phenomena": "phenomenon",
    "analyses": "analysis", "crises": "crisis", "lives": "life", "wives": "wife", "knives": "knife",
    "leaves": "leaf", "shelves": "shelf", "halves": "half", "thieves": "thief", "wolves": "wolf",
    "news": "news", "series": "series", "species": "species", "politics": "politics",
  ]

  private func english(_ word: String) -> String {
    if let known = Self.irregular[word] { return known }
    guard word.utf8.count > 3, word.hasSuffix("s") else { return word }
    if word.hasSuffix("ss") || word.hasSuffix("us") || word.hasSuffix("is") { return word }
    if word.hasSuffix("ies"), word.utf8.count > 4 { return word.dropLast(3) + "y" }
    for ending in ["sses", "shes", "ches", "xes", "zes"] where word.hasSuffix(ending) {
      return String(word.dropLast(2))
    }
    return String(word.dropLast(1))
  }

  private func spanish(_ word: String) -> String {
    guard word.utf8.count > 3, word.hasSuffix("s") else { return word }
    if word.hasSuffix("ces") { return word.dropLast(3) + "z" }
    // The plural moves the accent of a word in -ón, -és, -án …
    for (plural, singular) in [
      ("iones", "ión"), ("ones", "ón"), ("anes", "án"), ("enes", "en"), ("ines", "ín"),
      ("eses", "és"),
    ] where word.hasSuffix(plural) {
      return word.dropLast(plural.utf8.count) + singular
    }
    if word.hasSuffix("es"), word.utf8.count > 4 {
      let before = word.dropLast(2)
      if let last = before.last, "lrdnjyxíú".contains(last) { return String(before) }
    }
    return String(word.dropLast(1))
  }
}
