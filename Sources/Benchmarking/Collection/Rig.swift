import GarbageCollection

/// A machine under measurement, driven by actions like any other.
struct Rig: ~Copyable {
  private(set) var machine: Machine
  private var observer = BirthObserver()

  init(_ barrier: Barrier = .none) {
    var settings = Settings()
    settings.barrier = barrier
    settings.heapLimitBytes = 1 << 30
    do throws(HeapError) {
      machine = try Machine(settings)
    } catch {
      preconditionFailure("address space for the measurement: \(error)")
    }
  }
}

/// Listens for nothing but where the last object was born.
private struct BirthObserver: Observer {
  static var checksReferences: Bool { false }
  var newborn: Reference?

  mutating func observe(_ event: Event<Reference>) {
    if case .allocated(let object, _, _) = event { newborn = object }
  }
}

// MARK: - The program

extension Rig {
  static let slotCount = 4
  static let payloadBytes = 16

  mutating func perform(_ action: Action) {
    var silent = SilentObserver()
    do throws(MachineError) {
      try machine.perform(action, observer: &silent)
    } catch {
      preconditionFailure("a measurement performs only what is possible: \(error)")
    }
  }

  mutating func allocate(
    slotCount: Int = Rig.slotCount, payloadBytes: Int = Rig.payloadBytes
  ) -> Reference {
    do throws(MachineError) {
      let birth = Mutation.allocate(
        label: "", slotCount: slotCount, payloadBytes: payloadBytes)
      try machine.perform(.mutate(birth), observer: &observer)
    } catch {
      preconditionFailure("a measurement fits its heap: \(error)")
    }
    guard let newborn = observer.newborn else {
      preconditionFailure("an allocation makes an object")
    }
    return newborn
  }

  mutating func store(_ value: Reference?, in slot: Int, of object: Reference) {
    let operand = value.map { Operand.object($0) } ?? .null
    perform(.mutate(.store(slot: slot, of: .object(object), operand)))
  }

  mutating func setRoot(_ object: Reference) {
    perform(.mutate(.setGlobal("root", .object(object))))
  }
}

// MARK: - The collector

extension Rig {
  /// Starts a cycle and scans the roots.
  mutating func start() {
    perform(.collect(.start))
    while machine.phase == .roots { perform(.collect(.step)) }
  }

  /// Marks to the end with one call.
  ///
  /// - Parameter workUnits: the slots of all objects that are reached, and 1 for each of them.
  mutating func mark(workUnits: Int) {
    var silent = SilentObserver()
    machine.advance(budget: workUnits, observer: &silent)
    precondition(
      machine.phase == .marking && machine.worklist.isEmpty,
      "the budget is exactly the work there is")
    // Finds the worklist empty and ends marking.
    machine.advance(budget: 1, observer: &silent)
  }

  /// Sweeps to the end of the cycle with one call.
  mutating func sweep() { finish() }

  /// Runs to the end of the cycle with one call.
  mutating func finish() {
    var silent = SilentObserver()
    machine.advance(budget: .max, observer: &silent)
    precondition(machine.phase == .idle, "nothing stops the collector")
  }
}
