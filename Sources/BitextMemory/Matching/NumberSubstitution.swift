internal import BitextCore
internal import BitextText

/// Puts the numbers of a query into a translation in place of the stored ones, where that is safe.
enum NumberSubstitution {
  /// The translation with its numbers replaced; `nil` when any replacement could be wrong.
  ///
  /// It is safe when every stored value that differs stands as often in the translation as in the
  /// stored source, written the same way, and all its places take one new value.
  static func apply(
    _ differences: [TokenAlignment.Column], query: LocatedTokens, source: LocatedTokens,
    to target: Segment
  ) -> (segment: Segment, substitutions: [Substitution])? {
    guard !differences.isEmpty, target.codes.isEmpty, target.text.utf8.count < Int(UInt32.max)
    else { return nil }
    var replacements: [String: NumberText] = [:]
    var places: [String: Int] = [:]
    for column in differences {
      guard let left = column.query, let right = column.source,
        let new = NumberText(String(decoding: query.token(left), as: UTF8.self)),
        let old = NumberText(String(decoding: source.token(right), as: UTF8.self))
      else { return nil }
      if let known = replacements[old.digits], known.digits != new.digits { return nil }
      replacements[old.digits] = new
      places[old.digits, default: 0] += 1
    }
    let inSource = numbers(in: source.text, source.located)
    let locatedTarget = TokenKey.located(in: target.text)
    let inTarget = numbers(in: target.text, locatedTarget)
    for (value, count) in places {
      guard inSource.count(where: { $0.number.digits == value }) == count,
        inTarget.count(where: { $0.number.digits == value }) == count
      else { return nil }
    }
    var text = ""
    var substitutions: [Substitution] = []
    var end: UInt32 = 0
    for (span, number) in inTarget {
      guard let new = replacements[number.digits] else { continue }
      text += target.text[TextSpan(start: end, end: span.start)]
      let written = number.writing(new)
      let start = text.utf8.count
      text += written
      substitutions.append(
        Substitution(
          stored: String(target.text[span]), replacement: written,
          span: TextSpan(start..<text.utf8.count)))
      end = span.end
    }
    text += target.text[TextSpan(start: end, end: UInt32(target.text.utf8.count))]
    return (Segment(text), substitutions)
  }

  private static func numbers(
    in text: String, _ located: TokenKey.Located
  ) -> [(span: TextSpan, number: NumberText)] {
    var found: [(span: TextSpan, number: NumberText)] = []
    for span in located.spans where found.last?.span != span {
      if let number = NumberText(String(text[span])) { found.append((span, number)) }
    }
    return found
  }
}
