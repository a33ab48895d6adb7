import GarbageCollection
import Scenarios
import TimeTravel

/// Members that only some steps have: who acted, and the way of a cell through the allocator.
struct StepExtras {
  /// Of a mutator's step, where there are several threads.
  let thread: [(String, JSON)]
  /// Of a step that allocated, freed, or gave back a cache.
  let route: [(String, JSON)]
  /// Of a step after which dirty objects wait for termination, or others in barrier buffers.
  let lists: [(String, JSON)]

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
    lists = StepExtras.lists(session.timeline.state)
  }

  private static func lists(_ observed: borrowing ObservedMachine) -> [(String, JSON)] {
    let dirty = labels(observed.machine.deferredObjects, observed)
    var buffers: [JSON] = []
    for (number, stack) in observed.machine.roots.stacks.enumerated() {
      let entries = labels(observed.machine.barrierBuffer(of: MutatorID(number)), observed)
      guard !entries.isEmpty else { continue }
      buffers.append(.object([("thread", .string(stack.thread)), ("objects", .array(entries))]))
    }
    return (dirty.isEmpty ? [] : [("dirty", .array(dirty))])
      + (buffers.isEmpty ? [] : [("buffers", .array(buffers))])
  }

  private static func labels(
    _ objects: [Reference], _ observed: borrowing ObservedMachine
  ) -> [JSON] {
    objects.compactMap { observed.chronicle.tenant(of: $0) }
      .map { .string(observed.label(of: $0)) }
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
