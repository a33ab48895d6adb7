import GarbageCollection
import Scenarios
import TimeTravel

/// Blames worked out already, and the run that they belong to.
///
/// Playing a run under every other barrier takes a moment, so it is done once for each victim.
struct Inquest: Sendable {
  let lines: [Session.PlayedLine]
  let settings: Settings
  var blames: [ObjectID: Blame] = [:]
}

extension Player {
  /// Whose blame is shown: the selected object if it is a victim, else the first victim.
  private var victim: ObjectID? {
    let victims = session.victims
    return selection.flatMap { victims.contains($0) ? $0 : nil } ?? victims.first
  }

  /// What is known of it; nil until `inquire` was called, or when nothing is lost.
  var blame: Blame? {
    guard let inquest, isCurrent(inquest) else { return nil }
    return victim.flatMap { inquest.blames[$0] }
  }

  /// The labels of the victims that are not shown.
  var otherVictims: [String] {
    guard let victim else { return [] }
    return session.victims.filter { $0 != victim && isBorn($0) }
      .map { session.timeline.state.label(of: $0) }
  }

  private func isCurrent(_ inquest: Inquest) -> Bool {
    inquest.lines == session.lines && inquest.settings == session.settings
  }

  /// Works out the blame for the victim that is shown.
  mutating func inquire() {
    var inquest =
      self.inquest.flatMap { isCurrent($0) ? $0 : nil }
      ?? Inquest(lines: session.lines, settings: session.settings)
    if let victim, inquest.blames[victim] == nil {
      inquest.blames[victim] = session.blames(for: [victim]).first
    }
    self.inquest = inquest
  }

  /// Opens blame under the graph, which shows whom it is about; where it has too little room there, it
  /// gets that of the graph first, before it is closed.
  mutating func toggleBlame() {
    if zoom != .blame {
      zoom = .blame
      isBlameAlone = false
      if let victim { selection = victim }
    } else if let rect = plan[.blame], !isBlameAlone, rect.height < blameLineCount {
      isBlameAlone = true
    } else {
      zoom = nil
    }
  }

  /// Rows that the whole blame takes.
  var blameLineCount: Int { blamePanel.lineCount(width: size.width) }

  var blamePanel: BlamePanel {
    BlamePanel(blame: blame, position: session.position, others: otherVictims, theme: theme)
  }

  /// Goes to the nearest step that is to blame.
  mutating func jumpToFatal(isForward: Bool) {
    inquire()
    guard let blame else { return say("nothing is lost or doomed in this run", .faint) }
    let steps = blame.steps
    let here = session.position
    guard
      let step = isForward ? steps.first(where: { $0 > here }) : steps.last(where: { $0 < here })
    else {
      return say("no step \(isForward ? "ahead" : "before") is to blame for \(blame.label)", .faint)
    }
    session.seek(to: step)
    guard zoom != .blame, let entry = blame.entries.first(where: { $0.step == step }) else {
      return
    }
    say("\(entry.word): \(entry.text) (B tells all)", entry.role.look)
  }
}
