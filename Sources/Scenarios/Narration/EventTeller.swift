import GarbageCollection

/// Words for the events of one step.
///
/// Some events belong together in one sentence (a scan and what it shaded), so the teller walks the
/// list with a little memory instead of mapping it.
struct EventTeller {
  let step: NarratedStep
  var sentences: [String] = []

  /// What the sentence about a scan has found so far.
  var openScan: String?
  var shaded: [String] = []
  /// Of what it found, those without references.
  var marked: [String] = []
  var blackened: String?
  /// What a scan has copied, to be told after it.
  var copies: [String] = []
  /// The places that an update has set.
  var redirected: [String] = []
  /// Where a load has just put its value, so that the assignment is not told again.
  var loadedInto: Location<ObjectID>?
  /// Whether a sentence of this step has said that a pointer dangles.
  var hasToldMisuse = false
  /// Why the lines of the barrier that ran have shaded nothing.
  var idleReasons: [String] = []
  /// Whether a sentence of this step has said which barrier runs.
  var hasNamedBarrier = false
  var counting = CountingNotes()

  private init(_ step: NarratedStep) { self.step = step }

  static func sentences(
    of step: NarratedStep, _ observed: borrowing ObservedMachine
  ) -> [String] {
    var teller = EventTeller(step)
    if step.resumesStore {
      let owner =
        observed.hasThreads ? " of \(observed.name(of: step.action.mutator ?? .main))" : ""
      teller.sentences.append("The store\(owner) goes on.")
    }
    for event in observed.chronicle.events { teller.tell(event, observed) }
    teller.closeBarrier(observed)
    teller.closeScan()
    teller.closeCounting(observed)
    return teller.sentences
  }

  private mutating func tell(
    _ event: Event<ObjectID>, _ observed: borrowing ObservedMachine
  ) {
    switch event {
    case .counted, .suspected, .trialColored: tellCounting(event)
    case .freed where observed.machine.settings.collector == .referenceCounting:
      tellCounting(event)
    case .ranLine, .yielded, .elidedBarrier, .shaded(_, .barrier), .marked(_, .barrier),
      .reverted, .revertedRoot, .buffered:
      tellBarrier(event, observed)
    case .phaseChanged, .scannedRoot, .shaded, .beganScan, .examinedSlot, .blackened, .kept,
      .freed, .waitedForSafepoint, .metDangling, .sweptSpan, .marked, .flushedBuffer,
      .droppedBuffered, .requeued:
      tellCollector(event, observed)
    case .allocated, .pushedFrame, .poppedFrame, .loaded, .assigned, .wrote, .conjured,
      .usedDangling, .released, .refusedFree, .startedThread, .endedThread, .copied, .sent:
      tellMutator(event, observed)
    case .assignedPlace, .redirected, .updatedRoot, .updatedSlots, .moved, .reclaimed, .promoted,
      .remembered:
      tellMoving(event, observed)
    }
  }
}

extension EventTeller {
  /// Who acts, at the beginning of a sentence: `The mutator`, or `Thread T2` when there are several.
  func actor(_ observed: borrowing ObservedMachine) -> String {
    let name = observed.name(of: step.action.mutator ?? .main)
    return name.prefix(1).uppercased() + name.dropFirst()
  }
}

/// What a step is told from besides the machine after it.
struct NarratedStep {
  let action: Action
  /// What the oracle found after it.
  let judgement: Judgement
  /// Places whose object had been freed before it, and who that was.
  let formerDangling: [Location<ObjectID>: ObjectID]

  fileprivate var resumesStore: Bool {
    if case .mutate(.resume, _) = action { true } else { false }
  }
}
