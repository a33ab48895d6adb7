public import GarbageCollection

/// What there is to see of a machine that stands still: the object being scanned, and who waits.
public struct PausedView: Hashable, Sendable {
  /// An object that somebody reads about.
  public struct Object: Hashable, Sendable {
    public let reference: Reference
    public let color: Color
    public let slotCount: Int
    public let payloadBytes: Int

    public init(reference: Reference, color: Color, slotCount: Int, payloadBytes: Int) {
      self.reference = reference
      self.color = color
      self.slotCount = slotCount
      self.payloadBytes = payloadBytes
    }
  }

  public let phase: Phase
  /// The object whose slots are being scanned, and the next slot, 0-based.
  public let scanned: Object?
  public let nextSlot: Int
  /// Words on the worklist: objects, or pages of them where that is the order.
  public let listedCount: Int
  /// The objects that come next.
  public let next: [Object]
  /// Roots that this cycle has not scanned yet.
  public let unscannedRootCount: Int

  /// Objects that are listed one by one.
  public static let limit = 16

  public init(
    phase: Phase, scanned: Object? = nil, nextSlot: Int = 0, listedCount: Int = 0,
    next: [Object] = [], unscannedRootCount: Int = 0
  ) {
    self.phase = phase
    self.scanned = scanned
    self.nextSlot = nextSlot
    self.listedCount = listedCount
    self.next = next
    self.unscannedRootCount = unscannedRootCount
  }
}

extension PausedView {
  init(_ machine: borrowing Machine) {
    let scan = machine.partialScan
    var next: [Object] = []
    for reference in machine.nextWaiting(PausedView.limit) {
      next.append(Object(reference, machine.heap))
    }
    self.init(
      phase: machine.phase,
      scanned: scan.map { Object($0.object, machine.heap) }, nextSlot: scan?.nextSlot ?? 0,
      listedCount: machine.listedCount, next: next,
      unscannedRootCount: machine.unscannedRootCount)
  }
}

extension PausedView.Object {
  init(_ reference: Reference, _ heap: borrowing Heap) {
    let header = heap.header(of: reference)
    self.init(
      reference: reference, color: heap.color(of: reference), slotCount: header.slotCount,
      payloadBytes: header.payloadBytes)
  }
}
