/// Random numbers that depend on the seed alone: xorshift64* (Vigna, ACM TOMS 42(4), 2016).
struct WorkloadRandom {
  private var state: UInt64

  init(seed: UInt64) {
    // Seeds are small numbers; zero would stay zero.
    state = (seed &+ 1) &* 0x9E37_79B9_7F4A_7C15 | 1
    for _ in 0..<4 { _ = next() }
  }

  @inline(__always)
  private mutating func next() -> UInt64 {
    state ^= state &>> 12
    state ^= state &<< 25
    state ^= state &>> 27
    return state &* 0x2545_F491_4F6C_DD1D
  }

  /// A number from 0 up to `bound`, which is not reached; `bound` is less than 2 to the 32.
  @inline(__always)
  mutating func below(_ bound: Int) -> Int {
    let product = (next() &>> 32) &* UInt64(truncatingIfNeeded: bound)
    return Int(truncatingIfNeeded: product &>> 32)
  }
}
