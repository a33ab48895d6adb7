import GarbageCollection
import TimeTravel

/// What the script says, asks and expects at the present position.
extension Session {
  mutating func cue(_ content: Cue.Content) {
    cues.append(Cue(position: stepCount, line: lines.count - 1, content: content))
  }

  mutating func note(_ text: String) { cue(.note(text)) }

  /// `mutator` is the one whose variables the claim names.
  mutating func expect(_ claim: Claim, by mutator: MutatorID) {
    let check = claim.check(timeline.state, tally, by: mutator)
    let thread = mutator == .main ? nil : timeline.state.machine.roots.stacks[mutator.index].thread
    func expectation(_ outcome: Expectation.Outcome) -> Expectation {
      Expectation(claim: claim, thread: thread, outcome: outcome)
    }
    guard isScriptMoot else {
      let outcome = check.holds ? Expectation.Outcome.held : .failed(check.found)
      return cue(.expectation(expectation(outcome)))
    }
    cue(.expectation(expectation(.moot)))
    guard !check.holds else { return }
    note("'\(expectation(.moot).text)' is not so here: \(check.found)")
    silence()
  }

  /// Says something, unless an expectation beside it has turned out untrue.
  mutating func say(_ text: LocalizedText) {
    if !isScriptMoot || silencedPosition != stepCount { cue(.say(text)) }
  }

  /// Questions are left out with the expectations, since nobody vouches for their answers.
  mutating func ask(_ question: LocalizedText, answer: String) {
    if !isScriptMoot { cue(.ask(question: question, answer: answer)) }
  }

  /// Takes back what the script has said since the last step, and lets it say no more.
  mutating func silence() {
    silencedPosition = stepCount
    cues.removeAll { $0.position == silencedPosition && $0.content.isSaid }
  }

  /// Whether the statement that is being played was written for other settings.
  private var isScriptMoot: Bool { isMoot && lines.last?.isInjected == false }
}

extension Cue.Content {
  fileprivate var isSaid: Bool { if case .say = self { true } else { false } }
}

extension Session {
  /// What the script says at the present position: what is said, and what is asked, each in
  /// `language` where there is a text in it, else in English.
  public func presentCues(in language: LocalizedText.Language) -> [Cue] {
    presentCues.heard(in: language)
  }
}

extension Sequence<Cue> {
  /// Of the cues of one position, those that are told to people who hear `language`.
  public func heard(in language: LocalizedText.Language) -> [Cue] {
    let cues = Array(self)
    func isHeard(_ spoken: LocalizedText?, among texts: [LocalizedText]) -> Bool {
      guard let spoken else { return true }
      let isTranslated = texts.contains { $0.language == language }
      return spoken.language == (isTranslated ? language : .english)
    }
    return cues.filter {
      isHeard($0.said, among: cues.compactMap(\.said))
        && isHeard($0.asked, among: cues.compactMap(\.asked))
    }
  }
}

extension Cue {
  fileprivate var said: LocalizedText? { if case .say(let text) = content { text } else { nil } }

  fileprivate var asked: LocalizedText? {
    if case .ask(let question, _) = content { question } else { nil }
  }
}
