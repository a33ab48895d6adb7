/// A set of references as a bitmap: the oracle makes a few at every step of a visible run.
///
/// One bit for each granule of the arena, up to the last member.
public struct ReferenceSet: Hashable, Sendable {
  /// The last word is never zero, so that equal sets have equal words.
  private var words: [UInt64] = []

  public init() {}

  public func contains(_ reference: Reference) -> Bool {
    let (word, bit) = position(of: reference)
    return word < words.count && words[word] & bit != 0
  }

  /// Whether it was new.
  mutating func insert(_ reference: Reference) -> Bool {
    let (word, bit) = position(of: reference)
    if word >= words.count {
      words.append(contentsOf: repeatElement(0, count: word + 1 - words.count))
    }
    guard words[word] & bit == 0 else { return false }
    words[word] |= bit
    return true
  }

  private func position(of reference: Reference) -> (word: Int, bit: UInt64) {
    (Int(reference.word / 64), 1 << UInt64(reference.word % 64))
  }
}

extension ReferenceSet: Sequence {
  /// Gives the members by address.
  public struct Iterator: IteratorProtocol {
    fileprivate let words: [UInt64]
    fileprivate var index = 0
    /// The bits of `words[index]` that are still to come.
    fileprivate var rest: UInt64

    public mutating func next() -> Reference? {
      while rest == 0 {
        index += 1
        guard index < words.count else { return nil }
        rest = words[index]
      }
      defer { rest &= rest - 1 }
      return Reference(word: UInt32(index * 64 + rest.trailingZeroBitCount))
    }
  }

  public func makeIterator() -> Iterator { Iterator(words: words, rest: words.first ?? 0) }
}

extension ReferenceSet {
  /// Members there are; O(words).
  var memberCount: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }
}
