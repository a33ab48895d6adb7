extension Machine {
  /// What barriers are still going to shade, as things stand: the rest of half-done stores, and what
  /// stands in buffers.
  ///
  /// Nothing, where marking does not wait for them: then they may come too late.
  var pendingShades: [Reference] {
    var targets = settings.handshake ? pendingStores.flatMap { shades(ofRestOf: $0) } : []
    if settings.buffer == .on {
      for mutator in roots.stacks.indices { targets += barrierBuffer(of: MutatorID(mutator)) }
    }
    return targets
  }

  private func shades(ofRestOf store: PendingStore) -> [Reference] {
    var targets: [Reference] = []
    var skips = false
    for instruction in programs[store.access].instructions[store.nextInstruction...] {
      defer { skips = instruction.isCondition && !holds(instruction, store) }
      if skips { continue }
      switch instruction {
      case .shadeOld: if let old = old(of: store) { targets.append(old) }
      case .shadeNew: if let new = store.new { targets.append(new) }
      case .revertSource, .deferSource: targets += valuesToScan(in: store.place)
      case .writeIfFlagWasOff: if !store.wasMarking { return targets }
      case .readOld, .ifSourceIsBlack, .unlessSourceIsBlack, .ifSourceIsBlackAndNewIsWhite,
        .ifStackIsGrey, .ifStackIsBlack, .ifAnyStackIsGrey, .ifSourceIsGrey, .scanSource,
        .sampleFlag, .write, .read, .yield, .ifNewIsInFromSpace, .evacuateNew,
        .ifSourceIsOldAndNewIsYoung, .rememberSlot, .incrementNew,
        .decrementOld:
        break
      }
    }
    return targets
  }

  /// What marking finds where a barrier makes the owner of a place grey again.
  private func valuesToScan(in place: Location<Reference>) -> [Reference] {
    switch place {
    case .global(let index): return roots.globals[index].value.map { [$0] } ?? []
    case .variable(_, _, let mutator):
      return roots.stacks[mutator.index].references
    case .slot(_, let object):
      guard heap.isObject(object) else { return [] }
      return (0..<heap.slotCount(of: object)).compactMap { heap.load($0, of: object) }
    }
  }
}
