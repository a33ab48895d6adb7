import GarbageCollection

extension StatementParser {
  /// What follows the word of a statement.
  mutating func body(
    of keyword: Keyword, _ language: LocalizedText.Language
  ) throws(Problem) -> Statement {
    switch keyword {
    case .title: return .title(LocalizedText(try text(), in: language))
    case .set: return try setting()
    case .object: return try object()
    case .root:
      let name = try newName(.global, .global)
      try equals()
      return .root(name: name, try value())
    case .push:
      effect = .pushes
      return .push(try newName(.frame, nil))
    case .pop:
      effect = .pops
      reportMissingFrame(.popWithoutFrame)
      return .pop
    case .local:
      reportMissingFrame(.localWithoutFrame)
      let name = try newName(.variable, .variable)
      try equals()
      return .local(name: name, try value())
    case .raw:
      reportMissingFrame(.localWithoutFrame)
      let name = try newName(.variable, .variable)
      try equals()
      return .raw(name: name, try value())
    case .start: return try isMinor() ? .startMinor : .start
    case .step: return try step()
    case .until: return .until(try claim())
    case .finish: return .finish
    case .collect: return try isMinor() ? .collectMinor : .collect
    case .scan: return .scan(try scanTarget())
    case .work: return .work(isAtEnd ? nil : try number(of: .units))
    case .resume: return .resume
    case .repeat: return .repeat(try number(of: .times))
    case .end: return .end
    case .churn: return try churn()
    case .copy: return try copy()
    case .send: return try send()
    case .free: return .free(try base(for: .free))
    case .thread: return try thread()
    case .join: return try join()
    case .say: return .say(LocalizedText(try text(), in: language))
    case .beat: return .beat
    case .ask: return try question(in: language)
    case .expect: return .expect(try claim())
    case .goal: return .goal(try goal())
    }
  }

  private mutating func setting() throws(Problem) -> Statement {
    if scope.settingsLocked { reportStatement(.settingAfterAction) }
    let names = SettingName.allCases.map(\.rawValue)
    if isAtCursor { offers += names }
    let word = try word(.settingName)
    guard let name = SettingName(rawValue: String(word)) else {
      let near = suggestion.nearest(to: word, among: names)
      throw Problem(
        kind: .unknownSetting(String(word), suggestion: near),
        range: word.startIndex..<word.endIndex)
    }
    return .set(name, try settingValue(of: name))
  }

  private mutating func settingValue(of name: SettingName) throws(Problem) -> String {
    if isAtCursor { offers += name.choices }
    var word = try word(.settingValue(name))
    if name == .schedule, nextWord?.isNumber == true {
      let budget = try self.word(.settingValue(name))
      word = line[word.startIndex..<budget.endIndex]
    }
    var settings = Settings()
    do throws(SettingError) {
      try settings.set(name, to: String(word))
    } catch {
      let near = suggestion.nearest(to: word, among: name.choices)
      throw Problem(
        kind: .setting(error, suggestion: near), range: word.startIndex..<word.endIndex)
    }
    return settings.word(for: name)
  }

  private mutating func object() throws(Problem) -> Statement {
    let label = try newName(.object, .object(slotCount: nil))
    var counts: [String: Int] = [:]
    while !isAtEnd {
      let place = next?.range
      let option = try choice(["slots", "bytes"], used: Array(counts.keys))
      if counts[option] != nil, let place {
        throw Problem(kind: .optionTwice(option), range: place)
      }
      counts[option] = try number(of: option == "slots" ? .slots : .bytes)
    }
    effect = .declares(label, .object(slotCount: counts["slots"] ?? 0))
    return .object(
      label: label, slotCount: counts["slots"] ?? 0, byteCount: counts["bytes"] ?? 0)
  }

  /// `churn 100 keep 8 slots 1 bytes 16 seed 1`.
  private mutating func churn() throws(Problem) -> Statement {
    var churn = Churn(count: try number(of: .births))
    var given: [String] = []
    while !isAtEnd {
      let place = next?.range
      let option = try choice(["keep", "slots", "bytes", "seed"], used: given)
      if given.contains(option), let place {
        throw Problem(kind: .optionTwice(option), range: place)
      }
      given.append(option)
      switch option {
      case "keep": churn.keep = try number(of: .kept)
      case "slots": churn.slotCount = try number(of: .slots)
      case "bytes": churn.byteCount = try number(of: .bytes)
      default: churn.seed = try number(of: .count)
      }
    }
    for (name, meaning) in churn.names where !scope.hasChurned {
      if let taken = scope.obstacle(to: name, meaning: meaning) {
        reportStatement(.taken(name, by: taken))
      }
    }
    effect = .churns(churn)
    return .churn(churn)
  }

  private mutating func step() throws(Problem) -> Statement {
    let units = StepUnit.allCases.filter { $0 != .step }.map(\.rawValue)
    var count = 1
    if nextWord?.unicodeScalars.first?.isNameStart == false { count = try number(of: .steps) }
    guard !isAtEnd else { return .step(count: count, .step) }
    return .step(count: count, StepUnit(rawValue: try choice(units)) ?? .step)
  }

  /// Whether the statement goes on to say that it is about the young alone.
  private mutating func isMinor() throws(Problem) -> Bool {
    guard !isAtEnd else { return false }
    _ = try choice(["minor"])
    return true
  }

  private mutating func scanTarget() throws(Problem) -> ScanTarget {
    if isAtCursor { offers += ["stack"] + scope.names { $0 != .variable } }
    let word = try word(.scanTarget)
    let name = String(word)
    if name == "stack" { return .stack(thread: try stackOwner()) }
    switch meaning(of: word, wanted: .scanTarget, words: ["stack"]) {
    case .object, nil: return .object(name)
    case .global: return .global(name)
    case .variable:
      report(.scanOfVariable(name), at: word)
      return .stack(thread: nil)
    }
  }

  /// Whose stack, where there is a choice; nil for main's, which need not be said.
  private mutating func stackOwner() throws(Problem) -> String? {
    if isAtCursor, scope.threads.count > 1 { offers += scope.threads }
    guard !isAtEnd, !isAtCursor else { return nil }
    let word = try word(.threadName)
    let thread = liveThread(word) ?? String(word)
    return thread == Scope.mainThread ? nil : thread
  }

  private mutating func copy() throws(Problem) -> Statement {
    let source = try base(for: .copy)
    _ = try choice(["to"])
    return .copy(source, to: try base(for: .copy))
  }

  private mutating func send() throws(Problem) -> Statement {
    reportMissingFrame(.sendWithoutFrame)
    if isAtCursor { offers += scope.names { $0 == .variable } }
    let word = try word(.variable)
    if let meaning = meaning(of: word, wanted: .variable), meaning != .variable {
      report(.wrongMeaning(String(word), meaning, wanted: .variable), at: word)
    }
    _ = try choice(["to"])
    let receiver = try receiver()
    _ = try choice(["as"])
    let own = scope
    if scope.hasEnded(receiver) == false { scope = scope.seen(by: receiver) }
    let target = try newName(.variable, .variable)
    scope = own
    effect = .declaresIn(thread: receiver, target)
    return .send(String(word), to: receiver, as: target)
  }

  /// Another thread that has a frame.
  private mutating func receiver() throws(Problem) -> String {
    if isAtCursor { offers += scope.threads.filter { $0 != scope.actor } }
    let word = try word(.threadName)
    guard let thread = liveThread(word) else { return String(word) }
    if thread == scope.actor {
      report(.sendToItself, at: word)
    } else if !scope.seen(by: thread).hasFrame {
      report(.receiverWithoutFrame(thread), at: word)
    }
    return thread
  }

  private mutating func thread() throws(Problem) -> Statement {
    let word = try word(.newName(.thread))
    let name = String(word)
    if let flaw = Name.flaw(in: word) {
      report(.badName(name, flaw), at: word)
    } else if scope.hasEnded(name) != nil {
      report(.threadTaken(name), at: word)
    }
    effect = .startsThread(name)
    return .thread(name)
  }

  private mutating func join() throws(Problem) -> Statement {
    if isAtCursor { offers += scope.threads.filter { $0 != Scope.mainThread && $0 != scope.actor } }
    let word = try word(.threadName)
    guard let thread = liveThread(word) else { return .join(String(word)) }
    if thread == Scope.mainThread {
      report(.joinOfMain, at: word)
    } else if thread == scope.actor {
      report(.joinOfItself, at: word)
    }
    effect = .endsThread(thread)
    return .join(thread)
  }

  private mutating func question(
    in language: LocalizedText.Language
  ) throws(Problem) -> Statement {
    let question = LocalizedText(try text(), in: language)
    _ = try choice(["answer"])
    if isAtCursor { offers += scope.names { _ in true } }
    switch next?.kind {
    case .word(let word):
      advance()
      return .ask(question: question, answer: String(word))
    case .text(let text):
      advance()
      return .ask(question: question, answer: text)
    case .equals, .cursor, nil: throw unexpected(.answer)
    }
  }

  private mutating func reportMissingFrame(_ kind: ScriptError.Kind) {
    if !scope.hasFrame { reportStatement(kind) }
  }
}
