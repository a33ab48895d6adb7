import GarbageCollection
import Testing

/// Runs the pseudo-code as a reader would, line by line, and says what must happen.
struct TextInterpreter {
  let settings: Settings
  private var store: Access?
  /// What the action has turned grey or black so far.
  private var repainted: [Reference: Color] = [:]
  private var scannedGlobals: [Int: Bool] = [:]
  private var events: [Event<ObjectID>] = []
  private var buffer: [Reference] = []

  private struct Access {
    let kind: BarrierProgram.Access
    let place: Location<Reference>
    let new: Reference?
    var old: Reference?
    var wasOn = false
    var nextLine = 1
  }

  init(_ settings: Settings) { self.settings = settings }

  mutating func predict(
    _ action: Action, on observed: borrowing ObservedMachine
  ) -> [Event<ObjectID>] {
    guard case .mutate(let mutation, _) = action else { return [] }
    events = []
    repainted = [:]
    scannedGlobals = [:]
    buffer = observed.machine.barrierBuffer(of: .main)
    if case .resume = mutation {
      if let store { run(store, on: observed) }
      return events
    }
    guard let (place, new) = target(of: mutation, on: observed) else { return [] }
    for place in loads(of: mutation, on: observed) { load(from: place, on: observed) }
    begin(mutation, place, new, on: observed)
    return events
  }

  private mutating func begin(
    _ mutation: Mutation, _ place: Location<Reference>, _ new: Reference?,
    on observed: borrowing ObservedMachine
  ) {
    var isVariable = false
    if case .variable = place { isVariable = true }
    let access = Access(kind: isMove(mutation) ? .move : .store, place: place, new: new)
    let isMarking = observed.machine.phase.isMarking
    guard isMarking || settings.flagCheck == .early, !isVariable || settings.stackBarrier else {
      return write(access, on: observed)
    }
    let old = value(at: place, on: observed)
    let isElided =
      settings.elision == .newNil && new == nil || settings.elision == .oldNil && old == nil
    guard isElided || settings.unguarded == .main && settings.barrier != .none else {
      return run(access, on: observed)
    }
    if isMarking { events.append(.elidedBarrier) }
    write(access, on: observed)
  }

  private mutating func load(
    from place: Location<Reference>, on observed: borrowing ObservedMachine
  ) {
    guard observed.machine.phase.isMarking, settings.barrier.facts.kind == .read else { return }
    switch place {
    case .variable: return
    case .global: break
    case .slot(let slot, let object):
      guard observed.machine.heap.isObject(object),
        slot < observed.machine.heap.slotCount(of: object)
      else { return }
    }
    guard settings.unguarded == .none else { return events.append(.elidedBarrier) }
    run(Access(kind: .load, place: place, new: value(at: place, on: observed)), on: observed)
  }
}

// MARK: - What an action is about

extension TextInterpreter {
  private func isMove(_ mutation: Mutation) -> Bool {
    if case .setVariable(_, .place(.variable)) = mutation { true } else { false }
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
    case .allocate, .setRaw, .pushFrame, .popFrame, .copy, .send, .resume, .free, .freeAgain,
      .startThread,
      .endThread:
      return nil
    }
  }

  /// What the action reads besides variables, in order.
  private func loads(
    of mutation: Mutation, on observed: borrowing ObservedMachine
  ) -> [Location<Reference>] {
    var places: [Location<Reference>] = []
    func add(_ base: Base) { if case .place(let place) = base { places.append(place) } }
    switch mutation {
    case .setGlobal(_, .place(let place)), .setVariable(_, .place(let place)),
      .store(_, _, .place(let place)):
      places.append(place)
    case .setGlobal(_, .slot(let slot, let base)), .setVariable(_, .slot(let slot, let base)),
      .store(_, _, .slot(let slot, let base)):
      add(base)
      if let object = object(base, observed) { places.append(.slot(slot, of: object)) }
    default: break
    }
    if case .store(_, let base, _) = mutation { add(base) }
    return places
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
}

// MARK: - Colours

extension TextInterpreter {
  private func color(
    of object: Reference?, on observed: borrowing ObservedMachine
  ) -> Color? {
    guard let object, observed.machine.heap.isObject(object) else { return nil }
    return repainted[object] ?? observed.machine.heap.color(of: object)
  }

  /// The colour of what holds a place; of a root, whether it is scanned.
  private func sourceColor(
    _ place: Location<Reference>, on observed: borrowing ObservedMachine
  ) -> Color? {
    let roots = observed.machine.roots
    switch place {
    case .global(let index):
      let isScanned =
        scannedGlobals[index]
        ?? (roots.globals.indices.contains(index)
          ? roots.globals[index].isScanned : observed.machine.phase == .marking)
      return isScanned ? .black : .grey
    case .variable: return roots.stacks[0].isScanned ? .black : .grey
    case .slot(_, let object): return color(of: object, on: observed)
    }
  }

  private mutating func shade(
    _ object: Reference?, _ access: Access, on observed: borrowing ObservedMachine
  ) {
    guard let object, observed.machine.phase.isMarking else { return }
    guard settings.buffer == .off else { return put(object, on: observed) }
    shade(
      object,
      by: .barrier(line: access.nextLine, of: access.kind, place: observed.identify(access.place)),
      foundIn: access.place, on: observed)
  }

  private mutating func shade(
    _ object: Reference, by cause: ShadeCause<ObjectID>, foundIn place: Location<Reference>,
    on observed: borrowing ObservedMachine
  ) {
    guard observed.machine.heap.isObject(object) else {
      return events.append(.metDangling(observed.identify(place)))
    }
    guard color(of: object, on: observed) == .white else { return }
    repainted[object] = .grey
    events.append(.shaded(observed.chronicle.tenant(of: object)!, by: cause))
  }

  private mutating func put(_ object: Reference, on observed: borrowing ObservedMachine) {
    guard color(of: object, on: observed) == .white else { return }
    buffer.append(object)
    events.append(.buffered(observed.chronicle.tenant(of: object)!, of: .main))
    guard buffer.count == 4 else { return }
    events.append(.flushedBuffer(of: .main))
    for object in buffer where observed.machine.heap.isObject(object) {
      shade(object, by: .buffer(of: .main), foundIn: .global(0), on: observed)
    }
    buffer = []
  }

  private mutating func revert(
    _ access: Access, isLast: Bool, on observed: borrowing ObservedMachine
  ) {
    guard observed.machine.phase.isMarking,
      sourceColor(access.place, on: observed) == .black
    else { return }
    switch access.place {
    case .global(let index): events.append(.revertedRoot(.global(index)))
    case .variable: events.append(.revertedRoot(.stack(.main)))
    case .slot(_, let object):
      events.append(
        .reverted(observed.chronicle.tenant(of: object)!, isDeferred: isLast))
    }
  }

  private mutating func scan(_ place: Location<Reference>, on observed: borrowing ObservedMachine) {
    switch place {
    case .variable: Issue.record("stacks are not scanned by loads")
    case .global(let index):
      events.append(.scannedRoot(.global(index), isRescan: false))
      scannedGlobals[index] = true
      guard let value = observed.machine.roots.globals[index].value else { return }
      shade(value, by: .root(.global(index), isRescan: false), foundIn: place, on: observed)
    case .slot(_, let object):
      let id = observed.chronicle.tenant(of: object)!
      for slot in 0..<observed.machine.heap.slotCount(of: object) {
        let found = observed.machine.value(at: .slot(slot, of: object))
        events.append(
          .examinedSlot(slot, of: id, found: found.flatMap { observed.chronicle.tenant(of: $0) }))
        guard let found else { continue }
        shade(
          found, by: .scan(slot: slot, of: id), foundIn: .slot(slot, of: object), on: observed)
      }
      repainted[object] = .black
      events.append(.blackened(id))
    }
  }
}

// MARK: - Line by line

extension TextInterpreter {
  private mutating func run(_ begun: Access, on observed: borrowing ObservedMachine) {
    var access = begun
    let lines = BarrierProgram(access.kind, settings).lines
    var holds = value(at: access.place, on: observed)
    while access.nextLine < lines.count {
      let text = lines[access.nextLine].drop { $0 == " " }
      if text.hasPrefix("--") {
        access.nextLine += 1
        events.append(.yielded(line: access.nextLine, of: access.kind))
        store = access
        return
      }
      events.append(.ranLine(access.nextLine, of: access.kind))
      var lineCount = 1
      func goOn(if condition: Bool) { lineCount = condition ? 1 : 2 }
      let source = sourceColor(access.place, on: observed)
      let stackIsBlack = observed.machine.roots.stacks[0].isScanned
      switch text.replacing("*variable", with: "*slot") {
      case "old = *slot": access.old = holds
      case "shade(old)": shade(access.old, access, on: observed)
      case "shade(*slot)": shade(holds, access, on: observed)
      case "shade(new)", "shade(value)": shade(access.new, access, on: observed)
      case "if the source is black:": goOn(if: source == .black)
      case "if the source is not black:": goOn(if: source != .black)
      case "if the source is grey:": goOn(if: source == .grey)
      case "if the source is black and new is white:":
        goOn(if: source == .black && color(of: access.new, on: observed) == .white)
      case "if the current stack is grey:", "if any stack is grey:": goOn(if: !stackIsBlack)
      case "if the current stack is black:": goOn(if: stackIsBlack)
      case "revert(source)": revert(access, isLast: false, on: observed)
      case "revert(source), to be scanned last": revert(access, isLast: true, on: observed)
      case "scan(source)": scan(access.place, on: observed)
      case "value = *slot": break
      case "on = is marking on?": access.wasOn = observed.machine.phase.isMarking
      case "if not on: *slot = new, return":
        if access.wasOn { break }
        write(access, on: observed)
        lineCount = lines.count
      case "*slot = new":
        write(access, on: observed)
        holds = access.new
      default: Issue.record("nobody knows what '\(text)' means")
      }
      access.nextLine += lineCount
    }
    if access.kind != .load { store = nil }
  }

  private mutating func write(_ access: Access, on observed: borrowing ObservedMachine) {
    let name = { (reference: Reference?, tenants: Chronicle) in
      reference.flatMap { tenants.tenant(of: $0) }
    }
    let old = name(value(at: access.place, on: observed), observed.chronicle)
    let new = name(access.new, observed.chronicle)
    let place = observed.identify(access.place)
    guard case .slot(let slot, let object) = access.place else {
      return events.append(.assigned(place, old: old, new: new))
    }
    // Where its object has been freed meanwhile, the write is made as far as there is a cell.
    let byteCount = observed.machine.heap.cellContents(at: object).count
    if ObjectHeader.byteCount + (slot + 1) * 4 <= byteCount {
      events.append(.wrote(place, old: old, new: new))
    }
  }
}

extension Event {
  /// Whether it is told of a load, a store, or their barriers.
  var isPartOfAnAccess: Bool {
    switch self {
    case .ranLine, .wrote, .assigned, .yielded, .elidedBarrier, .metDangling, .reverted,
      .revertedRoot, .buffered, .flushedBuffer, .scannedRoot, .examinedSlot, .blackened:
      true
    case .shaded(_, .barrier), .shaded(_, .buffer), .shaded(_, .scan), .shaded(_, .root): true
    default: false
    }
  }
}
