internal import BitextCore

/// An element with everything in it.
struct XMLElement {
  /// A piece of what an element holds.
  enum Node {
    case text(String)
    case element(XMLElement)
  }

  let name: XMLName
  let attributes: [Attribute]
  var children: [Node] = []
  /// Where its tag begins, in bytes of the decoded input.
  var offset = 0

  /// The value of an attribute, by its name as written.
  func attribute(_ name: String) -> String? {
    attributes.first { $0.name == name }?.value
  }

  /// The elements directly inside, in order.
  var elements: [XMLElement] {
    children.compactMap { node in if case .element(let element) = node { element } else { nil } }
  }

  /// The elements of a local name directly inside.
  func elements(_ name: String) -> [XMLElement] { elements.filter { $0.name.local == name } }

  /// The first element of a local name directly inside.
  func first(_ name: String) -> XMLElement? {
    for case .element(let element) in children where element.name.local == name { return element }
    return nil
  }

  /// All text in it, in order.
  var text: String {
    var result = ""
    collect(&result)
    return result
  }

  private func collect(_ result: inout String) {
    for child in children {
      switch child {
      case .text(let text): result += text
      case .element(let element): element.collect(&result)
      }
    }
  }

  /// The language that it is in, where it says so.
  var language: String? { attribute("xml:lang") ?? attribute("lang") }

  /// All text in it with runs of white space as one space, and none at the ends.
  var squeezedText: String { text.squeezed }
}

extension String {
  /// The text with runs of white space as one space, and none at the ends.
  var squeezed: String {
    split { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r" || $0 == "\r\n" }
      .joined(separator: " ")
  }
}
