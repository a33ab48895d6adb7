import ArgumentParser
import Foundation
import GarbageCollection
import Glibc
import ModelChecking

/// How a search is run: on how many processors, in how much memory, and what becomes of it when it is
/// interrupted.
struct SearchOptions: ParsableArguments {
  @Option(help: "States to store at most.") var states: Int?
  @Option(help: "Memory for states, as in 512MiB; three quarters of what is free if not given.")
  var memory: String?
  @Option(help: "Threads that search; as many as there are processors if not given.")
  var workers: Int?
  @Option(
    help: """
      Keep an unfinished search in this file; if the file exists, go on from there. It is removed \
      when the search is over.
      """,
    completion: .file())
  var checkpoint: String?
  @Flag(help: "Tell the progress on standard error even where it is no terminal.")
  var progress = false

  func validate() throws {
    if let workers, !(1...64).contains(workers) {
      throw ValidationError("'--workers' is \(workers); expected 1 to 64")
    }
    if let states, states < 1 {
      throw ValidationError("'--states' is \(states); expected 1 or more")
    }
    if let memory, ByteSize.bytes(of: memory) == nil {
      throw ValidationError("'--memory' is '\(memory)'; expected a size such as 512MiB or 4GiB")
    }
  }

  var workerCount: Int { workers ?? ProcessInfo.processInfo.activeProcessorCount }

  /// Why a search ended before it knew.
  enum Interruption {
    case interrupted(SearchProgress)
    case stateLimit(SearchProgress)
    case memoryFull(SearchProgress)
  }
}

/// How far a search has come, and where it is kept.
struct SearchProgress {
  let states: Int
  let depth: Int
  /// Whether it could be taken up again.
  let canGoOn: Bool
  let checkpoint: String?
}

extension SearchOptions {
  /// The search, from its beginning or from its checkpoint.
  func begin(_ check: ModelChecking.Check) throws -> any RunningCheck {
    var check = check
    check.limits = limits(fitting: check.stateCount(within: memoryBytes))
    // Objects can be named in so many ways that no more heaps than that are one.
    let names = (1...check.bounds.objects).reduce(1, *)
    guard check.heapCount / (check.mergesHeaps ? names : 1) <= check.limits.stateCount else {
      throw Failure(
        .incomplete,
        "check: the heaps alone are more than the \(check.limits.stateCount) states that fit; "
          + "nothing was tried; expected smaller bounds, or more of --memory or --states")
    }
    SearchWatch.heedInterrupts()
    return try keptBytes().map { kept in try resumed { try check.resume(from: kept) } }
      ?? check.begin { !SearchWatch.isInterrupted }
  }

  /// The same of a published model.
  func begin(_ check: PublishedCheck) throws -> any RunningPublishedCheck {
    let limits = limits(fitting: PublishedCheck.stateCount(within: memoryBytes))
    return try keptBytes().map { kept in
      try resumed { try check.resume(from: kept, limits: limits) }
    } ?? check.begin(limits: limits)
  }

  /// The same of a script's program.
  func begin(_ question: SceneSearch) throws -> any RunningScene {
    let limits = limits(fitting: question.stateCount(within: memoryBytes))
    return try keptBytes().map { kept in
      try resumed { try question.resume(from: kept, limits: limits) }
    } ?? question.begin(limits: limits)
  }

  private func limits(fitting count: Int) -> SearchLimits {
    SearchLimits(stateCount: min(states ?? .max, count), workerCount: workerCount)
  }

  /// What a former search has left to go on from; nil when there is nothing.
  private func keptBytes() throws -> [UInt8]? {
    guard let checkpoint, Files.exists(checkpoint) else { return nil }
    return try Files.readAll(checkpoint)
  }

  private func resumed<Kept>(_ resume: () throws -> Kept) throws -> Kept {
    do { return try resume() } catch let error as CheckpointError {
      throw Failure(.badScript, "\(checkpoint ?? ""): \(error.description)")
    }
  }

  /// Searches until all is known, a limit is reached, or somebody presses Ctrl-C.
  func run<Kept: KeptSearch>(_ search: inout Kept) throws -> Interruption? {
    let watch = SearchWatch(isTold: progress || isatty(STDERR_FILENO) == 1)
    defer { watch.finish(search) }
    while !search.isOver, !SearchWatch.isInterrupted {
      search.advance()
      watch.tell(search)
    }
    guard search.finding == .undecided else {
      if let checkpoint, Files.exists(checkpoint) { unsafe unlink(checkpoint) }
      return nil
    }
    let progress = SearchProgress(
      states: search.stateCount, depth: search.depth, canGoOn: search.hasAllBeginnings,
      checkpoint: try keep(search))
    if SearchWatch.isInterrupted { return .interrupted(progress) }
    return states.map { search.stateCount >= $0 } ?? false
      ? .stateLimit(progress) : .memoryFull(progress)
  }

  /// Writes the search down, if that is asked for.
  private func keep(_ search: some KeptSearch) throws -> String? {
    guard let checkpoint, search.hasAllBeginnings else { return nil }
    if let failure = Files.write(search.checkpoint(), to: checkpoint) { throw failure }
    return checkpoint
  }

  private var memoryBytes: Int {
    memory.flatMap { ByteSize.bytes(of: $0) } ?? SystemMemorySize.availableBytes / 4 * 3
  }
}

/// How much memory the system could give.
enum SystemMemorySize {
  /// Bytes that new programs could have without swapping; 4 GiB where the system does not say.
  static var availableBytes: Int {
    let fallback = 4 << 30
    guard let bytes = try? Files.readAll("/proc/meminfo") else { return fallback }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    guard let line = lines.first(where: { $0.hasPrefix("MemAvailable:") }),
      let kibibytes = line.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
    else { return fallback }
    return kibibytes << 10
  }
}

extension SearchOptions.Interruption: CustomStringConvertible {
  var description: String {
    switch self {
    case .interrupted(let progress): "interrupted; \(progress.description)"
    case .stateLimit(let progress):
      "the limit of \(progress.states) states was reached; \(progress.description)"
    case .memoryFull(let progress):
      "\(progress.states) states fill the memory allowed; \(progress.description); smaller bounds, "
        + "or more of --memory, would go further"
    }
  }
}

extension SearchProgress: CustomStringConvertible {
  var description: String {
    guard canGoOn else { return "not even all heaps were set up" }
    let kept =
      checkpoint.map { "; the search is kept in \($0), and the same command goes on" }
      ?? "; with --checkpoint FILE it could be taken up again"
    return "\(covered)\(kept)"
  }

  private var covered: String {
    depth <= 1
      ? "not even all first actions were tried"
      : "every schedule of up to \(depth - 1) actions was tried and none fails"
  }
}
