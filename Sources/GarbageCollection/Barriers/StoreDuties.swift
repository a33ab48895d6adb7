/// What a store's program may have to do beside the write: whoever finds that none of it is called for
/// need not run the program.
///
/// Most stores find nothing white, for every object turns grey but once in a cycle.
struct StoreDuties: Hashable, Sendable {
  /// Whether what the slot held is shaded.
  let shadesOld: Bool
  /// Whether the new value is shaded while the mutator's stack waits to be scanned.
  let shadesNewWhileGrey: Bool
  /// Whether the new value is shaded when the mutator's stack has been scanned.
  let shadesNewWhileBlack: Bool
  /// Whether a young value in an old object is remembered.
  let remembersYoung: Bool
  /// Whether the program always writes, and does nothing but that and what is said above.
  let areAll: Bool

  init(_ program: BarrierProgram) {
    var (shadesOld, whileGrey, whileBlack, remembers) = (false, false, false, false)
    var (writeCount, areAll) = (0, true)
    var condition: BarrierProgram.Instruction?
    for instruction in program.instructions {
      switch (instruction, condition) {
      case (.readOld, nil), (.ifStackIsGrey, nil), (.ifSourceIsOldAndNewIsYoung, nil): break
      case (.write, nil): writeCount += 1
      case (.shadeOld, nil): shadesOld = true
      case (.shadeNew, nil): (whileGrey, whileBlack) = (true, true)
      case (.shadeNew, .ifStackIsGrey): whileGrey = true
      case (.rememberSlot, .ifSourceIsOldAndNewIsYoung): remembers = true
      default: areAll = false
      }
      let isCondition = instruction == .ifStackIsGrey || instruction == .ifSourceIsOldAndNewIsYoung
      condition = isCondition ? instruction : nil
    }
    self.shadesOld = shadesOld
    shadesNewWhileGrey = whileGrey
    shadesNewWhileBlack = whileBlack
    remembersYoung = remembers
    self.areAll = areAll && writeCount == 1
  }

  /// Whether the program would do nothing but write in a store that finds this; what does not matter is
  /// not asked.
  @inline(__always)
  func areNone(
    isStackScanned: Bool, isOldWhite: @autoclosure () -> Bool, isNewWhite: @autoclosure () -> Bool,
    isNewYoung: @autoclosure () -> Bool
  ) -> Bool {
    guard areAll else { return false }
    if shadesOld, isOldWhite() { return false }
    if isStackScanned ? shadesNewWhileBlack : shadesNewWhileGrey, isNewWhite() { return false }
    return !(remembersYoung && isNewYoung())
  }
}
