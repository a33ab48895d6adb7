import GarbageCollection

/// Workers that share a pool of grey objects and must notice that it is empty for good.
///
/// A worker takes two objects and puts one back, as if one had been scanned and had led to nothing; the
/// last object of the pool leads to nothing either. Grey objects are alike, so they are only counted. Each
/// action is atomic. Marking is complete when a worker says so; the others do not heed it, and put back
/// what they hold, so it is enough to look into the pool to see that a worker spoke too early.
///
/// The race has two sides. What was read of the pool before counting oneself out is old when the count
/// is none; and after that a worker between two turns, which no count knows of, may start and empty the
/// pool into its hands. Under the lock nothing is old, and every worker that is not idle is active.
///
/// Austin Clements, go-misc/go-weave/models/markterm.go, 2016, a model of Go 1.7.
struct MarkCompletion: RuleSystem {
  let settings: MarkCompletionSettings
  /// A worker has at most one thing to do next.
  let rules: [MarkingWorker]
  let bitCount: Int

  /// Workers that count as active.
  let active: BitField
  /// Objects in the pool.
  let grey: BitField
  let isComplete: BitField

  init(_ settings: MarkCompletionSettings) {
    self.settings = settings
    var layout = BitLayout()
    active = layout.field(upTo: settings.markers)
    grey = layout.field(upTo: settings.objects)
    isComplete = layout.field(upTo: 1)
    rules = (0..<settings.markers).map { MarkingWorker(index: $0, of: settings, in: &layout) }
    bitCount = layout.bitCount
  }

  var title: String {
    "mark completion, \(settings.markers) markers, \(settings.objects) objects, "
      + settings.order.rawValue
  }

  /// Every object is in the pool and no worker has started; under the lock all of them count as active.
  var beginning: SmallState {
    var state = BitLayout.zero
    state[grey] = settings.objects
    if settings.order == .locked {
      state[active] = settings.markers
      for worker in rules { worker.enter(.take, &state) }
    }
    return state
  }

  func forEachInitialState(_ visit: (SmallState) -> Bool) { _ = visit(beginning) }

  func survey(_ state: SmallState) {}

  func facts(of start: SmallState) -> [String] {
    ["the pool holds \(start[grey].spelled("grey object"))"]
  }
}

/// What a worker of `MarkCompletion` does next.
enum WorkerPlace: Int, CaseIterable {
  case start
  case take
  case putBack
  /// Reads how many objects the pool holds.
  case read
  /// Counts itself out of the active workers.
  case leave
  case test
  /// Takes the lock and looks into the pool once more.
  case look
  /// Nothing, until another worker puts something into the pool.
  case idle
  /// Nothing any more.
  case exit
}

/// The variables of one worker.
struct MarkingWorker: Hashable, Sendable, CustomStringConvertible {
  let index: Int
  private let place: BitField
  /// Objects that it has seen in the pool, and active workers that it has left.
  ///
  /// Both are forgotten when the test is over; without that the model would have more states.
  let seenGrey: BitField
  let seenActive: BitField

  init(index: Int, of settings: MarkCompletionSettings, in layout: inout BitLayout) {
    let remembers = settings.order != .locked
    self.index = index
    place = layout.field(upTo: WorkerPlace.allCases.count - 1)
    seenGrey = layout.field(upTo: remembers ? settings.objects : 0)
    seenActive = layout.field(upTo: remembers ? settings.markers - 1 : 0)
  }

  var description: String { "W\(index)" }

  func place(in state: SmallState) -> WorkerPlace {
    guard let place = WorkerPlace(rawValue: state[place]) else {
      preconditionFailure("a worker is in one of nine places")
    }
    return place
  }

  func enter(_ place: WorkerPlace, _ state: inout SmallState) { state[self.place] = place.rawValue }
}

/// Objects that are grey though marking was said to be complete.
struct EarlyCompletion: Hashable, Sendable {
  let grey: Int
}

// MARK: - Rules

extension MarkCompletion {
  func fire(
    _ worker: MarkingWorker, in state: SmallState, knowing _: Void
  ) -> Firing<EarlyCompletion> {
    var next = state
    switch worker.place(in: state) {
    case .idle, .exit: return .disabled
    case .start:
      next[active] += 1
      worker.enter(.take, &next)
    case .take: take(by: worker, &next)
    case .putBack: putBack(by: worker, &next)
    case .read:
      next[worker.seenGrey] = state[grey]
      worker.enter(settings.order == .queueFirst ? .leave : .test, &next)
    case .leave:
      next[active] -= 1
      next[worker.seenActive] = next[active]
      worker.enter(settings.order == .queueFirst ? .test : .read, &next)
    case .test: test(by: worker, &next)
    case .look: look(by: worker, &next)
    }
    guard next[isComplete] == 1, next[grey] > 0 else { return .leads(to: next) }
    return .loses(EarlyCompletion(grey: next[grey]))
  }

  private func take(by worker: MarkingWorker, _ state: inout SmallState) {
    switch state[grey] {
    case 0: worker.enter(afterWork(foundNothing: true), &state)
    case 1:
      state[grey] = 0
      worker.enter(afterWork(foundNothing: false), &state)
    default:
      state[grey] -= 2
      worker.enter(.putBack, &state)
    }
  }

  private func putBack(by worker: MarkingWorker, _ state: inout SmallState) {
    state[grey] += 1
    worker.enter(afterWork(foundNothing: false), &state)
    for other in idleWorkers(in: state) {
      state[active] += 1
      other.enter(.take, &state)
    }
  }

  /// Where a turn goes on that has nothing left at hand; under the lock only an empty pool ends it.
  private func afterWork(foundNothing: Bool) -> WorkerPlace {
    switch settings.order {
    case .queueFirst: .read
    case .queueLast: .leave
    case .locked: foundNothing ? .look : .take
    }
  }

  private func test(by worker: MarkingWorker, _ state: inout SmallState) {
    if hasSeenCompletion(worker, state) {
      state[isComplete] = 1
      worker.enter(.exit, &state)
    } else {
      worker.enter(.start, &state)
    }
    state[worker.seenGrey] = 0
    state[worker.seenActive] = 0
  }

  /// All in one action: finds the pool empty, counts itself idle, and as the last one ends marking.
  private func look(by worker: MarkingWorker, _ state: inout SmallState) {
    guard state[grey] == 0 else { return worker.enter(.take, &state) }
    state[active] -= 1
    worker.enter(.idle, &state)
    if state[active] == 0 { state[isComplete] = 1 }
  }

  func hasSeenCompletion(_ worker: MarkingWorker, _ state: SmallState) -> Bool {
    state[worker.seenGrey] == 0 && state[worker.seenActive] == 0
  }

  func idleWorkers(in state: SmallState) -> [MarkingWorker] {
    rules.filter { $0.place(in: state) == .idle }
  }
}
