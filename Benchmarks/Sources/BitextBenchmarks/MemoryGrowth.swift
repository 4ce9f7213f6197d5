import Bitext
import Foundation

/// How a memory behaves as it grows: from 10,000 units on, ten times as many at each step, up to the
/// number in `BITEXT_BENCH_LARGEST` (default 1,000,000). Writes `docs/memory-growth.svg`.
///
/// The texts are made up: 3 to 30 words each, words as frequent as Zipf's law has them. Half of the queries
/// are stored texts with a word or two changed, half are new texts of the same making.
enum MemoryGrowth {
  /// One size.
  struct Point {
    let units: Int
    var savedPerSecond = 0.0
    var indexBytesPerSegment = 0.0
    var openMilliseconds = 0.0
    var addMilliseconds = 0.0
    var lookUp = Times()
    var concordance = Times()
  }

  /// Microseconds.
  struct Times {
    var middle = 0.0
    var ninetyFifth = 0.0

    init(_ samples: [Double]) {
      let sorted = samples.sorted()
      middle = sorted[sorted.count / 2]
      ninetyFifth = sorted[min(sorted.count - 1, sorted.count * 95 / 100)]
    }
    init() { self.init([0]) }
  }

  static func run() throws {
    let environment = ProcessInfo.processInfo.environment
    let largest = environment["BITEXT_BENCH_LARGEST"].flatMap { Int($0) } ?? 1_000_000
    print("memory of\tsaved/s\tB/segment\topen ms\tadd ms\tlook-up µs (50 %, 95 %)\tconcordance µs")
    var points: [Point] = []
    var units = 10_000
    while units <= largest {
      let point = try measure(units)
      points.append(point)
      print(
        "\(units)\t\(short(point.savedPerSecond))\t\(short(point.indexBytesPerSegment))\t"
          + "\(short(point.openMilliseconds))\t\(short(point.addMilliseconds))\t"
          + "\(short(point.lookUp.middle)), \(short(point.lookUp.ninetyFifth))\t"
          + "\(short(point.concordance.middle)), \(short(point.concordance.ninetyFifth))")
      units *= 10
    }
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../docs").standardizedFileURL
    try GrowthPlot(points).svg.write(
      to: folder.appendingPathComponent("memory-growth.svg"), atomically: true, encoding: .utf8)
    print("wrote docs/memory-growth.svg")
  }

  private static func measure(_ units: Int) throws -> Point {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("bitext-growth-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    var point = Point(units: units)
    var texts = MadeUpTexts(seed: 17)
    let clock = ContinuousClock()
    let options = MemoryOpenOptions(durability: .process)
    var sample: [String] = []
    do {
      let memory = try TranslationMemory(at: folder, options: options)
      // The texts are made outside of the measured time.
      var session = try memory.beginImport(
        "growth", digest: "growth", options: MemoryImport.Options(rule: .addAll))
      var seconds = 0.0
      for start in stride(from: 0, to: units, by: 10_000) {
        let batch = (start..<min(units, start + 10_000)).map { number in
          TranslationUnit(
            sourceLanguage: "en",
            variants: [Variant("en", texts.next()), Variant("es", "\(number) " + texts.next())])
        }
        if start % max(10_000, units / 20) == 0 {
          sample += batch.prefix(25).map { $0.variants[0].segment.text }
        }
        let begin = clock.now
        for unit in batch { _ = try session.add(unit) }
        seconds += (clock.now - begin) / .seconds(1)
      }
      let begin = clock.now
      _ = try session.finish()
      seconds += (clock.now - begin) / .seconds(1)
      point.savedPerSecond = Double(units) / seconds
      let size = memory.indexSize()
      if size.entries > 0 {
        point.indexBytesPerSegment = Double(size.bytes) / Double(size.entries)
      }
    }
    let memory = try TranslationMemory(at: folder, options: options)
    point.openMilliseconds =
      try clock.measure { try memory.prepare(for: "en") } / .milliseconds(1)

    let queries = sample.map { texts.changed($0) } + (0..<500).map { _ in texts.next() }
    let matching = MatchOptions(threshold: 70, limit: 5)
    for round in 0..<2 {
      let times = try queries.map { query in
        try clock.measure {
          _ = try memory.matches(for: MatchQuery(query, from: "en", to: "es"), options: matching)
        } / .microseconds(1)
      }
      if round == 1 { point.lookUp = Times(times) }
    }
    let phrases = sample.prefix(200).map { text in
      text.split(separator: " ").prefix(3).suffix(2).joined(separator: " ")
    }
    for round in 0..<2 {
      let times = try phrases.map { phrase in
        try clock.measure {
          _ = try memory.concordance(ConcordanceQuery(phrase, language: "en"))
        } / .microseconds(1)
      }
      if round == 1 { point.concordance = Times(times) }
    }
    let added = try (0..<100).map { number in
      let unit = TranslationUnit(
        sourceLanguage: "en",
        variants: [Variant("en", texts.next() + " \(number)"), Variant("es", texts.next())])
      let time = try clock.measure { _ = try memory.save([unit]) } / .milliseconds(1)
      let found = try memory.matches(
        for: MatchQuery(unit.variants[0].segment, from: "en", to: "es"))
      precondition(found.first?.kind == .exact, "what was added is not found")
      return time
    }
    point.addMilliseconds = Times(added).middle
    return point
  }
}

/// Texts of words that are as frequent as Zipf's law has them.
struct MadeUpTexts {
  private var random: SplitMix
  private let words = 50_000

  init(seed: UInt64) { random = SplitMix(seed: seed) }

  mutating func next() -> String {
    let count = 3 + random.number(below: 14) + random.number(below: 14)
    return (0..<count).map { _ in word() }.joined(separator: " ")
  }

  /// A text with a word or two put in the place of others.
  mutating func changed(_ text: String) -> String {
    var parts = text.split(separator: " ").map(String.init)
    for _ in 0..<(1 + random.number(below: 2)) { parts[random.number(below: parts.count)] = word() }
    return parts.joined(separator: " ")
  }

  /// The inverse of a distribution that falls as 1/rank.
  private mutating func word() -> String {
    let share = Double(random.number(below: 1 << 40)) / Double(1 << 40)
    return letters(Int(pow(Double(words), share)))
  }
}

/// The figures over the size of the memory, both on logarithmic scales.
struct GrowthPlot {
  private let points: [MemoryGrowth.Point]

  init(_ points: [MemoryGrowth.Point]) { self.points = points }

  private struct Line {
    let name: String
    let colour: String
    let values: [Double]
  }

  var svg: String {
    let lines = [
      Line(name: "look-up, 95 %", colour: "#b3261e", values: points.map(\.lookUp.ninetyFifth)),
      Line(name: "look-up, middle", colour: "#1f5fbf", values: points.map(\.lookUp.middle)),
      Line(
        name: "100 concordance hits, 95 %", colour: "#8a5a00",
        values: points.map(\.concordance.ninetyFifth)),
      Line(name: "opening", colour: "#2e7d32", values: points.map { $0.openMilliseconds * 1000 }),
      Line(
        name: "adding one unit", colour: "#6a3fa0", values: points.map { $0.addMilliseconds * 1000 }
      ),
    ]
    let (left, top, width, height) = (70.0, 50.0, 480.0, 300.0)
    let first = log10(Double(points.first?.units ?? 1))
    let last = max(first + 1, log10(Double(points.last?.units ?? 10)))
    let (low, high) = (0.0, 5.0)
    func x(_ units: Double) -> Double { left + (log10(units) - first) / (last - first) * width }
    func y(_ value: Double) -> Double {
      top + height - (log10(max(1, value)) - low) / (high - low) * height
    }
    func place(_ value: Double) -> String { String(format: "%.1f", value) }
    var text = """
      <svg xmlns="http://www.w3.org/2000/svg" width="760" height="410" font-family="sans-serif" font-size="12">
      <rect width="100%" height="100%" fill="white"/>
      <text x="70" y="24" font-size="15">A translation memory as it grows (made-up texts, \
      \(ProcessInfo.processInfo.processorCount) cores)</text>

      """
    for power in Int(low)...Int(high) {
      let level = y(pow(10, Double(power)))
      let name =
        power < 3 ? "\(Int(pow(10, Double(power)))) µs" : "\(Int(pow(10, Double(power - 3)))) ms"
      text +=
        "<line x1=\"70\" x2=\"550\" y1=\"\(place(level))\" y2=\"\(place(level))\" stroke=\"#ddd\"/>"
      text += "<text x=\"62\" y=\"\(place(level + 4))\" text-anchor=\"end\">\(name)</text>\n"
    }
    for point in points {
      let here = x(Double(point.units))
      text += "<text x=\"\(place(here))\" y=\"370\" text-anchor=\"middle\">\(point.units)</text>\n"
      text +=
        "<text x=\"\(place(here))\" y=\"388\" text-anchor=\"middle\" fill=\"#666\">"
        + "\(short(point.indexBytesPerSegment)) B/segment</text>\n"
      text +=
        "<text x=\"\(place(here))\" y=\"403\" text-anchor=\"middle\" fill=\"#666\">"
        + "\(short(point.savedPerSecond)) saved/s</text>\n"
    }
    for (number, line) in lines.enumerated() {
      let path = zip(points, line.values).map {
        "\(place(x(Double($0.units)))),\(place(y($1)))"
      }.joined(separator: " ")
      text +=
        "<polyline points=\"\(path)\" fill=\"none\" stroke=\"\(line.colour)\" stroke-width=\"2\"/>\n"
      let height = 70 + 20 * number
      text +=
        "<rect x=\"570\" y=\"\(height - 10)\" width=\"12\" height=\"12\" fill=\"\(line.colour)\"/>"
      text += "<text x=\"588\" y=\"\(height)\">\(line.name)</text>\n"
    }
    return text + "</svg>\n"
  }
}
