/// A store's program as threads run it: an instruction a byte, the first one lowest, 0 at the end.
///
/// The same instructions in the same order, without the array around them.
struct BarrierCode: Hashable, Sendable {
  let bytes: UInt64

  init(_ program: BarrierProgram) {
    precondition(program.instructions.count < 8, "a store's program is short")
    var bytes: UInt64 = 0
    for instruction in program.instructions.reversed() {
      bytes = bytes << 8 | UInt64(instruction.rawValue) + 1
    }
    self.bytes = bytes
  }
}
