import GarbageCollection
import Scenarios
import TimeTravel

/// The same schedule under several barriers or collectors at once, all at the same beat.
struct Comparison {
  /// A run under one of them.
  ///
  /// A class, because it owns a run of its own, and lists hold no such values.
  final class Lane {
    let variant: Variant
    var session: Session

    init(_ variant: Variant, _ session: consuming Session) {
      self.variant = variant
      self.session = session
    }
  }

  /// The runs to choose from, at most `laneLimit`; the first ones are shown.
  private(set) var lanes: [Lane] = []
  private(set) var schedule: LaneSchedule
  private(set) var beat = 0
  /// How the table lists the variants; worked out when it is first shown.
  private(set) var outcomes: [Outcome] = []
  var isTable = false
  /// The row of the table under the cursor.
  var index = 0
  /// The statements of the run that is compared.
  private let ownLines: [Session.PlayedLine]

  static let laneLimit = 4

  /// What is compared: barriers, or collectors.
  let subject: Subject
  /// What can be compared, in the order of the table.
  let variants: [Variant]

  enum Subject: Hashable {
    case barriers, collectors

    /// The name of one of them.
    var noun: String { self == .barriers ? "barrier" : "collector" }
  }

  /// The session's own first, then those that stand for the families.
  init(_ session: borrowing Session, _ subject: Subject = .barriers) {
    self.subject = subject
    ownLines = session.lines
    schedule = LaneSchedule([ownLines])
    let (own, others): (Variant, [Variant])
    switch subject {
    case .barriers:
      variants = Barrier.allCases.map { .barrier($0) }
      own = .barrier(session.settings.barrier)
      others = [Barrier.none, .dijkstra, .yuasa, .hybrid].map { .barrier($0) }
    case .collectors:
      variants = CollectorKind.chosable.map { .collector($0) }
      own = .collector(session.settings.collector)
      others = variants
    }
    let shown = [own] + others.filter { $0 != own }
    for variant in shown where lanes.count < Comparison.laneLimit { add(variant, session) }
    index = variants.firstIndex(of: own) ?? 0
    tune(to: session.position)
  }

  private mutating func add(_ variant: Variant, _ session: borrowing Session) {
    guard let replayed = session.replayed(under: variant) else { return }
    lanes.append(Lane(variant, replayed))
  }

  /// Takes the clock of the present lanes and stands where the run is at `position`.
  private mutating func tune(to position: Int) {
    schedule = LaneSchedule([ownLines] + lanes.map { $0.session.lines })
    go(to: schedule.beat(at: position, in: ownLines))
  }
}

// MARK: - Time

extension Comparison {
  /// Where the run that is compared stands.
  var ownPosition: Int { schedule.position(at: beat, in: ownLines) }

  /// The statement under way.
  var statement: String? {
    schedule.line(at: beat).flatMap { ownLines[$0].line.statement?.text }
  }

  mutating func go(to target: Int) {
    beat = min(max(0, target), schedule.beatCount)
    for lane in lanes {
      lane.session.seek(to: schedule.position(at: beat, in: lane.session.lines))
    }
  }

  /// Whether a lane did something at this beat, or waits for the others.
  func moves(_ lane: Lane) -> Bool {
    beat > 0
      && schedule.position(at: beat - 1, in: lane.session.lines) != lane.session.position
  }

  /// The nearest beat on that side at which any of the first `count` lanes does something marked.
  func beat(with marks: Moment.Marks, isForward: Bool, among count: Int) -> Int? {
    let beats =
      isForward
      ? Array(beat + 1..<max(beat + 1, schedule.beatCount + 1))
      : (1..<max(1, beat)).reversed()
    return beats.first { beat in
      lanes.prefix(count).contains { lane in
        let position = schedule.position(at: beat, in: lane.session.lines)
        return position > 0
          && position != schedule.position(at: beat - 1, in: lane.session.lines)
          && !lane.session.moments[position - 1].marks.isDisjoint(with: marks)
      }
    }
  }
}

// MARK: - Choosing

extension Comparison {
  /// The number of a variant's lane, counted from 1.
  func laneNumber(of variant: Variant) -> Int? {
    lanes.firstIndex { $0.variant == variant }.map { $0 + 1 }
  }

  /// Shows other lanes first.
  mutating func rotate(by offset: Int) {
    guard lanes.count > 1 else { return }
    let offset = (offset + lanes.count) % lanes.count
    lanes = Array(lanes[offset...] + lanes[..<offset])
  }

  mutating func move(by offset: Int) {
    index = min(max(0, index + offset), variants.count - 1)
  }

  /// Takes the variant under the cursor out of the panes or into them.
  ///
  /// - Returns: why that cannot be.
  mutating func toggle(_ session: borrowing Session) -> String? {
    let variant = variants[index]
    let position = ownPosition
    if let number = laneNumber(of: variant) {
      guard lanes.count > 1 else { return "one \(subject.noun) must stay" }
      lanes.remove(at: number - 1)
    } else {
      guard lanes.count < Comparison.laneLimit else {
        return "\(Comparison.laneLimit) \(subject.noun)s at most: take one out first"
      }
      let count = lanes.count
      add(variant, session)
      guard lanes.count > count else { return "the schedule cannot be played under it" }
    }
    tune(to: position)
    return nil
  }

  /// Those that cannot play the schedule, once the table has been worked out.
  var refused: [Variant] {
    outcomes.isEmpty
      ? [] : variants.filter { variant in !outcomes.contains { $0.variant == variant } }
  }

  /// Plays the schedule under every variant, for the table.
  mutating func judge(_ session: borrowing Session) {
    guard outcomes.isEmpty else { return }
    for variant in variants {
      guard let replayed = session.replayedToEnd(under: variant) else { continue }
      outcomes.append(Outcome(variant, replayed))
    }
  }
}

extension Session {
  fileprivate borrowing func replayedToEnd(under variant: Variant) -> Session? {
    guard var session = replayed(under: variant) else { return nil }
    session.seek(to: session.stepCount)
    return session
  }
}
