public import ArgumentParser
public import Benchmarking

/// `tricolor bench [NAME…]`: how fast the allocator and the collector are.
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure the allocator, against others that are installed, and the collector.",
    discussion: """
      Every measurement is a process of its own; the allocators take turns, round by round. Others \
      are glibc's malloc and, where the usual folders have them, jemalloc, tcmalloc and mimalloc, \
      loaded with LD_PRELOAD. Says median, least and most of all rounds, and our time over the best \
      peer's. Everything takes minutes; 'tricolor bench alloc.rand --sizes 64' takes seconds. \
      Programs of others come with --peers. Answers 1 when a measurement failed.
      """)

  @Argument(
    help: ArgumentHelp(
      "alloc, gc, or how names begin, as in alloc.rand; all without.", valueName: "name"))
  var names: [String] = []
  @Option(help: "table, lines of: workload allocator metric value, or readme.")
  var format = ReportFormat.table
  @Option(help: "Rounds, 1 to 1000.") var rounds = 5
  @Option(
    help: ArgumentHelp(
      "Of these, those whose names begin with this, or match it as a regular expression.",
      valueName: "pattern"))
  var only: String?
  @Option(
    help: ArgumentHelp("Bytes of the cells of alloc, as in 32,64.", valueName: "bytes,..."))
  var sizes: String?
  @Option(help: "Operations of a measurement; objects and stores of gc at most so many.")
  var operations: Int?
  @Option(
    help: ArgumentHelp(
      "Programs of others that take turns with ours: lines of a benchmark, a name and a command.",
      valueName: "file"))
  var peers: String?
  @Option(parsing: .remaining, help: .hidden) var child: [String] = []

  func run() throws {
    if !child.isEmpty { return try perform() }
    let plan: BenchmarkPlan
    do throws(PlanError) {
      plan = try BenchmarkPlan(
        names: names, only: only, sizes: sizes, roundCount: rounds, operationCount: operations,
        format: format, jobs: try jobs())
    } catch {
      throw Failure(.usage, "bench: \(error.description)")
    }
    var output = Output()
    let contest = Contest(plan, childArguments: ["bench", "--child"])
    let failureCount = try contest.run { line throws(Failure) in
      try output.line(line)
      // What takes minutes is seen as it comes.
      try output.flush()
    }
    if failureCount > 0 {
      throw Failure(.notAsExpected, "bench: \(failureCount) measurements failed")
    }
  }

  private func jobs() throws(PlanError) -> [PeerJob] {
    guard let peers else { return [] }
    return try PeerJob.read(fileAt: peers)
  }

  /// This process was started by another to measure one thing.
  private func perform() throws {
    let lines: [String]
    do throws(ChildError) { lines = try ChildTask(child).perform() } catch {
      throw Failure(.usage, "bench: \(error.description)")
    }
    var output = Output()
    for line in lines { try output.line(line) }
    try output.flush()
  }
}

extension ReportFormat: ExpressibleByArgument {}
