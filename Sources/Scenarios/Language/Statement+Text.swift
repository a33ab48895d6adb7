import GarbageCollection

extension Script {
  /// The script in canonical form: one space between words, two before a comment, defaults omitted.
  public var text: String {
    var text = ""
    for line in lines {
      line.write(to: &text)
      text += "\n"
    }
    return text
  }
}

extension Script.Line {
  /// The line in canonical form, without its line break.
  public var text: String {
    var text = ""
    write(to: &text)
    return text
  }

  fileprivate func write(to text: inout String) {
    if let statement { text += statement.text }
    guard let comment else { return }
    text += statement == nil ? "#" : "  #"
    text += comment
  }
}

extension Statement {
  /// The statement in canonical form: what a person would type to get it.
  public var text: String {
    switch self {
    case .title(let text): "title\(text.suffix) \(quoted(text.text))"
    case .set(let name, let word): "set \(name.rawValue) \(word)"
    case .object(let label, let slotCount, let byteCount):
      "object \(label)" + option("slots", slotCount) + option("bytes", byteCount)
    case .root(let name, let value): "root \(name) = \(value.text)"
    case .push(let name): "push \(name)"
    case .pop: "pop"
    case .local(let name, let value): "local \(name) = \(value.text)"
    case .raw(let name, let value): "raw \(name) = \(value.text)"
    case .store(let path, let value): "\(path.text) = \(value.text)"
    case .start: "start"
    case .startMinor: "start minor"
    case .step(let count, let unit):
      "step" + (count == 1 ? "" : " \(count)") + (unit == .step ? "" : " \(unit.rawValue)")
    case .until(let claim): "until \(claim.text)"
    case .finish: "finish"
    case .collect: "collect"
    case .collectMinor: "collect minor"
    case .scan(let target): "scan \(target.text)"
    case .work(let units): "work" + (units.map { " \($0)" } ?? "")
    case .resume: "resume"
    case .repeat(let count): "repeat \(count)"
    case .end: "end"
    case .churn(let churn): churn.text
    case .copy(let source, let target): "copy \(source) to \(target)"
    case .send(let name, let thread, let target): "send \(name) to \(thread) as \(target)"
    case .free(let name): "free \(name)"
    case .thread(let name): "thread \(name)"
    case .join(let name): "join \(name)"
    case .by(let thread, let statement): "\(thread): \(statement.text)"
    case .say(let text): "say\(text.suffix) \(quoted(text.text))"
    case .beat: "beat"
    case .ask(let question, let answer):
      "ask\(question.suffix) \(quoted(question.text)) answer \(answerText(answer))"
    case .expect(let claim): "expect \(claim.text)"
    case .goal(let goal): "goal \(goal.label) lost within \(goal.limit)"
    }
  }

  private func option(_ name: String, _ count: Int) -> String {
    count == 0 ? "" : " \(name) \(count)"
  }

  private func answerText(_ answer: String) -> String {
    answer.isPlainWord ? answer : quoted(answer)
  }

  private func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

extension Churn {
  /// The statement, defaults omitted.
  public var text: String {
    let usual = Churn(count: count)
    func option(_ name: String, _ path: KeyPath<Churn, Int>) -> String {
      self[keyPath: path] == usual[keyPath: path] ? "" : " \(name) \(self[keyPath: path])"
    }
    return "churn \(count)" + option("keep", \.keep) + option("slots", \.slotCount)
      + option("bytes", \.byteCount) + option("seed", \.seed)
  }
}

extension Value {
  public var text: String {
    switch self {
    case .nil: "nil"
    case .name(let name): name
    case .slot(let path): path.text
    }
  }
}

extension SlotPath {
  public var text: String { "\(base).\(slot)" }
}

extension Place {
  public var text: String {
    switch self {
    case .name(let name): name
    case .slot(let path): path.text
    }
  }
}

extension ScanTarget {
  public var text: String {
    switch self {
    case .stack(nil): "stack"
    case .stack(let thread?): "stack \(thread)"
    case .object(let name), .global(let name): name
    }
  }
}

extension Claim {
  public var text: String {
    switch self {
    case .color(let label, let color): "\(label) \(color.word)"
    case .free(let label): "\(label) free"
    case .fate(let label, let fate): "\(label) \(fate.rawValue)"
    case .invariant(let invariant, let holds):
      "\(invariant.rawValue) \(holds ? "holds" : "broken")"
    case .phase(let phase): "phase \(phase.rawValue)"
    case .holds(let place, let label): "\(place.text) = \(label ?? "nil")"
    case .count(let counter, let count): "\(counter.word) \(count)"
    }
  }
}

extension LocalizedText {
  /// What follows the statement word.
  fileprivate var suffix: String { language == .english ? "" : ".\(language.rawValue)" }
}
