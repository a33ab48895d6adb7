import GarbageCollection
import Scenarios
import Testing
import TimeTravel

@testable import TerminalUI

struct RootGroupTests {
  private let threads = """
    object A slots 1
    root g = A
    push f
    local x = A
    thread T2
    thread T3
    T2: push h
    T2: local y = g
    start
    scan stack T2

    """

  private func groups(_ source: String) throws -> [GraphPicture.RootGroup] {
    let session = try Session.playing(Script(parsing: source, file: "t"))
    return Scene(session, selection: nil).picture.rootGroups
  }

  @Test func `one thread's frames stand under their own names`() throws {
    let groups = try groups("object A\nroot g = A\npush f\nlocal x = A\npush h\n")
    #expect(groups.map(\.title) == ["f", "h", "globals"])
  }

  @Test func `with several threads every frame is shown behind its thread`() throws {
    let groups = try groups(threads)
    #expect(groups.map(\.title) == ["main:f", "T2:h", "T3", "globals"])
    #expect(groups.map { $0.roots.map(\.name) } == [["x"], ["y"], [], ["g"]])
    #expect(groups.map(\.isScanned) == [false, true, true, false])
  }

  @Test func `a thread that has ended is not shown`() throws {
    let groups = try groups(threads + "join T2\n")
    #expect(groups.map(\.title) == ["main:f", "T3", "globals"])
  }

  @Test func `the prompt lets a thread act and judges what it expects`() throws {
    var player = try player(threads)
    player.press(keys: "G")
    player.enter("T2: expect y = A")
    #expect(player.said.contains("as expected: T2: y = A"))
    player.enter("T2: local z = y")
    #expect(player.session.script.text == threads + "T2: expect y = A\nT2: local z = y\n")
    player.enter("T2: set barrier go")
    #expect(player.text.contains("'set' is nothing that a thread does"))
  }

  @Test func `a global can be dropped below the frames of other threads`() throws {
    var player = try player(threads)
    player.press(keys: "G d g Enter")
    #expect(player.session.timeline.state.machine.roots.globals[0].value == nil)
  }
}
