import BitextAlignment
import BitextCore
import Foundation
import Testing

@Suite struct `Damaged lexicons` {
  private let contents = LexiconSamples.contents(words: 20)

  /// Asks everything that can be asked.
  private func use(_ lexicon: TranslationLexicon) {
    let english = contents.first.map(\.text)
    let chinese = contents.second.map(\.text)
    _ = lexicon.entries(
      source: english, sourceLanguage: "en", target: chinese, targetLanguage: "zh")
    _ = lexicon.translations(of: english[3], from: "en")
    _ = lexicon.counts(of: chinese, in: "zh")
    _ = lexicon.notices
    if lexicon.wordCounts.first < 1000 { _ = lexicon.words(in: "en") }
  }

  @Test func `never crash, and verification finds each changed byte`() throws {
    let bytes = try LexiconFile.bytes(of: contents)
    for offset in bytes.indices {
      for change in [UInt8(0xFF), 0x80, 0x01] {
        var damaged = bytes
        damaged[offset] ^= change
        do throws(LexiconError) {
          let lexicon = try TranslationLexicon(Data(damaged))
          use(lexicon)
          var found = false
          do throws(LexiconError) { try lexicon.verify() } catch { found = error.code == .damaged }
          // The tokenizer's version and the flags are told apart by the checksum alone as well.
          #expect(found, "byte \(offset) ^ \(change)")
        } catch {
          #expect(
            [.notALexicon, .damaged, .unsupportedVersion].contains(error.code),
            "byte \(offset): \(error)")
          #expect(!error.message.contains("\n"))
        }
      }
    }
  }

  @Test func `are refused when they end too soon or too late`() throws {
    let bytes = try LexiconFile.bytes(of: contents)
    for length in bytes.indices {
      #expect(throws: LexiconError.self) { try TranslationLexicon(Data(bytes[..<length])) }
    }
    #expect(throws: LexiconError.self) { try TranslationLexicon(Data(bytes + [0])) }
  }

  @Test(arguments: ["", "hello", "PK\u{3}\u{4}", "\u{89}BTLX"])
  func `are told from other files`(_ text: String) {
    do throws(LexiconError) {
      _ = try TranslationLexicon(Data(text.utf8))
      Issue.record("expected an error")
    } catch {
      #expect(error.code == .notALexicon)
      #expect(error.kind == .badData)
    }
  }

  @Test func `that are not there are said to be so`() {
    do throws(LexiconError) {
      _ = try TranslationLexicon(contentsOf: URL(fileURLWithPath: "/nowhere/none.btlex"))
      Issue.record("expected an error")
    } catch {
      #expect(error.code == .unreadable)
      #expect(error.kind == .noInput)
      #expect(error.place == "/nowhere/none.btlex")
    }
  }

  @Test func `of random bytes behind a good header never crash`() throws {
    var numbers = SeededNumbers(seed: 11)
    let bytes = try LexiconFile.bytes(of: contents)
    for _ in 0..<300 {
      var damaged = bytes
      for _ in 0..<Int.random(in: 1...40, using: &numbers) {
        damaged[Int.random(in: 40..<bytes.count, using: &numbers)] = UInt8.random(
          in: 0...255, using: &numbers)
      }
      if let lexicon = try? TranslationLexicon(Data(damaged)) { use(lexicon) }
    }
  }
}
