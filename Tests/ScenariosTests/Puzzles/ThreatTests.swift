import Examples
import GarbageCollection
import Scenarios
import Testing
import TimeTravel

/// The shortest way to a loss, played.
struct ThreatTests {
  @Test(arguments: BuiltInScript.stories)
  func `whatever way is found at any moment of a story, playing it loses what it says`(
    story: BuiltInScript
  ) throws {
    var session = try Session.playing(Script(bytes: story.bytes, file: story.name))
    for position in stride(from: 0, through: session.stepCount, by: 16) {
      session.seek(to: position)
      guard case .answer(let report) = session.threat(stateLimit: 300),
        case .loses(let moves, let lost) = report.answer, var played = session.fork()
      else { continue }
      for move in moves { try played.inject(move) }
      var labels: [String] = []
      for moment in played.moments[position...] {
        for victim in moment.lost { labels.append(played.timeline.state.label(of: victim)) }
      }
      #expect(Set(lost).isSubset(of: labels), "\(story) at \(position): \(moves.map(\.text))")
      #expect(played.moments.last?.phase == .idle)
    }
  }
}
