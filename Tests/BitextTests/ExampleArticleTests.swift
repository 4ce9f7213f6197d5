import Bitext
import Testing

@Suite struct `The example article` {
  let article: ExampleArticle

  /// Terms cost most of the time of an unoptimised build; here they do not matter.
  private var alignmentOnly: CorpusBuilder.Options {
    var options = CorpusBuilder.Options()
    options.terms.linking.rounds = 1
    options.terms.linking.chains = 1
    return options
  }

  init() throws {
    article = try ExampleArticle()
  }

  @Test(arguments: [0, 1, 2])
  func `is cut into sentences as a reader would`(_ index: Int) {
    let language = ExampleArticle.languages[index]
    let text = article.texts[index]
    let found = SentenceSegmenter(language: language).sentences(in: text)
      .map { String(text[$0.content]) }
    #expect(found == article.sentences[index])
  }

  @Test func `is aligned as its gold says, every unit, in three languages`() throws {
    let corpus = try CorpusBuilder(ExampleArticle.languages, options: alignmentOnly)
      .build(from: article.texts)
    let found = corpus.alignment.units.map { unit in unit.ranges.map(Array.init) }
    for unit in article.units {
      #expect(found.contains(unit), "missing \(unit)")
    }
    #expect(found == article.units)
  }

  /// Two texts alone know less than three together; these are the beads that then go wrong.
  @Test(arguments: [(0, 1, 2), (0, 2, 0), (1, 2, 6)])
  func `is aligned two by two with few beads wrong`(
    _ first: Int, _ second: Int, _ wrong: Int
  ) throws {
    let languages = [ExampleArticle.languages[first], ExampleArticle.languages[second]]
    let corpus = try CorpusBuilder(languages, options: alignmentOnly)
      .build(from: [article.texts[first], article.texts[second]])
    // An omission is one sentence a bead.
    let gold = article.units.flatMap { unit -> [[[Int]]] in
      let pair = [unit[first], unit[second]]
      if pair[0].isEmpty || pair[1].isEmpty {
        return pair[0].map { [[$0], []] } + pair[1].map { [[], [$0]] }
      }
      return [pair]
    }
    let found = corpus.alignment.units.map { unit in unit.ranges.map(Array.init) }
    #expect(found.count { !gold.contains($0) } <= wrong)
  }

  @Test func `yields its headline term in three languages, accepted`() throws {
    let corpus = try CorpusBuilder(ExampleArticle.languages)
      .build(from: article.texts)
    let headline = corpus.concepts.first { concept in
      concept.terms["en"]?.text == "Digital Leviathan"
        && concept.terms["zh"]?.text == "数字利维坦"
        && concept.terms["es"]?.text == "Leviatán digital"
    }
    #expect(headline?.status == .accepted)
    #expect(corpus.concepts.prefix(3).contains { $0 == headline })
  }
}
