internal import BitextCore

/// One pass over a text that finds where its sentences end.
///
/// The scanner runs from sign to sign: bytes that cannot matter are skipped by a table. It keeps
/// where the sentence began, which quotes and brackets are open, and the list it is in. Each sign
/// is decided upon once and by looking a bounded way around it, so that the time is linear in the
/// text whatever the text holds; nothing recurses.
struct SentenceScanner {
  let text: ScannedText
  let options: SentenceSegmenter.Options
  let rules: LanguageRules
  let isChinese: Bool

  var open = OpenPunctuation()
  var lineBreaks: LineBreaks
  var addresses = ProtectedSpans()
  var closers = CloserIndex()
  /// The marker of the list item that was seen last.
  var list: ListMarker?
  /// Where the content of the current sentence begins.
  var sentenceStart = 0
  /// Where its span begins; the same but for white space at the start of the text.
  private var spanStart = 0
  private var found: [Sentence] = []
  /// The class of each byte; kept here since a global costs a check at each access.
  private let byteClasses = ByteClass.table
  private let signBits = SignBits.table
  /// How many signs were looked at.
  private(set) var decisions = 0
  /// How much was looked at beyond a bounded way around each sign: the tests hold both against the
  /// length of the text.
  var searchSteps: Int { closers.steps + addresses.steps + lineBreaks.steps }

  init(
    _ text: ScannedText, language: LanguageTag, rules: LanguageRules,
    options: SentenceSegmenter.Options
  ) {
    self.text = text
    self.options = options
    self.rules = rules
    isChinese = language.language == "zh"
    lineBreaks = LineBreaks(mode: options.newlines)
  }

  /// Runs the pass. A scanner is used once.
  mutating func sentences() -> [Sentence] {
    guard text.count > 0 else { return [] }
    found.reserveCapacity(text.count / 80 + 4)
    sentenceStart = text.skippingWhiteSpace(from: 0)
    lineBreaks.beginLine(at: sentenceStart)
    var index = sentenceStart
    while true {
      index = nextSign(from: index)
      if index >= text.count { break }
      decisions += 1
      index = look(at: index)
    }
    finish()
    return found
  }

  /// The next position from `index` on where a sign that matters may stand.
  private func nextSign(from index: Int) -> Int {
    let bytes = text.bytes.span
    let classes = byteClasses.span
    let bits = signBits.span
    var index = index
    while index < bytes.count {
      let byte = bytes[index]
      let kind = classes[Int(byte)]
      if kind == ByteClass.plain.rawValue {
        index &+= 1
      } else if kind == ByteClass.wide.rawValue {
        index &+= 3
        // Two Han characters at a time, while there are two.
        while index &+ 3 < bytes.count, bytes[index] &- 0xE4 < 6, bytes[index &+ 3] &- 0xE4 < 6 {
          index &+= 6
        }
      } else if kind == ByteClass.lead.rawValue {
        // Commas, spaces and letters that begin with the same bytes as the signs are passed here.
        guard index &+ 2 < bytes.count else { return index }
        let second = bytes[index &+ 1]
        let third = bytes[index &+ 2]
        let row = SignBits.row(byte, second)
        if bits[row] &>> UInt64(third & 0x3F) & 1 != 0 { return index }
        index &+= row < 64 ? 2 : 3
      } else {
        return index
      }
    }
    return bytes.count
  }

  /// Looks at the sign at `index`, ends the sentence when it says so, and returns where to go on.
  private mutating func look(at index: Int) -> Int {
    switch ByteClass(rawValue: byteClasses[Int(text.bytes[index])]) ?? .plain {
    case .plain, .wide: return index + 1
    case .lineBreak: return passLineBreak(at: index)
    case .terminator: return decideTerminator(at: index)
    case .opener:
      if let role = PunctuationRole(UInt32(text.bytes[index])) { open.open(role.sign, at: index) }
      return index + 1
    case .closer:
      if text.bytes[index] == 0x29 {
        if let next = passListMarker(at: index) { return next }
        if let next = passSmiley(at: index) { return next }
      }
      if let role = PunctuationRole(UInt32(text.bytes[index])) { open.close(role.sign) }
      return index + 1
    case .quote:
      return passStraightQuote(at: index)
    case .semicolon: return passSemicolon(at: index, length: 1)
    case .lead:
      return lookAtScalar(index)
    }
  }

  private mutating func lookAtScalar(_ index: Int) -> Int {
    let (value, length) = text.scalar(at: index)
    switch value {
    case 0x85, 0x2028, 0x2029: return passLineBreak(at: index)
    case 0x2026, 0x3002, 0xFF01, 0xFF1F, 0xFF0E, 0xFF61, 0x203C, 0x2047...0x2049:
      return decideTerminator(at: index)
    case 0xFF1B: return passSemicolon(at: index, length: length)
    default: break
    }
    guard let role = PunctuationRole(value) else { return index + max(length, 1) }
    switch role.direction {
    case .opens: open.open(role.sign, at: index)
    case .closes, .either:
      if role.sign == .curlySingle, isApostrophe(at: index, length: length) { break }
      // »German« and »Danish« quotes point the other way.
      if open.close(role.sign) != nil {
        if role.sign == .curlyDouble { passInterruption(at: index, end: index + length) }
      } else if role.sign == .guillemet, opensHere(index, length: length) {
        open.open(role.sign, at: index)
      }
    }
    return index + length
  }

  /// Ends the sentence at a semicolon, if the options say so.
  private mutating func passSemicolon(at index: Int, length: Int) -> Int {
    let place = index + length
    guard options.semicolonEndsSentence else { return place }
    let next = text.skippingWhiteSpace(from: place)
    if next > place || length > 1, !breaksLine(at: place), !isKeptTogether(at: place) {
      end(at: next, .terminator)
    }
    return place
  }

  // MARK: - Quotes

  /// Opens or closes at a straight quote, by what stands beside it.
  private mutating func passStraightQuote(at index: Int) -> Int {
    let isDouble = text.bytes[index] == 0x22
    var length = 1
    if !isDouble, text.byte(index + 1) == 0x27 { length = 2 }  // two of them are one double quote
    let sign: PairedSign = isDouble || length == 2 ? .straightDouble : .straightSingle
    if length == 1, !isDouble, isApostrophe(at: index, length: 1) { return index + 1 }
    if opensHere(index, length: length) {
      open.close(sign)
      open.open(sign, at: index)
    } else if open.close(sign) != nil {
      if sign == .straightDouble { passInterruption(at: index, end: index + length) }
    } else if touchesIdeographs(index, length: length) {
      open.open(sign, at: index)
    }
    return index + length
  }

  /// Whether the sign stands between letters or digits, or elides at the start of a word ('nineties).
  func isApostrophe(at index: Int, length: Int) -> Bool {
    let before = CharacterKind(text.scalar(before: index).value)
    let after = text.kind(at: index + length)
    return (before.isLetter || before == .digit) && before != .ideograph
      && (after.isLetter || after == .digit) && after != .ideograph
  }

  /// Whether a quote here has nothing before it and something after it.
  func opensHere(_ index: Int, length: Int) -> Bool {
    let (before, _) = text.scalar(before: index)
    let startsHere =
      before == 0 || ScannedText.isWhiteSpace(before) || before == 0x2014 || before == 0x2013
      || before == 0x2D || before == 0xBF || before == 0xA1 || before == 0x22 || before == 0x27
      || PunctuationRole(before).map { $0.direction == .opens } ?? false
      || before == 0xFF1A || before == 0xFF0C
    guard startsHere else { return false }
    let next = index + length
    return next < text.count && text.whiteSpace(at: next) == 0
      && !(before == 0x22 && open.isOpen(.straightDouble) && text.bytes[index] == 0x22)
  }

  private func touchesIdeographs(_ index: Int, length: Int) -> Bool {
    isChinese
      && (CharacterKind(text.scalar(before: index).value) == .ideograph
        || text.kind(at: index + length) == .ideograph)
  }

  // MARK: - Lines and lists

  /// Passes white space that holds a line break.
  private mutating func passLineBreak(at index: Int) -> Int {
    let start = text.trimmedEnd(index, floor: sentenceStart)
    let gap = start..<text.skippingWhiteSpace(from: index)
    guard gap.upperBound < text.count else { return gap.upperBound }
    let meaning = lineBreaks.meaning(of: gap, sentenceStart: sentenceStart, in: text)
    lineBreaks.beginLine(at: gap.upperBound)
    switch meaning {
    case .space: break
    case .line:
      end(at: gap.upperBound, .lineBreak)
      open.removeAll()
    case .paragraph:
      end(at: gap.upperBound, .paragraph)
      open.removeAll()
      list = nil
    }
    return gap.upperBound
  }

  /// Whether the white space at `index` ends the sentence by itself.
  mutating func breaksLine(at index: Int) -> Bool {
    var end = index
    var hasBreak = false
    while end < text.count {
      let length = text.whiteSpace(at: end)
      if length == 0 { break }
      switch text.scalar(at: end).value {
      case 0x0A...0x0D, 0x85, 0x2028, 0x2029: hasBreak = true
      default: break
      }
      end += length
    }
    guard hasBreak, end < text.count else { return false }
    return lineBreaks.meaning(of: index..<end, sentenceStart: sentenceStart, in: text) != .space
  }

  /// Takes note of a list marker that ends at `index`, and begins a sentence before it when it
  /// continues a list. Returns where to go on; `nil` when there is no marker.
  mutating func passListMarker(at index: Int) -> Int? {
    guard let marker = ListMarker(endingAt: index, in: text) else { return nil }
    if marker.start == sentenceStart {
      list = marker
      if marker.style == .enclosed { open.close(.parenthesis) }
      return marker.end
    }
    guard text.whiteSpace(at: marker.end) > 0, marker.start > sentenceStart else { return nil }
    let before = text.scalar(
      before: text.trimmedEnd(marker.start, floor: sentenceStart)
    ).value
    if let list, marker.follows(list), before != 0x2C, before != 0x3B || marker.style != .dot,
      !continuesItem(before: marker.start)
    {
      end(at: marker.start, .listItem)
      self.list = marker
      if marker.style == .enclosed { open.close(.parenthesis) }
      return marker.end
    }
    if before == 0x3A, marker.isFirst {
      list = marker
      if marker.style == .enclosed { open.close(.parenthesis) }
      return marker.end
    }
    return nil
  }

  /// Whether the number at `index` belongs to the word before it, *chapter 2*, or is joined to the
  /// item before it, *(a) and (b)*.
  private func continuesItem(before index: Int) -> Bool {
    let word = word(before: text.trimmedEnd(index, floor: sentenceStart))
    return !classes(of: word).isDisjoint(with: [.counted, .numbered, .conjunction])
  }

  // MARK: - Ends

  /// Ends the current sentence; the next one begins at `index`, which is not white space.
  mutating func end(at index: Int, _ reason: EndReason) {
    guard index > sentenceStart, index < text.count else { return }
    let contentEnd = text.trimmedEnd(index, floor: sentenceStart)
    found.append(
      Sentence(
        span: TextSpan(spanStart..<index), content: TextSpan(sentenceStart..<contentEnd),
        end: reason))
    spanStart = index
    sentenceStart = index
  }

  private mutating func finish() {
    let contentEnd = text.trimmedEnd(text.count, floor: sentenceStart)
    found.append(
      Sentence(
        span: TextSpan(spanStart..<text.count), content: TextSpan(sentenceStart..<contentEnd),
        end: .endOfText))
  }
}

/// What a byte may begin.
enum ByteClass: UInt8 {
  case plain, lineBreak, terminator, opener, closer, quote, semicolon
  /// The first byte of a longer scalar that may be one of these.
  case lead
  /// The first byte of a Han character, which takes three bytes and never matters.
  case wide

  /// The class of each byte value.
  static let table: [UInt8] = {
    var table = [UInt8](repeating: ByteClass.plain.rawValue, count: 256)
    for byte in [0x0A, 0x0B, 0x0C, 0x0D] { table[byte] = ByteClass.lineBreak.rawValue }
    for byte in [0x21, 0x2E, 0x3F] { table[byte] = ByteClass.terminator.rawValue }
    for byte in [0x28, 0x5B, 0x7B] { table[byte] = ByteClass.opener.rawValue }
    for byte in [0x29, 0x5D, 0x7D] { table[byte] = ByteClass.closer.rawValue }
    table[0x3B] = ByteClass.semicolon.rawValue
    for byte in [0x22, 0x27] { table[byte] = ByteClass.quote.rawValue }
    for byte in [0xC2, 0xE2, 0xE3, 0xEF] { table[byte] = ByteClass.lead.rawValue }
    for byte in 0xE4...0xE9 { table[byte] = ByteClass.wide.rawValue }
    return table
  }()
}

/// Which scalars beyond ASCII the scanner has to look at: one bit each.
///
/// A table, since commas and full stops of Chinese follow each other in no order that a processor could
/// guess. A test holds the bits against the roles of all scalars.
enum SignBits {
  /// 64 rows for each of the leads C2, E2, E3 and EF: bits for the last six bits of the third byte.
  static let table: [UInt64] = {
    var table = [UInt64](repeating: 0, count: 256)
    // NEL, « and »: the second byte is the last, whatever follows.
    for second in [0x85, 0xAB, 0xBB] as [UInt8] { table[row(0xC2, second)] = .max }
    // U+2000 on: ‘ ’ ‚ “ ” „ ‟ … ‹ › ‼, line and paragraph separators.
    table[row(0xE2, 0x80)] = 0x1600_0340_F700_0000
    // U+2040 on: ⁇ ⁈ ⁉.
    table[row(0xE2, 0x81)] = 0x0380
    // U+3000 on: 。 and the brackets from 〈 to 】.
    table[row(0xE3, 0x80)] = 0x0003_FF04
    // U+FF00 on: ！ （ ） ． ； ？.
    table[row(0xEF, 0xBC)] = 0x8800_4302
    // U+FF40 on: ｡.
    table[row(0xEF, 0xBD)] = 0x0002_0000_0000
    return table
  }()

  /// The row of the table for the first two bytes of a scalar. `first` is C2, E2, E3 or EF.
  @inline(__always)
  static func row(_ first: UInt8, _ second: UInt8) -> Int {
    // Of these four leads, the bits 5, 0 and 3 together count from 0 to 3.
    let lead = (first &>> 5 & 1) &+ (first & 1) &+ (first &>> 3 & 1)
    return Int(lead) &<< 6 | Int(second & 0x3F)
  }
}

/// Whether what is open at a place is closed again before the paragraph ends.
///
/// A forgotten quote must not keep the rest of a text in one sentence. For each sign the next place
/// where it closes is searched once and remembered, so that all questions together are linear.
struct CloserIndex {
  private struct Entry {
    var from = 0
    var closer = -1
  }
  private var entries = [Entry](repeating: Entry(), count: 16)
  /// How many characters were searched.
  private(set) var steps = 0

  /// Whether `sign`, open at `index`, closes before a blank line.
  mutating func closes(_ sign: PairedSign, after index: Int, in text: ScannedText) -> Bool {
    let slot = Int(sign.rawValue)
    let entry = entries[slot]
    if entry.closer >= 0, index >= entry.from, index <= entry.closer {
      return entry.closer < text.count && !Self.isBlankLine(at: entry.closer, in: text)
    }
    var place = index
    while place < text.count {
      steps += 1
      if Self.isBlankLine(at: place, in: text) { break }
      let (value, length) = text.scalar(at: place)
      if let role = PunctuationRole(value), role.sign == sign, role.direction != .opens,
        Self.canClose(at: place, length: length, in: text)
      {
        break
      }
      place += max(length, 1)
    }
    entries[slot] = Entry(from: index, closer: place)
    return place < text.count && !Self.isBlankLine(at: place, in: text)
  }

  /// An apostrophe inside a word closes nothing.
  private static func canClose(at index: Int, length: Int, in text: ScannedText) -> Bool {
    let next = CharacterKind(text.scalar(at: index + length).value)
    return length == 3 && text.scalar(at: index).value != 0x2019 || !next.isLetter
      || next == .ideograph
  }

  private static func isBlankLine(at index: Int, in text: ScannedText) -> Bool {
    let byte = text.byte(index)
    if byte == 0xE2 { return text.scalar(at: index).value == 0x2029 }
    guard byte == 0x0A else { return false }
    var next = index + 1
    while [0x20, 0x09, 0x0D].contains(text.byte(next)) { next += 1 }
    return text.byte(next) == 0x0A
  }
}
