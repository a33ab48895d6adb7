import GarbageCollection

/// The oracle's questions answered a third time: by closing a matrix over a snapshot.
///
/// Knows nothing of memory, worklists or traversals.
struct MatrixJudge {
  let snapshot: Snapshot
  let settings: Settings
  /// Whether object `column` can be reached from object `row`, through all or through white ones.
  private let reach: [[Bool]]
  private let whiteReach: [[Bool]]

  struct Edge: Hashable {
    let place: Location<Int>
    let target: Int
    let isBlack: Bool
    /// Whether the strong invariant speaks of the place.
    let isGuarded: Bool
    /// Whether marking is going to read the place.
    let isRead: Bool
  }

  init(_ snapshot: Snapshot, _ settings: Settings) {
    self.snapshot = snapshot
    self.settings = settings
    reach = Self.close(snapshot) { _ in true }
    whiteReach = Self.close(snapshot) { snapshot.objects[$0].color == .white }
  }

  /// Warshall's algorithm over the objects that count; each reaches itself.
  private static func close(_ snapshot: Snapshot, _ counts: (Int) -> Bool) -> [[Bool]] {
    let range = snapshot.objects.indices
    var matrix = range.map { row in
      range.map { column in
        counts(row) && counts(column)
          && (row == column || snapshot.objects[row].slots.contains(column))
      }
    }
    for middle in range {
      for row in range where matrix[row][middle] {
        for column in range where matrix[middle][column] { matrix[row][column] = true }
      }
    }
    return matrix
  }
}

extension MatrixJudge {
  private var isMarking: Bool { snapshot.phase.isMarking }

  private func isWhite(_ object: Int) -> Bool { snapshot.objects[object].color == .white }

  /// Every place that refers to something: stacks, globals, objects.
  var edges: [Edge] {
    var edges: [Edge] = []
    for (number, stack) in snapshot.stacks.enumerated() {
      for (frame, content) in stack.frames.enumerated() {
        for (index, variable) in content.variables.enumerated() {
          guard let target = variable.value else { continue }
          let isDone = stack.isScanned && settings.roots == .once
          edges.append(
            Edge(
              place: .variable(index, frame: frame, of: MutatorID(number)), target: target,
              isBlack: isDone, isGuarded: false, isRead: !isDone))
        }
      }
    }
    for (index, global) in snapshot.globals.enumerated() {
      guard let target = global.value else { continue }
      edges.append(
        Edge(
          place: .global(index), target: target, isBlack: global.isScanned, isGuarded: true,
          isRead: !global.isScanned))
    }
    for (number, object) in snapshot.objects.enumerated() {
      let scan = snapshot.scan?.object == number ? snapshot.scan : nil
      for (slot, target) in object.slots.enumerated() {
        guard let target else { continue }
        let isPending = scan.map { slot >= $0.nextSlot } ?? (object.color == .grey)
        edges.append(
          Edge(
            place: .slot(slot, of: number), target: target,
            isBlack: object.color == .black && !isPending, isGuarded: true, isRead: isPending))
      }
    }
    return edges
  }

  var reachable: Set<Int> {
    let roots = edges.filter { if case .slot = $0.place { false } else { true } }.map(\.target)
    return Set(snapshot.objects.indices.filter { object in roots.contains { reach[$0][object] } })
  }

  var protected: Set<Int> {
    let starts = edges.filter(\.isRead).map(\.target) + halfDoneShades
    return Set(
      snapshot.objects.indices.filter { object in starts.contains { whiteReach[$0][object] } })
  }

  /// What the half-done stores will still shade, read off the text of their program.
  private var halfDoneShades: [Int] {
    (settings.handshake ? snapshot.stores.flatMap { shades(ofRestOf: $0) } : [])
      + (settings.buffer == .on ? snapshot.buffers.flatMap { $0 } : [])
  }

  private func shades(ofRestOf store: Snapshot.Store) -> [Int] {
    let lines = BarrierProgram(store.access, settings).lines
    var shades: [Int?] = []
    var skips = false
    for line in lines[(store.nextInstruction + 1)...] {
      if skips {
        skips = false
      } else if line.hasSuffix("shade(old)") {
        shades.append(store.old)
      } else if line.hasSuffix("shade(new)") {
        shades.append(store.new)
      } else if line.hasSuffix("shade(*slot)") || line.hasSuffix("shade(*variable)") {
        shades.append(value(at: store.place))
      } else if line.contains("revert(source)") {
        shades += contents(ofOwnerOf: store.place)
      } else if line.contains("if not on"), !store.wasMarking {
        break
      } else if line.hasSuffix("new is white:") {
        skips = !(isBlack(store.place) && store.new.map(isWhite) == true)
      } else if line.hasSuffix("source is black:") {
        skips = !isBlack(store.place)
      } else if line.hasSuffix("source is not black:") {
        skips = isBlack(store.place)
      } else if line.hasSuffix("current stack is grey:") {
        skips = snapshot.stacks[store.mutator.index].isScanned
      } else if line.hasSuffix("current stack is black:") {
        skips = !snapshot.stacks[store.mutator.index].isScanned
      } else if line.hasSuffix("any stack is grey:") {
        skips = snapshot.stacks.allSatisfy(\.isScanned)
      }
    }
    return shades.compactMap(\.self)
  }

  private func value(at place: Location<Int>) -> Int? {
    switch place {
    case .global(let index): snapshot.globals[index].value
    case .variable(let index, let frame, let mutator):
      snapshot.stacks[mutator.index].frames[frame].variables[index].value
    case .slot(let slot, let object): object < 0 ? nil : snapshot.objects[object].slots[slot]
    }
  }

  private func contents(ofOwnerOf place: Location<Int>) -> [Int?] {
    switch place {
    case .global(let index): [snapshot.globals[index].value]
    case .variable(_, _, let mutator):
      snapshot.stacks[mutator.index].frames.flatMap { $0.variables.map(\.value) }
    case .slot(_, let object): object < 0 ? [] : snapshot.objects[object].slots
    }
  }

  private func isBlack(_ place: Location<Int>) -> Bool {
    switch place {
    case .global(let index): snapshot.globals[index].isScanned
    case .variable(_, _, let mutator): snapshot.stacks[mutator.index].isScanned
    case .slot(_, let object): snapshot.objects[object].color == .black
    }
  }

  var firstStrongBreach: Edge? {
    isMarking ? edges.first { $0.isBlack && $0.isGuarded && isWhite($0.target) } : nil
  }

  var firstWeakBreach: Edge? {
    let protected = protected
    return isMarking
      ? edges.first { $0.isBlack && isWhite($0.target) && !protected.contains($0.target) } : nil
  }

  var doomed: [Int] {
    let reachable = reachable
    let protected = protected
    return snapshot.objects.indices.filter { object in
      guard isWhite(object), reachable.contains(object) else { return false }
      return switch snapshot.phase {
      case .roots, .marking, .termination, .flipping, .copying: !protected.contains(object)
      case .forwarding: object >= snapshot.nextCompacted ?? .max
      case .idle, .updating, .moving, .reconciling, .trialMarking, .trialScanning,
        .trialCollecting:
        false
      case .sweeping: object >= snapshot.nextSwept ?? 0
      }
    }
  }
}
