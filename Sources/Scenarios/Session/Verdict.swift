import GarbageCollection
import TimeTravel

/// How a whole run came out: what `tricolor run` tells and answers with its exit status.
public struct Verdict: Hashable, Sendable {
  /// Labels of objects freed while the program could reach them, in order of death.
  public let lost: [String]
  /// Those whose loss the script did not expect.
  public let unexpectedlyLost: [String]
  /// Expectations that failed: the claim's text, what was found, and the line (1-based).
  public let failures: [Failure]
  /// Whether expectations were left out because the settings are not the script's.
  public let isMoot: Bool

  public struct Failure: Hashable, Sendable {
    public let claim: String
    public let found: String
    public let line: Int
  }

  /// No expectation failed, and nothing was lost that the script does not say is lost.
  public var isAsExpected: Bool { failures.isEmpty && unexpectedlyLost.isEmpty }

  public init(_ session: borrowing Session) {
    lost = session.lostLabels
    isMoot = session.isMoot
    var expected: Set<String> = []
    var failures: [Failure] = []
    for cue in session.cues {
      // What a puzzle asks for is nobody's mistake.
      if case .goal(let goal) = cue.content { expected.insert(goal.label) }
      guard case .expectation(let expectation) = cue.content else { continue }
      switch (expectation.outcome, expectation.claim) {
      case (.held, .fate(let label, .lost)): expected.insert(label)
      case (.failed(let found), _):
        failures.append(
          Failure(
            claim: expectation.text, found: found, line: session.lines[cue.line].line.number))
      case (.held, _), (.moot, _): break
      }
    }
    self.failures = failures
    unexpectedlyLost = lost.filter { !expected.contains($0) }
  }
}
