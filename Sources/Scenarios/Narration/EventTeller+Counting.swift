import GarbageCollection

/// Words for counts, and for what trial deletion thinks of objects.
///
/// A store may change many counts and be the death of many objects; what belongs together is told in
/// one sentence when the step ends, or its phase.
struct CountingNotes {
  /// Objects whose count has changed, in the order of the first change, with the latest count.
  var counts: [(id: ObjectID, count: Int)] = []
  var suspects: [ObjectID] = []
  var recolored: [(color: TrialColor, ids: [ObjectID])] = []
  var deaths: [(id: ObjectID, route: Route)] = []
}

extension EventTeller {
  mutating func tellCounting(_ event: Event<ObjectID>) {
    switch event {
    case .counted(let id, let count):
      if let index = counting.counts.firstIndex(where: { $0.id == id }) {
        counting.counts[index].count = count
      } else {
        counting.counts.append((id, count))
      }
    case .suspected(let id): counting.suspects.append(id)
    case .trialColored(let id, let color):
      if counting.recolored.last?.color == color {
        counting.recolored[counting.recolored.count - 1].ids.append(id)
      } else {
        counting.recolored.append((color, [id]))
      }
    case .freed(let id, let route): counting.deaths.append((id, route))
    default: break
    }
  }

  /// Tells what has been noted of counts and deaths.
  mutating func closeCounting(_ observed: borrowing ObservedMachine) {
    let dead = Set(counting.deaths.map(\.id))
    let counts = counting.counts.filter { !dead.contains($0.id) }
    if !counts.isEmpty {
      let shown = counts.prefix(EventTeller.shownObjects).map {
        "\(observed.label(of: $0.id)) \($0.count)"
      }
      let isInTrial = observed.machine.phase != .idle && step.action.mutator == nil
      sentences.append(
        "\(isInTrial ? "Counts for now" : "Counts"): \(shown.listed(outOf: counts.count)).")
    }
    let suspects = counting.suspects.filter { !dead.contains($0) }
    if !suspects.isEmpty {
      let names = names(of: suspects, observed)
      let lives =
        suspects.count == 1 ? "has lost a reference and lives" : "have lost references and live"
      sentences.append("\(names) \(lives) on: perhaps part of a garbage cycle.")
    }
    for (color, ids) in counting.recolored {
      let verb = ids.count == 1 ? "turns" : "turn"
      sentences.append(
        "\(names(of: ids, observed)) \(verb) \(color == .gray ? "grey" : color.rawValue) in the trial."
      )
    }
    tellDeaths(observed)
    counting = CountingNotes()
  }

  private mutating func tellDeaths(_ observed: borrowing ObservedMachine) {
    guard let first = counting.deaths.first else { return }
    let isOne = counting.deaths.count == 1
    let why =
      observed.machine.phase == .trialCollecting
      ? "only garbage refers to" : "no reference is left to"
    let names = names(of: counting.deaths.map(\.id), observed)
    let after = isOne ? "; \(first.route.homecoming)" : ", one after the other"
    sentences.append(
      "\(names) \(isOne ? "is" : "are") freed, since \(why) \(isOne ? "it" : "them")\(after).")
    let lost = counting.deaths.map(\.id).filter { observed.chronicle[$0].death?.fate == .lost }
    if !lost.isEmpty {
      sentences.append("The program still reaches \(self.names(of: lost, observed)): LOST.")
    }
  }

  private func names(_ ids: [ObjectID], _ observed: borrowing ObservedMachine) -> [String] {
    ids.prefix(EventTeller.shownObjects).map { observed.label(of: $0) }
  }

  private func names(of ids: [ObjectID], _ observed: borrowing ObservedMachine) -> String {
    names(ids, observed).listed(outOf: ids.count)
  }

  /// Objects named in a sentence at most; the rest is counted.
  private static let shownObjects = 6
}

extension [String] {
  /// The words as a list that tells how many more there are.
  fileprivate func listed(outOf total: Int) -> String {
    let rest = total - count
    return rest > 0 ? joined(separator: ", ") + " and \(rest) more" : list
  }
}
