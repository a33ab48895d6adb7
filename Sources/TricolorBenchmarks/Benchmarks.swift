import Benchmarking
import Glibc

/// `TricolorBenchmarks [NAME…]`: what `tricolor bench --format lines` does, without the rest.
@main
struct Benchmarks {
  private static let childArgument = "--child"
  private static let usageStatus: Int32 = 64

  static func main() {
    let words = Array(CommandLine.arguments.dropFirst())
    do {
      if words.first == childArgument {
        for line in try ChildTask(Array(words.dropFirst())).perform() { print(line) }
      } else {
        let plan = try BenchmarkPlan(names: words, format: .lines)
        let failureCount = Contest(plan, childArguments: [childArgument]).run { print($0) }
        exit(failureCount == 0 ? EXIT_SUCCESS : EXIT_FAILURE)
      }
    } catch {
      print("# \(error)")
      exit(usageStatus)
    }
  }
}
