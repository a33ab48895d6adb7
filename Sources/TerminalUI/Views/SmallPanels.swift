import GarbageCollection
import Scenarios

/// The grey objects in the order they wait, and which one is next.
struct WorklistPanel {
  let scene: Scene
  let theme: Theme

  func lines(_ observed: borrowing ObservedMachine, width: Int) -> [TextLine] {
    let order = observed.machine.settings.worklistOrder
    let copied = copiedObjects(observed)
    let isCheney = !copied.isEmpty
    var waiting = isCheney ? copied : observed.worklist
    if order == .lastInFirstOut, !isCheney { waiting.reverse() }
    var lines: [TextLine] = []
    if let scan = observed.machine.partialScan,
      let id = observed.chronicle.tenant(of: scan.object)
    {
      let slot = "\(observed.label(of: id)).\(scan.nextSlot)"
      lines.append(TextLine("scanning ", .faint).then("next slot \(slot)", .strong))
    }
    lines += setAside(observed)
    guard let next = waiting.first else {
      return lines + [TextLine("empty: no grey object waits", .faint)]
    }
    var line = TextLine("next ", .faint)
      .then(theme.glyphs.grey + observed.label(of: next), scene.role(of: next, otherwise: .strong))
    if waiting.count > 1 { line = line.then("  then", .faint) }
    // No window shows more, and the list may be long.
    for id in waiting.dropFirst().prefix(width) {
      line = line.then(" ").then(observed.label(of: id), scene.role(of: id, otherwise: .text))
    }
    lines.append(line)
    let word =
      switch order {
      case _ where isCheney: "from scan to free, first in, first out"
      case .lastInFirstOut: "last in, first out"
      case .firstInFirstOut: "first in, first out"
      case .bySpan: "page by page, there by address"
      }
    return lines + [TextLine(word, .faint)]
  }

  /// The objects that wait elsewhere: dirty ones for termination, those in buffers to turn grey.
  private func setAside(_ observed: borrowing ObservedMachine) -> [TextLine] {
    var lines: [TextLine] = []
    let dirty = labels(observed.machine.deferredObjects, observed)
    if !dirty.isEmpty { lines.append(TextLine("dirty ", .faint).then(dirty, .strong)) }
    for (number, stack) in observed.machine.roots.stacks.enumerated() {
      let entries = labels(observed.machine.barrierBuffer(of: MutatorID(number)), observed)
      guard !entries.isEmpty else { continue }
      let owner = observed.hasThreads ? "buffer of \(stack.thread) " : "buffer "
      lines.append(TextLine(owner, .faint).then(entries, .strong))
    }
    return lines
  }

  /// Objects that wait in their space: between its pointers, in the order they were copied.
  ///
  /// Promoted ones, which wait in the list, come last: they stand in cells.
  private func copiedObjects(_ observed: borrowing ObservedMachine) -> [ObjectID] {
    guard observed.machine.phase == .flipping || observed.machine.phase == .copying else {
      return []
    }
    var objects: [Reference] = []
    for (number, space) in observed.machine.heap.spaces.enumerated()
    where space.role != .fromSpace && space.role != .block {
      observed.machine.heap.forEachObject(inSpace: number) {
        if space.isGrey($0) { objects.append($0) }
      }
    }
    var copied: [ObjectID] = []
    for object in objects {
      if let id = observed.chronicle.tenant(of: object) { copied.append(id) }
    }
    return copied.isEmpty ? [] : copied + observed.worklist.filter { !copied.contains($0) }
  }

  private func labels(_ objects: [Reference], _ observed: borrowing ObservedMachine) -> String {
    objects.compactMap { observed.chronicle.tenant(of: $0) }.map { observed.label(of: $0) }
      .joined(separator: " ")
  }
}

/// The barrier's program, with the lines that ran in this step.
struct BarrierPanel {
  let scene: Scene
  let theme: Theme

  /// The program; where it has more lines than `height`, those around the one that matters now.
  func lines(_ observed: borrowing ObservedMachine, height: Int) -> [TextLine] {
    let lines = program(observed)
    let access = scene.shownAccess(observed)
    let next = nextLines(of: access, observed).first
    guard lines.count > height, let focus = next ?? scene.ranLines(of: access).last else {
      return lines
    }
    let first = min(max(0, focus - height + 2), lines.count - height)
    return first > 0 ? Array(lines[first..<(first + height)]) : lines
  }

  private func program(_ observed: borrowing ObservedMachine) -> [TextLine] {
    let access = scene.shownAccess(observed)
    let ran = Set(scene.ranLines(of: access))
    let hit = Set(
      scene.events.compactMap { event -> Int? in
        if case .shaded(_, .barrier(let line, access, _)) = event { line } else { nil }
      })
    let waitingLines = nextLines(of: access, observed)
    return observed.machine.programs[access].lines.enumerated().map { index, text in
      let isNext = waitingLines.contains(index)
      let pointer = ran.contains(index) || isNext ? theme.glyphs.root : " "
      let role: Role = hit.contains(index) ? .barrierHit : ran.contains(index) ? .changed : .text
      let note = hit.contains(index) ? "  \(shaded(at: index, access, observed)) turns grey" : ""
      let waiting = isNext ? "  next" : ""
      return TextLine("\(pointer) ", .strong).then("\(index) ", .faint).then(text, role)
        .then(note, .barrierHit).then(waiting, .strong)
    }
  }

  /// The lines that half-done stores go on with.
  private func nextLines(
    of access: BarrierProgram.Access, _ observed: borrowing ObservedMachine
  ) -> [Int] {
    observed.machine.pendingStores.filter { $0.access == access }.map { $0.nextInstruction + 1 }
  }

  private func shaded(
    at line: Int, _ access: BarrierProgram.Access, _ observed: borrowing ObservedMachine
  ) -> String {
    scene.events.compactMap { event -> String? in
      guard case .shaded(let id, .barrier(line, access, _)) = event else { return nil }
      return observed.label(of: id)
    }.joined(separator: ", ")
  }

  /// What stands in the heading: the barrier that was chosen, and what the collector adds.
  static func heading(_ settings: Settings) -> String {
    let own: String? =
      switch settings.collector {
      case .referenceCounting: "counting"
      case .generational where settings.remembersStores: "remembering"
      case .markSweep, .markCompact, .copying, .generational: nil
      }
    let names = [settings.barrier == .none && own != nil ? nil : settings.barrier.facts.name, own]
    return "Barrier: \(names.compactMap { $0 }.joined(separator: ", "))"
  }
}

/// Which promises hold, with the witness of a broken one, and the objects that suffer.
struct InvariantsPanel {
  let scene: Scene
  let theme: Theme

  func lines(_ observed: borrowing ObservedMachine, width: Int) -> [TextLine] {
    var lines = promises(observed)
    let doomed = scene.judgement.doomed.compactMap { observed.chronicle.tenant(of: $0) }
    let lost = observed.chronicle.ids.filter {
      observed.chronicle[$0].death?.fate == .lost
    }
    if !doomed.isEmpty { lines.append(victims("doomed", doomed, .doomed, observed)) }
    if !lost.isEmpty { lines.append(victims("lost", lost, .danger, observed)) }
    if doomed.isEmpty, lost.isEmpty {
      lines.append(TextLine("nothing doomed, nothing lost", .faint))
    }
    return lines + dangling(observed)
  }

  private func promises(_ observed: borrowing ObservedMachine) -> [TextLine] {
    guard scene.judgement.strong != .notInForce else {
      return [TextLine("- strong, weak: \(whyNotInForce(observed))", .faint)]
    }
    return [
      line("strong", scene.judgement.strong, claims(.strong, observed), observed),
      line("weak", scene.judgement.weak, claims(.weak, observed), observed),
    ]
  }

  private func whyNotInForce(_ observed: borrowing ObservedMachine) -> String {
    switch observed.machine.settings.collector {
    case .referenceCounting: "counting has no colours"
    case .copying where observed.machine.phase == .flipping: "roots are being copied"
    case .generational where observed.machine.phase == .flipping: "roots are being copied"
    case .copying: "nothing is being copied"
    case .generational where observed.machine.phase == .idle: "no cycle is under way"
    case .markSweep, .markCompact, .generational: "nothing is being marked"
    }
  }

  /// Whether the barrier in force promises the invariant.
  private func claims(_ invariant: Barrier.Invariant, _ observed: borrowing ObservedMachine) -> Bool
  {
    observed.machine.settings.barrier.facts.invariant == invariant
  }

  private func line(
    _ name: String, _ state: InvariantState, _ isPromised: Bool,
    _ observed: borrowing ObservedMachine
  ) -> TextLine {
    let head = name.padded(to: 7)
    switch state {
    case .notInForce: return TextLine("- \(head)", .faint)
    case .holds:
      return TextLine("\(theme.glyphs.check) \(head)", .good).then("holds", .good)
    case .broken(let edge):
      let witness = observed.describe(edge)
      let isLegal = !isPromised && observed.machine.settings.barrier != .none
      return TextLine("\(theme.glyphs.cross) \(head)", .danger)
        .then("broken ", .doomed).then(witness, .strong)
        .then(isLegal ? "  (not promised)" : "", .faint)
    }
  }

  private func victims(
    _ word: String, _ ids: [ObjectID], _ role: Role, _ observed: borrowing ObservedMachine
  ) -> TextLine {
    var line = TextLine("! \(word.padded(to: 7))", role)
    for (index, id) in ids.enumerated() {
      if index > 0 { line = line.then(", ") }
      line = line.then(observed.label(of: id), scene.role(of: id, otherwise: .strong))
    }
    return line
  }

  private func dangling(_ observed: borrowing ObservedMachine) -> [TextLine] {
    let places = scene.judgement.dangling.map { observed.describe($0) }
    return places.isEmpty
      ? [] : [TextLine("! dangling ", .danger).then(places.joined(separator: ", "), .strong)]
  }
}

extension Scene {
  /// The look of an object's name: the selected one stands out wherever it is named.
  func role(of id: ObjectID, otherwise role: Role) -> Role { id == selection ? .selection : role }
}

extension String {
  /// The text with blanks after it up to `width` columns.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - columnCount))
  }
}
