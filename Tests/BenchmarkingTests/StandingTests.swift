import Testing

@testable import Benchmarking

struct StandingTests {
  static let standing: Standing = {
    var standing = Standing(
      benchmark: "alloc.local2.64",
      entries: [
        Standing.Entry(
          "tricolor", nil,
          [Figure("ns_op", Series([12, 10, 11])), Figure("speedup", Series([1.9, 1.8, 2]))]),
        Standing.Entry("glibc", .one, [Figure("ns_op", Series([20, 21, 22]))]),
        Standing.Entry("jemalloc", .one, [Figure("ns_op", Series([8, 10, 11]))]),
        Standing.Entry("mimalloc", .one, [Figure("ns_op", Series([1]))]),
      ])
    standing.entries[3].failure = "the process was killed by signal 11"
    return standing
  }()

  @Test func `the best peer has the least median, and has not failed`() throws {
    let ratio = try #require(StandingTests.standing.toldRatios.first)
    #expect(StandingTests.standing.toldRatios.count == 1)
    #expect(ratio.rival == "jemalloc")
    #expect(ratio.series.values == [1.5, 1, 1])
  }

  @Test func `alone there is no ratio`() {
    let alone = Standing(
      benchmark: "alloc.drop.64",
      entries: [Standing.Entry("tricolor", nil, [Figure("ns_op", 3)])])
    #expect(alone.ratios.isEmpty)
  }

  @Test func `rounds of a contestant come together by metric`() {
    var entry = Standing.Entry("glibc")
    entry.add([Figure("ns_op", 1), Figure("speedup", 2)])
    entry.add([Figure("ns_op", 3), Figure("speedup", 4)])
    #expect(
      entry.figures == [Figure("ns_op", Series([1, 3])), Figure("speedup", Series([2, 4]))])
  }

  @Test func `a table is for people`() {
    #expect(
      ReportFormat.table.lines(for: StandingTests.standing) == [
        "alloc.local2.64                                 median                min..max",
        "  tricolor   ns_op                                11.0              10.0..12.0",
        "  glibc      ns_op                                21.0              20.0..22.0",
        "  jemalloc   ns_op                                10.0              8.00..11.0",
        "  tricolor   speedup                              1.90              1.80..2.00",
        "  mimalloc   failed: the process was killed by signal 11",
        "  tricolor ÷ jemalloc, the best peer              1.00              1.00..1.50",
        "",
      ])
  }

  @Test func `lines are for programs`() {
    #expect(
      ReportFormat.lines.lines(for: StandingTests.standing) == [
        "alloc.local2.64 tricolor ns_op 11.0",
        "alloc.local2.64 tricolor ns_op_spread_percent 18.2",
        "alloc.local2.64 tricolor speedup 1.90",
        "alloc.local2.64 tricolor speedup_spread_percent 10.5",
        "alloc.local2.64 glibc ns_op 21.0",
        "alloc.local2.64 glibc ns_op_spread_percent 9.52",
        "alloc.local2.64 jemalloc ns_op 10.0",
        "alloc.local2.64 jemalloc ns_op_spread_percent 30.0",
        "# failed: alloc.local2.64 mimalloc: the process was killed by signal 11",
        "alloc.local2.64 tricolor ratio_to_jemalloc 1.00",
      ])
  }

  @Test func `a page has a row for each metric of ours`() {
    var standing = Standing(
      benchmark: "mark.list.9",
      entries: [
        Standing.Entry(
          "tricolor", nil, [Figure("mark_ns_obj", Series([2, 4, 3])), Figure("x_ns_action", 1)]),
        Standing.Entry("tricolor-stw", nil, [Figure("mark_ns_obj", 8)]),
        Standing.Entry("go-p1", .one, [Figure("mark_ns_obj", Series([4, 8, 6]))]),
        Standing.Entry("go-p2", .many, [Figure("mark_ns_obj", Series([2, 2, 2]))]),
        Standing.Entry("boehm", .one),
      ], ratings: [Rating("mark_ns_obj")])
    standing.entries[4].failure = "the process ended with status 1"
    #expect(
      ReportFormat.readme.lines(for: standing) == [
        "| mark.list.9 | mark_ns_obj | 3.00 (2.00..4.00) | 6.00 go-p1 (×0.50) "
          + "| 2.00 go-p2 (×1.50) |  |",
        "| mark.list.9 (tricolor-stw) | mark_ns_obj | 8.00 | 6.00 go-p1 (×2.00) "
          + "| 2.00 go-p2 (×4.00) |  |",
        "| mark.list.9 | boehm failed | the process ended with status 1 | | | |",
      ])
  }

  @Test func `nothing is divided by a difference near zero`() {
    let standing = Standing(
      benchmark: "sweep.half.9",
      entries: [
        Standing.Entry("tricolor", nil, [Figure("dead_ns_obj", 0.5)]),
        Standing.Entry("boehm-m1", .one, [Figure("dead_ns_obj", 0.001)]),
      ], ratings: [Rating("dead_ns_obj")])
    #expect(standing.toldRatios.isEmpty)
    #expect(
      ReportFormat.readme.lines(for: standing) == [
        "| sweep.half.9 | dead_ns_obj | 0.50 | 0.00 boehm-m1 | 0.00 boehm-m1 |  |"
      ])
  }

  @Test func `pauses are told by bars`() {
    let standing = Standing(
      benchmark: "pause.9",
      entries: [
        Standing.Entry(
          "tricolor", nil,
          [
            Figure("max_pause_us", 60), Figure("pauses_from_20us", 40),
            Figure("pauses_from_50us", 1), Figure("pauses_from_100us", 0),
          ])
      ], ratings: [])
    #expect(
      ReportFormat.table.lines(for: standing) == [
        "pause.9                                         median                min..max",
        "  tricolor   max_pause_us                         60.0              60.0..60.0",
        "  pauses of tricolor, by length from, in a run",
        "        20 µs     40.0  " + String(repeating: "█", count: 40),
        "        50 µs     1.00  █",
        "       100 µs     0.00",
        "",
      ])
  }

  @Test func `the summary has the worst first`() {
    let ratios = [1.25, 0.5, 3, 1.5, 1.1, 2].enumerated().map {
      Ratio(
        benchmark: "alloc.pair.\($0.offset)", contestant: "tricolor", metric: "ns_op",
        rival: "tcmalloc", field: .all, series: Series([$0.element]), rivalMedian: 1)
    }
    #expect(
      ReportFormat.table.summary(of: ratios) == [
        "worst of 6 ratios to the best peer              median                min..max",
        "  alloc.pair.2 ÷ tcmalloc                         3.00              3.00..3.00",
        "  alloc.pair.5 ÷ tcmalloc                         2.00              2.00..2.00",
        "  alloc.pair.3 ÷ tcmalloc                         1.50              1.50..1.50",
        "  alloc.pair.0 ÷ tcmalloc                         1.25              1.25..1.25",
        "  alloc.pair.4 ÷ tcmalloc                         1.10              1.10..1.10",
        "at least as fast as the best peer in 1 of 6",
      ])
    #expect(ReportFormat.table.summary(of: []) == [])
    #expect(ReportFormat.lines.summary(of: ratios) == [])
  }

  @Test(
    arguments: [
      (0, "0.00"), (0.004, "0.00"), (-0.004, "0.00"), (1.006, "1.01"), (9.994, "9.99"),
      (9.996, "10.0"), (-3.5, "-3.50"), (99.96, "100.0"), (999.96, "1000"), (12345.6, "12346"),
      (.infinity, "inf"),
    ] as [(Double, String)])
  func `a value has three digits or more`(value: Double, text: String) {
    #expect(ReportFormat.describe(value) == text)
  }

  @Test func `the machine is told in one line`() {
    let processors = """
      processor\t: 0
      model name\t: Some CPU @ 2.00GHz: fast
      processor\t: 1
      model name\t: Some CPU @ 2.00GHz: fast

      """
    #expect(
      MachineFacts.line(processors: processors, kernel: "6.1.0\n")
        == "Some CPU @ 2.00GHz: fast, 2 cores, Linux 6.1.0")
    #expect(
      MachineFacts.line(processors: "processor : 0\n", kernel: "6.1.0")
        == "unnamed processor, 1 core, Linux 6.1.0")
  }

  @Test func `a busy machine is told`() {
    #expect(MachineFacts.busyWarning(load: "0.99 3.00 3.00 1/99 7\n", coreCount: 2) == nil)
    #expect(
      MachineFacts.busyWarning(load: "1.01 0.00 0.00 1/99 7\n", coreCount: 2)
        == "busy: load average 1.01; figures of two threads suffer most")
    #expect(MachineFacts.busyWarning(load: "", coreCount: 2) == nil)
  }
}
