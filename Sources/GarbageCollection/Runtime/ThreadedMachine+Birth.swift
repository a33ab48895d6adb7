import Synchronization

/// What an allocation does when the mutator's cache has no cell at hand.
extension ThreadedMachine {
  /// - Throws: `ThreadError.heap` when two cycles have not made room.
  func allocate(
    _ header: ObjectHeader, for record: MutatorRecord
  ) throws(ThreadError) -> Reference {
    if record.isWanted.load(ordering: .relaxed) { answer(record) }
    if signals.isNursing, let object = try allocateYoung(header, for: record) { return object }
    let kind = machine.heap.kind(for: header)
    var attempt = 0
    while true {
      if signals.isSweeping, kind.isLarge || record.cache[kind].cellCount == 0 {
        sweep(for: kind)
      }
      do throws(HeapError) {
        let before = kind.isLarge ? 0 : record.cache[kind].receivedCount
        let (object, systemBytes) = try machine.heap.place(
          header, kind, record.cache, color: signals.birthColor)
        if systemBytes > 0 { provider?.noteGrowth() }
        let cells = kind.isLarge ? 1 : record.cache[kind].receivedCount - before
        if cells > 0 { account(cells * cellBytes(of: object), for: record) }
        return object
      } catch {
        attempt += 1
        guard case .limitReached = error, attempt < 3 else { throw .heap(error) }
      }
      collect(for: record)
    }
  }

  private func cellBytes(of object: Reference) -> Int {
    Int(machine.heap.allocator.spans[machine.heap.allocator.span(at: object.offset)].cellBytes)
  }

  /// Counts what a mutator has been given, and lets it pay for that.
  private func account(_ byteCount: Int, for record: MutatorRecord) {
    record.receivedBytes.wrappingAdd(byteCount, ordering: .relaxed)
    let all = allocatedBytes.wrappingAdd(byteCount, ordering: .relaxed).newValue
    if signals.isMarking {
      guard all >= assistFrom.load(ordering: .relaxed) else { return }
      assist(record, units: byteCount * assistPerKiB.load(ordering: .relaxed) / 1024)
      return
    }
    // What was still owed when marking ended, nobody needs.
    record.debt = 0
    if all >= trigger.load(ordering: .relaxed) {
      monitor.withLock { askForCycle() }
    }
  }

  /// Lets a cycle begin that collects everything, unless one is under way or asked for; under the monitor.
  func askForCycle() {
    guard machine.phase == .idle, !wantsCycle else { return }
    wantsCycle = true
    monitor.notify()
  }

  /// Starts a cycle if none is wanted yet, and waits until one that began after the call has ended.
  func collect(for record: MutatorRecord) {
    monitor.enter()
    defer { monitor.leave() }
    leaveHeap(record)
    waiterCount += 1
    defer { waiterCount -= 1 }
    // One that is under way has seen the world before the call.
    let target = begunCycleCount + 1
    while endedCycleCount < target, !isClosing {
      // One whose end the coordinator has still to note may be the one that was waited for.
      if endedCycleCount == begunCycleCount { askForCycle() }
      monitor.wait()
    }
    enterHeap(record)
  }
}

extension Heap {
  /// Puts an object into a cell from the cache or, if it is large, from the page heap; any thread.
  ///
  /// And the bytes that the system had to give for it.
  func place(
    _ header: ObjectHeader, _ kind: CellKind, _ cache: ThreadCache, color: UInt8
  ) throws(HeapError) -> (object: Reference, systemBytes: Int) {
    if kind == .tiny {
      let (half, route) = try allocator.takeTiny(payloadBytes: header.payloadBytes, cache)
      allocator.arena.fill(at: half.offset + 1, byteCount: TinyHalf.largestPayload, with: 0)
      // The neighbour's colour stays if it is the darker one: the block has only one.
      if tables.colorByte(of: half) < color { tables.setColorByte(color, of: half) }
      return (half, route.systemBytes)
    }
    let (cell, route) =
      kind.isLarge
      ? try allocator.takeLarge(byteCount: objectBytes(header), kind)
      : try allocator.takeCell(kind, cache)
    allocator.arena.clear(at: cell.offset, byteCount: objectBytes(header))
    allocator.arena.storeHeader(header, at: cell.offset)
    tables.setColorByte(color, of: cell)
    return (cell, route.systemBytes)
  }
}
