import Synchronization

/// The colours of a span swept, 64 cells at a time.
///
/// A cell's byte is as `ColorByte` has it; where no cell starts it is 0. So eight granules can be
/// swept in one word, whatever cells they are: what has its second bit set lives on and becomes 1, everything else becomes 0. Read and written with relaxed atomic accesses, plain moves,
/// for who samples colours may look at any moment.
extension ColorTable {
  /// Sweeps `count` cells (at most 64), `cellBytes` apart from `offset` on, which starts a granule.
  ///
  /// White ones are free from now on, the others turn white. Bit `i` of the answer tells what became of
  /// cell `i`.
  @inline(__always)
  func sweep(from offset: Int, count: Int, cellBytes: Int) -> (dead: UInt64, live: UInt64) {
    let granule = offset / SizeClass.granuleBytes
    switch cellBytes {
    case 16 where count == 64: return sweepWords(from: granule, count: 8) { $0 }
    case 32 where count == 64: return sweepWords(from: granule, count: 16, \.evenBits)
    case 64 where count == 64: return sweepWords(from: granule, count: 32, \.evenBits.evenBits)
    default: return sweepBytes(from: granule, count: count, cellBytes: cellBytes)
    }
  }

  /// - Parameter squeeze: leaves of the 64 bits for granules those where cells start.
  @inline(__always)
  private func sweepWords(
    from granule: Int, count: Int, _ squeeze: (UInt64) -> UInt64
  ) -> (dead: UInt64, live: UInt64) {
    let words = unsafe UnsafeMutableRawPointer(start + granule)
      .assumingMemoryBound(to: Atomic<UInt64>.self)
    let bitsPerGroup = UInt64(truncatingIfNeeded: 64 * 8 / count)
    var (dead, live): (UInt64, UInt64) = (0, 0)
    for group in 0..<count / 8 {
      var (deadGranules, liveGranules): (UInt64, UInt64) = (0, 0)
      for index in 0..<8 {
        let word = unsafe words[group * 8 + index].load(ordering: .relaxed)
        let lives = (word &>> 1) & 0x0101_0101_0101_0101
        let dies = word & ~lives & 0x0101_0101_0101_0101
        unsafe words[group * 8 + index].store(lives, ordering: .relaxed)
        let shift = UInt64(truncatingIfNeeded: index * 8)
        deadGranules |= dies.lowestBits &<< shift
        liveGranules |= lives.lowestBits &<< shift
      }
      let shift = UInt64(truncatingIfNeeded: group) &* bitsPerGroup
      dead |= squeeze(deadGranules) &<< shift
      live |= squeeze(liveGranules) &<< shift
    }
    return (dead, live)
  }

  @inline(__always)
  private func sweepBytes(
    from granule: Int, count: Int, cellBytes: Int
  ) -> (dead: UInt64, live: UInt64) {
    let bytes = unsafe UnsafeMutableRawPointer(start + granule)
      .assumingMemoryBound(to: Atomic<UInt8>.self)
    var (dead, live): (UInt64, UInt64) = (0, 0)
    var distance = 0
    for cell in 0..<count {
      let byte = unsafe bytes + distance &>> 4
      let state = unsafe byte.pointee.load(ordering: .relaxed)
      let lives = state &>> 1 & 1
      let bit = UInt64(truncatingIfNeeded: cell)
      dead |= UInt64(truncatingIfNeeded: state & 1 & ~lives) &<< bit
      live |= UInt64(truncatingIfNeeded: lives) &<< bit
      unsafe byte.pointee.store(lives, ordering: .relaxed)
      distance &+= cellBytes
    }
    return (dead, live)
  }
}

extension UInt64 {
  /// The lowest bits of the eight bytes, as a byte; all other bits are zero.
  @inline(__always)
  fileprivate var lowestBits: UInt64 { (self &* 0x0102_0408_1020_4080) &>> 56 }

  /// Every other bit, from bit 0 on, moved together into the lower half.
  @inline(__always)
  fileprivate var evenBits: UInt64 {
    var bits = self & 0x5555_5555_5555_5555
    bits = (bits | bits &>> 1) & 0x3333_3333_3333_3333
    bits = (bits | bits &>> 2) & 0x0F0F_0F0F_0F0F_0F0F
    bits = (bits | bits &>> 4) & 0x00FF_00FF_00FF_00FF
    bits = (bits | bits &>> 8) & 0x0000_FFFF_0000_FFFF
    return (bits | bits &>> 16) & 0xFFFF_FFFF
  }
}
