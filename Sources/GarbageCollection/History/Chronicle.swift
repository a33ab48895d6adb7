/// The memory of a run: who each object is, how it came to its colour, how it ended.
///
/// A fold over events. The machine itself knows only addresses; the chronicle turns them into
/// identities the moment something happens, before a cell can be reused.
public struct Chronicle: Sendable {
  /// Every object ever born, by `ObjectID`.
  public internal(set) var records = ObjectRecords()
  /// Actions performed so far.
  public internal(set) var step = 0
  /// What the last action did.
  public internal(set) var events: [Event<ObjectID>] = []
  /// Places whose object has been freed, and who it was.
  public internal(set) var dangling: [Location<ObjectID>: ObjectID] = [:]

  /// The freed object that the value of a mutator's last store refers to, if any.
  var carried: [MutatorID: ObjectID] = [:]

  /// Who stands at a cell, or stood there last.
  var tenants: [Reference: ObjectID] = [:]
  private var identities: [String: ObjectID] = [:]
  /// The last number that was put behind a label.
  private var namesakes: [String: Int] = [:]
  /// What the slots of lost objects held, for the oracle.
  var lostSlots: [Reference: [Reference]] = [:]

  /// What the action under way allocates.
  private var newborn: (label: String, slotCount: Int, payloadBytes: Int)?
  /// Cycles begun so far.
  public private(set) var cycle = 0

  public init() {}
}

extension Chronicle {
  public subscript(id: ObjectID) -> ObjectRecord {
    get { records[id.index] }
    set { records[id.index] = newValue }
  }

  /// The object of that label, dead or alive.
  public func object(labelled label: String) -> ObjectID? { identities[label] }

  /// Who stands at the cell, or stood there last; nil if nobody ever did.
  public func tenant(of reference: Reference) -> ObjectID? { tenants[reference] }

  public var oracle: Oracle { Oracle(lostSlots: lostSlots) }

  /// Every object, dead or alive, by birth.
  public var ids: [ObjectID] { records.indices.map { ObjectID($0) } }
}

extension Chronicle {
  /// Begins a new action; the events of the one before it, in case it has to be taken back.
  mutating func beginStep(
    newborn: (label: String, slotCount: Int, payloadBytes: Int)?
  ) -> [Event<ObjectID>] {
    defer { events.removeAll() }
    self.newborn = newborn
    step += 1
    return events
  }

  /// The action was refused before it changed anything.
  mutating func takeBackStep(_ formerEvents: [Event<ObjectID>]) {
    step -= 1
    events = formerEvents
  }
}

extension Chronicle: Observer {
  public static var checksReferences: Bool { true }

  public mutating func observe(_ event: Event<Reference>) {
    if case .allocated(let reference, let route, _) = event { enroll(reference, route.tier) }
    let named = event.map { reference in identity(of: reference) }
    if case .moved(let object, _, let target, _) = named { follow(object, to: target) }
    note(named)
  }

  /// An object goes on living elsewhere.
  ///
  /// Whoever still means its old place is told who stood there.
  private mutating func follow(_ object: ObjectID, to target: Reference) {
    let old = self[object].reference
    self[object].reference = target
    self[object].moveCount += 1
    tenants[target] = object
    lostSlots[target] = nil
    for (cell, targets) in lostSlots where targets.contains(old) {
      lostSlots[cell] = targets.map { $0 == old ? target : $0 }
    }
  }

  /// Takes down an event whose objects are known already.
  mutating func note(_ event: Event<ObjectID>) {
    events.append(event)
    if let (id, cause) = event.discovery {
      self[id].shading = ObjectRecord.Shading(cause: cause, step: step, cycle: cycle)
    }
    switch event {
    case .marked(let id, _), .blackened(let id): self[id].blackenedStep = step
    case .allocated(let id, _, .black): self[id].blackenedStep = step
    case .phaseChanged(.idle, _): cycle += 1
    default: break
    }
  }

  private func identity(of reference: Reference) -> ObjectID {
    guard let id = tenants[reference] else {
      preconditionFailure("every reference in a machine was handed out by an allocation")
    }
    return id
  }

  private mutating func enroll(_ reference: Reference, _ tier: Tier) {
    guard let newborn else { preconditionFailure("only an allocation gives birth") }
    let id = ObjectID(records.count)
    let label = uniqueLabel(newborn.label)
    records.append(
      ObjectRecord(
        label: label, slotCount: newborn.slotCount, payloadBytes: newborn.payloadBytes,
        reference: reference, birthStep: step, birthCycle: cycle, birthTier: tier,
        predecessor: tenants[reference]))
    tenants[reference] = id
    identities[newborn.label] = id
    identities[label] = id
    lostSlots[reference] = nil
  }
}

extension Chronicle {
  /// The label itself, or with a number behind it where an object had it before.
  ///
  /// Whoever asks for the label alone means the newest object of that name.
  private mutating func uniqueLabel(_ label: String) -> String {
    guard identities[label] != nil else { return label }
    var number = namesakes[label, default: 1]
    repeat { number += 1 } while identities["\(label)_\(number)"] != nil
    namesakes[label] = number
    return "\(label)_\(number)"
  }
}

extension Chronicle {
  func hash(into digest: inout Digest) {
    digest.mix(step)
    digest.mix(records.count)
    for record in records {
      digest.mix(record.label)
      digest.mix(Int(record.reference.word))
      digest.mix(record.birthStep)
      digest.mix(record.shading?.step ?? -1)
      digest.mix(record.blackenedStep ?? -1)
      digest.mix(record.death.map { $0.step << 1 | ($0.wasReachable ? 1 : 0) } ?? -1)
      digest.mix(record.death?.mutator?.index ?? -1)
    }
    digest.mix(dangling.count)
    // A sum, because a dictionary's order is another one in every process.
    digest.mix(dangling.reduce(0) { $0 &+ fingerprint(of: $1.key, holding: $1.value) })
    digest.mix(carried.reduce(0) { $0 &+ $1.key.index &* 31 &+ $1.value.index })
  }

  private func fingerprint(of place: Location<ObjectID>, holding object: ObjectID) -> UInt64 {
    var digest = Digest()
    place.hash(into: &digest) { $0.index }
    digest.mix(object.index)
    return digest.value
  }
}
