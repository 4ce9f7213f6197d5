/// The names of TMX 1.4b.
enum TMXElement {
  case tmx, header, body, tu, tuv, seg, note, prop, ude, map
  case bpt, ept, it, ph, hi, sub, ut
  /// Any other name.
  case foreign

  init(_ name: XMLName) {
    guard name.prefix.isEmpty else {
      self = .foreign
      return
    }
    self =
      switch name.local {
      case "tmx": .tmx
      case "header": .header
      case "body": .body
      case "tu": .tu
      case "tuv": .tuv
      case "seg": .seg
      case "note": .note
      case "prop": .prop
      case "ude": .ude
      case "map": .map
      case "bpt": .bpt
      case "ept": .ept
      case "it": .it
      case "ph": .ph
      case "hi": .hi
      case "sub": .sub
      case "ut": .ut
      default: .foreign
      }
  }

  /// Whether it is one of the codes that hold native markup.
  var isCode: Bool {
    switch self {
    case .bpt, .ept, .it, .ph, .ut: true
    default: false
    }
  }
}

/// Attributes that the model has a field for, and all others.
enum TMXAttribute {
  case language, legacyLanguage, tuid, sourceLanguage, type
  case creationDate, creationID, changeDate, changeID, lastUsageDate, usageCount
  case other

  init(_ name: XMLName) {
    if name.prefix == "xml", name.local == "lang" {
      self = .language
      return
    }
    guard name.prefix.isEmpty else {
      self = .other
      return
    }
    self =
      switch name.local {
      case "lang": .legacyLanguage
      case "tuid": .tuid
      case "srclang": .sourceLanguage
      case "type": .type
      case "creationdate": .creationDate
      case "creationid": .creationID
      case "changedate": .changeDate
      case "changeid": .changeID
      case "lastusagedate": .lastUsageDate
      case "usagecount": .usageCount
      default: .other
      }
  }
}

/// The order of attributes in the DTD, which is the order in which they are written.
enum TMXOrder {
  static let header = [
    "creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype",
    "o-encoding", "creationdate", "creationid", "changedate", "changeid",
  ]
  static let unit = [
    "tuid", "o-encoding", "datatype", "usagecount", "lastusagedate", "creationtool",
    "creationtoolversion", "creationdate", "creationid", "changedate", "segtype", "changeid",
    "o-tmf", "srclang",
  ]
  static let variant = [
    "xml:lang", "o-encoding", "datatype", "usagecount", "lastusagedate", "creationtool",
    "creationtoolversion", "creationdate", "creationid", "changedate", "o-tmf", "changeid",
  ]
  static let property = ["type", "xml:lang", "o-encoding"]
  static let note = ["xml:lang", "o-encoding"]
  static let userEncoding = ["name", "base"]
  static let map = ["unicode", "code", "ent", "subst"]
  static let code = ["i", "pos", "x", "assoc", "datatype", "type"]

  /// The seven that a header must have.
  static let requiredHeader = header.prefix(7)

  /// The attributes that the DTD knows of an element inside a segment.
  static func known(_ element: TMXElement) -> [String] {
    switch element {
    case .bpt: ["i", "x", "type"]
    case .ept: ["i"]
    case .it: ["pos", "x", "type"]
    case .ph: ["x", "assoc", "type"]
    case .hi: ["x", "type"]
    case .sub: ["datatype", "type"]
    case .ut: ["x"]
    default: []
    }
  }
}
