public import ArgumentParser
public import Bitext

/// The switches of `SentenceAligner.Tuning` on the command line.
struct AlignmentTuningOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Only these kinds of evidence beside lengths: numbers, cognates, names, lexicons, parts, pinyin, paragraphs; or none.",
      visibility: .hidden))
  var evidence: String?

  @Option(help: ArgumentHelp("expectedBeads or bestPath.", visibility: .hidden))
  var decoding = SentenceAligner.Decoding.expectedBeads

  @Option(
    name: .customLong("merge-factor"),
    help: ArgumentHelp("What multiplies the priors of joined sentences.", visibility: .hidden))
  var mergeFactor: Double?

  @Option(
    help: ArgumentHelp("The logarithm of what an omission costs.", visibility: .hidden))
  var omission: Double?

  @Option(
    name: .customLong("band"),
    help: ArgumentHelp("Sentences to each side of the anchors.", visibility: .hidden))
  var band: Int?

  @Option(help: ArgumentHelp("The largest number of passes.", visibility: .hidden))
  var passes: Int?

  @Option(
    name: .customLong("learn-from"),
    help: ArgumentHelp("The least probability of a bead to learn from.", visibility: .hidden))
  var learningThreshold = 0.5

  func validate() throws {
    if let band, band < 1 { throw ValidationError("--band is 1 or more, found \(band)") }
    if let passes, passes < 1 { throw ValidationError("--passes is 1 or more, found \(passes)") }
    if let mergeFactor, !(mergeFactor > 0 && mergeFactor < 1e6) {
      throw ValidationError("--merge-factor is above 0, found \(mergeFactor)")
    }
    if let omission, !(-1000...1000).contains(omission) {
      throw ValidationError("--omission is a logarithm, found \(omission)")
    }
    guard (0...1).contains(learningThreshold) else {
      throw ValidationError("--learn-from is from 0 to 1, found \(learningThreshold)")
    }
    _ = try kinds()
  }

  func tuning() throws -> SentenceAligner.Tuning {
    var tuning = SentenceAligner.Tuning()
    tuning.evidence = try kinds()
    tuning.decoding = decoding
    tuning.mergeFactor = mergeFactor
    tuning.omission = omission
    tuning.bandHalfWidth = band
    tuning.passes = passes
    tuning.learningThreshold = learningThreshold
    return tuning
  }

  private func kinds() throws -> SentenceAligner.EvidenceKinds {
    guard let evidence else { return .usual }
    let names: [String: SentenceAligner.EvidenceKinds] = [
      "none": [], "numbers": .numbers, "cognates": .cognates, "names": .names,
      "lexicons": .lexicons, "parts": .parts, "paragraphs": .paragraphs,
      "pinyin": .pinyin,
    ]
    var kinds: SentenceAligner.EvidenceKinds = []
    for name in evidence.split(separator: ",") {
      guard let kind = names[String(name)] else {
        throw ValidationError(
          "--evidence: found \(name), expected \(names.keys.sorted().joined(separator: ", "))")
      }
      kinds.formUnion(kind)
    }
    return kinds
  }
}

extension SentenceAligner.Decoding: ExpressibleByArgument {}
