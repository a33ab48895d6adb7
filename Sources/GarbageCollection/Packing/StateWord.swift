/// A whole state in a fixed number of bits.
///
/// No state is made of zeros only, so that zeros can mark free places in a table of states.
public protocol StateWord: Hashable, Sendable, BitwiseCopyable {
  /// Words of 64 bits.
  static var limbCount: Int { get }

  /// All bits are zero: no state.
  init()

  /// Limb 0 holds the bits that were written first.
  subscript(limb: Int) -> UInt64 { get set }

  /// Bits in which any two states are likely to differ.
  var scrambled: UInt64 { get }
}

extension StateWord {
  public static var bitLimit: Int { limbCount * 64 }

  public var scrambled: UInt64 {
    @inline(__always) get {
      var hash: UInt64 = 0
      for limb in 0..<Self.limbCount {
        hash = (hash ^ self[limb]) &* 0x9E37_79B9_7F4A_7C15
        hash ^= hash &>> 32
      }
      return hash &* 0xD6E8_FEB8_6659_FD93
    }
  }
}

extension StateWord {
  @inline(__always)
  init(_ limbs: InlineArray<8, UInt64>) {
    self.init()
    for limb in 0..<Self.limbCount { self[limb] = limbs[limb] }
  }
}

/// 64 bits: the states of most checks.
public struct SmallState: StateWord {
  private var bits: UInt64 = 0

  public init() {}

  public static var limbCount: Int { 1 }

  public subscript(limb: Int) -> UInt64 {
    @inline(__always) get { bits }
    @inline(__always) set { bits = newValue }
  }
}

/// 128 bits.
public struct MediumState: StateWord {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  public init() {}

  public static var limbCount: Int { 2 }

  public subscript(limb: Int) -> UInt64 {
    @inline(__always) get { limb == 0 ? low : high }
    @inline(__always) set { if limb == 0 { low = newValue } else { high = newValue } }
  }
}

/// 512 bits: the states of whole scenarios.
public struct LargeState: StateWord {
  private var limbs: InlineArray<8, UInt64> = .init(repeating: 0)

  public init() {}

  public static var limbCount: Int { 8 }

  public subscript(limb: Int) -> UInt64 {
    @inline(__always) get { limbs[limb] }
    @inline(__always) set { limbs[limb] = newValue }
  }

  public static func == (left: LargeState, right: LargeState) -> Bool {
    for limb in 0..<limbCount where left[limb] != right[limb] { return false }
    return true
  }

  public func hash(into hasher: inout Hasher) {
    for limb in 0..<LargeState.limbCount { hasher.combine(limbs[limb]) }
  }
}

// MARK: - Bits in a row

/// Writes small numbers one behind the other.
@usableFromInline
struct StateWriter<Word: StateWord> {
  private var word = Word()
  private var limb = 0
  /// The limb being written; the first bit says that this is a state.
  private var bits: UInt64 = 1
  private var bitCount = 1

  init() {}

  /// Bits that a writer uses for itself.
  static var ownBitCount: Int { 1 }

  /// - Precondition: `value` has at most `width` bits, and `width` is at most 32.
  @inline(__always)
  mutating func put(_ value: Int, width: Int) {
    assert(value >= 0 && value >> width == 0, "\(value) fits in \(width) bits")
    let value = UInt64(truncatingIfNeeded: value)
    bits |= value &<< UInt64(truncatingIfNeeded: bitCount)
    bitCount &+= width
    guard bitCount >= 64 else { return }
    word[limb] = bits
    limb &+= 1
    bitCount &-= 64
    bits = bitCount == 0 ? 0 : value &>> UInt64(truncatingIfNeeded: width &- bitCount)
  }

  @inline(__always)
  mutating func put(_ flag: Bool) { put(flag ? 1 : 0, width: 1) }

  @inline(__always)
  var finished: Word {
    var word = word
    if bitCount > 0 { word[limb] = bits }
    return word
  }
}

/// Reads them again in the same order.
struct StateReader<Word: StateWord> {
  private let word: Word
  private var limb = 0
  private var position = StateWriter<Word>.ownBitCount

  @inline(__always)
  init(_ word: Word) { self.word = word }

  @inline(__always)
  mutating func take(width: Int) -> Int {
    guard width > 0 else { return 0 }
    var value = word[limb] &>> UInt64(truncatingIfNeeded: position)
    position &+= width
    if position >= 64 {
      position &-= 64
      limb &+= 1
      if position > 0 { value |= word[limb] &<< UInt64(truncatingIfNeeded: width &- position) }
    }
    return Int(truncatingIfNeeded: value & (1 &<< UInt64(truncatingIfNeeded: width) &- 1))
  }

  @inline(__always)
  mutating func takeFlag() -> Bool { take(width: 1) == 1 }
}
