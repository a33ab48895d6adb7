import GarbageCollection

/// A search written down, to be taken up again later.
///
/// ```
/// magic │ length of title, title │ transitions, depth, next, levelEnd, count │ states │ parents │ ordinals
/// ```
/// Little-endian. The table is not written: it follows from the states.
extension Search {
  static var magic: [UInt8] { Array("tricolor search 1\n".utf8) }

  /// - Parameter title: says what is searched; a search of anything else refuses the checkpoint.
  public func checkpoint(titled title: String) -> [UInt8] {
    var bytes = Search.magic
    bytes.append(UInt64(title.utf8.count))
    bytes += title.utf8
    for number in [transitionCount, depth, next, levelEnd, states.count] {
      bytes.append(UInt64(number))
    }
    bytes.reserveCapacity(bytes.count + states.count * (Subject.State.limbCount * 8 + 6))
    for state in states {
      for limb in 0..<Subject.State.limbCount { bytes.append(state[limb]) }
    }
    for parent in parents { bytes.append(parent) }
    for ordinal in ordinals { bytes.append(ordinal) }
    return bytes
  }

  /// Takes up the search of a checkpoint.
  public init(
    _ model: Subject, limits: SearchLimits, resuming bytes: [UInt8], titled title: String
  ) throws(CheckpointError) {
    var reader = ByteReader(bytes)
    guard reader.take(Search.magic.count) == Search.magic[...] else { throw .notACheckpoint }
    let found = String(decoding: try reader.take(counted: try reader.integer()), as: UTF8.self)
    guard found == title else { throw .ofAnotherCheck(found) }
    self.init(empty: model, limits: limits)
    let numbers = try (0..<5).map { _ throws(CheckpointError) in try reader.integer() }
    (transitionCount, depth, next, levelEnd) = (numbers[0], numbers[1], numbers[2], numbers[3])
    let count = numbers[4]
    guard next <= levelEnd, levelEnd <= count, count <= bytes.count else { throw .damaged }
    states.reserveCapacity(count)
    for _ in 0..<count {
      var state = Subject.State()
      for limb in 0..<Subject.State.limbCount { state[limb] = try reader.number(UInt64.self) }
      guard state != Subject.State(), table.insert(state) else { throw .damaged }
      states.append(state)
    }
    for position in 0..<count {
      let parent = try reader.number(UInt32.self)
      guard parent == Search.noParent || parent < position else { throw .damaged }
      parents.append(parent)
    }
    for _ in 0..<count { ordinals.append(try reader.number(UInt16.self)) }
    guard reader.isAtEnd else { throw .damaged }
    if next == count { throw .damaged }
  }
}

/// Why a checkpoint cannot be taken up.
public enum CheckpointError: Error, Hashable, Sendable {
  case notACheckpoint
  /// It is a search of something else: this.
  case ofAnotherCheck(String)
  case damaged
}

extension CheckpointError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notACheckpoint: "this is no checkpoint; expected a file that --checkpoint has written"
    case .ofAnotherCheck(let title): "the checkpoint is of another check: \(title)"
    case .damaged: "the checkpoint is damaged or cut off"
    }
  }
}

extension [UInt8] {
  fileprivate mutating func append<Number: FixedWidthInteger>(_ number: Number) {
    var rest = number
    for _ in 0..<MemoryLayout<Number>.size {
      append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
  }
}

private struct ByteReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func take(_ count: Int) -> ArraySlice<UInt8> {
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  mutating func take(counted count: Int) throws(CheckpointError) -> ArraySlice<UInt8> {
    guard count <= rest.count else { throw .damaged }
    return take(count)
  }

  mutating func number<Number: FixedWidthInteger>(
    _: Number.Type
  ) throws(CheckpointError) -> Number {
    let bytes = try take(counted: MemoryLayout<Number>.size)
    return bytes.reversed().reduce(0) { $0 << 8 | Number(truncatingIfNeeded: $1) }
  }

  mutating func integer() throws(CheckpointError) -> Int {
    guard let value = Int(exactly: try number(UInt64.self)) else { throw .damaged }
    return value
  }
}
