/// A barrier and its store as a short program: what the screen shows is what the mutator runs.
///
/// The machine executes one instruction after the other and stops at `yield`, where other threads may
/// run; so the atomicity of a store is nothing but where its program yields.
public struct BarrierProgram: Hashable, Sendable {
  public enum Instruction: UInt8, Hashable, Sendable {
    /// Remembers what the slot holds now.
    case readOld
    case shadeOld
    case shadeNew
    /// Skips the next instruction unless the source is black.
    case ifSourceIsBlack
    /// Skips the next instruction if the source is black.
    case unlessSourceIsBlack
    /// Skips the next instruction unless the mutator's stack still waits to be scanned.
    case ifStackIsGrey
    case write
    /// Ends the action; the rest of the store is another one.
    case yield
  }

  public let instructions: [Instruction]

  public init(_ barrier: Barrier, atomicity: Atomicity) {
    switch atomicity {
    case .whole: instructions = barrier.wholeStore
    case .shadeFirst: instructions = barrier.body + [.yield, .write]
    case .storeFirst: instructions = [.readOld, .write, .yield] + barrier.body
    case .readFirst: instructions = [.readOld, .yield] + barrier.body + [.yield, .write]
    }
  }

  /// The store alone: what runs while no marking is under way.
  static let bare = BarrierProgram(.none, atomicity: .whole)
}

extension Barrier {
  /// The barrier without the write, as sequence of instructions.
  fileprivate var body: [BarrierProgram.Instruction] {
    switch self {
    case .none: []
    case .dijkstra: [.shadeNew]
    case .dijkstraConditional: [.ifSourceIsBlack, .shadeNew]
    case .yuasa: [.shadeOld]
    case .yuasaConditional: [.unlessSourceIsBlack, .shadeOld]
    case .hybrid: [.shadeOld, .ifStackIsGrey, .shadeNew]
    case .go: [.shadeOld, .shadeNew]
    }
  }

  /// Barrier and write in the order of the barrier's source.
  fileprivate var wholeStore: [BarrierProgram.Instruction] {
    switch self {
    case .dijkstraConditional: [.write] + body
    case .none, .dijkstra, .yuasa, .yuasaConditional, .hybrid, .go: body + [.write]
    }
  }
}

extension BarrierProgram {
  /// The program as pseudo-code; line 0 is the head, line `i + 1` is instruction `i`.
  public var lines: [String] {
    let remembersOld = instructions.contains(.readOld)
    var lines = ["store(slot, new):"]
    var isConditional = false
    for instruction in instructions {
      lines.append((isConditional ? "    " : "  ") + text(of: instruction, remembersOld))
      isConditional = instruction.isCondition
    }
    return lines
  }

  private func text(of instruction: Instruction, _ remembersOld: Bool) -> String {
    switch instruction {
    case .readOld: "old = *slot"
    case .shadeOld: remembersOld ? "shade(old)" : "shade(*slot)"
    case .shadeNew: "shade(new)"
    case .ifSourceIsBlack: "if the source is black:"
    case .unlessSourceIsBlack: "if the source is not black:"
    case .ifStackIsGrey: "if the current stack is grey:"
    case .write: "*slot = new"
    case .yield: "-- other threads may run --"
    }
  }
}

extension BarrierProgram.Instruction {
  /// Whether it decides if the next instruction runs.
  var isCondition: Bool {
    switch self {
    case .ifSourceIsBlack, .unlessSourceIsBlack, .ifStackIsGrey: true
    case .readOld, .shadeOld, .shadeNew, .write, .yield: false
    }
  }
}
