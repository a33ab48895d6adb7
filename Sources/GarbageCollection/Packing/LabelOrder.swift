/// How a state names objects.
protocol LabelNaming {
  var count: Int { get }

  func label(at position: Int) -> Int

  /// The name of a label plus one; 0 stays 0, which is nil.
  func code(of label: Int) -> Int
}

/// Each label by itself.
struct OwnLabels: LabelNaming {
  let count: Int

  @inline(__always)
  func label(at position: Int) -> Int { position }

  @inline(__always)
  func code(of label: Int) -> Int { label }
}

/// In which order a state names its objects.
///
/// Two states that differ only in the names of their objects are the same state to a search that merges
/// such heaps: each is packed in an order that does not depend on the names.
public struct LabelOrder: LabelNaming, Sendable {
  /// The label that is named at each position, for the first `count`.
  private(set) var labels: InlineArray<64, UInt8>
  public let count: Int
  /// The position of each label plus one, by label plus one; 0 stays 0, which is nil.
  private(set) var codes: InlineArray<64, UInt8>

  static let countLimit = 62

  /// Each label in its own place.
  init(count: Int) {
    self.count = count
    labels = .init(repeating: 0)
    codes = .init(repeating: 0)
    for label in 0..<count { place(label, at: label) }
  }

  @inline(__always)
  mutating func place(_ label: Int, at position: Int) {
    labels[position] = UInt8(truncatingIfNeeded: label)
    codes[label &+ 1] = UInt8(truncatingIfNeeded: position &+ 1)
  }

  @inline(__always)
  fileprivate mutating func swap(_ left: Int, _ right: Int) {
    let (first, second) = (Int(labels[left]), Int(labels[right]))
    place(second, at: left)
    place(first, at: right)
  }

  @inline(__always)
  func code(of label: Int) -> Int { Int(codes[label]) }

  /// The label named at a position.
  @inline(__always)
  public func label(at position: Int) -> Int { Int(labels[position]) }
}

extension PackableMachine {
  /// The state the machine is in, its objects named in the order in which the program's variables reach
  /// them; those that no variable reaches in whatever order makes the smallest state.
  ///
  /// For machines all of whose objects have the same shape. Past `unreachedLimit` unreachable objects
  /// not all orders are tried: then some equal heaps stay apart, which costs time and nothing else.
  @specialized(where Word == SmallState)
  @specialized(where Word == MediumState)
  @specialized(where Word == LargeState)
  public mutating func packMerged<Word: StateWord>() -> (Word, LabelOrder) { packMergedNow() }

  @inline(never)
  private mutating func packMergedNow<Word: StateWord>() -> (Word, LabelOrder) {
    isPacked = false
    var order = identity
    let reachedCount = orderReached(&order)
    let existingCount = orderExisting(&order, from: reachedCount)
    let unreachedCount = existingCount - reachedCount
    var best: (Word, LabelOrder) = (packRenamed(order), order)
    guard unreachedCount > 1, unreachedCount <= PackableMachine.unreachedLimit else { return best }
    forEachSwap(of: unreachedCount) { left, right in
      order.swap(reachedCount + left, reachedCount + right)
      let word: Word = packRenamed(order)
      if precedes(word, best.0) { best = (word, order) }
    }
    return best
  }

  @inline(never)
  private mutating func packRenamed<Word: StateWord>(_ order: LabelOrder) -> Word {
    pack(in: order)
  }

  /// Objects of which all orders are tried.
  private static var unreachedLimit: Int { 6 }

  /// Names first what the variables reach, nearest first; how many these are.
  @inline(__always)
  private mutating func orderReached(_ order: inout LabelOrder) -> Int {
    var seen: UInt64 = 0
    var count = 0
    for thread in machine.roots.stacks.indices {
      for index in machine.roots.stacks[thread].values.indices {
        visit(machine.roots.stacks[thread].values[index], &order, &seen, &count)
      }
    }
    for index in machine.roots.globals.indices {
      visit(machine.roots.globals[index].value, &order, &seen, &count)
    }
    var next = 0
    while next < count {
      let label = Int(order.labels[next])
      for slot in 0..<slotCounts[label] {
        visit(machine.heap.load(slot, of: cells[label]), &order, &seen, &count)
      }
      next &+= 1
    }
    // The others behind them.
    var last = count
    for label in cells.indices where seen & 1 &<< UInt64(label) == 0 {
      order.place(label, at: last)
      last &+= 1
    }
    return count
  }

  @inline(__always)
  private mutating func visit(
    _ reference: Reference?, _ order: inout LabelOrder, _ seen: inout UInt64, _ count: inout Int
  ) {
    guard let reference else { return }
    let code = Int(codes[Int(reference.word &>> 1)])
    guard code > 0, machine.heap.allocator.colors.isInUse(reference) else { return }
    let label = code &- 1
    guard seen & 1 &<< UInt64(label) == 0 else { return }
    seen |= 1 &<< UInt64(label)
    order.place(label, at: count)
    count &+= 1
  }

  /// Names free labels last; how many objects there are.
  @inline(__always)
  private mutating func orderExisting(_ order: inout LabelOrder, from start: Int) -> Int {
    var count = start
    for position in start..<order.count
    where machine.heap.allocator.colors.isInUse(cells[order.label(at: position)]) {
      if position != count { order.swap(position, count) }
      count &+= 1
    }
    return count
  }
}

private func precedes<Word: StateWord>(_ left: Word, _ right: Word) -> Bool {
  for limb in 0..<Word.limbCount where left[limb] != right[limb] {
    return left[limb] < right[limb]
  }
  return false
}

/// Calls `body` with the swaps that bring `count` things into every order but the first, one after the
/// other (Heap, The Computer Journal 6(3), 1963).
private func forEachSwap(of count: Int, _ body: (Int, Int) -> Void) {
  var counters: InlineArray<8, Int> = .init(repeating: 0)
  var level = 1
  while level < count {
    if counters[level] < level {
      body(level % 2 == 0 ? 0 : counters[level], level)
      counters[level] += 1
      level = 1
    } else {
      counters[level] = 0
      level += 1
    }
  }
}
