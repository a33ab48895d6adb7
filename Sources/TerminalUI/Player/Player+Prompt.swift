import GarbageCollection
import Scenarios
import TimeTravel

/// The `:` prompt: statements of the script language, and a few commands of its own.
extension Player {
  mutating func type(_ key: Key) {
    switch key {
    case .escape, .control("c"): prompt = nil
    case .enter: enter()
    case .tab: complete()
    case .backspace:
      if prompt?.text.isEmpty == true { prompt = nil } else { prompt?.deleteBackward() }
    case .delete, .control("d"): prompt?.deleteForward()
    case .left, .control("b"): prompt?.move(by: -1)
    case .right, .control("f"): prompt?.move(by: 1)
    case .home, .control("a"): prompt?.moveToStart()
    case .end, .control("e"): prompt?.moveToEnd()
    case .control("u"): prompt?.clear()
    case .up, .control("p"): prompt?.recall(1, in: history)
    case .down, .control("n"): prompt?.recall(-1, in: history)
    case .character(let character): prompt?.insert(String(character))
    default: break
    }
  }

  /// The names that a statement may use here.
  var scope: Scope {
    let roots = session.timeline.state.machine.roots
    var labels: [String: Int] = [:]
    for record in session.timeline.state.chronicle.records {
      labels[record.label] = record.slotCount
    }
    let top = roots.stacks[0].frames.last
    var scope = Scope(
      labels: labels, globals: roots.globals.map(\.name),
      variables: top.map { $0.variables.map(\.name) }, settingsLocked: false)
    for stack in roots.stacks.dropFirst() {
      scope.addThread(
        stack.thread, variables: stack.frames.last.map { $0.variables.map(\.name) },
        isEnded: stack.isEnded)
    }
    return scope
  }

  private mutating func complete() {
    guard let head = prompt?.head else { return }
    let candidates = Completion.candidates(for: head, scope: scope)
    guard let first = candidates.first else { return }
    let start = Completion.wordStart(in: head)
    let common = candidates.dropFirst().reduce(first) { $0.commonPrefix(with: $1) }
    let isWhole = candidates.count == 1 && !first.hasSuffix(".")
    prompt?.complete(from: start, with: isWhole ? common + " " : common)
    prompt?.candidates = candidates.count > 1 ? candidates : []
  }

  private mutating func enter() {
    guard let text = prompt?.text.trimmed, !text.isEmpty else {
      prompt = nil
      return
    }
    if history.last != text { history.append(text) }
    if let problem = execute(text) { prompt?.error = problem } else { prompt = nil }
  }

  /// Runs what was typed; what is wrong with it, or nil.
  private mutating func execute(_ text: String) -> Prompt.Problem? {
    let words = text.split(separator: " ", maxSplits: 1).map(String.init)
    let argument = words.count > 1 ? words[1].trimmed : ""
    switch words[0] {
    case "q", "quit":
      guard !hasUnsavedEdits else {
        return Prompt.Problem("your changes are not saved: w FILE saves them, q! quits without")
      }
      effects.append(.quit)
    case "q!": effects.append(.quit)
    case "w", "write", "wq", "w!", "wq!":
      guard !argument.isEmpty else {
        return Prompt.Problem("'\(words[0])' needs a file: '\(words[0]) story.tri'")
      }
      let mayReplace = words[0].hasSuffix("!") || argument == writtenPath
      effects.append(
        .write(path: argument, contents: session.script.text, mayReplace: mayReplace))
      if words[0].hasPrefix("wq") { effects.append(.quit) }
    case "goto": return goTo(argument)
    case "help": openHelp()
    default: return Int(text) == nil ? executeStatement(text) : goTo(text)
    }
    return nil
  }

  private mutating func goTo(_ word: String) -> Prompt.Problem? {
    guard let step = Int(word), (0...session.stepCount).contains(step) else {
      return Prompt.Problem("expected a step from 0 to \(session.stepCount)")
    }
    session.seek(to: step)
    return nil
  }

  private mutating func executeStatement(_ text: String) -> Prompt.Problem? {
    do throws(ScriptErrors) {
      let statement = try Script.parseStatement(text, scope: scope)
      if case .set(let name, let word) = statement {
        return change(name, to: word).map { Prompt.Problem($0) }
      }
      return inject(statement).map { Prompt.Problem($0.description) }
    } catch {
      let texts = error.errors.map(\.message).joined(separator: "; ")
      return Prompt.Problem(column: error.errors.first?.column, text: texts)
    }
  }

  /// A setting typed at the prompt replays the run, as the menu does.
  private mutating func change(_ name: SettingName, to word: String) -> String? {
    var settings = session.settings
    do throws(SettingError) { try settings.set(name, to: word) } catch {
      return error.description
    }
    return replay(under: settings)
  }

  /// What became of a `write` effect: the error, or nil when the file is written.
  public mutating func noteWritten(to path: String, error: String?) {
    if let error {
      effects.removeAll { $0 == .quit }
      return say(error, .doomed)
    }
    hasUnsavedEdits = false
    writtenPath = path
    say("written to \(path)", .good)
  }
}

extension Prompt.Problem {
  fileprivate init(_ text: String) { self.init(column: nil, text: text) }
}

extension String {
  fileprivate var trimmed: String {
    var text = self[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  fileprivate func commonPrefix(with other: String) -> String {
    String(zip(self, other).prefix { $0 == $1 }.map(\.0))
  }
}
