/// What of the roots a scan sees.
extension Roots {
  /// The first root this cycle has not scanned: stacks first, then globals in order of birth.
  public var firstUnscanned: RootID? {
    if let stack = stacks.firstIndex(where: { !$0.isScanned }) {
      return .stack(MutatorID(stack))
    }
    return globals.firstIndex { !$0.isScanned }.map { .global($0) }
  }

  /// Makes every root unscanned, but a stack without frames: empty, it is born black.
  mutating func forgetScans() {
    for index in stacks.indices { stacks[index].isScanned = stacks[index].frameCount == 0 }
    for index in globals.indices { globals[index].isScanned = false }
  }

  /// Whether the cycle has scanned it, and need not again.
  mutating func setScanned(_ root: RootID, _ isScanned: Bool = true) {
    switch root {
    case .stack(let mutator): stacks[mutator.index].isScanned = isScanned
    case .global(let index): globals[index].isScanned = isScanned
    }
  }

  func isScanned(_ root: RootID) -> Bool {
    switch root {
    case .stack(let mutator): stacks[mutator.index].isScanned
    case .global(let index): globals[index].isScanned
    }
  }

  /// Whether the root that holds the place has been scanned.
  func isScanned(_ place: Location<Reference>) -> Bool {
    switch place {
    case .global(let index): globals[index].isScanned
    case .variable(_, _, let mutator): stacks[mutator.index].isScanned
    case .slot: preconditionFailure("a slot is no root")
    }
  }

  /// Every reference that the root holds, raw addresses left out, in the order of its variables.
  func forEachReference(in root: RootID, _ body: (Location<Reference>, Reference) -> Void) {
    switch root {
    case .global(let index):
      if let value = globals[index].value { body(.global(index), value) }
    case .stack(let mutator):
      stacks[mutator.index].forEachVariable { index, frame, value in
        guard let value, !stacks[mutator.index].isRaw(index, frame: frame) else { return }
        body(.variable(index, frame: frame, of: mutator), value)
      }
    }
  }
}

extension RootID {
  var isStack: Bool {
    switch self {
    case .stack: true
    case .global: false
    }
  }
}
