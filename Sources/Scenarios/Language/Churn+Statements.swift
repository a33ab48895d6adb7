/// The workload `churn` as the statements it stands for.
extension Churn {
  private static let global = "kept"
  private static let table = "table"
  private static let newborn = "o"

  /// What the statements name.
  var names: [(String, Scope.Meaning)] {
    [
      (Churn.global, .global), (Churn.table, .object(slotCount: keep)),
      (Churn.newborn, .object(slotCount: slotCount)),
    ]
  }

  /// A table is born and kept in a global; then each object is born and takes the place of one in
  /// the table.
  ///
  /// Every other object with slots refers to the one before it, so that at most twice as many
  /// live as are kept. O(count).
  func forEachStatement<Failure>(
    _ body: (Statement) throws(Failure) -> Void
  ) throws(Failure) {
    var random = SplitMix(seed: UInt64(seed))
    try body(.object(label: Churn.table, slotCount: keep, byteCount: 0))
    try body(.root(name: Churn.global, .name(Churn.table)))
    var last = SlotPath(Churn.global, 0)
    for number in 0..<count {
      try body(.object(label: Churn.newborn, slotCount: slotCount, byteCount: byteCount))
      if slotCount > 0, !number.isMultiple(of: 2) {
        try body(.store(SlotPath(Churn.newborn, 0), .slot(last)))
      }
      last = SlotPath(Churn.global, random.next(below: keep))
      try body(.store(last, .name(Churn.newborn)))
    }
  }
}

/// Steele, Lea, Flood, Fast Splittable Pseudorandom Number Generators, OOPSLA 2014.
struct SplitMix {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next(below bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return Int((word ^ word >> 31) % UInt64(bound))
  }
}
