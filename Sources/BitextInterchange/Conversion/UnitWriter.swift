public import BitextCore

/// Writes translation units into a file of some format.
public protocol UnitWriter {
  /// Writes a unit.
  mutating func write(_ unit: TranslationUnit) throws(InterchangeError)
  /// Ends the file.
  mutating func finish() throws(InterchangeError)
  /// What the format had no place for, so far.
  var losses: LossReport { get }
}

/// What a format has no place for, by kind, with how often it was met.
public struct LossReport: Sendable, Hashable {
  /// One kind of thing that was lost.
  public struct Loss: Sendable, Hashable {
    /// What it is, in the plural: `notes`.
    public let what: String
    /// How often it was met.
    public let count: Int
  }

  private var counts: [(what: String, count: Int)] = []

  public init() {}

  /// The losses in the order in which they were first met.
  public var losses: [Loss] { counts.map { Loss(what: $0.what, count: $0.count) } }

  /// Counts something that is lost.
  public mutating func add(_ what: String, _ count: Int = 1) {
    guard count > 0 else { return }
    if let index = counts.firstIndex(where: { $0.what == what }) {
      counts[index].count += count
    } else {
      counts.append((what, count))
    }
  }

  /// One line a kind: `lost: 12 notes (UTX has no place for them)`.
  public func lines(format: String) -> [String] {
    counts.map { "lost: \($0.count) \($0.what) (\(format) has no place for them)" }
  }

  public static func == (left: LossReport, right: LossReport) -> Bool {
    left.losses == right.losses
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(losses) }
}

extension Segment {
  /// The text with the native code of its inline codes in place, for formats that know none.
  var textWithCodes: String {
    guard !codes.isEmpty else { return text }
    var result = ""
    var index = text.utf8.startIndex
    var offset = 0
    for code in codes {
      let end = text.utf8.index(index, offsetBy: code.utf8Offset - offset)
      result += text[index..<end]
      index = end
      offset = code.utf8Offset
      result += Self.data(code.content)
    }
    return result + text[index...]
  }

  private static func data(_ content: [InlineCode.Content]) -> String {
    content.map { piece in
      switch piece {
      case .data(let text): text
      case .element(_, _, let inner): data(inner)
      }
    }.joined()
  }
}
