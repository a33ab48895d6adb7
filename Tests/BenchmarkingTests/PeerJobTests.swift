import Testing

@testable import Benchmarking

struct PeerJobTests {
  private func job(_ command: String, _ rivalry: String = "one") throws -> PeerJob {
    try #require(try PeerJob.parse("mark.list.100000\tpeer\t\(command)\t\(rivalry)").first)
  }

  @Test func `a file has a job a line, and remarks`() throws {
    let jobs = try PeerJob.parse("# remark\nmark.a.1\tgo-p1\tenv A=1 run 'x y'\n\nb\tc\td\tlimit\n")
    #expect(jobs.map(\.benchmark) == ["mark.a.1", "b"])
    #expect(jobs.map(\.peer) == ["go-p1", "c"])
    #expect(jobs.map(\.command) == ["env A=1 run 'x y'", "d"])
    #expect(jobs.map(\.rivalry) == [.one, .limit])
  }

  @Test(arguments: ["a", "a\tb", "a\tb\tc\td", "a\tb\tc\tone\te", "a\t\tc"])
  func `other lines are refused`(line: String) {
    #expect(throws: PlanError.badJob(line: 2)) { try PeerJob.parse("# remark\n\(line)\n") }
  }

  @Test func `a file that is not there is refused`() {
    #expect(throws: PlanError.unreadableJobs("/nowhere/jobs")) {
      try PeerJob.read(fileAt: "/nowhere/jobs")
    }
  }

  @Test(
    arguments: [
      ("go1.27-p1", .one), ("go1.27-p2", .many), ("go1.24", .many), ("boehm8.2.8-m1-noint", .one),
      ("boehm8.2.8-m2", .many), ("java25-serial", .one), ("java25-g1", .many), ("ocaml5.3", .one),
      ("luajit2.1", .one), ("node20", .many), ("glibc2.41", .one), ("limit", .limit),
      ("none-glibc2.41", .limit), ("c", .one), ("swift-arc", .one),
    ] as [(String, Rivalry)])
  func `a name tells how many threads there are`(name: String, rivalry: Rivalry) {
    #expect(Rivalry(peer: name) == rivalry)
  }

  @Test func `figures are those of the benchmark, else all, the last of each metric`() throws {
    let job = try job("true")
    #expect(
      job.figures(in: "mark.list.100000 a 1\nother a 2\nwhat is this?\nmark.list.100000 b x")
        == [Figure("a", 1)])
    #expect(job.figures(in: "other a 1\nother b 2\nother a 3") == [Figure("b", 2), Figure("a", 3)])
  }

  @Test func `a job is a command of the shell`() throws {
    let figures = try job("echo \"mark.list.100000 a $((1 + 1))\"; echo complaint >&2").run(
      seconds: 60)
    #expect(figures == [Figure("a", 2)])
  }

  @Test func `what fails, says nothing or takes too long is an error`() throws {
    #expect(throws: ChildError.ended(status: 3)) { try job("exit 3").run(seconds: 60) }
    #expect(throws: ChildError.unreadable("nothing of mark.list.100000")) {
      try job("true").run(seconds: 60)
    }
    #expect(throws: ChildError.timedOut(seconds: 1)) { try job("sleep 60").run(seconds: 1) }
  }

  @Test func `a limit program is found by what it does`() throws {
    let ratings = CollectionWorkload.store(objectCount: 9).ratings
    let metrics = ["none", "flag_off", "insertion_on", "deletion_on", "hybrid_on", "idle"]
    let found = ratings.map { rating in
      metrics.filter { rating.matchesLimit("\($0)_ns_store") }.joined(separator: " ")
    }
    #expect(
      found == [
        "none idle", "flag_off idle", "insertion_on", "deletion_on", "hybrid_on", "hybrid_on",
      ])
    #expect(Rating("mark_ns_obj").matchesLimit("ref32_pages_ns_obj"))
    #expect(!Rating("mark_ns_obj").matchesLimit("load_ms"))
  }

  @Test func `jobs take turns with us, and one that fails is told`() throws {
    let jobs = try PeerJob.parse(
      """
      mark.list.100000\tgo-p1\techo mark.list.100000 mark_ns_obj 4
      mark.list.100000\tgo-p2\techo mark.list.100000 mark_ns_obj 2
      mark.list.100000\tboehm-m1\texit 1
      mark.list.100000\tlimit\techo mark.list.100000 ref32_ns_obj 1; echo mark.list.100000 x_ms 0
      mark.tree.100000\tgo-p1\techo mark.tree.100000 mark_ns_obj 4
      """)
    let plan = try BenchmarkPlan(
      names: ["mark.list.100000"], roundCount: 2, format: .lines, jobs: jobs)
    // Three rounds of ours in a process are one of the contest.
    var contest = Contest(plan, childArguments: ["-c", "echo mark_ns_obj 1 3 9"])
    contest.launcher.executable = "/bin/sh"
    var lines: [String] = []
    #expect(contest.run { lines.append($0) } == 1)
    #expect(
      lines.filter { !$0.hasPrefix("#") && !$0.contains("spread") } == [
        "mark.list.100000 tricolor mark_ns_obj 3.00", "mark.list.100000 go-p1 mark_ns_obj 4.00",
        "mark.list.100000 go-p2 mark_ns_obj 2.00", "mark.list.100000 limit ref32_ns_obj 1.00",
        "mark.list.100000 limit x_ms 0.00",
        "mark.list.100000 tricolor mark_ns_obj_ratio_to_go-p1 0.75",
        "mark.list.100000 tricolor mark_ns_obj_ratio_to_go-p2 1.50",
        "mark.list.100000 tricolor mark_ns_obj_ratio_to_limit:ref32_ns_obj 3.00",
      ])
    #expect(
      lines.contains("# failed: mark.list.100000 boehm-m1: the process ended with status 1"))
  }
}
