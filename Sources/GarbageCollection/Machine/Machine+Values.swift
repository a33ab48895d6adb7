/// What places hold, and how the program gets at it.
extension Machine {
  /// What a place holds now; nil too for a slot that a dangling pointer no longer reaches.
  public func value(at place: Location<Reference>) -> Reference? {
    switch place {
    case .global(let index): roots.globals[index].value
    case .variable(let index, let frame, let mutator):
      roots.stacks[mutator.index][index, frame: frame]
    case .slot(let slot, let object):
      hasSlot(slot, object) ? heap.load(slot, of: object) : nil
    }
  }

  /// The object that a base stands for; nil for a place that is empty.
  func object(at base: Base) -> Reference? {
    switch base {
    case .object(let object): object
    case .place(let place): value(at: place)
    }
  }

  func resolve(_ base: Base) throws(MachineError) -> Reference {
    guard let object = object(at: base) else { throw .dereferencedNil }
    return object
  }

  func evaluate(_ operand: Operand) throws(MachineError) -> Reference? {
    switch operand {
    case .null: return nil
    case .object(let object): return object
    case .place(let place): return value(at: place)
    case .slot(let slot, let base):
      let object = try resolve(base)
      if heap.isObject(object), !hasSlot(slot, object), !isWithinCell(slot, object) {
        throw .slotOutOfRange(slot: slot, count: heap.slotCount(of: object))
      }
      if let copy = copy(ofShellAt: object), !hasSlot(slot, object) {
        throw .slotOutOfRange(slot: slot, count: heap.slotCount(of: copy))
      }
      return value(at: .slot(slot, of: object))
    }
  }

  /// How an access to a slot goes wrong because the reference dangles; nil when it does not.
  ///
  /// A reused cell whose new object has that slot looks sound from here; only a history of the
  /// objects can tell.
  func danglingUse(of slot: Int, of object: Reference) -> DanglingUse? {
    if hasSlot(slot, object) { return heap.isObject(object) ? nil : .staleCopy }
    // The cell may be smaller than the one that the reference was made for.
    guard isWithinCell(slot, object) else { return .noCell }
    return heap.isObject(object) ? .notASlot(word: heap.word(slot, of: object)) : .poison
  }

  /// Tells of a load through a dangling pointer, once nothing can refuse the action any more.
  func observeMisuse<O: Observer>(by operand: Operand, observer: inout O) {
    guard case .slot(let slot, let base) = operand, let object = object(at: base),
      let use = danglingUse(of: slot, of: object)
    else { return }
    observer.observe(.usedDangling(.slot(slot, of: object), use))
  }

  /// Whether there is such a slot: in an object, or in what is left where it was copied from.
  func hasSlot(_ slot: Int, _ object: Reference) -> Bool {
    if heap.isObject(object) { return (0..<heap.slotCount(of: object)).contains(slot) }
    guard let copy = copy(ofShellAt: object) else { return false }
    return (0..<heap.slotCount(of: copy)).contains(slot)
  }

  /// Where the object stands that was copied from there; nil where none was, or the copy is no
  /// more.
  func copy(ofShellAt reference: Reference) -> Reference? {
    guard phase.isCopying, let copy = heap.forwarding(at: reference), heap.isObject(copy) else {
      return nil
    }
    return copy
  }

  private func isWithinCell(_ slot: Int, _ object: Reference) -> Bool {
    slot >= 0
      && slot < (heap.cellByteCount(at: object) - heap.layout.headerBytes) / ObjectHeader.slotBytes
  }

  func checkWritable(_ slot: Int, of object: Reference) throws(MachineError) {
    if hasSlot(slot, object) { return }
    if heap.isObject(object) {
      throw .slotOutOfRange(slot: slot, count: heap.slotCount(of: object))
    }
    if let copy = copy(ofShellAt: object) {
      throw .slotOutOfRange(slot: slot, count: heap.slotCount(of: copy))
    }
    guard isWithinCell(slot, object) else { throw .danglingWrite }
  }
}
