internal import BitextCore

/// Inline codes of any origin as TMX writes them.
enum TMXCodes {
  /// The codes with names and attributes that TMX's DTD allows, as far as they come from elsewhere.
  ///
  /// Codes that were read from TMX are left as they are. Others become `bpt`, `ept`, `it` or `ph` by what
  /// they do; pairs get numbers from 1 by nesting, where they have none.
  static func written(_ codes: [InlineCode]) -> [InlineCode] {
    guard codes.contains(where: isForeign) else { return codes }
    var result = codes
    var next =
      1
      + (codes.flatMap(\.attributes).filter { $0.name == "i" }.compactMap { Int($0.value) }.max()
        ?? 0)
    var open: [(place: Int, number: Int)] = []
    let pairs = CodePairs(codes)
    for index in result.indices where isForeign(result[index]) {
      let code = result[index]
      switch code.kind {
      case .open where pairs.partner[index] != nil:
        open.append((index, next))
        result[index] = rename(code, to: "bpt", number: next)
        next += 1
      case .close where pairs.partner[index] != nil:
        let number = open.last { $0.place == pairs.partner[index] }?.number ?? next
        result[index] = rename(code, to: "ept", number: number)
      case .open: result[index] = isolated(code, position: "begin")
      case .close: result[index] = isolated(code, position: "end")
      case .highlightStart:
        result[index].name = "hi"
        result[index].attributes = []
      case .highlightEnd: result[index].name = "hi"
      case .isolatedOpen: result[index] = isolated(code, position: "begin")
      case .isolatedClose: result[index] = isolated(code, position: "end")
      default: result[index] = rename(code, to: "ph", number: nil)
      }
    }
    return result
  }

  /// Whether a code has a kind of TMX, but not its name.
  private static func isForeign(_ code: InlineCode) -> Bool {
    if code.name.hasPrefix("xlf") { return true }
    return switch code.kind {
    case .highlightStart, .highlightEnd, .unknown: false
    case .open: code.name != "bpt"
    case .close: code.name != "ept"
    case .standalone: code.name != "ph"
    case .isolatedOpen, .isolatedClose: code.name != "it"
    }
  }

  private static func rename(_ code: InlineCode, to name: String, number: Int?) -> InlineCode {
    var renamed = code
    renamed.name = name
    renamed.attributes = number.map { [Attribute(name: "i", value: String($0))] } ?? []
    if name != "ept", let id = value("id", of: code), Int(id) != nil {
      renamed.attributes.append(Attribute(name: "x", value: id))
    }
    renamed.content = flattened(code)
    return renamed
  }

  private static func isolated(_ code: InlineCode, position: String) -> InlineCode {
    var renamed = rename(code, to: "it", number: nil)
    renamed.attributes.append(Attribute(name: "pos", value: position))
    return renamed
  }

  /// The native code that a foreign code stands for: what it holds, or else its own tag.
  private static func flattened(_ code: InlineCode) -> [InlineCode.Content] {
    let held = data(code.content)
    if !held.isEmpty { return [.data(held)] }
    let name = code.name.split(separator: ":").last.map(String.init) ?? code.name
    let attributes = code.attributes.map { " \($0.name)=\"\($0.value)\"" }.joined()
    switch code.kind {
    case .open: return [.data("<\(name)\(attributes)>")]
    case .close: return [.data("</\(name)>")]
    default: return [.data("<\(name)\(attributes)/>")]
    }
  }

  private static func data(_ content: [InlineCode.Content]) -> String {
    content.map {
      switch $0 {
      case .data(let text): text
      case .element(_, _, let inner): data(inner)
      }
    }.joined()
  }

  private static func value(_ name: String, of code: InlineCode) -> String? {
    code.attributes.first { $0.name == name }?.value
  }
}
