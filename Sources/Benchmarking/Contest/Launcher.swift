/// Starts this program again, to measure in a fresh process.
struct Launcher: Hashable, Sendable {
  var executable = "/proc/self/exe"
  /// What makes the program take the words after it for a task.
  let arguments: [String]

  func run(_ task: ChildTask) throws(ChildError) -> [Figure] {
    let output = try ChildProcess.output(
      of: executable, arguments + task.words, environment: environment(for: task))
    var figures: [Figure] = []
    for line in output.split(separator: "\n") {
      guard let figure = Figure(line: line) else { throw .unreadable(String(line)) }
      figures.append(figure)
    }
    guard !figures.isEmpty else { throw .unreadable("nothing") }
    return figures
  }

  /// This process's environment, in which nothing but the task's library takes the place of `malloc`.
  private func environment(for task: ChildTask) -> [String] {
    guard case .malloc(let library?) = task.kind else { return Launcher.inheritedEnvironment }
    return Launcher.inheritedEnvironment + [Launcher.preloadVariable + library]
  }

  private static let preloadVariable = "LD_PRELOAD="

  /// This process's environment without anything that takes the place of `malloc`.
  static var inheritedEnvironment: [String] {
    (SystemFile.text(of: "/proc/self/environ") ?? "").split(separator: "\0")
      .map(String.init).filter { !$0.hasPrefix(preloadVariable) }
  }
}
