internal import BitextCore
public import BitextText

/// Writes segmentation rules as SRX 2.0.
///
/// Source: SRX 2.0, GALA/LISA OSCAR, 2008.
public enum SRXWriter {
  /// Writes a whole file.
  ///
  /// - Throws: `InterchangeError` when a pattern holds a character that XML cannot carry, or when
  ///   the sink fails.
  public static func write(_ rules: SRXRules, to sink: any ByteSink) throws(InterchangeError) {
    var xml = XMLWriter(to: sink)
    do {
      try write(rules, &xml)
      try xml.commit()
      try xml.flush()
    } catch let error as XMLWriter.UnwritableCharacter {
      throw InterchangeError(
        kind: .badData,
        diagnostic: Diagnostic(
          severity: .error, code: "character", file: rules.file, position: nil,
          message: "found \(error.name), which XML cannot carry"))
    } catch let error as DocumentError {
      throw InterchangeError(error)
    } catch {
      throw InterchangeError(
        DocumentError(file: rules.file, reason: .cannotWrite("unknown reason")))
    }
  }

  private static func write(
    _ rules: SRXRules, _ xml: inout XMLWriter
  ) throws(XMLWriter.UnwritableCharacter) {
    xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    xml.raw("<srx xmlns=\"http://www.lisa.org/srx20\" version=\"2.0\">\n  <header")
    try xml.attribute("segmentsubflows", rules.segmentsSubflows ? "yes" : "no")
    try xml.attribute("cascade", rules.cascades ? "yes" : "no")
    xml.raw(">\n")
    for handling in rules.formatHandling {
      xml.raw("    <formathandle")
      try xml.attribute("type", handling.kind)
      try xml.attribute("include", handling.isIncluded ? "yes" : "no")
      xml.raw("/>\n")
    }
    xml.raw("  </header>\n  <body>\n    <languagerules>\n")
    for group in rules.languageRules {
      xml.raw("      <languagerule")
      try xml.attribute("languagerulename", group.name)
      xml.raw(">\n")
      for rule in group.rules {
        xml.raw("        <rule")
        try xml.attribute("break", rule.breaks ? "yes" : "no")
        xml.raw(">\n          <beforebreak>")
        try xml.text(rule.before)
        xml.raw("</beforebreak>\n          <afterbreak>")
        try xml.text(rule.after)
        xml.raw("</afterbreak>\n        </rule>\n")
      }
      xml.raw("      </languagerule>\n")
    }
    xml.raw("    </languagerules>\n    <maprules>\n")
    for map in rules.languageMaps {
      xml.raw("      <languagemap")
      try xml.attribute("languagepattern", map.pattern)
      try xml.attribute("languagerulename", map.rules)
      xml.raw("/>\n")
    }
    xml.raw("    </maprules>\n  </body>\n</srx>\n")
  }
}
