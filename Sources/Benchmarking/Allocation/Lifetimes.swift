/// How many cells live at a time.
enum Lifetimes {
  /// Cells of one batch of `lifo`.
  static let batchCount = 1000
  /// Cells that live at a time in `fifo`, `rand` and each half of `larson2`.
  static let ringCount = 10_000
}

// The workloads of one thread; each operation is one cell allocated and one freed.
extension CellAllocator where Self: ~Copyable {
  /// `pair`: each cell is freed at once.
  mutating func allocateInPairs(byteCount: Int, operationCount: Int) {
    for _ in 0..<operationCount {
      let cell = allocate(byteCount: byteCount)
      free(cell)
    }
  }

  /// `lifo`: a batch is allocated, and freed from its last to its first.
  mutating func allocateInBatches(byteCount: Int, operationCount: Int) {
    let batch = CellTable<Cell>(count: Lifetimes.batchCount)
    var rest = operationCount
    while rest > 0 {
      let count = min(rest, batch.count)
      for place in 0..<count { batch[place] = allocate(byteCount: byteCount) }
      for place in (0..<count).reversed() { free(batch[place]) }
      rest -= count
    }
  }

  /// `fifo`: the oldest cell is freed.
  mutating func replaceInOrder(byteCount: Int, operationCount: Int) {
    let ring = CellTable<Cell>(count: Lifetimes.ringCount)
    fill(ring, byteCount: byteCount)
    var place = 0
    for _ in 0..<operationCount {
      free(ring[place])
      ring[place] = allocate(byteCount: byteCount)
      place += 1
      if place == ring.count { place = 0 }
    }
    drain(ring)
  }

  /// `rand`: any cell is freed.
  mutating func replaceAtRandom(byteCount: Int, operationCount: Int, seed: UInt32) {
    let ring = CellTable<Cell>(count: Lifetimes.ringCount)
    fill(ring, byteCount: byteCount)
    replaceAtRandom(
      in: ring, byteCount: byteCount, operationCount: operationCount, XorShift(seed: seed))
    drain(ring)
  }
}

// MARK: - Parts of them

extension CellAllocator where Self: ~Copyable {
  mutating func fill(_ ring: CellTable<Cell>, byteCount: Int) {
    for place in 0..<ring.count { ring[place] = allocate(byteCount: byteCount) }
  }

  mutating func drain(_ ring: CellTable<Cell>) {
    for place in 0..<ring.count { free(ring[place]) }
  }

  /// Frees any cell and puts a new one in its place; returns the random numbers where they are then.
  @discardableResult
  mutating func replaceAtRandom(
    in ring: CellTable<Cell>, byteCount: Int, operationCount: Int, _ random: XorShift
  ) -> XorShift {
    var random = random
    for _ in 0..<operationCount {
      let place = random.next(below: ring.count)
      free(ring[place])
      ring[place] = allocate(byteCount: byteCount)
    }
    return random
  }
}
