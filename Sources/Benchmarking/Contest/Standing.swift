/// What one benchmark brought, for everybody who took part.
struct Standing: Hashable, Sendable {
  let benchmark: String
  var entries: [Entry]
  var ratings = [Rating.perOperation]

  /// How one contestant did.
  struct Entry: Hashable, Sendable {
    let contestant: String
    /// Nil for us.
    let rivalry: Rivalry?
    var figures: [Figure] = []
    /// Why there are no figures, or not of all rounds.
    var failure: String?

    init(_ contestant: String, _ rivalry: Rivalry? = nil, _ figures: [Figure] = []) {
      self.contestant = contestant
      self.rivalry = rivalry
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
}

// MARK: - Comparing

extension Standing {
  /// Ours over the best peer's, metric by metric, for each of us: over the best of those who work on one
  /// thread, the best of all, and the best program without a collector, as far as there are any.
  var ratios: [Ratio] {
    entries.filter { $0.rivalry == nil }.flatMap { entry in
      ratings.flatMap { ratios(of: entry, $0) }
    }
  }

  /// Those that mean something, without who is best on one thread where that one is best of all.
  var toldRatios: [Ratio] {
    ratios.filter { ratio in
      ratio.isMeaningful
        && (ratio.field != .oneThread
          || !ratios.contains {
            $0.field == .all && $0.rival == ratio.rival && $0.metric == ratio.metric
              && $0.contestant == ratio.contestant
          })
    }
  }

  private func ratios(of entry: Entry, _ rating: Rating) -> [Ratio] {
    guard let ours = entry.series(of: rating.metric) else { return [] }
    var ratios: [Ratio] = []
    for field in Ratio.Field.allCases {
      guard let best = best(of: field, rating) else { continue }
      ratios.append(
        Ratio(
          benchmark: benchmark, contestant: entry.contestant, metric: rating.metric,
          rival: best.name, field: field, series: ours.ratio(to: best.series),
          rivalMedian: best.series.median))
    }
    return ratios
  }

  /// The one with the least median.
  private func best(of field: Ratio.Field, _ rating: Rating) -> (name: String, series: Series)? {
    entries.filter { $0.failure == nil && field.holds($0.rivalry) }.flatMap { entry in
      entry.figures.compactMap { figure -> (name: String, series: Series)? in
        guard field == .limit else {
          return figure.metric == rating.peerMetric ? (entry.contestant, figure.series) : nil
        }
        guard rating.matchesLimit(figure.metric) else { return nil }
        return ("\(entry.contestant):\(figure.metric)", figure.series)
      }
    }.min { $0.series.median < $1.series.median }
  }
}

/// Our figure as a multiple of the best peer's; below 1 where we are better.
struct Ratio: Hashable, Sendable {
  let benchmark: String
  let contestant: String
  let metric: String
  /// Whose figure is the divisor.
  let rival: String
  let field: Field
  /// One value a round.
  let series: Series
  let rivalMedian: Double

  /// A figure that is a difference of two others may be near zero, by which nothing is divided.
  var isMeaningful: Bool { rivalMedian >= 0.1 }

  /// Among whom the best is looked for.
  enum Field: Hashable, Sendable, CaseIterable {
    case oneThread, all, limit
  }
}

extension Ratio.Field {
  func holds(_ rivalry: Rivalry?) -> Bool {
    switch self {
    case .oneThread: rivalry == .one
    case .all: rivalry == .one || rivalry == .many
    case .limit: rivalry == .limit
    }
  }

  var description: String {
    switch self {
    case .oneThread: "the best peer on one thread"
    case .all: "the best peer"
    case .limit: "the limit"
    }
  }
}
