import GarbageCollection

/// The heaps whose marking is measured.
enum GraphShape: String, CaseIterable, Sendable {
  /// Each slot refers to any object, or with the same chance to none; an array refers to all.
  ///
  /// The array makes everything grey in the order of allocation, so the objects themselves are then
  /// read in sequence.
  case random = "rand"
  /// A binary tree of objects that stand anywhere, with random references besides.
  case shuffledTree = "rtree"
  case list
  /// Binary, in the order of allocation.
  case tree
}

/// A built heap and the work of marking it.
struct Graph {
  /// Slots of everything reachable, and 1 for each object.
  let workUnits: Int
}

extension GraphBuilder where Self: ~Copyable {
  mutating func build(_ shape: GraphShape, objectCount: Int) -> Graph {
    switch shape {
    case .random: return buildRandomGraph(objectCount: objectCount)
    case .shuffledTree: setRoot(buildShuffledTree(objectCount: objectCount))
    case .list: setRoot(buildList(objectCount: objectCount))
    case .tree: setRoot(buildTree(objectCount: objectCount)!)
    }
    return Graph(workUnits: objectCount * (Rig.slotCount + 1))
  }

  /// Objects of the usual shape and the array, in the root, that refers to them.
  mutating func fillArray(objectCount: Int) -> (array: Reference, objects: [Reference]) {
    let array = allocate(slotCount: objectCount, payloadBytes: 0)
    setRoot(array)
    let objects = (0..<objectCount).map { index in
      let object = allocate()
      store(object, in: index, of: array)
      return object
    }
    return (array, objects)
  }

  private mutating func buildRandomGraph(objectCount: Int) -> Graph {
    let objects = fillArray(objectCount: objectCount).objects
    var random = XorShift()
    for object in objects {
      for slot in 0..<Rig.slotCount {
        let number = random.next()
        if number & 1 == 1 {
          store(objects[XorShift.scale(number, below: objectCount)], in: slot, of: object)
        }
      }
    }
    return Graph(workUnits: objectCount * (Rig.slotCount + 1) + objectCount + 1)
  }

  private mutating func buildShuffledTree(objectCount: Int) -> Reference {
    var random = XorShift()
    var objects = (0..<objectCount).map { _ in allocate() }
    for index in (1..<objectCount).reversed() {
      objects.swapAt(index, random.next(below: index + 1))
    }
    for (index, object) in objects.enumerated() {
      if index > 0 { store(object, in: (index - 1) & 1, of: objects[(index - 1) / 2]) }
      for slot in 2..<Rig.slotCount {
        let number = random.next()
        if number & 1 == 1 {
          store(objects[XorShift.scale(number, below: objectCount)], in: slot, of: object)
        }
      }
    }
    return objects[0]
  }

  private mutating func buildList(objectCount: Int) -> Reference {
    let head = allocate()
    var tail = head
    for _ in 1..<objectCount {
      let next = allocate()
      store(next, in: 0, of: tail)
      tail = next
    }
    return head
  }

  private mutating func buildTree(objectCount: Int) -> Reference? {
    guard objectCount > 0 else { return nil }
    let node = allocate()
    let left = (objectCount - 1) / 2
    store(buildTree(objectCount: left), in: 0, of: node)
    store(buildTree(objectCount: objectCount - 1 - left), in: 1, of: node)
    return node
  }
}
