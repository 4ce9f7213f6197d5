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
    var open: [(name: String, key: String?, number: Int)] = []
    for index in result.indices where isForeign(result[index]) {
      let code = result[index]
      let key = value("id", of: code) ?? value("rid", of: code)
      switch code.kind {
      case .open:
        open.append((code.name, key, next))
        result[index] = rename(code, to: "bpt", number: next)
        next += 1
      case .close:
        let match =
          open.lastIndex { $0.key == key && key != nil } ?? open.lastIndex { $0.name == code.name }
        if let match {
          result[index] = rename(code, to: "ept", number: open.remove(at: match).number)
        } else {
          result[index] = isolated(code, position: "end")
        }
      case .isolatedOpen: result[index] = isolated(code, position: "begin")
      case .isolatedClose: result[index] = isolated(code, position: "end")
      default: result[index] = rename(code, to: "ph", number: nil)
      }
    }
    return result
  }

  /// Whether a code has a kind of TMX, but not its name.
  private static func isForeign(_ code: InlineCode) -> Bool {
    switch code.kind {
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
    if code.kind == .close { return [.data("</\(code.name)>")] }
    let attributes = code.attributes.map { " \($0.name)=\"\($0.value)\"" }.joined()
    return [
      .data(code.kind == .open ? "<\(code.name)\(attributes)>" : "<\(code.name)\(attributes)/>")
    ]
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
