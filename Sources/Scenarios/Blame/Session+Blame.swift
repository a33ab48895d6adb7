public import GarbageCollection
import TimeTravel

extension Session {
  /// Whom to blame for each of the victims; those that were never doomed are left out.
  ///
  /// Walks the run once, and plays it anew under every other barrier: O(barriers * steps).
  public borrowing func blames(for victims: [ObjectID]) -> [Blame] {
    guard !victims.isEmpty, var walked = fork() else { return [] }
    var inquiry = BlameInquiry(victims, in: self)
    inquiry.walk(&walked)
    var blames: [Blame] = []
    for suspect in inquiry.cases {
      blames.append(Blame(suspect, label: walked.timeline.state.label(of: suspect.victim)))
    }
    for barrier in Barrier.allCases where barrier != settings.barrier {
      guard let replayed = replayed(under: .barrier(barrier)) else { continue }
      var search = RescueSearch(replayed, inquiry.cases.map(\.cycle))
      for index in blames.indices {
        search.judge(&blames[index], inquiry.cases[index], barrier, own: lines)
      }
    }
    noteRemembering(&blames)
    return blames
  }

  /// Plays the run once more with a remembered set, where there is none.
  private borrowing func noteRemembering(_ blames: inout [Blame]) {
    guard settings.collector == .generational, !settings.remembersStores else { return }
    var remembering = settings
    remembering.remembersStores = true
    guard let other = try? replayed(under: remembering) else { return }
    let victims = other.victims.map { other.timeline.state.label(of: $0) }
    for index in blames.indices where !victims.contains(blames[index].label) {
      blames[index].isSavedByRemembering = true
    }
  }
}

extension Blame {
  init(_ suspect: BlameInquiry.Case, label: String) {
    victim = suspect.victim
    self.label = label
    doomedStep = suspect.doomedStep
    lostStep = suspect.lostStep
    loss = suspect.loss
    deletion = suspect.deletion
    let arrival = suspect.insertion
    insertion = arrival.map { Act(step: $0.step, kind: $0.kind, sentence: $0.sentence) }
    remark = Blame.remark(suspect, label: label, insertion: insertion)
  }

  private static func remark(
    _ suspect: BlameInquiry.Case, label: String, insertion: Act?
  ) -> String? {
    if !suspect.wasReachable {
      let enough = insertion?.step == suspect.doomedStep ? "One act was enough: before" : "Before"
      return "\(enough) step \(suspect.doomedStep) the program did not reach \(label), and nothing "
        + "grey led to it."
    }
    guard let insertion else {
      return "No pointer was hidden while marking: \(label) stood where it stood before."
    }
    return insertion.step == suspect.deletion?.step ? "One act did both." : nil
  }
}

extension BlameInquiry.Case {
  /// How the pointer was hidden: of those that last until the end the one that came last.
  ///
  /// Where nothing led to the victim before, it is what the doomed step stored.
  fileprivate var insertion: BlameInquiry.Arrival? {
    if !wasReachable, let ownArrival { return ownArrival }
    let lasting = leads.filter(\.lasts)
    return (lasting.isEmpty ? leads : lasting).compactMap(\.arrival).max { $0.step < $1.step }
  }
}
