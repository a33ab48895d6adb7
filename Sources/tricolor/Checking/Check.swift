import ArgumentParser
import GarbageCollection
import ModelChecking
import Scenarios

/// `tricolor check`: every schedule of a small heap.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Try every schedule of every small heap: proof within bounds, or the shortest loss.",
    discussion: """
      With a script: every order in which the statements of its threads after 'start' and the \
      collector's steps can follow each other. Without: every heap of the bounds, every program.

      Drives the real machine: mutators that load, store, move, clear and allocate in every way a \
      real program could, and a collector that scans whatever it may scan next. Answers 0 when no \
      schedule within the bounds breaks the promise, 1 with the shortest one that does, and 75 when \
      the search was interrupted (Ctrl-C) or reached a limit before it knew.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @Argument(
    help: "A script whose threads are interleaved in every way; without, all heaps of the bounds.",
    completion: .file(extensions: ["tri"]))
  var file: String?
  @OptionGroup var bounds: BoundOptions
  @Option(
    help: "What no schedule may do: lost (lose an object), strong or weak (break the invariant).")
  var promise = Promise.keepsObjects
  @OptionGroup var search: SearchOptions
  @Option(help: "text or json.") var format = Format.text
  @Option(help: "Write the losing schedule to this file, as a script.", completion: .file())
  var save: String?
  @Flag(help: "Open the losing schedule in the visualizer.") var watch = false
  @OptionGroup var settings: CheckedSettings
  @OptionGroup var look: LookOptions

  func validate() throws {
    guard file != nil, bounds.areGiven || promise != .keepsObjects else { return }
    throw ValidationError(
      "a script has heap, variables and threads of its own; expected no bounds and no '--promise'")
  }

  func run() throws {
    if let model = bounds.model { return try runPublished(model) }
    if let file { return try runProgram(of: file) }
    let check = try check()
    var running = try search.begin(check)
    let interruption = try search.run(&running)
    let report = running.report
    var output = Output()
    switch format {
    case .text:
      for line in report.lines + [running.facts("transitions")] { try output.line(line) }
    case .json: try output.line(running.record(length: report.story?.steps.count))
    }
    try output.flush()
    try conclude(report, interruption)
  }

  private func check() throws -> ModelChecking.Check {
    let chosen = try Settings(settings.overrides + bounds.overrides)
    do throws(CheckError) {
      let check = try ModelChecking.Check(
        settings: chosen, bounds: bounds.value(chosen), promise: promise,
        mergesHeaps: bounds.symmetry == .on,
        limits: SearchLimits(workerCount: search.workerCount))
      if search.checkpoint != nil, !check.canBeKept { throw .notKept(chosen.collector) }
      return check
    } catch {
      throw ValidationError(error.description)
    }
  }

  /// Saves and shows what was found, and says it with the exit status.
  private func conclude(
    _ report: CheckReport, _ interruption: SearchOptions.Interruption?
  ) throws {
    if let story = report.story {
      let script = Script(losing: story, under: report.settings)
      if try keep(script) { return }
      throw Failure(
        .notAsExpected,
        "check: a schedule of \(story.steps.count) actions \(report.promise.complaint)")
    }
    guard let interruption else { return }
    throw Failure(.incomplete, "check: \(interruption.description)")
  }
}

extension Check {
  /// Saves and shows a losing schedule, as asked; whether it was shown.
  func keep(_ script: Script) throws -> Bool {
    if let save, let failure = Files.write(script.text, to: save) { throw failure }
    guard watch else { return false }
    let source = ScriptArgument.Source(name: save ?? "counterexample.tri", script: script)
    try Show.open(try source.play([]), named: source.name, look)
    return true
  }
}
