/// The second half of mark-compact: what marking has left black slides together, in the order of
/// addresses.
///
/// The three passes of Lisp-2 (Jones, Hosking, Moss, The Garbage Collection Handbook, 3.2): places are
/// given out, references are set to them, objects move. A step looks at one object or one root; the
/// world is stopped, since a reference may mean an object that has not come yet. The first compaction
/// makes the whole heap one space; from then on to allocate is to move a pointer.
public struct CompactionCursor: Hashable, Sendable {
  /// Bytes of the arena below which every object has been dealt with in this pass.
  public internal(set) var offset = 0
  /// Where the next live object is to stand; meaningful while places are given out.
  public internal(set) var target = 0

  func hash(into digest: inout Digest) {
    digest.mix(offset)
    digest.mix(target)
  }
}

extension Collector {
  mutating func beginCompaction<O: Observer>(_ heap: inout Heap, observer: inout O) {
    heap.makeOneSpace()
    enter(.forwarding, observer: &observer)
    compaction.offset = heap.spaces[0].start
    compaction.target = heap.spaces[0].start
  }

  /// The units of work done: objects and roots looked at, slots set, granules of 16 bytes moved.
  mutating func compact<O: Observer>(
    _ heap: inout Heap, _ roots: inout Roots, observer: inout O
  ) -> Int {
    let object = heap.firstCell(from: compaction.offset)
    switch phase {
    case .forwarding:
      guard let object else { return beginUpdate(heap, &roots, observer: &observer) }
      return givePlace(to: object, &heap, observer: &observer)
    case .updating:
      if let root = roots.firstUnscanned {
        return update(root, heap, &roots, observer: &observer)
      }
      guard let object else { return beginMoving(heap, observer: &observer) }
      return updateSlots(of: object, &heap, observer: &observer)
    case .moving:
      guard let object else { return endCompaction(&heap, observer: &observer) }
      return move(object, &heap, observer: &observer)
    default: preconditionFailure("compaction has three phases")
    }
  }
}

// MARK: - Places

extension Collector {
  private mutating func givePlace<O: Observer>(
    to object: Reference, _ heap: inout Heap, observer: inout O
  ) -> Int {
    let byteCount = heap.standingBytes(of: object)
    compaction.offset = object.offset + byteCount
    guard heap.color(of: object) != .white else {
      observer.observe(.reclaimed(object))
      heap.reclaim(object)
      return 1
    }
    let target = Reference(offset: compaction.target)
    heap.setCollectorWord(target.word, of: object)
    compaction.target += byteCount
    observer.observe(.assignedPlace(object, target))
    return 1
  }
}

// MARK: - References

extension Collector {
  private mutating func beginUpdate<O: Observer>(
    _ heap: borrowing Heap, _ roots: inout Roots, observer: inout O
  ) -> Int {
    roots.forgetScans()
    compaction.offset = heap.spaces[0].start
    enter(.updating, observer: &observer)
    return 1
  }

  private func update<O: Observer>(
    _ root: RootID, _ heap: borrowing Heap, _ roots: inout Roots, observer: inout O
  ) -> Int {
    var found: [(Location<Reference>, Reference)] = []
    roots.forEachReference(in: root) { found.append(($0, $1)) }
    for (place, object) in found {
      if O.checksReferences, !heap.isObject(object) {
        observer.observe(.metDangling(place))
        continue
      }
      let target = Reference(word: heap.collectorWord(of: object))
      roots[place] = target
      observer.observe(.redirected(place, object, to: target))
    }
    roots.setScanned(root)
    observer.observe(.updatedRoot(root))
    return found.count + 1
  }

  private mutating func updateSlots<O: Observer>(
    of object: Reference, _ heap: inout Heap, observer: inout O
  ) -> Int {
    let slotCount = heap.scannedSlotCount(of: object)
    for slot in 0..<slotCount {
      guard let found = heap.load(slot, of: object) else { continue }
      if O.checksReferences, !heap.isObject(found) {
        observer.observe(.metDangling(.slot(slot, of: object)))
        continue
      }
      let target = Reference(word: heap.collectorWord(of: found))
      heap.store(target, in: slot, of: object)
      observer.observe(.redirected(.slot(slot, of: object), found, to: target))
    }
    observer.observe(.updatedSlots(object))
    compaction.offset = object.offset + heap.standingBytes(of: object)
    return slotCount + 1
  }
}

// MARK: - Moving

extension Collector {
  private mutating func beginMoving<O: Observer>(
    _ heap: borrowing Heap, observer: inout O
  ) -> Int {
    compaction.offset = heap.spaces[0].start
    enter(.moving, observer: &observer)
    return 1
  }

  private mutating func move<O: Observer>(
    _ object: Reference, _ heap: inout Heap, observer: inout O
  ) -> Int {
    let byteCount = heap.standingBytes(of: object)
    compaction.offset = object.offset + byteCount
    let target = Reference(word: heap.collectorWord(of: object))
    heap.setCollectorWord(0, of: object)
    guard target != object else {
      heap.setColor(.white, of: object)
      observer.observe(.kept(object))
      return 1
    }
    heap.move(object, to: target, color: .white)
    work.movedObjects += 1
    work.movedWords += byteCount / 8
    observer.observe(.moved(object, from: object, to: target, words: byteCount / 8))
    return 1 + byteCount / SizeClass.granuleBytes
  }

  private mutating func endCompaction<O: Observer>(
    _ heap: inout Heap, observer: inout O
  ) -> Int {
    heap.poison(from: compaction.target, to: heap.spaces[0].free)
    heap.spaces[0].free = compaction.target
    compaction = CompactionCursor()
    enter(.idle, observer: &observer)
    return 1
  }
}
