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
    case .copied(let source, let target, let slotCount):
      .copied(rename(source), to: rename(target), slotCount: slotCount)
    case .sent(let object, let from, let into):
      .sent(object.map(rename), from: from.map(rename), into: into.map(rename))
    case .ranLine(let line, let access): .ranLine(line, of: access)
    case .wrote(let place, let old, let new):
      .wrote(place.map(rename), old: old.map(rename), new: new.map(rename))
    case .yielded(let line, let access): .yielded(line: line, of: access)
    case .elidedBarrier: .elidedBarrier
    case .reverted(let object, let isDeferred):
      .reverted(rename(object), isDeferred: isDeferred)
    case .revertedRoot(let root): .revertedRoot(root)
    case .buffered(let object, let mutator): .buffered(rename(object), of: mutator)
    case .flushedBuffer(let mutator): .flushedBuffer(of: mutator)
    case .droppedBuffered(let object, let mutator): .droppedBuffered(rename(object), of: mutator)
    case .requeued(let object): .requeued(rename(object))
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
    case .assignedPlace(let object, let place): .assignedPlace(rename(object), place)
    case .redirected(let place, let object, let target):
      .redirected(place.map(rename), rename(object), to: target)
    case .updatedRoot(let root): .updatedRoot(root)
    case .updatedSlots(let object): .updatedSlots(rename(object))
    case .moved(let object, let from, let to, let words):
      .moved(rename(object), from: from, to: to, words: words)
    case .reclaimed(let object): .reclaimed(rename(object))
    case .counted(let object, let count): .counted(rename(object), count)
    case .suspected(let object): .suspected(rename(object))
    case .trialColored(let object, let color): .trialColored(rename(object), color)
    case .remembered(let place): .remembered(place.map(rename))
    case .promoted(let object): .promoted(rename(object))
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
    case .barrier(let line, let access, let place):
      .barrier(line: line, of: access, place: place.map(rename))
    case .buffer(let mutator): .buffer(of: mutator)
    case .birth: .birth
    }
  }
}
