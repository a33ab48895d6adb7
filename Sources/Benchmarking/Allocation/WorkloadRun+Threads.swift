// The workloads of two threads: the one that calls, with its allocator, and another.
extension WorkloadRun where Cells: ~Copyable {
  private static var seed: UInt32 { 0x1234_5678 }
  private static var otherSeed: UInt32 { 0x8765_4321 }

  /// What each thread of `local2` does, on one thread.
  func runAlone(_ cells: inout Cells) {
    cells.replaceAtRandom(
      byteCount: byteCount, operationCount: operationCount, seed: WorkloadRun.otherSeed)
  }

  /// `local2`: random lifetimes on both threads, which share no cell.
  func runApart(_ cells: inout Cells) {
    TwoThreads.run(
      {
        var cells = Cells(sharing: source)
        cells.replaceAtRandom(
          byteCount: byteCount, operationCount: operationCount, seed: WorkloadRun.seed)
      }, { runAlone(&cells) })
  }

  /// `prod2`: one thread allocates every cell, this one frees it.
  func runProducer(_ cells: inout Cells) {
    let queue = CellQueue<Cells.Cell>()
    TwoThreads.run(
      {
        var cells = Cells(sharing: source)
        queue.produce(operationCount) { cells.allocate(byteCount: byteCount) }
      }, { queue.consume(operationCount) { cells.free($0) } })
  }

  /// `larson2`, after Larson and Krishnan, ISMM 1998: two rings of cells, which the threads swap every
  /// epoch; so most cells are freed by the thread that did not allocate them.
  func runSwapping(_ cells: inout Cells) {
    let rings = [
      CellTable<Cells.Cell>(count: Lifetimes.ringCount),
      CellTable<Cells.Cell>(count: Lifetimes.ringCount),
    ]
    for ring in rings { cells.fill(ring, byteCount: byteCount) }
    let meeting = MeetingPoint()
    TwoThreads.run(
      {
        var cells = Cells(sharing: source)
        swapRings(rings, meeting, &cells, seed: WorkloadRun.seed)
      }, { swapRings(rings, meeting, &cells, seed: WorkloadRun.otherSeed) })
    for ring in rings { cells.drain(ring) }
  }

  private static var epochOperations: Int { 20_000 }

  /// One thread of `larson2`; the meeting at the end of an epoch orders what both do to a ring.
  private func swapRings(
    _ rings: [CellTable<Cells.Cell>], _ meeting: MeetingPoint, _ cells: inout Cells, seed: UInt32
  ) {
    var random = XorShift(seed: seed)
    var mine = Int(seed & 1)
    var done = 0
    while done < operationCount {
      let count = min(WorkloadRun.epochOperations, operationCount - done)
      random = cells.replaceAtRandom(
        in: rings[mine], byteCount: byteCount, operationCount: count, random)
      done += count
      meeting.meet()
      mine ^= 1
    }
  }
}
