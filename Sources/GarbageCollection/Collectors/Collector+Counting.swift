/// How far a collection of counted objects has come.
struct TrialCursor: Hashable, Sendable {
  /// The next candidate that a pass looks at.
  var nextCandidate = 0
  /// Whether all is done but to let go of the stacks.
  var isEnding = false

  func hash(into digest: inout Digest) {
    digest.mix(nextCandidate)
    digest.mix(isEnding ? 1 : 0)
  }
}

/// The least that a pass of trial deletion does.
private struct TrialPiece {
  let units: Int
  /// Whether a count, a colour or a phase has changed, or an object has gone.
  var isVisible = true
}

/// The collections of a heap whose references are counted: what counting alone does not free.
///
/// First, with uncounted stacks, these are counted for a while; then the objects are freed whose
/// count is zero all the same. What is left of the garbage refers to itself, and is for trial
/// deletion: all candidates and what hangs from them lose the references among themselves, and what
/// then has none is garbage (Bacon and Rajan, Concurrent Cycle Collection, ECOOP 2001, section 3).
///
/// Each of the three passes goes over all candidates, so that the whole is linear in what hangs from
/// them. A step looks at one root or one object; the world is stopped.
extension Collector {
  mutating func startReconciling<O: Observer>(_ roots: inout Roots, observer: inout O) {
    roots.forgetScans()
    trial = TrialCursor()
    enter(.reconciling, observer: &observer)
  }

  /// The units of work done: counts changed, objects and slots looked at.
  mutating func reconcile<O: Observer>(
    _ heap: inout Heap, _ roots: inout Roots, _ context: CollectorContext, observer: inout O
  ) -> Int {
    switch phase {
    case .reconciling where trial.isEnding:
      return letGoOfStack(&heap, &roots, observer: &observer)
    case .reconciling:
      if context.defersCounting, let stack = roots.firstUnscannedStack {
        return count(stack, &heap, &roots, observer: &observer)
      }
      if let object = heap.takeZero() { return heap.takeApart(object, observer: &observer) }
      if context.detectsCycles {
        enter(.trialMarking, observer: &observer)
      } else {
        end(context, observer: &observer)
      }
      return 1
    default: return searchForCycles(&heap, context, observer: &observer)
    }
  }

  /// Goes on with a pass until there is something to see of it, or a good deal has been done.
  private mutating func searchForCycles<O: Observer>(
    _ heap: inout Heap, _ context: CollectorContext, observer: inout O
  ) -> Int {
    var units = 0
    for _ in 0..<Collector.quietPieces {
      let piece =
        switch phase {
        case .trialMarking: markCandidates(&heap, observer: &observer)
        case .trialScanning: scanCandidates(&heap, observer: &observer)
        case .trialCollecting: collectCandidates(&heap, context, observer: &observer)
        default: preconditionFailure("a search for cycles has three passes")
        }
      units += piece.units
      if piece.isVisible { break }
    }
    return units
  }

  /// Pieces of a pass that change nothing to be seen and are done in one step, at most.
  private static var quietPieces: Int { 64 }

  private mutating func end<O: Observer>(_ context: CollectorContext, observer: inout O) {
    trial = TrialCursor(isEnding: context.defersCounting)
    enter(context.defersCounting ? .reconciling : .idle, observer: &observer)
  }
}

// MARK: - Stacks

extension Collector {
  /// Counts the references from a stack, which stops being so when the collection ends.
  private func count<O: Observer>(
    _ stack: MutatorID, _ heap: inout Heap, _ roots: inout Roots, observer: inout O
  ) -> Int {
    observer.observe(.scannedRoot(.stack(stack), isRescan: false))
    var units = 1
    for object in roots.stacks[stack.index].references {
      heap.increment(object, observer: &observer)
      units += 1
    }
    roots.setScanned(.stack(stack))
    return units
  }

  /// Takes the references from the next stack that has any off the counts.
  ///
  /// An object that a stack refers to may be garbage as soon as the stack lets go of it, which
  /// nobody sees: so it stays a candidate.
  private mutating func letGoOfStack<O: Observer>(
    _ heap: inout Heap, _ roots: inout Roots, observer: inout O
  ) -> Int {
    var units = 1
    while units == 1, let number = roots.stacks.firstIndex(where: \.isScanned) {
      for object in roots.stacks[number].references {
        heap.decrement(object, observer: &observer)
        units += 1
      }
      roots.stacks[number].isScanned = false
    }
    if units == 1 {
      trial = TrialCursor()
      enter(.idle, observer: &observer)
    }
    return units
  }
}

extension Roots {
  fileprivate var firstUnscannedStack: MutatorID? {
    stacks.firstIndex { !$0.isScanned }.map { MutatorID($0) }
  }
}

// MARK: - Trial deletion

extension Collector {
  /// Takes the references inside of what hangs from a candidate off the counts.
  private mutating func markCandidates<O: Observer>(
    _ heap: inout Heap, observer: inout O
  ) -> TrialPiece {
    if let object = heap.counting.pending.popLast() {
      return heap.discount(object, observer: &observer)
    }
    guard let candidate = nextCandidate(heap) else {
      enterPass(.trialScanning, observer: &observer)
      return TrialPiece(units: 1)
    }
    let isNew = heap.turnGray(candidate, observer: &observer)
    return TrialPiece(units: 1, isVisible: isNew)
  }

  /// Restores what is still counted, and what hangs from it; the rest is garbage.
  private mutating func scanCandidates<O: Observer>(
    _ heap: inout Heap, observer: inout O
  ) -> TrialPiece {
    if let object = heap.counting.restoring.popLast() {
      return heap.recount(object, observer: &observer)
    }
    if let object = heap.counting.pending.popLast() {
      return heap.decide(object, observer: &observer)
    }
    guard let candidate = nextCandidate(heap) else {
      enterPass(.trialCollecting, observer: &observer)
      return TrialPiece(units: 1)
    }
    return heap.decide(candidate, observer: &observer)
  }

  /// Frees the garbage among the candidates, and what hangs from it; the others are none any more.
  private mutating func collectCandidates<O: Observer>(
    _ heap: inout Heap, _ context: CollectorContext, observer: inout O
  ) -> TrialPiece {
    if let object = heap.counting.pending.popLast() {
      return heap.freeGarbage(object, observer: &observer)
    }
    guard let candidate = heap.takeCandidate() else {
      end(context, observer: &observer)
      return TrialPiece(units: 1)
    }
    heap.queueIfGarbage(candidate)
    return TrialPiece(units: 1, isVisible: false)
  }

  private mutating func nextCandidate(_ heap: borrowing Heap) -> Reference? {
    guard trial.nextCandidate < heap.counting.candidates.count else { return nil }
    trial.nextCandidate += 1
    return heap.counting.candidates[trial.nextCandidate - 1]
  }

  private mutating func enterPass<O: Observer>(_ pass: Phase, observer: inout O) {
    trial.nextCandidate = 0
    enter(pass, observer: &observer)
  }
}

extension Heap {
  /// Has the trial follow an object's references later, unless it has or will already.
  @discardableResult
  fileprivate mutating func turnGray<O: Observer>(
    _ object: Reference, observer: inout O
  ) -> Bool {
    guard trialColor(of: object) != .gray else { return false }
    recolor(object, .gray, observer: &observer)
    counting.pending.append(object)
    return true
  }

  fileprivate mutating func discount<O: Observer>(
    _ object: Reference, observer: inout O
  ) -> TrialPiece {
    var isVisible = false
    let units = forEachChild(of: object) { heap, child in
      heap.changeCount(of: child, by: -1, observer: &observer)
      heap.turnGray(child, observer: &observer)
      isVisible = true
    }
    return TrialPiece(units: units, isVisible: isVisible)
  }

  /// A grey object is in use if something counted still refers to it.
  fileprivate mutating func decide<O: Observer>(
    _ object: Reference, observer: inout O
  ) -> TrialPiece {
    guard trialColor(of: object) == .gray else { return TrialPiece(units: 1, isVisible: false) }
    if referenceCount(of: object) > 0 {
      recolor(object, .black, observer: &observer)
      counting.restoring.append(object)
      return TrialPiece(units: 1)
    }
    recolor(object, .white, observer: &observer)
    let units = forEachChild(of: object) { heap, child in
      if heap.trialColor(of: child) == .gray { heap.counting.pending.append(child) }
    }
    return TrialPiece(units: units)
  }

  fileprivate mutating func recount<O: Observer>(
    _ object: Reference, observer: inout O
  ) -> TrialPiece {
    var isVisible = false
    let units = forEachChild(of: object) { heap, child in
      heap.changeCount(of: child, by: 1, observer: &observer)
      isVisible = true
      guard heap.trialColor(of: child) != .black else { return }
      heap.recolor(child, .black, observer: &observer)
      heap.counting.restoring.append(child)
    }
    return TrialPiece(units: units, isVisible: isVisible)
  }

  /// A candidate that waits for its own turn is left to it; a member of the cycle may be gone.
  fileprivate mutating func queueIfGarbage(_ object: Reference) {
    guard isObject(object), trialColor(of: object) == .white, !isListed(object) else { return }
    setTrialColor(.black, of: object)
    counting.pending.append(object)
  }

  /// The references of garbage have been taken off the counts already.
  fileprivate mutating func freeGarbage<O: Observer>(
    _ object: Reference, observer: inout O
  ) -> TrialPiece {
    let units = forEachChild(of: object) { heap, child in heap.queueIfGarbage(child) }
    let route = free(object)
    observer.observe(.freed(object, along: route))
    return TrialPiece(units: units)
  }

  private mutating func recolor<O: Observer>(
    _ object: Reference, _ color: TrialColor, observer: inout O
  ) {
    setTrialColor(color, of: object)
    observer.observe(.trialColored(object, color))
  }

  private mutating func changeCount<O: Observer>(
    of object: Reference, by change: Int, observer: inout O
  ) {
    let count = referenceCount(of: object) + change
    setCollectorWord(UInt32(count), of: object)
    observer.observe(.counted(object, count))
  }

  private mutating func forEachChild(
    of object: Reference, _ body: (inout Heap, Reference) -> Void
  ) -> Int {
    let slotCount = slotCount(of: object)
    for slot in 0..<slotCount {
      if let child = load(slot, of: object) { body(&self, child) }
    }
    return slotCount + 1
  }
}
