internal import BitextCore

/// What the words of a text say about which language in Latin letters it is in.
struct LatinEvidence {
  private var scores = [Double](repeating: 0, count: Tongue.allCases.count)
  private var words = 0
  private var letters = 0
  /// How many words were function words of any language.
  private var recognized = 0

  enum Tongue: Int, CaseIterable {
    case english, spanish, french, portuguese, italian, german, catalan

    var tag: LanguageTag {
      switch self {
      case .english: "en"
      case .spanish: "es"
      case .french: "fr"
      case .portuguese: "pt"
      case .italian: "it"
      case .german: "de"
      case .catalan: "ca"
      }
    }
  }

  /// Longer words are read up to here.
  private static let maximumWordBytes = 24
  /// More words than these add nothing.
  private static let maximumWords = 4000

  init(_ text: String, maximumBytes: Int) {
    let bytes = Array(text.utf8.prefix(maximumBytes))
    var word: [UInt8] = []
    var index = 0
    while index <= bytes.count, words < Self.maximumWords {
      let byte = index < bytes.count ? bytes[index] : 0
      if byte | 0x20 >= 0x61, byte | 0x20 <= 0x7A {
        if word.count < Self.maximumWordBytes { word.append(byte | 0x20) }
        index += 1
      } else if byte == 0xC3, index + 1 < bytes.count {
        let next = bytes[index + 1]
        if word.count < Self.maximumWordBytes {
          word += [byte, next < 0x9F && next != 0x97 ? next | 0x20 : next]
        }
        index += 2
      } else {
        if byte == 0xC2, index + 1 < bytes.count,
          bytes[index + 1] == 0xBF || bytes[index + 1] == 0xA1
        {
          scores[Tongue.spanish.rawValue] += 4  // ¿ ¡
        }
        if !word.isEmpty { count(word) }
        word.removeAll(keepingCapacity: true)
        index += 1
      }
    }
  }

  private mutating func count(_ word: [UInt8]) {
    words += 1
    letters += word.count
    var key = WordKey()
    for byte in word.prefix(16) { key.append(byte) }
    if word.count <= 16, let weights = FunctionWords.shared.weights(of: key) {
      recognized += 1
      for tongue in scores.indices { scores[tongue] += weights[tongue] }
      return
    }
    guard word.count > 2 else { return }
    for group in LetterGroup.all where group.isIn(word) {
      scores[group.tongue.rawValue] += group.weight
    }
  }

  /// The language with the most evidence; `nil` when there is no word.
  func guess() -> LanguageGuess? {
    guard words > 0 else { return nil }
    var scores = scores
    // English and Spanish are what we are asked for; a neighbour has to speak up.
    for tongue in scores.indices.dropFirst(2) { scores[tongue] -= 2 }
    var best = 0
    for tongue in scores.indices where scores[tongue] > scores[best] { best = tongue }
    guard scores[best] > 0 else {
      return LanguageGuess(language: "en", confidence: Confidence(0.2), script: "Latn")
    }
    // Each unit of weight is taken as half a nat of evidence, since words are not independent.
    let others = scores.indices.reduce(0.0) { sum, tongue in
      tongue == best ? sum : sum + exponential(0.5 * (scores[tongue] - scores[best]))
    }
    var probability = 1 / (1 + others)
    // A text in a language that we do not know has hardly any word that we know.
    let share = Double(recognized) / Double(words)
    if words >= 8, share < 0.15 { probability *= 0.3 + 4.6 * share }
    // Little text tells little.
    probability *= min(1, 0.5 + scores[best] / 12)
    return LanguageGuess(
      language: (Tongue(rawValue: best) ?? .english).tag,
      confidence: Confidence(min(0.999, probability)), script: "Latn")
  }

  /// e to the power of `exponent`, which is not above zero; the last bits do not matter.
  private func exponential(_ exponent: Double) -> Double {
    if exponent < -30 { return 0 }
    var result = 1.0
    var term = 1.0
    let part = exponent / 32
    for step in 1...8 {
      term *= part / Double(step)
      result += term
    }
    for _ in 0..<5 { result *= result }
    return result
  }
}

/// Letters that betray a language where they stand in a word.
private struct LetterGroup: Sendable {
  enum Place { case anywhere, start, end }
  let letters: [UInt8]
  let place: Place
  let tongue: LatinEvidence.Tongue
  let weight: Double

  func isIn(_ word: [UInt8]) -> Bool {
    let count = letters.count
    guard count <= word.count else { return false }
    switch place {
    case .start: return matches(word, at: 0)
    case .end: return matches(word, at: word.count - count)
    case .anywhere:
      for start in 0...(word.count - count) where matches(word, at: start) { return true }
      return false
    }
  }

  private func matches(_ word: [UInt8], at start: Int) -> Bool {
    for offset in letters.indices where word[start + offset] != letters[offset] { return false }
    return true
  }

  static let all: [LetterGroup] = {
    var groups: [LetterGroup] = []
    /// `-ing` stands at the end, `wh-` at the start, `th` anywhere.
    func add(_ tongue: LatinEvidence.Tongue, _ weight: Double, _ list: String) {
      for item in list.split(separator: " ") {
        let place: Place = item.hasPrefix("-") ? .end : item.hasSuffix("-") ? .start : .anywhere
        groups.append(
          LetterGroup(
            letters: item.utf8.filter { $0 != 0x2D }, place: place, tongue: tongue, weight: weight))
      }
    }
    add(.english, 1.2, "th wh- -ing -ght sh ck -ly -ness -ful -ould kn-")
    add(
      .english, 0.7, "ee oo w k -ed -y -tion -tions -ous -ough -er -al -ss -ck -ment -ble -n't -ts")
    add(.spanish, 2, "ñ")
    add(.spanish, 2.5, "-ción -ciones -dad -dades -iendo -ieron -ía -ían -aron")
    add(
      .spanish, 1.2,
      "-ado -ada -ados -adas -ido -ida -idos -idas -mente -ando -ero -ara -illo ue ie rr")
    add(.spanish, 0.8, "-o -a -os -as á í ó ú -ar -or -ante -encia")
    add(.french, 2, "è ê û œ -eux -aux -eau -ement -ique ç")
    add(.french, 1, "eu oi ai -ille -aire -que")
    add(.french, 0.8, "-ée -és -ées -ons -ent -eur -oi ou é à -elle -esse -re")
    add(.portuguese, 4, "ã õ -ção -ções")
    add(.portuguese, 1.5, "nh lh ç -eiro -eira -agem -am -ou ê â -dade -ões -em")
    add(.portuguese, 0.6, "-o -a -os -as -ar -ado -ada")
    add(.italian, 2.5, "-zione -zioni -gli -ità -ò -ù")
    add(.italian, 1.2, "cch zz gh gli -ato -ata -ati -ono -are -ere -ire -elli -etto -mente tt")
    add(.italian, 0.7, "-i -e -o -a")
    add(.german, 2.5, "ß ä ö ü sch -ung -keit -heit -lich -chen")
    add(.german, 1, "ei ch ge- ver- -en -er tz -ig au ie -st")
    add(.catalan, 2.5, "l·l -ció -ny -ts -tge")
    add(.catalan, 1, "-itat -ment -ques -es -ar ix à è ò")
    return groups
  }()
}

/// The words that hold sentences together, with their weight for each language.
///
/// A word that two languages share speaks for both, so that it decides nothing between them.
private struct FunctionWords: Sendable {
  private var slots: [(key: WordKey, weights: [Double])?]
  private let mask: Int

  static let shared = FunctionWords()

  func weights(of key: WordKey) -> [Double]? {
    slots[position(of: key)]?.weights
  }

  private func position(of key: WordKey) -> Int {
    var index = key.slot & mask
    while let slot = slots[index], slot.key != key { index = (index + 1) & mask }
    return index
  }

  private init() {
    slots = Array(repeating: nil, count: 2048)
    mask = 2047
    for (tongue, list) in Self.lists {
      for (rank, word) in list.split(whereSeparator: { $0 == " " || $0 == "\n" }).enumerated() {
        var key = WordKey()
        for byte in word.utf8 { key.append(byte) }
        let index = position(of: key)
        var weights =
          slots[index]?.weights ?? Array(repeating: 0, count: LatinEvidence.Tongue.allCases.count)
        // The first words of a list are the most frequent ones.
        weights[tongue.rawValue] = max(
          weights[tongue.rawValue], rank < 20 ? 4 : rank < 50 ? 3 : 2.5)
        slots[index] = (key, weights)
      }
    }
    // A word of one language alone says more than one that neighbours share.
    for index in slots.indices {
      guard let (key, weights) = slots[index], weights.count(where: { $0 > 0 }) == 1 else {
        continue
      }
      slots[index] = (key, weights.map { $0 > 0 ? $0 + 1 : 0 })
    }
  }

  private static let lists: [(LatinEvidence.Tongue, String)] = [
    (
      .english,
      """
      the of and to in a is that it for was on with he as be his at by this had not are but from or
      have an they which you were her all she there would their we him been has when who will more if
      out so said what up its about than into them can only other new some could time these two may
      then do first any my now such like our over man me even most made after also did many before
      must through years where much your way well down should because each just those people how too
      little good very make world still own see men work long here get both between life being under
      never day same another know while last might us great old year off come since against go came
      right used take three i am does don t s isn didn won ll ve re no yes please thanks
      """
    ),
    (
      .spanish,
      """
      de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha
      me si sin sobre este ya entre cuando todo esta ser son dos también fue había era muy años hasta
      desde está mi porque qué sólo solo han yo hay vez puede todos así nos ni parte tiene él uno
      donde bien tiempo mismo ese ahora cada e vida otro después te otros aunque esa eso hace otra
      gobierno tan durante siempre día tanto ella tres sí dijo sido gran país según menos mundo año
      antes estado contra sino forma caso nada hacer general estaba poco estos presidente mayor ante
      unos les algo hacia casa ellos ayer hecho primera mucho mientras además quien momento millones
      esto espera usted cómo quién dónde cuál algunos estas fueron ustedes nosotros tu tus eres estoy
      he va voy ver aquí allí gracias señor hola
      """
    ),
    (
      .french,
      """
      de la le et les des en à un du une que est pour qui dans a par plus pas au sur ne se le ce il sont
      la les ou avec son il aux d l qu s n c j cette ont ses mais comme on tout nous sa fait été aussi
      leur bien peut ces y même être sans entre deux encore elle vous je où très si leurs après
      """
    ),
    (
      .portuguese,
      """
      de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das
      tem à seu sua ou ser quando muito há nos já está eu também só pelo pela até isso ela entre era
      depois sem mesmo aos ter seus quem nas me esse eles estão você tinha foram essa num nem suas meu
      """
    ),
    (
      .italian,
      """
      di e il la che in un a per è una del non si sono le con i da della al dei come anche gli nel più
      lo alla ha ma se delle o ed questo dal su ci suo era quando nella degli dalla stato essere due
      sua così molto anni dopo quello fatto perché tutti ancora loro già prima sul cui questa
      """
    ),
    (
      .german,
      """
      der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an
      werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war
      haben nur oder aber vor zur bis mehr durch man sein wurde wir ich kann gegen vom schon wenn habe
      """
    ),
    (
      .catalan,
      """
      de la i el a que en per les els un va una amb del és al com dels es no més seva són o aquest
      han ha seu fou aquesta entre fins però també quan anys molt va ser pel tot dos on sobre sense
      """
    ),
  ]
}
