import GarbageCollection
import Scenarios
import TimeTravel

/// Makes up statements that suit a session as it stands, from a seed.
///
/// Most can be played; the others must fail without a trace.
struct RandomStory {
  private var random: SeededGenerator
  private var labelCount = 0

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func number(below limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }

  private mutating func pick<Choice>(_ choices: [Choice]) -> Choice {
    choices[number(below: choices.count)]
  }

  mutating func statement(for session: borrowing Session) -> Statement {
    let stacks = session.timeline.state.machine.roots.stacks
    let labels = standing(session)
    switch number(below: 30) {
    case 24 where stacks.count < 4: return .thread("T\(stacks.count)")
    case 25: return .join(pick(stacks).thread)
    case 26: return free(session, of: .main)
    case 27, 28, 29:
      let mutator = MutatorID(number(below: stacks.count))
      let statement = threadStatement(session, labels, of: mutator)
      return mutator == .main ? statement : .by(thread: stacks[mutator.index].thread, statement)
    case 0, 1, 2: return object()
    case 3: return .push(pick(["main", "f"]))
    case 4: return number(below: 3) == 0 ? .pop : .push("g1")
    case 5: return .root(name: pick(["g", "h"]), value(session, labels))
    case 6, 7, 8: return .local(name: pick(["x", "y", "z"]), value(session, labels))
    case 9, 10, 11, 12: return .store(path(session, labels), value(session, labels))
    case 13: return .start
    case 14, 15: return .step(count: 1 + number(below: 4), .step)
    case 16: return .step(count: 1 + number(below: 2), pick(StepUnit.allCases))
    case 17:
      return labels.isEmpty ? .collect : .until(.color(label: pick(labels), pick([.black, .grey])))
    case 18: return pick([.finish, .collect, .resume])
    case 19: return .scan(labels.isEmpty ? .stack(thread: nil) : .object(pick(labels)))
    case 20: return .until(.phase(pick(Phase.allCases)))
    case 21: return .say(LocalizedText("word \(number(below: 9))"))
    case 22: return .beat
    default: return .expect(.phase(pick(Phase.allCases)))
    }
  }

  /// What any thread can do.
  private mutating func threadStatement(
    _ session: borrowing Session, _ labels: [String], of mutator: MutatorID
  ) -> Statement {
    let value = value(session, labels, of: mutator)
    switch number(below: 9) {
    case 0: return object()
    case 1, 2: return .push(pick(["main", "f"]))
    case 3: return number(below: 3) == 0 ? .pop : .resume
    case 4, 5: return .local(name: pick(["x", "y", "z"]), value)
    case 6: return .root(name: pick(["g", "h"]), value)
    case 7: return free(session, of: mutator)
    default: return .store(path(session, labels, of: mutator), value)
    }
  }

  /// Frees anything that has a name, even what is no more.
  private mutating func free(_ session: borrowing Session, of mutator: MutatorID) -> Statement {
    let labels = session.timeline.state.chronicle.records.map(\.label)
    let names = places(session, of: mutator) + labels
    return .free(names.isEmpty ? "O1" : pick(names))
  }

  private mutating func object() -> Statement {
    labelCount += 1
    return .object(
      label: "O\(labelCount)", slotCount: 1 + number(below: 3), byteCount: pick([0, 8, 40]))
  }

  private func standing(_ session: borrowing Session) -> [String] {
    var labels: [String] = []
    for id in session.timeline.state.chronicle.ids
    where session.timeline.state.chronicle[id].death == nil {
      labels.append(session.timeline.state.label(of: id))
    }
    return labels
  }

  private func places(_ session: borrowing Session, of mutator: MutatorID) -> [String] {
    let stack = session.timeline.state.machine.roots.stacks[mutator.index]
    let variables = stack.frames.last?.variables ?? []
    return variables.map(\.name) + session.timeline.state.machine.roots.globals.map(\.name)
  }

  private mutating func path(
    _ session: borrowing Session, _ labels: [String], of mutator: MutatorID = .main
  ) -> SlotPath {
    let bases = places(session, of: mutator) + labels
    return SlotPath(bases.isEmpty ? "O1" : pick(bases), 0)
  }

  private mutating func value(
    _ session: borrowing Session, _ labels: [String], of mutator: MutatorID = .main
  ) -> Value {
    let names = places(session, of: mutator) + labels
    guard !names.isEmpty, number(below: 5) > 0 else { return .nil }
    return number(below: 3) == 0 ? .slot(SlotPath(pick(names), 0)) : .name(pick(names))
  }

  /// Settings that matter to how a story goes, as the head of a script.
  mutating func settings() -> String {
    let names: [SettingName] = [
      .barrier, .roots, .stacks, .atomicity, .scan, .allocate, .handshake, .elide, .worklist,
      .stackBarrier, .unguarded, .bulkCopy, .send, .buffer, .flagCheck,
    ]
    return names.map { name in
      number(below: 2) == 0 ? "" : "set \(name.rawValue) \(pick(name.choices))\n"
    }.joined()
  }

  /// Plays statements here until the run has `count` steps more; those that cannot be played are
  /// forgotten.
  mutating func extend(_ session: inout Session, by count: Int) {
    let goal = session.stepCount + count
    while session.stepCount < goal { attempt(statement(for: session), in: &session) }
  }

  /// Tries one statement; whether it could be played.
  @discardableResult
  func attempt(_ statement: Statement, in session: inout Session) -> Bool {
    do throws(SessionError) {
      try session.inject(statement)
      return true
    } catch { return false }
  }
}
