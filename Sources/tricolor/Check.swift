public import ArgumentParser
import Foundation
import GarbageCollection
public import ModelChecking

/// `tricolor check`: every schedule of a small heap.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Try every schedule of every small heap: proof within bounds, or the shortest loss.",
    discussion: """
      Drives the real machine: a mutator that loads, stores, moves, clears and allocates in every way \
      a real program could, and a collector that scans whatever it may scan next. Answers 0 when no \
      schedule within the bounds loses an object, 1 with the shortest one that does.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  enum Symmetry: String, ExpressibleByArgument, CaseIterable {
    case on, off
  }

  enum Births: String, ExpressibleByArgument, CaseIterable {
    case none, white, grey, black
  }

  @Option(help: "Objects in the heap, 1 to 7.") var objects = 2
  @Option(help: "Slots of each object, 0 to 7.") var slots = 1
  @Option(help: "Variables of the mutator's stack, 1 to 7.") var registers = 2
  @Option(help: "Mutators, each with a stack of its own, 1 to 4.") var mutators = 1
  @Option(help: "Whether the mutator allocates, and in which colour.") var allocate = Births.none
  @Option(help: "one marking phase, or many cycles.") var cycles = CycleBound.one
  @Option(help: "States to store at most; then the answer is incomplete.") var states = 20_000_000
  @Option(help: "on: heaps that differ only in the names of objects are one; or off.")
  var symmetry = Symmetry.on
  @Option(help: "Threads that search; as many as there are processors.") var workers: Int?
  @Option(help: "text or json.") var format = Format.text
  @OptionGroup var settings: CheckedSettings

  func run() throws {
    let report = try report()
    var output = Output()
    switch format {
    case .text: for line in lines(of: report) { try output.line(line) }
    case .json: try output.line(json(of: report))
    }
    try output.flush()
    if report.story != nil {
      throw Failure(
        .notAsExpected,
        "check: a schedule of \(report.story?.steps.count ?? 0) actions loses an object")
    }
  }

  private func report() throws -> CheckReport {
    var chosen = try settings.value()
    if allocate != .none {
      do throws(SettingError) { try chosen.set(.allocate, to: allocate.rawValue) } catch {
        preconditionFailure("birth colours are colours: \(error)")
      }
    }
    let bounds = Bounds(
      objects: objects, slots: slots, registers: registers, mutators: mutators,
      allocates: allocate != .none, cycles: cycles)
    do throws(CheckError) {
      let workerCount = workers ?? ProcessInfo.processInfo.activeProcessorCount
      return try ModelChecking.Check(
        settings: chosen, bounds: bounds, mergesHeaps: symmetry == .on,
        limits: SearchLimits(stateCount: states, workerCount: workerCount)
      ).run()
    } catch {
      throw ValidationError(error.description)
    }
  }

  private func lines(of report: CheckReport) -> [String] {
    let facts = "\(report.states) states, \(report.transitions) transitions, depth \(report.depth)"
    let bounds = "\(objects) objects of \(slots) slots, \(registers) registers"
    switch report.finding {
    case .holds: return ["safe: no schedule within \(bounds) loses an object", facts]
    case .undecided: return ["incomplete: no loss found before the limit on states", facts]
    case .fails:
      let story = report.story
      return ["unsafe: this schedule loses an object; no shorter one does"]
        + (story?.heap ?? []).map { "  \($0)" }
        + (story?.lines ?? []).enumerated().map { "  \($0.offset + 1). \($0.element)" } + [facts]
    }
  }

  private func json(of report: CheckReport) -> String {
    let verdict =
      switch report.finding {
      case .holds: "safe"
      case .undecided: "incomplete"
      case .fails: "unsafe"
      }
    let length = report.story.map { "\($0.steps.count)" } ?? "null"
    return "{\"verdict\":\"\(verdict)\",\"states\":\(report.states),\"length\":\(length),"
      + "\"transitions\":\(report.transitions),\"depth\":\(report.depth)}"
  }
}

extension CycleBound: ExpressibleByArgument {}

/// The settings that a check can vary.
struct CheckedSettings: ParsableArguments {
  @Option(help: "The barrier; see 'tricolor help barriers'.") var barrier = "none"
  @Option(help: "once or rescan.") var roots: String?
  @Option(help: "any, first or snapshot.") var stacks: String?
  @Option(help: "whole, shade-first, store-first or read-first.") var atomicity: String?
  @Option(help: "object, slot-last or slot-first.") var scan: String?
  @Option(help: "none, new-nil or old-nil.") var elide: String?
  @Option(help: "on or off.") var handshake: String?
  @Option(help: "on or off.") var stackBarrier: String?

  func value() throws -> Settings {
    let words: [(SettingName, String?)] = [
      (.barrier, barrier), (.roots, roots), (.stacks, stacks), (.atomicity, atomicity),
      (.scan, scan), (.elide, elide), (.handshake, handshake), (.stackBarrier, stackBarrier),
    ]
    var settings = Settings()
    for case (let name, let word?) in words {
      do throws(SettingError) { try settings.set(name, to: word) } catch {
        throw ValidationError("--\(name.rawValue): \(error.description)")
      }
    }
    return settings
  }
}
