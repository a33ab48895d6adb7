import GarbageCollection

/// A machine under measurement, driven by actions like any other.
struct Rig: ~Copyable {
  private(set) var machine: Machine

  init(
    _ barrier: Barrier = .none, sweep: SweepPolicy = .eager, order: WorklistOrder = .bySpan
  ) {
    var settings = Settings()
    settings.worklistOrder = order
    settings.barrier = barrier
    settings.sweep = sweep
    settings.poisonsFreedCells = false
    settings.heapLimitBytes = 2 << 30
    do throws(HeapError) {
      machine = try Machine(settings)
    } catch {
      preconditionFailure("address space for the measurement: \(error)")
    }
  }
}

// MARK: - The program

extension Rig: GraphBuilder {
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

  mutating func allocate(slotCount: Int, payloadBytes: Int) -> Reference {
    do throws(MachineError) {
      return try machine.allocateObject(slotCount: slotCount, payloadBytes: payloadBytes)
    } catch {
      preconditionFailure("a measurement fits its heap: \(error)")
    }
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

  /// Marks to the end, where nothing is reachable and the sweep is lazy.
  mutating func markNothing() {
    start()
    var silent = SilentObserver()
    while machine.phase == .marking { machine.advance(budget: 1, observer: &silent) }
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
