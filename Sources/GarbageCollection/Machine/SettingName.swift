/// The settings by name: the words of `set` statements and options, with their meaning.
///
/// Parser, command line, help, completion and tests all read this table.
public enum SettingName: String, Hashable, Sendable, CaseIterable {
  case collector, schedule, trigger, barrier, roots, allocate, heap, atomicity, stacks, scan,
    handshake
  case stackBarrier = "stack-barrier"
  case elide, unguarded
  case bulkCopy = "bulk-copy"
  case send, buffer
  case flagCheck = "flag-check"
  case worklist, sweep, nursery, promotion, remember, counting
  case cycleDetection = "cycle-detection"
  case strict
}

/// Why a word cannot be the value of a setting.
public enum SettingError: Error, Hashable, Sendable {
  /// `choices` are the words that would do.
  case unknownValue(String, of: SettingName, choices: [String])
  /// The word belongs to the language, but to a part that is not built yet.
  case notBuiltYet(String, of: SettingName)
  /// A size that is no size, or outside the limits of the setting.
  case badSize(String, of: SettingName)
  /// A budget that is no number of units of work, or belongs to no incremental schedule.
  case badBudget(String)
}

extension SettingName {
  /// Bytes a heap limit may be: from one page to 8 GiB.
  public static let heapLimits = 8192...(8 << 30)

  /// Bytes a nursery may be: from 1 KiB to 1 GiB.
  public static let nurseryLimits = 1024...(1 << 30)
  /// Units of work a collector may do at each allocation.
  public static let budgetLimits = 1...1_000_000
  /// Collections that the young may have to survive.
  public static let promotionAges = 1...7

  /// One sentence for help.
  public var summary: String {
    switch self {
    case .collector: "the collector that runs"
    case .schedule:
      "who runs while a cycle is under way; 'incremental 8' collects by itself, 8 units a birth"
    case .trigger: "when collections begin by themselves (default: off, or paced with a budget)"
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
    case .nursery: "bytes where objects are born, in a generational heap: a number with B, KiB, MiB"
    case .promotion: "collections that the young survive before they are promoted: 1 to 7"
    case .remember: "whether stores into old objects are remembered, in a generational heap"
    case .counting: "whether references from stacks are counted, or looked at when needed"
    case .cycleDetection:
      "what is done about garbage that refers to itself, where objects are counted"
    case .strict: "whether a write no real program could perform is an error"
    }
  }

  /// The words that can be chosen now; empty for sizes.
  public var choices: [String] {
    switch self {
    case .collector: CollectorKind.allCases.map(\.rawValue)
    case .schedule: Schedule.allCases.map(\.rawValue)
    case .barrier: Barrier.allCases.map(\.rawValue)
    case .roots: RootPolicy.allCases.map(\.rawValue)
    case .allocate: Color.allCases.map(\.word)
    case .trigger: Trigger.allCases.map(\.rawValue)
    case .heap, .nursery: []
    case .atomicity: Atomicity.allCases.map(\.rawValue)
    case .stacks: StackPolicy.allCases.map(\.rawValue)
    case .scan: ScanGranularity.allCases.map(\.rawValue)
    case .handshake, .stackBarrier, .remember, .strict: ["on", "off"]
    case .promotion: SettingName.promotionAges.map { String($0) }
    case .counting: CountingPolicy.allCases.map(\.rawValue)
    case .cycleDetection: CycleDetection.allCases.map(\.rawValue)
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
    case .collector:
      collector = try pick(CollectorKind.allCases.filter { name.choices.contains($0.rawValue) }) {
        $0.rawValue
      }
    case .schedule:
      if let budget = try Settings.budget(in: word) {
        (schedule, workPerAllocation) = (.incremental, budget)
      } else {
        (schedule, workPerAllocation) = (try pick(Schedule.self), nil)
      }
    case .trigger: chosenTrigger = try pick(Trigger.self)
    case .nursery: nurseryBytes = try ByteSize.parse(word, for: name)
    case .promotion: promotionAge = try pick(Array(SettingName.promotionAges)) { String($0) }
    case .remember: remembersStores = try pickSwitch()
    case .counting: counting = try pick(CountingPolicy.self)
    case .cycleDetection: cycleDetection = try pick(CycleDetection.self)
    case .barrier: barrier = try pick(Barrier.self)
    case .roots: chosenRoots = try pick(RootPolicy.self)
    case .allocate: birthColor = try pick(Color.allCases) { $0.word }
    case .heap: heapLimitBytes = try ByteSize.parse(word, for: name)
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
    case .collector: collector.rawValue
    case .schedule: workPerAllocation.map { "\(schedule.rawValue) \($0)" } ?? schedule.rawValue
    case .trigger: trigger.rawValue
    case .nursery: ByteSize.describe(nurseryBytes)
    case .promotion: String(promotionAge)
    case .remember: remembersStores ? "on" : "off"
    case .counting: counting.rawValue
    case .cycleDetection: cycleDetection.rawValue
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
    case .badSize(let word, let name):
      "'\(word)' is not a \(name.rawValue) size; expected \(name.describedLimits)"
    case .badBudget(let word):
      "'\(word)' is no schedule; after incremental, expected the units of work at each birth,"
        + " 1 to 1000000"
    }
  }
}

extension SettingName {
  /// The limits of a size in words, with an example.
  fileprivate var describedLimits: String {
    switch self {
    case .nursery: "1KiB to 1GiB, as in 4KiB, 64KiB"
    default: "8KiB to 8GiB, as in 64KiB, 1MiB"
    }
  }
}

extension Settings {
  /// The number in `incremental 8`, which a command line may write `incremental:8`; nil in a single word.
  fileprivate static func budget(in word: String) throws(SettingError) -> Int? {
    guard let gap = word.firstIndex(where: { $0 == " " || $0 == ":" }) else { return nil }
    let budget = Int(word[word.index(after: gap)...])
    guard word[..<gap] == Schedule.incremental.rawValue, let budget,
      SettingName.budgetLimits.contains(budget)
    else { throw .badBudget(word) }
    return budget
  }
}
