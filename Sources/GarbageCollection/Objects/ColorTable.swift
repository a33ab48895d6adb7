/// One byte of colour for each place where an object can start, apart from the objects.
///
/// Apart, so that marking writes no line that holds program data; a byte, so that shading is a plain
/// idempotent store. Indexed by granules of 16 bytes: 6.25 % of the heap, and no division to find.
struct ColorTable: ~Copyable {
  private let bytes: RawTable<UInt8>

  init(arenaBytes: Int) { bytes = RawTable(zeroed: arenaBytes / SizeClass.granuleBytes) }

  private init(bytes: consuming RawTable<UInt8>) { self.bytes = bytes }

  /// A table of its own with the colours of the first `arenaBytes` bytes.
  borrowing func copy(arenaBytes: Int) -> ColorTable {
    ColorTable(bytes: bytes.copy(prefix: arenaBytes / SizeClass.granuleBytes))
  }

  subscript(reference: Reference) -> Color {
    @inline(__always) get {
      guard let color = Color(rawValue: bytes[Int(reference.word / 2)]) else {
        preconditionFailure("only colours are written to the colour table")
      }
      return color
    }
    @inline(__always) nonmutating set { bytes[Int(reference.word / 2)] = newValue.rawValue }
  }

  func hash(arenaBytes: Int, into digest: inout Digest) {
    bytes.hash(prefix: arenaBytes / SizeClass.granuleBytes, into: &digest)
  }
}
