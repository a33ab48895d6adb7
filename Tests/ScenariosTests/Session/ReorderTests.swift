import GarbageCollection
import Scenarios
import Testing
import TimeTravel

/// Moving what the program does in the schedule.
struct ReorderTests {
  private static let badCase = badCaseOpening + badCaseMove + "finish\n"

  /// The session at the first step that is told so.
  private func session(at sentence: String, _ source: String = badCase) throws -> Session {
    var session = try play(source)
    let step = try #require(session.sentences.firstIndex { $0.contains(sentence) })
    session.seek(to: step + 1)
    return session
  }

  private func error(_ session: borrowing Session, isLater: Bool) -> ReorderError? {
    do throws(ReorderError) {
      _ = try session.rearranged(isLater: isLater)
      return nil
    } catch { return error }
  }

  private func statements(_ session: borrowing Session) -> [String] {
    session.lines.compactMap { $0.line.statement?.text }
  }

  @Test func `two statements of the program change places`() throws {
    let session = try session(at: "clears B.0")
    let moved = try session.rearranged(isLater: false)
    #expect(moved.change == "'b.0 = nil' before 'a.1 = c'")
    #expect(moved.session.position == 13)
    #expect(moved.session.moment?.sentence.contains("clears B.0") == true)
    #expect(moved.session.lost == session.lost)
    #expect(moved.session.isMoot == true)
    #expect(session.isRearranged == false, "the run that was asked is as it was")
  }

  @Test func `past the collector a statement goes step by step`() throws {
    let session = try session(at: "clears B.0", badCaseOpening + "B.0 = nil\nfinish\n")
    let first = try session.rearranged(isLater: true)
    #expect(first.change == "'B.0 = nil' after a step of 'finish'")
    #expect(statements(first.session).suffix(3) == ["step", "B.0 = nil", "finish"])
    let second = try first.session.rearranged(isLater: true)
    #expect(statements(second.session).suffix(3) == ["step 2", "B.0 = nil", "finish"])
    let third = try second.session.rearranged(isLater: false)
    #expect(statements(third.session).suffix(4) == ["step", "B.0 = nil", "step", "finish"])
    let back = try third.session.rearranged(isLater: false)
    #expect(statements(back.session).suffix(3) == ["B.0 = nil", "step 2", "finish"])
    #expect(back.session.sentences == session.sentences)
  }

  @Test func `earlier than the scan, the same writes lose nothing`() throws {
    var session = try session(
      at: "writes C into A.1",
      """
      object A slots 2
      object B slots 1
      object C
      root g = A
      A.0 = B
      B.0 = C
      start
      until A black
      A.1 = C
      B.0 = nil
      finish
      """)
    #expect(session.victims.count == 1)
    while !session.victims.isEmpty { session = try session.rearranged(isLater: false).rearranged() }
    #expect(session.moment?.sentence.contains("writes C into A.1") == true)
    #expect(statements(session).filter { $0 == "A.1 = C" }.count == 1)
  }

  @Test func `how the story changed is said`() throws {
    let former = try session(at: "clears B.0")
    let moved = try former.rearranged(isLater: false)
    let change = moved.change
    var latter = moved.rearranged()
    latter.seek(to: latter.stepCount)
    let difference = SessionDifference(from: former, to: latter, change: change)
    #expect(
      difference.description == "'b.0 = nil' before 'a.1 = c': C is lost as before. "
        + "Doomed at step 13, not 14. Strong broken at step 14, not 13. "
        + "Weak broken at step 13, not 14.")
  }

  @Test func `what depends on another statement stays behind it, and it is said why`() throws {
    let session = try session(at: "loads B.0")
    #expect(
      error(session, isLater: false)?.description
        == "'local c = b.0' cannot be moved there: nothing here is called 'b'")
    let birth = try self.session(at: "allocates C")
    let later = try birth.rearranged(isLater: true).rearranged()
    #expect(
      error(later, isLater: true)?.description
        == "'object C slots 2' cannot be moved there: then 'B.0 = C' fails, as "
        + "nothing here is called 'C'")
  }

  @Test func `the collector's steps, the start and the ends are refused`() throws {
    #expect(error(try session(at: "cycle begins"), isLater: true) == .notTheProgram)
    var start = try play(Self.badCase)
    start.seek(to: 0)
    #expect(error(start, isLater: true) == .notTheProgram)
    #expect(error(try session(at: "allocates A"), isLater: false) == .atTheEdge(isLater: false))
    let last = try play("object A\nobject B\n")
    #expect(error(last, isLater: true) == .atTheEdge(isLater: true))
  }

  @Test func `expectations are moot in another order`() throws {
    let session = try session(
      at: "clears B.0", Self.badCase + "expect C lost\nsay \"C is lost.\"\n")
    let moved = try session.rearranged(isLater: false).rearranged()
    #expect(Verdict(moved).failures.isEmpty)
    #expect(Verdict(moved).isMoot)
  }

  @Test(arguments: 0..<40)
  func `a run with statements moved at random replays identically`(seed: Int) throws {
    var story = RandomStory(seed: UInt64(seed) + 9_000)
    var session = try play(story.settings())
    story.extend(&session, by: 40)
    var movedCount = 0
    for _ in 0..<20 {
      session.seek(to: story.number(below: session.stepCount + 1))
      let text = session.script.text
      do throws(ReorderError) {
        session = try session.rearranged(isLater: story.number(below: 2) == 0).rearranged()
        movedCount += 1
      } catch {
        #expect(session.script.text == text)
        #expect(!error.description.isEmpty)
      }
    }
    #expect(movedCount > 0)
    var replayed = try play(session.script.text)
    let (digest, expected) = (replayed.finalDigest, session.finalDigest)
    #expect(digest == expected, "\(session.script.text)")
  }
}
