/// The stores of mutators on threads that have to do more than to write.
extension MutatorRecord {
  /// Writes a slot and does what that has to come with: what marking needs, or, in an old object, to
  /// remember the place.
  @usableFromInline @inline(never)
  func storeByDuty(_ new: UInt32, in slot: Int, of object: Reference) {
    if signals.isMarking { return storeGuarded(new, in: slot, of: object) }
    if young.contains(new) { remember(slot, of: object) }
    ground.publish(new, in: slot, of: object)
  }

  /// Runs the store's program, instruction by instruction; no safepoint lies in between.
  @inline(__always)
  private func storeGuarded(_ new: UInt32, in slot: Int, of object: Reference) {
    var code = storeCode
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

  /// Nothing stands where word 0 refers to, and that is not white: nobody has to ask for it, which no
  /// processor could foresee.
  @inline(__always)
  private func shade(_ word: UInt32) {
    guard ground.isWhite(Reference(word: word)) else { return }
    shadeWhite(Reference(word: word))
  }

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
