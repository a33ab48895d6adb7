/// How much memory a heap takes up, and how much of it objects stand in.
public struct Footprint: Hashable, Sendable {
  /// Bytes of spans that hold objects, of a block up to its pointer, and of all other spaces whole.
  public var byteCount = 0
  /// Of these, bytes between objects: free cells, dead objects that have been given up, rounding.
  public var holeBytes = 0
  /// Bytes in which objects stand, dead ones included.
  public var objectBytes = 0

  /// Of the bytes that births or copies have passed, those in which no object stands; from 0 to 1.
  public var fragmentation: Double {
    let passed = objectBytes + holeBytes
    return passed == 0 ? 0 : Double(holeBytes) / Double(passed)
  }
}

extension Heap {
  /// O(pages + objects).
  public var footprint: Footprint {
    var footprint = Footprint()
    forEachObject { footprint.objectBytes += objectBytes(of: $0) }
    var passedBytes = 0
    for space in spaces {
      footprint.byteCount += space.role == .block ? space.usedBytes : space.byteCount
      passedBytes += space.usedBytes
    }
    for span in spanSummaries() where span.holder != .pageHeap && span.holder != .space {
      footprint.byteCount += span.pageCount * Page.bytes
      passedBytes += span.pageCount * Page.bytes
    }
    footprint.holeBytes = max(0, passedBytes - footprint.objectBytes)
    return footprint
  }
}
