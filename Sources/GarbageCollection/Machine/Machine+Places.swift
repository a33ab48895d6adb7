/// Where objects are going to stand, and where they have gone.
extension Machine {
  /// The place that compaction has given to an object which still stands at its old one; nil for
  /// others.
  ///
  /// It is the object's own place where that is not going to change.
  public func nextPlace(of object: Reference) -> Reference? {
    guard settings.collector == .markCompact, heap.isObject(object) else { return nil }
    let cursor = collector.compaction.offset
    let hasPlace =
      switch phase {
      case .forwarding: object.offset < cursor
      case .updating: true
      case .moving: object.offset >= cursor
      default: false
      }
    return hasPlace ? Reference(word: heap.collectorWord(of: object)) : nil
  }
}

extension Heap {
  /// Calls `body` with every place in a space that an object has left, and where it stands now.
  ///
  /// By address; what no object stands on is looked at granule by granule.
  public func forEachShell(inSpace space: Int, _ body: (Reference, Reference) -> Void) {
    var offset = spaces[space].start
    while offset < spaces[space].free {
      let place = Reference(offset: offset)
      if isObject(place) {
        offset += standingBytes(of: place)
      } else if let target = forwarding(at: place) {
        body(place, target)
        offset += standingBytes(of: target)
      } else {
        offset += SizeClass.granuleBytes
      }
    }
  }
}
