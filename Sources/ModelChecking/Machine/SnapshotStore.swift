import GarbageCollection
import Synchronization

/// The snapshots that a search has met, by number: a state is the number of one.
///
/// For collectors that move objects or count references, whose states have no fixed shape. A number says
/// nothing about its snapshot, so the order of a search depends on it nowhere.
final class SnapshotStore: Sendable {
  private struct Contents {
    var snapshots: [Snapshot] = []
    var numbers: [Snapshot: Int] = [:]
  }

  private let contents = Mutex(Contents())

  /// The state of a snapshot; equal ones have the same.
  func state(of snapshot: Snapshot) -> SmallState {
    contents.withLock { contents in
      let number: Int
      if let known = contents.numbers[snapshot] {
        number = known
      } else {
        number = contents.snapshots.count
        contents.snapshots.append(snapshot)
        contents.numbers[snapshot] = number
      }
      var state = SmallState()
      state[0] = UInt64(number + 1)
      return state
    }
  }

  func snapshot(of state: SmallState) -> Snapshot {
    contents.withLock { $0.snapshots[Int(state[0]) - 1] }
  }

  /// States that fit in so many bytes: small snapshots take some 2000 bytes each, in two places.
  static func count(within byteCount: Int) -> Int { byteCount / 4096 }
}
