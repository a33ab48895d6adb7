import Synchronization

/// A thread that marks: a wavefront of its own, and a shelf from which others may steal.
///
/// What is in the wavefront nobody else sees, so marking takes no lock. When there is more than the
/// marker will need soon, it puts some on its shelf; it takes that back itself when it has nothing else
/// (Acar, Charguéraud and Rainey, "Scheduling parallel programs by work stealing with private deques",
/// PPoPP 2013).
final class Marker: @unchecked Sendable {
  private let wavefrontBox: Box<Wavefront>
  private let shelf: RawTable<UInt32>
  private let lock: RawTable<Lock>
  /// Entries on the shelf; changed under its lock, and looked at without.
  private let shelved = Atomic<Int>(0)
  /// Units of work done so far.
  let units = Atomic<Int>(0)
  /// Times it has found something on the shelf of another.
  let steals = Atomic<Int>(0)

  private static let shelfSize = 4096

  init(_ wavefront: consuming Wavefront) {
    wavefrontBox = Box(wavefront)
    shelf = RawTable(zeroed: Marker.shelfSize)
    lock = RawTable(zeroed: 1)
  }

  var wavefront: Wavefront {
    @inline(__always) _read { yield wavefrontBox.value }
    @inline(__always) _modify { yield &wavefrontBox.value }
  }

  /// Entries on the shelf, as they were a moment ago.
  var shelvedCount: Int { shelved.load(ordering: .relaxed) }

  /// Puts half of what waits on the shelf, as far as there is room.
  ///
  /// Whether anything was.
  func shelve(_ ground: HeapTables) -> Bool {
    let count = min(wavefront.listedCount / 2, Marker.shelfSize - shelvedCount)
    guard count > 0 else { return false }
    return lock.withLock {
      var top = shelved.load(ordering: .relaxed)
      wavefront.give(count) {
        shelf[top] = $0
        top += 1
      }
      shelved.store(top, ordering: .relaxed)
      return true
    }
  }

  /// Takes from a shelf, its own or another's, what was put there last: all, or half of it, at most a
  /// hundred entries; whether there was anything.
  func take(from other: Marker, _ ground: HeapTables) -> Bool {
    guard other.shelvedCount > 0 else { return false }
    return other.lock.withLock {
      let there = other.shelved.load(ordering: .relaxed)
      let count = min(100, other === self ? there : (there + 1) / 2)
      guard count > 0 else { return false }
      for index in there - count..<there { wavefront.receive(other.shelf[index], ground) }
      other.shelved.store(there - count, ordering: .relaxed)
      return true
    }
  }
}
