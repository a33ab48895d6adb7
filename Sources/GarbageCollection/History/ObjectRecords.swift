/// The records of all objects ever born, by number.
///
/// Kept in blocks, so that states of a run share all but the blocks that changed between them: a run
/// keeps hundreds of states, and each step touches a few records.
public struct ObjectRecords: RandomAccessCollection, Sendable {
  private static let blockLength = 64

  /// All full but the last.
  private var blocks: [[ObjectRecord]] = []
  public private(set) var count = 0

  public var startIndex: Int { 0 }
  public var endIndex: Int { count }

  public internal(set) subscript(position: Int) -> ObjectRecord {
    get { blocks[position / Self.blockLength][position % Self.blockLength] }
    set { blocks[position / Self.blockLength][position % Self.blockLength] = newValue }
  }

  mutating func append(_ record: ObjectRecord) {
    if count.isMultiple(of: Self.blockLength) { blocks.append([]) }
    blocks[blocks.count - 1].append(record)
    count += 1
  }
}
