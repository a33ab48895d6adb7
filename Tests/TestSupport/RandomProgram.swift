public import GarbageCollection

/// A mutator and a collector that take random turns, the mutator doing only what a real program could.
///
/// The program gets hold of objects through its globals and the variables of its top frame alone; a
/// newborn is named by its label once, in the very next action, as an allocation's result would be.
/// While marking it prefers, as an adversary would, to take white objects out of slots and to put them
/// into black ones. It opens by growing a tree from one root, most of it out of the program's direct reach.
/// Each program draws its own habits first (swarm testing: Groce et al., ISSTA 2012), since an error
/// that one mix of actions all but hides is common in another.
public struct RandomProgram: Sendable {
  var generator: SeededGenerator
  let habits: Habits
  /// What is left of moving a pointer from one slot to another, the next mutation last.
  private var plan: [Mutation] = []
  /// Actions that finished a store while the tree was grown.
  private var openingResumeCount = 0

  struct Habits: Sendable {
    /// Objects of the tree it starts with.
    let openingCount: Int
    /// Objects that may stand in the heap at once; few, so that they keep meeting each other.
    let objectLimit: Int
    let slotLimit: Int
    let variables: [String]
    let globals: [String]
    let frameLimit: Int
    /// Chances out of 10 that a value is nil, while building and while marking.
    let buildingNils: Int
    let markingNils: Int
    /// Chances out of 10 that the collector acts: in the root phase, and while marking.
    let rootsShare: Int
    let markingShare: Int
    /// Chances out of 10 that the collector does not take the step it would choose by itself.
    let whimShare: Int
    /// Whether such a collector puts off the stack as long as there is anything else to scan.
    let scansStackLast: Bool
    /// Chances out of 10 that the mutator sets out to move a pointer.
    let movingShare: Int
    /// Actions between cycles, on average.
    let restLength: Int
    /// Chances out of 10 that it looks at colours before it chooses a slot.
    let malice: Int
    /// The objects it then likes to store into.
    let favourite: Favourite
    /// Chances out of 10 that a half-done store goes on: one of nil, and any other.
    let nilResumeShare: Int
    let resumeShare: Int
  }

  enum Favourite: CaseIterable {
    case black, grey, underScan
  }

  public init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
    habits = Habits(
      openingCount: Int.random(in: 1...5, using: &generator),
      objectLimit: Int.random(in: 2...6, using: &generator),
      slotLimit: Int.random(in: 1...3, using: &generator),
      variables: Array(["x", "y"].prefix(Int.random(in: 1...2, using: &generator))),
      globals: Array(["g", "h"].prefix(Int.random(in: 0...2, using: &generator))),
      frameLimit: Int.random(in: 1...2, using: &generator),
      buildingNils: Int.random(in: 0...2, using: &generator),
      markingNils: Int.random(in: 2...6, using: &generator),
      rootsShare: Int.random(in: 1...7, using: &generator),
      markingShare: Int.random(in: 2...7, using: &generator),
      whimShare: Int.random(in: 0...10, using: &generator),
      scansStackLast: Bool.random(using: &generator),
      movingShare: Int.random(in: 0...9, using: &generator),
      restLength: Int.random(in: 2...15, using: &generator),
      malice: Int.random(in: 0...10, using: &generator),
      favourite: Favourite.allCases.randomElement(using: &generator) ?? .black,
      nilResumeShare: Int.random(in: 1...9, using: &generator),
      resumeShare: Int.random(in: 1...9, using: &generator))
  }

  /// The next action, which the machine will not refuse.
  ///
  /// What an allocation owes to the collector comes before it, which may be never.
  ///
  /// - Precondition: the main mutator has a frame.
  public mutating func next(for observed: borrowing ObservedMachine) -> Action {
    let action = choose(for: observed)
    guard let owed = observed.workOwed(for: action) else { return action }
    if isOpening(in: observed) { openingResumeCount += 1 }
    return .collect(owed)
  }

  private mutating func choose(for observed: borrowing ObservedMachine) -> Action {
    if isOpening(in: observed), observed.machine.pendingStore != nil {
      openingResumeCount += 1
      return .mutate(.resume)
    }
    if let action = opening(in: observed) { return action }
    if let newborn = observed.nameless { return .mutate(name(newborn, in: observed)) }
    if let store = observed.machine.pendingStore, !observed.machine.isWorldStopped {
      let share = store.new == nil ? habits.nilResumeShare : habits.resumeShare
      return flip(share, 10) ? .mutate(.resume) : collect(observed)
    }
    let isCollectorsTurn =
      switch observed.machine.phase {
      case .idle: flip(1, habits.restLength)
      case .roots: flip(habits.rootsShare, 10)
      case .marking: flip(habits.markingShare, 10)
      case .termination: true
      case .sweeping: flip(3, 4)
      case .copying: flip(habits.markingShare, 10)
      default: true
      }
    return isCollectorsTurn || observed.machine.isWorldStopped
      ? collect(observed) : .mutate(mutation(in: observed))
  }

  private mutating func mutation(in observed: borrowing ObservedMachine) -> Mutation {
    if plan.isEmpty, flip(habits.movingShare, 10) { makePlan(for: observed) }
    while let next = plan.popLast() {
      if observed.canPerform(next) { return next }
    }
    return whim(in: observed)
  }
}

// MARK: - The mutator

extension RandomProgram {
  private func isOpening(in observed: borrowing ObservedMachine) -> Bool {
    observed.chronicle.step - openingResumeCount <= 1 + habits.openingCount * 2
  }

  /// Grows the tree; nil once it has been grown.
  private mutating func opening(in observed: borrowing ObservedMachine) -> Action? {
    let bornCount = observed.chronicle.records.count
    let step = observed.chronicle.step - openingResumeCount
    if step == 1 + bornCount * 2, bornCount < habits.openingCount {
      return .mutate(allocation(in: observed))
    }
    guard step == bornCount * 2, bornCount <= habits.openingCount,
      let newborn = observed.nameless
    else { return nil }
    if bornCount == 1 { return .mutate(assignment(.object(newborn), to: pick(roots))) }
    let parent = observed.chronicle[ObjectID(Int.random(in: 0..<bornCount - 1, using: &generator))]
    if parent.death != nil { return .mutate(assignment(.object(newborn), to: pick(roots))) }
    return .mutate(
      .store(
        slot: Int.random(in: 0..<parent.slotCount, using: &generator),
        of: .object(parent.reference), .object(newborn)))
  }

  /// Builds while nothing is marked, and tears down while something is.
  private mutating func whim(in observed: borrowing ObservedMachine) -> Mutation {
    let isMarking = observed.machine.phase.isMarking
    let nils = isMarking ? habits.markingNils : habits.buildingNils
    let hasRoom = observed.objectCount < habits.objectLimit
    switch Int.random(in: 0..<20, using: &generator) {
    case 0 where habits.frameLimit > 1: return changeFrames(of: observed)
    case 1...(isMarking ? 2 : 8) where hasRoom: return allocation(in: observed)
    case 9...11: return assignment(value(in: observed, nilChances: nils), to: pick(roots))
    default: break
    }
    let isNil = flip(nils, 10)
    guard let target = isNil ? fullSlot(in: observed) : anySlot(in: observed) else {
      return hasRoom ? allocation(in: observed) : assignment(.null, to: pick(roots))
    }
    return .store(
      slot: target.slot, of: .place(target.place),
      isNil ? .null : value(in: observed, nilChances: 0))
  }

  private var roots: [Root] {
    habits.variables.map(Root.variable) + habits.globals.map(Root.global)
  }

  private func assignment(_ value: Operand, to root: Root) -> Mutation {
    switch root {
    case .variable(let name): .setVariable(name, value)
    case .global(let name): .setGlobal(name, value)
    }
  }

  private mutating func allocation(in observed: borrowing ObservedMachine) -> Mutation {
    .allocate(
      label: "o\(observed.chronicle.records.count)",
      slotCount: Int.random(in: 1...habits.slotLimit, using: &generator), payloadBytes: 0)
  }

  private func changeFrames(of observed: borrowing ObservedMachine) -> Mutation {
    let depth = observed.machine.roots.stacks[0].frames.count
    return depth < habits.frameLimit ? .pushFrame("f\(depth)") : .popFrame
  }

  /// Loads a pointer, stores it elsewhere, and forgets where it came from: how objects get hidden.
  private mutating func makePlan(for observed: borrowing ObservedMachine) {
    guard let from = fullSlot(in: observed), let to = anySlot(in: observed) else { return }
    let variable = pick(habits.variables)
    guard let held = observed.machine.roots.variable(named: variable, of: .main) else { return }
    plan = [
      .store(slot: from.slot, of: .place(from.place), .null),
      .setVariable(variable, .slot(from.slot, of: .place(from.place))),
    ]
    if flip(2, 3) { plan.insert(.store(slot: to.slot, of: .place(to.place), .place(held)), at: 1) }
    if flip(1, 2) { plan.insert(.setVariable(variable, .null), at: 0) }
  }

  private mutating func name(
    _ newborn: Reference, in observed: borrowing ObservedMachine
  ) -> Mutation {
    if flip(2, 3), let (place, slot) = anySlot(in: observed) {
      return .store(slot: slot, of: .place(place), .object(newborn))
    }
    return assignment(.object(newborn), to: pick(roots))
  }

  /// Nil with so many chances out of ten; else a value out of a root or out of the heap.
  private mutating func value(
    in observed: borrowing ObservedMachine, nilChances: Int
  ) -> Operand {
    if flip(nilChances, 10) { return .null }
    if flip(1, 2), let slot = fullSlot(in: observed) {
      return .slot(slot.slot, of: .place(slot.place))
    }
    let places = observed.visiblePlaces.filter { observed.machine.value(at: $0) != nil }
    return places.isEmpty ? .null : .place(pick(places))
  }

  private mutating func anySlot(in observed: borrowing ObservedMachine) -> VisibleSlot? {
    let favourite = habits.favourite
    return pick(observed.visibleSlots) { observed.isSlot($0, ofA: favourite) }
  }

  private mutating func fullSlot(in observed: borrowing ObservedMachine) -> VisibleSlot? {
    pick(observed.visibleSlots.filter { observed.content(of: $0) != nil }) { slot in
      observed.content(of: slot).map { observed.machine.heap.color(of: $0) } == .white
    }
  }

  /// One of the choices; out of malice one of the tempting ones.
  private mutating func pick<Choice>(
    _ choices: [Choice], preferring isTempting: (Choice) -> Bool
  ) -> Choice? {
    let tempting = choices.filter(isTempting)
    if !tempting.isEmpty, flip(habits.malice, 10) { return pick(tempting) }
    return choices.isEmpty ? nil : pick(choices)
  }
}

/// A slot by the place that refers to its object.
private typealias VisibleSlot = (place: Location<Reference>, slot: Int)

private enum Root {
  case variable(String)
  case global(String)
}

// MARK: - The collector

extension RandomProgram {
  /// The step the collector would choose by itself, or another that it might have chosen.
  private mutating func collect(_ observed: borrowing ObservedMachine) -> Action {
    if observed.machine.phase == .idle, observed.machine.settings.collector == .generational,
      flip(2, 3), observed.machine.heap.canPromoteAll()
    {
      return .collect(.startMinor)
    }
    guard observed.machine.phase == .roots || observed.machine.phase == .marking,
      flip(habits.whimShare, 10)
    else { return .collect(.step) }
    let objects = observed.scannableObjects
    if let holder = observed.machine.pendingStore?.place.owner, objects.contains(holder) {
      return .collect(.scanObject(holder))
    }
    var roots = observed.unscannedRoots
    if habits.scansStackLast, roots.count + objects.count > 1 {
      roots.removeAll { $0 == .stack(.main) }
    }
    if !roots.isEmpty, objects.isEmpty || flip(1, 2) { return .collect(.scanRoot(pick(roots))) }
    return objects.isEmpty ? .collect(.step) : .collect(.scanObject(pick(objects)))
  }

  private mutating func pick<Choice>(_ choices: [Choice]) -> Choice {
    choices[Int.random(in: 0..<choices.count, using: &generator)]
  }

  private mutating func flip(_ chances: Int, _ of: Int) -> Bool {
    Int.random(in: 0..<of, using: &generator) < chances
  }
}

// MARK: - What may be chosen

extension ObservedMachine {
  /// What the collector has to do before the action; nil for all that allocates nothing.
  fileprivate func workOwed(for action: Action) -> Collection? {
    guard case .mutate(.allocate(_, let slotCount, let payloadBytes), let mutator) = action else {
      return nil
    }
    return machine.workOwed(slotCount: slotCount, payloadBytes: payloadBytes, by: mutator)
  }

  /// The object that the last action allocated.
  fileprivate var nameless: Reference? {
    for case .allocated(let id, _, _) in chronicle.events { return chronicle[id].reference }
    return nil
  }

  fileprivate var objectCount: Int {
    var count = 0
    machine.heap.forEachObject { _ in count += 1 }
    return count
  }

  /// Whether the machine would not refuse a mutation planned earlier.
  fileprivate func canPerform(_ mutation: Mutation) -> Bool {
    switch mutation {
    case .setVariable(_, let operand), .setRaw(_, let operand): canEvaluate(operand)
    case .store(let slot, let base, let operand): hasSlot(slot, base) && canEvaluate(operand)
    case .free(.place(let place)): visiblePlaces.contains(place)
    case .allocate, .setGlobal, .pushFrame, .popFrame, .copy, .send, .resume, .free(.object),
      .freeAgain, .startThread, .endThread:
      true
    }
  }

  private func canEvaluate(_ operand: Operand) -> Bool {
    switch operand {
    case .null, .object: true
    case .place(let place): visiblePlaces.contains(place)
    case .slot(let slot, let base): hasSlot(slot, base)
    }
  }

  private func hasSlot(_ slot: Int, _ base: Base) -> Bool {
    guard case .place(let place) = base else { return false }
    return visibleSlots.contains { $0.place == place && $0.slot == slot }
  }

  /// Globals, and the variables of the top frame.
  fileprivate var visiblePlaces: [Location<Reference>] {
    var places = machine.roots.globals.indices.map { Location<Reference>.global($0) }
    let frames = machine.roots.stacks[0].frames
    if let top = frames.last {
      places += top.variables.indices.map { .variable($0, frame: frames.count - 1, of: .main) }
    }
    return places
  }

  fileprivate var visibleSlots: [VisibleSlot] {
    var slots: [VisibleSlot] = []
    for place in visiblePlaces {
      guard let object = machine.value(at: place), machine.heap.isObject(object) else { continue }
      for slot in 0..<machine.heap.slotCount(of: object) { slots.append((place, slot)) }
    }
    return slots
  }

  fileprivate func object(holding slot: VisibleSlot) -> Reference? {
    machine.value(at: slot.place)
  }

  fileprivate func isSlot(_ slot: VisibleSlot, ofA favourite: RandomProgram.Favourite) -> Bool {
    guard let object = object(holding: slot) else { return false }
    return switch favourite {
    case .black: machine.heap.color(of: object) == .black
    case .grey: machine.heap.color(of: object) == .grey
    case .underScan: machine.partialScan?.object == object
    }
  }

  /// The object that the slot refers to, if it still stands.
  fileprivate func content(of slot: VisibleSlot) -> Reference? {
    guard let object = object(holding: slot),
      let content = machine.value(at: .slot(slot.slot, of: object)), machine.heap.isObject(content)
    else { return nil }
    return content
  }

  private var isCollectorWaiting: Bool {
    machine.settings.handshake && machine.pendingStore != nil
  }

  fileprivate var unscannedRoots: [RootID] {
    guard machine.phase == .roots else { return [] }
    var roots: [RootID] = []
    if !machine.roots.stacks[0].isScanned {
      if !isCollectorWaiting { roots.append(.stack(.main)) }
      if machine.settings.stacks != .any { return roots }
    }
    for (index, global) in machine.roots.globals.enumerated() where !global.isScanned {
      roots.append(.global(index))
    }
    return roots
  }

  fileprivate var scannableObjects: [Reference] {
    guard machine.partialScan == nil,
      machine.settings.stacks == .any || machine.roots.stacks[0].isScanned
    else { return [] }
    return machine.worklist
  }
}
