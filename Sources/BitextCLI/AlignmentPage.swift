internal import Bitext

/// An alignment as one self-contained web page: the path drawn, the units side by side.
struct AlignmentPage {
  private let texts: [SegmentedText]

  init(_ texts: [SegmentedText]) {
    self.texts = texts
  }

  func write(_ units: [AlignedUnit], to file: OutputFile) throws {
    let names = texts.map(\.language.identifier).joined(separator: " – ")
    try file.write(
      """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Alignment \(Self.escaped(names))</title>
      <style>
      :root { color-scheme: light dark; }
      body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 80rem; padding: 0 1rem; }
      figure { margin: 1rem 0; } svg { border: 1px solid #8886; width: 100%; max-width: 32rem; height: auto; }
      figcaption { color: #777; font-size: .9rem; }
      table { border-collapse: collapse; width: 100%; table-layout: fixed; }
      th, td { border-top: 1px solid #8884; padding: .5rem .7rem; text-align: start; vertical-align: top; }
      .m { width: 6.5rem; font-variant-numeric: tabular-nums; }
      .bar { background: #8883; height: .35rem; } .bar i { display: block; height: 100%; background: #2a7; }
      .low .bar i { background: #d83; } .poor .bar i { background: #c33; }
      .none { color: #999; } sup { color: #999; }
      </style></head><body>
      <h1>\(Self.escaped(names))</h1>

      """)
    for index in texts.indices.dropFirst() { try drawPath(units, to: index, file) }
    try file.write("<table><thead><tr><th class=\"m\">unit</th>")
    for text in texts { try file.write("<th>\(Self.escaped(text.language.identifier))</th>") }
    try file.write("</tr></thead>\n<tbody>\n")
    for (number, unit) in units.enumerated() { try writeRow(unit, number, file) }
    try file.write("</tbody></table></body></html>\n")
  }

  private func writeRow(_ unit: AlignedUnit, _ number: Int, _ file: OutputFile) throws {
    let probability = unit.confidence.probability
    let level = probability >= 0.9 ? "" : probability >= 0.5 ? " class=\"low\"" : " class=\"poor\""
    let shape = unit.ranges.map { String($0.count) }.joined(separator: "-")
    let confidence = TableCell.decimal(probability)
    try file.write(
      "<tr id=\"u\(number + 1)\"\(level)><td class=\"m\">\(shape)<br>\(confidence)"
        + "<div class=\"bar\"><i style=\"width:\(Int(probability * 100))%\"></i></div></td>")
    for (text, range) in zip(texts, unit.ranges) {
      let language = Self.escaped(text.language.identifier)
      if range.isEmpty {
        try file.write("<td class=\"none\">–</td>")
        continue
      }
      try file.write("<td lang=\"\(language)\" dir=\"auto\">")
      for sentence in range {
        try file.write("<sup>\(sentence + 1)</sup> \(Self.escaped(text.sentences[sentence])) ")
      }
      try file.write("</td>")
    }
    try file.write("</tr>\n")
  }

  /// The path of the units through the sentences of the first text and another.
  private func drawPath(_ units: [AlignedUnit], to other: Int, _ file: OutputFile) throws {
    let width = max(texts[0].sentences.count, 1)
    let height = max(texts[other].sentences.count, 1)
    let scale = 480.0 / Double(max(width, height))
    func place(_ value: Int) -> String {
      let tenths = Int((Double(value) * scale * 10).rounded())
      return "\(tenths / 10).\(tenths % 10)"
    }
    try file.write(
      "<figure><svg viewBox=\"0 0 \(place(width)) \(place(height))\" role=\"img\" "
        + "aria-label=\"Path of the alignment\">\n")
    for (number, unit) in units.enumerated() {
      let a = unit.ranges[0]
      let b = unit.ranges[other]
      let probability = unit.confidence.probability
      let colour = probability >= 0.9 ? "#2a7" : probability >= 0.5 ? "#d83" : "#c33"
      let title = "<title>\(a.map { $0 + 1 }) : \(b.map { $0 + 1 })</title>"
      if a.isEmpty || b.isEmpty {
        try file.write(
          "<line x1=\"\(place(a.lowerBound))\" y1=\"\(place(b.lowerBound))\" "
            + "x2=\"\(place(a.upperBound))\" y2=\"\(place(b.upperBound))\" stroke=\"#999\">"
            + "\(title)</line>\n")
      } else {
        try file.write(
          "<a href=\"#u\(number + 1)\"><rect x=\"\(place(a.lowerBound))\" "
            + "y=\"\(place(b.lowerBound))\" width=\"\(place(a.count))\" height=\"\(place(b.count))\" "
            + "fill=\"\(colour)\">\(title)</rect></a>\n")
      }
    }
    let names = "\(texts[0].language) → \(texts[other].language)"
    try file.write(
      "</svg><figcaption>\(Self.escaped(names)): \(texts[0].sentences.count) sentences across, "
        + "\(texts[other].sentences.count) down; a click leads to the unit</figcaption></figure>\n")
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case "\"": result += "&quot;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
