import GarbageCollection

/// Turns a machine into the picture of its graph: shades, marks, and which pointers stand out.
struct PicturePainter {
  /// Objects drawn at most; the rest is seen in the heap by address.
  static let nodeLimit = 160

  private let judgement: Judgement
  private let selection: ObjectID?
  private let spot: GraphSpot?
  private let touched: Set<ObjectID>
  private let active: Set<Location<ObjectID>>
  private let cut: Set<Location<ObjectID>>
  private let hits: Set<Location<ObjectID>>

  init(
    _ judgement: Judgement, events: [Event<ObjectID>], selection: ObjectID?, spot: GraphSpot?
  ) {
    self.judgement = judgement
    self.selection = selection
    self.spot = spot
    touched = Set(events.flatMap(\.objects))
    var active: Set<Location<ObjectID>> = []
    var cut: Set<Location<ObjectID>> = []
    var hits: Set<Location<ObjectID>> = []
    for event in events {
      switch event {
      case .examinedSlot(let slot, let id, _): active.insert(.slot(slot, of: id))
      case .loaded(_, let from, let into), .sent(_, let from, let into):
        active.formUnion([from, into])
      case .wrote(let place, _, let new), .assigned(let place, _, let new):
        if new == nil { cut.insert(place) } else { active.insert(place) }
      case .shaded(_, .root(let place, _)), .marked(_, .root(let place, _)): active.insert(place)
      case .shaded(_, .barrier(_, _, let place)), .marked(_, .barrier(_, _, let place)):
        hits.insert(place)
      default: break
      }
    }
    self.active = active
    self.cut = cut
    self.hits = hits
  }

  func picture(of observed: borrowing ObservedMachine) -> GraphPicture {
    GraphPicture(rootGroups: rootGroups(of: observed), nodes: nodes(of: observed))
  }
}

// MARK: - Roots

extension PicturePainter {
  private func rootGroups(of observed: borrowing ObservedMachine) -> [GraphPicture.RootGroup] {
    let groups = observed.rootGroups
    var pictures: [GraphPicture.RootGroup] = []
    for (number, group) in groups.enumerated() {
      var roots: [GraphPicture.Root] = []
      for (index, (name, place)) in observed.roots(in: group).enumerated() {
        let spot = GraphSpot.root(group: number, index: index)
        roots.append(GraphPicture.Root(name, pointer(at: place, spot, in: observed)))
      }
      pictures.append(
        GraphPicture.RootGroup(
          title: observed.title(of: group), isScanned: observed.isScanned(group), roots: roots))
    }
    return pictures
  }

  private func pointer(
    at place: Location<Reference>, _ spot: GraphSpot, in observed: borrowing ObservedMachine
  ) -> GraphPicture.Pointer {
    GraphPicture.Pointer(
      GraphPicture.Link(observed.content(of: place)), look: look(of: place, in: observed),
      isSelected: self.spot == spot)
  }

  private func look(
    of place: Location<Reference>, in observed: borrowing ObservedMachine
  ) -> GraphPicture.Look {
    let named = observed.identify(place)
    if hits.contains(named) { return .barrierHit }
    if active.contains(named) { return .active }
    if cut.contains(named) { return .cut }
    return witnesses.contains(place) ? .violation : .plain
  }

  private var witnesses: [Location<Reference>] {
    [judgement.strong, judgement.weak].compactMap { state in
      if case .broken(let edge) = state { edge.place } else { nil }
    }
  }
}

// MARK: - Objects

extension PicturePainter {
  private func nodes(of observed: borrowing ObservedMachine) -> [GraphPicture.Node] {
    let dangling = Set(observed.chronicle.dangling.values)
    var nodes: [GraphPicture.Node] = []
    for id in observed.chronicle.ids
    where nodes.count < PicturePainter.nodeLimit || touched.contains(id) || id == selection {
      if isWorthDrawing(id, dangling, observed) { nodes.append(node(id, in: observed)) }
    }
    return nodes
  }

  /// The living, and ghosts: those of the latest deaths, the lost, and what is still referred to.
  private func isWorthDrawing(
    _ id: ObjectID, _ dangling: Set<ObjectID>, _ observed: borrowing ObservedMachine
  ) -> Bool {
    guard let death = observed.chronicle[id].death else { return true }
    return death.fate == .lost || dangling.contains(id) || id == selection
      || observed.chronicle.records.count <= PicturePainter.nodeLimit / 2
      || observed.chronicle.step - death.step <= 8
  }

  private func node(
    _ id: ObjectID, in observed: borrowing ObservedMachine
  ) -> GraphPicture.Node {
    let record = observed.chronicle[id]
    let fate = observed.fate(of: id, judgement)
    var marks: GraphPicture.Marks = []
    if id == selection { marks.insert(.selected) }
    if touched.contains(id) { marks.insert(.changed) }
    if fate == .doomed { marks.insert(.doomed) }
    if fate == .lost { marks.insert(.lost) }
    let slots =
      record.death == nil
      ? (0..<record.slotCount).map { slot in
        pointer(
          at: .slot(slot, of: record.reference),
          .slot(of: GraphNodeID(id.index), index: slot), in: observed)
      } : []
    return GraphPicture.Node(
      id: GraphNodeID(id.index), label: record.label,
      shade: GraphPicture.Shade(observed.color(of: id)), slots: slots, marks: marks,
      note: note(on: id, fate, observed), shortNote: shortNote(on: id, fate, observed))
  }

  /// A count and a trial colour without a word before them.
  private func shortNote(
    on id: ObjectID, _ fate: Fate, _ observed: borrowing ObservedMachine
  ) -> String? {
    guard fate != .doomed, let count = observed.count(of: id),
      let trial = observed.trialColor(of: id)
    else { return nil }
    return "\(count) \(trial.spelling)"
  }

  /// Under a ghost: whose cell it is now.
  ///
  /// Under an object that is counted: how often, and what trial deletion thinks of it.
  private func note(
    on id: ObjectID, _ fate: Fate, _ observed: borrowing ObservedMachine
  ) -> String? {
    if let count = observed.count(of: id), fate != .doomed {
      let trial = observed.trialColor(of: id) ?? .black
      return "rc \(count)" + (trial == .black ? "" : " \(trial.spelling)")
    }
    guard fate == .lost || fate == .collected || fate == .released,
      let tenant = observed.occupant(of: observed.chronicle[id].reference), tenant != id
    else { return nil }
    return "now \(observed.label(of: tenant))"
  }
}

extension TrialColor {
  /// As everywhere else on the screen.
  fileprivate var spelling: String { self == .gray ? "grey" : rawValue }
}

extension GraphPicture.Link {
  init(_ content: Content) {
    switch content {
    case .empty: self = .empty
    case .object(let id): self = .node(GraphNodeID(id.index))
    case .stale(let id), .dangling(let id): self = .dangling(to: GraphNodeID(id.index))
    }
  }
}

extension GraphPicture.Shade {
  init(_ color: Color?) {
    switch color {
    case .white: self = .white
    case .grey: self = .grey
    case .black: self = .black
    case nil: self = .freed
    }
  }
}
