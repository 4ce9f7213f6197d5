/// A run of signs that may end a sentence: `.`, `?!`, `. . .`, `。`.
struct Candidate {
  /// Where the run begins and ends.
  var start: Int
  var end: Int
  /// Full stops in the run, of any width.
  var stops = 0
  /// Whether it holds `!` or `?`, of any width.
  var isEmphatic = false
  /// Whether it holds an ideographic sign.
  var isIdeographic = false
  /// Whether it holds `…`.
  var hasEllipsisSign = false
  /// Whether spaces stand inside it.
  var isSpaced = false

  /// Two stops or more, or `…`, and nothing else.
  var isEllipsis: Bool { !isEmphatic && !isIdeographic && (hasEllipsisSign || stops > 1) }
}

/// What was taken to the left after a candidate.
struct ClosedSigns {
  /// Where the sentence would end.
  var end: Int
  /// The quote that was closed first, and any bracket.
  var quote: OpenPunctuation.Mark?
  var bracket: OpenPunctuation.Mark?
  /// A quote sign was taken that was not known to be open.
  var unmatchedQuote = false
  /// A footnote mark or a smiley was taken.
  var hasNote = false

  var closedQuote: Bool { quote != nil || unmatchedQuote }
  var isEmpty: Bool { !closedQuote && bracket == nil }
}

/// What stands after a candidate and its closing signs.
struct Following {
  /// The first character that is not white space.
  var start: Int
  /// Whether white space stands before it.
  var hasSpace: Bool
  /// Its scalar.
  var sign: UInt32
  /// The kind of the first letter or digit, opening signs skipped.
  var kind: CharacterKind
  /// Where that letter stands.
  var letter: Int
  /// An opening quote or bracket, ¿ or ¡ was skipped.
  var opens = false
  /// ¿ or ¡ was skipped.
  var isInverted = false
  /// A dash was skipped that is glued to the letter.
  var isDashed = false
}

extension SentenceScanner {
  /// Decides upon the run of terminators that begins at `index`; returns where to go on.
  mutating func decideTerminator(at index: Int) -> Int {
    if text.bytes[index] == 0x2E, let next = passListMarker(at: index) { return next }
    let candidate = candidate(at: index)
    var closed = takeClosers(after: candidate)
    takeNotes(after: candidate, &closed)
    if breaksLine(at: closed.end) || text.skippingWhiteSpace(from: closed.end) >= text.count {
      return closed.end
    }
    let following = following(from: closed.end)
    switch decide(candidate, closed, following) {
    case .none: return closed.end
    case .boundary:
      if isKeptTogether(at: closed.end) { return closed.end }
      end(at: following.start, .terminator)
      return following.start
    case .after(let place):
      if isKeptTogether(at: place) { return closed.end }
      let next = text.skippingWhiteSpace(from: place)
      end(at: next, .terminator)
      return closed.end
    }
  }

  /// Whether a quotation or an ideographic bracket that is still open forbids a boundary.
  mutating func isKeptTogether(at index: Int) -> Bool {
    for mark in open.marks {
      let holds =
        mark.sign.isIdeographicBracket || mark.sign == .squareBracket
        || (options.quotations == .keep && mark.sign.isQuote)
      if holds, closers.closes(mark.sign, after: index, in: text) { return true }
    }
    return false
  }

  /// The whole run of terminators at `index`, spaced ellipses (`. . .`) included.
  private func candidate(at index: Int) -> Candidate {
    var candidate = Candidate(start: index, end: index)
    var place = index
    var previous: UInt32 = 0
    while place < text.count {
      let (value, length) = text.scalar(at: place)
      if value == 0x20 {
        // One space inside: `. . .` and `? ? ?`, but not `Yes. .5`.
        let next = text.byte(place + 1)
        let isRepeated = UInt32(next) == previous && (next == 0x2E || next == 0x3F || next == 0x21)
        let after = text.byte(place + 2)
        guard isRepeated, !(next == 0x2E && isWordStart(after)) || candidate.isSpaced else { break }
        candidate.isSpaced = true
        place += 1
        continue
      }
      switch value {
      case 0x2E, 0xFF0E: candidate.stops += 1
      case 0x3002, 0xFF61:
        candidate.stops += 1
        candidate.isIdeographic = true
      case 0x21, 0x3F, 0x203C, 0x2047...0x2049: candidate.isEmphatic = true
      case 0xFF01, 0xFF1F:
        candidate.isEmphatic = true
        candidate.isIdeographic = true
      case 0x2026: candidate.hasEllipsisSign = true
      default: return candidate
      }
      previous = value
      place += length
      candidate.end = place
    }
    return candidate
  }

  private func isWordStart(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
  }

  // MARK: - What goes left

  /// Takes the closing quotes and brackets after the run.
  private mutating func takeClosers(after candidate: Candidate) -> ClosedSigns {
    var closed = ClosedSigns(end: candidate.end)
    while closed.end < text.count {
      let (value, length) = text.scalar(at: closed.end)
      guard let role = PunctuationRole(value), role.direction != .opens else { break }
      var size = length
      var sign = role.sign
      if value == 0x27, text.byte(closed.end + 1) == 0x27 {
        size = 2
        sign = .straightDouble
      }
      if open.isOpen(sign), value != 0x2019 || !text.kind(at: closed.end + size).isLetter {
        // A straight quote glued to the next word opens it: ."Next
        if role.direction == .either, text.kind(at: closed.end + size).isLetter, !isChinese,
          open.marks.last?.sign != sign
        {
          break
        }
        let mark = open.close(sign)
        if sign.isQuote {
          closed.quote = closed.quote ?? mark
        } else {
          closed.bracket = mark
        }
      } else if isClosingByPosition(closed.end, length: size) {
        // A bracket that nobody opened closes, too; no sentence begins with it.
        if sign.isQuote { closed.unmatchedQuote = true }
      } else {
        break
      }
      closed.end += size
    }
    return closed
  }

  /// A straight quote that is followed by white space or a closer and not preceded by white space.
  private func isClosingByPosition(_ index: Int, length: Int) -> Bool {
    guard !ScannedText.isWhiteSpace(text.scalar(before: index).value) else { return false }
    let next = index + length
    if next >= text.count || text.whiteSpace(at: next) > 0 { return true }
    guard let role = PunctuationRole(text.scalar(at: next).value) else { return false }
    return role.direction != .opens
  }

  /// Takes footnote marks (`[12]`, `.11 Take`) and smileys after the run.
  private func takeNotes(after candidate: Candidate, _ closed: inout ClosedSigns) {
    while true {
      let place = text.byte(closed.end) == 0x20 ? closed.end + 1 : closed.end
      guard text.byte(place) == 0x5B, let end = footnoteEnd(at: place, isApart: place > closed.end)
      else { break }
      closed.end = end
      closed.hasNote = true
    }
    // A superscript number lost its position: "consultation.11 12 Take".
    let before = text.scalar(before: candidate.start)
    if candidate.stops == 1, !candidate.isEmphatic, !closed.hasNote,
      (0x31...0x39).contains(text.byte(closed.end)),
      CharacterKind(before.value) == .lower || before.value == 0x29 || !closed.isEmpty
    {
      var end = closed.end
      var groups = 0
      while groups < 4 {
        var digits = end
        while digits - end < 4, (0x30...0x39).contains(text.byte(digits)) { digits += 1 }
        guard digits > end, digits - end < 4 else { break }
        groups += 1
        closed.hasNote = true
        closed.end = digits
        guard text.byte(digits) == 0x20 || text.byte(digits) == 0x2C,
          (0x30...0x39).contains(text.byte(digits + 1))
        else { break }
        end = digits + 1
      }
      if text.whiteSpace(at: closed.end) == 0 || !startsCapitalWord(closed.end) {
        closed.end = candidate.end
        closed.hasNote = false
      }
    }
    if text.byte(closed.end) == 0x20 {
      let end = smileyEnd(at: closed.end + 1)
      if end > closed.end {
        closed.end = end
        closed.hasNote = true
      }
    }
  }

  private func startsCapitalWord(_ index: Int) -> Bool {
    text.kind(at: text.skippingWhiteSpace(from: index)) == .upper
  }

  /// `[12]`, `[2–11]`, `[a]`, `[citation needed]`: at most 24 bytes between brackets.
  private func footnoteEnd(at index: Int, isApart: Bool) -> Int? {
    var end = index + 1
    var letters = 0
    var digits = 0
    while end - index < 26 {
      let byte = text.byte(end)
      switch byte {
      case 0x5D:
        guard end > index + 1 else { return nil }
        let isNote =
          letters == 0 && digits > 0 || letters == 1 && !isApart
          || isEditorial(index + 1..<end) || !isApart && isOmission(index + 1..<end)
        return isNote ? end + 1 : nil
      case 0x30...0x39: digits += 1
      case 0x61...0x7A, 0x41...0x5A: letters += 1
      case 0x20, 0x2C, 0x2D, 0x2E, 0x3A, 0xE2, 0x80, 0x93, 0xA6: break
      default: return nil
      }
      end += 1
    }
    return nil
  }

  /// `[...]` and `[…]`: words were left out here.
  private func isOmission(_ range: Range<Int>) -> Bool {
    range.count == 3
      && (text.byte(range.lowerBound) == 0x2E || text.scalar(at: range.lowerBound).value == 0x2026)
  }

  private static let editorialNotes = [
    Array("citation".utf8), Array("note ".utf8), Array("cita".utf8),
  ]

  private func isEditorial(_ range: Range<Int>) -> Bool {
    Self.editorialNotes.contains { text.matches($0, at: range.lowerBound) }
  }

  /// The end of a smiley that stands alone at `index`: `:)` `;-)` `:D` `<3` `^^`; else `index`.
  private func smileyEnd(at index: Int) -> Int {
    var end = index
    switch text.byte(end) {
    case 0x3A, 0x3B, 0x3D:
      end += 1
      if text.byte(end) == 0x2D || text.byte(end) == 0x27 { end += 1 }
      switch text.byte(end) {
      case 0x29, 0x28, 0x44, 0x50, 0x70, 0x2F, 0x7C, 0x2A, 0x4F, 0x6F, 0x5D, 0x5B: end += 1
      default: return index - 1
      }
      while text.byte(end) == text.byte(end - 1), end - index < 8 { end += 1 }
    case 0x3C where text.byte(end + 1) == 0x33: end += 2
    case 0x5E where text.byte(end + 1) == 0x5E: end += 2
    case 0x5E where text.byte(end + 1) == 0x5F && text.byte(end + 2) == 0x5E: end += 3
    default: return index - 1
    }
    return end >= text.count || text.whiteSpace(at: end) > 0 ? end : index - 1
  }

  /// Speech that is broken off ends with its closing quote: *"If you please--" The Rabbit ran.*
  mutating func passInterruption(at index: Int, end place: Int) {
    let (before, start) = text.scalar(before: index)
    guard before == 0x2014 || before == 0x2D && text.byte(start - 1) == 0x2D else { return }
    let next = text.skippingWhiteSpace(from: place)
    guard next > place, next < text.count, text.kind(at: next) == .upper,
      classes(of: word(at: next)).contains(.starter), !breaksLine(at: place)
    else { return }
    if !isKeptTogether(at: place) { end(at: next, .terminator) }
  }

  /// A smiley is a sign of its own: *Thanks :) See you*. Returns where to go on.
  mutating func passSmiley(at index: Int) -> Int? {
    let eyes = text.byte(index - 1) == 0x2D ? index - 2 : index - 1
    guard eyes > sentenceStart, text.byte(eyes) == 0x3A || text.byte(eyes) == 0x3B,
      smileyEnd(at: eyes) == index + 1, !open.isOpen(.parenthesis)
    else { return nil }
    let next = text.skippingWhiteSpace(from: index + 1)
    if next < text.count, text.kind(at: next) == .upper, !breaksLine(at: index + 1) {
      end(at: next, .terminator)
    }
    return index + 1
  }

  // MARK: - What follows

  private static let addressStarts = [
    Array("http://".utf8), Array("https://".utf8), Array("www.".utf8),
  ]

  private func isAddress(at index: Int) -> Bool {
    Self.addressStarts.contains { text.matches($0, at: index) }
  }

  /// Looks past white space and opening signs at what follows.
  private func following(from end: Int) -> Following {
    let start = text.skippingWhiteSpace(from: end)
    var following = Following(
      start: start, hasSpace: start > end, sign: text.scalar(at: start).value, kind: .none,
      letter: start)
    var place = start
    var steps = 0
    while place < text.count, steps < 8 {
      let (value, length) = text.scalar(at: place)
      switch value {
      case 0xBF, 0xA1:
        following.isInverted = true
        following.opens = true
      case 0x2D, 0x2013, 0x2014, 0x2015:
        following.isDashed = true
      case 0x2A, 0x5F, 0x2022: break
      case 0x20,
        0xA0 where steps > 0:
        following.isDashed = false
      default:
        guard let role = PunctuationRole(value), role.direction != .closes else {
          following.kind = CharacterKind(value)
          following.letter = place
          if following.kind == .lower, isAddress(at: place) {
            // An address is written small wherever it stands.
            following.kind = .other
            following.opens = true
          }
          return following
        }
        following.opens = true
      }
      place += length
      steps += 1
    }
    following.kind = text.kind(at: place)
    following.letter = place
    return following
  }
}
