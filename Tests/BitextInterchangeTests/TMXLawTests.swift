import BitextCore
import BitextInterchange
import Testing

/// Random numbers from a seed: the same seed, the same units.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    // SplitMix64 (Steele, Lea, Flood 2014).
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Units with everything that TMX can say, at random.
struct UnitGenerator {
  var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  private static let pieces = [
    "data", "数字利维坦", "¿Qué?", " ", "  ", "\n", "\r", "\t", "<", ">", "&", "\"", "'", "]]>", "&amp;",
    "😀", "e\u{301}", "\u{A0}", "\u{200F}", "", "人权", "niño", "\u{FEFF}", "\u{85}", "\u{2028}",
  ]

  private static let languages: [LanguageTag] = ["en", "zh", "es", "zh-Hant", "es-MX", "de"]

  mutating func text() -> String {
    (0..<Int.random(in: 0...6, using: &random))
      .map { _ in Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &random)] }.joined()
  }

  mutating func segment() -> Segment {
    var text = ""
    var codes: [InlineCode] = []
    var pair = 0
    var open: [String] = []
    for _ in 0..<Int.random(in: 0...5, using: &random) {
      text += self.text()
      let offset = text.utf8.count
      switch Int.random(in: 0..<6, using: &random) {
      case 0:
        pair += 1
        open.append("\(pair)")
        codes.append(
          InlineCode(
            utf8Offset: offset, kind: .open, name: "bpt",
            attributes: [Attribute(name: "i", value: "\(pair)")], content: content()))
      case 1:
        guard let number = open.popLast() else { continue }
        codes.append(
          InlineCode(
            utf8Offset: offset, kind: .close, name: "ept",
            attributes: [Attribute(name: "i", value: number)], content: content()))
      case 2:
        codes.append(
          InlineCode(utf8Offset: offset, kind: .standalone, name: "ph", content: content()))
      case 3:
        codes.append(InlineCode(utf8Offset: offset, kind: .highlightStart, name: "hi"))
        text += self.text()
        codes.append(
          InlineCode(utf8Offset: text.utf8.count, kind: .highlightEnd, name: "hi"))
      case 4:
        codes.append(
          InlineCode(
            utf8Offset: offset, kind: .isolatedClose, name: "it",
            attributes: [Attribute(name: "pos", value: "end")], content: content()))
      default: break
      }
    }
    return Segment(text, codes: codes)
  }

  private mutating func content() -> [InlineCode.Content] {
    var content: [InlineCode.Content] = []
    let data = text()
    if !data.isEmpty { content.append(.data(data)) }
    if Bool.random(using: &random) {
      let inner = text()
      content.append(
        .element(
          name: "sub", attributes: [Attribute(name: "type", value: text())],
          content: inner.isEmpty ? [] : [.data(inner)]))
    }
    return content
  }

  private mutating func properties() -> [Property] {
    (0..<Int.random(in: 0...2, using: &random)).map { number in
      Property(
        name: "x-\(number)", value: text(),
        language: Bool.random(using: &random) ? "es" : nil)
    }
  }

  private mutating func notes() -> [Note] {
    (0..<Int.random(in: 0...2, using: &random)).map { _ in Note(text()) }
  }

  private mutating func provenance() -> Provenance {
    guard Bool.random(using: &random) else { return Provenance() }
    return Provenance(
      created: Timestamp("20260131T235959Z"), createdBy: text(),
      usageCount: Bool.random(using: &random) ? Int.random(in: 0...9, using: &random) : nil)
  }

  mutating func unit() -> TranslationUnit {
    TranslationUnit(
      identifier: Bool.random(using: &random) ? text() : nil,
      sourceLanguage: Bool.random(using: &random) ? "en" : nil,
      variants: (0..<Int.random(in: 1...4, using: &random)).map { _ in
        Variant(
          language: Self.languages[Int.random(in: 0..<Self.languages.count, using: &random)],
          segment: segment(), provenance: provenance(), properties: properties(), notes: notes())
      }, provenance: provenance(), properties: properties(), notes: notes())
  }
}

@Suite struct `Laws of TMX` {
  @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
  func `export then import is the identity, and the second export is byte-equal`(
    _ seed: UInt64
  ) throws {
    var generator = UnitGenerator(seed: seed)
    let units = (0..<40).map { _ in generator.unit() }
    let header = TMXHeader(sourceLanguage: "en")
    let written = try writeTMX(header, units)
    let (readHeader, readUnits, _) = try readTMX(written)
    #expect(readHeader == header, "seed \(seed)")
    #expect(readUnits == units, "seed \(seed)")
    #expect(try writeTMX(readHeader, readUnits) == written, "seed \(seed)")
  }

  @Test func `a file that is cut anywhere is refused, and never crashes`() throws {
    let bytes = Array(TMXRoundTripSample.text.utf8)
    // Behind the end tag of the root there is nothing left to miss.
    let end = try #require(TMXRoundTripSample.text.firstRange(of: "</tmx>")).upperBound
    let whole = TMXRoundTripSample.text.utf8.distance(
      from: TMXRoundTripSample.text.startIndex, to: end)
    for length in 0..<whole {
      let cut = Array(bytes[..<length])
      #expect(throws: InterchangeError.self, "cut at \(length)") {
        try TMXReader(.bytes(cut, name: "a.tmx")).remainingUnits()
      }
      // Lenient mode keeps whole units or says that the file is none.
      do throws(InterchangeError) {
        var said = 0
        let reader = try TMXReader(
          .bytes(cut, name: "a.tmx"), options: ReadOptions(mode: .lenient)
        ) { if $0.severity == .error { said += 1 } }
        let units = try reader.remainingUnits()
        #expect(said > 0, "cut at \(length)")
        #expect(units.count <= TMXRoundTripSample.units, "cut at \(length)")
      } catch {
        #expect(error.kind == .badData)
      }
    }
  }

  @Test(arguments: [11, 12, 13, 14] as [UInt64])
  func `a file that is damaged at random gives units or an error, never a crash`(
    _ seed: UInt64
  ) {
    var random = SeededGenerator(seed: seed)
    let original = Array(TMXRoundTripSample.text.utf8)
    let interesting =
      Array("<>&\"'/=;#x0!-[]?".utf8) + [0, 0xFF, 0xEF, 0xBF, 0xBE, 0xED, 0xA0, 0x1F]
    for _ in 0..<250 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = interesting[Int.random(in: 0..<interesting.count, using: &random)]
        case 1: bytes.remove(at: place)
        case 2:
          bytes.insert(
            interesting[Int.random(in: 0..<interesting.count, using: &random)], at: place)
        default:
          let end = min(bytes.count, place + Int.random(in: 0...40, using: &random))
          bytes.insert(
            contentsOf: bytes[place..<end], at: Int.random(in: 0..<bytes.count, using: &random))
        }
      }
      for mode in [ReadOptions.Mode.strict, .lenient] {
        do throws(InterchangeError) {
          let reader = try TMXReader(.bytes(bytes, name: "a.tmx"), options: ReadOptions(mode: mode))
          let units = try reader.remainingUnits()
          // Whatever was read can be written and reads the same again. Attributes may change their order,
          // which XML does not keep, so the second writing is compared.
          let written = try writeTMX(reader.header, units)
          let again = try readTMX(written)
          #expect(again.units.count == units.count, "seed \(seed)")
          #expect(try writeTMX(again.header, again.units) == written, "seed \(seed)")
        } catch {
          #expect(!error.message.isEmpty)
          #expect(error.place != nil)
        }
      }
    }
  }

  @Test func `the size of the pieces does not matter`() throws {
    // Units that straddle every boundary of 64 KiB pieces, with references and wide characters on them.
    let units = (0..<3000).map { number in
      smallUnit("\(number)", "利维坦 &amp; &#x6570; " + String(repeating: "é", count: number % 57))
    }
    let (_, read, said) = try readTMX(smallTMX(units))
    #expect(said.isEmpty)
    #expect(read.map(\.identifier) == (0..<3000).map { "\($0)" })
    for (number, unit) in read.enumerated() {
      #expect(
        unit.variants[0].segment.text == "利维坦 & 数 " + String(repeating: "é", count: number % 57))
    }
  }

  @Test(arguments: [0, 1, 500, 1999, 2999])
  func `places are exact however far into the file they are`(_ bad: Int) {
    var units = (0..<3000).map { smallUnit("\($0)", "数字利维坦 \($0)") }
    units[bad] = smallUnit("bad", "数字&")
    let error = #expect(throws: InterchangeError.self) { try readTMX(smallTMX(units)) }
    #expect(
      error?.description
        == "a.tmx:\(4 + bad):42: error: found \"&\" that opens no reference, expected &amp; (unit \(bad + 1), tuid \"bad\")"
    )
  }
}

/// A small file with something of everything.
enum TMXRoundTripSample {
  static let text = `TMX round trips`.complete
  static let units = 2
}
