public import GarbageCollection
import Synchronization

/// A machine of threads with a program on each, as long as somebody watches.
///
/// A class because its threads share what it counts. It belongs to one thread, and must be ended before it is let go of.
public final class LiveRun {
  public let settings: LiveSettings
  private let machine: ThreadedMachine
  private var sampler: ThreadSampler
  private let board = LiveBoard()
  private var threads: [SystemThread] = []
  public private(set) var isPaused = false

  /// Starts the threads; returns at once.
  ///
  /// - Parameter clock: nanoseconds since some moment.
  public init(
    _ settings: LiveSettings, clock: @escaping @Sendable () -> UInt64
  ) throws(ThreadError) {
    guard LiveSettings.mutatorRange.contains(settings.mutatorCount) else {
      throw .badMutatorCount(settings.mutatorCount)
    }
    self.settings = settings
    machine = try ThreadedMachine(settings.threads, clock: clock)
    sampler = ThreadSampler(machine)
    let (board, machine) = (board, machine)
    threads = (0..<settings.mutatorCount).map { number in
      SystemThread { LiveRun.run(settings, number, on: machine, board) }
    }
  }

  deinit { precondition(threads.isEmpty, "a live run is ended before it is let go of") }

  /// What a thread does.
  private static func run(
    _ settings: LiveSettings, _ number: Int, on machine: ThreadedMachine, _ board: LiveBoard
  ) {
    do throws(ThreadError) {
      let mutator = try machine.makeMutator(named: "T\(number + 1)")
      try settings.workload.run(
        mutator, seed: settings.seed &+ UInt64(number), liveBytes: settings.liveBytesPerThread
      ) { operationCount in
        board.operationCount.wrappingAdd(operationCount, ordering: .relaxed)
        return !board.isEnding.load(ordering: .relaxed)
      }
    } catch {
      board.failure.withLock { if $0 == nil { $0 = error } }
    }
  }

  /// Ends all threads; once.
  public func end() {
    if isPaused { resume() }
    board.isEnding.store(true, ordering: .relaxed)
    for thread in threads { thread.join() }
    threads = []
    machine.close()
  }
}

extension LiveRun {
  /// What stopped one of the threads, if anything did; the others go on.
  public var failure: ThreadError? { board.failure.withLock { $0 } }

  /// The same in words, which for the usual one fit into a line of 80 columns and say what helps.
  public var failureText: String? {
    guard let failure else { return nil }
    if case .heap(.limitReached(_, _, let limit)) = failure {
      return "the heap limit of \(ByteSize.describe(limit)) is reached; --limit raises it"
    }
    return failure.description
  }

  /// Operations of the program so far, by all threads; it lags by at most a few dozen each.
  public var operationCount: Int { board.operationCount.load(ordering: .relaxed) }

  public func report() -> ThreadReport { machine.report() }

  /// - Parameters:
  ///   - cellCount: cells of the map of the heap; 0 for none.
  ///   - waits: whether to wait for a collector that has stopped the world.
  public func sample(cellCount: Int, waits: Bool) -> ThreadSample {
    sampler.take(cellCount: cellCount, waits: waits)
  }

  /// Stops all threads, until `resume`.
  public func pause() {
    guard !isPaused else { return }
    machine.pause()
    isPaused = true
  }

  public func resume() {
    guard isPaused else { return }
    isPaused = false
    machine.resume()
  }

  /// Takes a step of the cycle; pauses first, if need be.
  public func step() -> ThreadStep {
    pause()
    return machine.step()
  }

  /// Takes the cycle to its end; pauses first, if need be.
  public func finishCycle() {
    pause()
    machine.finishCycle()
  }

  /// What the paused machine looks like.
  public func view() -> PausedView {
    precondition(isPaused, "only a paused run can be looked at")
    return machine.whilePaused { PausedView($0) }
  }
}

/// What the threads of a run and its watcher share.
private final class LiveBoard: Sendable {
  let isEnding = Atomic<Bool>(false)
  let operationCount = Atomic<Int>(0)
  let failure = Mutex<ThreadError?>(nil)
}
