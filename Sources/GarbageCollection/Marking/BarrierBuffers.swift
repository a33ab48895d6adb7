/// What barriers have yet to shade: a short list for each mutator.
///
/// A buffer is emptied by its mutator when it is full, by the collector before it scans that
/// mutator's stack, and before marking ends (Go runtime/mwbbuf.go). A policy may forget the latter two.
struct BarrierBuffers {
  /// References a buffer holds before it is full.
  static let limit = 4

  let policy: BufferPolicy
  /// By mutator, in the order they were put; those of the last mutators may be missing.
  private var lists: [[Reference]] = []

  init(_ policy: BufferPolicy) { self.policy = policy }

  /// Whether any object waits to be shaded.
  var isEmpty: Bool { lists.allSatisfy(\.isEmpty) }

  /// Whether the collector empties them before it depends on it.
  var areFlushedInTime: Bool { policy == .on }

  subscript(mutator: MutatorID) -> [Reference] {
    get { lists.indices.contains(mutator.index) ? lists[mutator.index] : [] }
    set {
      while lists.count <= mutator.index { lists.append([]) }
      lists[mutator.index] = newValue
    }
  }

  /// Mutators whose buffer is not empty.
  var mutators: [MutatorID] { lists.indices.filter { !lists[$0].isEmpty }.map { MutatorID($0) } }

  mutating func take(of mutator: MutatorID) -> [Reference] {
    let taken = self[mutator]
    if !taken.isEmpty { lists[mutator.index] = [] }
    return taken
  }

  mutating func forget(_ object: Reference) {
    for index in lists.indices { lists[index].removeAll { $0 == object } }
  }

  func hash(into digest: inout Digest) {
    for mutator in mutators {
      digest.mix(mutator.index)
      digest.mix(self[mutator].count)
      for object in self[mutator] { digest.mix(Int(object.word)) }
    }
  }
}

extension Wavefront {
  /// Puts a white object into the mutator's buffer, and empties that when it is full.
  mutating func put<O: Observer>(
    _ object: Reference, by mutator: MutatorID, in ground: HeapTables, observer: inout O
  ) {
    guard ground.isObject(object), ground.isWhite(object) else { return }
    buffers[mutator].append(object)
    observer.observe(.buffered(object, of: mutator))
    if buffers[mutator].count == BarrierBuffers.limit {
      flush(mutator, in: ground, observer: &observer)
    }
  }

  /// Shades all that stands in the mutator's buffer.
  mutating func flush<O: Observer>(
    _ mutator: MutatorID, in ground: HeapTables, observer: inout O
  ) {
    let objects = buffers.take(of: mutator)
    guard !objects.isEmpty else { return }
    observer.observe(.flushedBuffer(of: mutator))
    let count = faults.isOn(.flushForgetsLast) ? objects.count - 1 : objects.count
    for object in objects.prefix(count) where ground.isObject(object) {
      shade(
        object, by: .buffer(of: mutator), foundIn: .slot(0, of: object), in: ground,
        observer: &observer)
    }
  }

  mutating func flushAll<O: Observer>(in ground: HeapTables, observer: inout O) {
    for mutator in buffers.mutators { flush(mutator, in: ground, observer: &observer) }
  }

  /// Forgets what nobody has shaded in time.
  mutating func dropBuffers<O: Observer>(observer: inout O) {
    for mutator in buffers.mutators {
      for object in buffers.take(of: mutator) {
        observer.observe(.droppedBuffered(object, of: mutator))
      }
    }
  }
}
