/// Why the heap could not serve a request; nothing has changed when one is thrown.
public enum HeapError: Error, Hashable, Sendable {
  /// The request would commit more than the limit allows.
  case limitReached(requestedBytes: Int, committedBytes: Int, limitBytes: Int)
  /// No object has so many slots and payload bytes, whatever the limit.
  case impossibleSize(slotCount: Int, payloadBytes: Int)
  /// The system refused address space or memory.
  case systemRefused(call: String, byteCount: Int, code: Int32)
  /// There is no memory for another copy of the heap.
  case outOfMemory
}

extension HeapError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .limitReached(let requested, let committed, let limit):
      "the heap limit of \(ByteSize.describe(limit)) is reached: a span of "
        + "\(ByteSize.describe(requested)) is needed, \(ByteSize.describe(committed)) are committed"
    case .impossibleSize(let slotCount, let payloadBytes):
      "an object cannot have \(slotCount) slots and \(payloadBytes) bytes; expected no negative "
        + "number and at most \(ByteSize.describe(ObjectHeader.largestObjectBytes)) in all"
    case .systemRefused(let call, let byteCount, let code):
      "the system refused \(byteCount) bytes: \(call) failed with error \(code)"
    case .outOfMemory: "there is no memory for another copy of the heap"
    }
  }
}
