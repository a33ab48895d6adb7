import GarbageCollection

/// The language as a table, for the manual: every form of every statement and claim.
public enum Grammar {
  /// One form: how it is written, what it means, and an example.
  public struct Entry: Hashable, Sendable {
    public var section: Section
    /// Capitals stand for what the writer chooses, brackets for what may be left out.
    public var form: String
    /// One sentence, without its full stop.
    public var meaning: String
    /// Parses in `exampleScope`.
    public var example: String

    init(_ section: Section, _ form: String, _ meaning: String, _ example: String) {
      self.section = section
      self.form = form
      self.meaning = meaning
      self.example = example
    }
  }

  /// The chapters of the manual.
  public enum Section: String, Hashable, Sendable, CaseIterable {
    case settings, mutator, collector, narration, claims, puzzles
  }

  /// What the examples may name: A and B with two slots each, a global, two variables, a thread.
  public static let exampleScope = {
    var scope = Scope(
      labels: ["A": 2, "B": 2, "D": 1], globals: ["g"], variables: ["x", "y"])
    scope.addThread("T2", variables: ["t"])
    return scope
  }()

  public static let entries: [Entry] = [
    Entry(
      .settings, "set SETTING VALUE",
      "chooses how the machine runs; before the first action", "set barrier yuasa"),

    Entry(
      .mutator, "object LABEL [slots N] [bytes N]",
      "allocates an object; the label names it on the screen and refers to nothing",
      "object C slots 2 bytes 40"),
    Entry(
      .mutator, "root NAME = VALUE", "makes or writes a global variable: a root", "root g = A"),
    Entry(.mutator, "push NAME", "pushes a stack frame", "push main"),
    Entry(.mutator, "pop", "pops the top frame with its variables", "pop"),
    Entry(
      .mutator, "local NAME = VALUE",
      "makes or writes a variable of the top frame; a slot as value is a load",
      "local z = x.1"),
    Entry(
      .mutator, "raw NAME = VALUE",
      "makes or writes a variable that holds an address as a number: it keeps nothing alive, and no "
        + "collector sets it to a new place",
      "raw p = A"),
    Entry(
      .mutator, "BASE.SLOT = VALUE",
      "writes a slot through the barrier; BASE is a variable, a global or a label",
      "x.1 = B"),
    Entry(
      .mutator, "copy NAME to NAME",
      "copies the slots of one object into another's; NAME is a variable, a global or a label",
      "copy x to B"),
    Entry(
      .mutator, "send NAME to THREAD as NAME",
      "gives a variable of another thread's top frame the value of an own variable",
      "send x to T2 as z"),
    Entry(
      .mutator, "resume", "goes on with a store that 'set atomicity' has split", "resume"),
    Entry(
      .mutator, "free NAME",
      "gives the object's cell back by hand; NAME is a variable, a global or a label", "free x"),
    Entry(
      .mutator, "thread NAME", "starts another thread, with an empty stack and a cache of its own",
      "thread T3"),
    Entry(
      .mutator, "THREAD: STATEMENT",
      "lets another thread than main do what main does without being named", "T2: local z = g"),
    Entry(
      .mutator, "join NAME", "ends a thread: its frames are gone, its cache is given back",
      "join T2"),

    Entry(
      .mutator, "repeat N ... end",
      "plays the lines up to 'end' N times; a label in them names the newest of its objects",
      "repeat 3"),
    Entry(
      .mutator, "churn N [keep N] [slots N] [bytes N] [seed N]",
      "a workload, always the same: N objects are born, each takes the place of an older one among "
        + "those that are kept (default: keep 16 slots 1 bytes 16 seed 1); the global is 'kept'",
      "churn 100 keep 8"),

    Entry(.collector, "start", "begins a collection cycle", "start"),
    Entry(
      .collector, "start minor", "begins a collection of the young, in a generational heap",
      "start minor"),
    Entry(
      .collector, "step [N] [slot | object | phase]",
      "takes N collector steps (default: one), or as many as N slots, objects or phases take",
      "step 3 object"),
    Entry(
      .collector, "scan stack [THREAD] | GLOBAL | LABEL",
      "takes one collector step, which scans this instead of what the collector would choose",
      "scan A"),
    Entry(
      .collector, "until CLAIM",
      "steps the collector until the claim holds; an error if the cycle ends first",
      "until A black"),
    Entry(
      .collector, "work [N]",
      "lets the collector work for N units in one action, or to the end of the cycle", "work 50"),
    Entry(.collector, "finish", "runs the cycle to its end", "finish"),
    Entry(.collector, "collect", "runs a whole cycle: start and finish", "collect"),
    Entry(
      .collector, "collect minor", "runs a whole collection of the young: start minor and finish",
      "collect minor"),

    Entry(.narration, "title TEXT", "names the script", "title \"The bad case\""),
    Entry(
      .narration, "say TEXT", "tells the audience something", "say \"A is black already.\""),
    Entry(.narration, "beat", "stops the playback for the lecturer to talk", "beat"),
    Entry(
      .narration, "ask TEXT answer ANSWER", "asks the audience; the answer is a word or a text",
      "ask \"Which object becomes grey?\" answer B"),
    Entry(
      .narration, "title.zh TEXT, say.zh TEXT, ask.zh TEXT answer ANSWER",
      "give the Chinese text", "say.zh \"A 已经是黑色。\""),

    Entry(
      .claims, "expect CLAIM", "fails the run when the claim does not hold", "expect B grey"),
    Entry(
      .claims, "LABEL white | grey | black | free", "the object has the colour, or was freed",
      "expect A black"),
    Entry(
      .claims, "LABEL live | garbage | doomed | lost | collected | released",
      "what becomes of the object: doomed will be freed although reachable, lost was; "
        + "collected was freed rightly, released by hand",
      "expect D lost"),
    Entry(
      .claims, "strong | weak holds | broken", "the invariant holds, or an edge breaks it",
      "expect strong broken"),
    Entry(
      .claims, "phase idle | roots | marking | termination | sweeping", "where the cycle stands",
      "expect phase marking"),
    Entry(
      .claims, "NAME = LABEL | nil, BASE.SLOT = LABEL | nil",
      "what a variable, a global or a slot refers to", "expect A.0 = nil"),
    Entry(
      .claims, "COUNTER N",
      "so many have been counted since the run began; the counters stand below",
      "expect double-frees 1"),

    Entry(
      .puzzles, "goal LABEL lost within N",
      "asks the viewer to lose the object in N actions or fewer from here on; stands at the end",
      "goal A lost within 5"),
  ]

  /// The rules that hold in every statement, one sentence each.
  public static let rules = [
    "A script is UTF-8 text, one statement a line; '#' starts a comment, also after a statement.",
    "A value is nil, a variable, a global, a label or a slot such as x.0.",
    "Names start with a letter of any script and go on with letters, digits and '_': "
      + "at most \(Name.columnLimit) columns, and no word of the language.",
    "A label, a global and a variable cannot share a name; "
      + "only the variables of the top frame can be named.",
    "Names are declared before they are used: by object, root and local, "
      + "of which root and local also assign anew.",
    "A local needs a frame: push one first.",
    "Threads have names of their own kind, and a stack each; the first is main. Only a thread can name "
      + "its variables: 'T2: expect z = A'.",
    "A double free is refused and told; a use after free is made, and told.",
    "Settings come before the first action; title, say, ask and beat may stand anywhere.",
    "Texts stand between plain quotes; \\\" is a quote, \\\\ a backslash, \\n a line break.",
    "Tabs, control and invisible characters are refused inside names and texts.",
    "Under settings other than the script's own, expectations do not count; questions, and what is "
      + "said beside an expectation that does not hold, are left out.",
    "After a goal each step is an action, the end of a cycle with its sweep is one; at the screen labels "
      + "then stand for the variables that refer to their objects.",
    "Objects have \(ScriptError.Quantity.slots.bounds.upperBound) slots "
      + "and \(ScriptError.Quantity.bytes.bounds.upperBound) bytes at most; "
      + "the slots of x are x.0, x.1 and so on.",
  ]
}
