import GarbageCollection

/// What the collector does.
extension EventTeller {
  mutating func tellCollector(
    _ event: Event<ObjectID>, _ observed: borrowing ObservedMachine
  ) {
    switch event {
    case .phaseChanged(let from, let to):
      closeScan()
      sentences.append(words(from: from, to: to, observed))
    case .scannedRoot(let root, let isRescan):
      closeScan()
      openScan =
        "\(scanner(observed)) scans \(observed.name(of: root))" + (isRescan ? " again" : "")
    case .shaded(_, .birth): break
    case .shaded(let id, _): shaded.append(observed.label(of: id))
    case .marked(let id, _): marked.append(observed.label(of: id))
    case .beganScan(let id):
      sentences.append(
        "The collector begins to scan \(observed.label(of: id)), slot by slot; it stays grey.")
    case .examinedSlot(let slot, let object, _):
      openScan = openScan ?? "\(scanner(observed)) looks at \(observed.label(of: object)).\(slot)"
    case .blackened(let id): tellBlackened(id, observed)
    case .kept(let id): sentences.append(survival(of: id, observed))
    case .freed(let id, let route): sentences.append(death(of: id, route, observed))
    case .sweptSpan(let page, let freedCount, let keptCount):
      sentences.append(
        "The span at +0x\(String(page.offset, radix: 16)) is swept: \(freedCount) freed, "
          + "\(keptCount) kept\(keptCount == 0 ? emptySpanNote : "").")
    case .waitedForSafepoint:
      sentences.append("The collector waits for a safepoint: a store is half done.")
    case .flushedBuffer(let mutator):
      closeScan()
      let owner = observed.hasThreads ? " of \(observed.name(of: mutator))" : ""
      openScan =
        step.action.mutator == nil
        ? "The collector empties the barrier buffer\(owner)" : "The barrier buffer is emptied"
    case .droppedBuffered(let id, let mutator):
      let owner = observed.hasThreads ? " of \(observed.name(of: mutator))" : ""
      sentences.append(
        "\(observed.label(of: id)) is still in the barrier buffer\(owner), and is forgotten.")
    case .requeued(let id):
      sentences.append("\(observed.label(of: id)), dirty, goes to the worklist.")
    case .metDangling(let place):
      sentences.append(
        "The collector meets a dangling pointer in \(observed.name(of: place)) "
          + "and does not follow it.")
    default: break
    }
  }

  private mutating func tellBlackened(_ id: ObjectID, _ observed: borrowing ObservedMachine) {
    let label = observed.label(of: id)
    if step.action.mutator != nil {
      openScan = "\(scanner(observed)) scans \(label)"
      blackened = label
      return
    }
    switch observed.machine.settings.scan {
    case .object: openScan = "The collector scans \(label)"
    case .slotLast: openScan = openScan ?? "The collector scans \(label)"
    case .slotFirst:
      sentences.append("The collector begins to scan \(label), slot by slot; it is black now.")
      return
    }
    blackened = label
  }

  /// Ends the sentence about a scan with what it found.
  mutating func closeScan() {
    guard let scan = openScan else { return }
    let found = [turn(shaded, "grey"), turn(marked, "black at once, without references")]
      .compactMap { $0 }
    let ends = (found.isEmpty ? ["nothing new"] : found) + [blackened.map { "\($0) is black now" }]
    sentences.append("\(scan): \(ends.compactMap { $0 }.joined(separator: "; ")).")
    openScan = nil
    shaded = []
    marked = []
    blackened = nil
  }

  /// Who scans, at the beginning of a sentence: some barriers do it themselves.
  private func scanner(_ observed: borrowing ObservedMachine) -> String {
    step.action.mutator == nil
      ? "The collector" : "The \(observed.machine.settings.barrier.nameInSentence)"
  }

  private func turn(_ labels: [String], _ color: String) -> String? {
    labels.isEmpty ? nil : "\(labels.list) turn\(labels.count == 1 ? "s" : "") \(color)"
  }

  private func words(
    from: Phase, to: Phase, _ observed: borrowing ObservedMachine
  ) -> String {
    switch to {
    case .roots: "A collection cycle begins: every object is white."
    case .marking: "All roots are scanned; now the grey objects are."
    case .termination:
      end(of: observed.machine.settings.roots, hasDirty: !observed.machine.deferredObjects.isEmpty)
    case .sweeping: "Marking ends; the sweep frees whatever is still white."
    case .idle: "The cycle is over."
    case .forwarding: "Marking ends; what is black gets a new place, by address."
    case .updating: "Every live object has its place; now the references are set to them."
    case .moving: "All references mean the new places; now the objects move there."
    case .flipping: "The spaces change their roles: what is live will be copied, the rest stays behind."
    case .copying: "All roots refer to copies; now what the copies refer to is copied."
    case .reconciling: "The stacks are looked at, for objects that only they refer to."
    case .trialMarking: "Trial deletion: references inside of what is suspected are taken off."
    case .trialScanning: "What still has references from outside is restored."
    case .trialCollecting: "What has none is garbage, and is freed."
    }
  }
}

extension EventTeller {
  private func end(of roots: RootPolicy, hasDirty: Bool) -> String {
    let left = hasDirty ? "No grey object is left but dirty ones." : "No grey object is left."
    switch (roots, hasDirty) {
    case (.once, false): return left
    case (.once, true): return left + " The world stops, for those to be scanned again."
    case (.rescan, false): return left + " The world stops, for the stacks to be scanned again."
    case (.rescan, true):
      return left + " The world stops, for the stacks and those to be scanned again."
    }
  }
}

// MARK: - The sweep

extension EventTeller {
  /// Where a span without an object goes; an allocation that sweeps takes its cells at once.
  private var emptySpanNote: String {
    if case .collect = step.action { "; empty, it goes to the page heap" } else { "" }
  }

  private func survival(of id: ObjectID, _ observed: borrowing ObservedMachine) -> String {
    let record = observed.chronicle[id]
    if observed.machine.phase == .moving {
      return "\(record.label) stands where it is to stand, and turns white for the next cycle."
    }
    guard step.judgement.isReachable(record.reference) else {
      return "The sweep keeps \(record.label), though nothing reaches it any more: "
        + "floating garbage until the next cycle."
    }
    return "The sweep keeps \(record.label) and makes it white for the next cycle."
  }

  private func death(
    of id: ObjectID, _ route: Route, _ observed: borrowing ObservedMachine
  ) -> String {
    let label = observed.label(of: id)
    guard observed.chronicle[id].death?.wasReachable == true else {
      return "The sweep frees \(label), which nothing reaches; \(route.homecoming)."
    }
    let places = observed.danglingPlaces(to: id).map { observed.name(of: $0) }
    let dangle =
      places.isEmpty ? "" : " \(places.list) dangle\(places.count == 1 ? "s" : "")."
    return "The sweep frees \(label), which the program still reaches: \(label) is LOST.\(dangle)"
  }
}
