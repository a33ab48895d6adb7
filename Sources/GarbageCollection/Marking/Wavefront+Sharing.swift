/// Grey objects that go from one wavefront to another, where threads mark together.
///
/// They go as words: an object, or the page of one with all that waits there.
extension Wavefront {
  /// Words that can be given away: pages or objects, those in hand not counted.
  var listedCount: Int { order == .bySpan ? pages.pageCount : worklist.count }

  /// Gives away so many words of those listed, the ones that would have been scanned last.
  mutating func give(_ count: Int, _ body: (UInt32) -> Void) {
    if order == .bySpan { return pages.give(count, body) }
    for _ in 0..<count {
      guard let object = worklist.pop(.firstInFirstOut) else { return }
      body(object.word)
    }
  }

  mutating func receive(_ word: UInt32, _ ground: HeapTables) {
    if order == .bySpan { return pages.receive(word, ground) }
    worklist.push(Reference(word: word))
  }

  /// Gives everything that waits to another wavefront; what is half scanned, too.
  mutating func giveAll(to other: inout Wavefront, _ ground: HeapTables) {
    if let half = scan {
      scan = nil
      if other.scan == nil {
        other.scan = half
      } else {
        ground.setColor(.grey, of: half.object)
        push(half.object)
      }
    }
    if order == .bySpan { pages.putDown(ground) }
    give(listedCount) { other.receive($0, ground) }
  }

  /// Takes up to `count` words from another wavefront, and what is half scanned there; whether there
  /// was anything.
  mutating func take(_ count: Int, from other: inout Wavefront, _ ground: HeapTables) -> Bool {
    if scan == nil, let half = other.scan {
      other.scan = nil
      scan = half
    }
    other.putDown(ground)
    let taken = min(count, other.listedCount)
    other.give(taken) { receive($0, ground) }
    return taken > 0 || scan != nil
  }

  private mutating func putDown(_ ground: HeapTables) {
    if order == .bySpan { pages.putDown(ground) }
  }
}
