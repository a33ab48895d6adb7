import GarbageCollection

/// Programs that build trees and drop them, from their first object to their last.
enum TreeKind: String, CaseIterable, Sendable {
  /// Nodes of two references; trees of growing depth beside one that stays.
  case binary = "bt"
  /// After the classic benchmark of collectors: trees built from the top and from the bottom, while one
  /// tree and one large array of numbers stay.
  case classic = "gcb"
}

enum Trees {
  /// Time, processor time and the most memory of this process, which has done nothing else.
  static func measure(
    _ kind: TreeKind, depth: Int, numberCount: Int, _ variant: Variant
  ) -> [Figure] {
    let nanoseconds = Clock.measure {
      ThreadProgram.run {
        variant.apply(to: &$0)
      } _: { program in
        switch kind {
        case .binary: _ = program.growBinaryTrees(depth: depth)
        case .classic: program.growClassicTrees(depth: depth, numberCount: numberCount)
        }
      }
    }
    let usage = ProcessUsage.ofThis
    return [
      Figure("wall_ms", nanoseconds / 1e6), Figure("cpu_ms", usage.processorNanoseconds / 1e6),
      Figure("rss_mb", Double(usage.mostResidentBytes) / Double(1 << 20)),
    ]
  }
}

// MARK: - Binary trees

extension ThreadProgram {
  /// The number of nodes that were counted.
  mutating func growBinaryTrees(depth: Int) -> Int {
    var sum = nodeCount(of: grow(depth + 1))
    let old = mutator.push(grow(depth))
    for treeDepth in stride(from: 4, through: depth, by: 2) {
      for _ in 0..<1 << (depth - treeDepth + 4) { sum += nodeCount(of: grow(treeDepth)) }
    }
    sum += nodeCount(of: object(in: old))
    mutator.pop(to: 0)
    return sum
  }

  private mutating func grow(_ depth: Int) -> Reference {
    let node = allocate(slotCount: 2, payloadBytes: 0)
    guard depth > 0 else { return node }
    let variable = mutator.push(node)
    let left = grow(depth - 1)
    mutator.store(left, in: 0, of: object(in: variable))
    let right = grow(depth - 1)
    let tree = object(in: variable)
    mutator.store(right, in: 1, of: tree)
    mutator.pop(to: variable)
    return tree
  }

  /// What a variable refers to; a collection may have moved it since it was put there.
  @inline(__always)
  private func object(in variable: Int) -> Reference {
    guard let object = mutator[variable] else { preconditionFailure("the program set it") }
    return object
  }

  private func nodeCount(of node: Reference) -> Int {
    guard let left = mutator.load(0, of: node), let right = mutator.load(1, of: node) else {
      return 1
    }
    return 1 + nodeCount(of: left) + nodeCount(of: right)
  }
}

// MARK: - The classic benchmark

extension ThreadProgram {
  mutating func growClassicTrees(depth: Int, numberCount: Int) {
    _ = growUp(depth + 1)
    let old = mutator.push(leaf())
    growDown(old, depth)
    let array = mutator.push(allocate(slotCount: 0, payloadBytes: numberCount * 8))
    let numbers = object(in: array)
    for index in 0..<numberCount {
      let number = 1 / Double(index + 1)
      mutator.storePayload(number.bitPattern, index, after: 0, of: numbers)
    }
    for treeDepth in stride(from: 4, through: depth, by: 2) {
      let count = (2 << (depth + 2)) / (2 << treeDepth)
      for _ in 0..<count {
        let tree = mutator.push(leaf())
        growDown(tree, treeDepth)
        mutator.pop(to: tree)
      }
      for _ in 0..<count { _ = growUp(treeDepth) }
    }
    let middle = numberCount / 2
    precondition(
      mutator.load(0, of: object(in: old)) != nil
        && mutator.loadPayload(middle, after: 0, of: object(in: array))
          == (1 / Double(middle + 1)).bitPattern,
      "what is reachable is kept")
    mutator.pop(to: 0)
  }

  private mutating func leaf() -> Reference { allocate(slotCount: 2, payloadBytes: 8) }

  /// - Parameter tree: the variable that refers to its root.
  private mutating func growDown(_ tree: Int, _ depth: Int) {
    guard depth > 0 else { return }
    let left = mutator.push(leaf())
    mutator.store(object(in: left), in: 0, of: object(in: tree))
    let right = mutator.push(leaf())
    mutator.store(object(in: right), in: 1, of: object(in: tree))
    growDown(left, depth - 1)
    growDown(right, depth - 1)
    mutator.pop(to: left)
  }

  private mutating func growUp(_ depth: Int) -> Reference {
    guard depth > 0 else { return leaf() }
    let left = mutator.push(growUp(depth - 1))
    let right = mutator.push(growUp(depth - 1))
    let tree = leaf()
    mutator.store(object(in: left), in: 0, of: tree)
    mutator.store(object(in: right), in: 1, of: tree)
    mutator.pop(to: left)
    return tree
  }
}
