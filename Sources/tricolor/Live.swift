public import ArgumentParser
public import GarbageCollection
import Glibc
import NcursesBackend
import TerminalUI
public import Workloads

/// `tricolor live WORKLOAD`: a program on real threads, watched while it runs.
struct Live: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Watch a collector at work on real threads, at full speed.",
    discussion: """
      Programs: \(WorkloadKind.allCases.map { "\($0.rawValue) (\($0.summary))" }
        .joined(separator: "; ")).

      The screen samples the heap without stopping anything. Space stops all threads and lets them \
      go on, '.' takes one step of the cycle, 'c' a whole one; k, g, b, t, T, w and o run the \
      program anew with another collection, with or without a nursery, with another barrier, \
      number of threads or markers, or order of the worklist; ? shows all keys. Where there is no terminal, or with --format lines, a line of \
      'name value' pairs comes every second, and one of totals at the end.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case screen, lines
  }

  @Argument(help: "trees, lru, list or graph.") var workload = WorkloadKind.trees
  @OptionGroup var settings: LiveOptions
  @Option(help: "End after so many seconds, 1 to 86400; lines end after 10 if not told.")
  var seconds: Int?
  @Option(help: "screen, or lines; lines where there is no terminal.") var format: Format?
  @Option(help: "Samples a second, 1 to 120; 0 only with lines, which then are the totals alone.")
  var samples = 30
  @OptionGroup var look: LookOptions

  func validate() throws {
    if let seconds, !(1...86400).contains(seconds) {
      throw ValidationError("'--seconds' is \(seconds); expected 1 to 86400")
    }
    guard (0...120).contains(samples), samples > 0 || chosenFormat == .lines else {
      throw ValidationError(
        "'--samples' is \(samples); expected 1 to 120, or 0 with '--format lines'")
    }
  }

  private var chosenFormat: Format { format ?? (Terminal.isPossible ? .screen : .lines) }

  func run() throws {
    let settings = settings.settings(for: workload)
    switch chosenFormat {
    case .lines: try LiveTeller(seconds: seconds ?? 10, sampleRate: samples).tell(settings)
    case .screen: try LiveScreen(seconds: seconds, sampleRate: samples).show(settings, look)
    }
  }
}

extension WorkloadKind: ExpressibleByArgument {}
extension ThreadedCollection: ExpressibleByArgument {}
extension WorklistOrder: ExpressibleByArgument {}

/// What runs, and how it is collected.
struct LiveOptions: ParsableArguments {
  @Option(help: "Who collects: concurrent, incremental or stop-the-world.")
  var collection = ThreadedCollection.concurrent
  @Option(
    help: "MiB of the nursery where objects are born, at most a quarter of the limit; 0 for none.")
  var nursery = 0
  @Option(
    help: ArgumentHelp(
      "Write barrier: \(ThreadSettings.barriers.map(\.rawValue).joined(separator: ", ")).",
      valueName: "word"),
    completion: .list(ThreadSettings.barriers.map(\.rawValue)),
    transform: { try LiveOptions.barrier($0) })
  var barrier = Barrier.go
  @Option(help: "Threads that run the program, 1 to 64.") var threads = 2
  @Option(help: "Threads that mark, 1 to 64.") var markers = 1
  @Option(help: "Order of the worklist: lifo, fifo or span.") var worklist = WorklistOrder.bySpan
  @Option(help: "MiB that the program keeps alive, about, 1 to 512.") var live = 32
  @Option(help: "MiB that the heap may take, 8 to 2048.") var limit = 1024
  @Option(help: "Where random numbers begin.") var seed: UInt64 = 0

  private static func barrier(_ word: String) throws -> Barrier {
    guard let barrier = ThreadSettings.barriers.first(where: { $0.rawValue == word }) else {
      let words = ThreadSettings.barriers.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("expected \(words), which hold while threads mark")
    }
    return barrier
  }

  func validate() throws {
    try check(threads, in: LiveSettings.mutatorRange, "--threads")
    try check(markers, in: ThreadSettings.markerRange, "--markers")
    try check(live, in: LiveSettings.liveMebibyteRange, "--live")
    try check(limit, in: LiveSettings.limitMebibyteRange, "--limit")
    try check(nursery, in: 0...ThreadSettings.nurseryRange.upperBound >> 20, "--nursery")
    guard nursery <= limit / 4 else {
      throw ValidationError(
        "'--nursery' is \(nursery); expected at most a quarter of '--limit', \(limit / 4)")
    }
  }

  private func check(_ value: Int, in range: ClosedRange<Int>, _ name: String) throws {
    guard !range.contains(value) else { return }
    throw ValidationError(
      "'\(name)' is \(value); expected \(range.lowerBound) to \(range.upperBound)")
  }

  func settings(for workload: WorkloadKind) -> LiveSettings {
    var settings = ThreadSettings()
    settings.collection = collection
    settings.barrier = barrier
    settings.markerCount = markers
    settings.order = worklist
    settings.limitBytes = limit << 20
    settings.nurseryBytes = nursery << 20
    return LiveSettings(
      workload: workload, mutatorCount: threads, liveBytes: live << 20, seed: seed,
      threads: settings)
  }
}

/// Time, which the libraries below do not read.
enum LiveClock {
  /// Nanoseconds since some moment.
  ///
  /// C: `clock_gettime`.
  @Sendable static func now() -> UInt64 {
    var time = timespec()
    let status = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    precondition(status == 0, "the monotonic clock can be read")
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  /// Waits until that moment.
  ///
  /// C: `clock_nanosleep`.
  static func sleep(until moment: UInt64) {
    var time = timespec()
    time.tv_sec = Int(moment / 1_000_000_000)
    time.tv_nsec = Int(moment % 1_000_000_000)
    while unsafe clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nil) == EINTR {}
  }
}

extension LiveRun {
  /// Starts a run, or says what it could not have.
  static func starting(_ settings: LiveSettings) throws(Failure) -> LiveRun {
    do throws(ThreadError) {
      return try LiveRun(settings, clock: LiveClock.now)
    } catch {
      throw Failure(.usage, "live: \(error.description)")
    }
  }
}
