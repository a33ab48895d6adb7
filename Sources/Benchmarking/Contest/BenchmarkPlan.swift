/// What is to be measured, how often, and how it is told.
public struct BenchmarkPlan: Sendable {
  let benchmarks: [Benchmark]
  let roundCount: Int
  /// Nil for as many as each benchmark says.
  let operationCount: Int?
  let format: ReportFormat

  /// - Parameters:
  ///   - names: `alloc`, `gc` (all others) or how a name begins; empty for all.
  ///   - pattern: of those, the ones whose names begin with it or match it as a regular expression.
  ///   - sizes: bytes of the cells, separated by commas; nil for those of each workload.
  public init(
    names: [String] = [], only pattern: String? = nil, sizes: String? = nil, roundCount: Int = 5,
    operationCount: Int? = nil, format: ReportFormat = .table
  ) throws(PlanError) {
    guard BenchmarkPlan.roundCounts.contains(roundCount) else { throw .badRounds(roundCount) }
    if let operationCount, operationCount < 1 { throw .badOperations(operationCount) }
    let all = Benchmark.all(byteCounts: try BenchmarkPlan.byteCounts(sizes))
    if let name = names.first(where: { name in !all.contains { $0.isMeant(by: name) } }) {
      throw .unknownName(name)
    }
    let named = all.filter { benchmark in
      names.isEmpty || names.contains { benchmark.isMeant(by: $0) }
    }
    benchmarks = try BenchmarkPlan.filter(named, pattern)
    self.roundCount = roundCount
    self.operationCount = operationCount
    self.format = format
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

extension Benchmark {
  fileprivate func isMeant(by word: String) -> Bool {
    switch (self, word) {
    case (.collection, "gc"): true
    default: name.hasPrefix(word)
    }
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
    }
  }
}
