import Testing

@testable import Benchmarking

struct ContestTests {
  /// A contest in which each child is this line of a shell; the task is its `$0 $1 …`.
  private func contest(
    _ shellLine: String, names: [String] = ["alloc.pair.64"], roundCount: Int = 3
  ) throws -> Contest {
    let plan = try BenchmarkPlan(names: names, roundCount: roundCount, format: .lines)
    var contest = Contest(plan, childArguments: ["-c", shellLine])
    contest.launcher.executable = "/bin/sh"
    contest.search.folders = ["/nowhere"]
    return contest
  }

  private func output(of contest: Contest) -> (lines: [String], failureCount: Int) {
    var lines: [String] = []
    let failureCount = contest.run { lines.append($0) }
    return (lines.filter { !$0.hasPrefix("# built") && !$0.hasPrefix("# busy") }, failureCount)
  }

  @Test func `a missing peer is skipped with a word`() throws {
    let (lines, failureCount) = output(of: try contest("echo ns_op 2"))
    #expect(failureCount == 0)
    #expect(
      lines.dropFirst() == [
        "# skipped: libjemalloc.so.2 is not installed",
        "# skipped: libtcmalloc_minimal.so.4 is not installed",
        "# skipped: libmimalloc.so.2 is not installed",
        "# skipped: libmimalloc.so.3 is not installed",
        "alloc.pair.64 tricolor ns_op 2.00",
        "alloc.pair.64 tricolor ns_op_spread_percent 0.00",
        "alloc.pair.64 glibc ns_op 2.00",
        "alloc.pair.64 glibc ns_op_spread_percent 0.00",
        "alloc.pair.64 tricolor ratio_to_glibc 1.00",
      ])
  }

  @Test func `where no peer takes part none is looked for`() throws {
    let (lines, _) = output(of: try contest("echo ns_op 2", names: ["mark.list.100000"]))
    #expect(
      lines.dropFirst() == [
        "mark.list.100000 tricolor ns_op 2.00",
        "mark.list.100000 tricolor ns_op_spread_percent 0.00",
      ])
  }

  @Test(arguments: [
    ("exit 3", "the process ended with status 3"),
    ("kill -KILL $$", "the process was killed by signal 9"),
    ("echo what", "expected lines of a metric and its values, got: what"),
    ("true", "expected lines of a metric and its values, got: nothing"),
  ])
  func `a child that fails is reported`(shellLine: String, reason: String) throws {
    let line = "test $0 = tricolor && { \(shellLine); exit; }; echo ns_op 2"
    let (lines, failureCount) = output(of: try contest(line))
    #expect(failureCount == 1)
    #expect(
      lines.dropFirst(5) == [
        "# failed: alloc.pair.64 tricolor: \(reason)",
        "alloc.pair.64 glibc ns_op 2.00",
        "alloc.pair.64 glibc ns_op_spread_percent 0.00",
      ])
  }

  @Test func `a program that does not exist is reported`() throws {
    var contest = try contest("")
    contest.launcher.executable = "/nowhere/program"
    let (lines, failureCount) = output(of: contest)
    #expect(failureCount == 2)
    #expect(lines.last?.hasSuffix("/nowhere/program: cannot be started, error 2") == true)
  }

  @Test func `the contestants take turns`() throws {
    let standing = try contest("echo at $(date +%s%N)").measure(
      .allocation(.pair, byteCount: 64),
      [.ours, Contestant(name: "glibc", kind: .malloc(library: nil))])
    let (first, second) = (standing.entries[0].figures[0], standing.entries[1].figures[0])
    let times = zip(first.series.values, second.series.values).flatMap { [$0, $1] }
    #expect(times.count == 6)
    #expect(times == times.sorted())
  }

  @Test func `a library comes by the environment, and one alone`() throws {
    // Loaded already, so that the loader has nothing to complain of.
    let library = try #require(Malloc().path)
    let task = try ChildTask(["malloc", "alloc.pair.64", "-", "1", library])
    let launcher = Launcher(
      executable: "/bin/sh",
      arguments: ["-c", "tr '\\0' '\\n' </proc/$$/environ | grep -c ^LD_PRELOAD= | sed 's/^/n /'"])
    #expect(try launcher.run(task) == [Figure("n", 1)])
  }

  @Test func `a library that could not be loaded is noticed`() throws {
    let task = try ChildTask(["malloc", "alloc.pair.64", "10", "1", "/nowhere/a.so"])
    let path = try #require(Malloc().path)
    #expect(throws: ChildError.notLoaded(library: "/nowhere/a.so", malloc: path)) {
      try task.perform()
    }
  }
}
