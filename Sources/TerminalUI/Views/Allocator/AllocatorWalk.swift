import GarbageCollection

/// The way of one cell through the tiers of the allocator, as the events of a step tell it.
///
/// A request goes down until a tier has an answer, which then comes back up and fills the tiers that
/// had none. A cell that is given back goes down until a tier keeps it.
struct AllocatorWalk: Hashable, Sendable {
  enum Errand: Hashable, Sendable {
    /// The program asked for a cell, and got this object's.
    case request(ObjectID)
    /// The program gave the object's cell back.
    case release(ObjectID)
    /// The collector freed the object.
    case sweep(ObjectID)
    /// A thread ended, and its cache with it.
    case closing(MutatorID)
  }

  let errand: Errand
  let route: Route
  /// The tiers it comes to, in order; never empty.
  let stops: [Tier]

  private init(_ errand: Errand, along route: Route) {
    self.errand = errand
    self.route = route
    let visited = Tier.allCases.filter { tier in
      switch (errand, tier) {
      // The cells of a cache are of many classes, so its route has none.
      case (.closing, _): tier.depth <= route.tier.depth
      // A sweep gives cells back to their spans; no thread hears of it.
      case (.sweep, .threadCache): route.tier == .threadCache
      default: route.visits(tier)
      }
    }
    stops = visited.isEmpty ? [route.tier] : visited
  }

  /// The last request or return among the events of a step; nil if there is none.
  init?(_ events: [Event<ObjectID>]) {
    for event in events.reversed() {
      switch event {
      case .allocated(let id, let route, _): self.init(.request(id), along: route)
      case .released(let id, let route): self.init(.release(id), along: route)
      case .freed(let id, let route): self.init(.sweep(id), along: route)
      case .endedThread(let mutator, let route): self.init(.closing(mutator), along: route)
      default: continue
      }
      return
    }
    return nil
  }
}

extension AllocatorWalk {
  var isRequest: Bool {
    if case .request = errand { true } else { false }
  }

  /// Whose cell it is; nil for all the cells of a thread that ended.
  var object: ObjectID? {
    switch errand {
    case .request(let id), .release(let id), .sweep(let id): id
    case .closing: nil
    }
  }
}

// MARK: - What a tier did

extension AllocatorWalk {
  /// `hit` or `miss`, `kept` or `passed`.
  func verdict(at tier: Tier) -> String {
    let isLast = tier == route.tier
    return isRequest ? (isLast ? "hit" : "miss") : (isLast ? "kept" : "passed")
  }

  /// What moved through `tier`, once the whole walk is known.
  ///
  /// - Parameter isShort: whether only what matters most is said.
  func deed(at tier: Tier, isShort: Bool = false) -> String {
    let (above, below) = (goods(above: tier), goods(above: tier.below))
    let isLast = tier == route.tier
    let deed: String
    if isRequest {
      deed = isLast || isShort ? "gives \(above)" : "gets \(below), gives \(above)"
    } else if tier == .system {
      deed = isShort ? "takes \(above)" : "takes \(above) back"
    } else {
      deed = isLast ? "keeps \(above)" : isShort ? "passes \(below)" : "passes \(below) on"
    }
    guard tier == .centralList, route.sweptCellCount > 0, !isShort else { return deed }
    return "\(deed), swept \(counted(route.sweptCellCount, "dead cell"))"
  }

  /// What a tier says while the answer is not known yet.
  func question(at tier: Tier) -> String {
    guard let below = tier.below else { return "" }
    return isRequest ? "asks the \(below.rawValue)" : "goes on to the \(below.rawValue)"
  }

  /// What crosses the upper border of `tier`.
  private func goods(above tier: Tier?) -> String {
    switch tier {
    case .threadCache, .space, nil: thing
    case .centralList:
      route.movedCellCount > 0 ? counted(route.movedCellCount, "cell") : thing
    case .pageHeap:
      route.movedPageCount > 0 ? counted(route.movedPageCount, "page") : "pages"
    case .system: ByteSize.describe(route.systemBytes)
    }
  }

  private var thing: String { object == nil ? "its cells" : "the cell" }

  /// Locks and system calls at `tier`; the costs of all tiers add up to those of the route.
  func cost(at tier: Tier) -> String {
    let ofPages = stops.contains(.pageHeap) ? min(route.lockCount, 1) : 0
    return switch tier {
    case .threadCache, .space: "no lock"
    case .centralList: counted(route.lockCount - ofPages, "lock")
    case .pageHeap: counted(stops.contains(.centralList) ? ofPages : route.lockCount, "lock")
    case .system: counted(route.systemCallCount, "system call")
    }
  }

  /// What the whole walk took.
  var totalCost: String {
    "\(counted(route.lockCount, "lock")), \(counted(route.systemCallCount, "system call"))"
  }
}

extension Tier {
  /// The tier that is asked next.
  var below: Tier? {
    switch self {
    case .threadCache: .centralList
    case .centralList: .pageHeap
    case .pageHeap: .system
    case .system, .space: nil
    }
  }
}

/// `1 page`, `2 pages`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
