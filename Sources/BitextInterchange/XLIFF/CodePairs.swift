internal import BitextCore

/// Which opening code belongs to which closing one.
struct CodePairs {
  /// For a code by its place, the place of its partner.
  private(set) var partner: [Int: Int] = [:]

  init(_ codes: [InlineCode]) {
    var open: [(place: Int, key: String?, name: String)] = []
    for (place, code) in codes.enumerated() {
      let key = Self.key(code)
      if code.kind == .open {
        open.append((place, key, code.name))
      } else if code.kind == .close {
        let match =
          key != nil ? open.lastIndex { $0.key == key } : open.indices.last
        if let match {
          let start = open.remove(at: match).place
          partner[start] = place
          partner[place] = start
        }
      }
    }
  }

  /// What pairs two codes: TMX's `i`, or the names that XLIFF gives a pair.
  private static func key(_ code: InlineCode) -> String? {
    for name in ["i", "rid", "startRef", "id"] {
      if let value = code.attributes.first(where: { $0.name == name })?.value { return value }
    }
    return nil
  }
}

extension InlineCode {
  /// The native code that it stands for, with what is nested in it.
  var nativeText: String { Self.data(content) }

  private static func data(_ content: [Content]) -> String {
    content.map { piece in
      switch piece {
      case .data(let text): text
      case .element(_, _, let inner): data(inner)
      }
    }.joined()
  }
}
