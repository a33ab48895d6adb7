/// The settings by name: the words of `set` statements and options, with their meaning.
///
/// Parser, command line, help, completion and tests all read this table.
public enum SettingName: String, Hashable, Sendable, CaseIterable {
  case collector, schedule, barrier, roots, allocate, heap, atomicity, stacks, scan, handshake
  case stackBarrier = "stack-barrier"
  case elide, unguarded
  case bulkCopy = "bulk-copy"
  case send, buffer
  case flagCheck = "flag-check"
  case worklist, sweep, strict
}

/// Why a word cannot be the value of a setting.
public enum SettingError: Error, Hashable, Sendable {
  /// `choices` are the words that would do.
  case unknownValue(String, of: SettingName, choices: [String])
  /// The word belongs to the language, but to a part that is not built yet.
  case notBuiltYet(String, of: SettingName)
  /// A size that is no size, or outside `SettingName.heapLimits`.
  case badSize(String)
}

extension SettingName {
  /// Bytes a heap limit may be: from one page to 8 GiB.
  public static let heapLimits = 8192...(8 << 30)

  /// One sentence for help.
  public var summary: String {
    switch self {
    case .collector: "the collector that runs"
    case .schedule: "who runs while a cycle is under way"
    case .barrier: "what the mutator does besides the store or the load while marking"
    case .roots: "how often stacks are scanned in a cycle (default: what the barrier needs)"
    case .allocate: "colour of objects born while marking"
    case .heap: "limit of the heap: a number with B, KiB, MiB or GiB"
    case .atomicity: "whether barrier and store are one action or more"
    case .stacks: "when stacks are scanned (default: what the barrier needs)"
    case .scan: "how much of an object one collector step scans"
    case .handshake:
      "whether the collector scans stacks, begins and ends marking only between stores"
    case .stackBarrier: "whether the barrier acts on variables too"
    case .elide: "stores that skip the barrier"
    case .unguarded: "threads whose stores and loads skip the barrier"
    case .bulkCopy: "whether 'copy' runs the barrier for each slot"
    case .send: "whether 'send' shades the reference while the sender's stack is grey"
    case .buffer: "whether barriers shade at once, or into buffers emptied in time or late"
    case .flagCheck: "whether a store asks if marking is on as it begins, or one action before"
    case .worklist: "which grey object is scanned next"
    case .sweep: "when dead cells are found: by collector steps, or when a cache asks for a span"
    case .strict: "whether a write no real program could perform is an error"
    }
  }

  /// The words that can be chosen now; empty for sizes.
  public var choices: [String] {
    switch self {
    case .collector: ["mark-sweep"]
    case .schedule: Schedule.allCases.map(\.rawValue)
    case .barrier: Barrier.allCases.map(\.rawValue)
    case .roots: RootPolicy.allCases.map(\.rawValue)
    case .allocate: Color.allCases.map(\.word)
    case .heap: []
    case .atomicity: Atomicity.allCases.map(\.rawValue)
    case .stacks: StackPolicy.allCases.map(\.rawValue)
    case .scan: ScanGranularity.allCases.map(\.rawValue)
    case .handshake, .stackBarrier, .strict: ["on", "off"]
    case .elide: Elision.allCases.map(\.rawValue)
    case .unguarded: UnguardedThreads.allCases.map(\.rawValue)
    case .bulkCopy: BulkCopy.allCases.map(\.rawValue)
    case .send: SendPolicy.allCases.map(\.rawValue)
    case .buffer: BufferPolicy.allCases.map(\.rawValue)
    case .flagCheck: FlagCheck.allCases.map(\.rawValue)
    case .worklist: WorklistOrder.allCases.map(\.rawValue)
    case .sweep: SweepPolicy.allCases.map(\.rawValue)
    }
  }

  /// Words of the language that belong to parts not built yet.
  public var futureChoices: [String] {
    switch self {
    case .collector:
      ["mark-compact", "copying", "reference-counting", "generational"]
    case .schedule: ["concurrent"]
    default: []
    }
  }
}

extension Settings {
  /// Sets `name` from the word a person wrote.
  public mutating func set(_ name: SettingName, to word: String) throws(SettingError) {
    func pick<Choice>(_ choices: [Choice], _ label: (Choice) -> String) throws(SettingError)
      -> Choice
    {
      if let choice = choices.first(where: { label($0) == word }) { return choice }
      if name.futureChoices.contains(word) { throw .notBuiltYet(word, of: name) }
      throw .unknownValue(word, of: name, choices: name.choices)
    }
    func pick<Choice: CaseIterable & RawRepresentable<String>>(_: Choice.Type)
      throws(SettingError) -> Choice
    {
      try pick(Array(Choice.allCases), \.rawValue)
    }
    func pickSwitch() throws(SettingError) -> Bool {
      try pick([true, false]) { $0 ? "on" : "off" }
    }

    switch name {
    case .collector: _ = try pick(name.choices) { $0 }
    case .schedule: schedule = try pick(Schedule.self)
    case .barrier: barrier = try pick(Barrier.self)
    case .roots: chosenRoots = try pick(RootPolicy.self)
    case .allocate: birthColor = try pick(Color.allCases) { $0.word }
    case .heap: heapLimitBytes = try ByteSize.parse(word)
    case .atomicity: atomicity = try pick(Atomicity.self)
    case .stacks: chosenStacks = try pick(StackPolicy.self)
    case .scan: scan = try pick(ScanGranularity.self)
    case .handshake: chosenHandshake = try pickSwitch()
    case .stackBarrier: stackBarrier = try pickSwitch()
    case .elide: elision = try pick(Elision.self)
    case .unguarded: unguarded = try pick(UnguardedThreads.self)
    case .bulkCopy: bulkCopy = try pick(BulkCopy.self)
    case .send: send = try pick(SendPolicy.self)
    case .buffer: buffer = try pick(BufferPolicy.self)
    case .flagCheck: flagCheck = try pick(FlagCheck.self)
    case .worklist: worklistOrder = try pick(WorklistOrder.self)
    case .sweep: sweep = try pick(SweepPolicy.self)
    case .strict: isStrict = try pickSwitch()
    }
  }

  /// The word that `set` would write for the value in force.
  public func word(for name: SettingName) -> String {
    switch name {
    case .collector: "mark-sweep"
    case .schedule: schedule.rawValue
    case .barrier: barrier.rawValue
    case .roots: roots.rawValue
    case .allocate: birthColor.word
    case .heap: ByteSize.describe(heapLimitBytes)
    case .atomicity: atomicity.rawValue
    case .stacks: stacks.rawValue
    case .scan: scan.rawValue
    case .handshake: handshake ? "on" : "off"
    case .stackBarrier: stackBarrier ? "on" : "off"
    case .elide: elision.rawValue
    case .unguarded: unguarded.rawValue
    case .bulkCopy: bulkCopy.rawValue
    case .send: send.rawValue
    case .buffer: buffer.rawValue
    case .flagCheck: flagCheck.rawValue
    case .worklist: worklistOrder.rawValue
    case .sweep: sweep.rawValue
    case .strict: isStrict ? "on" : "off"
    }
  }
}

extension SettingError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unknownValue(let word, let name, let choices):
      "unknown \(name.rawValue) '\(word)'; expected \(choices.joined(separator: ", "))"
    case .notBuiltYet(let word, let name):
      "\(name.rawValue) '\(word)' is part of the language but not built yet"
    case .badSize(let word):
      "'\(word)' is not a heap size; expected 8KiB to 8GiB, as in 64KiB, 1MiB"
    }
  }
}
