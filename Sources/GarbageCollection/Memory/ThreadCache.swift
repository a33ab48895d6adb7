import Glibc

/// The stack from which a mutator has last allocated; valid while its cache is.
@safe struct HotStack {
  let kind: CellKind
  fileprivate let bin: UnsafeMutablePointer<ThreadCache.Bin>
}

/// The first tier: the free cells that one mutator has at hand, a stack for each class.
///
/// ```
/// bin      bottom          top            ceiling
///          │ 0x5230 │ 0x5210 │ … room …    │      next request: the cell below top
/// ```
/// No lock and no system call is near the fast paths: a request takes the top of a stack, a freed cell
/// goes there, whichever thread allocated it. Half a stack at a time comes from the central list when
/// there is none, and goes there when there is no room; the first times it is less, so that a cache
/// does not hoard what its thread may never ask for.
///
/// Arrays of cell numbers, not lists through the cells (TCMalloc's per-thread lists): the memory of a
/// free cell is not touched, which is what another thread's cells would cost most. Measured beside a
/// bitmap of the one span in hand (Go's `mcache`) in two sketches of nothing but these paths, allocate
/// and free of 32 bytes in pairs, in stacks, in queues and at random: 4 to 9 ns against 12 to 18.
///
/// A handle: copies mean the same cache. Whoever opened the cache closes it.
@safe struct ThreadCache {
  private let bins: UnsafeMutablePointer<Bin>
  private let cells: UnsafeMutablePointer<UInt32>
  private let ground: HeapTables

  /// One class's stack; positions count the cells of all stacks.
  struct Bin: BitwiseCopyable {
    /// One behind the cell that the next request gets.
    var top: UInt32 = 0
    var bottom: UInt32 = 0
    var ceiling: UInt32 = 0
    /// Cells to ask for next time.
    var batch: UInt32 = 0
    /// The free half of a tiny block, as a reference's word; 0 if there is none.
    var spareHalf: UInt32 = 0
    /// Halves of tiny blocks freed whose other half lives on.
    var halfFreeCount: Int32 = 0
    var freeCount = 0
    /// Requests that found the stack empty.
    var missCount = 0
    /// Cells that came from the central list, and that went there.
    var receivedCount = 0
    var returnedCount = 0
    /// Requests that the free half of a tiny block answered.
    var sharedCount = 0

    var cellCount: Int { Int(top - bottom) }
    var capacity: Int { Int(ceiling - bottom) }
    /// Cells that cache and central list exchange at a time, when the cache knows its thread.
    var fullBatch: Int { capacity / 2 }
    /// Requests answered so far, from the stack or after a refill.
    ///
    /// Worked out from what came and went, so that the fast path counts nothing.
    var allocationCount: Int {
      receivedCount + freeCount - returnedCount - cellCount + sharedCount
    }
    var hitCount: Int { allocationCount - missCount }
  }

  private static let firstBatch: UInt32 = 8

  /// Cells of all stacks together, and the classes' capacities by kind.
  private static let cellLimit = capacities.reduce(0, +)
  private static let capacities = (0..<CellKind.count).map { raw in
    CellKind(raw: UInt8(raw)).spanClass?.sizeClass.cacheCapacity ?? 0
  }

  private static var binBytes: Int { CellKind.count * MemoryLayout<Bin>.stride }
  private static var byteCount: Int { binBytes + cellLimit * MemoryLayout<UInt32>.stride }

  /// Opens an empty cache for the heap whose tables these are.
  init(_ ground: HeapTables, _ system: SystemMemory) throws(HeapError) {
    try system.admit("malloc", ThreadCache.byteCount)
    guard let memory = unsafe malloc(ThreadCache.byteCount) else {
      throw .systemRefused(call: "malloc", byteCount: ThreadCache.byteCount, code: ENOMEM)
    }
    unsafe bins = memory.bindMemory(to: Bin.self, capacity: CellKind.count)
    unsafe cells = (memory + ThreadCache.binBytes).bindMemory(
      to: UInt32.self, capacity: ThreadCache.cellLimit)
    self.ground = ground
    var position: UInt32 = 0
    for (raw, capacity) in ThreadCache.capacities.enumerated() {
      let batch = min(UInt32(capacity) / 2, ThreadCache.firstBatch)
      unsafe bins[raw] = Bin(
        top: position, bottom: position, ceiling: position + UInt32(capacity), batch: batch)
      position += UInt32(capacity)
    }
  }

  /// A cache of its own with the same cells and counts, for a heap that is a copy of this one's.
  func copy(for ground: HeapTables, _ system: SystemMemory) throws(HeapError) -> ThreadCache {
    let copy = try ThreadCache(ground, system)
    for raw in 0..<CellKind.count {
      let bin = unsafe bins[raw]
      unsafe copy.bins[raw] = bin
      guard bin.cellCount > 0 else { continue }
      unsafe memcpy(
        copy.cells + Int(bin.bottom), cells + Int(bin.bottom),
        bin.cellCount * MemoryLayout<UInt32>.stride)
    }
    return copy
  }

  /// Gives the cache's own memory back; its cells must have been given back before.
  func close() { unsafe Glibc.free(bins) }
}

extension ThreadCache {
  subscript(kind: CellKind) -> Bin {
    @inline(__always) get { unsafe bins[kind.index] }
    @inline(__always) nonmutating _modify { yield unsafe &bins[kind.index] }
  }

  /// Takes the cell on top, by its word; nil when there is none.
  @inline(__always)
  func take(_ kind: CellKind) -> UInt32? {
    let bin = unsafe bins + kind.index
    let top = unsafe bin.pointee.top
    guard unsafe top != bin.pointee.bottom else { return nil }
    unsafe bin.pointee.top = top &- 1
    return unsafe cells[Int(top &- 1)]
  }

  /// The same for the stack at hand.
  @inline(__always)
  func take(from stack: HotStack) -> UInt32? {
    let top = unsafe stack.bin.pointee.top
    guard unsafe top != stack.bin.pointee.bottom else { return nil }
    unsafe stack.bin.pointee.top = top &- 1
    return unsafe cells[Int(top &- 1)]
  }

  /// The kind of cell for an object, which is not a large one.
  @inline(__always)
  func kind(byteCount: Int, isPointerFree: Bool) -> CellKind {
    let kind = unsafe ground.sizeKinds[(byteCount &- 1) &>> 3]
    return CellKind(raw: kind &+ (isPointerFree ? 1 : 0))
  }

  /// Takes a cell for an object and gives it header and colour; nil when there is none of its kind.
  @inline(__always)
  func take(_ kind: CellKind, for header: UInt64, color: UInt8) -> UInt32? {
    guard let cell = take(kind) else { return nil }
    unsafe (ground.arena + Int(cell) &* Reference.granuleBytes)
      .storeBytes(of: header, as: UInt64.self)
    unsafe ground.colors[Int(cell &>> 1)] = color
    return cell
  }

  /// Whether the cell is in use, so that it can be freed.
  @inline(__always)
  func isInUse(_ cell: UInt32) -> Bool { unsafe ground.colors[Int(cell &>> 1)] != 0 }

  /// What stands in the page of a cell.
  @inline(__always)
  func kind(of cell: UInt32) -> CellKind {
    unsafe CellKind(raw: ground.pageKinds[Int(cell &>> ThreadCache.pageShift)])
  }

  /// Puts a freed cell, which is not tiny, on top; false, and nothing done, when there is no room.
  @inline(__always)
  func put(_ cell: UInt32, _ kind: CellKind) -> Bool { put(cell, onto: stack(of: kind)) }

  /// The stack of a kind at hand.
  @inline(__always)
  func stack(of kind: CellKind) -> HotStack {
    unsafe HotStack(kind: kind, bin: bins + kind.index)
  }

  /// `put` for a cell of the kind at hand.
  ///
  /// Where the stack stands does not depend on the cell, so the processor need not wait for the cell's
  /// kind to know it: a cell freed right after its birth costs a quarter less.
  @inline(__always)
  func put(_ cell: UInt32, onto stack: HotStack) -> Bool {
    let top = unsafe stack.bin.pointee.top
    guard unsafe top != stack.bin.pointee.ceiling else { return false }
    unsafe ground.colors[Int(cell &>> 1)] = 0
    unsafe cells[Int(top)] = cell
    unsafe stack.bin.pointee.top = top &+ 1
    unsafe stack.bin.pointee.freeCount &+= 1
    return true
  }

  /// From a reference's word to its page.
  private static var pageShift: UInt32 { 10 }

  /// The cells of a class, the one on top last.
  func forEachCell(of kind: CellKind, _ body: (UInt32) -> Void) {
    let bin = self[kind]
    for position in bin.bottom..<bin.top { body(unsafe cells[Int(position)]) }
  }

  @inline(__always)
  func hasCells(of kind: CellKind) -> Bool {
    let bin = unsafe bins + kind.index
    return unsafe bin.pointee.top != bin.pointee.bottom
  }

  /// The cells of a class, the one on top last.
  func cells(of kind: CellKind) -> UnsafeBufferPointer<UInt32> {
    let bin = unsafe bins + kind.index
    return unsafe UnsafeBufferPointer(
      start: cells + Int(bin.pointee.bottom), count: Int(bin.pointee.top - bin.pointee.bottom))
  }

  /// Where cells of a class can be written, beginning at the first free place.
  func room(for kind: CellKind) -> UnsafeMutablePointer<UInt32> {
    unsafe cells + Int(self[kind].top)
  }

  /// The cells at the bottom of a class's stack: those that have lain there longest.
  func lowest(of kind: CellKind) -> UnsafeMutablePointer<UInt32> {
    unsafe cells + Int(self[kind].bottom)
  }

  /// Notes that `count` cells have been written where there was room; next time more are asked for, up
  /// to half of the stack.
  func receive(_ count: Int, _ kind: CellKind) {
    self[kind].top += UInt32(count)
    self[kind].receivedCount += count
    self[kind].missCount += 1
    self[kind].batch = min(self[kind].batch * 2, UInt32(max(1, self[kind].fullBatch)))
  }

  /// Drops the `count` lowest cells of a class, which have been given back.
  func dropLowest(_ count: Int, _ kind: CellKind) {
    let bin = self[kind]
    let lowest = unsafe cells + Int(bin.bottom)
    unsafe memmove(lowest, lowest + count, (bin.cellCount - count) * MemoryLayout<UInt32>.stride)
    self[kind].top -= UInt32(count)
    self[kind].returnedCount += count
  }

  /// How many cells to ask the central list for.
  func nextBatch(_ kind: CellKind) -> Int { Int(self[kind].batch) }

  func hash(into digest: inout Digest) {
    for raw in 0..<UInt8(CellKind.count) {
      let kind = CellKind(raw: raw)
      guard self[kind].receivedCount + self[kind].freeCount + self[kind].sharedCount > 0 else {
        continue
      }
      digest.mix(Int(raw))
      digest.mix(Int(self[kind].batch))
      digest.mix(Int(self[kind].spareHalf))
      digest.mix(self[kind].missCount)
      digest.mix(self[kind].allocationCount)
      forEachCell(of: kind) { digest.mix(Int($0)) }
    }
  }
}
