import BitextCore
import BitextMemory
import BitextSQLite
import Foundation
import Synchronization
import Testing

private struct Broken: Error {}

private func units(_ count: Int) -> [TranslationUnit] {
  (0..<count).map { pair("en", "Sentence number \($0) of many", "zh", "第\($0)句") }
}

/// Gives units, and at one of them does something else first.
private func stream(
  _ units: [TranslationUnit], at place: Int = .max,
  _ action: @escaping @Sendable () throws -> Void = {}
) -> AsyncThrowingStream<TranslationUnit, any Error> {
  let next = Mutex(0)
  return AsyncThrowingStream(unfolding: {
    let number = next.withLock { number in
      defer { number += 1 }
      return number
    }
    if number == place { try action() }
    return number < units.count ? units[number] : nil
  })
}

@Suite struct `An import by a task` {
  private let options = MemoryImport.Options(batch: 10)

  @Test(arguments: [false, true])
  func `saves all units and says how far it is`(_ isAtomic: Bool) async throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    var steps: [ImportProgress] = []
    let report = try await memory.importUnits(
      stream(units(35)), name: "a", digest: "a", options: options, isAtomic: isAtomic
    ) { steps.append($0) }
    #expect(report.read == 35 && report.added == 35)
    #expect(try memory.units() == units(35))
    #expect(steps.map(\.read) == [10, 20, 30, 35])
    #expect(steps.map(\.durable) == (isAtomic ? [0, 0, 0, 35] : [10, 20, 30, 35]))
    let run = try #require(try memory.statistics().runs.first)
    #expect(run.isFinished && run.report == report)
    let again = try await memory.importUnits(
      stream(units(35)), name: "a", digest: "a", options: options, isAtomic: isAtomic)
    #expect(again.unchanged == 35)
    #expect(try memory.undo(run: run.id).removed == 35)
  }

  @Test(arguments: [false, true])
  func `leaves whole batches, or nothing, when its content breaks off`(_ isAtomic: Bool)
    async throws
  {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    await #expect(throws: Broken.self) {
      try await memory.importUnits(
        stream(units(35), at: 27) { throw Broken() }, name: "a", digest: "a", options: options,
        isAtomic: isAtomic)
    }
    #expect(try memory.units() == Array(units(35).prefix(isAtomic ? 0 : 20)))
    #expect(try memory.statistics().runs.map(\.isFinished) == (isAtomic ? [] : [false]))
    // It goes on where it stopped.
    var first: ImportProgress?
    let report = try await memory.importUnits(
      stream(units(35)), name: "a", digest: "a", options: options
    ) { first = first ?? $0 }
    #expect(report.added == 35)
    #expect(first?.durable == (isAtomic ? 10 : 30))
    #expect(try memory.units() == units(35))
  }

  @Test(arguments: [false, true])
  func `ends soon after its task is cancelled`(_ isAtomic: Bool) async throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    let content = stream(units(10_000), at: 45) {
      // The task cancels itself in the middle of its content.
      unsafe withUnsafeCurrentTask { task in unsafe task?.cancel() }
    }
    let options = options
    let importing = Task {
      try await memory.importUnits(
        content, name: "a", digest: "a", options: options, isAtomic: isAtomic)
    }
    await #expect(throws: CancellationError.self) { try await importing.value }
    #expect(try memory.units().count == (isAtomic ? 0 : 40))
    #expect(try memory.save([pair("en", "After", "zh", "之后")]).added == 1, "nothing is locked")
  }

  @Test func `and another one take turns`() async throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 0..<4 {
        group.addTask {
          let own = (0..<60).map { pair("en", "Task \(number) text \($0)", "es", "\($0)") }
          return try await memory.importUnits(
            stream(own), name: "\(number)", digest: "\(number)",
            options: MemoryImport.Options(batch: 7), isAtomic: number == 0
          ).added
        }
        group.addTask {
          // Somebody asks meanwhile.
          try memory.matches(for: MatchQuery("Task 1 text 1", from: "en", to: "es")).count * 0
        }
      }
      let added = try await group.reduce(0, +)
      #expect(added == 240)
    }
    #expect(try memory.units().count == 240)
    // Each run knows its own units, though their batches alternate.
    for run in try memory.statistics().runs {
      #expect(try memory.units(where: MemoryFilter(run: run.id)).count == 60)
    }
    #expect(try memory.verify().isEmpty)
  }

  @Test func `that cannot be written says so and keeps nothing`() async throws {
    let folder = try TemporaryFolder()
    let memory = try folder.memory()
    let content = stream(units(30) + [TranslationUnit(variants: [])] + units(5))
    await #expect {
      try await memory.importUnits(
        content, name: "a", digest: "a", options: options, isAtomic: true)
    } throws: { ($0 as? MemoryError)?.code == .invalidUnit }
    #expect(try memory.units().isEmpty)
  }
}

@Suite struct `A memory that somebody writes to` {
  @Test func `is busy after a while, and says who may hold it`() throws {
    let folder = try TemporaryFolder()
    try folder.memory().save([pair("en", "One", "es", "Uno")])
    let url = folder.url.appendingPathComponent("memory")
    let memory = try TranslationMemory(
      at: url, options: MemoryOpenOptions(patience: .milliseconds(200)))
    try SQLiteFixture.whileWriting(url.appendingPathComponent("memory.sqlite").path) {
      #expect(try memory.units().count == 1, "reading goes on")
      do {
        try memory.save([pair("en", "Two", "es", "Dos")])
        Issue.record("it was saved")
      } catch let error as MemoryError {
        #expect(error.code == .busy && error.kind == .inputOutput)
        #expect(error.message.contains("within 0.2 seconds"))
        #if os(Linux)
          #expect(error.holder == "this program itself")
          #expect(error.message.hasPrefix("this program itself is writing"))
        #endif
      }
    }
    #expect(try memory.save([pair("en", "Two", "es", "Dos")]).added == 1)
  }
}
