internal import ArgumentParser
internal import Bitext
internal import Foundation

/// What to do with a record that cannot be answered.
enum OnError: String, ExpressibleByArgument, CaseIterable, Sendable {
  /// Answer it with an error record and go on.
  case `continue`
  /// Stop.
  case fail
}

/// The identifier of a record: whatever JSON scalar came in goes out.
enum RecordIdentifier: Codable, Sendable, Hashable {
  case integer(Int64)
  case number(Double)
  case text(String)
  case boolean(Bool)
  case null

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else if let value = try? container.decode(Int64.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else {
      self = .text(try container.decode(String.self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .integer(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .text(let value): try container.encode(value)
    case .boolean(let value): try container.encode(value)
    case .null: try container.encodeNil()
    }
  }
}

/// Turns a command into a filter: one JSON object in, one out, in the same order, flushed as it goes.
struct JSONLines {
  /// What happens to a bad record.
  var onError = OnError.continue
  /// How many records are worked on at once. Their answers keep their order.
  var width = 1

  /// Answers every record of standard input on standard output.
  ///
  /// - Parameter answer: Called once a record, from several tasks when `width` is above one.
  func filter<Request: Decodable & Sendable, Reply: Encodable & Sendable>(
    _ request: Request.Type, _ answer: @escaping @Sendable (Request) throws -> Reply
  ) async throws {
    var lines = LineReader()
    let output = try OutputFile("-")
    if width <= 1 {
      while let line = lines.next() {
        if let text = try reply(to: line, answer) {
          try output.write(text)
          try output.flush()
        }
      }
      try output.finish()
      return
    }
    try await withThrowingTaskGroup(of: (Int, String?).self) { group in
      var asked = 0
      var written = 0
      var waiting: [Int: String?] = [:]
      var isAtEnd = false
      while !isAtEnd || written < asked {
        while !isAtEnd, asked - written < width * 4 {
          guard let line = lines.next() else {
            isAtEnd = true
            break
          }
          let number = asked
          asked += 1
          group.addTask { (number, try self.reply(to: line, answer)) }
          if asked - written >= width { break }
        }
        if let (number, text) = try await group.next() { waiting[number] = text }
        while let text = waiting.removeValue(forKey: written) {
          if let text {
            try output.write(text)
            try output.flush()
          }
          written += 1
        }
      }
    }
    try output.finish()
  }

  /// Answers all records of standard input together, once the last one is read.
  ///
  /// - Parameters:
  ///   - prepare: Turns a record into what is answered; an error makes it a bad record.
  ///   - answer: Gives one reply for each prepared record, in order.
  func filterTogether<Request: Decodable, Prepared, Reply: Encodable>(
    _ request: Request.Type, prepare: (Request) throws -> Prepared,
    answer: ([Prepared]) async throws -> [Reply]
  ) async throws {
    var lines = LineReader()
    var prepared: [Prepared] = []
    /// The identifier of a good record, or the whole answer to a bad one.
    var waiting: [(identifier: RecordIdentifier, failure: String?)] = []
    while let line = lines.next() {
      if Self.isBlank(line) { continue }
      var identifier = RecordIdentifier.null
      do {
        let decoder = JSONDecoder()
        identifier = try decoder.decode(IdentifierOnly.self, from: line).id ?? .null
        prepared.append(try prepare(try decoder.decode(Request.self, from: line)))
        waiting.append((identifier, nil))
      } catch {
        let failure = RecordFailure(error)
        if onError == .fail { throw failure }
        waiting.append((identifier, try Self.encode(Record(id: identifier, reply: failure))))
      }
    }
    var replies = try await answer(prepared).makeIterator()
    let output = try OutputFile("-")
    for (identifier, failure) in waiting {
      if let failure {
        try output.write(failure)
      } else if let reply = replies.next() {
        try output.write(try Self.encode(Record(id: identifier, reply: reply)))
      }
    }
    try output.finish()
  }

  private static func isBlank(_ line: Data) -> Bool {
    line.allSatisfy { $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }
  }

  /// The line that answers a line; `nil` for an empty one.
  private func reply<Request: Decodable, Reply: Encodable>(
    to line: Data, _ answer: (Request) throws -> Reply
  ) throws -> String? {
    if Self.isBlank(line) { return nil }
    var identifier = RecordIdentifier.null
    do {
      let decoder = JSONDecoder()
      identifier = try decoder.decode(IdentifierOnly.self, from: line).id ?? .null
      let request = try decoder.decode(Request.self, from: line)
      return try Self.encode(Record(id: identifier, reply: try answer(request)))
    } catch {
      let failure = RecordFailure(error)
      if onError == .fail { throw failure }
      return try Self.encode(Record(id: identifier, reply: failure))
    }
  }

  /// One line of JSON with its keys in alphabetical order: the same value, the same bytes.
  static func encode(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
  }
}

private struct IdentifierOnly: Decodable {
  let id: RecordIdentifier?
}

/// A reply with the identifier of its record in front.
private struct Record<Reply: Encodable>: Encodable {
  let id: RecordIdentifier
  let reply: Reply

  private enum Key: String, CodingKey { case id }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(id, forKey: .id)
    try reply.encode(to: encoder)
  }
}

/// `{"error":{"code":…,"message":…}}`
private struct RecordFailure: Fault, Encodable {
  let code: String
  let message: String
  let kind: FaultKind
  var place: String? { nil }

  init(_ error: any Error) {
    if let fault = error as? any Fault {
      code = fault.kind == .usage ? "usage" : "badData"
      message = [fault.place, fault.message].compactMap(\.self).joined(separator: ": ")
      kind = fault.kind
    } else if let error = error as? DecodingError {
      code = "badRecord"
      message = Self.explain(error)
      kind = .badData
    } else {
      code = "badRecord"
      message = "\(error)"
      kind = .badData
    }
  }

  private static func explain(_ error: DecodingError) -> String {
    switch error {
    case .keyNotFound(let key, _): "\"\(key.stringValue)\" is missing"
    case .typeMismatch(let type, let context):
      "\(path(context)) is not of type \(type)"
    case .valueNotFound(_, let context): "\(path(context)) is null"
    case .dataCorrupted: "found no valid JSON, expected one object a line"
    @unknown default: "found no valid record"
    }
  }

  private static func path(_ context: DecodingError.Context) -> String {
    let names = context.codingPath.map(\.stringValue)
    return names.isEmpty ? "the record" : "\"\(names.joined(separator: "."))\""
  }

  private enum Key: String, CodingKey { case error }
  private enum ErrorKey: String, CodingKey { case code, message }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    var error = container.nestedContainer(keyedBy: ErrorKey.self, forKey: .error)
    try error.encode(code, forKey: .code)
    try error.encode(message, forKey: .message)
  }
}
