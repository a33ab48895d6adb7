/// Why a measurement in a process of its own has no result.
public enum ChildError: Error, Hashable, Sendable {
  /// The system did not start it, for the reason of this `errno`.
  case cannotStart(String, code: Int32)
  case ended(status: Int32)
  case killed(signal: Int32)
  case timedOut(seconds: Int)
  /// What it wrote is no measurement.
  case unreadable(String)
  /// The task makes no sense to this program.
  case unknownTask(String)
  /// The library was to replace `malloc`, but `malloc` stands elsewhere.
  case notLoaded(library: String, malloc: String)
}

extension ChildError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .cannotStart(let what, let code): "\(what): cannot be started, error \(code)"
    case .ended(let status): "the process ended with status \(status)"
    case .killed(let signal): "the process was killed by signal \(signal)"
    case .timedOut(let seconds): "the process did not end within \(seconds) seconds"
    case .unreadable(let what): "expected lines of a metric and its values, got: \(what)"
    case .unknownTask(let task):
      "'\(task)' is no task; expected ALLOCATOR BENCHMARK OPERATIONS ROUNDS LIBRARY"
    case .notLoaded(let library, let malloc):
      "malloc stands in \(malloc); expected it in \(library), which LD_PRELOAD names"
    }
  }
}
