import GarbageCollection
import Scenarios

/// Everything about the selected object: where it stands, why it has its colour, who holds it.
struct InspectorPanel {
  let scene: Scene
  let theme: Theme

  func lines(_ observed: borrowing ObservedMachine, width: Int) -> [TextLine] {
    guard let id = scene.selection else {
      return [TextLine("No object is selected: Tab, h j k l or the mouse.", .faint)]
    }
    let record = observed.chronicle[id]
    let fate = observed.fate(of: id, scene.judgement)
    var lines = [head(id, fate, observed), place(record, observed)]
    lines += life(id, observed)
    if record.death == nil {
      lines.append(slots(of: id, observed))
      lines.append(referrers(of: record.reference, observed))
      lines += paths(to: record.reference, observed)
    }
    lines += bytes(at: record.reference, observed, width: width)
    return lines
  }

  private func head(
    _ id: ObjectID, _ fate: Fate, _ observed: borrowing ObservedMachine
  ) -> TextLine {
    let color = observed.color(of: id)
    let glyph = color.map { theme.glyphs[$0] } ?? theme.glyphs.freed
    let role: Role = fate == .doomed || fate == .lost ? .doomed : .strong
    return TextLine("\(glyph) \(observed.label(of: id)) ", .strong)
      .then("\(color?.word ?? "free"), \(fate.rawValue)", role)
  }

  private func place(_ record: ObjectRecord, _ observed: borrowing ObservedMachine) -> TextLine {
    let address = "at +0x" + String(record.reference.offset, radix: 16)
    guard let span = observed.machine.heap.span(of: record.reference) else {
      return TextLine(address).then("; its pages are free", .faint)
    }
    let cell = (record.reference.offset - span.offset) / span.cellBytes
    let kind = span.sizeClass.map { "class \($0.cellBytes) B" } ?? "large"
    return TextLine("\(address), \(kind), cell \(cell) of span +0x")
      .then(String(span.offset, radix: 16)).then(" (\(span.holder.rawValue))", .faint)
  }

  private func life(_ id: ObjectID, _ observed: borrowing ObservedMachine) -> [TextLine] {
    let record = observed.chronicle[id]
    var lines = [
      TextLine("born ", .faint).then("step \(record.birthStep), from the \(record.birthTier.rawValue)")
    ]
    if let shading = record.shading, shading.cycle == observed.chronicle.cycle {
      let why = observed.words(for: shading.cause)
      lines.append(TextLine("grey ", .faint).then("step \(shading.step), \(why)"))
    }
    if let death = record.death {
      let how = death.wasReachable ? "while reachable: lost" : "as garbage"
      lines.append(TextLine("freed ", .faint).then("step \(death.step), \(how)"))
      if let tenant = observed.chronicle.tenant(of: record.reference), tenant != id {
        lines.append(
          TextLine("cell ", .faint).then("now \(observed.label(of: tenant))'s", .doomed))
      }
    }
    return lines
  }

  private func slots(of id: ObjectID, _ observed: borrowing ObservedMachine) -> TextLine {
    var texts: [String] = []
    for (index, content) in observed.slots(of: id).enumerated() {
      texts.append("\(index): \(observed.words(for: content))")
    }
    return TextLine("slots ", .faint).then(
      texts.isEmpty ? "none" : texts.joined(separator: "  "))
  }

  private func referrers(
    of reference: Reference, _ observed: borrowing ObservedMachine
  ) -> TextLine {
    var names: [String] = []
    observed.chronicle.oracle.forEachEdge(in: observed.machine) { edge in
      guard edge.target == reference else { return }
      names.append(observed.name(of: observed.identify(edge.place)))
    }
    return TextLine("held by ", .faint).then(
      names.isEmpty ? "nobody" : names.joined(separator: ", "))
  }

  private func paths(
    to reference: Reference, _ observed: borrowing ObservedMachine
  ) -> [TextLine] {
    let oracle = observed.chronicle.oracle
    func line(_ head: String, _ path: [Location<Reference>]?, _ none: String) -> TextLine {
      let steps = path?.map { observed.name(of: observed.identify($0)) }
      return TextLine(head, .faint).then(steps?.joined(separator: " -> ") ?? none)
    }
    var lines = [
      line("from a root ", oracle.pathFromRoot(to: reference, in: observed.machine), "no path")
    ]
    if observed.machine.phase.isMarking {
      lines.append(
        line("from a grey ", oracle.pathFromGrey(to: reference, in: observed.machine), "no path"))
    }
    return lines
  }

  /// The cell's bytes in rows of sixteen (eight where that is too wide), with what they spell.
  private func bytes(
    at reference: Reference, _ observed: borrowing ObservedMachine, width: Int
  ) -> [TextLine] {
    let bytes = observed.machine.heap.cellContents(at: reference)
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
  /// `A`, `nil`, or `C, freed`.
  func words(for content: Content) -> String {
    switch content {
    case .empty: "nil"
    case .object(let id): label(of: id)
    case .dangling(let id): "\(label(of: id)), freed!"
    }
  }

  /// Why an object became grey.
  func words(for cause: ShadeCause<ObjectID>) -> String {
    switch cause {
    case .root(let place, let isRescan):
      "\(isRescan ? "second scan" : "scan") of root \(name(of: place))"
    case .scan(let slot, let id): "scan of \(label(of: id)).\(slot)"
    case .barrier(let line, let place):
      "barrier line \(line), on a write to \(name(of: place))"
    case .birth: "born grey"
    }
  }
}
