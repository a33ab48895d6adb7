extension Event {
  /// The same event with its objects named another way.
  public func map<Other>(_ rename: (Object) -> Other) -> Event<Other> {
    switch self {
    case .phaseChanged(let from, let to): .phaseChanged(from: from, to: to)
    case .allocated(let object, let route, let color):
      .allocated(rename(object), along: route, color: color)
    case .pushedFrame(let name): .pushedFrame(name)
    case .poppedFrame(let name): .poppedFrame(name)
    case .loaded(let object, let from, let into):
      .loaded(object.map(rename), from: from.map(rename), into: into.map(rename))
    case .assigned(let place, let old, let new):
      .assigned(place.map(rename), old: old.map(rename), new: new.map(rename))
    case .ranLine(let line): .ranLine(line)
    case .wrote(let place, let old, let new):
      .wrote(place.map(rename), old: old.map(rename), new: new.map(rename))
    case .yielded(let line): .yielded(line: line)
    case .elidedBarrier: .elidedBarrier
    case .conjured(let object): .conjured(rename(object))
    case .usedDangling(let place, let use): .usedDangling(place.map(rename), use)
    case .scannedRoot(let root, let isRescan): .scannedRoot(root, isRescan: isRescan)
    case .shaded(let object, let cause): .shaded(rename(object), by: cause.map(rename))
    case .marked(let object, let cause): .marked(rename(object), by: cause.map(rename))
    case .beganScan(let object): .beganScan(rename(object))
    case .examinedSlot(let slot, let object, let found):
      .examinedSlot(slot, of: rename(object), found: found.map(rename))
    case .blackened(let object): .blackened(rename(object))
    case .kept(let object): .kept(rename(object))
    case .freed(let object, let route): .freed(rename(object), along: route)
    case .sweptSpan(let page, let freedCount, let keptCount):
      .sweptSpan(page, freedCount: freedCount, keptCount: keptCount)
    case .released(let object, let route): .released(rename(object), along: route)
    case .refusedFree(let object): .refusedFree(rename(object))
    case .startedThread(let mutator): .startedThread(mutator)
    case .endedThread(let mutator, let route): .endedThread(mutator, along: route)
    case .waitedForSafepoint: .waitedForSafepoint
    case .metDangling(let place): .metDangling(place.map(rename))
    }
  }
}

extension ShadeCause {
  public func map<Other>(_ rename: (Object) -> Other) -> ShadeCause<Other> {
    switch self {
    case .root(let place, let isRescan): .root(place.map(rename), isRescan: isRescan)
    case .scan(let slot, let object): .scan(slot: slot, of: rename(object))
    case .barrier(let line, let place): .barrier(line: line, place: place.map(rename))
    case .birth: .birth
    }
  }
}
