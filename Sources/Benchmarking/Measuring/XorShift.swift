/// The random numbers that every program of the comparison uses: xorshift32 (Marsaglia, 2003).
struct XorShift {
  private var state: UInt32

  static let usualSeed: UInt32 = 0x9E37_79B9

  init(seed: UInt32 = XorShift.usualSeed) { state = seed }

  @inline(__always)
  mutating func next() -> UInt32 {
    state ^= state << 13
    state ^= state >> 17
    state ^= state << 5
    return state
  }

  /// A number below `bound`.
  @inline(__always)
  mutating func next(below bound: Int) -> Int { XorShift.scale(next(), below: bound) }

  /// The upper half of the product; a shift binds more tightly than a product in Swift.
  @inline(__always)
  static func scale(_ random: UInt32, below bound: Int) -> Int {
    Int(truncatingIfNeeded: (UInt64(random) &* UInt64(truncatingIfNeeded: bound)) >> 32)
  }
}
