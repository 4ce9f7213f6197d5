extension SentenceScanner {
  /// Decides upon 。 ！ ？ and the runs that hold one.
  ///
  /// Chinese ends a sentence at each of them, except inside 《》 and （）, and except where the
  /// sentence goes on after a quotation: ……。”他说。 Source: GB/T 15834—2011.
  func decideIdeographic(_ run: Candidate, _ closed: ClosedSigns, _ next: Following) -> Decision {
    guard closed.closedQuote else {
      // 他问（为什么？）然后……: the remark in brackets is part of the sentence around it.
      if let bracket = closed.bracket, bracket.position > sentenceStart, !next.hasSpace {
        return bracket.sign.isIdeographicBracket ? .none : .boundary
      }
      return .boundary
    }
    if isReportAfterQuotation(at: next.start) { return .none }
    guard run.isEmphatic, let quote = closed.quote else { return .boundary }
    if isInsideClause(quote.position) || continuesClause(at: next.start) { return .none }
    return .boundary
  }

  /// Whether a quotation was opened in mid-clause, so that it names or cites and does not speak.
  private func isInsideClause(_ position: Int) -> Bool {
    guard position > sentenceStart else { return false }
    switch text.scalar(before: position).value {
    case 0xFF1A, 0xFF0C, 0x3002, 0xFF01, 0xFF1F, 0x3A, 0x2C, 0x2E, 0x21, 0x3F: return false
    case let value: return !ScannedText.isWhiteSpace(value) && PunctuationRole(value) == nil
    }
  }

  /// A particle or a conjunction that cannot begin a sentence: “……！”的.
  private func continuesClause(at index: Int) -> Bool {
    switch text.scalar(at: index).value {
    case 0x7684, 0x4E4B, 0x548C, 0x4E0E, 0x8207, 0x7B49, 0x4E00, 0x662F, 0x5728, 0x4E3A, 0x70BA:
      true
    default: false
    }
  }

  /// Whether the sentence goes on here and tells who spoke.
  func isReportAfterQuotation(at index: Int) -> Bool {
    var place = index
    for _ in 0...8 {
      if let verb = rules.ideographicVerbs.first(where: { text.matches($0, at: place) }),
        verb.count > 3 || !isPartOfCompound(place)
      {
        return !opensQuotation(after: place + verb.count)
      }
      guard text.kind(at: place) == .ideograph else { break }
      place += text.scalar(at: place).length
    }
    return endsWithVerbOfSaying(from: index)
  }

  /// Whether the clause at `index` ends with a verb of saying, so that all of it is the speaker, with
  /// office and title: ……。”研究所所长露丝·阿德耶米博士说。
  private func endsWithVerbOfSaying(from index: Int) -> Bool {
    var place = index
    for _ in 0..<48 {
      let (value, length) = text.scalar(at: place)
      switch value {
      case 0x3002, 0xFF0C, 0xFF1B:
        return rules.ideographicVerbs.contains { verb in
          let start = place - verb.count
          return start >= index && text.matches(verb, at: start)
            && (verb.count > 3 || !isPartOfCompound(start))
        }
      case 0xB7, 0x3001, 0x300A, 0x300B, 0x20: place += length
      default:
        let kind = CharacterKind(value)
        guard kind.isLetter || kind == .digit else { return false }
        place += length
      }
    }
    return false
  }

  /// Whether the character at `index` is part of a word that is no verb of saying: 问题, 知道.
  private func isPartOfCompound(_ index: Int) -> Bool {
    let (value, length) = text.scalar(at: index)
    let next = text.scalar(at: index + length).value
    switch next {
    // 题 卷 路 理 德 案 做 话 号 为 明 法 服 成 容 脸
    case 0x9898, 0x984C, 0x5377, 0x8DEF, 0x7406, 0x5FB7, 0x6848, 0x505A, 0x8BDD, 0x8A71, 0x53F7,
      0x865F, 0x4E3A, 0x70BA, 0x660E, 0x6CD5, 0x670D, 0x6210, 0x5BB9, 0x8138, 0x81C9:
      return true
    default: break
    }
    guard value == 0x9053 else { return false }
    switch text.scalar(before: index).value {
    // 知 报 难 频 街 味 轨 渠 管 通 人 一
    case 0x77E5, 0x62A5, 0x5831, 0x96BE, 0x96E3, 0x9891, 0x983B, 0x8857, 0x5473, 0x8F68, 0x8ECC,
      0x6E20, 0x7BA1, 0x901A, 0x4EBA, 0x4E00:
      return true
    default: return false
    }
  }

  /// Whether the clause from `index` on ends with `：“`.
  private func opensQuotation(after index: Int) -> Bool {
    var place = index
    for _ in 0..<30 {
      let (value, length) = text.scalar(at: place)
      switch value {
      case 0xFF1A, 0x3A:
        switch text.scalar(at: place + length).value {
        case 0x201C, 0x300C, 0x300E, 0x22, 0x2018: return true
        default: return false
        }
      case 0xFF0C, 0x3002, 0xFF01, 0xFF1F, 0xFF1B, 0: return false
      default: place += length
      }
    }
    return false
  }
}
