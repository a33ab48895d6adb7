import GarbageCollection

/// What a program finds at the end of a dangling pointer.
extension EventTeller {
  func misuse(
    of place: Location<ObjectID>, _ use: DanglingUse, _ observed: borrowing ObservedMachine
  ) -> String {
    guard let access = step.danglingRead ?? step.danglingWrite else {
      return "The store goes through a dangling pointer."
    }
    let pointer = observed.name(of: access.pointer)
    let victim = observed.label(of: access.object)
    let tenant = place.owner.map { observed.label(of: $0) } ?? "?"
    return "\(pointer) dangles: \(victim) was freed, "
      + use.words(victim: "\(victim).\(access.slot)", tenant: tenant, slot: access.slot) + "."
  }
}

extension DanglingUse {
  /// What stands where the victim's slot was.
  fileprivate func words(victim: String, tenant: String, slot: Int) -> String {
    switch self {
    case .poison: "and its cell is free, filled with poison"
    case .otherObject:
      "and \(tenant) stands in its cell; what looks like \(victim) is \(tenant).\(slot)"
    case .notASlot(let word):
      "and \(tenant) stands in its cell; where \(victim) was are \(tenant)'s bytes "
        + "\(word.bytesInMemory), no pointer at all"
    case .noCell: "and its memory has been given away, so nothing is read or written"
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
      .store(_, _, .slot(let slot, let base)):
      return access(slot, base)
    case .setGlobal, .setVariable, .store, .allocate, .pushFrame, .popFrame, .resume: return nil
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
