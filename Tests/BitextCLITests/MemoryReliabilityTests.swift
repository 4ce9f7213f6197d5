import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How long the loops are: `BITEXT_SOAK=1` makes them as long as `make soak` wants them.
private let isSoaking = ProcessInfo.processInfo.environment["BITEXT_SOAK"] != nil

/// A translation memory of numbered units, used by programs that are killed, starved and disturbed.
private struct Subject {
  let folder: ScratchFolder
  var memory: String { folder.path("memory") }

  init() throws { folder = try ScratchFolder() }

  static func source(_ number: Int) -> String {
    "Sentence \(number) of \(number % 97) about 数字 \(number * 7)"
  }
  static func target(_ number: Int) -> String { "Frase \(number) sobre \(number % 97)" }

  /// A TMX file of the units in a range.
  func tmx(_ numbers: Range<Int>, padding: Int = 0) throws -> String {
    var text = """
      <?xml version="1.0" encoding="UTF-8"?>
      <tmx version="1.4"><header creationtool="t" creationtoolversion="1" segtype="sentence" \
      o-tmf="t" adminlang="en" srclang="en" datatype="plaintext"/><body>

      """
    let filler = String(repeating: "x", count: padding)
    for number in numbers {
      text +=
        "<tu tuid=\"\(number)\"><tuv xml:lang=\"en\"><seg>\(Self.source(number))</seg></tuv>"
        + "<tuv xml:lang=\"es\"><seg>\(Self.target(number))\(filler)</seg></tuv></tu>\n"
    }
    return try folder.file("units-\(numbers.lowerBound).tmx", text + "</body></tmx>\n")
  }

  /// The numbers of the units in the memory, each with its own translation, by export.
  func numbers() throws -> [Int] {
    let file = folder.path("export.tsv")
    let exported = try Program.run(["memory", "export", memory, "-o", file])
    try #require(exported.status == 0, "\(exported.errors)")
    var numbers: [Int] = []
    for line in try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").dropFirst()
    {
      let words = line.split(separator: " ")
      let number = Int(words.count > 1 ? words[1] : "") ?? -1
      #expect(line.contains(Self.source(number)) && line.contains(Self.target(number)), "\(line)")
      numbers.append(number)
    }
    return numbers.sorted()
  }

  func verify(_ why: String = "") throws {
    let outcome = try Program.run(["memory", "verify", memory])
    #expect(outcome.status == 0, "\(why): \(outcome.output) \(outcome.errors)")
  }

  /// Starts the program and kills it after a while; returns what it had written.
  func killed(_ arguments: [String], after milliseconds: Int) throws -> (
    isKilled: Bool, output: String
  ) {
    let output = folder.path("out")
    _ = FileManager.default.createFile(atPath: output, contents: nil)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Program.path)
    process.arguments = arguments
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
    process.standardError = FileHandle.nullDevice
    try process.run()
    usleep(UInt32(milliseconds) * 1_000)
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    return (
      process.terminationReason == .uncaughtSignal,
      try String(contentsOfFile: output, encoding: .utf8)
    )
  }
}

@Suite struct `A memory survives` {
  @Test func `being killed while it imports, compacts or exports`() throws {
    let kills = isSoaking ? 500 : 100
    let total = 2_400
    let batch = 100
    var random = SystemRandomNumberGenerator()
    let subject = try Subject()
    let file = try subject.tmx(0..<total)
    let done = subject.folder.path("done.tmx")
    var count = 0
    var acknowledged = 0
    var finished = 0
    var step = 0
    while count < kills {
      step += 1
      let arguments =
        switch step % 4 {
        case 2: ["memory", "compact", subject.memory]
        case 3: ["memory", "export", subject.memory, "-o", done]
        default:
          ["memory", "import", subject.memory, file, "--batch", "\(batch)", "--jsonl"]
        }
      // There is nothing to compact or to export before the first import came to something.
      guard step % 4 < 2 || FileManager.default.fileExists(atPath: subject.memory) else { continue }
      let (isKilled, output) = try subject.killed(
        arguments, after: Int.random(in: 5...220, using: &random))
      if isKilled { count += 1 }
      for line in output.split(separator: "\n") where line.hasPrefix("{\"committed\":") {
        acknowledged = max(acknowledged, Int(line.dropFirst(13).dropLast()) ?? 0)
      }
      guard FileManager.default.fileExists(atPath: subject.memory + "/memory.sqlite") else {
        continue
      }
      if step % 4 == 3 {
        if FileManager.default.fileExists(atPath: done) {
          let text = try String(contentsOfFile: done, encoding: .utf8)
          #expect(text.hasSuffix("</tmx>\n"), "an export is there as a whole or not at all")
        }
        try subject.verify("after kill \(count)")
      } else if step % 8 == 1 {
        let numbers = try subject.numbers()
        #expect(numbers == Array(0..<numbers.count), "whole, in order, none twice")
        #expect(numbers.count % batch == 0, "\(numbers.count) units are no whole batches")
        #expect(numbers.count >= acknowledged, "an acknowledged unit was lost")
        if numbers.count == total {
          finished += 1
          try FileManager.default.removeItem(atPath: subject.memory)
          try? FileManager.default.removeItem(atPath: done)
          acknowledged = 0
        }
      }
    }
    let end = try Program.run(["memory", "import", subject.memory, file])
    #expect(end.status == 0, "\(end.errors)")
    #expect(try subject.numbers() == Array(0..<total))
    try subject.verify("at the end, after \(finished) whole imports")
    let found = try Program.run([
      "memory", "lookup", subject.memory, "--from", "en", "--to", "es", Subject.source(1_234),
    ])
    #expect(found.output.contains(Subject.target(1_234)))
  }

  @Test func `a full disk`() throws {
    let probe = try shell("unshare -rm mount -t tmpfs tmpfs /tmp")
    guard probe == 0 else {
      print("skipped: a small file system cannot be mounted here")
      return
    }
    let subject = try Subject()
    let small = try subject.tmx(0..<300)
    let large = try subject.tmx(300..<9_000, padding: 1_500)
    let disk = subject.folder.path("disk")
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
    let report = subject.folder.path("report")
    let script = """
      set -u
      mount -t tmpfs -o size=8m tmpfs "\(disk)" || exit 90
      bitext="\(Program.path)"; memory="\(disk)/memory"
      "$bitext" memory import "$memory" "\(small)" > "\(report)" || exit 91
      "$bitext" memory import "$memory" "\(large)" --batch 200 --jsonl > "\(report).large" 2> "\(report).errors"
      test $? -eq 74 || exit 92
      "$bitext" memory verify "$memory" >> "\(report)" || exit 93
      "$bitext" memory lookup "$memory" --from en --to es "\(Subject.source(123))" >> "\(report)" || exit 94
      "$bitext" memory compact "$memory" >> "\(report)" 2>&1
      "$bitext" memory verify "$memory" >> "\(report)" || exit 95
      "$bitext" memory export "$memory" -o "\(subject.folder.path("all.tsv"))" || exit 96
      """
    let status = try shell("unshare -rm sh -c '\(script)'")
    let errors = (try? String(contentsOfFile: report + ".errors", encoding: .utf8)) ?? ""
    #expect(status == 0, "step \(status): \(errors)")
    #expect(errors.contains("disk full"), "\(errors)")
    let output = (try? String(contentsOfFile: report, encoding: .utf8)) ?? ""
    #expect(output.contains(Subject.target(123)))
    let all = (try? String(contentsOfFile: subject.folder.path("all.tsv"), encoding: .utf8)) ?? ""
    let lines = all.split(separator: "\n").count - 1
    let large2 = (try? String(contentsOfFile: report + ".large", encoding: .utf8)) ?? ""
    let acknowledged =
      large2.split(separator: "\n").compactMap {
        $0.hasPrefix("{\"committed\":") ? Int($0.dropFirst(13).dropLast()) : nil
      }.max() ?? 0
    #expect(lines >= 300 + acknowledged)
    #expect((lines - 300) % 200 == 0, "\(lines) units are no whole batches")
  }

  @Test func `eight readers and two writers at once`() throws {
    let seconds = isSoaking ? 60.0 : 2.0
    let subject = try Subject()
    let first = try subject.tmx(0..<200)
    #expect(try Program.run(["memory", "import", subject.memory, first]).status == 0)
    let writers = subject.folder.path("writers.sh")
    // Each writer adds files of its own until the time is over; each must end well.
    try """
    n=$1; end=$(( $(date +%s) + \(Int(seconds)) ))
    while :; do
      "\(Program.path)" memory add "\(subject.memory)" --source en "writer $2 unit $n" --target es "escritor $2 unidad $n" || exit 1
      n=$((n + 1))
      test $(date +%s) -le $end || break
    done
    echo $n
    """.write(toFile: writers, atomically: true, encoding: .utf8)
    let reader = subject.folder.path("reader.sh")
    try """
    end=$(( $(date +%s) + \(Int(seconds)) )); last=0
    while :; do
      found=$("\(Program.path)" memory lookup "\(subject.memory)" --from en --to es "\(Subject.source(77))") || exit 2
      case "$found" in *"\(Subject.target(77))"*) ;; *) exit 3;; esac
      units=$("\(Program.path)" memory stats "\(subject.memory)" | sed -n "s/^units *//p") || exit 4
      test "$units" -ge "$last" || exit 5
      last=$units
      test $(date +%s) -le $end || break
    done
    """.write(toFile: reader, atomically: true, encoding: .utf8)
    var processes: [Process] = []
    func start(_ arguments: [String], into file: String) throws {
      _ = FileManager.default.createFile(atPath: file, contents: nil)
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = arguments
      process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: file))
      process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: file))
      try process.run()
      processes.append(process)
    }
    for number in 0..<2 {
      try start([writers, "0", "\(number)"], into: subject.folder.path("writer\(number)"))
    }
    for number in 0..<8 { try start([reader], into: subject.folder.path("reader\(number)")) }
    for process in processes {
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
    var written = 0
    for number in 0..<2 {
      let output = try String(
        contentsOfFile: subject.folder.path("writer\(number)"), encoding: .utf8)
      written += Int(output.split(separator: "\n").last ?? "") ?? 0
    }
    #expect(written > 0)
    let stats = try Program.run(["memory", "stats", subject.memory, "--jsonl"])
    #expect(stats.output.contains("\"units\":\(200 + written)"), "\(stats.output) \(written)")
    try subject.verify()
  }

  @Test func `a directory that may not be written`() throws {
    let subject = try Subject()
    let file = try subject.tmx(0..<200)
    #expect(try Program.run(["memory", "import", subject.memory, file]).status == 0)
    guard geteuid() != 0 else {
      print("skipped: the superuser may write anywhere")
      return
    }
    func allow(_ permissions: Int, _ path: String) throws {
      try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: path)
    }
    try allow(0o555, subject.memory)
    try allow(0o444, subject.memory + "/memory.sqlite")
    defer { try? allow(0o755, subject.memory) }
    let found = try Program.run([
      "memory", "lookup", subject.memory, "--from", "en", "--to", "es", Subject.source(77),
    ])
    #expect(found.output.contains(Subject.target(77)))
    let refused = try Program.run([
      "memory", "add", subject.memory, "--source", "en", "a", "--target", "es", "b",
    ])
    #expect(refused.status == 73)
  }

  @Test func `damage in the index, and says so`() throws {
    let subject = try Subject()
    let file = try subject.tmx(0..<300)
    #expect(try Program.run(["memory", "import", subject.memory, file]).status == 0)
    #expect(try Program.run(["memory", "compact", subject.memory]).status == 0)
    let index = subject.memory + "/index"
    let name = try #require(
      try FileManager.default.contentsOfDirectory(atPath: index).first {
        $0.hasPrefix("1-") && $0.hasSuffix(".btx")
      })
    var bytes = try Data(contentsOf: URL(fileURLWithPath: index + "/" + name))
    bytes[bytes.count / 2] ^= 4
    try bytes.write(to: URL(fileURLWithPath: index + "/" + name), options: .atomic)
    let faults = try Program.run(["memory", "verify", subject.memory])
    #expect(faults.status == 1)
    #expect(faults.output.contains(name))
    let ask = [
      "memory", "lookup", subject.memory, "--from", "en", "--to", "es", Subject.source(77),
    ]
    let found = try Program.run(ask)
    #expect(found.status == 0)
    #expect(found.output.contains(Subject.target(77)))
    #expect(found.errors.contains(name), "\(found.errors)")
    #expect(try Program.run(ask).errors.isEmpty)
    try subject.verify()
  }

  private func shell(_ command: String) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", command]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
