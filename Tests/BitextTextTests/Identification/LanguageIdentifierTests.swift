import BitextCore
import BitextText
import Testing

@Suite struct `Language identification` {
  private let identifier = LanguageIdentifier()

  @Test(arguments: [
    ("en", "The train leaves at nine from the old station."),
    ("en", "Nobody knew what had happened."),
    ("en", "WHERE IS THE NEAREST PHARMACY?"),
    ("en", "El Niño and La Niña are patterns that scientists watch closely."),
    ("es", "El tren sale a las nueve de la estación vieja."),
    ("es", "Nadie sabía lo que había pasado."),
    ("es", "¿DÓNDE ESTÁ LA FARMACIA MÁS CERCANA?"),
    ("es", "La empresa Microsoft presentó su nuevo Windows en Nueva York."),
    ("zh", "火车九点从旧车站出发。"),
    ("zh", "没有人知道发生了什么事。"),
    ("zh", "我们用Microsoft Windows打开这个文件。"),
    ("zh-Hant", "火車九點從舊車站出發。"),
    ("zh-Hant", "沒有人知道發生了什麼事。"),
    ("zh-Hant", "我們用Microsoft Windows打開這個檔案。"),
  ])
  func `tells the language of a sentence`(_ tag: String, _ text: String) throws {
    let guess = try #require(identifier.identify(text))
    #expect(guess.language.identifier == tag)
    #expect(guess.confidence.probability >= 0.5)
  }

  @Test(arguments: [
    ("Le train part à neuf heures de la vieille gare.", "fr"),
    ("O comboio parte às nove horas da estação velha.", "pt"),
    ("Il treno parte alle nove dalla vecchia stazione.", "it"),
    ("Der Zug fährt um neun Uhr vom alten Bahnhof ab.", "de"),
    ("東京の駅から九時に電車が出ます。", "ja"),
  ])
  func `does not take a neighbour for one of ours`(_ text: String, _ tag: String) throws {
    #expect(try #require(identifier.identify(text)).language.identifier == tag)
  }

  @Test func `doubts a language that it does not know`() throws {
    let guess = try #require(
      identifier.identify("Tåget avgår klockan nio på morgonen från den gamla stationen i staden."))
    #expect(guess.confidence.probability < 0.5)
  }

  @Test(arguments: ["", "   ", "12345 ... !?", "😀😀"])
  func `has no answer where there is no letter`(_ text: String) {
    #expect(identifier.identify(text) == nil)
  }

  @Test func `names the script`() {
    #expect(identifier.identify("这是我们的书。")?.script == "Hans")
    #expect(identifier.identify("這是我們的書。")?.script == "Hant")
    #expect(identifier.identify("中文")?.language == "zh")
    #expect(identifier.identify("中文")?.script == nil)
    #expect(identifier.identify("This is our book.")?.script == "Latn")
  }

  @Test func `reads a bounded part of a long text`() throws {
    let text =
      String(repeating: "The sea was calm that day. ", count: 4_000)
      + String(repeating: "海很平静。", count: 40_000)
    let guess = try #require(identifier.identify(text))
    #expect(guess.language == "en")
    #expect(guess.confidence.probability > 0.99)
  }
}
