public import GarbageCollection

/// A program that runs on one thread of a machine of threads, for as long as somebody wants it to.
///
/// Whatever it holds across a safepoint stands in its mutator's variables, or is reachable from them.
/// What it does depends on its seed alone.
public protocol Workload: ~Copyable {
  /// Builds what the program starts with.
  ///
  /// - Parameter liveBytes: what it keeps alive, about; at least `WorkloadKind.leastLiveBytes`.
  init(_ mutator: consuming ThreadedMutator, seed: UInt64, liveBytes: Int) throws(ThreadError)

  /// One operation, a few microseconds of work.
  ///
  /// - Throws: `ThreadError.heap` when the heap is full of what is alive.
  mutating func step() throws(ThreadError)
}

/// The programs to choose from; each is its own file.
public enum WorkloadKind: String, Hashable, Sendable, CaseIterable {
  /// Short trees beside a large old one, whose branches are replaced.
  case trees
  /// A cache that forgets what was used last.
  case lru
  /// Long linked lists that grow at one end and are cut at the other.
  case list
  /// A graph whose edges are moved at random.
  case graph
}

extension WorkloadKind {
  /// What it does, in a few words.
  public var summary: String {
    switch self {
    case .trees: "binary trees: short-lived ones beside a large one whose branches are replaced"
    case .lru: "a cache: hash table, list by last use, values of many sizes, the oldest forgotten"
    case .list: "linked lists that grow at one end and are cut at the other"
    case .graph: "a graph: nodes hung in, edges moved and cut, at random"
    }
  }

  /// What one operation is.
  public var operation: String {
    switch self {
    case .trees: "tree"
    case .lru: "look-up"
    case .list: "link"
    case .graph: "change"
    }
  }

  /// Bytes that a thread keeps alive at least.
  public static let leastLiveBytes = 64 << 10

  /// Runs the program until `goesOn`, asked after every `stride` operations, says no.
  public func run(
    _ mutator: consuming ThreadedMutator, seed: UInt64, liveBytes: Int,
    goesOn: (_ operationCount: Int) -> Bool
  ) throws(ThreadError) {
    switch self {
    case .trees:
      var program = try TreesWorkload(mutator, seed: seed, liveBytes: liveBytes)
      try program.run(goesOn: goesOn)
    case .lru:
      var program = try CacheWorkload(mutator, seed: seed, liveBytes: liveBytes)
      try program.run(goesOn: goesOn)
    case .list:
      var program = try ListWorkload(mutator, seed: seed, liveBytes: liveBytes)
      try program.run(goesOn: goesOn)
    case .graph:
      var program = try GraphWorkload(mutator, seed: seed, liveBytes: liveBytes)
      try program.run(goesOn: goesOn)
    }
  }

  /// Operations between two questions whether to go on.
  public static let stride = 64
}

extension Workload where Self: ~Copyable {
  /// Operations until somebody says no; `goesOn` is told how many there were since it was asked last.
  @inline(__always)
  mutating func run(goesOn: (_ operationCount: Int) -> Bool) throws(ThreadError) {
    while goesOn(WorkloadKind.stride) {
      for _ in 0..<WorkloadKind.stride { try step() }
    }
  }
}
