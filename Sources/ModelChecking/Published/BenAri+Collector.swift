import GarbageCollection

/// Where Ben-Ari's collector is, in the order of the values of CHI.
enum CollectorPlace: Int, CaseIterable {
  case blackenRoots
  case propagate
  case testColour
  case blackenSons
  case count
  case testCounted
  case compare
  case sweep
  case appendOrWhiten
}

extension BenAri {
  @inline(__always)
  func place(in state: SmallState) -> CollectorPlace {
    guard let place = CollectorPlace(rawValue: state[chi]) else {
      preconditionFailure("CHI is one of nine places")
    }
    return place
  }

  /// The collector's one action.
  func collect(_ state: SmallState) -> SmallState {
    var next = state
    switch place(in: state) {
    case .blackenRoots:
      if state[k] < heap.rootCount {
        next[black] |= 1 &<< state[k]
        next[k] += 1
      } else {
        next[i] = 0
        enter(.propagate, &next)
      }
    case .propagate:
      if state[i] < heap.nodeCount {
        enter(.testColour, &next)
      } else {
        next[bc] = 0
        next[h] = 0
        enter(.count, &next)
      }
    case .testColour:
      if isBlack(state[i], state) {
        next[j] = 0
        enter(.blackenSons, &next)
      } else {
        next[i] += 1
        enter(.propagate, &next)
      }
    case .blackenSons:
      if state[j] < heap.slotCount {
        next[black] |= 1 &<< heap.target(of: state[j], in: ObjectLabel(state[i]), state)
        next[j] += 1
      } else {
        next[i] += 1
        enter(.propagate, &next)
      }
    case .count:
      enter(state[h] < heap.nodeCount ? .testCounted : .compare, &next)
    case .testCounted:
      if isBlack(state[h], state) { next[bc] += 1 }
      next[h] += 1
      enter(.count, &next)
    case .compare:
      if state[bc] == state[obc] {
        next[l] = 0
        enter(.sweep, &next)
      } else {
        next[obc] = state[bc]
        next[i] = 0
        enter(.propagate, &next)
      }
    case .sweep:
      if state[l] < heap.nodeCount {
        enter(.appendOrWhiten, &next)
      } else {
        next[bc] = 0
        next[obc] = 0
        next[k] = 0
        enter(.blackenRoots, &next)
      }
    case .appendOrWhiten:
      if isBlack(state[l], state) {
        next[black] &= ~(1 &<< state[l])
      } else {
        append(ObjectLabel(state[l]), &next)
      }
      next[l] += 1
      enter(.sweep, &next)
    }
    return next
  }

  /// Makes `node` the first of the free list, which begins in slot 0 of node 0.
  private func append(_ node: ObjectLabel, _ state: inout SmallState) {
    let first = ObjectLabel(0)
    let old = heap.target(of: 0, in: first, state)
    heap.set(0, of: first, to: node.index, in: &state)
    for slot in 0..<heap.slotCount { heap.set(slot, of: node, to: old, in: &state) }
  }

  @inline(__always)
  private func enter(_ place: CollectorPlace, _ state: inout SmallState) {
    state[chi] = place.rawValue
  }

  @inline(__always)
  func isBlack(_ node: Int, _ state: SmallState) -> Bool { state[black] &>> node & 1 != 0 }
}
