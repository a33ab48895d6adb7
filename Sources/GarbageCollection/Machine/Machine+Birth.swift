/// Births: from a number of slots and bytes to an object of the right colour.
extension Machine {
  /// Allocates an object and tells nobody: the fast path of a program that is not watched.
  ///
  /// - Throws: `MachineError.heap`, and nothing has changed but what a lazy sweep has freed.
  public mutating func allocateObject(
    slotCount: Int, payloadBytes: Int, by mutator: MutatorID = .main
  ) throws(MachineError) -> Reference {
    if phase == .idle || isSweepingLazily,
      let object = heap.allocateSmall(
        slotCount: slotCount, payloadBytes: payloadBytes, by: mutator)
    {
      return object
    }
    return try allocateUnobserved(
      slotCount: slotCount, payloadBytes: payloadBytes, by: mutator)
  }

  @inline(never)
  private mutating func allocateUnobserved(
    slotCount: Int, payloadBytes: Int, by mutator: MutatorID
  ) throws(MachineError) -> Reference {
    var silent = SilentObserver()
    return try allocateObject(
      slotCount: slotCount, payloadBytes: payloadBytes, by: mutator, observer: &silent)
  }

  /// Allocates an object that nobody refers to yet, with empty slots and a zeroed payload.
  ///
  /// - Throws: `MachineError.heap`, and nothing has changed but what a lazy sweep has freed.
  mutating func allocateObject<O: Observer>(
    slotCount: Int, payloadBytes: Int, by mutator: MutatorID, observer: inout O
  ) throws(MachineError) -> Reference {
    let header: ObjectHeader
    do throws(HeapError) {
      header = try ObjectHeader(requestedSlots: slotCount, payloadBytes: payloadBytes)
    } catch { throw .heap(error) }
    if heap.spaces.isEmpty, phase == .idle || isSweepingLazily,
      let object = heap.allocateFromCache(header, by: mutator)
    {
      let spanClass = heap.kind(for: header).spanClass
      observer.observe(
        .allocated(
          object, along: Route(tier: .threadCache, spanClass: spanClass), color: .white))
      if countsReferences { heap.listZero(object) }
      return object
    }
    return try allocateSlowly(header, by: mutator, observer: &observer)
  }

  @inline(never)
  private mutating func allocateSlowly<O: Observer>(
    _ header: ObjectHeader, by mutator: MutatorID, observer: inout O
  ) throws(MachineError) -> Reference {
    let sweptCellCount =
      isSweepingLazily ? sweepFirst(for: header, by: mutator, observer: &observer) : 0
    var (object, route) = try allocateCell(header, by: mutator, observer: &observer)
    route.sweptCellCount = sweptCellCount
    if birthColor(at: object) == .black { heap.setColor(.black, of: object) }
    let color = birthColor(at: object) == .grey ? .grey : heap.color(of: object)
    observer.observe(.allocated(object, along: route, color: color))
    if countsReferences { heap.listZero(object) }
    if color == .grey {
      wavefront.shade(
        object, by: .birth, foundIn: .slot(0, of: object), in: heap.tables, observer: &observer)
    }
    return object
  }

  /// Where a lazy sweep has left dead objects, they are freed before the heap is given up as full.
  private mutating func allocateCell<O: Observer>(
    _ header: ObjectHeader, by mutator: MutatorID, observer: inout O
  ) throws(MachineError) -> (Reference, Route) {
    if let space = birthSpace(for: header) {
      guard let object = bump(header, in: space) else {
        throw .heap(heap.spaceIsFull(space, heap.standingBytes(header)))
      }
      return (object, Route(tier: .space))
    }
    do throws(HeapError) {
      return try heap.allocate(header, color: .white, by: mutator)
    } catch {
      guard case .limitReached = error, isSweepingLazily else { throw .heap(error) }
    }
    collector.finishSweep(&heap, observer: &observer)
    do throws(HeapError) {
      return try heap.allocate(header, color: .white, by: mutator)
    } catch { throw .heap(error) }
  }

  /// The space where such an object is born; nil where it is born in a cell.
  ///
  /// While old and young are being marked, objects are born old, and so are those that no nursery
  /// holds.
  func birthSpace(for header: ObjectHeader) -> Int? {
    guard !heap.spaces.isEmpty else { return nil }
    switch settings.collector {
    case .markSweep, .markCompact, .referenceCounting: return 0
    case .copying: return heap.space(.toSpace)
    case .generational:
      guard phase == .idle, let nursery = heap.space(.nursery),
        heap.standingBytes(header) <= heap.spaces[nursery].byteCount,
        header.payloadBytes >> Int(ObjectHeader.ageShift) == 0
      else { return nil }
      return nursery
    }
  }

  /// While others are copied there, objects are born at the far end of the space, black.
  private mutating func bump(_ header: ObjectHeader, in space: Int) -> Reference? {
    guard phase == .copying else { return heap.bump(header, color: .white, in: space) }
    guard heap.standingBytes(header) <= heap.birthBytes(in: space) else { return nil }
    return heap.bumpFromTop(header, color: .black, in: space)
  }

  /// Bytes of the space that births can take now.
  func birthBytes(in space: Int) -> Int {
    phase == .copying ? heap.birthBytes(in: space) : heap.spaces[space].freeBytes
  }

  /// Sweeps a span for a cache that has no cell left for the object.
  private mutating func sweepFirst<O: Observer>(
    for header: ObjectHeader, by mutator: MutatorID, observer: inout O
  ) -> Int {
    let kind = heap.kind(for: header)
    guard heap.needsSpan(for: header, by: mutator) else { return 0 }
    let pageCount = (heap.objectBytes(header) + Page.bytes - 1) / Page.bytes
    return collector.sweep(for: kind, pageCount: pageCount, &heap, observer: &observer)
  }

  /// Cells the sweep has yet to reach are born black, or it would free them.
  private func birthColor(at object: Reference) -> Color {
    switch phase {
    case .idle, .forwarding, .updating, .moving, .flipping, .copying, .reconciling, .trialMarking,
      .trialScanning, .trialCollecting:
      .white
    case .roots, .marking, .termination:
      settings.faults.isOn(.birthsAreWhite) ? .white : settings.birthColor
    case .sweeping:
      switch settings.sweep {
      case .eager: object.offset >= collector.sweepOffset ? .black : .white
      // Caches hold cells of swept spans only.
      case .lazy: .white
      }
    }
  }
}
