/// What stands at the start of every object.
///
/// ```
/// offset 0        4               8        8 + 4n             8 + 4n + p
/// │ slot count n │ payload bytes p │ n slots │ payload            │ rest of the cell
/// ```
/// A slot is a `Reference`'s word; the payload is opaque to every collector. Where the collector needs
/// room for itself in every object, two words more stand before the slots: `CollectorWord`.
public struct ObjectHeader: Hashable, Sendable {
  public let slotCount: Int
  public let payloadBytes: Int

  @inline(__always)
  init(slotCount: Int, payloadBytes: Int) {
    self.slotCount = slotCount
    self.payloadBytes = payloadBytes
  }

  /// The header of an object that somebody asks for.
  @inline(__always)
  init(requestedSlots slotCount: Int, payloadBytes: Int) throws(HeapError) {
    let slotLimit = ObjectHeader.largestObjectBytes / ObjectHeader.slotBytes
    self.init(slotCount: slotCount, payloadBytes: payloadBytes)
    guard (0...slotLimit).contains(slotCount),
      (0...ObjectHeader.largestObjectBytes).contains(payloadBytes),
      objectBytes <= ObjectHeader.largestObjectBytes
    else { throw .impossibleSize(slotCount: slotCount, payloadBytes: payloadBytes) }
  }

  @inlinable public static var byteCount: Int { 8 }
  @inlinable static var slotBytes: Int { 4 }
  /// Whole pages whose number of bytes fits a span's record.
  static let largestObjectBytes = Int(UInt32.max) / Page.bytes * Page.bytes

  /// Whether the object is pointer-free and under 16 bytes, so that it shares a cell with another one
  /// and has a state byte in place of a header.
  @inline(__always)
  var isTiny: Bool { slotCount == 0 && payloadBytes <= TinyHalf.largestPayload }

  /// Bytes that the object needs of a cell: `objectBytes`, or for a tiny one payload and state.
  public var requestedBytes: Int { isTiny ? payloadBytes + 1 : objectBytes }

  /// Bytes of header, slots and payload.
  @inline(__always)
  public var objectBytes: Int {
    ObjectHeader.byteCount + slotCount * ObjectHeader.slotBytes + payloadBytes
  }
}

extension Arena {
  func loadHeader(at offset: Int) -> ObjectHeader {
    ObjectHeader(
      slotCount: Int(load32(at: offset)), payloadBytes: Int(load32(at: offset + 4)))
  }

  @inline(__always)
  func storeHeader(_ header: ObjectHeader, at offset: Int) {
    let word = UInt64(truncatingIfNeeded: header.slotCount)
    store64(word | UInt64(truncatingIfNeeded: header.payloadBytes) << 32, at: offset)
  }

  /// Where slot `index` of the object at `offset` stands.
  @inline(__always)
  func slotOffset(_ index: Int, ofObjectAt offset: Int) -> Int {
    offset + headerBytes + index * ObjectHeader.slotBytes
  }
}
