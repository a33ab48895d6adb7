import GarbageCollection
import TestSupport
import Testing

struct BarrierProgramTests {
  @Test func `the programs read as in the books`() {
    #expect(
      BarrierProgram(.hybrid, atomicity: .whole).lines == [
        "store(slot, new):", "  shade(*slot)", "  if the current stack is grey:", "    shade(new)",
        "  *slot = new",
      ])
    #expect(
      BarrierProgram(.dijkstraConditional, atomicity: .whole).lines == [
        "store(slot, new):", "  *slot = new", "  if the source is black:", "    shade(new)",
      ])
    #expect(
      BarrierProgram(.yuasaConditional, atomicity: .readFirst).lines == [
        "store(slot, new):", "  old = *slot", "  -- other threads may run --",
        "  if the source is not black:", "    shade(old)", "  -- other threads may run --",
        "  *slot = new",
      ])
    #expect(
      BarrierProgram(.go, atomicity: .storeFirst).lines == [
        "store(slot, new):", "  old = *slot", "  *slot = new", "  -- other threads may run --",
        "  shade(old)", "  shade(new)",
      ])
    #expect(
      BarrierProgram(.dijkstra, atomicity: .shadeFirst).lines == [
        "store(slot, new):", "  shade(new)", "  -- other threads may run --", "  *slot = new",
      ])
    #expect(
      BarrierProgram(.none, atomicity: .whole).lines == ["store(slot, new):", "  *slot = new"])
  }

  @Test(arguments: Barrier.allCases, Atomicity.allCases)
  func `every program writes once and only splits yield`(
    _ barrier: Barrier, _ atomicity: Atomicity
  ) {
    let program = BarrierProgram(barrier, atomicity: atomicity)
    #expect(program.lines.count == program.instructions.count + 1)
    #expect(program.instructions.count { $0 == .write } == 1)
    let yields = program.instructions.count { $0 == .yield }
    #expect(yields == (atomicity == .whole ? 0 : atomicity == .readFirst ? 2 : 1))
  }

  static let variants = [
    Setup("plain") { _ in }, Setup("stack barrier") { $0.stackBarrier = true },
    Setup("new-nil") { $0.elision = .newNil }, Setup("old-nil") { $0.elision = .oldNil },
    Setup("no handshake") { $0.handshake = false },
  ]

  @Test(arguments: Barrier.allCases, Atomicity.allCases)
  func `what runs is what the text says`(_ barrier: Barrier, _ atomicity: Atomicity) throws {
    var lineCount = 0
    for (variant, seed) in Self.variants.flatMap({ variant in (1...4).map { (variant, $0) } }) {
      var settings = variant.settings
      settings.barrier = barrier
      settings.atomicity = atomicity
      var observed = try ObservedMachine(settings)
      try observed.perform(.mutate(.pushFrame("f0")))
      var program = RandomProgram(seed: UInt64(seed))
      var reader = TextInterpreter(settings)
      for _ in 0..<Effort.scaled(80) {
        let action = program.next(for: observed)
        let predicted = reader.predict(action, on: observed)
        try observed.perform(action)
        guard case .mutate = action else { continue }
        let happened = observed.chronicle.events.filter(\.isPartOfAStore)
        #expect(happened == predicted, "\(variant), seed \(seed): \(action)")
        lineCount += happened.count
      }
    }
    #expect(lineCount > 100)
  }
}

/// Runs the pseudo-code as a reader would, line by line, and says what must happen.
struct TextInterpreter {
  let settings: Settings
  let lines: [String]
  private var store: Store?

  private struct Store {
    let place: Location<Reference>
    let new: Reference?
    var old: Reference?
    var nextLine = 1
  }

  init(_ settings: Settings) {
    self.settings = settings
    lines = BarrierProgram(settings.barrier, atomicity: settings.atomicity).lines
  }

  mutating func predict(
    _ action: Action, on observed: borrowing ObservedMachine
  ) -> [Event<ObjectID>] {
    guard case .mutate(let mutation, _) = action else { return [] }
    if case .resume = mutation { return run(on: observed) }
    guard let (place, new) = target(of: mutation, on: observed) else { return [] }
    store = Store(place: place, new: new)
    let old = value(at: place, on: observed)
    var isVariable = false
    if case .variable = place { isVariable = true }
    guard observed.machine.phase.isMarking, !isVariable || settings.stackBarrier else {
      return write(on: observed, old: old)
    }
    let isElided =
      settings.elision == .newNil && new == nil || settings.elision == .oldNil && old == nil
    return isElided ? [.elidedBarrier] + write(on: observed, old: old) : run(on: observed)
  }

  private func target(
    of mutation: Mutation, on observed: borrowing ObservedMachine
  ) -> (Location<Reference>, Reference?)? {
    switch mutation {
    case .setGlobal(let name, let operand):
      let roots = observed.machine.roots
      return (
        .global(roots.globalIndex(named: name) ?? roots.globals.count), value(operand, observed)
      )
    case .setVariable(let name, let operand):
      let frames = observed.machine.roots.stacks[0].frames
      let place =
        observed.machine.roots.variable(named: name, of: .main)
        ?? .variable(frames[frames.count - 1].variables.count, frame: frames.count - 1, of: .main)
      return (place, value(operand, observed))
    case .store(let slot, let base, let operand):
      guard let object = object(base, observed) else { return nil }
      return (.slot(slot, of: object), value(operand, observed))
    case .allocate, .pushFrame, .popFrame, .resume, .free, .freeAgain, .startThread, .endThread:
      return nil
    }
  }

  private func object(_ base: Base, _ observed: borrowing ObservedMachine) -> Reference? {
    switch base {
    case .object(let object): object
    case .place(let place): observed.machine.value(at: place)
    }
  }

  private func value(_ operand: Operand, _ observed: borrowing ObservedMachine) -> Reference? {
    switch operand {
    case .null: nil
    case .object(let object): object
    case .place(let place): observed.machine.value(at: place)
    case .slot(let slot, let base):
      object(base, observed).flatMap { observed.machine.value(at: .slot(slot, of: $0)) }
    }
  }

  /// What a place holds; nothing, if it is a root not yet born.
  private func value(
    at place: Location<Reference>, on observed: borrowing ObservedMachine
  ) -> Reference? {
    var isBorn = false
    observed.machine.roots.forEachPlace { born, _ in if born == place { isBorn = true } }
    if case .slot = place { isBorn = true }
    return isBorn ? observed.machine.value(at: place) : nil
  }

  // MARK: - Line by line

  private mutating func run(on observed: borrowing ObservedMachine) -> [Event<ObjectID>] {
    guard var current = store else { return [] }
    var events: [Event<ObjectID>] = []
    var shaded: Set<Reference> = []
    var holds = value(at: current.place, on: observed)
    func shade(_ object: Reference?) {
      guard let object, observed.machine.phase.isMarking, !shaded.contains(object) else { return }
      guard observed.machine.heap.isObject(object) else {
        events.append(.metDangling(observed.identify(current.place)))
        return
      }
      guard observed.machine.heap.color(of: object) == .white else { return }
      shaded.insert(object)
      events.append(
        .shaded(
          observed.chronicle.tenant(of: object)!,
          by: .barrier(line: current.nextLine, place: observed.identify(current.place))))
    }
    func isBlack() -> Bool {
      switch current.place {
      case .global(let index):
        observed.machine.roots.globals.indices.contains(index)
          ? observed.machine.roots.globals[index].isScanned : observed.machine.phase.isMarking
      case .variable: observed.machine.roots.stacks[0].isScanned
      case .slot(_, let object): observed.machine.heap.color(of: object) == .black
      }
    }
    while current.nextLine < lines.count {
      let text = lines[current.nextLine].trimmed
      if text.hasPrefix("--") {
        current.nextLine += 1
        events.append(.yielded(line: current.nextLine))
        store = current
        return events
      }
      events.append(.ranLine(current.nextLine))
      var skips = false
      switch text {
      case "old = *slot": current.old = holds
      case "shade(old)": shade(current.old)
      case "shade(*slot)": shade(holds)
      case "shade(new)": shade(current.new)
      case "if the source is black:": skips = !isBlack()
      case "if the source is not black:": skips = isBlack()
      case "if the current stack is grey:": skips = observed.machine.roots.stacks[0].isScanned
      case "*slot = new":
        store = current
        events += write(on: observed, old: holds)
        holds = current.new
      default: Issue.record("nobody knows what '\(text)' means")
      }
      current.nextLine += skips ? 2 : 1
    }
    store = nil
    return events
  }

  private mutating func write(
    on observed: borrowing ObservedMachine, old: Reference?
  ) -> [Event<ObjectID>] {
    guard let store else { return [] }
    let tenants = observed.chronicle
    let name = { (reference: Reference?) in reference.flatMap { tenants.tenant(of: $0) } }
    let place = observed.identify(store.place)
    if case .slot(let slot, let object) = store.place {
      // Where its object has been freed meanwhile, the write is made as far as there is a cell.
      let byteCount = observed.machine.heap.cellContents(at: object).count
      return ObjectHeader.byteCount + (slot + 1) * 4 <= byteCount
        ? [.wrote(place, old: name(old), new: name(store.new))] : []
    }
    return [.assigned(place, old: name(old), new: name(store.new))]
  }
}

extension Event {
  fileprivate var isPartOfAStore: Bool {
    switch self {
    case .ranLine, .wrote, .assigned, .yielded, .elidedBarrier, .metDangling: true
    case .shaded(_, .barrier): true
    default: false
    }
  }
}

extension String {
  fileprivate var trimmed: String { String(drop { $0 == " " }) }
}
