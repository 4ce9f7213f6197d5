/// The regular endings of English, undone.
enum EnglishInflection {
  /// Returns the base forms that may stand behind an inflected word, the word itself not among them:
  /// `stopped` gives `stoppe`, `stopp`, `stop`. They are guesses to look up, and most are no words.
  ///
  /// The rules are the endings that a dictionary's user undoes: `-s`, `-es`, `-ed`, `-d`, `-ing`,
  /// `-ing` in place of a last `e`, `-ies` and `-ied` in place of a last `y`, and the last letter
  /// doubled before `-ed` and `-ing`.
  static func baseForms(of word: String) -> [String] {
    let bytes = Array(word.utf8)
    guard bytes.count >= 4, bytes.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A }) else { return [] }
    var forms: [String] = []
    func add(dropping count: Int, adding ending: String = "") {
      guard bytes.count - count >= 2 else { return }
      forms.append(String(decoding: bytes.dropLast(count), as: UTF8.self) + ending)
    }
    func isDoubled(before count: Int) -> Bool {
      bytes.count >= count + 3 && bytes[bytes.count - count - 1] == bytes[bytes.count - count - 2]
    }
    if word.utf8.last == UInt8(ascii: "s") {
      add(dropping: 1)
      if word.hasSuffix("es") { add(dropping: 2) }
      if word.hasSuffix("ies") { add(dropping: 3, adding: "y") }
    } else if word.hasSuffix("ed") {
      add(dropping: 1)
      add(dropping: 2)
      if word.hasSuffix("ied") { add(dropping: 3, adding: "y") }
      if isDoubled(before: 2) { add(dropping: 3) }
    } else if word.hasSuffix("ing") {
      add(dropping: 3)
      add(dropping: 3, adding: "e")
      if isDoubled(before: 3) { add(dropping: 4) }
    }
    return forms
  }
}
