internal import BitextCore
internal import CBitextXML

/// One thing that the parser saw; text and names are looked up in the reader.
struct XMLEvent {
  /// The kinds of events.
  enum Kind {
    /// An element opens; an event for each attribute follows.
    case start
    /// An element closes.
    case end
    case text
    /// An attribute of the element before; namespace declarations come first.
    case attribute
    /// A prefix that no namespace is bound to.
    case warning
  }

  let kind: Kind
  /// The number of its name.
  let name: UInt32
  /// How many attribute events follow.
  let attributes: UInt32
  /// Where its text stands in the reader's text.
  let text: Range<Int>
  /// How many bytes the parser had read.
  let position: Int

  /// - Parameter wall: The event as it comes over the C wall.
  fileprivate init(_ wall: bx_event) {
    kind =
      switch Int(wall.kind) {
      case Int(BX_START): .start
      case Int(BX_END): .end
      case Int(BX_TEXT): .text
      case Int(BX_ATTRIBUTE): .attribute
      default: .warning
      }
    name = wall.name
    attributes = wall.attributes
    let start = Int(wall.text)
    text = start..<(start + Int(wall.length))
    position = Int(wall.position)
  }
}

/// Turns the bytes of an XML file into events, piece by piece, in constant memory.
///
/// Bytes pass the decoder, the gate and libxml2. Each call of `advance()` reads one piece; its events
/// are then in `events`, their text in `text`. A fault is kept in `fault` until the events before it
/// have been looked at.
@safe
final class XMLEventReader {
  /// What the last piece held.
  private(set) var events: [XMLEvent] = []
  /// The bytes that the events' text lies in.
  private(set) var text: [UInt8] = []
  /// Names by their number in the events.
  private(set) var names: [XMLName] = []
  /// The fault that stopped the reading; what stands before it is in `events`.
  private(set) var fault: XMLFault?
  /// Things that did not stop the reading, in order.
  var findings: [XMLFault] = []

  /// The file, as it was named.
  let file: String
  let decoder: InputDecoder
  private let handle: OpaquePointer
  private let isLenient: Bool
  private let limits: ReadOptions.Limits

  /// Decoded bytes that may still be needed, and where they begin in the decoded input.
  private var window: [UInt8] = []
  private var windowStart = 0
  private var gate: XMLGate
  /// Up to where the window has been fed to the parser.
  private var fedIndex = 0
  private var fedBytes = 0
  /// Where the parser's bytes come from: parser offset and input offset of each unbroken run.
  private var runs: [(fed: Int, input: Int)] = []
  private var hasFinished = false
  /// Where `recover` went on last.
  private(set) var lastRecovery = -1

  /// A place whose line is known: everything before the window was counted up to here.
  private var mark = Mark()
  private var cache = Mark()

  private struct Mark {
    var offset = 0
    var line = 1
    var column = 1
  }

  /// What must stay readable: the start of the open unit, as an offset of the input.
  var pinned: Int? {
    didSet { if pinned != oldValue { pinnedPosition = nil } }
  }
  private var pinnedPosition: TextPosition?

  /// What was pinned last, and its place where it is no longer in memory: a unit may be longer than a
  /// piece. Lines are counted only when somebody asks.
  private var released: (offset: Int, position: TextPosition?) = (0, .start)

  /// Lets go of the pinned place; `releasedPosition` says which it was.
  func unpin() {
    guard let pinned else { return }
    released = (pinned, pinnedPosition)
    self.pinned = nil
  }

  /// The place that was let go of last; valid until the next piece is read.
  var releasedPosition: TextPosition { released.position ?? position(of: released.offset) }

  init(_ source: InputBytes, options: ReadOptions) throws(InterchangeError) {
    file = source.name
    isLenient = options.mode == .lenient
    limits = options.limits
    gate = XMLGate(limits: options.limits, isLenient: isLenient)
    decoder = try InputDecoder(source, options: options, label: Self.label)
    guard let opened = unsafe bx_open(Int32(clamping: options.limits.depth)) else {
      throw InterchangeError(
        DocumentError(file: source.name, reason: .unreadable("out of memory")))
    }
    unsafe handle = opened
    if let reason = Self.notXML(decoder) {
      throw InterchangeError(
        kind: .badData,
        diagnostic: Diagnostic(
          severity: .error, code: "not-xml", file: file, position: .start, message: reason))
    }
  }

  deinit { unsafe bx_close(handle) }

  /// Reads the next piece. `false` when there is nothing more, or a fault.
  func advance() throws(InterchangeError) -> Bool {
    if fault != nil || hasFinished { return false }
    trim()
    unsafe bx_clear(handle)
    let hasMore = try decoder.decode(into: &window)
    let isAtEnd = !hasMore || decoder.isAtEnd
    pass(isAtEnd: isAtEnd)
    if fault == nil, isAtEnd {
      // Faults of the encoding stop the input where they stand.
      if let fatal = decoder.findings.first(where: \.isFatal) {
        fault = XMLFault(code: fatal.code, offset: fatal.offset, message: fatal.message)
      } else {
        let code = unsafe bx_finish(handle)
        if code != 0 { parserFault(code) }
      }
      hasFinished = true
    }
    takeFindings()
    takeEvents()
    return true
  }

  /// Goes on behind a fault at the next tag of one of the names, in a document that begins with
  /// `prologue`.
  ///
  /// - Returns: `false` when there is no such tag any more.
  func recover(after offset: Int, tags: [String], prologue: String) throws(InterchangeError) -> Bool
  {
    fault = nil
    hasFinished = false
    pinned = nil
    let needles = tags.map { [UInt8(ascii: "<")] + Array($0.utf8) }
    let longest = needles.map(\.count).max() ?? 0
    var from = max(0, offset - windowStart)
    while true {
      if let found = Self.find(needles, in: window, from: from) {
        lastRecovery = windowStart + found
        fedIndex = found
        gate.restart(at: found)
        guard unsafe bx_reset(handle) == 0 else { return false }
        unsafe bx_clear(handle)
        let bytes = Array(prologue.utf8)
        fedBytes = 0
        runs = []
        feed(bytes[...], from: windowStart + found)
        unsafe bx_clear(handle)
        events = []
        runs = []
        pass(isAtEnd: decoder.isAtEnd)
        if fault == nil, decoder.isAtEnd {
          let code = unsafe bx_finish(handle)
          if code != 0 { parserFault(code) }
          hasFinished = true
        }
        takeFindings()
        takeEvents()
        return true
      }
      // Keep what may be the start of a tag.
      from = max(from, window.count - longest - 1)
      fedIndex = min(from, window.count)
      gate.restart(at: fedIndex)
      trim()
      from = 0
      if try !decoder.decode(into: &window) { return false }
    }
  }

  // MARK: Places

  /// The line and column of an offset of the input. What is no longer in memory is shown by the first
  /// place that is.
  func position(of offset: Int) -> TextPosition {
    if let pinned, offset == pinned, let pinnedPosition { return pinnedPosition }
    let target = min(max(offset, windowStart), windowStart + window.count)
    if cache.offset < windowStart {
      cache = mark
    } else if cache.offset > target {
      cache = stepBack(cache, to: target) ?? mark
    }
    advance(&cache, to: target)
    return TextPosition(line: cache.line, column: cache.column, byteOffset: offset)
  }

  /// The offset of the `<` of the tag that an event ends at.
  func tagStart(_ event: XMLEvent) -> Int {
    let window = self.window
    let bytes = window.span
    var index = min(inputOffset(event.position) - windowStart, bytes.count) - 1
    while index > 0, bytes[index] != UInt8(ascii: "<") { index &-= 1 }
    return windowStart + max(0, index)
  }

  /// Where the parser was when it saw an event, as an offset of the input.
  func offset(of event: XMLEvent) -> Int { inputOffset(event.position) }

  /// What stands at an offset of the input, up to `limit` bytes.
  func bytes(at offset: Int, limit: Int) -> ArraySlice<UInt8> {
    let start = min(max(0, offset - windowStart), window.count)
    return window[start..<min(window.count, start + limit)]
  }

  /// Everything is decoded that there is.
  var isInputAtEnd: Bool { decoder.isAtEnd }

  /// The text of an event.
  func string(_ event: XMLEvent) -> String {
    String(decoding: text[event.text], as: UTF8.self)
  }

  // MARK: The pipe

  /// Sends what the gate has seen to the parser.
  private func pass(isAtEnd: Bool) {
    while fault == nil {
      switch gate.step(window.span, base: windowStart, isAtEnd: isAtEnd) {
      case .feed(let end):
        feedWindow(upTo: end)
        return
      case .replace(let range, let replacement, let finding):
        feedWindow(upTo: range.lowerBound)
        if fault != nil { return }
        if let finding { findings.append(finding) }
        if !replacement.isEmpty {
          feed(replacement[...], from: windowStart + range.lowerBound)
        }
        fedIndex = max(fedIndex, range.upperBound)
        gate.skip(to: range.upperBound)
      case .fault(let found):
        feedWindow(upTo: min(window.count, max(fedIndex, found.offset - windowStart)))
        // A fault of the parser stands before that of the gate.
        if fault == nil { fault = found }
        return
      }
    }
  }

  private func feedWindow(upTo end: Int) {
    guard end > fedIndex else { return }
    feed(window[fedIndex..<end], from: windowStart + fedIndex)
    fedIndex = end
  }

  private func feed(_ bytes: ArraySlice<UInt8>, from input: Int) {
    if runs.last.map({ $0.input + (fedBytes - $0.fed) != input }) ?? true {
      runs.append((fedBytes, input))
    }
    var code: Int32 = 0
    // libxml2 reads the bytes inside the call and keeps none of the pointers.
    unsafe bytes.withUnsafeBufferPointer { buffer in
      if let start = buffer.baseAddress {
        code = unsafe bx_feed(handle, start, Int32(clamping: buffer.count))
      }
    }
    fedBytes += bytes.count
    if code != 0 { parserFault(code) }
  }

  private func inputOffset(_ fed: Int) -> Int {
    var low = 0
    var high = runs.count
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].fed <= fed { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return windowStart }
    return runs[low - 1].input + (fed - runs[low - 1].fed)
  }

  private func takeEvents() {
    var eventCount: Int64 = 0
    var textCount: Int64 = 0
    // The parser's memory is valid until the next call; it is copied here, once a piece.
    let eventStart = unsafe bx_events(handle, &eventCount)
    // The arrays are the reader's alone by now, so their memory is used again.
    let wallEvents = unsafe UnsafeBufferPointer(start: eventStart, count: Int(eventCount))
    events.removeAll(keepingCapacity: true)
    events.reserveCapacity(wallEvents.count)
    for index in wallEvents.indices { events.append(XMLEvent(unsafe wallEvents[index])) }
    let textStart = unsafe bx_text(handle, &textCount)
    text.removeAll(keepingCapacity: true)
    // One long segment must not keep its memory for the rest of the file.
    if text.capacity > 1 << 20 { text = [] }
    unsafe text.append(contentsOf: UnsafeBufferPointer(start: textStart, count: Int(textCount)))
    let nameCount = unsafe bx_name_count(handle)
    for number in Int32(names.count)..<max(nameCount, Int32(names.count)) {
      names.append(
        XMLName(
          local: unsafe String(cString: bx_name_local(handle, number)),
          prefix: unsafe String(cString: bx_name_prefix(handle, number)),
          namespace: unsafe String(cString: bx_name_uri(handle, number))))
    }
  }

  private func takeFindings() {
    for finding in decoder.findings where !finding.isFatal {
      findings.append(
        XMLFault(code: finding.code, offset: finding.offset, message: finding.message))
    }
    decoder.findings.removeAll { !$0.isFatal }
    if let declaration = gate.declaration, !hasJudgedDeclaration {
      hasJudgedDeclaration = true
      if declaration.offset > 0 {
        findings.append(
          XMLFault(
            code: "declaration", offset: declaration.offset,
            message: "found white space before the XML declaration, expected it first"))
      }
      if declaration.version != "1.0" {
        findings.append(
          XMLFault(
            code: "xml-version", offset: declaration.offset,
            message: "found XML version \"\(declaration.version.excerpt)\", expected 1.0; "
              + "it was read as 1.0"))
      }
    }
  }
  private var hasJudgedDeclaration = false

  /// Lets go of what has been fed and is not needed for messages or for recovery.
  private func trim() {
    var keep = min(fedIndex, gate.start)
    if let pinned {
      if pinnedPosition == nil { pinnedPosition = position(of: pinned) }
      // Recovery begins behind the failed unit's first tag: keep the unit while it is of a sane size.
      if isLenient, pinned >= windowStart, window.count - (pinned - windowStart) <= limits.textBytes
      {
        keep = min(keep, pinned - windowStart)
      }
    }
    guard keep > 0 else { return }
    if cache.offset < windowStart || cache.offset > windowStart + keep { cache = mark }
    var moved = cache
    advance(&moved, to: windowStart + keep)
    mark = moved
    cache = moved
    window.removeFirst(keep)
    windowStart += keep
    fedIndex -= keep
    gate.drop(keep)
    let first = (runs.lastIndex { $0.input <= windowStart }) ?? 0
    if first > 0 { runs.removeFirst(first) }
  }

  /// A place a little before another one on the same line; `nil` for one that is further away.
  ///
  /// The start of a tag is asked for after its end. To count anew from the start of what is in memory
  /// for each of them would take quadratic time.
  private func stepBack(_ mark: Mark, to offset: Int) -> Mark? {
    guard mark.offset - offset < 1 << 12 else { return nil }
    let window = self.window
    let bytes = window.span
    var column = mark.column
    var index = mark.offset - windowStart
    while index > offset - windowStart {
      index -= 1
      let byte = bytes[index]
      if byte == 0x0A || byte == 0x0D { return nil }
      if byte & 0xC0 != 0x80 { column -= 1 }
    }
    return Mark(offset: offset, line: mark.line, column: column)
  }

  /// Counts lines and columns from a mark to an offset inside the window.
  private func advance(_ mark: inout Mark, to offset: Int) {
    let window = self.window
    let bytes = window.span
    let start = mark.offset - windowStart
    let end = min(offset - windowStart, bytes.count)
    // A carriage return, which few files have, takes a second pass.
    let part = start..<max(start, end)
    let feeds = LineFeeds.count(in: window, part)
    let returns = LineFeeds.count(in: window, part, of: 0x0D)
    var line = mark.line + feeds
    if returns > 0 {
      for index in start..<end where bytes[index] == 0x0D {
        if !(index + 1 < bytes.count && bytes[index + 1] == 0x0A) { line += 1 }
      }
    }
    // Columns are counted in the last line alone.
    var lineStart = end
    if line > mark.line {
      while lineStart > start, !Self.endsLine(bytes, at: lineStart - 1) { lineStart -= 1 }
    } else {
      lineStart = start
    }
    var column = line > mark.line ? 1 : mark.column
    for index in lineStart..<max(lineStart, end) {
      let byte = bytes[index]
      if byte & 0xC0 != 0x80, byte != 0x0D { column += 1 }
    }
    mark = Mark(offset: max(offset, mark.offset), line: line, column: column)
  }

  private static func endsLine(_ bytes: Span<UInt8>, at index: Int) -> Bool {
    bytes[index] == 0x0A
      || bytes[index] == 0x0D && !(index + 1 < bytes.count && bytes[index + 1] == 0x0A)
  }

  /// Where the first of the tags stands whose name ends behind the needle.
  private static func find(_ needles: [[UInt8]], in bytes: [UInt8], from start: Int) -> Int? {
    var index = start
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "<") {
        for needle in needles where index + needle.count < bytes.count {
          var matched = 1
          while matched < needle.count, bytes[index + matched] == needle[matched] { matched += 1 }
          guard matched == needle.count else { continue }
          switch bytes[index + matched] {
          case 0x20, 0x0A, 0x0D, 0x09, UInt8(ascii: ">"), UInt8(ascii: "/"): return index
          default: break
          }
        }
      }
      index += 1
    }
    return nil
  }

  // MARK: Judgements

  private func parserFault(_ code: Int32) {
    guard fault == nil else { return }
    let at = inputOffset(Int(unsafe bx_fault_position(handle)))
    let words = unsafe String(cString: bx_fault_message(handle))
    fault = XMLFaultWording.fault(
      code: code, words: words, offset: at, limits: limits,
      before: Array(bytes(at: max(windowStart, at - 80), limit: max(0, min(80, at - windowStart)))),
      behind: Array(bytes(at: at, limit: 40)))
  }

  /// The encoding that an XML declaration names.
  static func label(_ bytes: [UInt8]) -> String? {
    var start = 0
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
    // In a wide encoding the characters of the declaration are ASCII between NULs.
    let text = String(decoding: bytes[start...].filter { $0 != 0 && $0 < 0x80 }, as: UTF8.self)
    let trimmed = text.drop { $0.isWhitespace }
    guard trimmed.hasPrefix("<?xml"), let end = trimmed.firstRange(of: "?>") else { return nil }
    return XMLGate.pseudoAttribute("encoding", in: String(trimmed[..<end.lowerBound]))
  }

  /// Why a file cannot be XML at all; `nil` when it may be.
  private static func notXML(_ decoder: InputDecoder) -> String? {
    let bytes = decoder.firstBytes
    if decoder.isEmpty { return "found an empty file, expected XML" }
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return "found a zip archive, expected XML" }
    if bytes.starts(with: Array("%PDF".utf8)) { return "found a PDF document, expected XML" }
    return nil
  }
}
