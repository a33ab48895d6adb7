import Benchmarking
import Glibc

/// `TricolorBenchmarks [--format FORMAT] [--rounds N] [--peers FILE] [NAME…]`: what `tricolor bench` does,
/// without the rest and, where nothing else is said, in lines.
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
        var names = words
        let format = take("--format", from: &names).flatMap { ReportFormat(rawValue: $0) }
        let roundCount = take("--rounds", from: &names).flatMap { Int($0) }
        let jobs = try take("--peers", from: &names).map { try PeerJob.read(fileAt: $0) }
        let plan = try BenchmarkPlan(
          names: names, roundCount: roundCount ?? 5, format: format ?? .lines, jobs: jobs ?? [])
        let failureCount = Contest(plan, childArguments: [childArgument]).run { print($0) }
        exit(failureCount == 0 ? EXIT_SUCCESS : EXIT_FAILURE)
      }
    } catch {
      print("# \(error)")
      exit(usageStatus)
    }
  }

  /// Takes an option and the word after it, if they come first.
  private static func take(_ option: String, from words: inout [String]) -> String? {
    guard words.count > 1, words[0] == option else { return nil }
    defer { words.removeFirst(2) }
    return words[1]
  }
}
