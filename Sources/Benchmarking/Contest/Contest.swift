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
    for line in plan.format.heading(MachineFacts.line, MachineFacts.warnings) { try say(line) }
    let peers = plan.benchmarks.contains(where: \.hasPeers) ? search.find() : ([], [])
    for line in peers.1 { try say("# \(line)") }
    for benchmark in plan.benchmarks {
      let contestants =
        benchmark.variants.map { Contestant($0) } + (benchmark.hasPeers ? peers.0 : [])
        + plan.jobs(beside: benchmark).map { Contestant($0) }
      let standing = measure(benchmark, contestants)
      failureCount += standing.entries.count { $0.failure != nil }
      ratios += standing.toldRatios
      for line in plan.format.lines(for: standing) { try say(line) }
    }
    for line in plan.format.summary(of: ratios) { try say(line) }
    return failureCount
  }

  /// Lets all take turns, and does no longer with whoever has failed.
  func measure(_ benchmark: Benchmark, _ contestants: [Contestant]) -> Standing {
    var standing = Standing(
      benchmark: benchmark.name,
      entries: contestants.map { Standing.Entry($0.name, $0.rivalry) }, ratings: benchmark.ratings)
    // Our rounds share a process only where nobody waits for a turn.
    let isAlone = contestants.allSatisfy { $0.rivalry == nil }
    let isShared = benchmark.roundsShareProcess && isAlone
    for _ in 0..<(isShared ? 1 : plan.roundCount) {
      for (index, contestant) in contestants.enumerated()
      where standing.entries[index].failure == nil {
        do throws(ChildError) {
          let figures = try measure(
            benchmark, contestant, roundCount: isShared ? plan.roundCount : Contest.roundsOfATurn)
          // A process's own rounds count as one where others had one turn.
          standing.entries[index].add(
            isShared ? figures : figures.map { Figure($0.metric, $0.series.median) })
        } catch {
          standing.entries[index].failure = error.description
        }
      }
    }
    return standing
  }

  private static let jobSeconds = 300
  /// What is dear to build is measured so often when it is our turn.
  private static let roundsOfATurn = 3

  private func measure(
    _ benchmark: Benchmark, _ contestant: Contestant, roundCount: Int
  ) throws(ChildError) -> [Figure] {
    if case .command(let job) = contestant.kind { return try job.run(seconds: Contest.jobSeconds) }
    return try launcher.run(
      ChildTask(
        benchmark: benchmark, kind: contestant.kind, operationCount: plan.operationCount,
        roundCount: roundCount))
  }
}
