import GarbageCollection
public import Scenarios
import TimeTravel

/// A run as JSON lines: one object for each step, one for each thing the script says, a verdict.
///
/// Every line has a `type`: `run`, `step`, `say`, `ask`, `beat`, `expect`, `goal`, `note`, `blame` for each
/// object that is lost or doomed, `verdict`. Addresses are offsets from the arena's base, so two runs of one script print the same bytes.
public enum RunRecord {
  /// Gives the lines one by one to `line`, without line breaks.
  public static func forEachLine(_ session: inout Session, _ line: (String) -> Void) {
    session.seek(to: 0)
    line(head(session).text)
    for position in 0...session.stepCount {
      session.seek(to: position)
      if position > 0 { line(step(session).text) }
      for cue in session.presentCues { line(record(of: cue).text) }
    }
    for blame in session.blames(for: session.victims) { line(JSON(blame).text) }
    line(verdict(session).text)
  }

  private static func head(_ session: borrowing Session) -> JSON {
    .object([
      ("type", .string("run")),
      ("title", session.title().map { .string($0) } ?? .null),
      (
        "settings",
        .object(
          SettingName.allCases.map { ($0.rawValue, .string(session.settings.word(for: $0))) })
      ),
      ("steps", .int(session.stepCount)),
    ])
  }

  private static func step(_ session: borrowing Session) -> JSON {
    let moment = session.moments[session.position - 1]
    let judgement = session.timeline.state.judgement
    let number = session.lines[moment.line].line.number
    let objects = objects(session, judgement)
    let roots = roots(session.timeline.state)
    let worklist = session.timeline.state.worklist.map {
      JSON.string(session.timeline.state.label(of: $0))
    }
    let extras = StepExtras(session)
    return .object(
      [
        ("type", .string("step")),
        ("step", .int(session.position)),
        ("line", number == 0 ? .null : .int(number)),
      ] + extras.thread + [
        ("sentence", .string(moment.sentence)),
        ("marks", .array(moment.marks.words.map { .string($0) })),
        ("phase", .string(session.timeline.state.machine.phase.rawValue)),
        ("strong", state(judgement.strong, session.timeline.state)),
        ("weak", state(judgement.weak, session.timeline.state)),
        ("worklist", .array(worklist)),
      ] + extras.lists + extras.route + [
        ("roots", .array(roots)),
        ("objects", .array(objects)),
      ])
  }

  private static func state(
    _ state: InvariantState, _ observed: borrowing ObservedMachine
  ) -> JSON {
    switch state {
    case .notInForce: .null
    case .holds: .string("holds")
    case .broken(let edge): .string("broken: " + observed.describe(edge))
    }
  }

  private static func objects(
    _ session: borrowing Session, _ judgement: Judgement
  ) -> [JSON] {
    var objects: [JSON] = []
    for id in session.timeline.state.chronicle.ids {
      let record = session.timeline.state.chronicle[id]
      let color = session.timeline.state.color(of: id)
      let fate = session.timeline.state.fate(of: id, judgement)
      let slots = session.timeline.state.slots(of: id).map {
        content($0, session.timeline.state)
      }
      objects.append(
        .object([
          ("label", .string(record.label)),
          ("offset", .int(record.reference.offset)),
          ("color", .string(color?.word ?? "free")),
          ("fate", .string(fate.rawValue)),
          ("slots", .array(slots)),
        ]))
    }
    return objects
  }

  private static func roots(_ observed: borrowing ObservedMachine) -> [JSON] {
    var roots: [JSON] = []
    observed.machine.roots.forEachPlace { place, _ in
      roots.append(
        .object([
          ("name", .string(observed.name(of: observed.identify(place)))),
          ("value", content(observed.content(of: place), observed)),
        ]))
    }
    return roots
  }

  private static func content(
    _ content: Content, _ observed: borrowing ObservedMachine
  ) -> JSON {
    switch content {
    case .empty: .null
    case .object(let id): .string(observed.label(of: id))
    case .stale(let id): .object([("stale", .string(observed.label(of: id)))])
    case .dangling(let id): .object([("dangling", .string(observed.label(of: id)))])
    }
  }

  private static func record(of cue: Cue) -> JSON {
    switch cue.content {
    case .say(let text):
      .object([
        ("type", .string("say")), ("language", .string(text.language.rawValue)),
        ("text", .string(text.text)),
      ])
    case .ask(let question, let answer):
      .object([
        ("type", .string("ask")), ("question", .string(question.text)),
        ("answer", .string(answer)),
      ])
    case .beat: .object([("type", .string("beat"))])
    case .note(let text): .object([("type", .string("note")), ("text", .string(text))])
    case .goal(let goal):
      .object([
        ("type", .string("goal")), ("object", .string(goal.label)),
        ("outcome", .string(Fate.lost.rawValue)), ("within", .int(goal.limit)),
      ])
    case .expectation(let expectation):
      .object([
        ("type", .string("expect")), ("claim", .string(expectation.text)),
        ("outcome", .string(expectation.outcome.word)),
      ])
    }
  }

  private static func verdict(_ session: borrowing Session) -> JSON {
    let verdict = Verdict(session)
    let puzzle = session.puzzle.map { puzzle in
      JSON.object([
        ("outcome", .string(puzzle.outcome.rawValue)), ("used", .int(puzzle.used)),
        ("within", .int(puzzle.goal.limit)),
      ])
    }
    return .object(
      [
        ("type", .string("verdict")),
        ("asExpected", .bool(verdict.isAsExpected)),
        ("lost", .array(verdict.lost.map { .string($0) })),
        ("failures", .int(verdict.failures.count)),
      ] + (puzzle.map { [("goal", $0)] } ?? []))
  }
}

extension Expectation.Outcome {
  fileprivate var word: String {
    switch self {
    case .held: "held"
    case .failed(let found): "failed: \(found)"
    case .moot: "moot"
    }
  }
}

extension Moment.Marks {
  /// The marks by name, in a fixed order.
  public var words: [String] {
    let names: [(Moment.Marks, String)] = [
      (.phaseChange, "phase"), (.barrierHit, "barrier"), (.invariantBroken, "broken"),
      (.doomed, "doomed"), (.freed, "freed"), (.lost, "lost"), (.danglingUse, "dangling"),
    ]
    return names.filter { contains($0.0) }.map(\.1)
  }
}
