import GarbageCollection

/// The words that statements start with; a store starts with the slot it writes.
enum Keyword: String, CaseIterable {
  case title, set, object, root, push, pop, local, raw
  case copy, send, free, thread, join
  case start, step, until, finish, collect, scan, work, resume
  case `repeat`, end, churn
  case say, beat, ask, expect, goal

  /// Whether the statement does something to the machine, so that settings come too late after it.
  var isAction: Bool {
    switch self {
    case .title, .set, .say, .beat, .ask: false
    case .object, .root, .push, .pop, .local, .raw, .copy, .send, .free, .thread, .join, .start,
      .step, .until, .finish, .collect, .scan, .work, .resume, .repeat, .end, .churn, .expect,
      .goal:
      true
    }
  }

  /// Whether it may stand behind the name of a thread.
  var isForThreads: Bool {
    switch self {
    case .object, .root, .push, .pop, .local, .raw, .copy, .send, .free, .thread, .join, .resume,
      .expect:
      true
    case .title, .set, .start, .step, .until, .finish, .collect, .scan, .work, .repeat, .end,
      .churn, .say, .beat, .ask, .goal:
      false
    }
  }

  /// Whether a language may follow the word, as in `say.zh`.
  var isLocalized: Bool { self == .title || self == .say || self == .ask }
}

extension Statement {
  /// The word it starts with; nil for a store, which starts with the slot it writes.
  var keyword: Keyword? {
    switch self {
    case .title: .title
    case .set: .set
    case .object: .object
    case .root: .root
    case .push: .push
    case .pop: .pop
    case .local: .local
    case .raw: .raw
    case .store: nil
    case .copy: .copy
    case .send: .send
    case .free: .free
    case .thread: .thread
    case .join: .join
    case .by(_, let statement): statement.keyword
    case .start, .startMinor: .start
    case .step: .step
    case .until: .until
    case .finish: .finish
    case .collect, .collectMinor: .collect
    case .scan: .scan
    case .work: .work
    case .resume: .resume
    case .repeat: .repeat
    case .end: .end
    case .churn: .churn
    case .say: .say
    case .beat: .beat
    case .ask: .ask
    case .expect: .expect
    case .goal: .goal
    }
  }

  /// Whether it does something to the machine, so that settings come too late after it.
  public var isAction: Bool { keyword?.isAction ?? true }
}

extension Claim {
  /// What can be said of an object.
  static let objectWords =
    Color.allCases.map(\.word) + ["free"] + Fate.allCases.map(\.rawValue)
}
