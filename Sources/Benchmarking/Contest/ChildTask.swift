/// One measurement, as one process asks another for it.
public struct ChildTask: Hashable, Sendable {
  let benchmark: Benchmark
  let kind: Contestant.Kind
  /// Nil for as many as the benchmark says.
  let operationCount: Int?
  let roundCount: Int
}

// MARK: - As arguments of a command line

extension ChildTask {
  private static let nothing = "-"

  /// ALLOCATOR BENCHMARK OPERATIONS ROUNDS LIBRARY, each one word; `-` for none.
  var words: [String] {
    let library: String?
    let allocator: String
    switch kind {
    case .ours(let variant): (allocator, library) = (variant.rawValue, nil)
    case .malloc(let path): (allocator, library) = ("malloc", path)
    case .command(let job): (allocator, library) = (job.peer, nil)
    }
    return [
      allocator, benchmark.name, operationCount.map { "\($0)" } ?? ChildTask.nothing,
      "\(roundCount)", library ?? ChildTask.nothing,
    ]
  }

  public init(_ words: [String]) throws(ChildError) {
    let unknown = ChildError.unknownTask(words.joined(separator: " "))
    guard words.count == 5, let benchmark = Benchmark(named: words[1]),
      let roundCount = Int(words[3]), roundCount > 0
    else { throw unknown }
    if let variant = Variant(rawValue: words[0]), benchmark.variants.contains(variant) {
      kind = .ours(variant)
    } else if words[0] == "malloc" {
      kind = .malloc(library: words[4] == ChildTask.nothing ? nil : words[4])
    } else {
      throw unknown
    }
    let count = Int(words[2])
    guard words[2] == ChildTask.nothing || (count ?? 0) > 0 else { throw unknown }
    operationCount = count
    self.benchmark = benchmark
    self.roundCount = roundCount
  }
}

// MARK: - Performing it

extension ChildTask {
  /// Measures in this process; a line for each metric.
  public func perform() throws(ChildError) -> [String] {
    switch kind {
    case .ours(let variant):
      return benchmark.measure(
        operationCount: operationCount, roundCount: roundCount, variant
      ).map(\.line)
    case .malloc(let library):
      // A library that the loader could not load is only complained about, and glibc measured.
      if let library, let path = Malloc().path, path != library {
        throw .notLoaded(library: library, malloc: path)
      }
      guard let figures = benchmark.measureMalloc(operationCount: operationCount) else {
        throw .unknownTask(words.joined(separator: " "))
      }
      return figures.map(\.line)
    case .command: throw .unknownTask(words.joined(separator: " "))
    }
  }
}
