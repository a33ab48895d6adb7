/// A command that does the same work as one of our benchmarks, with another collector or none.
///
/// In a file, a line each, `#` before remarks:
/// ```
/// mark.rand.1000000<TAB>go1.27-p1<TAB>env GOMAXPROCS=1 ./go-1.27 mark rand 1000000
/// ```
/// The command is one for `sh`, and prints lines of `workload metric value`. A fourth word, `one`, `many`
/// or `limit`, says what kind of rival it is where its name does not.
public struct PeerJob: Hashable, Sendable {
  /// The name of the benchmark that it is measured beside.
  let benchmark: String
  let peer: String
  let command: String
  let rivalry: Rivalry
}

/// What it means to be compared with somebody.
enum Rivalry: String, Hashable, Sendable {
  /// A collector or an allocator that works on the program's thread alone.
  case one
  /// One that may use more threads than the program has.
  case many
  /// No collector: how fast the machine itself could do it.
  case limit
}

extension Rivalry {
  /// Words in the names of peers that work on one thread.
  private static let wordsOfOne: Set<String> = ["p1", "m1", "serial", "c"]
  private static let beginningsOfOne = [
    "ocaml", "lua", "swift", "glibc", "jemalloc", "tcmalloc", "mimalloc",
  ]

  /// As far as a name tells, as in `go1.27-p1` and `java25-serial`.
  init(peer: String) {
    let words = peer.split(separator: "-").map(String.init)
    if words.contains(where: { ["limit", "none"].contains($0) }) {
      self = .limit
    } else if words.contains(where: { Rivalry.wordsOfOne.contains($0) })
      || Rivalry.beginningsOfOne.contains(where: { peer.hasPrefix($0) })
    {
      self = .one
    } else {
      self = .many
    }
  }
}

// MARK: - Reading

extension PeerJob {
  /// The jobs of a file.
  public static func read(fileAt path: String) throws(PlanError) -> [PeerJob] {
    guard let text = SystemFile.text(of: path) else { throw .unreadableJobs(path) }
    return try parse(text)
  }

  static func parse(_ text: String) throws(PlanError) -> [PeerJob] {
    var jobs: [PeerJob] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    where !line.isEmpty && !line.hasPrefix("#") {
      guard let job = PeerJob(line: line) else { throw .badJob(line: index + 1) }
      jobs.append(job)
    }
    return jobs
  }

  private init?(line: Substring) {
    let words = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    guard (3...4).contains(words.count), words.allSatisfy({ !$0.isEmpty }) else { return nil }
    (benchmark, peer, command) = (words[0], words[1], words[2])
    guard words.count == 4 else {
      rivalry = Rivalry(peer: peer)
      return
    }
    guard let rivalry = Rivalry(rawValue: words[3]) else { return nil }
    self.rivalry = rivalry
  }
}

// MARK: - Running

extension PeerJob {
  private static let timeoutStatuses: Set<Int32> = [124, 137]

  /// What it measures, in a process of its own; it is ended, and its children, when it takes too long.
  func run(seconds: Int) throws(ChildError) -> [Figure] {
    let shellLine = "exec timeout -k 5 \(seconds) sh -c \"$0\" </dev/null 2>/dev/null"
    let output: String
    do throws(ChildError) {
      output = try ChildProcess.output(
        of: "/bin/sh", ["-c", shellLine, command], environment: Launcher.inheritedEnvironment)
    } catch {
      if case .ended(let status) = error, PeerJob.timeoutStatuses.contains(status) {
        throw .timedOut(seconds: seconds)
      }
      throw error
    }
    let figures = figures(in: output)
    guard !figures.isEmpty else { throw .unreadable("nothing of \(benchmark)") }
    return figures
  }

  /// Those of the benchmark's own name or, where there are none, all; of each metric the last.
  func figures(in output: String) -> [Figure] {
    let lines = output.split(separator: "\n").map { $0.split(separator: " ") }
      .filter { $0.count == 3 && Double($0[2]) != nil }
    let own = lines.filter { $0[0] == benchmark }
    var figures: [Figure] = []
    for words in own.isEmpty ? lines : own {
      guard let value = Double(words[2]) else { continue }
      figures.removeAll { $0.metric == words[1] }
      figures.append(Figure(String(words[1]), value))
    }
    return figures
  }
}
