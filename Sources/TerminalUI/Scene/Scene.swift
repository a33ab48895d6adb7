public import GarbageCollection
public import Scenarios
import TimeTravel

/// Everything the views need to know of one moment, worked out once for all of them.
///
/// A function of the session at its position and of the selection; views only draw it.
public struct Scene: Sendable {
  public let judgement: Judgement
  public let events: [Event<ObjectID>]
  public let moment: Moment?
  public let selection: ObjectID?
  public let picture: GraphPicture
  public let position: Int
  public let stepCount: Int

  public init(_ session: borrowing Session, selection: ObjectID?, spot: GraphSpot? = nil) {
    judgement = session.timeline.state.judgement
    events = session.timeline.state.chronicle.events
    moment = session.moment
    self.selection = selection
    position = session.position
    stepCount = session.stepCount
    let painter = PicturePainter(judgement, events: events, selection: selection, spot: spot)
    picture = painter.picture(of: session.timeline.state)
  }

  /// Whom the inspector shows: the selected object, or whom this step is about.
  public var subject: ObjectID? {
    selection ?? moment?.lost.last ?? moment?.doomed.last ?? events.flatMap(\.objects).last
  }

  /// Objects that something happened to in this step.
  public var touched: Set<ObjectID> { Set(events.flatMap(\.objects)) }

  /// The lines of an access's program that ran in this step, in order.
  public func ranLines(of access: BarrierProgram.Access) -> [Int] {
    events.compactMap { event in
      if case .ranLine(let line, access) = event { line } else { nil }
    }
  }

  /// The access whose program the screen shows: one that ran in this step, by preference one with a
  /// barrier; else what the barrier is about.
  public func shownAccess(_ observed: borrowing ObservedMachine) -> BarrierProgram.Access {
    let programs = observed.machine.programs
    let ran = events.compactMap { event -> BarrierProgram.Access? in
      if case .ranLine(_, let access) = event { access } else { nil }
    }
    if let access = ran.last(where: { programs[$0].hasBarrier }) ?? ran.last { return access }
    if let store = observed.machine.pendingStore { return store.access }
    return programs.load.hasBarrier ? .load : .store
  }

  /// Objects shaded by the barrier in this step.
  public var barrierShaded: [ObjectID] {
    events.compactMap { event in
      if case (let id, .barrier)? = event.discovery { id } else { nil }
    }
  }
}

extension Event<ObjectID> {
  /// The objects an event is about, for highlights.
  var objects: [ObjectID] {
    switch self {
    case .phaseChanged, .pushedFrame, .poppedFrame, .ranLine, .yielded, .elidedBarrier,
      .waitedForSafepoint, .scannedRoot, .metDangling, .sweptSpan, .startedThread, .endedThread,
      .revertedRoot, .flushedBuffer, .updatedRoot:
      []
    case .allocated(let id, _, _), .shaded(let id, _), .blackened(let id), .kept(let id),
      .freed(let id, _), .conjured(let id), .marked(let id, _), .released(let id, _),
      .refusedFree(let id), .reverted(let id, _), .buffered(let id, _),
      .droppedBuffered(let id, _), .requeued(let id), .assignedPlace(let id, _),
      .moved(let id, _, _, _), .reclaimed(let id), .counted(let id, _), .suspected(let id),
      .trialColored(let id, _), .promoted(let id), .updatedSlots(let id):
      [id]
    case .redirected(let place, let id, _): [place.owner, id].compactMap { $0 }
    case .remembered(let place): [place.owner].compactMap { $0 }
    case .copied(let source, let target, _): [source, target]
    case .loaded(let id, _, _), .sent(let id, _, _): [id].compactMap { $0 }
    case .assigned(_, _, let new): [new].compactMap { $0 }
    case .wrote(let place, _, let new): [place.owner, new].compactMap { $0 }
    case .usedDangling(let place, _): [place.owner].compactMap { $0 }
    case .examinedSlot(_, let id, _), .beganScan(let id): [id]
    }
  }
}
