import GarbageCollection

/// What a program finds at the end of a dangling pointer.
extension EventTeller {
  mutating func tellMisuse(
    of place: Location<ObjectID>, _ use: DanglingUse, _ observed: borrowing ObservedMachine
  ) {
    if use == .staleCopy { return tellStaleUse(of: place, observed) }
    guard let access = step.danglingRead ?? step.danglingWrite else {
      sentences.append("The store goes through a dangling pointer.")
      return
    }
    hasToldMisuse = true
    let verb = step.danglingRead == nil ? "writes" : "reads"
    let victim = observed.label(of: access.object)
    let tenant = place.owner.map { observed.label(of: $0) } ?? "?"
    sentences.append(
      "\(actor(observed)) \(verb) \(victim).\(access.slot) through \(observed.name(of: access.pointer)), "
        + "which dangles\(fault(of: access.object, observed)) \(use.words(victim: victim, tenant: tenant, slot: access.slot))."
    )
  }
}

extension EventTeller {
  /// Bytes that an object left behind when it was copied, used as if they were the object.
  private mutating func tellStaleUse(
    of place: Location<ObjectID>, _ observed: borrowing ObservedMachine
  ) {
    let label = place.owner.map { observed.label(of: $0) } ?? "?"
    let isWrite = observed.chronicle.events.contains { event in
      if case .wrote(place, _, _) = event { true } else { false }
    }
    sentences.append(
      isWrite
        ? "The write goes to the bytes that \(label) left behind: the copy never hears of it."
        : "It reads the bytes that \(label) left behind, not the copy.")
  }

  /// A pointer to what the program itself has freed is the program's own mistake.
  private func fault(of id: ObjectID, _ observed: borrowing ObservedMachine) -> String {
    guard let death = observed.chronicle[id].death else {
      return ": it means the place where \(observed.label(of: id)) stood before it moved:"
    }
    guard death.cause == .program else { return ":" }
    return ": a USE AFTER FREE, as \(observed.label(of: id)) \(observed.account(of: death))."
  }
}

extension DanglingUse {
  /// What stands where the victim stood.
  fileprivate func words(victim: String, tenant: String, slot: Int) -> String {
    switch self {
    case .poison: "\(victim)'s cell is free and holds poison"
    case .otherObject: "\(tenant) stands in \(victim)'s cell, and the slot is \(tenant).\(slot)"
    case .notASlot(let word):
      "\(tenant) stands in \(victim)'s cell, with the bytes \(word.bytesInMemory) there, no pointer"
    case .staleCopy: "\(victim) has been copied, and these are the bytes it left behind"
    case .noCell: "\(victim)'s memory has been given away"
    }
  }
}

extension UInt32 {
  /// The bytes as they lie in memory, and as letters when they are some: `45 46 (EF)`.
  fileprivate var bytesInMemory: String {
    let bytes = (0..<4).map { UInt8(truncatingIfNeeded: self >> ($0 * 8)) }
    let hexadecimal = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
      .joined(separator: " ")
    guard bytes.allSatisfy({ (0x21...0x7E).contains($0) }) else { return hexadecimal }
    return "\(hexadecimal) (\(String(decoding: bytes, as: UTF8.self)))"
  }
}

// MARK: - Through which pointer

extension NarratedStep {
  /// A slot that a step reads or writes through a pointer to a freed object.
  struct DanglingAccess {
    let pointer: Location<ObjectID>
    let object: ObjectID
    let slot: Int
  }

  var danglingRead: DanglingAccess? {
    guard case .mutate(let mutation, _) = action else { return nil }
    switch mutation {
    case .setGlobal(_, .slot(let slot, let base)), .setVariable(_, .slot(let slot, let base)),
      .setRaw(_, .slot(let slot, let base)), .store(_, _, .slot(let slot, let base)):
      return access(slot, base)
    case .setGlobal, .setVariable, .setRaw, .store, .allocate, .pushFrame, .popFrame, .copy, .send,
      .resume, .free, .freeAgain, .startThread, .endThread:
      return nil
    }
  }

  var danglingWrite: DanglingAccess? {
    guard case .mutate(.store(let slot, let base, _), _) = action else { return nil }
    return access(slot, base)
  }

  private func access(_ slot: Int, _ base: Base) -> DanglingAccess? {
    guard case .place(let place) = base, let pointer = place.asRoot,
      let object = formerDangling[pointer]
    else { return nil }
    return DanglingAccess(pointer: pointer, object: object, slot: slot)
  }
}

extension Location<Reference> {
  /// The same place, which needs no object to name it; nil for a slot.
  fileprivate var asRoot: Location<ObjectID>? {
    switch self {
    case .global(let index): .global(index)
    case .variable(let index, let frame, let mutator): .variable(index, frame: frame, of: mutator)
    case .slot: nil
    }
  }
}
