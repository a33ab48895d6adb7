/// What views, claims and narration ask for.
extension ObservedMachine {
  public var judgement: Judgement { chronicle.oracle.judge(machine) }

  /// What has become of an object, given the judgement of this very moment.
  public func fate(of id: ObjectID, _ judgement: Judgement) -> Fate {
    let record = chronicle[id]
    if let death = record.death { return death.fate }
    if judgement.doomed.contains(record.reference) { return .doomed }
    if judgement.isReachable(record.reference) { return .live }
    return judgement.leaked.contains(record.reference) ? .leaked : .garbage
  }

  /// The colour of an object that still stands; nil once it is freed.
  public func color(of id: ObjectID) -> Color? {
    chronicle[id].death == nil ? machine.heap.color(of: chronicle[id].reference) : nil
  }

  /// Where compaction is going to put an object; nil for one that has no place yet, or stands there.
  public func nextPlace(of id: ObjectID) -> Reference? {
    chronicle[id].death == nil ? machine.nextPlace(of: chronicle[id].reference) : nil
  }

  /// The space an object stands in; nil for one in a cell, and once it is freed.
  public func space(of id: ObjectID) -> Space? {
    guard chronicle[id].death == nil else { return nil }
    return machine.heap.space(of: chronicle[id].reference).map { machine.heap.spaces[$0] }
  }

  /// What a place holds: nobody, an object, or a pointer to a freed one.
  public func content(of place: Location<Reference>) -> Content {
    content(of: place, machine.whereabouts)
  }

  private func content(of place: Location<Reference>, _ whereabouts: Whereabouts) -> Content {
    let named = place.map { chronicle.tenant(of: $0) ?? ObjectID(-1) }
    if let freed = chronicle.dangling[named] { return .dangling(freed) }
    guard let value = machine.value(at: place),
      let id = chronicle.tenant(of: whereabouts.object(value, in: place, machine.heap))
    else { return .empty }
    if chronicle[id].death != nil { return .dangling(id) }
    return machine.isStale(value, in: place) ? .stale(id) : .object(id)
  }

  /// What the slots of an object hold; empty for a freed one.
  public func slots(of id: ObjectID) -> [Content] {
    let record = chronicle[id]
    guard record.death == nil else { return [] }
    let whereabouts = machine.whereabouts
    return (0..<record.slotCount).map {
      content(of: .slot($0, of: record.reference), whereabouts)
    }
  }

  /// Who waits to be scanned, in the order they were shaded.
  public var worklist: [ObjectID] {
    machine.worklist.compactMap { chronicle.tenant(of: $0) }
  }

  /// The place with its object named by identity.
  public func identify(_ place: Location<Reference>) -> Location<ObjectID> {
    place.map { chronicle.tenant(of: $0) ?? ObjectID(-1) }
  }

  /// What people call a place: `g`, `main.x`, `A.0`, and `T2:main.x` on another thread's stack.
  public func name(of place: Location<ObjectID>) -> String {
    switch place {
    case .global(let index):
      machine.roots.globals.indices.contains(index) ? machine.roots.globals[index].name : "?"
    case .variable(let index, let frame, let mutator):
      variableName(index, frame: frame, of: mutator)
    case .slot(let slot, let id): "\(label(of: id)).\(slot)"
    }
  }

  private func variableName(_ index: Int, frame: Int, of mutator: MutatorID) -> String {
    let stack = machine.roots.stacks[mutator.index]
    let frames = stack.frames
    guard frames.indices.contains(frame), frames[frame].variables.indices.contains(index) else {
      return "?"
    }
    let name = "\(frames[frame].name).\(frames[frame].variables[index].name)"
    return mutator == .main ? name : "\(stack.thread):\(name)"
  }

  /// The label of an object; `?` for one the chronicle does not know.
  public func label(of id: ObjectID) -> String {
    chronicle.records.indices.contains(id.index) ? chronicle[id].label : "?"
  }
}

extension ObjectRecord.Death {
  public var fate: Fate {
    switch cause {
    case .sweep, .counting: wasReachable ? .lost : .collected
    case .program: .released
    }
  }
}

/// What a place holds, in the eyes of people.
public enum Content: Hashable, Sendable {
  case empty
  case object(ObjectID)
  /// A pointer to where the object stood before it was copied, in a place that no collector sets
  /// right.
  case stale(ObjectID)
  /// A pointer to an object that has been freed or has gone, whatever stands at its cell now.
  case dangling(ObjectID)
}
