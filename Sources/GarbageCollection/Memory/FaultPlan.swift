import Synchronization

/// Which of the calls for memory fail, counted from the plan's beginning: how error paths are tested.
///
/// A test runs the same work with the first call failing, then the second, and so on until the work
/// gets through (the way SQLite tests its allocations).
final class FaultPlan: Sendable {
  enum Extent: Sendable {
    /// Only the chosen call fails.
    case once
    /// The chosen call fails, and every later one.
    case forGood
  }

  private let chosen: Int
  private let extent: Extent
  private let count = Atomic<Int>(0)

  /// Lets call `chosen` fail, counted from 0.
  init(failing chosen: Int, _ extent: Extent = .once) {
    self.chosen = chosen
    self.extent = extent
  }

  /// Calls made so far, failed ones included.
  var callCount: Int { count.load(ordering: .relaxed) }

  /// Whether the next call has to fail, or one soon after it.
  var isDue: Bool {
    switch extent {
    case .once: (chosen - 3...chosen).contains(callCount)
    case .forGood: callCount >= chosen - 3
    }
  }

  /// Counts a call; whether it has to fail.
  func countsAsFault() -> Bool {
    let number = count.wrappingAdd(1, ordering: .relaxed).oldValue
    return switch extent {
    case .once: number == chosen
    case .forGood: number >= chosen
    }
  }
}
