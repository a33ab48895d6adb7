public import GarbageCollection

/// Words for events.
///
/// Some events belong together in one sentence (a scan and what it shaded), so the teller walks the
/// list with a little memory instead of mapping it.
struct EventTeller {
  private var sentences: [String] = []
  /// What the sentence about a scan or a store has found so far.
  private var shaded: [String] = []
  private var blackened: String?
  private var openScan: String?
  /// Where a load has just put its value, so that the assignment is not told again.
  private var loadedInto: Location<ObjectID>?

  static func sentences(
    _ events: [Event<ObjectID>], _ observed: borrowing ObservedMachine
  ) -> [String] {
    var teller = EventTeller()
    for event in events { teller.tell(event, observed) }
    teller.tellOpenScan()
    return teller.sentences
  }

  private mutating func tell(
    _ event: Event<ObjectID>, _ observed: borrowing ObservedMachine
  ) {
    switch event {
    case .phaseChanged, .scannedRoot, .shaded, .beganScan, .examinedSlot, .blackened, .kept,
      .freed, .waitedForSafepoint, .metDangling:
      tellCollector(event, observed)
    case .allocated, .pushedFrame, .poppedFrame, .loaded, .assigned, .ranLine, .wrote, .yielded,
      .elidedBarrier, .conjured, .usedDangling:
      tellMutator(event, observed)
    }
  }
}

// MARK: - The mutator

extension EventTeller {
  private mutating func tellMutator(
    _ event: Event<ObjectID>, _ observed: borrowing ObservedMachine
  ) {
    switch event {
    case .allocated(let id, let tier, let color):
      sentences.append(birth(of: id, tier, color, observed))
    case .pushedFrame(let name): sentences.append("The mutator calls \(name).")
    case .poppedFrame(let name): sentences.append("The mutator returns from \(name).")
    case .loaded(let id, let from, let into):
      sentences.append(
        "The mutator loads \(observed.name(of: from)) (\(text(id, observed))) into "
          + "\(observed.name(of: into)).")
      loadedInto = into
    case .assigned(let place, _, let new):
      if loadedInto == place { break }
      let guarded = place.isGuarded ? guardNote(observed) : ""
      sentences.append(
        "The mutator sets \(observed.name(of: place)) to \(text(new, observed))\(guarded).")
    case .wrote(let place, let old, let new):
      sentences.append(
        "The mutator writes \(text(new, observed)) into \(observed.name(of: place)) "
          + "(was \(text(old, observed)))\(guardNote(observed)).")
    case .ranLine: break
    case .yielded: sentences.append("The store is half done; other threads may run.")
    case .elidedBarrier: sentences.append("The barrier is skipped for this value.")
    case .conjured(let id):
      sentences.append(
        "No root reaches \(observed.label(of: id)): a real program could not do this.")
    case .usedDangling(let place, let use):
      sentences.append(
        "\(observed.name(of: place)) is used through a dangling pointer: \(use.words).")
    default: break
    }
  }

  /// Said of a write while marking that no barrier guards.
  private func guardNote(_ observed: borrowing ObservedMachine) -> String {
    let isUnguarded =
      observed.machine.phase.isMarking && observed.machine.settings.barrier == .none
    return isUnguarded ? "; no barrier looks" : ""
  }

  private func birth(
    of id: ObjectID, _ tier: Tier, _ color: Color, _ observed: borrowing ObservedMachine
  ) -> String {
    let record = observed.chronicle[id]
    var text = "The mutator allocates \(record.label): the \(tier.rawValue) answers"
    if let former = record.predecessor {
      text += " with the cell that was \(observed.label(of: former))'s"
    }
    return text + (color == .white ? "." : "; it is born \(color.word).")
  }
}

// MARK: - The collector

extension EventTeller {
  private mutating func tellCollector(
    _ event: Event<ObjectID>, _ observed: borrowing ObservedMachine
  ) {
    switch event {
    case .phaseChanged(let from, let to):
      tellOpenScan()
      sentences.append(PhaseChange(from: from, to: to).words(observed))
    case .scannedRoot(let root, let isRescan):
      openScan = "The collector scans \(observed.name(of: root))" + (isRescan ? " again" : "")
    case .shaded(let id, .barrier(let line, _)):
      let text = observed.machine.storeProgram.lines[line].trimmed
      sentences.append(
        "The \(observed.machine.settings.barrier.facts.name) barrier shades "
          + "\(observed.label(of: id)): line \(line), \(text).")
    case .shaded(_, .birth): break
    case .shaded(let id, _): shaded.append(observed.label(of: id))
    case .beganScan(let id):
      sentences.append("The collector takes \(observed.label(of: id)) to scan it slot by slot.")
    case .examinedSlot(let slot, let object, _):
      openScan = openScan ?? "The collector looks at \(observed.label(of: object)).\(slot)"
    case .blackened(let id):
      if openScan != nil, observed.machine.settings.scan == .object {
        openScan = "The collector scans \(observed.label(of: id))"
      }
      let label = observed.label(of: id)
      openScan = (openScan ?? "The collector scans \(label)")
      blackened = label
    case .kept(let id): sentences.append("The sweep keeps \(observed.label(of: id)): white again.")
    case .freed(let id, let tier): sentences.append(death(of: id, tier, observed))
    case .waitedForSafepoint:
      sentences.append("The collector waits for a safepoint: a store is half done.")
    case .metDangling(let place):
      sentences.append(
        "The collector meets a dangling pointer in \(observed.name(of: place)), to a free cell.")
    default: break
    }
  }

  private mutating func tellOpenScan() {
    guard let scan = openScan else { return }
    let turned =
      shaded.isEmpty
      ? "" : "\(shaded.joined(separator: ", ")) turn\(shaded.count == 1 ? "s" : "") grey"
    let ends = [turned, blackened.map { "\($0) is black" } ?? ""].filter { !$0.isEmpty }
    sentences.append(
      ends.isEmpty ? "\(scan): nothing new." : "\(scan): \(ends.joined(separator: "; ")).")
    openScan = nil
    shaded = []
    blackened = nil
  }

  private func death(
    of id: ObjectID, _ tier: Tier, _ observed: borrowing ObservedMachine
  ) -> String {
    let label = observed.label(of: id)
    guard observed.chronicle[id].death?.wasReachable == true else {
      return "The sweep frees \(label), which nothing reaches; its cell goes to the \(tier.rawValue)."
    }
    let places = observed.danglingPlaces(to: id).map { observed.name(of: $0) }
    let dangle =
      places.isEmpty
      ? "" : " \(places.joined(separator: ", ")) dangle\(places.count == 1 ? "s" : "")."
    return "The sweep frees \(label), which the program can still reach: \(label) is LOST.\(dangle)"
  }
}

// MARK: - Words

extension EventTeller {
  private func text(_ id: ObjectID?, _ observed: borrowing ObservedMachine) -> String {
    id.map { observed.label(of: $0) } ?? "nil"
  }
}

extension DanglingUse {
  fileprivate var words: String {
    switch self {
    case .poison: "the cell is free and holds poison"
    case .otherObject: "another object stands there now"
    case .notASlot(let word):
      "another object stands there, and these bytes (0x\(String(word, radix: 16))) are no slot of it"
    case .noCell: "the memory has been given away, so nothing is read or written"
    }
  }
}

extension Location {
  /// Whether barriers act on the place.
  fileprivate var isGuarded: Bool {
    switch self {
    case .global, .slot: true
    case .variable: false
    }
  }
}

extension String {
  fileprivate var trimmed: String { String(drop { $0 == " " }) }
}

extension ObservedMachine {
  /// What people call a root: `the stack`, `the global g`.
  public func name(of root: RootID) -> String {
    switch root {
    case .stack: "the stack"
    case .global(let index): "the global \(machine.roots.globals[index].name)"
    }
  }

  /// The places that still refer to a freed object, roots first.
  public func danglingPlaces(to id: ObjectID) -> [Location<ObjectID>] {
    chronicle.dangling.filter { $0.value == id }.map(\.key)
      .sorted { ($0.owner?.index ?? -1, name(of: $0)) < ($1.owner?.index ?? -1, name(of: $1)) }
  }
}

/// The step from one phase to the next, in words.
private struct PhaseChange {
  let from: Phase
  let to: Phase

  func words(_ observed: borrowing ObservedMachine) -> String {
    switch to {
    case .roots: "A collection cycle begins."
    case .marking: "All roots are scanned; marking goes on from the grey objects."
    case .termination: "No grey object is left: marking is about to end, the world stops."
    case .sweeping: "Marking has ended: what is white now is swept."
    case .idle: "The cycle is over."
    }
  }
}
