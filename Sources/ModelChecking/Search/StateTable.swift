import GarbageCollection

/// The set of all states met so far.
///
/// Open addressing with the states themselves in the buckets, so that a look costs one line of memory;
/// at most three quarters are in use.
struct StateTable<State: StateWord>: Sendable {
  private var buckets: [State]
  private(set) var count = 0
  /// Of no meaning; it keeps the looks of `warm` from being left out.
  private var warmth: UInt64 = 0

  init() { buckets = [State](repeating: State(), count: 1 << 10) }

  /// Bytes in use.
  var byteCount: Int { buckets.count * MemoryLayout<State>.stride }

  /// What stands in the first place where `state` may be.
  @inline(__always)
  func firstLook(for state: State) -> State {
    buckets[Int(truncatingIfNeeded: state.scrambled &>> 24) & (buckets.count &- 1)]
  }

  /// Fetches the places of some states, so that the processor waits for all of them at once.
  mutating func warm(_ states: some Sequence<State>) {
    for state in states { warmth ^= firstLook(for: state)[0] }
  }

  @inline(__always)
  func contains(_ state: State) -> Bool { buckets[bucket(of: state)] == state }

  /// Adds a state; false when it is known already.
  mutating func insert(_ state: State) -> Bool {
    let free = bucket(of: state)
    guard buckets[free] != state else { return false }
    buckets[free] = state
    count += 1
    if count * 4 > buckets.count * 3 { grow() }
    return true
  }

  /// The bucket that holds `state`, or the free one where it belongs.
  @inline(__always)
  private func bucket(of state: State) -> Int {
    let mask = buckets.count &- 1
    var bucket = Int(truncatingIfNeeded: state.scrambled &>> 24) & mask
    let free = State()
    while buckets[bucket] != free, buckets[bucket] != state { bucket = (bucket &+ 1) & mask }
    return bucket
  }

  private mutating func grow() {
    let old = buckets
    buckets = [State](repeating: State(), count: old.count * 2)
    let free = State()
    for state in old where state != free { buckets[bucket(of: state)] = state }
  }
}
