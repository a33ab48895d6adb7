public import GarbageCollection
public import ModelChecking

extension Script {
  /// A losing schedule as a script, which replays it in the visualizer.
  public init(losing story: ModelChecking.Story, under settings: Settings) {
    var names = Naming(story.start.labels)
    var statements = settings.changed.map { Statement.set($0.name, $0.word) }
    statements += story.start.statements
    if let start = story.setup.firstIndex(of: .collect(.start)) {
      statements += [.start] + Script.steps(story.setup[start...])
    }
    for step in story.steps {
      let steps = Script.steps(step.actions[...])
      switch step.turn {
      // An end of marking that finds more to do is one collector step, not the rest of the cycle.
      case .finish where step.actions.count == 1 || settings.collector.copiesObjects:
        statements += steps
      case .start, .startMinor:
        statements += step.turn.statements(on: story.start.snapshot, nil, &names) + steps
      default:
        statements += step.turn.statements(on: story.start.snapshot, step.newborn, &names)
      }
    }
    let lost = story.lost.map { names[$0] }
    statements += lost.map { .expect(.fate(label: $0, .lost)) }
    let title = LocalizedText("How \(lost.joined(separator: " and ")) is lost")
    self.init([.title(title)] + statements)
  }
}

extension Script {
  /// The collector's single steps among some actions, as one statement.
  private static func steps(_ actions: ArraySlice<Action>) -> [Statement] {
    let count = actions.count { $0 == .collect(.step) }
    return count == 0 ? [] : [.step(count: count, .step)]
  }
}

extension CollectorKind {
  /// Whether a turn that ends marking may end somewhere else than the cycle does.
  fileprivate var copiesObjects: Bool { self == .copying || self == .generational }
}

/// What a script calls the objects of a story, which gives the names of the dead to newborns.
struct Naming {
  private var names: [String: String] = [:]
  private var used: Set<String> = []

  init(_ labels: [ObjectLabel]) {
    for label in labels { name(label.description) }
  }

  subscript(label: ObjectLabel) -> String { self[label.description] }

  subscript(label: String) -> String { names[label] ?? label }

  /// A name for a new object that the story calls `label`.
  @discardableResult
  mutating func name(_ label: String) -> String {
    var name = label
    var number = 2
    while !used.insert(name).inserted {
      name = "\(label)\(number)"
      number += 1
    }
    names[label] = name
    return name
  }
}

extension Settings {
  /// The settings that are not the ones a script has by itself.
  fileprivate var changed: [(name: SettingName, word: String)] {
    let plain = Settings()
    return SettingName.allCases.compactMap { name in
      guard let word = chosenWord(for: name), word != plain.chosenWord(for: name) else {
        return nil
      }
      return (name, word)
    }
  }
}

extension LabelledSnapshot {
  /// Statements that build the heap.
  fileprivate var statements: [Statement] {
    var statements: [Statement] = []
    let value = { (number: Int?) -> Value in number.map { .name(labels[$0].description) } ?? .nil }
    for (number, object) in snapshot.objects.enumerated() {
      statements.append(
        .object(
          label: labels[number].description, slotCount: object.slots.count,
          byteCount: object.payloadBytes))
    }
    for (number, stack) in snapshot.stacks.enumerated() {
      if number > 0 { statements.append(.thread(stack.thread)) }
      for frame in stack.frames {
        statements.append(Statement.push(frame.name).by(stack.thread))
        for variable in frame.variables {
          statements.append(
            Statement.local(name: variable.name, value(variable.value)).by(stack.thread))
        }
      }
    }
    for (number, object) in snapshot.objects.enumerated() {
      for (slot, target) in object.slots.enumerated() where target != nil {
        statements.append(
          .store(SlotPath(labels[number].description, slot), value(target)))
      }
    }
    return statements
  }
}

extension Turn {
  typealias Newborn = (label: String, slotCount: Int, byteCount: Int)

  /// The statements that make the turn happen.
  ///
  /// - Parameter newborn: the object that a birth makes.
  func statements(
    on snapshot: Snapshot, _ newborn: Newborn?, _ names: inout Naming
  ) -> [Statement] {
    if let newborn { names.name(newborn.label) }
    let statements = plainStatements(on: snapshot, newborn, names)
    guard let mutator = actingMutator else { return statements }
    let thread = snapshot.stacks[mutator.index].thread
    return statements.map { $0.by(thread) }
  }

  private func plainStatements(
    on snapshot: Snapshot, _ newborn: Newborn?, _ names: Naming
  ) -> [Statement] {
    switch self {
    case .load(let target, let slot, let base):
      [target.assignment(of: .slot(SlotPath(base.name, slot)))]
    case .copy(let target, let source): [target.assignment(of: .name(source.name))]
    case .clear(let target): [target.assignment(of: .nil)]
    case .store(let slot, let base, let source):
      [.store(SlotPath(base.name, slot), source.map { .name($0.name) } ?? .nil)]
    case .allocate(let target):
      newborn.map { newborn in
        let name = names[newborn.label]
        return [
          .object(label: name, slotCount: newborn.slotCount, byteCount: newborn.byteCount),
          target.assignment(of: .name(name)),
        ]
      } ?? []
    case .copyObject(let source, let target): [.copy(source.name, to: target.name)]
    case .send(let source, let target):
      [
        .send(
          source.name, to: snapshot.stacks[target.mutator.index].thread, as: target.name)
      ]
    // A program's statements stand in its script.
    case .statement: []
    case .resume: [.resume]
    case .start: [.start]
    case .startMinor: [.startMinor]
    case .scanStack(let mutator):
      [
        .scan(
          .stack(thread: mutator == .main ? nil : snapshot.stacks[mutator.index].thread))
      ]
    case .scanGlobal(let index): [.scan(.global(snapshot.globals[index].name))]
    case .scanObject(let label): [.scan(.object(names[label]))]
    case .finish: [.finish]
    }
  }
}

extension Register {
  fileprivate func assignment(of value: Value) -> Statement {
    switch place {
    case .variable: .local(name: name, value)
    case .global: .root(name: name, value)
    }
  }
}
