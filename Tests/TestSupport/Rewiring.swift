public import GarbageCollection

/// A program that rewires a graph at random: what a collector has to follow at its worst.
///
/// A ring of anchors stands in the mutator's variables; each step hangs a new object somewhere, moves a
/// reference, or lets one go. All it reads it has reached from its variables.
public struct Rewiring: ~Copyable {
  private var mutator: ThreadedMutator
  private var generator: SeededGenerator
  private let anchorCount: Int
  public private(set) var operationCount = 0

  private static let slotCount = 4

  public init(_ mutator: consuming ThreadedMutator, seed: UInt64, anchorCount: Int = 64) {
    self.mutator = mutator
    generator = SeededGenerator(seed: seed)
    self.anchorCount = anchorCount
  }

  /// Allocates the anchors.
  public mutating func populate() throws {
    for _ in 0..<anchorCount {
      let anchor = try mutator.allocate(slotCount: Rewiring.slotCount, payloadBytes: 16)
      mutator.push(anchor)
    }
  }

  /// Does so many steps.
  public mutating func run(_ count: Int, exchanging board: ExchangeBoard? = nil) throws {
    for _ in 0..<count {
      try step(board)
      operationCount += 1
      if operationCount % Rewiring.stepsPerGraph == 0 { try renew(board) }
    }
  }

  /// Steps after which a graph is let go of, so that what lives does not grow with the steps.
  private static let stepsPerGraph = 20_000

  /// Begins anew: with fresh anchors, and nothing on the board.
  private mutating func renew(_ board: ExchangeBoard?) throws {
    for index in 0..<anchorCount {
      let anchor = try mutator.allocate(slotCount: Rewiring.slotCount, payloadBytes: 16)
      mutator[index] = anchor
    }
    guard let board else { return }
    for slot in 0..<board.slotCount { mutator.store(nil, in: slot, of: board.object) }
  }

  private mutating func step(_ board: ExchangeBoard?) throws {
    mutator.safepoint()
    let source = pick()
    switch Int.random(in: 0..<8, using: &generator) {
    case 0, 1:
      // The newborn is held by nothing but this frame until it is stored: no safepoint lies between.
      let index = Int.random(in: 0..<anchorCount, using: &generator)
      let object = try mutator.allocate(slotCount: Rewiring.slotCount, payloadBytes: 16)
      let anchor = mutator[index]!
      mutator.store(mutator.load(0, of: anchor), in: 1, of: object)
      mutator.store(object, in: Int.random(in: 0..<4, using: &generator), of: anchor)
    case 2: mutator.store(nil, in: Int.random(in: 0..<4, using: &generator), of: source)
    case 3: mutator[Int.random(in: 0..<anchorCount, using: &generator)] = source
    case 4:
      guard let board else { break }
      let slot = Int.random(in: 0..<board.slotCount, using: &generator)
      mutator.store(source, in: slot, of: board.object)
    case 5:
      guard let board else { break }
      let slot = Int.random(in: 0..<board.slotCount, using: &generator)
      if let found = mutator.load(slot, of: board.object) {
        mutator.store(found, in: Int.random(in: 0..<4, using: &generator), of: source)
      }
    default:
      let target = pick()
      mutator.store(target, in: Int.random(in: 0..<4, using: &generator), of: source)
    }
  }

  /// An object some steps away from a random anchor.
  private mutating func pick() -> Reference {
    var object = mutator[Int.random(in: 0..<anchorCount, using: &generator)]!
    for _ in 0..<Int.random(in: 0..<6, using: &generator) {
      let slot = Int.random(in: 0..<Rewiring.slotCount, using: &generator)
      guard let next = mutator.load(slot, of: object) else { break }
      object = next
    }
    return object
  }
}

/// An object that several threads read and write at once.
public struct ExchangeBoard: Sendable {
  public let object: Reference
  public let slotCount: Int

  public init(object: Reference, slotCount: Int) {
    self.object = object
    self.slotCount = slotCount
  }
}
