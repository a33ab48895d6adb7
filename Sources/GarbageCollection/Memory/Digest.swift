/// A fingerprint of a machine's whole state: the same for equal states on every run and machine.
///
/// Swift's own `Hasher` is seeded anew in each process; this is FNV-1a over 64-bit words
/// (Fowler, Noll, Vo), with a final mix. Not for adversaries.
public struct Digest: Hashable, Sendable {
  private var state: UInt64 = 0xcbf2_9ce4_8422_2325

  public init() {}

  /// The fingerprint of everything mixed in so far.
  public var value: UInt64 {
    var mixed = state
    mixed ^= mixed >> 32
    mixed &*= 0xd6e8_feb8_6659_fd93
    return mixed ^ mixed >> 32
  }

  @inline(__always)
  public mutating func mix(_ word: UInt64) {
    state = (state ^ word) &* 0x0000_0100_0000_01b3
    state ^= state >> 29
  }

  public mutating func mix(_ value: Int) { mix(UInt64(bitPattern: Int64(value))) }

  public mutating func mix(_ text: String) {
    for byte in text.utf8 { mix(UInt64(byte)) }
    mix(0xFFFF)
  }

  /// Bytes that begin at a multiple of 8, as all tables and pages do.
  mutating func mix(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress else { return }
    precondition(UInt(bitPattern: base) % 8 == 0, "words are read where words can stand")
    let words = unsafe base.assumingMemoryBound(to: UInt64.self)
    let wordCount = bytes.count / 8
    var index = 0
    while index < wordCount {
      mix(unsafe words[index])
      index += 1
    }
    for index in wordCount * 8..<bytes.count { mix(UInt64(unsafe bytes[index])) }
  }
}
