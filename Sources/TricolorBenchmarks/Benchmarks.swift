import Benchmarking

/// `TricolorBenchmarks [NAME…]`: what `tricolor bench --format lines` does, without the rest.
@main
struct Benchmarks {
  private static let childArgument = "--child"

  static func main() {
    let words = Array(CommandLine.arguments.dropFirst())
    do {
      if words.first == childArgument {
        for line in try ChildTask(Array(words.dropFirst())).perform() { print(line) }
      } else {
        let plan = try BenchmarkPlan(names: words, format: .lines)
        let failures = Contest(plan, childArguments: [childArgument]).run { print($0) }
        precondition(failures == 0, "\(failures) measurements failed")
      }
    } catch {
      fatalError("\(error)")
    }
  }
}
