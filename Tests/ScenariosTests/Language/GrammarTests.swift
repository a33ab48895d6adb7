import Scenarios
import Testing

struct GrammarTests {
  private var statements: [Statement] {
    get throws {
      try Grammar.entries.map {
        try Script.parseStatement($0.example, scope: Grammar.exampleScope)
      }
    }
  }

  @Test(arguments: Grammar.entries)
  func `every example parses and is canonical`(entry: Grammar.Entry) throws {
    let statement = try Script.parseStatement(entry.example, scope: Grammar.exampleScope)
    #expect(statement.text == entry.example)
  }

  @Test func `every statement and every claim has an example`() throws {
    let statements = try statements
    // An 'end' alone is no statement: the manual tells it with 'repeat'.
    let named = Set(StatementName.allCases).subtracting([.end])
    #expect(Set(statements.map(StatementName.init)) == named)
    #expect(Grammar.entries.contains { $0.form.hasSuffix("end") })
    let claims = statements.compactMap { if case .expect(let claim) = $0 { claim } else { nil } }
    #expect(Set(claims.map(ClaimName.init)) == Set(ClaimName.allCases).subtracting([.free]))
  }

  @Test func `every section of the manual has entries`() {
    #expect(Set(Grammar.entries.map(\.section)) == Set(Grammar.Section.allCases))
  }
}

/// The statements without their data, so that a test can ask for all.
enum StatementName: CaseIterable {
  case title, set, object, root, push, pop, local, store, start, step, until, finish, collect
  case startMinor, collectMinor, scan, resume, copy, send, free, thread, join, by, say, beat, ask,
    expect, goal, raw, work, `repeat`, end, churn

  init(_ statement: Statement) {
    self =
      switch statement {
      case .title: .title
      case .set: .set
      case .object: .object
      case .root: .root
      case .push: .push
      case .pop: .pop
      case .local: .local
      case .store: .store
      case .start: .start
      case .startMinor: .startMinor
      case .collectMinor: .collectMinor
      case .step: .step
      case .until: .until
      case .finish: .finish
      case .collect: .collect
      case .scan: .scan
      case .resume: .resume
      case .copy: .copy
      case .send: .send
      case .free: .free
      case .thread: .thread
      case .join: .join
      case .by: .by
      case .say: .say
      case .beat: .beat
      case .ask: .ask
      case .expect: .expect
      case .goal: .goal
      case .raw: .raw
      case .work: .work
      case .repeat: .repeat
      case .end: .end
      case .churn: .churn
      }
  }
}

/// The claims without their data; a colour and `free` are one form.
enum ClaimName: CaseIterable {
  case color, free, fate, invariant, phase, holds, count

  init(_ claim: Claim) {
    self =
      switch claim {
      case .color: .color
      case .free: .free
      case .fate: .fate
      case .invariant: .invariant
      case .phase: .phase
      case .holds: .holds
      case .count: .count
      }
  }
}
