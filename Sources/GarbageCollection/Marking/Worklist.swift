/// The grey objects that wait to be scanned, in the order they were shaded.
///
/// A ring buffer of references: scanning takes the last one (depth first) or the first one (breadth
/// first). Together with the object being scanned it is exactly the set of grey objects.
struct Worklist: ~Copyable {
  private var ring: RawTable<UInt32>
  /// Index of the first entry in `ring`.
  private var head = 0
  private(set) var count = 0

  init() { ring = RawTable(zeroed: 64) }

  private init(copying other: borrowing Worklist) {
    ring = RawTable(zeroed: other.ring.count)
    head = 0
    count = other.count
    for index in 0..<count { ring[index] = other[index].word }
  }

  borrowing func copy() -> Worklist { Worklist(copying: self) }

  var isEmpty: Bool { count == 0 }

  /// The entry shaded `index` places after the first; 0-based.
  subscript(index: Int) -> Reference {
    Reference(word: ring[(head + index) & (ring.count - 1)])
  }
}

extension Worklist {
  @inline(__always)
  mutating func push(_ object: Reference) {
    if count == ring.count { grow() }
    ring[(head + count) & (ring.count - 1)] = object.word
    count += 1
  }

  @inline(__always)
  mutating func pop(_ order: WorklistOrder) -> Reference? {
    guard count > 0 else { return nil }
    count -= 1
    switch order {
    case .lastInFirstOut: return Reference(word: ring[(head + count) & (ring.count - 1)])
    case .firstInFirstOut, .bySpan:
      defer { head = (head + 1) & (ring.count - 1) }
      return Reference(word: ring[head])
    }
  }

  /// Takes `object` out of the middle; false when it is not on the list.
  ///
  /// O(entries).
  mutating func remove(_ object: Reference) -> Bool {
    guard let index = (0..<count).first(where: { self[$0] == object }) else { return false }
    for later in index..<count - 1 {
      ring[(head + later) & (ring.count - 1)] = self[later + 1].word
    }
    count -= 1
    return true
  }

  mutating func removeAll() { count = 0 }

  private mutating func grow() {
    let larger = RawTable<UInt32>(zeroed: ring.count * 2)
    for index in 0..<count { larger[index] = self[index].word }
    ring = larger
    head = 0
  }

  func hash(into digest: inout Digest) {
    digest.mix(count)
    for index in 0..<count { digest.mix(Int(self[index].word)) }
  }
}
