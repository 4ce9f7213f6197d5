internal import CBitextZlib

/// Inflates gzip (RFC 1952), piece by piece; several members in a row are one file.
@safe
struct GzipInflater: ~Copyable {
  private let handle: OpaquePointer
  private var isInsideMember = true
  private var hasEnded = false

  /// What went wrong.
  enum Failure: Error {
    case damaged
    case truncated
    case noMemory
  }

  private static let capacity = 1 << 16

  init() throws(Failure) {
    guard let opened = unsafe bz_open() else { throw .noMemory }
    unsafe handle = opened
  }

  deinit { unsafe bz_close(handle) }

  /// Whether bytes begin as gzip does.
  static func isGzip(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

  /// Inflates as much as one piece of output holds.
  ///
  /// - Parameters:
  ///   - input: What is used is taken away.
  ///   - isLast: Whether the file ends with the input.
  /// - Returns: Bytes, perhaps none while more input is needed; `nil` at the end. Bytes behind the last
  ///   member that begin no other are left in `input`.
  mutating func inflate(_ input: inout [UInt8], isLast: Bool) throws(Failure) -> [UInt8]? {
    while !hasEnded {
      if !isInsideMember {
        if input.count < 2, !isLast { return [] }
        guard Self.isGzip(input) else {
          hasEnded = true
          break
        }
        guard unsafe Int(bz_reset(handle)) == BZ_MORE else { throw .damaged }
        isInsideMember = true
      }
      var used: Int32 = 0
      var written: Int32 = 0
      var code: Int32 = 0
      // zlib writes at most `capacity` bytes, says how many, and keeps neither pointer.
      let output = unsafe [UInt8](unsafeUninitializedCapacity: Self.capacity) { out, count in
        code = unsafe input.withUnsafeBufferPointer { source in
          unsafe bz_inflate(
            handle, source.baseAddress, Int32(clamping: source.count), &used, out.baseAddress,
            Int32(Self.capacity), &written)
        }
        count = Int(written)
      }
      input.removeFirst(Int(used))
      switch Int(code) {
      case BZ_MORE:
        if output.isEmpty, used == 0 {
          if isLast { throw .truncated }
          return []
        }
      case BZ_MEMBER: isInsideMember = false
      case BZ_NO_MEMORY: throw .noMemory
      default: throw .damaged
      }
      if !output.isEmpty { return output }
      if input.isEmpty, !isLast { return [] }
      if input.isEmpty, isInsideMember { throw .truncated }
      if input.isEmpty { hasEnded = true }
    }
    return nil
  }
}
