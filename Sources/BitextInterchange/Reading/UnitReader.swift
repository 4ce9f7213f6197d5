public import BitextCore

/// Reads the translation units of a file one by one, in constant memory.
public protocol UnitReader: AnyObject {
  /// The next unit; `nil` at the end of the file.
  ///
  /// - Throws: `InterchangeError` at the first fault in strict mode, or when the file is not of the
  ///   format at all. After an error there are no more units.
  func next() throws(InterchangeError) -> TranslationUnit?

  /// Where the unit that `next()` returned last begins; valid until the next call.
  var unitPosition: TextPosition { get }

  /// The language that the units at hand are translated into, where the file says so of all of them.
  var targetLanguage: LanguageTag? { get }

  /// What has been read so far.
  var summary: ReadSummary { get }
}

extension UnitReader {
  public var targetLanguage: LanguageTag? { nil }

  /// All units that are left.
  public func remainingUnits() throws(InterchangeError) -> [TranslationUnit] {
    var units: [TranslationUnit] = []
    while let unit = try next() { units.append(unit) }
    return units
  }
}

/// How many units were read.
public struct ReadSummary: Sendable, Hashable {
  /// Units that were given out.
  public var read = 0
  /// Units, or parts of units, that were left out in lenient mode.
  public var rejected = 0

  public init(read: Int = 0, rejected: Int = 0) {
    self.read = read
    self.rejected = rejected
  }
}

/// Reports what a reader has to say, each kind of warning once and its number at the end.
///
/// A file of a million units with the same foreign attribute says so once.
final class Reporter {
  let file: String
  private let report: ((Diagnostic) -> Void)?
  private var counts: [String: Int] = [:]
  private var order: [(key: String, code: String, what: String)] = []

  init(file: String, report: ((Diagnostic) -> Void)?) {
    self.file = file
    self.report = report
  }

  /// Passes a diagnostic on.
  func send(
    _ severity: Diagnostic.Severity, code: String, at position: TextPosition?, _ message: String,
    unit: Int? = nil, identifier: String? = nil
  ) {
    report?(
      Diagnostic(
        severity: severity, code: code, file: file, position: position, message: message,
        unit: unit, identifier: identifier))
  }

  /// Passes a warning on when it is the first of its kind.
  ///
  /// - Parameter about: What the kind is, besides the code: the name of an attribute.
  func warn(
    code: String, about: String, at position: @autoclosure () -> TextPosition?,
    _ message: @autoclosure () -> String, unit: Int? = nil, identifier: String? = nil
  ) {
    guard report != nil else { return }
    let key = "\(code)\u{0}\(about)"
    if let count = counts[key] {
      counts[key] = count + 1
      return
    }
    // A hostile file cannot make this grow for ever.
    guard counts.count < 1000 else { return }
    counts[key] = 1
    order.append((key, code, about))
    send(.warning, code: code, at: position(), message(), unit: unit, identifier: identifier)
  }

  /// Says how often the warnings came that were passed on once.
  func finish() {
    for entry in order {
      guard let count = counts[entry.key], count > 1 else { continue }
      let what = entry.what.isEmpty ? entry.code : "\(entry.code) \(entry.what.excerpt)"
      send(.warning, code: entry.code, at: nil, "\(what): \(count - 1) more of the same")
    }
    order = []
  }
}
