/// What can be measured; each prints lines of `workload tricolor metric value`.
///
/// Workloads, object shape and random numbers are those with which other collectors are measured:
/// four references and sixteen bytes. Everything runs on one machine with a silent observer.
@main
struct Benchmarks {
  /// Runs the workloads whose names begin with one of the arguments; without arguments all of them.
  static func main() {
    let wanted = CommandLine.arguments.dropFirst()
    for workload in all
    where wanted.isEmpty || wanted.contains(where: { workload.name.hasPrefix($0) }) {
      workload.run()
    }
  }

  private static var all: [Workload] {
    [100_000, 1_000_000].flatMap { count in
      GraphShape.allCases.map { shape in
        Workload(name: "mark.\(shape.rawValue).\(count)") { Marking.run($0, shape, count) }
      }
    } + [
      Workload(name: "sweep.half.1000000") { Sweeping.run($0, objectCount: 1_000_000) },
      Workload(name: "alloc.drop.32") { Allocating.run($0, objectBytes: 32) },
      Workload(name: "alloc.drop.64") { Allocating.run($0, objectBytes: 64) },
      Workload(name: "barrier.1000") { Storing.run($0, objectCount: 1_000) },
      Workload(name: "barrier.1000000") { Storing.run($0, objectCount: 1_000_000) },
    ]
  }
}

/// One piece of work that is measured.
struct Workload {
  let name: String
  /// Measures it under its name.
  let measure: (String) -> Void

  init(name: String, measure: @escaping (String) -> Void) {
    self.name = name
    self.measure = measure
  }

  func run() { measure(name) }
}
