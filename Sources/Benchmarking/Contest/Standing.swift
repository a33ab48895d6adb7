/// What one benchmark brought, for everybody who took part.
struct Standing: Hashable, Sendable {
  let benchmark: String
  var entries: [Entry]

  /// How one contestant did.
  struct Entry: Hashable, Sendable {
    let contestant: String
    var figures: [Figure] = []
    /// Why there are no figures, or not of all rounds.
    var failure: String?

    init(_ contestant: String, _ figures: [Figure] = []) {
      self.contestant = contestant
      self.figures = figures
    }

    /// Adds what one more round brought.
    mutating func add(_ more: [Figure]) {
      for figure in more {
        if let index = figures.firstIndex(where: { $0.metric == figure.metric }) {
          figures[index].series.add(figure.series)
        } else {
          figures.append(figure)
        }
      }
    }

    func series(of metric: String) -> Series? {
      failure == nil ? figures.first { $0.metric == metric }?.series : nil
    }
  }
}

extension Standing {
  /// In the order in which they first appear.
  var metrics: [String] {
    var metrics: [String] = []
    for figure in entries.flatMap(\.figures) where !metrics.contains(figure.metric) {
      metrics.append(figure.metric)
    }
    return metrics
  }

  /// What is compared: the time of one operation.
  static let ratedMetric = "ns_op"

  /// Our time over the best peer's, which is the one with the least median; nil without either.
  var ratio: Ratio? {
    let rated = entries.compactMap { entry in
      entry.series(of: Standing.ratedMetric).map { (name: entry.contestant, series: $0) }
    }
    guard let ours = rated.first(where: { $0.name == Contestant.ours.name })?.series,
      let best = rated.filter({ $0.name != Contestant.ours.name })
        .min(by: { $0.series.median < $1.series.median })
    else { return nil }
    return Ratio(
      benchmark: benchmark, bestPeer: best.name, series: ours.ratio(to: best.series))
  }
}

/// Our time as a multiple of the best peer's; below 1 where we are faster.
struct Ratio: Hashable, Sendable {
  let benchmark: String
  let bestPeer: String
  /// One value a round.
  let series: Series
}
