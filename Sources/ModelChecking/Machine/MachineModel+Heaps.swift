import GarbageCollection

extension MachineModel {
  /// Calls `visit` with every heap of the bounds, those with fewer references first, until it
  /// answers false.
  ///
  /// All slots and registers take all values. The order makes a counterexample the tidiest of the
  /// shortest ones.
  func forEachHeap(_ visit: (LabelledSnapshot) -> Bool) {
    let objectCounts =
      bounds.allocates || bounds.cycles == .many
      ? 0...bounds.objects : bounds.objects...bounds.objects
    for objectCount in objectCounts {
      let placeCount = objectCount * bounds.slots + mutatorCount * bounds.registers
      for referenceCount in 0...placeCount {
        var goesOn = true
        let assignments = Assignments(placeCount: placeCount, objectCount: objectCount)
        for values in assignments where values.count(where: { $0 != nil }) == referenceCount {
          goesOn = visit(heap(of: objectCount, values))
          if !goesOn { return }
        }
      }
    }
  }

  private var mutatorCount: Int { shape.mutatorCount }

  /// An idle heap; `values` are those of the registers, mutator by mutator, then of the slots.
  private func heap(of objectCount: Int, _ values: [Int?]) -> LabelledSnapshot {
    var values = values[...]
    func take(_ count: Int) -> ArraySlice<Int?> {
      defer { values = values.dropFirst(count) }
      return values.prefix(count)
    }
    var snapshot = Snapshot()
    snapshot.stacks = (0..<mutatorCount).map { _ in
      let variables = take(bounds.registers).enumerated().map {
        Snapshot.Variable(name: Register($0).name, value: $1)
      }
      return Snapshot.Stack(
        frames: [Snapshot.Frame(name: "main", variables: variables)], isScanned: false)
    }
    snapshot.objects = (0..<objectCount).map { _ in
      Snapshot.Object(slots: Array(take(bounds.slots)), payloadBytes: 0, color: .white)
    }
    return LabelledSnapshot(snapshot, labels: (0..<objectCount).map { ObjectLabel($0) })
  }
}

/// Every way to give each of some places an object or nil, counted like the digits of a number.
private struct Assignments: Sequence, IteratorProtocol {
  private var digits: [Int?]
  private let objectCount: Int
  private var isAtEnd = false

  init(placeCount: Int, objectCount: Int) {
    digits = [Int?](repeating: nil, count: placeCount)
    self.objectCount = objectCount
  }

  mutating func next() -> [Int?]? {
    guard !isAtEnd else { return nil }
    defer { advance() }
    return digits
  }

  private mutating func advance() {
    for place in digits.indices.reversed() {
      let digit = digits[place].map { $0 + 1 } ?? 0
      if digit < objectCount {
        digits[place] = digit
        return
      }
      digits[place] = nil
    }
    isAtEnd = true
  }
}
