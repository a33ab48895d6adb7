import GarbageCollection
import Scenarios

/// Everything about the selected object: where it stands, why it has its colour, who holds it.
struct InspectorPanel {
  let scene: Scene
  let theme: Theme

  func lines(_ observed: borrowing ObservedMachine, width: Int) -> [TextLine] {
    guard let id = scene.subject else {
      return TextLine.wrapped(
        "No object is selected: Tab, h j k l or the mouse.", width: width, .faint)
    }
    let record = observed.chronicle[id]
    let fate = observed.fate(of: id, scene.judgement)
    var lines = [head(id, fate, observed)]
    lines += facts(about: id, record, observed).flatMap { $0.lines(width: width) }
    lines += bytes(of: record, observed, width: width)
    return lines
  }

  /// One line where there is no room for the panel.
  func summary(of id: ObjectID, _ observed: borrowing ObservedMachine) -> String {
    let record = observed.chronicle[id]
    let fate = observed.fate(of: id, scene.judgement)
    var parts = [
      "\(observed.label(of: id)): \(observed.color(of: id)?.word ?? "free"), \(fate.rawValue)"
    ]
    if let death = record.death {
      parts.append("freed at step \(death.step)")
      if let tenant = tenant(after: id, observed) {
        parts.append("its cell is now \(observed.label(of: tenant))'s")
      }
    } else {
      parts.append("held by \(referrers(of: record.reference, observed))")
      if let shading = shading(of: id, observed) {
        parts.append(
          "\(turn(record)) at step \(shading.step) by \(observed.words(for: shading.cause))")
      }
    }
    return parts.joined(separator: "; ")
  }

  private func head(
    _ id: ObjectID, _ fate: Fate, _ observed: borrowing ObservedMachine
  ) -> TextLine {
    let color = observed.color(of: id)
    let glyph = color.map { theme.glyphs[$0] } ?? theme.glyphs.freed
    let role: Role = fate == .doomed || fate == .lost || fate == .leaked ? .doomed : .strong
    return TextLine("\(glyph) \(observed.label(of: id)) ", .strong)
      .then("\(color?.word ?? "free"), \(fate.rawValue)", role)
  }
}

// MARK: - Facts

extension InspectorPanel {
  /// A word and what it introduces, wrapped with the word standing out.
  private struct Fact {
    let head: String
    let text: String
    var role = Role.text

    func lines(width: Int) -> [TextLine] {
      let indent = min(head.columnCount + 1, width / 2)
      return TextLine.wrapped(text, width: width - indent, role).enumerated().map { index, line in
        guard index == 0 else { return line.indented(by: indent) }
        return TextLine("\(head) ", .faint).then(line.text, role)
      }
    }
  }

  private func facts(
    about id: ObjectID, _ record: ObjectRecord, _ observed: borrowing ObservedMachine
  ) -> [Fact] {
    var facts = [place(record, observed)] + moves(of: id, record, observed)
    let origin =
      record.birthTier == .space
      ? "at the pointer of its space" : "from the \(record.birthTier.rawValue)"
    let birth = "step \(record.birthStep), \(origin)"
    facts.append(Fact(head: "born", text: birth))
    if let shading = shading(of: id, observed) {
      let why = observed.words(for: shading.cause)
      facts.append(Fact(head: turn(record), text: "step \(shading.step), \(why)"))
    }
    guard let death = record.death else { return facts + ties(of: id, record, observed) }
    let how =
      switch death.fate {
      case .lost: "while reachable: lost"
      case .released: "by hand"
      default: "as garbage"
      }
    facts.append(Fact(head: "freed", text: "step \(death.step), \(how)"))
    if let tenant = tenant(after: id, observed) {
      facts.append(
        Fact(head: "cell", text: "now \(observed.label(of: tenant))'s", role: .doomed))
    }
    return facts
  }

  /// Who an object refers to, who refers to it, and how it is reached.
  private func ties(
    of id: ObjectID, _ record: ObjectRecord, _ observed: borrowing ObservedMachine
  ) -> [Fact] {
    var slots: [String] = []
    for (index, content) in observed.slots(of: id).enumerated() {
      slots.append("\(index): \(observed.words(for: content))")
    }
    var facts = [
      Fact(head: "slots", text: slots.isEmpty ? "none" : slots.joined(separator: "  ")),
      Fact(head: "held by", text: referrers(of: record.reference, observed)),
    ]
    let oracle = observed.chronicle.oracle
    let fromRoot = oracle.pathFromRoot(to: record.reference, in: observed.machine)
    facts.append(Fact(head: "from a root", text: words(for: fromRoot, observed)))
    if observed.machine.phase.isMarking {
      let fromGrey =
        oracle.pathFromGrey(to: record.reference, in: observed.machine)
        ?? oracle.pathFromGreyRoot(to: record.reference, in: observed.machine)
      facts.append(Fact(head: "from a grey", text: words(for: fromGrey, observed)))
    }
    return facts
  }

  private func place(_ record: ObjectRecord, _ observed: borrowing ObservedMachine) -> Fact {
    let address = "+0x" + String(record.reference.offset, radix: 16)
    guard let span = observed.machine.heap.span(of: record.reference) else {
      return Fact(head: "at", text: "\(address); its pages are free")
    }
    if span.holder == .space {
      let role = observed.machine.heap.space(of: record.reference).map {
        observed.machine.heap.spaces[$0].role.rawValue
      }
      let verb = record.death == nil ? "stands" : "stood"
      return Fact(head: "at", text: "\(address), \(verb) in the \(role ?? "space")")
    }
    let cell = (record.reference.offset - span.offset) / span.cellBytes
    let kind = span.spanClass.map { "class \($0.shortName)" } ?? "large"
    let offset = String(span.offset, radix: 16)
    return Fact(
      head: "at",
      text: "\(address), \(kind), cell \(cell) of span +0x\(offset) (\(span.holder.rawValue))")
  }

  /// How often the object has moved, where it is going to, and how many references are counted.
  private func moves(
    of id: ObjectID, _ record: ObjectRecord, _ observed: borrowing ObservedMachine
  ) -> [Fact] {
    var facts: [Fact] = []
    if record.moveCount > 0 {
      facts.append(Fact(head: "moved", text: counted(record.moveCount, "time")))
    }
    if let next = observed.nextPlace(of: id) {
      let place = next == record.reference ? "it stays" : "+0x" + String(next.offset, radix: 16)
      facts.append(Fact(head: "goes to", text: place, role: .changed))
    }
    if let count = observed.count(of: id) {
      facts.append(Fact(head: "counted", text: counted(count, "reference")))
    }
    return facts
  }

  private func referrers(
    of reference: Reference, _ observed: borrowing ObservedMachine
  ) -> String {
    var names: [String] = []
    observed.chronicle.oracle.forEachEdge(in: observed.machine) { edge in
      // A raw address holds nothing, whoever stands there now.
      guard edge.target == reference, !observed.machine.roots.isRaw(edge.place) else { return }
      names.append(observed.name(of: observed.identify(edge.place)))
    }
    return names.isEmpty ? "nobody" : names.joined(separator: ", ")
  }

  private func words(
    for path: [Location<Reference>]?, _ observed: borrowing ObservedMachine
  ) -> String {
    guard let path else { return "no path" }
    return path.map { observed.name(of: observed.identify($0)) }.joined(separator: " -> ")
  }

  /// What an object turns when it is found.
  private func turn(_ record: ObjectRecord) -> String {
    (record.slotCount == 0 ? Color.black : .grey).word
  }

  /// How the object was found in this cycle.
  private func shading(
    of id: ObjectID, _ observed: borrowing ObservedMachine
  ) -> ObjectRecord.Shading? {
    guard let shading = observed.chronicle[id].shading,
      shading.cycle == observed.chronicle.cycle
    else { return nil }
    return shading
  }

  /// Whose a dead object's cell is now.
  private func tenant(
    after id: ObjectID, _ observed: borrowing ObservedMachine
  ) -> ObjectID? {
    let tenant = observed.occupant(of: observed.chronicle[id].reference)
    return tenant == id ? nil : tenant
  }
}

// MARK: - Bytes

extension InspectorPanel {
  /// The cell's bytes in rows of sixteen (eight where that is too wide), with what they spell.
  ///
  /// Of what was given up with its space, as many as the object had: there is no cell to end them.
  private func bytes(
    of record: ObjectRecord, _ observed: borrowing ObservedMachine, width: Int
  ) -> [TextLine] {
    var bytes = observed.machine.heap.cellContents(at: record.reference)
    if record.death?.tier == .space {
      // A slot is four bytes.
      let byteCount = ObjectHeader.byteCount + record.slotCount * 4 + record.payloadBytes
      bytes = Array(bytes.prefix(byteCount))
    }
    let perRow = width >= 4 + 16 * 3 + 17 ? 16 : 8
    return stride(from: 0, to: min(bytes.count, 64), by: perRow).map { start in
      let row = bytes[start..<min(start + perRow, bytes.count)]
      let hex = row.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
      let text = String(
        row.map { (0x20..<0x7f).contains($0) ? Character(Unicode.Scalar($0)) : "." })
      return TextLine("\(start)".padded(to: 4), .faint)
        .then(hex.padded(to: perRow * 3)).then(text, .strong)
    }
  }
}

extension ObservedMachine {
  /// Who stands at a place, or died there; nobody where the last one has moved on.
  func occupant(of place: Reference) -> ObjectID? {
    chronicle.tenant(of: place).flatMap { chronicle[$0].reference == place ? $0 : nil }
  }

  /// `A`, `nil`, or `C, freed`.
  func words(for content: Content) -> String {
    switch content {
    case .empty: "nil"
    case .object(let id): label(of: id)
    case .stale(let id): "\(label(of: id)), stale!"
    case .dangling(let id):
      chronicle[id].death == nil ? "\(label(of: id)), gone!" : "\(label(of: id)), freed!"
    }
  }

  /// Why an object became grey.
  func words(for cause: ShadeCause<ObjectID>) -> String {
    switch cause {
    case .root(let place, let isRescan):
      "\(isRescan ? "second scan" : "scan") of root \(name(of: place))"
    case .scan(let slot, let id): "scan of \(label(of: id)).\(slot)"
    case .barrier(let line, let access, let place):
      "barrier line \(line), on a \(access.words) \(name(of: place))"
    case .buffer(let mutator):
      "out of the barrier buffer of \(machine.roots.stacks[mutator.index].thread)"
    case .birth: "born grey"
    }
  }
}

extension BarrierProgram.Access {
  /// `barrier line 2, on a write to A.0`.
  fileprivate var words: String {
    switch self {
    case .store, .move: "write to"
    case .load: "load from"
    case .copy: "copy into"
    case .send: "send to"
    }
  }
}
