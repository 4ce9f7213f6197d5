internal import BitextCore
internal import Dispatch
internal import Synchronization

/// Indexes what an import writes, while it writes: on a thread of its own it reads the rows of each
/// batch that is durable, so that the index is there when the last row is.
///
/// Nothing of it is needed for the import to be safe: when the program ends early, the next one reads
/// the rows again.
final class IndexFollower: Sendable {
  private struct State {
    var languages: [Int64: Growing] = [:]
    var identity = ""
    var failed = false
  }

  /// The segment of one language that is being made.
  private struct Growing {
    var builder = IndexSegmentBuilder()
    /// The last revision that files or earlier segments cover.
    var covered: Int64
    var last: Int64
    var position: Int64
  }

  /// A segment is made of as many variants at most: it bounds the memory that an import takes.
  private static let most = 1_000_000

  private let memory: TranslationMemory
  private let least: Int
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "bitext.memory.index")

  /// - Parameter least: Fewer new variants of a language stay a tail.
  init(of memory: TranslationMemory, least: Int? = nil) {
    self.memory = memory
    self.least = least ?? memory.index.withLock { $0.longestTail }
  }

  /// Reads what is new, later.
  func advance() {
    guard !memory.store.isReadOnly, memory.store.indexDirectory != nil else { return }
    queue.async { self.state.withLock { self.read(&$0) } }
  }

  /// Waits until all is read, and writes the segments.
  func finish() {
    queue.sync {
      state.withLock { state in
        let full = state.languages.filter { $0.value.builder.count >= least }
        save(full, state.identity)
        state.languages = [:]
      }
    }
  }

  private func read(_ state: inout State) {
    guard !state.failed else { return }
    do throws(MemoryError) {
      try memory.store.read { (reader) throws(MemoryError) in
        let position = try reader.position()
        if state.identity.isEmpty { state.identity = try reader.identity() }
        for language in try reader.languages() {
          var growing: Growing
          if let known = state.languages.removeValue(forKey: language.id) {
            growing = known
          } else {
            let covered =
              try reader.indexRecords().filter { $0.language == language.id }
              .map(\.lastRevision).max() ?? 0
            growing = Growing(covered: covered, last: covered, position: position)
          }
          try reader.forEachVariant(language: language.id, after: growing.last) { text in
            growing.builder.add(text)
            growing.last = text.revision
          }
          state.languages[language.id] = growing
        }
      }
    } catch {
      state.failed = true
      state.languages = [:]
      return
    }
    let full = state.languages.filter { $0.value.builder.count >= Self.most }
    guard !full.isEmpty else { return }
    save(full, state.identity)
    for (language, growing) in full {
      state.languages[language] = Growing(
        covered: growing.last, last: growing.last, position: growing.position)
    }
  }

  /// Builds and writes segments, one language on each core.
  private func save(_ full: [Int64: Growing], _ identity: String) {
    guard !full.isEmpty, let directory = memory.store.indexDirectory else { return }
    let languages = full.keys.sorted()
    let memory = memory
    _ = IndexFile.withLease(in: directory) {
      DispatchQueue.concurrentPerform(iterations: languages.count) { number in
        let language = languages[number]
        guard let growing = full[language], growing.last > growing.covered,
          let segment = growing.builder.build(
            revisions: (growing.covered + 1)...growing.last, position: growing.position)
        else { return }
        let owner = IndexFile.Owner(memory: identity, language: language)
        _ = try? memory.save(segment, of: owner, replacing: [], in: directory)
        memory.index.withLock { $0.unload(language) }
      }
    }
  }
}
