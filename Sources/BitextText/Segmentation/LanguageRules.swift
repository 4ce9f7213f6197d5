internal import BitextCore

/// What the sentence rules need to know of one language: its words, and which habits apply.
///
/// A value is built once per language and shared; see `LanguageRules.of(_:)`.
struct LanguageRules: Sendable {
  /// Abbreviations, starters, verbs of saying.
  let words: WordTable
  /// Han characters of verbs that follow a quotation: 他说, 問道.
  let ideographicVerbs: [[UInt8]]
  /// `EE. UU.` and `a. C.`: abbreviations of several words keep their spaces.
  let hasSpacedAbbreviations: Bool

  /// The rules of a language; neutral ones when the language has none of its own.
  static func of(_ language: LanguageTag) -> LanguageRules {
    switch language.language {
    case "en": english
    case "es": spanish
    case "zh": chinese
    default: neutral
    }
  }

  static let english = LanguageRules(
    words: WordTable([
      (englishNever, .never), (englishNumbered, .numbered), (englishCalendar, .calendar),
      (englishEndable, .endable), (englishSuppressions, .endable), (englishStarters, .starter),
      (englishSaying, .saying), ("he she they i we it you who me us him her them", .pronoun),
      ("a.m p.m etc", .closing), ("at by before after from until since around", .timePreposition),
      ("chapter section page figure table part volume step number question level", .counted),
      ("and or", .conjunction), (timeZones, .zone),
      (exclaimedNames, .exclaimed), (fileEndings, .ending),
    ]),
    ideographicVerbs: [], hasSpacedAbbreviations: false)

  static let spanish = LanguageRules(
    words: WordTable([
      (spanishNever, .never), (spanishNumbered, .numbered), (spanishCalendar, .calendar),
      (spanishEndable, .endable), (spanishSuppressions, .endable), (spanishStarters, .starter),
      (spanishSaying, .saying), ("él ella ellos ellas yo usted", .pronoun),
      ("a.m p.m etc", .closing),
      ("capítulo sección página figura tabla parte volumen paso", .counted),
      ("y e o u", .conjunction), (timeZones, .zone),
      (exclaimedNames, .exclaimed), (fileEndings, .ending),
    ]),
    ideographicVerbs: [], hasSpacedAbbreviations: true)

  static let chinese = LanguageRules(
    words: WordTable([
      (chineseNever, .never), (chineseNumbered, .numbered), (chineseEndable, .endable),
      (englishStarters, .starter), ("a.m p.m etc", .closing), (exclaimedNames, .exclaimed),
      (fileEndings, .ending),
    ]),
    ideographicVerbs: chineseSaying, hasSpacedAbbreviations: false)

  /// For languages without rules of their own: the signs decide, and a few international words.
  static let neutral = LanguageRules(
    words: WordTable([
      (chineseNever, .never), (chineseNumbered, .numbered), (chineseEndable, .endable),
      ("etc", .closing), (exclaimedNames, .exclaimed), (fileEndings, .ending),
    ]),
    ideographicVerbs: chineseSaying, hasSpacedAbbreviations: true)

  private static let exclaimedNames = "Yahoo Jeopardy Joomla Kaboom Chips"

  private static let timeZones = "EST EDT CST CDT MST MDT PST PDT ET CT PT GMT UTC BST CET CEST"

  private static let fileEndings = """
    ar asp aspx biz ca cl cn co com cpp csv de doc docx edu es exe fr gif gov gz hpp htm html
    info int io java jp jpeg jpg js json jsp me mil mp3 mp4 mx net org pdf php png ppt pptx py
    svg swift tar ts tv txt uk us xls xlsx xml zip
    """

  private static let englishSaying = """
    said says say asked asks cried cries shouted shouts yelled replied replies answered whispered
    exclaimed thought added screamed muttered murmured wondered remarked demanded inquired
    enquired sighed laughed snapped declared insisted
    """

  private static let spanishSaying = """
    dijo dice preguntó pregunta exclamó exclama gritó grita respondió responde contestó contesta
    susurró murmuró añadió agregó replicó comentó aseguró afirmó señaló explicó pensó insistió
    """

  private static let chineseSaying: [[UInt8]] = [
    "说", "說", "道", "问", "問", "答", "表示", "写道", "寫道", "喊", "叫", "笑", "称", "稱", "回答", "补充", "補充", "强调",
    "強調", "指出", "认为", "認為", "解释", "解釋", "嚷", "骂", "罵", "叹", "嘆", "告诉", "告訴",
  ].map { Array($0.utf8) }
}
