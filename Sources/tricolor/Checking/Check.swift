public import ArgumentParser
import Foundation
import GarbageCollection
public import ModelChecking
import Scenarios
import TerminalUI

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

  func run() throws {
    if let model = bounds.model { return try runPublished(model) }
    if let file { return try runProgram(of: file) }
    let check = try check()
    var running = try search.begin(check)
    let interruption = try search.run(&running)
    let report = running.report
    var output = Output()
    switch format {
    case .text: for line in report.lines { try output.line(line) }
    case .json: try output.line(report.json)
    }
    try output.flush()
    try conclude(report, interruption)
  }

  private func check() throws -> ModelChecking.Check {
    let chosen = try Settings(settings.overrides + bounds.overrides)
    do throws(CheckError) {
      return try ModelChecking.Check(
        settings: chosen, bounds: bounds.value(chosen), promise: promise,
        mergesHeaps: bounds.symmetry == .on,
        limits: SearchLimits(workerCount: search.workerCount))
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
  private func keep(_ script: Script) throws -> Bool {
    if let save, let failure = Files.write(script.text, to: save) { throw failure }
    guard watch else { return false }
    let source = ScriptArgument.Source(name: save ?? "counterexample.tri", script: script)
    try Show.open(try source.play([]), named: source.name, look)
    return true
  }

  /// Tries every interleaving of a script's threads with the collector.
  private func runProgram(of file: String) throws {
    let source = try ScriptArgument(file: file).read()
    let program = try program(of: source, settings.overrides + bounds.overrides)
    let limits = SearchLimits(
      stateCount: search.states ?? 20_000_000, workerCount: search.workerCount)
    let report = program.search(limits: limits)
    var output = Output()
    for line in report.lines(of: source.name, format) { try output.line(line) }
    try output.flush()
    switch report.answer {
    case .keeps: return
    case .undecided(let depth):
      throw Failure(
        .incomplete,
        "check: \(report.states) states are the limit; no schedule of up to \(depth - 1) actions fails"
      )
    case .loses(let schedule, let lost):
      if try keep(program.script(of: schedule, losing: lost)) { return }
      throw Failure(
        .notAsExpected, "check: a schedule of \(schedule.count) statements loses an object")
    }
  }
}

extension Check {
  private func program(
    of source: ScriptArgument.Source, _ overrides: [(SettingName, String)]
  ) throws(Failure) -> ScriptProgram {
    do throws(ScriptProgramError) {
      return try ScriptProgram(source.script, overrides: overrides)
    } catch {
      throw Failure(.badScript, "\(source.name): \(error.description)")
    }
  }
}

extension AdversaryReport {
  fileprivate func lines(of name: String, _ format: Check.Format) -> [String] {
    let (verdict, length): (String, Int?) =
      switch answer {
      case .keeps: ("safe", nil)
      case .undecided: ("incomplete", nil)
      case .loses(let schedule, _): ("unsafe", schedule.count)
      }
    if format == .json {
      return [
        "{\"verdict\":\"\(verdict)\",\"states\":\(states),"
          + "\"length\":\(length.map { "\($0)" } ?? "null")}"
      ]
    }
    switch answer {
    case .keeps:
      return ["safe: no interleaving of \(name) loses an object", "\(states) states"]
    case .undecided:
      return [
        "incomplete: no interleaving found so far of \(name) loses an object", "\(states) states",
      ]
    case .loses(let schedule, let lost):
      return [
        "unsafe: this interleaving loses \(lost.joined(separator: ", ")); no shorter one does"
      ]
        + schedule.enumerated().map { "  \($0.offset + 1). \($0.element.text)" }
        + ["\(states) states"]
    }
  }
}

/// How large the heaps are.
struct BoundOptions: ParsableArguments {
  enum Symmetry: String, ExpressibleByArgument, CaseIterable {
    case on, off
  }

  enum Births: String, ExpressibleByArgument, CaseIterable {
    case none, white, grey, black
  }

  enum Copies: String, ExpressibleByArgument, CaseIterable {
    case none, guarded, bare
  }

  enum Sends: String, ExpressibleByArgument, CaseIterable {
    case none, shaded, bare
  }

  enum Beginning: String, ExpressibleByArgument, CaseIterable {
    case marking, idle
  }

  @Option(help: "Objects in the heap, 1 to 7; 2 if not given.") var objects: Int?
  @Option(help: "Slots of each object, 0 to 7; 1 if not given.") var slots: Int?
  @Option(help: "Variables of each mutator's stack, 1 to 7; 2 if not given.") var registers: Int?
  @Option(help: "Mutators, each with a stack of its own, 1 to 4.") var mutators = 1
  @Option(help: "Whether mutators allocate, and in which colour: none, white, grey or black.")
  var allocate = Births.none
  @Option(help: "Whether mutators copy whole objects, and how: none, guarded or bare.")
  var bulkCopy = Copies.none
  @Option(
    help: "Whether mutators send references to each other's stacks, and how: none, shaded or bare.")
  var send = Sends.none
  @Option(
    help: "Where runs begin: marking (just started) or idle; idle for many cycles and early flags.")
  var begin: Beginning?
  @Option(help: "one marking phase, or many cycles.") var cycles = CycleBound.one
  @Option(
    help: """
      Search a published collector in place of the machine: ben-ari or dijkstra-lamport; its size is \
      --objects, --slots and --roots N.
      """)
  var model: PublishedModel?
  @Option(
    help: """
      The order in which the published model's mutator acts: redirect-first, colour-first or \
      no-shading of ben-ari; atomic, shade-first, write-first or no-barrier of dijkstra-lamport.
      """)
  var order: String?
  @Option(
    help: """
      once or rescan: how often stacks are scanned; or a number: the variables of each mutator, or the \
      roots of a published model.
      """)
  var roots: String?
  @Option(help: "on: heaps that differ only in the names of their objects are one; or off.")
  var symmetry = Symmetry.on

  func value(_ settings: Settings) -> Bounds {
    var bounds = Bounds(
      objects: objects ?? 2, slots: slots ?? 1, registers: registers ?? rootCount ?? 2,
      mutators: mutators,
      allocates: allocate != .none, cycles: cycles)
    bounds.copies = bulkCopy != .none
    bounds.sends = send != .none
    bounds.startsIdle =
      begin.map { $0 == .idle } ?? (cycles == .many || settings.flagCheck == .early)
    return bounds
  }

  /// `--roots` where it is a number.
  var rootCount: Int? { roots.flatMap { Int($0) } }

  func validate() throws {
    if let roots, rootCount == nil { _ = try Settings([(.roots, roots)]) }
    if order != nil, model == nil {
      throw ValidationError("'--order' is for '--model'; '--atomicity' is what the machine has")
    }
  }

  /// The settings that these options ask for besides.
  var overrides: [(SettingName, String)] {
    var overrides: [(SettingName, String)] = []
    if let roots, rootCount == nil { overrides.append((.roots, roots)) }
    if allocate != .none { overrides.append((.allocate, allocate.rawValue)) }
    if bulkCopy != .none { overrides.append((.bulkCopy, bulkCopy.rawValue)) }
    if send != .none { overrides.append((.send, send.rawValue)) }
    return overrides
  }
}

extension CycleBound: ExpressibleByArgument {}
extension Promise: ExpressibleByArgument {}

/// The settings that a check can vary beside the bounds.
struct CheckedSettings: ParsableArguments {
  @Option(help: .of(.barrier), completion: .of(.barrier)) var barrier: String?
  @Option(help: .of(.schedule), completion: .of(.schedule)) var schedule: String?
  @Option(help: .of(.stacks), completion: .of(.stacks)) var stacks: String?
  @Option(help: .of(.atomicity), completion: .of(.atomicity)) var atomicity: String?
  @Option(help: .of(.scan), completion: .of(.scan)) var scan: String?
  @Option(help: .of(.handshake), completion: .of(.handshake)) var handshake: String?
  @Option(help: .of(.stackBarrier), completion: .of(.stackBarrier)) var stackBarrier: String?
  @Option(help: .of(.elide), completion: .of(.elide)) var elide: String?
  @Option(help: .of(.unguarded), completion: .of(.unguarded)) var unguarded: String?
  @Option(help: .of(.buffer), completion: .of(.buffer)) var buffer: String?
  @Option(help: .of(.flagCheck), completion: .of(.flagCheck)) var flagCheck: String?

  /// What was given, by setting.
  var overrides: [(SettingName, String)] {
    let words: [(SettingName, String?)] = [
      (.barrier, barrier), (.schedule, schedule), (.stacks, stacks),
      (.atomicity, atomicity), (.scan, scan), (.handshake, handshake),
      (.stackBarrier, stackBarrier), (.elide, elide), (.unguarded, unguarded),
      (.buffer, buffer), (.flagCheck, flagCheck),
    ]
    return words.compactMap { name, word in word.map { (name, $0) } }
  }

  func validate() throws { _ = try Settings(overrides) }
}

extension Settings {
  /// The plain settings with some words in place of their own.
  init(_ overrides: [(SettingName, String)]) throws(ValidationError) {
    self.init()
    for (name, word) in overrides {
      do throws(SettingError) { try set(name, to: word) } catch {
        throw ValidationError("--\(name.rawValue): \(error.description)")
      }
    }
  }
}
