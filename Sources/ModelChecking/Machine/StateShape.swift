import GarbageCollection

/// How a state of given bounds is laid out in bits, and the way there and back.
///
/// ```
/// phase │ per mutator: scanned, registers │ per label: colour or free, slots │ scan │ half-done stores
/// ```
/// A reference is the label plus 1, or 0 for nil. Scan and stores take no bits where the settings
/// make both atomic.
struct StateShape: Sendable {
  let bounds: Bounds
  let mutatorCount: Int
  let keepsScan: Bool
  let keepsStore: Bool
  let referenceBits: Int
  let slotBits: Int
  let registerBits: Int

  init(_ settings: Settings, _ bounds: Bounds, mutatorCount: Int) throws(CheckError) {
    try bounds.validate()
    self.bounds = bounds
    self.mutatorCount = mutatorCount
    keepsScan = settings.scan != .object
    keepsStore = settings.atomicity != .whole
    referenceBits = StateShape.bitCount(for: bounds.objects)
    slotBits = StateShape.bitCount(for: bounds.slots)
    registerBits = StateShape.bitCount(for: bounds.registers)
    guard bitCount <= MachineState.bitLimit else {
      throw .stateTooLarge(bits: bitCount, limit: MachineState.bitLimit)
    }
  }

  /// Bits that hold 0 to `largest`.
  private static func bitCount(for largest: Int) -> Int {
    Int.bitWidth - largest.leadingZeroBitCount
  }

  static let phaseBits = 3
  static let colorBits = 2
  static let instructionBits = 4
  static let mutatorBits = 2
  /// The colour of an object that does not exist.
  static let free = 3

  /// Bits for the slot or the variable that a store writes.
  var positionBits: Int { max(slotBits, registerBits) }

  private var bitCount: Int {
    let stack = 1 + bounds.registers * referenceBits
    let object = StateShape.colorBits + bounds.slots * referenceBits
    let scan = referenceBits + slotBits
    return StateShape.phaseBits + mutatorCount * stack + bounds.objects * object
      + (keepsScan ? scan : 0) + (keepsStore ? mutatorCount * storeBits : 0)
  }

  /// Bits for the store that a mutator may have half done.
  var storeBits: Int {
    StateShape.instructionBits + StateShape.mutatorBits + 1 + positionBits + 3 * referenceBits
  }
}
