/// The names that a statement may use, and what they stand for.
///
/// At a prompt the caller makes one from the machine; in a script it grows with each statement. A
/// label, a global and a visible variable never share a name: statements could not tell them apart.
public struct Scope: Hashable, Sendable {
  /// What a name stands for.
  public enum Meaning: Hashable, Sendable {
    /// The label of an object; nil slots when its declaration was not understood.
    case object(slotCount: Int?)
    case global
    /// A variable of the top frame.
    case variable
  }

  private var shared: [String: Meaning] = [:]
  private var frames: [Set<String>] = []
  /// How many frames hold a variable of that name.
  private var frameCounts: [String: Int] = [:]
  /// Whether an action has come, after which settings are refused.
  public var settingsLocked: Bool

  /// Makes a scope from what is there.
  ///
  /// `labels` holds slot counts; `variables` are those of the top frame, nil without a frame.
  public init(
    labels: [String: Int] = [:], globals: some Sequence<String> = [],
    variables: [String]? = nil, settingsLocked: Bool = false
  ) {
    self.settingsLocked = settingsLocked
    for (label, slotCount) in labels { shared[label] = .object(slotCount: slotCount) }
    for global in globals { shared[global] = .global }
    guard let variables else { return }
    frames.append([])
    for variable in variables { declareVariable(variable) }
  }

  public var hasFrame: Bool { !frames.isEmpty }

  public func meaning(of name: String) -> Meaning? {
    if let meaning = shared[name] { return meaning }
    return frames.last?.contains(name) == true ? .variable : nil
  }

  /// Whether `name` is a variable, but only of frames below the top one.
  func isHidden(_ name: String) -> Bool {
    frameCounts[name] != nil && meaning(of: name) == nil
  }

  /// What any frame or the heap already calls `name`, if that forbids it a new `meaning`.
  func obstacle(to name: String, meaning: Meaning) -> Meaning? {
    switch (meaning, shared[name]) {
    case (.object, .some(let taken)): taken
    case (.global, .some(.global)): nil
    case (_, .some(let taken)): taken
    case (.variable, nil): nil
    case (_, nil): frameCounts[name] == nil ? nil : .variable
    }
  }
}

extension Scope {
  /// How many names there are, for bounding searches among them.
  var nameCount: Int { shared.count + (frames.last?.count ?? 0) }

  /// The visible names whose meaning `isWanted`, sorted.
  func names(where isWanted: (Meaning) -> Bool) -> [String] {
    unsortedNames(where: isWanted).sorted()
  }

  /// Cheaper than `names`, for uses that cannot see the order.
  func unsortedNames(where isWanted: (Meaning) -> Bool) -> [String] {
    let variables = isWanted(.variable) ? frames.last.map(Array.init) ?? [] : []
    return shared.filter { isWanted($0.value) }.map(\.key) + variables
  }
}

extension Scope {
  /// What a statement changes about the names.
  enum Effect: Hashable {
    case declares(String, Meaning)
    case pushes
    case pops
  }

  /// Takes note of a statement that was carried out.
  public mutating func apply(_ statement: Statement) {
    if statement.isAction { settingsLocked = true }
    if let effect = statement.effect { apply(effect) }
  }

  mutating func apply(_ effect: Effect) {
    switch effect {
    case .declares(let name, .variable):
      if frames.isEmpty { frames.append([]) }
      declareVariable(name)
    case .declares(let name, let meaning):
      if shared[name] == nil { shared[name] = meaning }
    case .pushes: frames.append([])
    case .pops:
      for name in frames.popLast() ?? [] { forget(name) }
    }
  }

  private mutating func declareVariable(_ name: String) {
    guard frames[frames.count - 1].insert(name).inserted else { return }
    frameCounts[name, default: 0] += 1
  }

  private mutating func forget(_ name: String) {
    let count = frameCounts[name] ?? 0
    frameCounts[name] = count > 1 ? count - 1 : nil
  }
}

extension Statement {
  /// What the statement changes about the names.
  var effect: Scope.Effect? {
    switch self {
    case .object(let label, let slotCount, _): .declares(label, .object(slotCount: slotCount))
    case .root(let name, _): .declares(name, .global)
    case .local(let name, _): .declares(name, .variable)
    case .push: .pushes
    case .pop: .pops
    case .title, .set, .store, .start, .step, .until, .finish, .collect, .scan, .resume, .say,
      .beat, .ask, .expect:
      nil
    }
  }
}
