import Foundation
import Testing

@testable import ModelChecking

struct PublishedTests {
  @Test(
    arguments: PublishedRow.shortBenAri + PublishedRow.shortDijkstraLamport
      + PublishedRow.markCompletion)
  func `a row has the published counts or length`(_ row: PublishedRow) throws {
    #expect(row.found(try row.run()) == row.expected)
  }

  @Test(
    .enabled(if: ProcessInfo.processInfo.environment["TRICOLOR_LONG"] == "1"),
    arguments: PublishedRow.longBenAri + PublishedRow.longDijkstraLamport)
  func `a long row has the published counts or length`(_ row: PublishedRow) throws {
    #expect(row.found(try row.run()) == row.expected)
  }

  /// The error that was found before the paper was printed.
  @Test func `shading before writing loses a node in twelve actions`() throws {
    let check = try PublishedCheck(.dijkstraLamport(DijkstraLamportSettings(order: .shadeFirst)))
    let run = try #require(check.run().counterexample)
    #expect(run.start == ["A is a root", "A.0 = B", "B.0 = C", "C.0 = B"])
    #expect(
      run.lines == [
        "GC shade root A",
        "GC scan A",
        "GC scan B",
        "GC scan C",
        "M shade C for A.0 := C",
        "GC sweep",
        "GC shade root A",
        "GC scan A",
        "M A.0 := C",
        "M B.0 := nil",
        "GC scan B",
        "GC sweep: C is reachable and white",
      ])
    #expect(run.lost.map(\.description) == ["C"])
  }

  @Test func `a second mutator cuts the way to a node before it is shaded`() throws {
    let check = try PublishedCheck(.dijkstraLamport(DijkstraLamportSettings(mutators: 2)))
    let run = try #require(check.run().counterexample)
    #expect(
      run.lines == [
        "GC shade root A",
        "GC scan A",
        "M0 A.0 := C",
        "M1 B.0 := nil",
        "GC scan B",
        "GC sweep: C is reachable and white",
      ])
  }

  @Test func `a mutator that blackens nothing hides a node from Ben-Ari's collector`() throws {
    let settings = BenAriSettings(nodes: 2, sons: 2, order: .noShading)
    let run = try #require(try PublishedCheck(.benAri(settings)).run().counterexample)
    #expect(run.start == ["A is a root", "A.0 = A", "A.1 = A", "B.0 = A", "B.1 = A"])
    #expect(
      run.lines.prefix(16) == [
        "GC blacken root A",
        "GC start to pass over the nodes",
        "GC look at A",
        "GC A is black",
        "GC blacken A, which is A.0",
        "GC blacken A, which is A.1",
        "GC pass A, whose sons are black",
        "GC look at B",
        "GC pass B, which is white",
        "GC start to count the black nodes",
        "GC look at A to count it",
        "GC count A",
        "GC look at B to count it",
        "GC do not count B, which is white",
        "GC all nodes are counted",
        "GC find 1 black, not 0, and start to pass over the nodes again",
      ])
    #expect(
      run.lines.suffix(5) == [
        "GC all nodes are counted",
        "GC find 1 black as before and start to sweep",
        "GC look at A to sweep it",
        "GC whiten A",
        "GC look at B to sweep it: B is reachable and white",
      ])
  }

  @Test func `a mutator tells its two actions in the order that it has`() {
    let zero = BitLayout.zero
    let store = NodeStore(source: ObjectLabel(0), slot: 1, target: ObjectLabel(2))
    let sentences = BenAriSettings.Order.allCases.map { order in
      BenAri(BenAriSettings(order: order)).sentence(of: .begin(store, by: 0), in: zero)
    }
    #expect(sentences == ["M A.1 := C", "M blacken C for A.1 := C", "M A.1 := C"])
    #expect(
      DijkstraLamportSettings.Order.allCases.map { order in
        DijkstraLamport(DijkstraLamportSettings(slots: 2, mutators: 2, order: order))
          .sentence(of: .begin(store, by: 1), in: zero)
      } == ["M1 A.1 := C", "M1 A.1 := C, shade C", "M1 shade C for A.1 := C", "M1 A.1 := C"])
  }

  /// Levels of these are wide enough to be shared out.
  @Test(arguments: [1, 2, 3])
  func `any number of workers gives the same report`(_ workers: Int) throws {
    for row in [
      PublishedRow.dijkstraLamport(2, 2, 1, .shadeFirst, .holds(states: 4331)),
      .dijkstraLamport(3, 1, 1, .shadeFirst, .loses(afterActions: 12)),
    ] {
      #expect(try row.run(limits: SearchLimits(workerCount: workers)) == row.run())
    }
  }

  @Test func `a limit of states leaves the verdict open`() throws {
    let check = try PublishedCheck(.benAri(BenAriSettings(nodes: 2, sons: 1)))
    let report = check.run(limits: SearchLimits(stateCount: 685))
    #expect(report.finding == .undecided)
    #expect(report.states == 685)
    #expect(report.counterexample == nil)
    #expect(check.run(limits: SearchLimits(stateCount: 686)).finding == .holds)
  }

  @Test func `a search taken up again ends as if it had not been interrupted`() throws {
    let check = try PublishedCheck(.dijkstraLamport(DijkstraLamportSettings(order: .shadeFirst)))
    var search = check.begin()
    for _ in 0..<5 { search.advance() }
    #expect(search.report.finding == .undecided)

    var resumed = try check.resume(from: search.checkpoint())
    while !resumed.isOver { resumed.advance() }
    #expect(resumed.report == check.run())

    let other = try PublishedCheck(.dijkstraLamport(DijkstraLamportSettings(order: .atomic)))
    #expect(throws: CheckpointError.self) { try other.resume(from: search.checkpoint()) }
  }

  @Test func `heaps too many to begin with stop at the limit of states`() throws {
    let settings = DijkstraLamportSettings(nodes: 7, slots: 2)
    let report = try PublishedCheck(.dijkstraLamport(settings))
      .run(limits: SearchLimits(stateCount: 100))
    #expect(report.finding == .undecided)
    #expect(report.states == 100)
  }

  @Test(arguments: [
    (
      PublishedCheck.Subject.benAri(BenAriSettings(nodes: 9)), "nodes is 9; expected 1 to 8"
    ),
    (.benAri(BenAriSettings(sons: 0)), "sons is 0; expected 1 to 8"),
    (.benAri(BenAriSettings(roots: 4)), "roots is 4; expected 1 to 3"),
    (.dijkstraLamport(DijkstraLamportSettings(nodes: 0, roots: 1)), "nodes is 0; expected 1 to 8"),
    (.dijkstraLamport(DijkstraLamportSettings(slots: 9)), "slots is 9; expected 1 to 8"),
    (.markCompletion(MarkCompletionSettings(markers: 0)), "markers is 0; expected 1 to 3"),
    (.markCompletion(MarkCompletionSettings(objects: 5)), "objects is 5; expected 1 to 4"),
    (.dijkstraLamport(DijkstraLamportSettings(mutators: 3)), "mutators is 3; expected 1 to 2"),
    (
      .dijkstraLamport(DijkstraLamportSettings(nodes: 7, slots: 2, order: .shadeFirst)),
      "a state of these bounds needs 66 bits; expected at most 64, so choose smaller ones"
    ),
  ])
  func `settings that cannot be searched say so`(
    _ subject: PublishedCheck.Subject, _ message: String
  ) {
    let error = #expect(throws: CheckError.self) { try PublishedCheck(subject) }
    #expect(error?.description == message)
  }
}
