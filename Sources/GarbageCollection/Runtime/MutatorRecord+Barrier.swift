/// The stores of mutators on threads that have to do more than to write.
extension MutatorRecord {
  /// Writes a slot and does what that has to come with: what marking needs, or, in an old object, to
  /// remember the place.
  ///
  /// What few stores need is apart, so that the others save no registers for it.
  @usableFromInline @inline(never)
  func storeByDuty(_ new: UInt32, in slot: Int, of object: Reference) {
    if signals.isMarking {
      guard hasOnlyToWrite(new, in: slot, of: object) else {
        return storeGuarded(new, in: slot, of: object)
      }
    } else if young.contains(new) {
      return storeRemembered(new, in: slot, of: object)
    }
    ground.publish(new, in: slot, of: object)
  }

  @inline(never)
  private func storeRemembered(_ new: UInt32, in slot: Int, of object: Reference) {
    remember(slot, of: object)
    ground.publish(new, in: slot, of: object)
  }

  /// Whether the store's program, run now, would do nothing but write.
  ///
  /// What is not white now stays so until marking has ended, which is not before the next safepoint.
  @inline(__always)
  private func hasOnlyToWrite(_ new: UInt32, in slot: Int, of object: Reference) -> Bool {
    storeCode.duties.areNone(
      isStackScanned: isScanned, isOldWhite: isWhite(ground.loadSlot(slot, of: object)),
      isNewWhite: isWhite(new), isNewYoung: young.contains(new))
  }

  /// Runs the store's program, instruction by instruction; no safepoint lies in between.
  @inline(never)
  private func storeGuarded(_ new: UInt32, in slot: Int, of object: Reference) {
    var code = storeCode.bytes
    var old: UInt32 = 0
    var hasOld = false
    while code != 0 {
      let instruction = UInt8(truncatingIfNeeded: code)
      code >>= 8
      // Compared with constants: to make the case of the byte would be a call.
      switch instruction {
      case Byte.write: ground.publish(new, in: slot, of: object)
      case Byte.readOld:
        old = ground.loadSlot(slot, of: object)
        hasOld = true
      case Byte.shadeOld: shade(hasOld ? old : ground.loadSlot(slot, of: object))
      case Byte.shadeNew: shade(new)
      case Byte.ifStackIsGrey: if isScanned { code >>= 8 }
      case Byte.ifSourceIsOldAndNewIsYoung:
        if young.contains(object.word) || !young.contains(new) { code >>= 8 }
      case Byte.rememberSlot: remember(slot, of: object)
      default: preconditionFailure("these are the instructions of barriers for threads")
      }
    }
  }

  @inline(__always)
  private func shade(_ word: UInt32) {
    if isWhite(word) { shadeWhite(Reference(word: word)) }
  }

  /// Whether a word refers to a white object.
  ///
  /// Nothing stands where word 0 refers to, and that is not white: nobody has to ask for it, which no
  /// processor could foresee.
  @inline(__always)
  private func isWhite(_ word: UInt32) -> Bool { ground.isWhite(Reference(word: word)) }

  /// Apart, because few objects are white, and what they need is much.
  @inline(never)
  private func shadeWhite(_ object: Reference) {
    var silent = SilentObserver()
    wavefront.shade(
      object, by: .birth, foundIn: .slot(0, of: object), in: ground, observer: &silent)
  }
}

/// The instructions that barriers of threads have, as `BarrierCode` writes them.
private enum Byte {
  static var write: UInt8 { BarrierCode.byte(of: .write) }
  static var readOld: UInt8 { BarrierCode.byte(of: .readOld) }
  static var shadeOld: UInt8 { BarrierCode.byte(of: .shadeOld) }
  static var shadeNew: UInt8 { BarrierCode.byte(of: .shadeNew) }
  static var ifStackIsGrey: UInt8 { BarrierCode.byte(of: .ifStackIsGrey) }
  static var ifSourceIsOldAndNewIsYoung: UInt8 {
    BarrierCode.byte(of: .ifSourceIsOldAndNewIsYoung)
  }
  static var rememberSlot: UInt8 { BarrierCode.byte(of: .rememberSlot) }
}
