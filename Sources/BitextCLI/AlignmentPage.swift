internal import Bitext

/// An alignment as one self-contained web page: what is to be known of it, the path drawn, the units side
/// by side. It needs no network and no script.
struct AlignmentPage {
  private let texts: [SegmentedText]
  private let report: AlignmentReport

  /// Units below this confidence are marked, and each leads to the next one.
  private static let doubtful = 0.5

  init(_ texts: [SegmentedText], report: AlignmentReport) {
    self.texts = texts
    self.report = report
  }

  /// - Parameter left: How many units were left out for their confidence.
  func write(_ units: [AlignedUnit], leftOut left: Int, to file: OutputFile) throws {
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
      figure { display: inline-block; margin: 1rem 2rem 1rem 0; width: min(100%, 30rem); vertical-align: top; }
      svg { border: 1px solid #8886; width: 100%; height: auto; max-height: 30rem; }
      .path { fill: none; stroke: #27a; stroke-width: 1.5; vector-effect: non-scaling-stroke; }
      dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; } dd { margin: 0; }
      .warn { border-inline-start: .3rem solid #c33; padding: .3rem .8rem; }
      tr:target td { background: #fd06; } .m a { color: inherit; text-decoration: none; }
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
    try writeSummary(units, left, file)
    for index in texts.indices.dropFirst() { try drawPath(units, to: index, file) }
    try file.write("<table><thead><tr><th class=\"m\">unit</th>")
    for text in texts { try file.write("<th>\(Self.escaped(text.language.identifier))</th>") }
    try file.write("</tr></thead>\n<tbody>\n")
    let doubts = units.indices.filter { units[$0].confidence.probability < Self.doubtful }
    var next = 0
    for (number, unit) in units.enumerated() {
      while next < doubts.count, doubts[next] <= number { next += 1 }
      try writeRow(unit, number, nextDoubt: next < doubts.count ? doubts[next] : nil, file)
    }
    try file.write("</tbody></table></body></html>\n")
  }

  /// What a reader should know before looking at single units.
  private func writeSummary(_ units: [AlignedUnit], _ left: Int, _ file: OutputFile) throws {
    if !report.looksLikeTranslation,
      units.contains(where: { !$0.ranges.contains(where: \.isEmpty) })
    {
      try file.write(
        "<p class=\"warn\">These texts do not look like translations of each other.</p>\n")
    }
    for found in report.exchangedLanguages {
      try file.write(
        "<p class=\"warn\">The text given as \(Self.escaped(found.given.identifier)) reads as "
          + "\(Self.escaped(found.found.identifier)).</p>\n")
    }
    let doubts = units.indices.filter { units[$0].confidence.probability < Self.doubtful }
    let omissions = units.count { unit in unit.ranges.contains(where: \.isEmpty) }
    var facts = [
      (
        "units",
        "\(units.count), of which \(omissions) leave a language out"
          + (left > 0 ? "; \(left) more are below the least confidence" : "")
      ),
      ("mean confidence", TableCell.decimal(report.meanConfidence)),
      (
        "doubtful units",
        doubts.first.map { "<a href=\"#u\($0 + 1)\">\(doubts.count)</a>, below 0.5" } ?? "none"
      ),
    ]
    for lexicon in report.lexicons where lexicon.words > 0 {
      facts.append(
        (
          Self.escaped(lexicon.name),
          "knows \(lexicon.known) of \(lexicon.words) different words (\(100 * lexicon.known / lexicon.words) %)"
        ))
    }
    if report.lexicons.isEmpty { facts.append(("lexicons", "none")) }
    try file.write(
      "<dl>" + facts.map { "<dt>\($0.0)</dt><dd>\($0.1)</dd>" }.joined(separator: "\n")
        + "</dl>\n")
  }

  private func writeRow(
    _ unit: AlignedUnit, _ number: Int, nextDoubt: Int?, _ file: OutputFile
  ) throws {
    let probability = unit.confidence.probability
    let level = probability >= 0.9 ? "" : probability >= 0.5 ? " class=\"low\"" : " class=\"poor\""
    let shape = unit.ranges.map { String($0.count) }.joined(separator: "-")
    let confidence = TableCell.decimal(probability)
    try file.write(
      "<tr id=\"u\(number + 1)\"\(level)><td class=\"m\"><a href=\"#u\(number + 1)\">\(number + 1)</a> · "
        + "\(shape)<br>\(confidence)"
        + (probability < Self.doubtful
          ? nextDoubt.map { " <a href=\"#u\($0 + 1)\" title=\"the next doubtful unit\">↓</a>" }
            ?? ""
          : "")
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
    func place(_ value: Int) -> String { Self.tenths(Double(value) * scale) }
    try file.write(
      "<figure><svg viewBox=\"0 0 \(place(width)) \(place(height))\" role=\"img\" "
        + "aria-label=\"Path of the alignment\">\n")
    // A line that stays visible however long the texts are, then the units.
    var corners = [(0, 0)]
    for unit in units {
      corners.append((unit.ranges[0].lowerBound, unit.ranges[other].lowerBound))
      corners.append((unit.ranges[0].upperBound, unit.ranges[other].upperBound))
    }
    let points = Self.corners(corners).map { "\(place($0.0)),\(place($0.1))" }
    try file.write(
      "<polyline class=\"path\" points=\"\(points.joined(separator: " "))\"/>\n")
    for (number, unit) in units.enumerated() {
      let a = unit.ranges[0]
      let b = unit.ranges[other]
      let probability = unit.confidence.probability
      // Of long texts only what may be wrong or is left out is drawn, large enough to be seen.
      if scale < 2, probability >= 0.9, !a.isEmpty, !b.isEmpty { continue }
      let colour =
        a.isEmpty || b.isEmpty
        ? "#999" : probability >= 0.9 ? "#2a7" : probability >= 0.5 ? "#d83" : "#c33"
      let title =
        "<title>\(number + 1) · \(a.map { $0 + 1 }) : \(b.map { $0 + 1 }) · "
        + "\(TableCell.decimal(probability))</title>"
      try file.write(
        "<a href=\"#u\(number + 1)\"><rect x=\"\(place(a.lowerBound))\" y=\"\(place(b.lowerBound))\" "
          + "width=\"\(Self.tenths(max(Double(a.count) * scale, 2)))\" height=\"\(Self.tenths(max(Double(b.count) * scale, 2)))\" "
          + "fill=\"\(colour)\">\(title)</rect></a>\n")
    }
    let names = "\(texts[0].language) → \(texts[other].language)"
    try file.write(
      "</svg><figcaption>\(Self.escaped(names)): \(texts[0].sentences.count) sentences across, "
        + "\(texts[other].sentences.count) down; a click on a mark leads to its unit</figcaption></figure>\n"
    )
  }

  /// The points of a line without those that lie between two others on a straight piece.
  private static func corners(_ points: [(Int, Int)]) -> [(Int, Int)] {
    var result: [(Int, Int)] = []
    for point in points {
      if let last = result.last, last == point { continue }
      if result.count >= 2 {
        let (a, b) = (result[result.count - 2], result[result.count - 1])
        if (b.0 - a.0) * (point.1 - b.1) == (point.0 - b.0) * (b.1 - a.1) { result.removeLast() }
      }
      result.append(point)
    }
    return result
  }

  /// A number with one decimal.
  private static func tenths(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
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
