/// What is to be measured, how often, and how it is told.
public struct BenchmarkPlan: Sendable {
  let benchmarks: [Benchmark]
  let roundCount: Int
  /// Nil for as many as each benchmark says.
  let operationCount: Int?
  let format: ReportFormat
  /// Programs of others that take turns with us.
  private let jobs: [PeerJob]

  /// - Parameters:
  ///   - names: `alloc`, `gc` (all others), a name or how names begin; empty for all.
  ///   - pattern: of those, the ones whose names begin with it or match it as a regular expression.
  ///   - sizes: bytes of the cells, separated by commas; nil for those of each workload.
  ///   - jobs: programs of others; those of benchmarks that are not measured are not run.
  public init(
    names: [String] = [], only pattern: String? = nil, sizes: String? = nil, roundCount: Int = 5,
    operationCount: Int? = nil, format: ReportFormat = .table, jobs: [PeerJob] = []
  ) throws(PlanError) {
    guard BenchmarkPlan.roundCounts.contains(roundCount) else { throw .badRounds(roundCount) }
    if let operationCount, operationCount < 1 { throw .badOperations(operationCount) }
    let all = Benchmark.all(byteCounts: try BenchmarkPlan.byteCounts(sizes))
    var named = names.isEmpty ? Set(all) : []
    for name in names { named.formUnion(try BenchmarkPlan.meant(by: name, among: all)) }
    benchmarks = try BenchmarkPlan.filter(all.filter { named.contains($0) }, pattern)
    self.roundCount = roundCount
    self.operationCount = operationCount
    self.format = format
    self.jobs = jobs
  }

  func jobs(beside benchmark: Benchmark) -> [PeerJob] {
    jobs.filter { $0.benchmark == benchmark.name }
  }

  private static let roundCounts = 1...1000

  private static func byteCounts(_ sizes: String?) throws(PlanError) -> [Int] {
    guard let sizes else { return [] }
    var counts: [Int] = []
    for word in sizes.split(separator: ",", omittingEmptySubsequences: false) {
      guard let count = Int(word), Benchmark.byteCounts.contains(count) else {
        throw .badSize(String(word))
      }
      counts.append(count)
    }
    return counts
  }

  /// The one of that name, or all whose names begin so.
  private static func meant(
    by word: String, among all: [Benchmark]
  ) throws(PlanError) -> [Benchmark] {
    if let benchmark = all.first(where: { $0.name == word }) { return [benchmark] }
    let meant = all.filter { benchmark in
      if word == "gc", case .collection = benchmark { return true }
      return benchmark.name.hasPrefix(word)
    }
    guard !meant.isEmpty else { throw .unknownName(word) }
    return meant
  }

  private static func filter(
    _ benchmarks: [Benchmark], _ pattern: String?
  ) throws(PlanError) -> [Benchmark] {
    guard let pattern else { return benchmarks }
    let expression: Regex<AnyRegexOutput>
    do { expression = try Regex(pattern) } catch { throw .badPattern(pattern) }
    let chosen = benchmarks.filter {
      $0.name.hasPrefix(pattern) || $0.name.contains(expression)
    }
    guard !chosen.isEmpty else { throw .nothingMatches(pattern) }
    return chosen
  }
}

/// Why there is nothing to measure.
public enum PlanError: Error, Hashable, Sendable {
  case unknownName(String)
  case badPattern(String)
  case nothingMatches(String)
  case badSize(String)
  case badRounds(Int)
  case badOperations(Int)
  case unreadableJobs(String)
  /// The line is counted from 1 on.
  case badJob(line: Int)
}

extension PlanError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unknownName(let name):
      "no benchmark is called '\(name)'; expected alloc, gc or how a name begins, as in alloc.rand"
    case .badPattern(let pattern):
      "--only '\(pattern)': expected how a name begins, or a regular expression"
    case .nothingMatches(let pattern): "--only '\(pattern)': none of these benchmarks matches"
    case .badSize(let word):
      "--sizes '\(word)': expected numbers of bytes from \(Benchmark.byteCounts.lowerBound) to "
        + "\(Benchmark.byteCounts.upperBound), as in 32,64"
    case .badRounds(let count): "--rounds \(count): expected a number from 1 to 1000"
    case .badOperations(let count): "--operations \(count): expected a number from 1 on"
    case .unreadableJobs(let path): "--peers \(path): cannot be read"
    case .badJob(let line):
      "--peers, line \(line): expected a benchmark, a name, a command and perhaps one, many or limit, "
        + "a tab between any two"
    }
  }
}
