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

  /// The variables of all frames in one array, so that a mutator's loads and stores, and the checker's
  /// return to an earlier state, touch one place each.
  public struct Stack: Hashable, Sendable {
    /// What people call the thread that runs on it.
    public internal(set) var thread = "main"
    /// Whether the thread has ended: it never has frames again.
    public internal(set) var isEnded = false
    /// Whether this cycle has scanned it: a black mutator.
    public internal(set) var isScanned = false
    /// What the variables hold, those of the bottom frame first.
    var values: [Reference?] = []
    private(set) var shapes: [FrameShape] = []
    /// What a compiled program holds: as if these were variables of one frame more, above the others.
    var shadow: ShadowStack?
  }

  /// What a frame is but for the values of its variables.
  struct FrameShape: Hashable, Sendable {
    let name: String
    /// Where its first variable stands in `Stack.values`.
    let start: Int
    fileprivate(set) var variableNames: [String] = []
    /// Numbers of the variables that hold raw addresses.
    fileprivate(set) var rawVariables: Set<Int> = []
  }

  public struct Frame: Hashable, Sendable {
    public let name: String
    public internal(set) var variables: [Variable] = []
  }

  public struct Variable: Hashable, Sendable {
    public let name: String
    public internal(set) var value: Reference?
    /// Whether it holds an address as a number: no collector looks at it, or sets it to a new place.
    public internal(set) var isRaw = false
  }
}

extension Roots.Stack {
  /// The frames with their variables, the bottom one first; O(variables).
  public var frames: [Roots.Frame] {
    shapes.map { shape in
      var frame = Roots.Frame(name: shape.name)
      for (index, name) in shape.variableNames.enumerated() {
        frame.variables.append(
          Roots.Variable(
            name: name, value: values[shape.start + index],
            isRaw: shape.rawVariables.contains(index)))
      }
      return frame
    }
  }

  /// A stack that holds `frames`.
  init(frames: [Roots.Frame] = []) {
    for frame in frames {
      pushFrame(named: frame.name)
      for variable in frame.variables {
        let index = addVariable(named: variable.name, isRaw: variable.isRaw)
        self[index, frame: shapes.count - 1] = variable.value
      }
    }
  }

  public var frameCount: Int { shapes.count }

  func variableCount(ofFrame frame: Int) -> Int { shapes[frame].variableNames.count }

  /// A variable's value, by its number in a frame.
  subscript(index: Int, frame frame: Int) -> Reference? {
    get {
      guard frame < shapes.count else { return shadowValue(index) }
      return values[shapes[frame].start + index]
    }
    set {
      guard frame < shapes.count else {
        shadow?[index] = newValue?.word ?? 0
        return
      }
      values[shapes[frame].start + index] = newValue
    }
  }

  /// Whether the variable holds a raw address.
  @inline(__always)
  func isRaw(_ index: Int, frame: Int) -> Bool {
    guard frame < shapes.count, !shapes[frame].rawVariables.isEmpty else { return false }
    return shapes[frame].rawVariables.contains(index)
  }

  /// Where the first variable of a frame stands in `values`.
  func start(ofFrame frame: Int) -> Int { shapes[frame].start }

  /// The variable whose value stands at `index` in `values`.
  func place<Object>(ofValue index: Int, of mutator: MutatorID) -> Location<Object> {
    let frame = (shapes.lastIndex { $0.start <= index && !$0.variableNames.isEmpty }) ?? 0
    return .variable(index - shapes[frame].start, frame: frame, of: mutator)
  }

  /// The number, in the top frame, of the variable of that name; nil if there is none.
  func variable(named name: String) -> Int? {
    shapes.last?.variableNames.firstIndex(of: name)
  }

  /// Calls `body` with the number, the frame and the value of every variable, the bottom frame first.
  @inline(__always)
  func forEachVariable(_ body: (Int, Int, Reference?) -> Void) {
    for (frame, shape) in shapes.enumerated() {
      for index in 0..<shape.variableNames.count {
        body(index, frame, values[shape.start + index])
      }
    }
    guard let shadow else { return }
    for index in 0..<shadow.count { body(index, shapes.count, shadowValue(index)) }
  }

  private func shadowValue(_ index: Int) -> Reference? {
    guard let word = shadow?[index], word != 0 else { return nil }
    return Reference(word: word)
  }

  mutating func pushFrame(named name: String) {
    shapes.append(Roots.FrameShape(name: name, start: values.count))
  }

  /// The name of the frame that is gone; nil if there was none.
  mutating func popFrame() -> String? {
    guard let shape = shapes.popLast() else { return nil }
    values.removeSubrange(shape.start...)
    return shape.name
  }

  /// What the variables refer to, raw addresses left out.
  var references: [Reference] { references(fromFrame: 0) }

  /// What the variables of the top frame refer to, raw addresses left out.
  var topFrameReferences: [Reference] { references(fromFrame: max(0, shapes.count - 1)) }

  private func references(fromFrame first: Int) -> [Reference] {
    var references: [Reference] = []
    for (frame, shape) in shapes.enumerated().dropFirst(first) {
      for index in shape.variableNames.indices where !isRaw(index, frame: frame) {
        if let value = values[shape.start + index] { references.append(value) }
      }
    }
    return references
  }

  mutating func removeFrames() {
    shapes = []
    values = []
  }

  /// Adds a variable, which is nil, to the top frame; its number there.
  mutating func addVariable(named name: String, isRaw: Bool = false) -> Int {
    values.append(nil)
    shapes[shapes.count - 1].variableNames.append(name)
    let index = shapes[shapes.count - 1].variableNames.count - 1
    if isRaw { shapes[shapes.count - 1].rawVariables.insert(index) }
    return index
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
    guard let index = stacks[mutator.index].variable(named: name) else { return nil }
    return .variable(index, frame: stacks[mutator.index].frameCount - 1, of: mutator)
  }

  subscript(place: Location<Reference>) -> Reference? {
    get {
      switch place {
      case .global(let index): globals[index].value
      case .variable(let index, let frame, let mutator):
        stacks[mutator.index][index, frame: frame]
      case .slot: preconditionFailure("a slot is no root")
      }
    }
    set {
      switch place {
      case .global(let index): globals[index].value = newValue
      case .variable(let index, let frame, let mutator):
        stacks[mutator.index][index, frame: frame] = newValue
      case .slot: preconditionFailure("a slot is no root")
      }
    }
  }

  /// Whether the place is a variable that holds a raw address.
  public func isRaw(_ place: Location<Reference>) -> Bool {
    guard case .variable(let index, let frame, let mutator) = place else { return false }
    return stacks[mutator.index].isRaw(index, frame: frame)
  }

  /// Every place outside the heap, stacks first, with what it holds.
  public func forEachPlace(_ body: (Location<Reference>, Reference?) -> Void) {
    for (number, stack) in stacks.enumerated() {
      stack.forEachVariable { index, frame, value in
        body(.variable(index, frame: frame, of: MutatorID(number)), value)
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
          digest.mix(Int(variable.value?.word ?? 0) << 1 | (variable.isRaw ? 1 : 0))
        }
      }
    }
  }
}
