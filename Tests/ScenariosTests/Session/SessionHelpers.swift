import GarbageCollection
import Scenarios
import Testing
import TimeTravel

/// Plays a script from its text; the file is called `test.tri`.
func play(
  _ source: String, _ overrides: [(SettingName, String)] = []
) throws -> Session {
  try Session.playing(Script(parsing: source, file: "test.tri"), overrides: overrides)
}

/// The error that playing a script ends with; nil when it can be played.
func playError(_ source: String) throws -> SessionError? {
  let script = try Script(parsing: source, file: "test.tri")
  do throws(SessionError) {
    _ = try Session.playing(script)
    return nil
  } catch { return error }
}

extension Session {
  /// What is told of every step.
  var sentences: [String] { moments.map(\.sentence) }

  /// A fingerprint of the state after the last step.
  var finalDigest: UInt64 {
    mutating get {
      let present = position
      seek(to: stepCount)
      defer { seek(to: present) }
      return timeline.state.digest
    }
  }

  /// Plays a statement from its text, as typed at a prompt.
  mutating func type(_ text: String) throws {
    try inject(Script.parseStatement(text, scope: script.finalScope))
  }

  /// The labels of all objects of a colour, in order of birth.
  func labels(_ color: Color) -> [String] {
    var labels: [String] = []
    for id in timeline.state.chronicle.ids where timeline.state.color(of: id) == color {
      labels.append(timeline.state.label(of: id))
    }
    return labels
  }

  func fate(_ label: String) -> Fate? {
    guard let id = timeline.state.chronicle.object(labelled: label) else { return nil }
    return timeline.state.fate(of: id, timeline.state.judgement)
  }
}

/// What a session writes down replays identically, and is written down again as it is.
func expectFaithful(
  _ session: inout Session, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let text = session.script.text
  var replayed = try play(text)
  let (digest, replayedDigest) = (session.finalDigest, replayed.finalDigest)
  #expect(replayedDigest == digest, "\(text)", sourceLocation: sourceLocation)
  #expect(replayed.sentences == session.sentences, sourceLocation: sourceLocation)
  #expect(replayed.script.text == text, sourceLocation: sourceLocation)
  #expect(replayed.isMoot == false, sourceLocation: sourceLocation)
}

/// The heap of the bad case up to the moment when A is black, B grey and C white.
let badCaseOpening = """
  object A slots 2
  object B slots 2
  object C slots 2
  A.0 = B
  B.0 = C
  push main
  local a = A
  start
  until A black

  """

/// What the program does next: it moves its pointer to C from B to A.
let badCaseMove = """
  local b = a.0
  local c = b.0
  a.1 = c
  b.0 = nil
  local b = nil
  local c = nil

  """
