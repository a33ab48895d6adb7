import Scenarios
import Testing
import TimeTravel

@testable import GarbageCollection
@testable import TerminalUI

/// Every collector on the screen: frames that people looked at, and what must not be said wrong.
struct CollectorViewTests {
  static let views = [
    GoldenView(name: "cheney-grey", script: CollectorStories.cheney, position: 13),
    GoldenView(name: "baker-newborn", script: CollectorStories.baker, position: 14),
    GoldenView(name: "nursery-survived", script: CollectorStories.promotion, position: 10),
    GoldenView(name: "counting-trial", script: CollectorStories.cycle, position: 15),
    GoldenView(name: "pauses", script: CollectorStories.churn, position: 400, keys: "P"),
    GoldenView(
      name: "collectors-table", script: CollectorStories.cheney, position: 13, keys: "m M"),
    GoldenView(name: "blame-nursery", script: CollectorStories.forgotten, position: 11, keys: "B"),
  ]

  @Test(arguments: views, [(80, 24), (160, 50)])
  func `collectors look as they did`(_ view: GoldenView, _ size: (Int, Int)) throws {
    try view.expect(width: size.0, height: size.1)
  }

  @Test(arguments: views) func `ASCII says the same of collectors`(_ view: GoldenView) throws {
    try view.expectInASCII()
  }

  @Test func `what was copied first is scanned first`() throws {
    var player = try player(CollectorStories.cheney)
    player.seek(to: 13)
    let waiting = WorklistPanel(scene: player.scene, theme: .plain)
      .lines(player.session.timeline.state, width: 60).map(\.text)
    #expect(waiting == ["next ~B  then C", "from scan to free, first in, first out"])
    player.seek(to: 14)
    #expect(player.session.moment?.sentence.contains("scans B") == true)
  }

  @Test func `halves stand side by side only where there is room for both`() throws {
    var player = try player(CollectorStories.cheney)
    player.seek(to: 13)
    for width in [60, 99, 100, 160] {
      let lines = SpacesPanel(scene: player.scene, theme: .plain)
        .lines(player.session.timeline.state, width: width, height: 12).map(\.text)
      let isBeside = lines.contains { $0.contains("from-space") && $0.contains("to-space") }
      #expect(isBeside == (width >= 100))
      #expect(lines.allSatisfy { $0.columnCount <= width })
      for label in ["A", "B", "C", "D", "E"] {
        #expect(lines.contains { $0.contains(label) }, "\(label) at \(width)")
      }
      #expect(lines.contains { $0.contains("scan") && $0.contains("free") })
    }
  }

  @Test func `a count and its trial colour are never cut`() throws {
    var player = try player(CollectorStories.cycle)
    player.seek(to: 15)
    var canvas = Canvas(width: 80, height: 24)
    player.draw(on: &canvas)
    #expect(canvas.text.contains("1 purple"))
    #expect(canvas.text.contains("rc 1 grey"))
  }

  @Test func `no sweep is blamed where there is none`() throws {
    var player = try player(CollectorStories.forgotten)
    let end = player.session.stepCount
    player.seek(to: end)
    let blame = try #require(player.session.blames(for: player.session.victims).first)
    #expect(blame.loss == .reclaimed)
    #expect(blame.headline == "Y is lost: doomed at step 9, given up at step 11.")
    #expect(blame.isSavedByRemembering)
    #expect(blame.entries.allSatisfy { !$0.text.contains("sweep") })
  }
}

/// Scripts in which collectors show what is peculiar to them.
enum CollectorStories {
  static let cheney = """
    title "Cheney's copying collector"
    set collector copying
    set schedule stop-the-world
    set heap 8KiB
    object A slots 2
    object B slots 1
    object C slots 1
    object D slots 1
    object E slots 1
    A.0 = B
    A.1 = C
    B.0 = C
    D.0 = E
    root g = A
    start
    step 3
    finish
    """

  static let baker = """
    title "Baker's read barrier"
    set collector copying
    set schedule incremental
    set barrier baker
    set heap 8KiB
    object A slots 1
    object B slots 1
    object C slots 1
    A.0 = B
    B.0 = C
    push main
    local a = A
    start
    step
    local b = a.0
    object N slots 1
    N.0 = b
    local n = N
    a.0 = nil
    finish
    """

  static let promotion = """
    title "Growing old"
    set collector generational
    set nursery 1KiB
    set promotion 2
    set heap 64KiB
    object A slots 1
    object B slots 1
    object T slots 1
    A.0 = B
    root g = A
    collect minor
    object U slots 1
    start minor
    finish
    """

  static let cycle = """
    title "A leaked cycle"
    set collector reference-counting
    push main
    object A slots 1
    local a = A
    object B slots 2
    a.0 = B
    local b = a.0
    b.0 = a
    object C slots 1
    local c = C
    b.1 = c
    local b = nil
    local a = nil
    start
    until phase trial-marking
    step
    finish
    """

  static let churn = """
    title "Churn"
    set collector copying
    set heap 16KiB
    set trigger full
    push main
    churn 300 keep 12
    """

  static let forgotten = """
    title "What the remembered set is for"
    set collector generational
    set nursery 1KiB
    set promotion 1
    set heap 64KiB
    set remember off
    object O slots 1
    root g = O
    collect minor
    object Y slots 1
    O.0 = Y
    start minor
    finish
    """
}
