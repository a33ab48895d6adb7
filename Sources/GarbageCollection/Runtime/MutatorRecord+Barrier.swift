/// The store of mutators that run on threads, while objects are being marked.
extension MutatorRecord {
  /// Runs the store's program, instruction by instruction; no safepoint lies in between.
  @usableFromInline @inline(never)
  func storeGuarded(_ new: UInt32, in slot: Int, of object: Reference) {
    var code = storeCode
    var old: UInt32 = 0
    var hasOld = false
    while code != 0 {
      let instruction = BarrierProgram.Instruction(rawValue: UInt8(truncatingIfNeeded: code) &- 1)
      code >>= 8
      switch instruction {
      case .write: ground.publish(new, in: slot, of: object)
      case .readOld:
        old = ground.loadSlot(slot, of: object)
        hasOld = true
      case .shadeOld: shade(hasOld ? old : ground.loadSlot(slot, of: object))
      case .shadeNew: shade(new)
      case .ifStackIsGrey: if isScanned { code >>= 8 }
      case .ifSourceIsOldAndNewIsYoung:
        if young.contains(object.word) || !young.contains(new) { code >>= 8 }
      case .rememberSlot: remember(slot, of: object)
      default: preconditionFailure("these are the instructions of barriers for threads")
      }
    }
  }

  @inline(__always)
  private func shade(_ word: UInt32) {
    guard word != 0 else { return }
    var silent = SilentObserver()
    let object = Reference(word: word)
    wavefront.shade(
      object, by: .birth, foundIn: .slot(0, of: object), in: ground, observer: &silent)
  }
}
