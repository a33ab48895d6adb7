import GarbageCollection
import ModelChecking
import Scenarios

extension Check {
  /// Tries every interleaving of a script's threads with the collector.
  func runProgram(of file: String) throws {
    let source = try ScriptArgument(file: file).read()
    let program = try program(of: source)
    var running = try search.begin(program.question)
    let interruption = try search.run(&running)
    let report = program.told(running.report)
    var output = Output()
    for line in report.lines(of: source.name, running, format) { try output.line(line) }
    try output.flush()
    if case .loses(let schedule, let lost) = report.answer {
      if try keep(program.script(of: schedule, losing: lost)) { return }
      throw Failure(
        .notAsExpected, "check: a schedule of \(schedule.count) statements loses an object")
    }
    if let interruption { throw Failure(.incomplete, "check: \(interruption.description)") }
  }

  private func program(of source: ScriptArgument.Source) throws(Failure) -> ScriptProgram {
    do throws(ScriptProgramError) {
      return try ScriptProgram(
        source.script, overrides: settings.overrides + bounds.overrides)
    } catch {
      throw Failure(.badScript, "\(source.name): \(error.description)")
    }
  }
}

extension AdversaryReport {
  fileprivate func lines(
    of name: String, _ search: any KeptSearch, _ format: Check.Format
  ) -> [String] {
    var length: Int?
    var lines: [String]
    switch answer {
    case .keeps: lines = ["safe: no interleaving of \(name) loses an object"]
    case .undecided:
      lines = ["incomplete: no interleaving found so far of \(name) loses an object"]
    case .loses(let schedule, let lost):
      length = schedule.count
      lines =
        ["unsafe: this interleaving loses \(lost.joined(separator: ", ")); no shorter one does"]
        + schedule.numbered(by: \.text)
    }
    return format == .json ? [search.record(length: length)] : lines + [search.facts("transitions")]
  }
}
