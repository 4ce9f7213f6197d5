/// What a candidate is found to be.
enum Decision: Equatable {
  case none
  /// The sentence ends after the candidate and its closing signs.
  case boundary
  /// The sentence ends at this place inside the candidate.
  case after(Int)
}

extension SentenceScanner {
  /// Decides upon one candidate. Each clause is one rule of punctuation; the order matters.
  mutating func decide(_ run: Candidate, _ closed: ClosedSigns, _ next: Following) -> Decision {
    if neverBegins(next.sign) || next.sign == 0x2F && next.hasSpace { return .none }
    if run.isIdeographic { return decideIdeographic(run, closed, next) }
    if isLoneMark(run, closed) { return .none }
    if isChinese, run.isEllipsis, run.hasEllipsisSign {
      return closed.closedQuote && !isReportAfterQuotation(at: next.start) ? .boundary : .none
    }
    if !next.hasSpace, !closed.hasNote { return decideGlued(run, closed, next) }
    if run.isEllipsis { return decideEllipsis(run, closed, next) }
    if run.isEmphatic { return decideEmphatic(run, closed, next) }
    return decideStop(run, closed, next)
  }

  /// Signs that continue a sentence wherever they stand.
  private func neverBegins(_ sign: UInt32) -> Bool {
    switch sign {
    case 0x2C, 0x3B, 0x3A, 0x29, 0x5D, 0x7D, 0xFF0C, 0x3001, 0xFF1B, 0xFF1A, 0xFF09, 0x300B,
      0x3009, 0x3011, 0x3002, 0xFF01, 0xFF1F:
      true
    default: false
    }
  }

  /// `(?)` and `(!)` comment upon a word; `[...]` stands for what was left out.
  private func isLoneMark(_ run: Candidate, _ closed: ClosedSigns) -> Bool {
    guard let bracket = closed.bracket else { return false }
    return bracket.position + 1 == run.start && bracket.position > sentenceStart
      || bracket.position + 1 == run.start && run.isEllipsis
  }

  // MARK: - Without a space

  /// A candidate that is glued to what follows: `world.Today`, `1,000.That`, `Really?Yes`.
  private mutating func decideGlued(
    _ run: Candidate, _ closed: ClosedSigns, _ next: Following
  ) -> Decision {
    if next.kind == .ideograph, !run.isEllipsis {
      let before = CharacterKind(text.scalar(before: run.start).value)
      return run.isEmphatic || before == .ideograph ? .boundary : .none
    }
    if next.kind == .lower, run.isEmphatic, !run.isIdeographic, closed.isEmpty, !next.opens {
      return decideGluedLowercase(run, next)
    }
    guard next.kind == .upper, !run.isEllipsis, run.stops < 2 else {
      // ¿ and ¡ begin a sentence even when the space was forgotten.
      return next.isInverted && !run.isEllipsis ? .boundary : .none
    }
    let second = text.scalar(at: next.letter).length + next.letter
    guard text.kind(at: second) == .lower || next.opens && text.kind(at: second) == .space else {
      return .none
    }
    let before = CharacterKind(text.scalar(before: run.start).value)
    guard before == .lower || before == .digit || !closed.isEmpty else { return .none }
    if addresses.span(around: run.start, in: text, words: rules.words) != nil { return .none }
    if run.isEmphatic { return .boundary }
    let word = word(before: run.start)
    if !classes(of: word).isDisjoint(with: .abbreviation) { return .none }
    // `1.Bread, 2.Milk` number what follows; `1,000.That` ends.
    if word.letters == 0 ? word.range.count < 3 : word.hasInnerDot { return .none }
    // Another dot in the token tells a name of many parts: org.Example.thing
    let rest = self.word(at: next.letter)
    if text.byte(rest.range.upperBound) == 0x2E, isWordByteAfter(rest.range.upperBound + 1),
      text.kind(at: rest.range.upperBound + 1) != .upper
    {
      return .none
    }
    return .boundary
  }

  private func isWordByteAfter(_ index: Int) -> Bool {
    let kind = text.kind(at: index)
    return kind.isLetter || kind == .digit
  }

  /// `really?thanks`: informal text forgets the space and the capital.
  private mutating func decideGluedLowercase(_ run: Candidate, _ next: Following) -> Decision {
    let before = word(before: run.start)
    let after = word(at: next.letter)
    guard options.breaksBeforeLowercase, before.isAllLetters, before.letters >= 2,
      text.whiteSpace(at: after.range.upperBound) > 0 || after.letters >= 3,
      addresses.span(around: run.start, in: text, words: rules.words) == nil
    else { return .none }
    return .boundary
  }

  // MARK: - Ellipses

  private func decideEllipsis(
    _ run: Candidate, _ closed: ClosedSigns, _ next: Following
  ) -> Decision {
    // "compounds. . . . The": the first stop ends the sentence, the others stand for what is left out.
    if run.isSpaced, run.stops == 4, text.byte(run.start + 1) == 0x20, closed.isEmpty,
      !ScannedText.isWhiteSpace(text.scalar(before: run.start).value), next.kind == .upper
    {
      return .after(run.start + 1)
    }
    // Three spaced stops stand for words left out: the sentence goes on, unless a capital tells
    // otherwise. The capital of the pronoun "I" tells nothing.
    if run.isSpaced, run.stops == 3, text.byte(next.letter) == 0x49,
      word(at: next.letter).range.count == 1
    {
      return .none
    }
    if run.start == sentenceStart { return .none }
    switch next.kind {
    case .upper, .ideograph, .letter: return .boundary
    case .lower, .digit: return .none
    default: return next.opens ? .boundary : .none
    }
  }

  // MARK: - ! and ?

  private mutating func decideEmphatic(
    _ run: Candidate, _ closed: ClosedSigns, _ next: Following
  ) -> Decision {
    switch next.kind {
    case .lower:
      if next.isInverted { return .boundary }
      if !closed.isEmpty || next.isDashed { return .none }
      let before = word(before: run.start)
      if isExclaimedName(before, run) { return .none }
      if isReport(at: next.letter) || isInterjection(before, run) { return .none }
      return options.breaksBeforeLowercase ? .boundary : .none
    case .upper:
      if isExclaimedName(word(before: run.start), run) {
        return isStarter(at: next.letter) ? .boundary : .none
      }
      // "Is it?" Alice asked.
      if closed.closedQuote, !next.opens, isAttribution(at: next.letter) { return .none }
      return .boundary
    default: return .boundary
    }
  }

  /// *Yahoo!*: the sign belongs to the name, unless another one follows.
  private func isExclaimedName(_ word: ScannedWord, _ run: Candidate) -> Bool {
    run.end == run.start + 1 && classes(of: word).contains(.exclaimed)
  }

  /// *The key turned, click! and the door opened*: one exclaimed word between commas.
  private func isInterjection(_ word: ScannedWord, _ run: Candidate) -> Bool {
    guard text.byte(run.start) == 0x21, word.isAllLetters, !word.isCapitalized else { return false }
    let before = text.trimmedEnd(word.range.lowerBound, floor: sentenceStart)
    guard before > sentenceStart, before < word.range.lowerBound else { return false }
    return text.byte(before - 1) == 0x2C || text.byte(before - 1) == 0x21
  }

  /// Whether the words here report speech: *asked*, *he asked*.
  private func isReport(at index: Int) -> Bool {
    let first = word(at: index)
    let classes = classes(of: first)
    if classes.contains(.saying) { return true }
    guard classes.contains(.pronoun) else { return false }
    let second = word(at: text.skippingWhiteSpace(from: first.range.upperBound))
    return self.classes(of: second).contains(.saying)
  }

  /// Whether a name of at most three words and a verb of saying stand here: *Mr Smith asked*.
  private func isAttribution(at index: Int) -> Bool {
    var place = index
    for _ in 0..<4 {
      let word = word(at: place)
      guard !word.range.isEmpty else { return false }
      let classes = classes(of: word)
      if !word.isCapitalized { return classes.contains(.saying) }
      if classes.contains(.starter) { return false }
      place = word.range.upperBound
      if text.byte(place) == 0x2E { place += 1 }
      place = text.skippingWhiteSpace(from: place)
    }
    return false
  }

  // MARK: - The full stop

  private mutating func decideStop(
    _ run: Candidate, _ closed: ClosedSigns, _ next: Following
  ) -> Decision {
    let word = word(before: run.start)
    if isEnumerator(word, run) { return .none }
    let classes = classes(of: word)
    switch next.kind {
    case .lower:
      return next.isInverted ? .boundary : decideBeforeLowercase(word, classes, closed, next)
    case .digit:
      if closed.isEmpty, !classes.isDisjoint(with: [.never, .numbered, .calendar]) { return .none }
      if closed.isEmpty, classes.contains(.endable), !classes.contains(.closing) { return .none }
      if closed.isEmpty, isInitial(word) { return .none }
      return .boundary
    case .upper, .letter, .ideograph:
      return closed.isEmpty || closed.bracket != nil && closed.quote == nil
        ? decideBeforeCapital(word, classes, closed, next) : .boundary
    default:
      if closed.isEmpty, classes.contains(.never) { return .none }
      if closed.isEmpty,
        !classes.isDisjoint(with: [.endable, .numbered, .calendar]) || isInitial(word)
      {
        return next.opens ? .boundary : .none
      }
      return .boundary
    }
  }

  private mutating func decideBeforeCapital(
    _ word: ScannedWord, _ classes: WordClasses, _ closed: ClosedSigns, _ next: Following
  ) -> Decision {
    guard closed.isEmpty else { return .boundary }
    if rules.hasSpacedAbbreviations, isSpacedAbbreviation(word, next) { return .none }
    let starts = next.isInverted || isStarter(at: next.letter)
    if isInitial(word) {
      return starts && !isAfterName(word) ? .boundary : .none
    }
    // A single small letter is no word: *see f. 12*. An abbreviation that opens its sentence, P.S.,
    // has nothing to end.
    if word.letters == 1, word.isAllLetters { return starts ? .boundary : .none }
    if word.range.lowerBound == sentenceStart, isDottedAbbreviation(word) { return .none }
    if classes.contains(.never) { return .none }
    if classes.contains(.numbered), isRomanNumeral(at: next.letter) { return .none }
    if classes.contains(.calendar) { return starts || !word.isCapitalized ? .boundary : .none }
    if classes.contains(.closing) {
      return isTimeOpening(word) || isTimeZone(at: next.letter) || text.byte(next.start) == 0x28
        ? .none : .boundary
    }
    if classes.contains(.endable) || isDottedAbbreviation(word) {
      return starts ? .boundary : .none
    }
    return .boundary
  }

  /// Informal text goes on in lower case after a full stop: *ok. then we left*.
  private mutating func decideBeforeLowercase(
    _ word: ScannedWord, _ classes: WordClasses, _ closed: ClosedSigns, _ next: Following
  ) -> Decision {
    if let marker = ListMarker(startingAt: next.start, in: text),
      marker.isFirst || list.map({ marker.follows($0) }) ?? false
    {
      return .boundary
    }
    guard options.breaksBeforeLowercase, closed.isEmpty, !next.isDashed,
      classes.isDisjoint(with: .abbreviation)
    else { return .none }
    if word.letters == 0 {
      // A number ends an informal sentence only before a word that begins one: *$100. they save*.
      guard word.range.count >= 2, isStarter(at: next.letter) else { return .none }
    } else {
      guard word.isAllLetters,
        word.letters >= 3 || !classes.isDisjoint(with: [.starter, .pronoun]) && word.letters > 1
      else { return .none }
    }
    for mark in open.marks where closers.closes(mark.sign, after: closed.end, in: text) {
      return .none
    }
    return .boundary
  }

  // MARK: - Words beside the stop

  private func isStarter(at index: Int) -> Bool {
    let word = word(at: index)
    guard classes(of: word).contains(.starter) else { return false }
    // "A. Smith" is an initial, "The" is not.
    return text.byte(word.range.upperBound) != 0x2E
  }

  /// One capital letter: *J. Smith*.
  private func isInitial(_ word: ScannedWord) -> Bool {
    word.letters == 1 && word.isAllLetters && word.isCapitalized
  }

  /// `U.S`, `J.K`, `a.C`: letters that dots keep apart.
  private func isDottedAbbreviation(_ word: ScannedWord) -> Bool {
    guard word.hasInnerDot, word.letters > 1, word.letters <= 5 else { return false }
    var sinceDot = 0
    for index in word.range {
      let byte = text.bytes[index]
      if byte == 0x2E {
        sinceDot = 0
      } else {
        guard (0x61...0x7A).contains(byte | 0x20) else { return false }
        sinceDot += 1
        if sinceDot > 2 { return false }
      }
    }
    return true
  }

  /// Whether the word before an initial is a name, so that the initial is its owner's.
  private func isAfterName(_ word: ScannedWord) -> Bool {
    let end = text.trimmedEnd(word.range.lowerBound, floor: sentenceStart)
    guard end < word.range.lowerBound, end > sentenceStart else { return false }
    if text.byte(end - 1) == 0x2E {
      // Another initial, `J. R.`, or an era, `a. C.`
      return self.word(before: end - 1).isCapitalized
    }
    let before = self.word(before: end)
    return before.isCapitalized && !classes(of: before).contains(.starter)
  }

  /// `EE. UU.`, `a. C.`, `d. de C.`: the parts of one abbreviation.
  private func isSpacedAbbreviation(_ word: ScannedWord, _ next: Following) -> Bool {
    let follower = self.word(at: next.letter)
    guard !next.opens, text.byte(follower.range.upperBound) == 0x2E else { return false }
    if word.letters == 1, word.isAllLetters, !word.isCapitalized { return follower.letters == 1 }
    return isDoubled(word) && isDoubled(follower)
  }

  private func isDoubled(_ word: ScannedWord) -> Bool {
    word.range.count == 2 && word.isCapitalized
      && text.bytes[word.range.lowerBound] == text.bytes[word.range.lowerBound + 1]
  }

  /// A Roman numeral that is no pronoun: *vol. II*, *cap. IV*.
  private func isRomanNumeral(at index: Int) -> Bool {
    let word = word(at: index)
    guard !word.range.isEmpty, word.range.count <= 8 else { return false }
    for byte in text.bytes[word.range] {
      switch byte {
      case 0x49, 0x56, 0x58, 0x4C, 0x43, 0x44, 0x4D: break
      default: return false
      }
    }
    return word.range.count > 1 || text.bytes[word.range.lowerBound] != 0x49
  }

  /// *At 5 a.m. Mr Smith …*: a time that opens a sentence does not end it.
  private func isTimeOpening(_ word: ScannedWord) -> Bool {
    guard word.hasInnerDot, word.range.lowerBound - sentenceStart <= 24 else { return false }
    let first = self.word(at: sentenceStart)
    guard classes(of: first).contains(.timePreposition) else { return false }
    var spaces = 0
    for index in sentenceStart..<word.range.lowerBound where text.bytes[index] == 0x20 {
      spaces += 1
    }
    return spaces <= 2
  }

  private func isTimeZone(at index: Int) -> Bool {
    classes(of: word(at: index)).contains(.zone)
  }

  /// `1.`, `IV.`, `a.`, `§ 3.`, `1.2.` at the start of a sentence number it.
  private func isEnumerator(_ word: ScannedWord, _ run: Candidate) -> Bool {
    guard run.stops == 1, run.end == run.start + 1, !word.range.isEmpty, word.range.count <= 8
    else { return false }
    var start = word.range.lowerBound
    if start > sentenceStart {
      let before = text.trimmedEnd(start, floor: sentenceStart)
      let sign = text.scalar(before: before)
      guard
        sign.value == 0xA7 || ListMarker.isBullet(sign.value) || sign.value == 0x28
          || sign.value == 0x2A
      else {
        return false
      }
      start = sign.start
    }
    guard start == sentenceStart else { return false }
    if word.letters == 0 { return word.range.count <= 3 || word.hasInnerDot }
    if word.letters == 1 { return word.range.count == 1 }
    return word.isCapitalized && isRomanNumeral(at: word.range.lowerBound)
  }
}
