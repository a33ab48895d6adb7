/// What the figures of a run were measured on.
enum MachineFacts {
  /// Processor, cores and kernel, in one line.
  static var line: String {
    line(
      processors: SystemFile.text(of: "/proc/cpuinfo") ?? "",
      kernel: SystemFile.text(of: "/proc/sys/kernel/osrelease") ?? "")
  }

  /// - Parameter processors: the contents of `/proc/cpuinfo`, which names no model on every machine.
  static func line(processors: String, kernel: String) -> String {
    let facts = processors.split(separator: "\n").map { fact in
      fact.split(separator: ":", maxSplits: 1).map(trimmed)
    }
    let model = facts.first { $0.count == 2 && $0[0] == "model name" }?[1]
    let cores = facts.count { $0.first == "processor" }
    return [
      model ?? "unnamed processor", cores == 1 ? "1 core" : "\(cores) cores",
      "Linux \(trimmed(kernel[...]))",
    ].joined(separator: ", ")
  }

  /// What makes the figures worthless, if anything does.
  static var warning: String? {
    #if DEBUG
      "built without optimisation: these figures say nothing about speed"
    #else
      nil
    #endif
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
