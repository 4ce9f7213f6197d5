/// The pairs of signs that open and close.
enum PairedSign: UInt8 {
  case parenthesis, squareBracket, curlyBracket
  case straightDouble, straightSingle, curlyDouble, curlySingle, guillemet, singleGuillemet
  case cornerQuote, whiteCornerQuote
  case bookTitle, innerBookTitle, wideParenthesis, lenticular

  /// Whether it quotes speech.
  var isQuote: Bool {
    switch self {
    case .straightDouble, .straightSingle, .curlyDouble, .curlySingle, .guillemet,
      .singleGuillemet, .cornerQuote, .whiteCornerQuote:
      true
    default: false
    }
  }

  /// Whether Chinese writes a title or a remark in it, which no sentence end may cut.
  var isIdeographicBracket: Bool {
    switch self {
    case .bookTitle, .innerBookTitle, .wideParenthesis, .lenticular: true
    default: false
    }
  }
}

/// A sign that opens or closes, whichever the context says when it may do both.
struct PunctuationRole {
  enum Direction { case opens, closes, either }
  let sign: PairedSign
  let direction: Direction

  /// The role of a scalar; `nil` when it is no paired sign.
  init?(_ value: UInt32) {
    switch value {
    case 0x28: (sign, direction) = (.parenthesis, .opens)
    case 0x29: (sign, direction) = (.parenthesis, .closes)
    case 0x5B: (sign, direction) = (.squareBracket, .opens)
    case 0x5D: (sign, direction) = (.squareBracket, .closes)
    case 0x7B: (sign, direction) = (.curlyBracket, .opens)
    case 0x7D: (sign, direction) = (.curlyBracket, .closes)
    case 0x22: (sign, direction) = (.straightDouble, .either)
    case 0x27: (sign, direction) = (.straightSingle, .either)
    case 0x201C, 0x201E, 0x201F: (sign, direction) = (.curlyDouble, .opens)
    case 0x201D: (sign, direction) = (.curlyDouble, .closes)
    case 0x2018, 0x201A: (sign, direction) = (.curlySingle, .opens)
    case 0x2019: (sign, direction) = (.curlySingle, .closes)
    case 0xAB: (sign, direction) = (.guillemet, .opens)
    case 0xBB: (sign, direction) = (.guillemet, .closes)
    case 0x2039: (sign, direction) = (.singleGuillemet, .opens)
    case 0x203A: (sign, direction) = (.singleGuillemet, .closes)
    case 0x300C: (sign, direction) = (.cornerQuote, .opens)
    case 0x300D: (sign, direction) = (.cornerQuote, .closes)
    case 0x300E: (sign, direction) = (.whiteCornerQuote, .opens)
    case 0x300F: (sign, direction) = (.whiteCornerQuote, .closes)
    case 0x300A: (sign, direction) = (.bookTitle, .opens)
    case 0x300B: (sign, direction) = (.bookTitle, .closes)
    case 0x3008: (sign, direction) = (.innerBookTitle, .opens)
    case 0x3009: (sign, direction) = (.innerBookTitle, .closes)
    case 0xFF08: (sign, direction) = (.wideParenthesis, .opens)
    case 0xFF09: (sign, direction) = (.wideParenthesis, .closes)
    case 0x3010: (sign, direction) = (.lenticular, .opens)
    case 0x3011: (sign, direction) = (.lenticular, .closes)
    default: return nil
    }
  }
}

/// The quotes and brackets that are open at a place, innermost last.
///
/// At most eight are remembered; older ones drop out. That bounds the work a hostile text can cause
/// and is deeper than people nest.
struct OpenPunctuation {
  struct Mark {
    let sign: PairedSign
    /// Where the opening sign stands.
    let position: Int
  }

  static let maximumDepth = 8

  private(set) var marks: [Mark] = []

  init() { marks.reserveCapacity(Self.maximumDepth) }

  mutating func open(_ sign: PairedSign, at position: Int) {
    if marks.count == Self.maximumDepth { marks.removeFirst() }
    marks.append(Mark(sign: sign, position: position))
  }

  /// Closes the innermost open sign of the kind, and what was left open inside it.
  ///
  /// - Returns: The mark that was closed; `nil` when none of the kind is open.
  @discardableResult
  mutating func close(_ sign: PairedSign) -> Mark? {
    guard let index = marks.lastIndex(where: { $0.sign == sign }) else { return nil }
    let mark = marks[index]
    marks.removeSubrange(index...)
    return mark
  }

  func isOpen(_ sign: PairedSign) -> Bool {
    marks.contains { $0.sign == sign }
  }

  mutating func removeAll() {
    marks.removeAll(keepingCapacity: true)
  }
}
