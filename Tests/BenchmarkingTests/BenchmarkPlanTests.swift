import Testing

@testable import Benchmarking

struct BenchmarkPlanTests {
  private func names(
    _ names: [String], only: String? = nil, sizes: String? = nil
  ) throws -> [String] {
    try BenchmarkPlan(names: names, only: only, sizes: sizes).benchmarks.map(\.name)
  }

  @Test func `every benchmark is found by its name`() {
    for benchmark in Benchmark.all() { #expect(Benchmark(named: benchmark.name) == benchmark) }
    for name in [
      "", "alloc", "alloc.rand", "alloc.rand.7", "alloc.frob.64", "mark.list.1", "alloc.pair.064",
    ] {
      #expect(Benchmark(named: name) == nil)
    }
  }

  @Test func `alloc and gc are everything`() throws {
    let (alloc, gc) = (try names(["alloc"]), try names(["gc"]))
    #expect(alloc.allSatisfy { $0.hasPrefix("alloc.") })
    #expect(try names([]) == alloc + gc)
    #expect(try names(["gc", "alloc"]) == alloc + gc)
    #expect(gc.contains("mark.rand.100000"))
  }

  @Test func `sizes are those of each workload unless they are given`() throws {
    #expect(
      try names(["alloc.prod2"]) == ["alloc.prod2.32", "alloc.prod2.64", "alloc.prod2.256"])
    #expect(try names(["alloc.pair"]).count == 6)
    #expect(try names(["alloc.pair"], sizes: "48,4096") == ["alloc.pair.48", "alloc.pair.4096"])
  }

  @Test func `a whole name means no other that begins so`() throws {
    #expect(try names(["mark.list.100000"]) == ["mark.list.100000"])
    #expect(try names(["mark.list.1"]).count == 3)
    #expect(try names(["gc", "mark.list"]) == names(["gc"]))
  }

  @Test func `only takes the start of a name or a regular expression`() throws {
    #expect(try names(["alloc"], only: "alloc.latency") == ["alloc.latency.64"])
    #expect(try names(["alloc"], only: "(pair|fifo).*16$") == ["alloc.pair.16", "alloc.fifo.16"])
  }

  @Test func `what makes no sense is refused`() {
    #expect(throws: PlanError.unknownName("frob")) { try BenchmarkPlan(names: ["alloc", "frob"]) }
    #expect(throws: PlanError.badPattern("(")) { try BenchmarkPlan(only: "(") }
    #expect(throws: PlanError.nothingMatches("frob")) { try BenchmarkPlan(only: "frob") }
    #expect(throws: PlanError.badRounds(0)) { try BenchmarkPlan(roundCount: 0) }
    #expect(throws: PlanError.badOperations(0)) { try BenchmarkPlan(operationCount: 0) }
    for word in ["", "x", "7", "-64", "32769"] {
      #expect(throws: PlanError.badSize(word)) { try BenchmarkPlan(sizes: word) }
    }
    #expect(throws: PlanError.badSize("")) { try BenchmarkPlan(sizes: "32,") }
  }

  @Test func `a task survives as words`() throws {
    let benchmark = Benchmark.allocation(.random, byteCount: 64)
    let kinds: [Contestant.Kind] = [
      .ours(.usual), .malloc(library: nil), .malloc(library: "/lib/a.so"),
    ]
    for kind in kinds {
      for operationCount in [nil, 7] {
        let task = ChildTask(
          benchmark: benchmark, kind: kind, operationCount: operationCount, roundCount: 3)
        #expect(try ChildTask(task.words) == task)
      }
    }
  }

  @Test(arguments: [
    "", "tricolor alloc.pair.64 - 1", "frob alloc.pair.64 - 1 -", "tricolor frob - 1 -",
    "tricolor alloc.pair.64 x 1 -", "tricolor alloc.pair.64 0 1 -", "tricolor alloc.pair.64 - 0 -",
  ])
  func `other words are no task`(text: String) {
    #expect(throws: ChildError.unknownTask(text)) {
      try ChildTask(text.split(separator: " ").map(String.init))
    }
  }

  @Test func `a collector's work is none for malloc`() throws {
    let task = try ChildTask(["malloc", "alloc.drop.64", "10", "1", "-"])
    #expect(throws: ChildError.unknownTask("malloc alloc.drop.64 10 1 -")) { try task.perform() }
  }
}
