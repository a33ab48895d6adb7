/// All of a machine's snapshot that tells one state from another, in 128 bits.
///
/// Left out are names, and the order of the worklist: the checker scans any grey object next, so
/// only the set counts, and that is the grey objects themselves.
public struct MachineState: Hashable, Sendable {
  static let bitLimit = 128

  var bits: UInt128
}

/// Writes small numbers one behind the other, lowest bits first.
struct BitWriter {
  private(set) var bits: UInt128 = 0
  private(set) var bitCount = 0

  mutating func put(_ value: Int, bitCount width: Int) {
    assert(value >= 0 && value < 1 << width, "\(value) fits in \(width) bits")
    bits |= UInt128(truncatingIfNeeded: value) << UInt128(truncatingIfNeeded: bitCount)
    bitCount += width
  }

  mutating func put(_ flag: Bool) { put(flag ? 1 : 0, bitCount: 1) }
}

/// Reads them again in the same order.
struct BitReader {
  private var bits: UInt128

  init(_ bits: UInt128) { self.bits = bits }

  mutating func take(bitCount width: Int) -> Int {
    let value = Int(truncatingIfNeeded: bits) & (1 << width - 1)
    bits >>= UInt128(truncatingIfNeeded: width)
    return value
  }

  mutating func takeFlag() -> Bool { take(bitCount: 1) == 1 }
}
