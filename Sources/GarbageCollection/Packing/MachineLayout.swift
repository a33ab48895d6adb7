/// What never changes in a family of states: threads, variables, globals, and the objects there can be.
///
/// Objects have numbers, their labels, which they keep; an object that does not exist is free.
public struct MachineLayout: Hashable, Sendable {
  public struct Frame: Hashable, Sendable {
    public let name: String
    public let variables: [String]

    public init(name: String, variables: [String]) {
      self.name = name
      self.variables = variables
    }
  }

  public struct Thread: Hashable, Sendable {
    public let name: String
    /// What its stack looks like at each position of its program; one for a thread without.
    public let positions: [[Frame]]

    public init(name: String, positions: [[Frame]]) {
      self.name = name
      self.positions = positions
    }

    /// The most variables that the stack ever has.
    public var variableCount: Int {
      positions.map { frames in frames.reduce(0) { $0 + $1.variables.count } }.max() ?? 0
    }
  }

  public struct Object: Hashable, Sendable {
    public let slotCount: Int
    public let payloadBytes: Int

    public init(slotCount: Int, payloadBytes: Int = 0) {
      self.slotCount = slotCount
      self.payloadBytes = payloadBytes
    }

    /// An object that has a cell to itself: one that might share its cell is given some bytes more.
    public init(ownCellFor slotCount: Int, _ payloadBytes: Int) {
      let isTiny = ObjectHeader(slotCount: slotCount, payloadBytes: payloadBytes).isTiny
      self.init(
        slotCount: slotCount,
        payloadBytes: isTiny ? SizeClass.granuleBytes : payloadBytes)
    }
  }

  public var threads: [Thread]
  public var globals: [String]
  public var objects: [Object]

  public init(threads: [Thread], globals: [String] = [], objects: [Object]) {
    self.threads = threads
    self.globals = globals
    self.objects = objects
  }
}

/// How many bits each part of a state takes.
struct StateWidths: Hashable, Sendable {
  let reference: Int
  let slot: Int
  /// For the slot, variable or global that a store writes.
  let place: Int
  /// By thread.
  let positions: [Int]
  let keepsScan: Bool
  let keepsStores: Bool
  /// Whether a store remembers what the flag said.
  let keepsFlags: Bool
  /// Whether objects may wait for termination.
  let keepsDeferred: Bool
  let keepsBuffers: Bool

  static let phase = 3
  static let color = 2
  static let instruction = 4
  static let access = 3
  static let bufferCount = 3
  static let thread = 3

  init(_ layout: MachineLayout, _ settings: Settings) {
    reference = StateWidths.bits(for: layout.objects.count)
    slot = StateWidths.bits(for: layout.objects.map(\.slotCount).max() ?? 0)
    let variableCount = layout.threads.map(\.variableCount).max() ?? 0
    place = StateWidths.bits(
      for: max(
        variableCount, layout.globals.count, layout.objects.map(\.slotCount).max() ?? 0))
    positions = layout.threads.map { StateWidths.bits(for: $0.positions.count - 1) }
    keepsScan = settings.scan != .object
    let programs = BarrierPrograms(settings)
    keepsStores = [programs.store, programs.move].contains { $0.instructions.contains(.yield) }
    keepsFlags = settings.flagCheck == .early
    keepsDeferred = BarrierProgram.Access.allCases.contains {
      programs[$0].instructions.contains(.deferSource)
    }
    keepsBuffers = settings.buffer != .off
  }

  /// Bits that hold 0 to `largest`.
  private static func bits(for largest: Int) -> Int { Int.bitWidth - largest.leadingZeroBitCount }

  var store: Int {
    1 + StateWidths.instruction + StateWidths.access + (keepsFlags ? 1 : 0) + 2
      + StateWidths.thread + place + 3 * reference
  }

  /// Bits of one mutator's buffer, which at rest is not full.
  var buffer: Int { StateWidths.bufferCount + (BarrierBuffers.limit - 1) * reference }

  private var rootsStart: Int { StateWriter<SmallState>.ownBitCount + StateWidths.phase }

  private func rootsCount(_ layout: MachineLayout) -> Int {
    layout.threads.reduce(positions.reduce(0, +)) { $0 + 1 + $1.variableCount * reference }
      + layout.globals.count * (1 + reference)
  }

  /// Ones where roots stand in a state, by words of 64 bits.
  func rootBits(_ layout: MachineLayout) -> [UInt64] {
    var limbs = [UInt64](repeating: 0, count: LargeState.limbCount)
    for bit in rootsStart..<rootsStart + rootsCount(layout) where bit / 64 < limbs.count {
      limbs[bit / 64] |= 1 << UInt64(bit % 64)
    }
    return limbs
  }

  func sum(_ layout: MachineLayout) -> Int {
    var sum = rootsStart + rootsCount(layout)
    for object in layout.objects { sum += StateWidths.color + object.slotCount * reference }
    if keepsScan { sum += reference + slot }
    if keepsStores { sum += layout.threads.count * store }
    if keepsDeferred { sum += layout.objects.count }
    if keepsBuffers { sum += layout.threads.count * buffer }
    return sum
  }
}

extension MachineLayout {
  /// Bits of a state under `settings`.
  public func bitCount(_ settings: Settings) -> Int { StateWidths(self, settings).sum(self) }
}
