internal import BitextCore
internal import BitextText

/// Finds words that stand twice in a row: *the the*, *de de*, 的的.
enum RepetitionCheck {
  static func run(_ pair: inout SegmentPair) {
    guard pair.wants(.repetitionWord) else { return }
    let repeated = repetitions(pair.target)
    guard let first = repeated.first else { return }
    // Where the source repeats words, too, the author meant it.
    if repetitions(pair.source, anyWord: true).count >= repeated.count { return }
    let text = String(pair.target.text[TextSpan(first)])
    let word = text.split(separator: " ").first.map(String.init) ?? text
    pair.report(
      .repetitionWord, in: pair.target, first, expected: [pair.target.isChinese ? "" : word],
      "found \(text.quoted), a word twice in a row")
  }

  /// Where a word follows itself.
  private static func repetitions(_ side: PairSide, anyWord: Bool = false) -> [Range<Int>] {
    let words = side.tools.words.words(in: side.text)
    var found: [Range<Int>] = []
    for (one, two) in zip(words, words.dropFirst()) {
      guard one.kind == .word, two.kind == .word else { continue }
      let gap = Int(two.span.start) - Int(one.span.end)
      guard side.isChinese ? gap == 0 : gap == 1 && side.bytes[Int(one.span.end)] == 0x20 else {
        continue
      }
      let left = side.text[one.span]
      let right = side.text[two.span]
      guard left.lowercased() == right.lowercased() else { continue }
      // New words in capitals are names: Duran Duran, Bora Bora.
      if !side.isChinese, right.first?.isUppercase == true, left.first?.isUppercase == true {
        continue
      }
      if !anyWord, !isMistake(String(right).lowercased(), side) { continue }
      found.append(Int(one.span.start)..<Int(two.span.end))
    }
    return found
  }

  /// Words that a text doubles on purpose, and in Chinese those that it never does.
  private static func isMistake(_ word: String, _ side: PairSide) -> Bool {
    switch side.language.language {
    case "zh": particles.contains(word)
    case "en": !english.contains(word)
    case "es": !spanish.contains(word)
    default: true
    }
  }

  private static let particles: Set<String> = [
    "的", "了", "在", "是", "和", "与", "被", "将", "对", "从", "把", "而", "或", "之", "其", "以", "为", "地", "得",
    "與", "將", "對", "從", "為",
  ]
  private static let english: Set<String> = [
    "had", "that", "very", "so", "no", "yes", "ha", "he", "bye", "blah", "hear", "knock", "there",
    "now", "well", "too", "really", "is", "do", "her", "his", "you", "please", "come", "go",
    "never",
    "again", "many", "long", "far", "much", "half", "tut", "chop", "night", "win", "tsk", "boo",
    "oh",
    "who", "what", "one", "cha", "bora", "pom", "hush", "wait", "run", "help", "hey", "la", "da",
    "na",
  ]
  private static let spanish: Set<String> = [
    "no", "sí", "si", "muy", "ya", "ja", "je", "bla", "casi", "así", "más", "tan", "nunca",
    "siempre",
    "toda", "todo", "mucho", "mucha", "bien", "claro", "venga", "anda", "vamos", "tic", "toc", "oh",
    "ay", "eh", "nos", "luego", "ahora", "poco", "jamás", "por favor", "paso", "corre", "cha",
    "nada",
    "café", "vino", "amigo", "rápido", "despacio", "adiós",
  ]
}
