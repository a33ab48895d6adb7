import GarbageCollection
import Scenarios
import Testing
import TimeTravel

/// The sentence of every kind of event.
struct NarrationTests {
  struct Told: CustomStringConvertible, Sendable {
    let source: String
    /// What is told of the last step.
    let sentence: String

    init(_ source: String, _ sentence: String) {
      self.source = source + "\n"
      self.sentence = sentence
    }

    var description: String { sentence }
  }

  private func expectTold(_ told: Told) throws {
    let session = try play(told.source)
    #expect(session.sentences.last == told.sentence)
  }

  // MARK: The program

  @Test(arguments: [
    Told(
      "object A", "The mutator allocates A; the heap grew by 128KiB for a span of 1 page."),
    Told(
      "object A slots 1\nobject B slots 1",
      "The mutator allocates B; the thread cache had a free cell."),
    Told(
      "object A\nobject B bytes 99",
      "The mutator allocates B; "
        + "the central list had none: the page heap gave a span of 1 page."),
    Told(
      "object A\nobject B bytes 7",
      "The mutator allocates B in the same cell as A; the thread cache had a free cell."),
    Told(
      "object A\nobject B bytes 40000",
      "The mutator allocates B; the page heap gave it 5 pages."),
    Told(
      "object A bytes 200000",
      "The mutator allocates A; the heap grew by 200KiB for its 25 pages."),
    Told(
      fourLarge + "root a = A\nroot c = C\nroot d = D\ncollect\nobject E bytes 4000",
      "The mutator allocates E in the cell that was B's; "
        + "the cache was empty: the central list gave it 1 cell."),
    Told(
      "object A slots 1\nobject B slots 1\nroot g = B\ncollect\nobject C slots 1",
      "The mutator allocates C in the cell that was A's; "
        + "the cache was empty: the central list gave it 16 cells."),
    Told(
      "object A slots 1\nroot g = A\nfree g\nobject C slots 1",
      "The mutator allocates C in the cell that was A's, where g still points; "
        + "the thread cache had a free cell."),
    Told(
      "set sweep lazy\nobject A slots 1\nobject B slots 1\nroot g = B\nuntil phase sweeping\n"
        + "object C slots 1",
      "The sweep frees A, which nothing reaches; its cell goes back to its span. "
        + "The sweep keeps B and makes it white for the next cycle. "
        + "The span at +0x2000 is swept: 1 freed, 1 kept. The cycle is over. "
        + "The mutator allocates C in the cell that was A's; "
        + "the cache was empty: the central list gave it 16 cells after a sweep."),
    Told(
      "start\nobject A",
      "The mutator allocates A; the heap grew by 128KiB for a span of 1 page. "
        + "It is born black: this cycle keeps it."),
    Told(
      "set allocate grey\nstart\nobject A slots 1",
      "The mutator allocates A; the heap grew by 128KiB for a span of 1 page. "
        + "It is born grey: marking will scan it."),
    Told(
      "set allocate grey\nstart\nobject A",
      "The mutator allocates A; the heap grew by 128KiB for a span of 1 page. "
        + "Without references, it turns black at once."),
    Told(
      "set allocate white\nstart\nobject A",
      "The mutator allocates A; the heap grew by 128KiB for a span of 1 page. It is born white."),
    Told(
      "object A slots 1\nobject B slots 1\nroot g = A\nuntil phase sweeping\nobject C slots 1",
      "The mutator allocates C; the cache was empty: the central list gave it 16 cells. "
        + "It is born black, so that the sweep keeps it."),
    Told("push main", "The mutator calls main."),
    Told("push main\npop", "The mutator returns from main."),
    Told("object A\nroot g = A", "The mutator sets g to A."),
    Told("object A\npush main\nlocal x = A", "The mutator sets main.x to A."),
    Told(
      "object A slots 1\npush main\nlocal x = A.0", "The mutator loads A.0 (nil) into main.x."),
    Told("object A slots 1\nA.0 = A", "The mutator writes A into A.0 (was nil)."),
    Told("object A slots 1\nA.0 = A\nA.0 = nil", "The mutator clears A.0 (was A)."),
    Told(
      "object A slots 1\nroot g = A\nstart\nA.0 = A",
      "The mutator writes A into A.0 (was nil); no barrier looks."),
    Told(
      badCaseOpening + "local c = B.0",
      "The mutator loads B.0 (C) into main.c; the stack is scanned already."),
    Told(
      "object A slots 1\nobject D\nroot g = A\nstart\nA.0 = D",
      "No root reaches D: a real program could not do this. "
        + "The mutator writes D into A.0 (was nil); no barrier looks."),
    Told(
      "object A slots 1\nstart\nA.0 = A",
      "No root reaches A: a real program could not do this. "
        + "The mutator writes A into A.0 (was nil); no barrier looks."),
    Told(
      "object A slots 1\nobject D slots 1\nroot g = A\nstart\nstep\nroot h = D",
      "No root reaches D: a real program could not do this. "
        + "The mutator sets h to D; no barrier looks. Both invariants break: "
        + "the scanned global h refers to white D, and nothing grey leads to it. D is DOOMED."),
  ])
  func `what the program does`(told: Told) throws { try expectTold(told) }

  // MARK: The barrier

  @Test(arguments: [
    Told(
      "set barrier dijkstra\n" + badCaseOpening + "local c = B.0\na.1 = c",
      "The Dijkstra barrier shades C, the new value (line 1): it turns grey. "
        + "The mutator writes C into A.1 (was nil)."),
    Told(
      "set barrier dijkstra\n" + badCaseOpening + "a.1 = nil",
      "The Dijkstra barrier shades nothing: the new value is nil. "
        + "The mutator clears A.1 (was nil)."),
    Told(
      "set barrier yuasa\n" + badCaseOpening + "a.0 = nil",
      "The Yuasa barrier shades nothing: B, the old value, is grey already. "
        + "The mutator clears A.0 (was B)."),
    Told(
      "set barrier dijkstra-conditional\n" + badCaseOpening + "B.1 = C",
      "The mutator writes C into B.1 (was nil). "
        + "The conditional Dijkstra barrier shades nothing: B is not black."),
    Told(
      "set barrier yuasa-conditional\n" + badCaseOpening + "A.0 = nil",
      "The conditional Yuasa barrier shades nothing: A is black. "
        + "The mutator clears A.0 (was B)."),
    Told(
      "set barrier hybrid\n" + badCaseOpening + "A.1 = B",
      "The hybrid barrier shades nothing: the old value is nil and the stack is scanned already. "
        + "The mutator writes B into A.1 (was nil)."),
    Told(
      "set barrier go\nobject A slots 1\nobject B slots 1\nobject C slots 1\nA.0 = B\n"
        + "root h = C\nroot g = A\n"
        + "start\nA.0 = C",
      "The Go barrier shades B, the old value (line 1): it turns grey. "
        + "It also shades C, the new value (line 2): it turns grey. "
        + "The mutator writes C into A.0 (was B)."),
    Told(
      "set barrier go\nset elide new-nil\n" + badCaseOpening + "B.0 = nil",
      "The barrier is skipped: the new value is nil. The mutator clears B.0 (was C)."),
    Told(
      "set barrier go\nset elide old-nil\n" + badCaseOpening + "B.1 = B",
      "The barrier is skipped: the old value is nil. The mutator writes B into B.1 (was nil)."),
    Told(
      "set barrier yuasa\nset atomicity shade-first\n" + badCaseOpening + "B.0 = nil",
      "The Yuasa barrier shades C, the old value (line 1): it turns grey. "
        + "The store pauses half done: '*slot = new' is still to come."),
    Told(
      "set barrier yuasa\nset atomicity shade-first\n" + badCaseOpening + "B.0 = nil\nresume",
      "The store goes on. The mutator clears B.0 (was C)."),
    Told(
      "set barrier yuasa\nset atomicity store-first\n" + badCaseOpening + "B.0 = nil",
      "The mutator clears B.0 (was C). "
        + "The store pauses half done: 'shade(old)' is still to come."),
    Told(
      "set barrier yuasa\nset atomicity read-first\n" + badCaseOpening + "B.0 = nil",
      "The mutator is about to write B.0 and remembers its value, C. "
        + "The store pauses half done: 'shade(old)' is still to come."),
    Told(
      "set barrier yuasa\nset atomicity store-first\nset handshake off\n" + badCaseOpening
        + "B.0 = nil\nfinish\nresume",
      "The store goes on. The Yuasa barrier shades nothing: marking is over."),
    Told(
      "set atomicity store-first\n" + badCaseOpening + "B.1 = nil",
      "The mutator clears B.1 (was nil); no barrier looks. The store pauses before its end."),
  ])
  func `what the barrier does and why it does nothing`(told: Told) throws { try expectTold(told) }

  // MARK: The collector

  @Test(arguments: [
    Told("object A\nroot g = A\nstart", "A collection cycle begins: every object is white."),
    Told("push main\nroot g = nil\nstart\nstep", "The collector scans the stack: nothing new."),
    Told(
      "object A slots 1\nroot g = A\nstart\nstep",
      "The collector scans the global g: A turns grey. "
        + "All roots are scanned; now the grey objects are."),
    Told(badCaseOpening, "The collector scans A: B turns grey; A is black now."),
    Told(
      "object A slots 1\nroot g = A\nuntil A black",
      "The collector scans A: nothing new; A is black now."),
    Told(
      "object A slots 3\nobject B slots 1\nobject C slots 1\nobject D slots 1\n"
        + "A.0 = B\nA.1 = C\nA.2 = D\nroot g = A\nuntil A black",
      "The collector scans A: B, C and D turn grey; A is black now."),
    Told(
      "object A slots 2\nobject B slots 1\nobject C bytes 8\nA.0 = B\nA.1 = C\nroot g = A\n"
        + "until A black",
      "The collector scans A: B turns grey; C turns black at once, without references; "
        + "A is black now."),
    Told(
      "set scan slot-last\nobject A slots 2\nobject B slots 1\nA.0 = B\nroot g = A\nuntil B grey",
      "The collector looks at A.0: B turns grey."),
    Told(
      "set scan slot-last\nobject A slots 2\nobject B\nA.0 = B\nroot g = A\nuntil A black",
      "The collector looks at A.1: nothing new; A is black now."),
    Told(
      "set scan slot-last\nobject A\nroot g = A\nuntil A black",
      "The collector scans the global g: A turns black at once, without references. "
        + "All roots are scanned; now the grey objects are."),
    Told(
      "set scan slot-first\nobject A slots 2\nroot g = A\nuntil A black",
      "The collector begins to scan A, slot by slot; it is black now."),
    Told(
      badCaseOpening + "until phase sweeping",
      "No grey object is left. Marking ends; the sweep frees whatever is still white."),
    Told(
      "set barrier dijkstra\n" + badCaseOpening + "until phase termination",
      "No grey object is left. The world stops, for the stacks to be scanned again."),
    Told(
      "set barrier dijkstra\n" + badCaseOpening + "until phase termination\nstep",
      "The collector scans the stack again: nothing new."),
    Told(
      "set barrier dijkstra\n" + badCaseOpening + "until phase sweeping",
      "Marking ends; the sweep frees whatever is still white."),
    Told(
      badCaseOpening + "until phase sweeping\nstep",
      "The sweep keeps A and makes it white for the next cycle."),
    Told(
      badCaseOpening + "finish",
      "The sweep keeps C and makes it white for the next cycle. The cycle is over."),
    Told(
      "set barrier yuasa\nobject A\npush main\nlocal a = A\nuntil A black\nlocal a = nil\nfinish",
      "The sweep keeps A, though nothing reaches it any more: "
        + "floating garbage until the next cycle. The cycle is over."),
    Told(
      "object A slots 1\nobject B slots 1\ncollect",
      "The sweep frees B, which nothing reaches; its cell goes back to its span, "
        + "and the empty span to the page heap. The cycle is over."),
    Told(
      "object A bytes 40000\ncollect",
      "The sweep frees A, which nothing reaches; its 5 pages go to the page heap. "
        + "The cycle is over."),
    Told(
      "object A bytes 600000\ncollect",
      "The sweep frees A, which nothing reaches; its 74 pages go to the page heap, "
        + "and 592KiB to the system. The cycle is over."),
    Told(
      "set sweep lazy\nobject A slots 1\ncollect",
      "The sweep frees A, which nothing reaches; its cell goes back to its span. "
        + "The span at +0x2000 is swept: 1 freed, 0 kept; empty, it goes to the page heap. "
        + "The cycle is over."),
    Told(
      "set sweep lazy\nobject A bytes 40000\ncollect",
      "The sweep frees A, which nothing reaches; its 5 pages go to the page heap. "
        + "The span at +0x2000 is swept: 1 freed, 0 kept; empty, it goes to the page heap. "
        + "The cycle is over."),
    Told(
      fourLarge + "root a = A\nroot c = C\nuntil B free",
      "The sweep frees B, which nothing reaches; its cell goes back to its span."),
    Told(
      fourLarge + "root c = C\nuntil B free",
      "The sweep frees B, which nothing reaches; its cell goes back to its span, "
        + "and the empty span to the page heap."),
    Told(
      badCaseOpening + badCaseMove + "finish",
      "The sweep frees C, which the program still reaches: C is LOST. A.1 dangles. "
        + "The cycle is over."),
  ])
  func `what the collector does`(told: Told) throws { try expectTold(told) }

  // MARK: What the oracle finds

  @Test(arguments: [
    Told(
      badCaseOpening + "local c = B.0\na.1 = c",
      "The mutator writes C into A.1 (was nil); no barrier looks. "
        + "The strong invariant breaks: A.1 of black A refers to white C."),
    Told(
      badCaseOpening + "local c = B.0\nB.0 = nil",
      "The mutator clears B.0 (was C); no barrier looks. The weak invariant breaks: "
        + "main.c of the scanned stack refers to white C, and nothing grey leads to it. "
        + "C is DOOMED."),
    Told(
      badCaseOpening + "local c = B.0\na.1 = c\nB.0 = nil\nB.1 = c",
      "The mutator writes C into B.1 (was nil); no barrier looks. "
        + "The weak invariant holds again. C is safe again."),
    Told(
      badCaseOpening + "local c = B.0\na.1 = c\na.1 = nil",
      "The mutator clears A.1 (was C); no barrier looks. The strong invariant holds again."),
    Told(
      "set scan slot-last\nobject A slots 2\nobject B\nA.1 = B\nroot g = A\nuntil A grey\n"
        + "step slot\nA.0 = B",
      "The mutator writes B into A.0 (was nil); no barrier looks. "
        + "The strong invariant breaks: A.0, scanned already, refers to white B."),
  ])
  func `what becomes of the invariants`(told: Told) throws { try expectTold(told) }
}

/// Two objects fill a span: A and B the first, C and D the second.
private let fourLarge = ["A", "B", "C", "D"].map { "object \($0) bytes 4000\n" }.joined()
