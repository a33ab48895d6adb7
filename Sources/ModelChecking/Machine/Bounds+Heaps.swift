import GarbageCollection

extension Bounds {
  /// The machine's parts that are the same in all heaps of the bounds.
  var layout: MachineLayout {
    let frame = MachineLayout.Frame(
      name: "main", variables: (0..<registers).map { Register($0).name })
    return MachineLayout(
      threads: (0..<mutators).map {
        MachineLayout.Thread(name: Bounds.threadName($0), positions: [[frame]])
      },
      objects: [MachineLayout.Object](
        repeating: birth,
        count: objects))
  }

  /// What every object is like; those without references are given some bytes, or they would share
  /// cells.
  var birth: MachineLayout.Object { MachineLayout.Object(ownCellFor: slots, 0) }

  static func threadName(_ number: Int) -> String { number == 0 ? "main" : "T\(number + 1)" }

  /// Everything that may ever happen, in the order in which it is tried.
  var turns: [Turn] {
    let mutators = (0..<mutators).map { MutatorID($0) }
    var turns = mutators.flatMap(turns(of:))
    if cycles == .many || startsIdle { turns.append(.start) }
    return turns + Turn.collector(stacks: mutators, globals: 0, objects)
  }

  private func turns(of mutator: MutatorID) -> [Turn] {
    let registers = (0..<registers).map { Register($0, of: mutator) }
    var turns = Turn.all(among: registers, slotCount: slots)
    if allocates { turns += registers.map { .allocate(into: $0) } }
    if copies {
      for base in registers {
        turns += registers.filter { $0 != base }.map { .copyObject(from: base, to: $0) }
      }
    }
    if sends {
      for other in 0..<mutators where other != mutator.index {
        for source in registers {
          turns += (0..<self.registers).map {
            .send(source, to: Register($0, of: MutatorID(other)))
          }
        }
      }
    }
    return turns + [.resume(mutator)]
  }

  /// What happens before a run is watched.
  var beginning: [Turn] { startsIdle ? [] : [.start] }

  /// Calls `visit` with every heap of the bounds, those with fewer references first, until it
  /// answers false.
  ///
  /// All slots and registers take all values. The order makes a counterexample the tidiest of the
  /// shortest ones.
  func forEachHeap(_ visit: (LabelledSnapshot) -> Bool) {
    let objectCounts = allocates || cycles == .many ? 0...objects : objects...objects
    for objectCount in objectCounts {
      let placeCount = objectCount * slots + mutators * registers
      for referenceCount in 0...placeCount {
        var assignment = Assignment(placeCount: placeCount, objectCount: objectCount)
        let goesOn = assignment.forEach(referenceCount: referenceCount) { values in
          visit(heap(of: objectCount, values))
        }
        guard goesOn else { return }
      }
    }
  }

  /// How many heaps there are; the largest number where they are more.
  var heapCount: Int {
    let objectCounts = allocates || cycles == .many ? 0...objects : objects...objects
    return objectCounts.reduce(0) { sum, count in
      let power = (0..<count * slots + mutators * registers).reduce(1) { product, _ in
        let (next, overflow) = product.multipliedReportingOverflow(by: count + 1)
        return overflow ? .max : next
      }
      let (next, overflow) = sum.addingReportingOverflow(power)
      return overflow ? .max : next
    }
  }

  /// An idle heap; `values` are those of the registers, mutator by mutator, then of the slots.
  private func heap(of objectCount: Int, _ values: [Int?]) -> LabelledSnapshot {
    var values = values[...]
    func take(_ count: Int) -> ArraySlice<Int?> {
      defer { values = values.dropFirst(count) }
      return values.prefix(count)
    }
    var snapshot = Snapshot()
    snapshot.stacks = (0..<mutators).map { number in
      let variables = take(registers).enumerated().map {
        Snapshot.Variable(name: Register($0).name, value: $1)
      }
      return Snapshot.Stack(
        thread: Bounds.threadName(number),
        frames: [Snapshot.Frame(name: "main", variables: variables)], isScanned: false)
    }
    snapshot.objects = (0..<objectCount).map { _ in
      Snapshot.Object(slots: Array(take(slots)), payloadBytes: birth.payloadBytes, color: .white)
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
