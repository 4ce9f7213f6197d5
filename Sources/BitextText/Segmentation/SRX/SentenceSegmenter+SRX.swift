internal import BitextCore

/// How SRX rules work together with our own.
public enum SRXUse: String, Sendable, Hashable, CaseIterable {
  /// They decide everything.
  case only
  /// Their exceptions forbid boundaries that our rules would set; blank lines stay boundaries.
  case exceptions
}

extension SentenceSegmenter {
  /// Cuts a text as the SRX rules alone have it.
  ///
  /// White space stays where the rules put it, in the span of the sentence before or after; `content`
  /// is without it. A piece of white space alone is no sentence and goes to the one before.
  func sentences(in text: String, by engine: SRXEngine) throws(SRXError) -> [Sentence] {
    let scanned = ScannedText(text)
    guard scanned.count > 0 else { return [] }
    var sentences: [Sentence] = []
    var start = 0
    func add(upTo end: Int, _ reason: EndReason) {
      let first = min(end, scanned.skippingWhiteSpace(from: start))
      let last = scanned.trimmedEnd(end, floor: first)
      guard first < last || reason == .endOfText else { return }
      if first == last, let before = sentences.popLast() {
        sentences.append(
          Sentence(
            span: TextSpan(start: before.span.start, end: UInt32(end)), content: before.content,
            end: .endOfText))
      } else {
        sentences.append(
          Sentence(
            span: TextSpan(start..<end), content: TextSpan(first..<last), end: reason))
      }
      start = end
    }
    for decision in try engine.decisions(in: text) where decision.breaks {
      add(upTo: decision.place, .rule)
    }
    add(upTo: scanned.count, .endOfText)
    return sentences
  }

  /// Takes back the boundaries that an exception forbids.
  func sentences(
    _ sentences: [Sentence], of text: String, without engine: SRXEngine
  ) throws(SRXError) -> [Sentence] {
    guard sentences.count > 1 else { return sentences }
    let scanned = ScannedText(text)
    // Some files break before the white space, some after it: every place in between is asked about.
    var places: [Int] = []
    for sentence in sentences.dropLast() where Self.isForRules(sentence.end) {
      var place = Int(sentence.content.end)
      places.append(place)
      while place < Int(sentence.span.end) {
        place += max(1, scanned.whiteSpace(at: place))
        places.append(min(place, Int(sentence.span.end)))
      }
    }
    var forbidden: [Int] = []
    for decision in try engine.decisions(in: text, at: places) where !decision.breaks {
      forbidden.append(decision.place)
    }
    var result: [Sentence] = []
    var next = 0
    for sentence in sentences {
      if let last = result.last, Self.isForRules(last.end) {
        while next < forbidden.count, forbidden[next] < Int(last.content.end) { next += 1 }
        if next < forbidden.count, forbidden[next] <= Int(last.span.end) {
          result[result.count - 1] = Sentence(
            span: TextSpan(start: last.span.start, end: sentence.span.end),
            content: TextSpan(start: last.content.start, end: sentence.content.end),
            end: sentence.end)
          continue
        }
      }
      result.append(sentence)
    }
    return result
  }

  private static func isForRules(_ end: EndReason) -> Bool {
    end == .terminator || end == .listItem
  }
}
