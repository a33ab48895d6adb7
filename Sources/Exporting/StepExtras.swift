import GarbageCollection
import Scenarios
import TimeTravel

/// Members that only some steps have: who acted, and the way of a cell through the allocator.
struct StepExtras {
  /// Of a mutator's step, where there are several threads.
  let thread: [(String, JSON)]
  /// Of a step that allocated, freed, or gave back a cache.
  let route: [(String, JSON)]

  /// - Precondition: the session is not at its start.
  init(_ session: borrowing Session) {
    let stacks = session.timeline.state.machine.roots.stacks
    let actor = session.timeline.actions[session.position - 1].mutator
    thread =
      stacks.count > 1
      ? actor.map { [("thread", .string(stacks[$0.index].thread))] } ?? [] : []
    route =
      session.timeline.state.chronicle.events.lazy.compactMap(\.route).first
      .map { [("route", StepExtras.json($0))] } ?? []
  }

  private static func json(_ route: Route) -> JSON {
    .object([
      ("tier", .string(route.tier.rawValue)),
      ("cells", .int(route.movedCellCount)),
      ("pages", .int(route.movedPageCount)),
      ("systemBytes", .int(route.systemBytes)),
      ("locks", .int(route.lockCount)),
      ("systemCalls", .int(route.systemCallCount)),
      ("swept", .int(route.sweptCellCount)),
    ])
  }
}

extension Event {
  fileprivate var route: Route? {
    switch self {
    case .allocated(_, let route, _), .freed(_, let route), .released(_, let route),
      .endedThread(_, let route):
      route
    default: nil
    }
  }
}
