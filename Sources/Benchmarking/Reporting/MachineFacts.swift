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
    let cores = coreCount(processors: processors)
    return [
      model ?? "unnamed processor", cores == 1 ? "1 core" : "\(cores) cores",
      "Linux \(trimmed(kernel[...]))",
    ].joined(separator: ", ")
  }

  private static func coreCount(processors: String) -> Int {
    processors.split(separator: "\n").count { $0.hasPrefix("processor") }
  }

  /// What makes the figures doubtful, one line each.
  static var warnings: [String] {
    [
      isOptimised ? nil : "built without optimisation: these figures say nothing about speed",
      busyWarning(
        load: SystemFile.text(of: "/proc/loadavg") ?? "",
        coreCount: coreCount(processors: SystemFile.text(of: "/proc/cpuinfo") ?? "")),
    ].compactMap(\.self)
  }

  /// - Parameter load: the contents of `/proc/loadavg`.
  static func busyWarning(load: String, coreCount: Int) -> String? {
    guard let word = load.split(separator: " ").first, let load = Double(word),
      load > Double(coreCount) / 2
    else { return nil }
    return "busy: load average \(word); figures of two threads suffer most"
  }

  private static var isOptimised: Bool {
    #if DEBUG
      false
    #else
      true
    #endif
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
