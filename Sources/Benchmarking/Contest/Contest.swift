/// Everything a plan asks for, measured and reported as it comes.
///
/// The contestants take turns: in each round all of them run, each in a fresh process, so that whatever
/// drifts meanwhile (clock rate, other programs) hits all alike. Figures of different runs are never
/// compared.
public struct Contest: Sendable {
  let plan: BenchmarkPlan
  var launcher: Launcher
  var search = PeerSearch()

  /// - Parameter childArguments: what makes this program perform the `ChildTask` in the words after it.
  public init(_ plan: BenchmarkPlan, childArguments: [String]) {
    self.plan = plan
    launcher = Launcher(arguments: childArguments)
  }

  /// Measures, and says line after line; the number of measurements that failed.
  public func run<E: Error>(_ say: (String) throws(E) -> Void) throws(E) -> Int {
    var failureCount = 0
    var ratios: [Ratio] = []
    try say("# \(MachineFacts.line)")
    for line in MachineFacts.warnings { try say("# \(line)") }
    let peers = plan.benchmarks.contains(where: \.hasPeers) ? search.find() : ([], [])
    for line in peers.1 { try say("# \(line)") }
    for benchmark in plan.benchmarks {
      let contestants =
        benchmark.variants.map { Contestant($0) } + (benchmark.hasPeers ? peers.0 : [])
      let standing = measure(benchmark, contestants)
      failureCount += standing.entries.count { $0.failure != nil }
      if let ratio = standing.ratio { ratios.append(ratio) }
      for line in plan.format.lines(for: standing) { try say(line) }
    }
    for line in plan.format.summary(of: ratios) { try say(line) }
    return failureCount
  }

  func measure(_ benchmark: Benchmark, _ contestants: [Contestant]) -> Standing {
    var standing = Standing(
      benchmark: benchmark.name, entries: contestants.map { Standing.Entry($0.name) })
    for _ in 0..<(benchmark.roundsShareProcess ? 1 : plan.roundCount) {
      for (index, contestant) in contestants.enumerated()
      where standing.entries[index].failure == nil {
        let task = ChildTask(
          benchmark: benchmark, kind: contestant.kind, operationCount: plan.operationCount,
          roundCount: plan.roundCount)
        do throws(ChildError) {
          standing.entries[index].add(try launcher.run(task))
        } catch {
          standing.entries[index].failure = error.description
        }
      }
    }
    return standing
  }
}
