import GarbageCollection

/// Where a small number stands in a packed state.
///
/// A field of no bits reads 0 and keeps nothing: a variable that a variant of a model does not have.
struct BitField: Hashable, Sendable {
  /// Of the lowest bit, 0-based.
  fileprivate let position: UInt64
  fileprivate let mask: UInt64

  fileprivate init(position: Int, bitCount: Int) {
    self.position = UInt64(position)
    mask = (1 << UInt64(bitCount)) - 1
  }
}

/// Hands out the bits of a state, the lowest first.
///
/// Bit 0 is set in every state, because no state may be all zeros.
struct BitLayout {
  private(set) var bitCount = 1

  /// Every field is 0.
  static var zero: SmallState {
    var state = SmallState()
    state[0] = 1
    return state
  }

  /// Room for a number from 0 to `greatest`.
  mutating func field(upTo greatest: Int) -> BitField {
    field(bitCount: BitLayout.width(of: greatest))
  }

  mutating func field(bitCount width: Int) -> BitField {
    defer { bitCount += width }
    return BitField(position: bitCount, bitCount: width)
  }

  /// Room for `count` numbers from 0 to `greatest`, side by side.
  mutating func row(count: Int, upTo greatest: Int) -> BitRow {
    let width = BitLayout.width(of: greatest)
    defer { bitCount += count * width }
    return BitRow(first: BitField(position: bitCount, bitCount: width), width: UInt64(width))
  }

  private static func width(of greatest: Int) -> Int {
    Int.bitWidth - greatest.leadingZeroBitCount
  }
}

/// Fields of one width, side by side.
struct BitRow: Hashable, Sendable {
  fileprivate let first: BitField
  fileprivate let width: UInt64
}

extension SmallState {
  @inline(__always)
  subscript(field: BitField) -> Int {
    get { Int(truncatingIfNeeded: self[0] &>> field.position & field.mask) }
    set {
      let value = UInt64(truncatingIfNeeded: newValue)
      assert(value <= field.mask || field.mask == 0, "\(newValue) fits in its field")
      let others = self[0] & ~(field.mask &<< field.position)
      self[0] = others | (value & field.mask) &<< field.position
    }
  }

  /// - Parameter index: 0-based.
  @inline(__always)
  subscript(row: BitRow, index: Int) -> Int {
    get { self[row.field(index)] }
    set { self[row.field(index)] = newValue }
  }
}

extension BitRow {
  @inline(__always)
  fileprivate func field(_ index: Int) -> BitField {
    BitField(
      position: first.position &+ UInt64(truncatingIfNeeded: index) &* width, mask: first.mask)
  }
}

extension BitField {
  @inline(__always)
  fileprivate init(position: UInt64, mask: UInt64) {
    self.position = position
    self.mask = mask
  }
}
