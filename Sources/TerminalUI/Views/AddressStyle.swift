/// How the places of the arena are written.
///
/// As they are in this process, or counted from the arena's base where output must be the same on
/// every run. Real ones change as time runs back: a copy of the heap stands somewhere else.
struct AddressStyle: Hashable, Sendable {
  /// Where the arena starts; nil for addresses counted from there.
  let base: UInt?

  static let columnCount = 14

  func name(_ offset: Int) -> String {
    guard let base else { return "base+0x" + String(offset, radix: 16) }
    return "0x" + String(base + UInt(offset), radix: 16)
  }

  /// The name in a column of fixed width.
  func column(_ offset: Int) -> String { name(offset).padded(to: AddressStyle.columnCount) }
}
