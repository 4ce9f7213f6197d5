import BitextCore
import Testing

@testable import BitextAlignment

@Suite struct `Chinese names in pinyin` {
  @Test func `are found whole, by the given name, and from both sides`() {
    let chinese = ["王琦瑶", "上海", "我们", "北京"]
    let english = ["qiyao", "shanghai", "women", "beijing", "wang"]
    let expected = [[0, 0], [1, 1], [3, 3]]
    let there = RomanizedNameEvidence().entries(
      source: chinese, sourceLanguage: "zh", target: english, targetLanguage: "en")
    #expect(there.map { [Int($0.source), Int($0.target)] } == expected)
    let back = RomanizedNameEvidence().entries(
      source: english, sourceLanguage: "en", target: chinese, targetLanguage: "zh-Hant")
    #expect(back.map { [Int($0.target), Int($0.source)] } == expected)
    #expect(
      RomanizedNameEvidence().entries(
        source: english, sourceLanguage: "en", target: english, targetLanguage: "es"
      ).isEmpty)
  }
}
