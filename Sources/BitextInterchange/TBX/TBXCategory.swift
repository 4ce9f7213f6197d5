internal import BitextCore

/// The data categories of the public dialects of ISO 30042:2019, and the elements that hold them.
///
/// Source: TBX-Min and TBX-Basic, LTAC Global.
enum TBXCategory {
  /// The elements of TBX that hold the value of a category.
  enum Element: String {
    case descrip, admin, termNote, transac, transacNote, descripNote, adminNote, ref, xref, date
  }

  static let minNamespace = "http://www.tbxinfo.net/ns/min"
  static let basicNamespace = "http://www.tbxinfo.net/ns/basic"
  static let coreNamespace = "urn:iso:std:iso:30042:ed-2"

  static let min: [String: Element] = [
    "customerSubset": .admin, "partOfSpeech": .termNote, "subjectField": .descrip,
    "administrativeStatus": .termNote, "externalCrossReference": .xref,
  ]

  static let basic: [String: Element] = [
    "definition": .descrip, "context": .descrip, "source": .admin, "grammaticalGender": .termNote,
    "geographicalUsage": .termNote, "termLocation": .termNote, "termType": .termNote,
    "transactionType": .transac, "responsibility": .transacNote, "xGraphic": .xref,
    "crossReference": .ref, "projectSubset": .admin,
  ]

  /// The element that a category lives in where nothing else is said.
  static func usualElement(_ category: String, isTerm: Bool) -> Element {
    min[category] ?? basic[category] ?? (category == "date" ? .date : isTerm ? .termNote : .descrip)
  }

  /// The category's name in the model: TBX's with TMX's `x-` in front.
  static func propertyName(_ category: String) -> String { "x-" + category }

  /// The category of a property.
  static func category(_ propertyName: String) -> String {
    propertyName.hasPrefix("x-") ? String(propertyName.dropFirst(2)) : propertyName
  }
}
