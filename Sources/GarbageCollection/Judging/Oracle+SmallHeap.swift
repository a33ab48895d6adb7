/// The same judgements for a checker, which asks for millions of them.
extension Oracle {
  /// Which of `cells` the roots reach, a bit for each; `cells` are all there are, at most 64.
  ///
  /// The same answer as `reachable(in:)` without a set to build, for a checker that asks it of millions
  /// of small heaps.
  public func reachable(among cells: [Reference], in machine: borrowing Machine) -> UInt64 {
    var reached: UInt64 = 0
    var pending: UInt64 = 0
    machine.roots.forEachPlace { _, value in
      if let value { pending |= bit(of: value, among: cells) }
    }
    while pending != 0 {
      let index = pending.trailingZeroBitCount
      reached |= 1 << UInt64(index)
      let cell = cells[index]
      if machine.heap.isObject(cell) {
        for slot in 0..<machine.heap.slotCount(of: cell) {
          if let target = machine.heap.load(slot, of: cell) {
            pending |= bit(of: target, among: cells)
          }
        }
      }
      pending &= ~reached
    }
    return reached
  }

  /// Whether the invariants are broken now: what `judge` says of them, of a small heap.
  ///
  /// - Precondition: `cells` are all the places where objects can stand, at most 64.
  public func brokenInvariants(
    among cells: [Reference], in machine: borrowing Machine
  ) -> (strong: Bool, weak: Bool) {
    guard machine.keepsInvariants else { return (false, false) }
    let protected = protectedObjects(in: machine)
    var broken = (strong: false, weak: false)
    forEachEdge(in: machine) { edge in
      guard machine.heap.isObject(edge.target), machine.heap.color(of: edge.target) == .white
      else { return }
      if isBlack(edge.place, machine, countsStacks: false) { broken.strong = true }
      if !protected.contains(edge.target), isBlack(edge.place, machine, countsStacks: true) {
        broken.weak = true
      }
    }
    return broken
  }

  private func bit(of reference: Reference, among cells: [Reference]) -> UInt64 {
    var index = 0
    while index < cells.count {
      if cells[index] == reference { return 1 << UInt64(index) }
      index += 1
    }
    return 0
  }
}
