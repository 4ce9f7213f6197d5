internal import BitextCore
internal import CBitextXML

/// Finds the blocks of an HTML page, through libxml2's HTML parser.
///
/// Scripts, styles, comments, code listings and the readings of ruby text are no text; block elements and
/// `<br>` end a block.
@safe
struct HTMLBlocks: ~Copyable {
  /// The language that the page says it is in.
  private(set) var language: LanguageTag?

  private let handle: OpaquePointer
  private let file: String
  private let limits: ReadOptions.Limits
  private var blocks: [StructuredDocument.Block] = []
  private var text: [UInt8] = []
  private var names: [String] = []
  /// The open elements.
  private var open: [String] = []
  /// How many elements deep we are inside one that is no text.
  private var ignored = 0

  init(file: String, limits: ReadOptions.Limits) throws(InterchangeError) {
    self.file = file
    self.limits = limits
    guard let opened = unsafe bx_open_html(Int32(clamping: limits.depth)) else {
      throw InterchangeError(DocumentError(file: file, reason: .unreadable("out of memory")))
    }
    unsafe handle = opened
  }

  deinit { unsafe bx_close(handle) }

  /// The blocks of a page in UTF-8.
  mutating func blocks(
    of bytes: [UInt8]
  ) throws(InterchangeError) -> [StructuredDocument.Block] {
    var start = 0
    while true {
      let end = min(bytes.count, start + 1 << 16)
      var code: Int32 = 0
      if start < end {
        // libxml2 reads the bytes inside the call and keeps none of the pointers.
        unsafe bytes[start..<end].withUnsafeBufferPointer { buffer in
          unsafe code = bx_feed(handle, buffer.baseAddress, Int32(buffer.count))
        }
      } else {
        unsafe code = bx_finish(handle)
      }
      takeEvents()
      if code != 0 {
        let offset = Int(unsafe bx_fault_position(handle))
        throw InterchangeError(
          kind: .badData,
          diagnostic: Diagnostic(
            severity: .error, code: code == -1 ? "depth" : "memory", file: file,
            position: TextPosition(of: min(offset, bytes.count), in: bytes.span),
            message: code == -1
              ? "found elements inside each other more than \(limits.depth) deep, expected fewer"
              : "there is not enough memory"))
      }
      if start == end { break }
      start = end
    }
    endBlock()
    return blocks
  }

  private mutating func takeEvents() {
    var eventCount: Int64 = 0
    var textCount: Int64 = 0
    // The parser's memory is valid until the next call; it is copied here, once a piece.
    let eventStart = unsafe bx_events(handle, &eventCount)
    let events = unsafe Array(UnsafeBufferPointer(start: eventStart, count: Int(eventCount)))
    let textStart = unsafe bx_text(handle, &textCount)
    let bytes = unsafe Array(UnsafeBufferPointer(start: textStart, count: Int(textCount)))
    let nameCount = unsafe bx_name_count(handle)
    for number in Int32(names.count)..<max(nameCount, Int32(names.count)) {
      names.append(unsafe String(cString: bx_name_local(handle, number)).lowercased())
    }
    unsafe bx_clear(handle)
    var index = 0
    while index < events.count {
      let event = events[index]
      index += 1
      switch Int(event.kind) {
      case Int(BX_START):
        let attributes = events[index..<(index + Int(event.attributes))].map { attribute in
          let start = Int(attribute.text)
          return (
            name: names[Int(attribute.name)],
            value: String(
              decoding: bytes[start..<(start + Int(attribute.length))], as: UTF8.self)
          )
        }
        index += attributes.count
        start(names[Int(event.name)], attributes)
      case Int(BX_END): end(names[Int(event.name)])
      case Int(BX_TEXT):
        if ignored == 0 { text += bytes[Int(event.text)..<(Int(event.text) + Int(event.length))] }
      default: break
      }
    }
  }

  private mutating func start(_ name: String, _ attributes: [(name: String, value: String)]) {
    open.append(name)
    if ignored > 0 {
      ignored += 1
      return
    }
    if name == "html", language == nil {
      language = attributes.first { $0.name == "lang" || $0.name == "xml:lang" }
        .flatMap { LanguageTag($0.value) }
    }
    let isHidden = attributes.contains { $0.name == "hidden" }
    if Self.noText.contains(name) || isHidden {
      if name != "rt", name != "rp" { endBlock(leaving: open.dropLast()) }
      ignored = 1
      return
    }
    // A listing is code; `pre` alone is text whose line breaks mean something.
    if name == "code", open.dropLast().last == "pre" {
      text = []
      ignored = 1
      return
    }
    if Self.blockElements.contains(name) { endBlock(leaving: open.dropLast()) }
  }

  private mutating func end(_ name: String) {
    // The parser closes what it opened; a stray end tag is not passed on.
    guard let place = open.lastIndex(of: name) else { return }
    if ignored > 0 {
      ignored = max(0, ignored - (open.count - place))
    } else if Self.blockElements.contains(name) {
      endBlock()
    }
    open.removeSubrange(place...)
  }

  /// Ends the block that is open.
  private mutating func endBlock(leaving elements: ArraySlice<String>? = nil) {
    guard !text.isEmpty else { return }
    let whole = String(decoding: text, as: UTF8.self)
    text.removeAll(keepingCapacity: true)
    let elements = elements ?? open[...]
    let kind = Self.kind(elements)
    let parts =
      elements.contains("pre") ? whole.split(whereSeparator: \.isNewline).map(String.init) : [whole]
    for part in parts {
      let line = BlockText.joined(part)
      if !line.isEmpty { blocks.append(StructuredDocument.Block(kind, line)) }
    }
  }

  /// What a text is that stands inside these elements: the innermost that says so.
  private static func kind(_ elements: ArraySlice<String>) -> StructuredDocument.Kind {
    for name in elements.reversed() {
      switch name {
      case "title": return .title
      case "h1", "h2", "h3", "h4", "h5", "h6":
        return .heading(name.utf8.last.map { Int($0) - 0x30 } ?? 1)
      case "li", "dt", "dd": return .listItem
      case "td", "th": return .cell
      case "blockquote": return .quote
      case "figcaption", "caption": return .caption
      default: break
      }
    }
    return .paragraph
  }

  /// Elements that hold no text to read.
  private static let noText: Set<String> = [
    "script", "style", "template", "svg", "math", "noscript", "iframe", "object", "audio", "video",
    "canvas", "select", "textarea", "rt", "rp",
  ]

  /// Elements that end a block where they begin and where they end.
  private static let blockElements: Set<String> = [
    "address", "article", "aside", "blockquote", "body", "br", "button", "caption", "center", "dd",
    "details", "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "legend", "li",
    "main", "menu", "nav", "ol", "option", "p", "pre", "section", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "title", "tr", "ul",
  ]

  /// The encoding that a page declares in a `<meta>`.
  static func label(_ bytes: [UInt8]) -> String? {
    let text = String(decoding: bytes.filter { $0 != 0 && $0 < 0x80 }, as: UTF8.self)
    guard let found = text.lowercased().firstRange(of: "charset=") else { return nil }
    let offset = text.lowercased().distance(from: text.startIndex, to: found.upperBound)
    let name = text.dropFirst(offset).drop { $0 == "\"" || $0 == "'" }.prefix {
      $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" || $0 == "."
    }
    return name.isEmpty ? nil : String(name)
  }
}
