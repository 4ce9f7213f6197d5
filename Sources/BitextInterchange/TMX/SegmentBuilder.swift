internal import BitextCore

/// Builds a segment from the text and the elements inside `seg`.
///
/// Text of `seg`, of `hi` and of unknown elements is readable text; what the codes hold is not.
struct SegmentBuilder {
  /// Whether a segment is open.
  private(set) var isOpen = false
  /// What is odd about the codes of the segment that was finished last.
  private(set) var problems: [String] = []
  /// The bytes of the open segment, readable or not.
  private(set) var byteCount = 0

  private var text: [UInt8] = []
  private var codes: [InlineCode] = []
  private var frames: [Frame] = []

  private struct Frame {
    enum Kind {
      /// A run of readable text; the code that began it, by index.
      case run(start: Int)
      /// A code.
      case code
      /// An element inside a code.
      case nested
    }
    var kind: Kind
    var code: InlineCode
    /// Bytes of native code that no element has ended yet.
    var pending: [UInt8] = []
  }

  /// Begins a segment.
  mutating func begin() {
    clear()
    isOpen = true
  }

  /// Forgets everything.
  mutating func clear() {
    isOpen = false
    text.removeAll(keepingCapacity: true)
    codes = []
    frames = []
    problems = []
    byteCount = 0
  }

  /// Appends text to whatever is open.
  mutating func append(_ bytes: ArraySlice<UInt8>) {
    byteCount += bytes.count
    guard let last = frames.indices.last else {
      text += bytes
      return
    }
    if case .run = frames[last].kind {
      text += bytes
    } else {
      frames[last].pending += bytes
    }
  }

  /// Opens an element.
  mutating func start(_ element: TMXElement, name: String, attributes: [Attribute]) {
    byteCount += 16
    let isInsideCode =
      frames.last.map { frame in if case .run = frame.kind { false } else { true } } ?? false
    var code = InlineCode(
      utf8Offset: text.count, kind: .unknown, name: name, attributes: attributes)
    if isInsideCode {
      flushPending()
      frames.append(Frame(kind: .nested, code: code))
    } else if element.isCode {
      code.kind = Self.kind(element, attributes)
      frames.append(Frame(kind: .code, code: code))
    } else {
      code.kind = .highlightStart
      codes.append(code)
      frames.append(Frame(kind: .run(start: codes.count - 1), code: code))
    }
  }

  /// Closes the innermost element; `true` when that was the segment itself.
  mutating func endElement() -> Bool {
    guard !frames.isEmpty else { return true }
    flushPending()
    let frame = frames.removeLast()
    switch frame.kind {
    case .run(let start):
      if frame.code.name != "hi", codes.count == start + 1, text.count == frame.code.utf8Offset {
        // An unknown element that holds nothing is a code of its own.
        codes[start].kind = .unknown
      } else {
        codes.append(
          InlineCode(utf8Offset: text.count, kind: .highlightEnd, name: frame.code.name))
      }
    case .code: codes.append(frame.code)
    case .nested:
      let element = InlineCode.Content.element(
        name: frame.code.name, attributes: frame.code.attributes, content: frame.code.content)
      if let last = frames.indices.last { frames[last].code.content.append(element) }
    }
    return false
  }

  /// Ends the segment.
  mutating func finish() -> Segment {
    isOpen = false
    problems = codes.isEmpty ? [] : Self.judge(codes)
    let segment = Segment(String(decoding: text, as: UTF8.self), codes: codes)
    text.removeAll(keepingCapacity: true)
    // One long segment must not keep its memory for the rest of the file.
    if text.capacity > 1 << 20 { text = [] }
    codes = []
    return segment
  }

  private mutating func flushPending() {
    guard let last = frames.indices.last, !frames[last].pending.isEmpty else { return }
    frames[last].code.content.append(
      .data(String(decoding: frames[last].pending, as: UTF8.self)))
    frames[last].pending = []
  }

  private static func kind(_ element: TMXElement, _ attributes: [Attribute]) -> InlineCode.Kind {
    switch element {
    case .bpt: return .open
    case .ept: return .close
    case .ph: return .standalone
    case .it:
      switch attributes.first(where: { $0.name == "pos" })?.value {
      case "begin": return .isolatedOpen
      case "end": return .isolatedClose
      default: return .unknown
      }
    default: return .unknown
    }
  }

  /// Pairs `bpt` with a later `ept` of the same number; overlap is legal.
  private static func judge(_ codes: [InlineCode]) -> [String] {
    var problems: [String] = []
    var open: [String: Int] = [:]
    var seen: Set<String> = []
    for code in codes where code.name == "bpt" || code.name == "ept" {
      guard let number = code.attributes.first(where: { $0.name == "i" })?.value else {
        problems.append("found <\(code.name)> without i, expected one; it was kept")
        continue
      }
      if code.name == "bpt" {
        if !seen.insert(number).inserted {
          problems.append(
            "found <bpt i=\"\(number.excerpt)\"> twice, expected it once; it was kept")
        }
        open[number, default: 0] += 1
      } else if let count = open[number], count > 0 {
        open[number] = count - 1
      } else {
        problems.append(
          "found <ept i=\"\(number.excerpt)\"> without its bpt, expected one before it; it was kept"
        )
      }
    }
    if let lost = open.filter({ $0.value > 0 }).keys.min() {
      problems.append(
        "found <bpt i=\"\(lost.excerpt)\"> without its ept, expected one; it was kept")
    }
    return problems
  }
}
