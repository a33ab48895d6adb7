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
        var assignment = Assignment(placeCount: placeCount, objectCount: objectCount)
        let goesOn = assignment.forEach(referenceCount: referenceCount) { values in
          visit(heap(of: objectCount, values))
        }
        guard goesOn else { return }
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

/// The values of some places: each refers to an object or is nil.
private struct Assignment {
  private var values: [Int?]
  private let objectCount: Int

  init(placeCount: Int, objectCount: Int) {
    values = [Int?](repeating: nil, count: placeCount)
    self.objectCount = objectCount
  }

  /// Calls `visit` with every assignment of exactly `referenceCount` references, until it answers
  /// false; whether it never did.
  mutating func forEach(
    referenceCount: Int, from place: Int = 0, _ visit: ([Int?]) -> Bool
  ) -> Bool {
    guard referenceCount > 0 else { return visit(values) }
    guard values.count - place >= referenceCount else { return true }
    guard forEach(referenceCount: referenceCount, from: place + 1, visit) else { return false }
    defer { values[place] = nil }
    for object in 0..<objectCount {
      values[place] = object
      guard forEach(referenceCount: referenceCount - 1, from: place + 1, visit) else {
        return false
      }
    }
    return true
  }
}
