/// A store's program as threads run it: an instruction a byte, the first one lowest, 0 at the end.
///
/// The same instructions in the same order, without the array around them.
struct BarrierCode: Hashable, Sendable {
  let bytes: UInt64
  /// What it may have to do beside the write.
  let duties: StoreDuties

  init(_ program: BarrierProgram) {
    precondition(program.instructions.count < 8, "a store's program is short")
    var bytes: UInt64 = 0
    for instruction in program.instructions.reversed() {
      bytes = bytes << 8 | UInt64(BarrierCode.byte(of: instruction))
    }
    self.bytes = bytes
    duties = StoreDuties(program)
  }

  /// How an instruction is written.
  @inline(__always)
  static func byte(of instruction: BarrierProgram.Instruction) -> UInt8 {
    instruction.rawValue &+ 1
  }
}
