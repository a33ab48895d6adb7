/// The states met so far, each once, in the order they were met.
///
/// An open hash table of positions in `states`; at most half of it is in use, so probing is short.
/// Swift seeds hashing per process, which changes where a position is kept but never the order.
struct StateTable<State: Hashable> {
  private(set) var states: [State] = []
  /// Positions in `states` plus 1, where 0 is a free bucket; their count is a power of two.
  private var buckets = [UInt32](repeating: 0, count: 1024)

  var count: Int { states.count }

  func contains(_ state: State) -> Bool { buckets[bucket(of: state)] != 0 }

  /// Adds a state; false when it is known already.
  mutating func insert(_ state: State) -> Bool {
    let free = bucket(of: state)
    guard buckets[free] == 0 else { return false }
    states.append(state)
    buckets[free] = UInt32(states.count)
    if states.count * 2 > buckets.count { grow() }
    return true
  }

  /// The bucket that holds `state`, or the free one where it belongs.
  private func bucket(of state: State) -> Int {
    let mask = buckets.count - 1
    var bucket = state.hashValue & mask
    while buckets[bucket] != 0, states[Int(buckets[bucket]) - 1] != state {
      bucket = (bucket + 1) & mask
    }
    return bucket
  }

  private mutating func grow() {
    buckets = [UInt32](repeating: 0, count: buckets.count * 2)
    for (position, state) in states.enumerated() {
      buckets[bucket(of: state)] = UInt32(position + 1)
    }
  }
}
