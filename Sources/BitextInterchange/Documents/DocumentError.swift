public import BitextCore

/// Why a document could not be read or written.
public struct DocumentError: Fault, Sendable, Hashable {
  /// What went wrong.
  public enum Reason: Sendable, Hashable {
    /// No file of that name.
    case missing
    /// A folder, where a file is expected.
    case directory
    /// The file cannot be opened or read; the system's reason.
    case unreadable(String)
    /// A byte that is not UTF-8.
    case notUTF8(byte: UInt8, at: TextPosition)
    /// A byte that is not of the encoding that was named.
    case malformed(encoding: String, bytes: [UInt8], byteOffset: Int)
    /// No encoding of that name.
    case unknownEncoding(String)
    /// A NUL character: the file is not text.
    case binary(at: TextPosition)
    /// The output cannot be created; the system's reason.
    case cannotCreate(String)
    /// Writing failed; the system's reason.
    case cannotWrite(String)
  }

  /// The file, as it was named.
  public let file: String
  /// What went wrong.
  public let reason: Reason

  public init(file: String, reason: Reason) {
    self.file = file
    self.reason = reason
  }

  public var kind: FaultKind {
    switch reason {
    case .missing, .directory, .unreadable: .noInput
    case .notUTF8, .malformed, .binary: .badData
    case .unknownEncoding: .usage
    case .cannotCreate: .cannotCreate
    case .cannotWrite: .inputOutput
    }
  }

  public var place: String? {
    switch reason {
    case .notUTF8(_, let position), .binary(let position):
      "\(file):\(position.line):\(position.column)"
    default: file
    }
  }

  public var message: String {
    switch reason {
    case .missing: "no such file"
    case .directory: "found a folder, expected a file"
    case .unreadable(let why): "cannot be read: \(why)"
    case .notUTF8(let byte, let position):
      "found byte 0x\(hexadecimal(byte)) at offset \(position.byteOffset), which is not UTF-8; "
        + "expected UTF-8, or the name of the encoding"
    case .malformed(let encoding, let bytes, let offset):
      "found bytes 0x\(bytes.map(hexadecimal).joined()) near offset \(offset), which are not \(encoding)"
    case .unknownEncoding(let name):
      "unknown encoding \"\(name)\", expected a name such as UTF-8, GB18030 or windows-1252"
    case .binary(let position):
      "found a NUL character at offset \(position.byteOffset), expected text"
    case .cannotCreate(let why): "cannot be created: \(why)"
    case .cannotWrite(let why): "cannot be written: \(why)"
    }
  }

  private func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return digits.utf8.count == 1 ? "0" + digits : digits
  }
}
