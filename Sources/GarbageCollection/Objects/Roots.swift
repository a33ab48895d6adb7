/// Where the program's own references are: globals, and a stack for each mutator.
///
/// Barriers act on globals as on slots; stacks have none.
public struct Roots: Hashable, Sendable {
  public internal(set) var globals: [Global] = []
  /// One for each mutator, in order of `MutatorID`.
  public internal(set) var stacks: [Stack] = [Stack()]

  public init() {}

  public struct Global: Hashable, Sendable {
    public let name: String
    public internal(set) var value: Reference?
    /// Whether this cycle has scanned it.
    public internal(set) var isScanned: Bool
  }

  public struct Stack: Hashable, Sendable {
    /// What people call the thread that runs on it.
    public internal(set) var thread = "main"
    /// Whether the thread has ended: it never has frames again.
    public internal(set) var isEnded = false
    /// The bottom frame first.
    public internal(set) var frames: [Frame] = []
    /// Whether this cycle has scanned it: a black mutator.
    public internal(set) var isScanned = false
  }

  public struct Frame: Hashable, Sendable {
    public let name: String
    public internal(set) var variables: [Variable] = []
  }

  public struct Variable: Hashable, Sendable {
    public let name: String
    public internal(set) var value: Reference?
  }
}

/// A mutator, by its number; 0 is the one every program starts with.
public struct MutatorID: Hashable, Sendable {
  public let index: Int

  public init(_ index: Int) { self.index = index }

  public static var main: MutatorID { MutatorID(0) }
}

/// What a collector scans in one step before any object.
public enum RootID: Hashable, Sendable {
  /// A whole stack: its mutator is stopped while its variables are read.
  case stack(MutatorID)
  /// One global variable, by position.
  case global(Int)
}

/// A place that holds a reference; `Object` names objects by address or by identity.
public enum Location<Object: Hashable & Sendable>: Hashable, Sendable {
  case global(Int)
  /// A variable of a frame, counted from the bottom, of a mutator's stack.
  case variable(Int, frame: Int, of: MutatorID)
  case slot(Int, of: Object)
}

extension Location {
  /// The same place with its object named another way.
  public func map<Other>(_ rename: (Object) -> Other) -> Location<Other> {
    switch self {
    case .global(let index): .global(index)
    case .variable(let index, let frame, let mutator):
      .variable(index, frame: frame, of: mutator)
    case .slot(let index, let object): .slot(index, of: rename(object))
    }
  }
}

extension Location {
  func hash(into digest: inout Digest, number: (Object) -> Int) {
    switch self {
    case .global(let index):
      digest.mix(0)
      digest.mix(index)
    case .variable(let index, let frame, let mutator):
      digest.mix(1 + mutator.index)
      digest.mix(frame)
      digest.mix(index)
    case .slot(let slot, let object):
      digest.mix(-1)
      digest.mix(slot)
      digest.mix(number(object))
    }
  }
}

extension Roots {
  /// The mutator whose thread has that name, ended or not.
  public func mutator(named thread: String) -> MutatorID? {
    stacks.firstIndex { $0.thread == thread }.map { MutatorID($0) }
  }

  public func globalIndex(named name: String) -> Int? {
    globals.firstIndex { $0.name == name }
  }

  /// The variable of that name in the top frame, where the running function sees it.
  public func variable(named name: String, of mutator: MutatorID) -> Location<Reference>? {
    let frames = stacks[mutator.index].frames
    guard let index = frames.last?.variables.firstIndex(where: { $0.name == name }) else {
      return nil
    }
    return .variable(index, frame: frames.count - 1, of: mutator)
  }

  /// Every place outside the heap, stacks first, with what it holds.
  public func forEachPlace(_ body: (Location<Reference>, Reference?) -> Void) {
    for (number, stack) in stacks.enumerated() {
      for (frame, content) in stack.frames.enumerated() {
        for (index, variable) in content.variables.enumerated() {
          body(.variable(index, frame: frame, of: MutatorID(number)), variable.value)
        }
      }
    }
    for (index, global) in globals.enumerated() { body(.global(index), global.value) }
  }

  func hash(into digest: inout Digest) {
    for global in globals {
      digest.mix(global.name)
      digest.mix(Int(global.value?.word ?? 0) << 1 | (global.isScanned ? 1 : 0))
    }
    for stack in stacks {
      digest.mix(stack.thread)
      digest.mix((stack.isScanned ? 1 : 2) + (stack.isEnded ? 2 : 0))
      for frame in stack.frames {
        digest.mix(frame.name)
        for variable in frame.variables {
          digest.mix(variable.name)
          digest.mix(Int(variable.value?.word ?? 0))
        }
      }
    }
  }
}
