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

  /// A thread's frames, by their variables.
  private struct Stack: Hashable {
    var frames: [Set<String>] = []
    var isEnded = false
  }

  private var shared: [String: Meaning] = [:]
  private var stacks = [Scope.mainThread: Stack()]
  /// Who acts, so that its variables are the ones in sight.
  private(set) var actor = Scope.mainThread
  /// How many frames, of all threads, hold a variable of that name.
  private var frameCounts: [String: Int] = [:]
  /// Whether an action has come, after which settings are refused.
  public var settingsLocked: Bool
  /// Whether the names of the workload are its own already.
  private(set) var hasChurned = false

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
    if let variables { declare(variables) }
  }

  public var hasFrame: Bool { !frames.isEmpty }

  /// Frames of all threads.
  var frameCount: Int { stacks.reduce(0) { $0 + $1.value.frames.count } }

  /// The acting thread's frames.
  private var frames: [Set<String>] {
    get { stacks[actor]?.frames ?? [] }
    set { stacks[actor]?.frames = newValue }
  }

  private mutating func declare(_ variables: [String]) {
    frames.append([])
    for variable in variables { declareVariable(variable) }
  }

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

// MARK: - Threads

extension Scope {
  /// The thread that every program starts with.
  public static let mainThread = "main"

  /// Adds a thread; `variables` are those of its top frame, nil without a frame.
  public mutating func addThread(
    _ name: String, variables: [String]? = nil, isEnded: Bool = false
  ) {
    stacks[name] = Stack(isEnded: isEnded)
    let former = actor
    actor = name
    if let variables { declare(variables) }
    actor = former
  }

  /// The same names as another thread sees them.
  func seen(by thread: String) -> Scope {
    var scope = self
    scope.actor = thread
    return scope
  }

  /// Nil when there never was such a thread.
  func hasEnded(_ thread: String) -> Bool? { stacks[thread]?.isEnded }

  /// Threads that can act, main first.
  var threads: [String] {
    let others = stacks.filter { !$0.value.isEnded && $0.key != Scope.mainThread }
    return [Scope.mainThread] + others.map(\.key).sorted()
  }

  /// The first thread, by name, but the acting one in whose top frame `name` is a variable.
  func thread(seeing name: String) -> String? {
    threads.sorted().first { $0 != actor && stacks[$0]?.frames.last?.contains(name) == true }
  }

  private mutating func end(_ thread: String) {
    for name in stacks[thread]?.frames.flatMap({ $0 }) ?? [] { forget(name) }
    stacks[thread] = Stack(isEnded: true)
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
    /// A variable in the top frame of another thread.
    case declaresIn(thread: String, String)
    case startsThread(String)
    case endsThread(String)
    /// The names that the workload goes by.
    case churns(Churn)
  }

  /// Takes note of a statement that was carried out.
  public mutating func apply(_ statement: Statement) {
    if statement.isAction { settingsLocked = true }
    if let effect = statement.effect { apply(effect, by: statement.thread ?? Scope.mainThread) }
  }

  mutating func apply(_ effect: Effect, by thread: String) {
    guard hasEnded(thread) == false else { return }
    let former = actor
    actor = thread
    defer { actor = former }
    switch effect {
    case .declares(let name, .variable):
      if frames.isEmpty { frames.append([]) }
      declareVariable(name)
    case .declares(let name, let meaning):
      if shared[name] == nil { shared[name] = meaning }
    case .declaresIn(let other, let name): apply(.declares(name, .variable), by: other)
    case .pushes: frames.append([])
    case .pops:
      for name in frames.popLast() ?? [] { forget(name) }
    case .startsThread(let name): if stacks[name] == nil { addThread(name) }
    case .endsThread(let name): if name != Scope.mainThread { end(name) }
    case .churns(let churn):
      hasChurned = true
      for (name, meaning) in churn.names { shared[name] = meaning }
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
    case .local(let name, _), .raw(let name, _): .declares(name, .variable)
    case .send(_, let thread, let name): .declaresIn(thread: thread, name)
    case .push: .pushes
    case .pop: .pops
    case .thread(let name): .startsThread(name)
    case .join(let name): .endsThread(name)
    case .by(_, let statement): statement.effect
    case .churn(let churn): .churns(churn)
    case .title, .set, .store, .start, .startMinor, .step, .until, .finish, .collect,
      .collectMinor, .scan, .work, .resume, .copy, .repeat, .end,
      .free, .say, .beat, .ask, .expect, .goal:
      nil
    }
  }

  /// Who does it, where that is another thread than main.
  public var thread: String? {
    if case .by(let thread, _) = self { thread } else { nil }
  }

  /// The statement as `thread` does it.
  func by(_ thread: String) -> Statement {
    thread == Scope.mainThread ? self : .by(thread: thread, self)
  }
}
