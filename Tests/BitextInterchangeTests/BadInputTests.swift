import BitextCore
import BitextInterchange
import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// A folder that is gone when the test is.
private final class TemporaryFolder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

private func corpus(_ name: String) throws -> [UInt8] {
  let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  return [UInt8](try Data(contentsOf: root.appendingPathComponent("Fuzz/Corpus/\(name)")))
}

private func units(
  _ bytes: [UInt8], _ format: FileFormat
) throws(InterchangeError) -> [TranslationUnit] {
  try FormatReader.open(
    .bytes(bytes, name: "a"), format: format, options: ReadOptions(languages: ["en", "es"])
  ).reader.remainingUnits()
}

@Suite struct `Files that are cut` {
  @Test(arguments: [
    ("tmx/full.tmx", FileFormat.tmx), ("tmx/utf16.tmx", .tmx), ("tbx/dca.tbx", .tbx),
    ("xliff/v12.xlf", .xliff), ("xliff/v21.xlf", .xliff2), ("xcstrings/full.xcstrings", .xcstrings),
  ])
  func `at any byte are refused, with a place`(_ name: String, _ format: FileFormat) throws {
    let bytes = try corpus(name)
    // What stands behind the end of the document may go.
    var end = bytes.count
    while end > 0, [0x00, 0x0A, 0x0D, 0x20].contains(bytes[end - 1]) { end -= 1 }
    for cut in stride(from: 0, to: end, by: 1) {
      let error = #expect(throws: InterchangeError.self, "cut at byte \(cut)") {
        try units(Array(bytes[..<cut]), format)
      }
      #expect(error?.diagnostic.position != nil)
    }
  }

  @Test(arguments: [
    ("po/full.po", FileFormat.po), ("csv/glossary.csv", .csv), ("tsv/table.tsv", .tsv),
    ("utx/full.utx", .utx), ("srt/full.srt", .srt), ("text/full.txt", .text),
  ])
  func `of lines are refused or give what stands before the cut`(
    _ name: String, _ format: FileFormat
  ) throws {
    let bytes = try corpus(name)
    let whole = try units(bytes, format)
    for cut in 0..<bytes.count {
      guard let part = try? units(Array(bytes[..<cut]), format) else { continue }
      // The last unit may be cut; none is invented, and none is left out before it.
      #expect(part.count <= whole.count + 1, "cut at byte \(cut)")
      #expect(
        part.dropLast().map { $0.variants.first?.segment }
          == whole.prefix(max(0, part.count - 1)).map { $0.variants.first?.segment },
        "cut at byte \(cut)")
    }
  }
}

@Suite struct `Things that are no files of translations` {
  @Test(arguments: [
    ("<!DOCTYPE html><html><body>404</body></html>", "an HTML page"),
    ("PK\u{3}\u{4}rest", "a zip archive"), ("%PDF-1.7", "a PDF document"),
    ("<xliff version=\"1.2\"/>", "XLIFF"), ("", "an empty file"),
  ])
  func `say what they are under the name of TMX`(_ text: String, _ what: String) throws {
    let error = #expect(throws: InterchangeError.self) {
      try FormatReader.open(.text(text, name: "memory.tmx")).reader.remainingUnits()
    }
    #expect(error?.message.contains(what) ?? false, "\(error!)")
    #expect(error?.kind == .badData)
  }

  @Test func `a folder, and a file that is not there`() throws {
    let folder = try TemporaryFolder()
    let first = #expect(throws: InterchangeError.self) {
      try FormatReader.open(.file(folder.path))
    }
    #expect(first?.message == "found a folder, expected a file")
    let second = #expect(throws: InterchangeError.self) {
      try FormatReader.open(.file(folder.path + "/none.tmx"))
    }
    #expect(second?.message == "no such file")
    #expect(second?.kind == .noInput)
  }

  @Test(arguments: [("v12.xlf", "xliff", FileFormat.xliff), ("dca.tbx", "tbx", .tbx)])
  func `two documents in one file are refused`(
    _ name: String, _ folder: String, _ format: FileFormat
  ) throws {
    var bytes = try corpus("\(folder)/\(name)")
    if bytes.starts(with: Array("<?xml".utf8)), let end = bytes.firstIndex(of: 0x0A) {
      bytes.removeFirst(end + 1)
    }
    let error = #expect(throws: InterchangeError.self) { try units(bytes + bytes, format) }
    #expect(error?.diagnostic.code == "document-twice", "\(error!)")
  }
}

@Suite struct `Files that another program is writing` {
  @Test func `that end early while they are read are truncated, not short`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/a.tmx"
    let unit = "<tu><tuv xml:lang=\"en\"><seg>The house</seg></tuv></tu>\n"
    let text =
      "<tmx version=\"1.4\"><header/><body>\n" + String(repeating: unit, count: 20_000)
      + "</body></tmx>"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    let reader = try TMXReader(.file(path))
    #expect(try reader.next() != nil)
    // The other program begins anew.
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.truncate(atOffset: 300_000)
    try handle.close()
    let error = #expect(throws: InterchangeError.self) { try reader.remainingUnits() }
    #expect(error?.diagnostic.code == "truncated", "\(error!)")
  }

  /// Runs a shell command that writes into a pipe with a name.
  private func pipe(_ folder: TemporaryFolder, _ command: String) throws -> (String, Process) {
    let path = folder.path + "/pipe.tmx"
    // The path is read inside the call.
    let made = unsafe mkfifo(path, 0o600)
    #expect(made == 0)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "(\(command)) > '\(path)'"]
    process.standardError = FileHandle.nullDevice
    try process.run()
    return (path, process)
  }

  @Test func `a pipe is read as it comes`() throws {
    let folder = try TemporaryFolder()
    let (path, process) = try pipe(
      folder,
      "printf '<tmx version=\"1.4\"><header/><body><tu>'; sleep 0.2; "
        + "printf '<tuv xml:lang=\"zh\"><seg>房子</seg></tuv></tu></body></tmx>'")
    #expect(try TMXReader(.file(path)).remainingUnits().map(\.variants.first?.segment) == ["房子"])
    process.waitUntilExit()
  }

  @Test func `an attribute of four gigabytes is refused after eight megabytes`() throws {
    let folder = try TemporaryFolder()
    let (path, process) = try pipe(
      folder, "printf '<tmx version=\"'; head -c 4294967296 /dev/zero | tr '\\0' a; printf '\"/>'")
    let clock = ContinuousClock()
    var error: InterchangeError?
    let time = clock.measure {
      do {
        let reader = try TMXReader(.file(path))
        _ = try reader.remainingUnits()
      } catch let found as InterchangeError {
        error = found
      } catch {}
    }
    #expect(error?.diagnostic.code == "tag-too-long")
    #expect(time < .seconds(20), "four gigabytes would take minutes in debug")
    process.terminate()
    process.waitUntilExit()
  }
}
