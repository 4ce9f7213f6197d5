import BitextCore
import Foundation
import Testing

@testable import BitextText

@Suite struct `The Chinese lexicon` {
  @Test func `ships with the library and is intact`() throws {
    let lexicon = try #require(ChineseLexicon.standard, "zh.words does not lie beside the program")
    #expect(lexicon.isIntact)
    #expect(lexicon.layout.wordCount == 251_388)
    for word in ["我们", "研究", "的", "民主", "世界", "人工智能"] { #expect(lexicon.cost(of: word) != nil) }
    for word in ["我的", "是一", "abc", "", "这是", "数字利维坦"] { #expect(lexicon.cost(of: word) == nil) }
    #expect(lexicon.cost(of: "國家") == lexicon.cost(of: "国家"), "both scripts share an entry")
  }

  @Test func `holds exactly the words it was built from`() throws {
    var generator = SeededGenerator(seed: 3)
    let characters = Array("一丁七万丈三上下不与丐丑专且世丘丙业丛东丝丢两严")
    var costs: [String: Int] = [:]
    var builder = ChineseLexiconBuilder()
    for _ in 0..<3000 {
      let length = Int(generator.next() % 5) + 1
      let word = String(
        (0..<length).map { _ in characters[Int(generator.next() % UInt64(characters.count))] })
      let cost = Int(generator.next() % 255) + 1
      let isHeld = builder.add(word, cost: cost)
      #expect(isHeld)
      costs[word] = min(costs[word] ?? 256, cost)
    }
    let refused = [builder.add("abc", cost: 1), builder.add("", cost: 1)]
    #expect(refused == [false, false])
    let file = builder.build(wordPenalty: 7)
    #expect(file == builder.build(wordPenalty: 7), "the same words give the same file")
    let lexicon = try #require(ChineseLexicon(Data(file)))
    #expect(lexicon.isIntact)
    #expect(lexicon.layout.wordCount == costs.count)
    #expect(lexicon.layout.wordPenalty == 7)
    for (word, cost) in costs { #expect(lexicon.cost(of: word) == cost, "\(word)") }
    for _ in 0..<3000 {
      let length = Int(generator.next() % 6) + 1
      let word = String(
        (0..<length).map { _ in characters[Int(generator.next() % UInt64(characters.count))] })
      #expect(lexicon.cost(of: word) == costs[word], "\(word)")
    }
  }

  @Test func `refuses what is not its file`() {
    var builder = ChineseLexiconBuilder()
    builder.add("世界", cost: 10)
    let file = builder.build(wordPenalty: 1)
    #expect(ChineseLexicon(Data(file)) != nil)
    #expect(ChineseLexicon(Data()) == nil)
    #expect(ChineseLexicon(Data(file.dropLast())) == nil)
    #expect(ChineseLexicon(Data(file + [0])) == nil)
    for place in [0, 4, 8, 12, 16] {
      var damaged = file
      damaged[place] ^= 1
      #expect(ChineseLexicon(Data(damaged)) == nil, "byte \(place)")
    }
    var damaged = file
    damaged[file.count - 1] ^= 1
    #expect(ChineseLexicon(Data(damaged))?.isIntact == false)
  }

  @Test func `never leads a damaged file out of its bounds`() throws {
    var generator = SeededGenerator(seed: 11)
    var builder = ChineseLexiconBuilder()
    for word in ["世界", "世界人", "人民", "民主", "主人", "界", "世", "人", "民", "主"] {
      builder.add(word, cost: 20)
    }
    let file = builder.build(wordPenalty: 1)
    let text = "世界人民主人世界民主民人界世"
    for _ in 0..<40 {
      var damaged = file
      for _ in 0..<40 {
        let place = 64 + Int(generator.next() % UInt64(file.count - 64))
        damaged[place] = UInt8(truncatingIfNeeded: generator.next())
      }
      let segmenter = WordSegmenter(
        language: "zh", terms: [], lexicon: ChineseLexicon(Data(damaged)))
      let words = segmenter.words(in: text)
      #expect(words.reduce(0) { $0 + $1.span.count } == text.utf8.count)
    }
  }

  @Test func `gives the path of least cost`() throws {
    var generator = SeededGenerator(seed: 5)
    // Characters that are neither numerals nor parts of names.
    let characters = Array("的是在我他这个们到说你会得着过能下然没看起发用还")
      .filter { character in
        character.unicodeScalars.allSatisfy {
          ChineseCharacterRoles.standard.roles[Int($0.value - ChineseLexicon.Layout.firstCode)] == 0
        }
      }
    #expect(characters.count > 10)
    func random(_ length: Int) -> String {
      String((0..<length).map { _ in characters[Int(generator.next() % UInt64(characters.count))] })
    }
    var costs: [String: Int] = [:]
    var builder = ChineseLexiconBuilder()
    for _ in 0..<400 {
      let word = random(Int(generator.next() % 4) + 1)
      let cost = Int(generator.next() % 255) + 1
      builder.add(word, cost: cost)
      costs[word] = min(costs[word] ?? 256, cost)
    }
    let lexicon = try #require(ChineseLexicon(Data(builder.build(wordPenalty: 9))))
    let segmenter = WordSegmenter(language: "zh", terms: [], lexicon: lexicon)
    for _ in 0..<200 {
      let text = random(40)
      let found = segmenter.words(in: text).map { String(text[$0.span]) }
      #expect(found.joined() == text)
      #expect(cost(of: found, costs) == leastCost(text, costs), "\(text)")
    }
  }

  /// What a segmentation costs; a single character may be unknown.
  private func cost(of words: [String], _ costs: [String: Int]) -> Int {
    words.reduce(0) { $0 + (costs[$1] ?? ($1.count == 1 ? 255 : 1_000_000)) + 9 }
  }

  /// The slow twin of the lattice: every cut at every place.
  private func leastCost(_ text: String, _ costs: [String: Int]) -> Int {
    let characters = Array(text)
    var best = [Int](repeating: .max, count: characters.count + 1)
    best[0] = 0
    for end in 1...characters.count {
      for start in max(0, end - 6)..<end {
        let word = String(characters[start..<end])
        if let cost = costs[word] ?? (end - start == 1 ? 255 : nil) {
          best[end] = min(best[end], best[start] + cost + 9)
        }
      }
    }
    return best[characters.count]
  }
}
