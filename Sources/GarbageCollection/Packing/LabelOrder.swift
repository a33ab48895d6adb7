/// In which order a state names its objects.
///
/// Two states that differ only in the names of their objects are the same state to a search that merges
/// such heaps: each is packed in an order that does not depend on the names.
public struct LabelOrder: Sendable {
  /// The label that is named at each position.
  public private(set) var labels: [Int]
  /// The position of each label plus one, by label plus one; 0 stays 0, which is nil.
  private(set) var codes: [UInt8]

  /// Each label in its own place.
  init(count: Int) {
    labels = Array(0..<count)
    codes = (0...count).map { UInt8($0) }
  }

  init(_ labels: [Int]) {
    self.labels = labels
    codes = [UInt8](repeating: 0, count: labels.count + 1)
    for (position, label) in labels.enumerated() { codes[label + 1] = UInt8(position + 1) }
  }
}

extension PackableMachine {
  /// The state the machine is in, its objects named in the order in which the program's variables reach
  /// them; those that no variable reaches in whatever order makes the smallest state.
  ///
  /// For machines all of whose objects have the same shape. Past `unreachedLimit` unreachable objects
  /// not all orders are tried: then some equal heaps stay apart, which costs time and nothing else.
  public borrowing func packMerged<Word: StateWord>() -> (Word, LabelOrder) {
    var order: [Int] = []
    machine.roots.forEachPlace { _, value in visit(value, &order) }
    var next = 0
    while next < order.count {
      let label = order[next]
      for slot in 0..<slotCounts[label] {
        visit(machine.heap.load(slot, of: cells[label]), &order)
      }
      next += 1
    }
    let rest = cells.indices.filter { !order.contains($0) }
    let free = rest.filter { !machine.heap.allocator.colors.isInUse(cells[$0]) }
    let unreached = rest.filter { machine.heap.allocator.colors.isInUse(cells[$0]) }
    var best: (Word, LabelOrder)?
    forEachArrangement(of: unreached) { middle in
      let candidate = LabelOrder(order + middle + free)
      let word: Word = pack(in: candidate)
      if best.map({ precedes(word, $0.0) }) ?? true { best = (word, candidate) }
    }
    guard let best else { preconditionFailure("there is one order at least") }
    return best
  }

  private func visit(_ reference: Reference?, _ order: inout [Int]) {
    guard let reference else { return }
    let code = Int(codes[Int(reference.word &>> 1)])
    guard code > 0, machine.heap.allocator.colors.isInUse(reference) else { return }
    if !order.contains(code - 1) { order.append(code - 1) }
  }
}

private func precedes<Word: StateWord>(_ left: Word, _ right: Word) -> Bool {
  for limb in 0..<Word.limbCount where left[limb] != right[limb] {
    return left[limb] < right[limb]
  }
  return false
}

/// Objects of which all orders are tried.
private let unreachedLimit = 5

/// Calls `body` with every order of `labels`, or with one where there are too many.
private func forEachArrangement(of labels: [Int], _ body: ([Int]) -> Void) {
  guard labels.count > 1, labels.count <= unreachedLimit else { return body(labels) }
  for (index, label) in labels.enumerated() {
    var rest = labels
    rest.remove(at: index)
    forEachArrangement(of: rest) { body([label] + $0) }
  }
}
