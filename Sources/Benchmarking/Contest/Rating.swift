/// A metric of ours and what it is compared with; less is better.
struct Rating: Hashable, Sendable {
  /// Our metric.
  let metric: String
  /// The peers' metric.
  let peerMetric: String
  /// How the metrics of limit programs begin that do this; all of the same unit, if empty.
  let limitPrefix: String

  init(_ metric: String, peers peerMetric: String? = nil, limit limitPrefix: String = "") {
    self.metric = metric
    self.peerMetric = peerMetric ?? metric
    self.limitPrefix = limitPrefix
  }

  /// The time of one operation.
  static let perOperation = Rating("ns_op")

  /// What comes after the first word: nanoseconds an object, say.
  private var unit: Substring { peerMetric.drop { $0 != "_" } }

  /// Whether a metric of a limit program says how fast this could be.
  func matchesLimit(_ other: String) -> Bool {
    other == peerMetric || other.hasPrefix(limitPrefix) && other.hasSuffix(unit)
  }
}

extension Benchmark {
  /// What of it is compared, the most important first.
  var ratings: [Rating] {
    switch self {
    case .allocation, .dropping: [.perOperation]
    case .collection(let workload): workload.ratings
    }
  }
}

extension CollectionWorkload {
  var ratings: [Rating] {
    switch self {
    case .mark:
      [
        Rating("mark_ns_obj"), Rating("full_ns_obj"), Rating("mark1_ns_obj", peers: "mark_ns_obj"),
        Rating("mark2_ns_obj", peers: "mark_ns_obj"),
      ]
    case .sweepHalf: [Rating("dead_ns_obj"), Rating("reuse_ns_obj")]
    case .trees: [Rating("wall_ms"), Rating("cpu_ms"), Rating("rss_mb")]
    case .store:
      [
        Rating("plain_ns_store", peers: "idle_ns_store", limit: "none"),
        Rating("idle_ns_store", limit: "flag_off"),
        Rating("marking_dijkstra_ns_store", peers: "marking_ns_store", limit: "insertion_on"),
        Rating("marking_yuasa_ns_store", peers: "marking_ns_store", limit: "deletion_on"),
        Rating("marking_hybrid_ns_store", peers: "marking_ns_store", limit: "hybrid_on"),
        Rating("marking_go_ns_store", peers: "marking_ns_store", limit: "hybrid_on"),
      ]
    case .pause: [Rating("max_pause_us"), Rating("step_ns")]
    case .grow, .occupy: []
    }
  }
}
