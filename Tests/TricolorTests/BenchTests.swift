import Testing

/// `tricolor bench`, with so few operations that its figures mean nothing.
struct BenchTests {
  @Test func `every allocator is measured and told line by line`() throws {
    let result = Tricolor.run(
      "bench", "alloc.pair", "alloc.local2", "--sizes", "64", "--rounds", "2", "--operations",
      "200", "--format", "lines")
    #expect(result.status == 0, "\(result)")
    #expect(result.errors == "")
    #expect(result.lines.first?.hasPrefix("# ") == true)
    let lines = result.lines.filter { !$0.hasPrefix("#") }.map { $0.split(separator: " ") }
    #expect(lines.allSatisfy { $0.count == 4 && Double($0[3]) != nil }, "\(lines)")
    let heads = Set(lines.map { $0.prefix(3).joined(separator: " ") })
    #expect(
      heads.isSuperset(of: [
        "alloc.pair.64 tricolor ns_op", "alloc.pair.64 glibc ns_op",
        "alloc.pair.64 glibc ns_op_spread_percent", "alloc.local2.64 tricolor speedup",
      ]))
  }

  @Test func `a table ends with the worst ratios`() {
    let result = Tricolor.run(
      "bench", "--only", "alloc.(rand|drop)", "--sizes", "64", "--rounds", "1", "--operations",
      "200")
    #expect(result.status == 0, "\(result)")
    #expect(result.output.contains("\nalloc.drop.64  "))
    #expect(result.output.contains("\n  tricolor   heap_overhead  "))
    #expect(result.output.contains("\nworst of 1 ratios to the best peer"))
    #expect(result.lines.allSatisfy { $0.hasPrefix("#") || $0.count <= 80 })
  }

  @Test func `the collector is measured alone`() {
    let result = Tricolor.run("bench", "mark.list.100000", "--operations", "20", "--rounds", "2")
    #expect(result.status == 0, "\(result)")
    #expect(!result.output.contains("skipped"))
    #expect(result.output.contains("\n  tricolor   full_ns_obj  "))
  }

  @Test(arguments: [
    ["frob"], ["--only", "("], ["--only", "frob"], ["--sizes", "7"], ["--sizes", "64,"],
    ["--rounds", "0"], ["--rounds", "x"], ["--operations", "0"], ["--format", "xml"],
    ["--child", "frob"], ["--peers", "/nowhere/jobs"],
  ])
  func `wrong usage is 64, in one line`(arguments: [String]) {
    let result = Tricolor.run(["bench"] + arguments)
    #expect(result.status == 64, "\(result)")
    #expect(result.output == "")
    #expect(result.errors.hasPrefix("tricolor: "))
    #expect(result.errors.split(separator: "\n").count == 1)
  }

  @Test func `a reader that has gone is 74`() {
    let result = Tricolor.run(
      ["bench", "alloc.pair.64", "--operations", "10"], redirection: ">/dev/full")
    #expect(result.status == 74)
  }
}
