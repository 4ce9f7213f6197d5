import Foundation
import Testing

/// The built program, run as a user runs it.
struct Program {
  /// How a run ended.
  struct Outcome {
    let status: Int32
    let output: String
    let errors: String

    /// The lines on standard error.
    var errorLines: [String] {
      errors.split(separator: "\n").map(String.init)
    }
  }

  static let path: String = {
    // SwiftPM puts the program beside the test runner; on macOS the runner lies inside a bundle.
    var folder = Bundle.main.bundleURL
    for bundle in Bundle.allBundles where bundle.bundlePath.hasSuffix(".xctest") {
      folder = bundle.bundleURL.deletingLastPathComponent()
    }
    let beside = folder.appendingPathComponent("bitext").path
    if FileManager.default.isExecutableFile(atPath: beside) { return beside }
    return Bundle.main.executableURL!.deletingLastPathComponent().appendingPathComponent("bitext")
      .path
  }()

  /// Runs the program to its end.
  static func run(
    _ arguments: [String], input: Data = Data(), in folder: URL? = nil
  ) throws -> Outcome {
    try execute(path, arguments, input: input, in: folder)
  }

  /// Runs the program in a shell that sets limits or redirects first; `"$@"` stands for the call.
  static func run(_ arguments: [String], shell: String, in folder: URL? = nil) throws -> Outcome {
    try execute("/bin/sh", ["-c", shell, "sh", path] + arguments, input: Data(), in: folder)
  }

  private static func execute(
    _ executable: String, _ arguments: [String], input: Data, in folder: URL?
  ) throws -> Outcome {
    let scratch = try ScratchFolder()
    let files = ["in", "out", "err"].map { scratch.url.appendingPathComponent($0) }
    try input.write(to: files[0])
    for file in files.dropFirst() { try Data().write(to: file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    process.currentDirectoryURL = folder ?? scratch.url
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationReason == .exit ? process.terminationStatus : -1,
      output: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
  }
}

/// A folder of its own for a test, removed afterwards.
final class ScratchFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("bitext-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  /// Writes a file and returns its path.
  func file(_ name: String, _ content: String) throws -> String {
    try file(name, Data(content.utf8))
  }

  func file(_ name: String, _ content: Data) throws -> String {
    let file = url.appendingPathComponent(name)
    try content.write(to: file)
    return file.path
  }

  func path(_ name: String) -> String {
    url.appendingPathComponent(name).path
  }

  /// The names of what lies in the folder, hidden files too.
  func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
  }
}
