import TestSupport

@testable import GarbageCollection

/// A heap beside the plainest description of what it should do: the intervals that are in use.
///
/// Whatever the heap does is checked against the intervals and against the spans as they were before.
struct HeapModel: ~Copyable {
  var heap: Heap
  let limitPages: Int
  /// Objects in use, by address.
  var live: [Interval] = []
  private(set) var failures: [String] = []
  private(set) var tiersSeen: [Tier: Int] = [:]
  private(set) var limitErrorCount = 0
  private var birthCount = 0

  struct Interval: Equatable {
    let start: Int
    /// Header, slots and payload; the cell may be longer.
    let byteCount: Int
    let byte: UInt8
    let color: Color

    var end: Int { start + byteCount }
  }

  init(limitPages: Int) throws {
    self.limitPages = limitPages
    heap = try Heap(limitBytes: limitPages * Page.bytes)
  }

  private mutating func expect(_ condition: Bool, _ claim: @autoclosure () -> String) {
    if !condition { failures.append("after \(birthCount) births: \(claim())") }
  }
}

// MARK: - Allocation

extension HeapModel {
  mutating func allocate(byteCount: Int, color: Color) {
    let header = ObjectHeader(
      slotCount: 0, payloadBytes: max(0, byteCount - ObjectHeader.byteCount))
    let expected = heap.expectedTier(byteCount: header.objectBytes, limitPages: limitPages)
    let expectedOffset = heap.expectedOffset(byteCount: header.objectBytes)
    let committed = heap.committedBytes
    let digest = expected == nil ? heap.digest : 0
    birthCount += 1
    do throws(HeapError) {
      let (object, tier) = try heap.allocate(header, color: color)
      tiersSeen[tier, default: 0] += 1
      expect(tier == expected, "\(byteCount) bytes from \(tier), not \(expected as Any)")
      expect(
        expectedOffset == nil || expectedOffset == object.offset,
        "\(byteCount) bytes at \(object.offset), not \(expectedOffset ?? 0)")
      expect((tier == .system) == (heap.committedBytes > committed), "growth is the system's tier")
      admit(object, header, color)
    } catch {
      limitErrorCount += 1
      expect(expected == nil, "\(byteCount) bytes refused, though \(expected as Any) has them")
      expect(heap.digest == digest, "a refused request changed the heap")
      let pages =
        SizeClass.serving(byteCount: header.objectBytes)?.spanPages
        ?? (header.objectBytes + Page.bytes - 1) / Page.bytes
      expect(
        error
          == .limitReached(
            requestedBytes: pages * Page.bytes, committedBytes: committed,
            limitBytes: limitPages * Page.bytes), "\(error)")
    }
    check()
  }

  private mutating func admit(_ object: Reference, _ header: ObjectHeader, _ color: Color) {
    let byte = UInt8(birthCount % 200 + 1)
    expect(
      heap.payload(of: object) == [UInt8](repeating: 0, count: header.payloadBytes),
      "a new payload is zero")
    heap.allocator.arena.fill(
      at: object.offset + ObjectHeader.byteCount, byteCount: header.payloadBytes, with: byte)
    let interval = Interval(
      start: object.offset, byteCount: header.objectBytes, byte: byte, color: color)
    expect(object.offset.isMultiple(of: 16), "\(object) is not aligned")
    expect(object.offset >= Page.bytes, "\(object) is in the guard page")
    expect(interval.end <= Page.bytes + heap.committedBytes, "\(object) is not committed")
    expect(heap.cellBytes(of: object) >= header.objectBytes, "\(object) does not fit its cell")
    let index = live.firstIndex { $0.start >= object.offset } ?? live.count
    if index > 0 { expect(live[index - 1].end <= interval.start, "\(object) overlaps below") }
    if index < live.count { expect(interval.end <= live[index].start, "\(object) overlaps above") }
    live.insert(interval, at: index)
  }
}

// MARK: - Freeing

extension HeapModel {
  mutating func free(at index: Int) {
    let interval = live.remove(at: index)
    let object = Reference(offset: interval.start)
    checkContents(of: interval)
    let cellBytes = heap.cellBytes(of: object)
    let expected = heap.expectedFreeTier(of: object)
    let tier = heap.free(object)
    expect(tier == expected, "\(object) freed to \(tier), not \(expected)")
    expect(
      heap.allocator.arena.bytes(at: interval.start, byteCount: cellBytes)
        == [UInt8](repeating: Heap.poisonByte, count: cellBytes), "\(object) is not poisoned")
    expect(!heap.isObject(object), "\(object) still stands")
    expect(heap.color(of: object) == .white, "a free cell is white")
    check()
  }
}

// MARK: - What always holds

extension HeapModel {
  private mutating func check() {
    if let fault = heap.firstAllocatorFault() { expect(false, "\(fault)") }
    var page = 1
    var wasFree = false
    for span in heap.spanSummaries() {
      expect(Int(span.firstPage.index) == page, "spans tile the heap")
      expect(!(wasFree && span.holder == .pageHeap), "free neighbours are joined")
      wasFree = span.holder == .pageHeap
      page += span.pageCount
    }
    expect((page - 1) * Page.bytes == heap.committedBytes, "spans cover what is committed")
    expect(heap.committedBytes <= limitPages * Page.bytes, "the limit holds")
  }

  /// Everything that takes time; for now and then.
  mutating func checkAll(_ generator: inout SeededGenerator) {
    for interval in live { checkContents(of: interval) }
    var walked: [Int] = []
    heap.forEachObject { walked.append($0.offset) }
    expect(walked == live.map(\.start), "a walk meets every object by address")
    let end = heap.committedBytes + Page.bytes
    for _ in 0..<20 {
      let offset = Int.random(in: 0...end, using: &generator)
      expect(
        heap.firstObject(from: offset)?.offset == live.first { $0.start >= offset }?.start,
        "the first object from \(offset)")
      let reference = Reference(offset: offset / 8 * 8)
      expect(
        heap.isObject(reference) == live.contains { $0.start == reference.offset },
        "whether an object stands at \(reference)")
    }
    expect(!heap.isObject(Reference(word: .max)), "nothing stands outside")
  }

  private mutating func checkContents(of interval: Interval) {
    let object = Reference(offset: interval.start)
    expect(heap.header(of: object).objectBytes == interval.byteCount, "\(object) kept its header")
    expect(heap.color(of: object) == interval.color, "\(object) kept its colour")
    expect(
      heap.payload(of: object)
        == [UInt8](repeating: interval.byte, count: interval.byteCount - ObjectHeader.byteCount),
      "\(object) kept its bytes")
  }
}

// MARK: - What is expected, from the spans as they are

extension Heap {
  var digest: UInt64 {
    var digest = Digest()
    hash(into: &digest)
    return digest.value
  }

  /// The bytes behind the header of an object without slots.
  func payload(of object: Reference) -> [UInt8] {
    allocator.arena.bytes(
      at: object.offset + ObjectHeader.byteCount, byteCount: header(of: object).payloadBytes)
  }

  private func freeCell(in span: SpanSummary) -> Int? {
    (0..<span.cellCount).map { span.offset + $0 * span.cellBytes }
      .first { !isObject(Reference(offset: $0)) }
  }

  private func spans(of sizeClass: SizeClass, _ holder: SpanSummary.Holder) -> [SpanSummary] {
    spanSummaries().filter { $0.sizeClass == sizeClass && $0.holder == holder }
  }

  /// The cell that must be chosen, where the rules leave no choice.
  func expectedOffset(byteCount: Int) -> Int? {
    let sizeClass = SizeClass.serving(byteCount: byteCount)
    if let sizeClass {
      for span in spans(of: sizeClass, .threadCache) {
        if let cell = freeCell(in: span) { return cell }
      }
      if spans(of: sizeClass, .centralList).contains(where: { freeCell(in: $0) != nil }) {
        return nil
      }
    }
    let pages = sizeClass?.spanPages ?? (byteCount + Page.bytes - 1) / Page.bytes
    return spanSummaries().filter { $0.holder == .pageHeap && $0.pageCount >= pages }
      .min { ($0.pageCount, $0.offset) < ($1.pageCount, $1.offset) }?.offset
  }

  /// The first tier that can serve the request; nil if it must be refused.
  func expectedTier(byteCount: Int, limitPages: Int) -> Tier? {
    let sizeClass = SizeClass.serving(byteCount: byteCount)
    if let sizeClass {
      if spans(of: sizeClass, .threadCache).contains(where: { freeCell(in: $0) != nil }) {
        return .threadCache
      }
      if spans(of: sizeClass, .centralList).contains(where: { freeCell(in: $0) != nil }) {
        return .centralList
      }
    }
    let pages = sizeClass?.spanPages ?? (byteCount + Page.bytes - 1) / Page.bytes
    let all = spanSummaries()
    if all.contains(where: { $0.holder == .pageHeap && $0.pageCount >= pages }) {
      return .pageHeap
    }
    let tail = all.last.map { $0.holder == .pageHeap ? $0.pageCount : 0 } ?? 0
    return tail + limitPages - committedBytes / Page.bytes >= pages ? .system : nil
  }

  func expectedFreeTier(of object: Reference) -> Tier {
    switch span(of: object) {
    case .some(let span) where span.holder == .threadCache: .threadCache
    case .some(let span) where span.holder == .centralList && span.usedCellCount > 1: .centralList
    default: .pageHeap
    }
  }
}
