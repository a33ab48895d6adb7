public import GarbageCollection

/// One statement of the script language; `Grammar` says what each means.
public enum Statement: Hashable, Sendable {
  case title(LocalizedText)
  /// The word is one that `Settings.set` accepts.
  case set(SettingName, String)
  case object(label: String, slotCount: Int, byteCount: Int)
  case root(name: String, Value)
  case push(String)
  case pop
  case local(name: String, Value)
  /// A variable that holds an address as a number.
  case raw(name: String, Value)
  case store(SlotPath, Value)
  case start
  /// Begins a collection of the young alone.
  case startMinor
  case step(count: Int, StepUnit)
  case until(Claim)
  case finish
  case collect
  case collectMinor
  case scan(ScanTarget)
  /// Lets the collector work for so many units, or to the end of the cycle; one action.
  case work(Int?)
  case resume
  /// The lines up to the matching `end`, so many times.
  case `repeat`(Int)
  case end
  /// A program with a life of its own, always the same.
  case churn(Churn)
  /// Copies all slots of one object into another; both by variable, global or label.
  case copy(String, to: String)
  /// Gives a variable of another thread the value of an own one.
  case send(String, to: String, as: String)
  /// Frees the object that a variable, a global or a label stands for.
  case free(String)
  case thread(String)
  case join(String)
  /// What another thread than main does.
  indirect case by(thread: String, Statement)
  case say(LocalizedText)
  case beat
  case ask(question: LocalizedText, answer: String)
  case expect(Claim)
  /// What is to be achieved from here on.
  case goal(Goal)
}

/// What a root, a variable or a slot can be set to.
public enum Value: Hashable, Sendable {
  case `nil`
  /// A variable of the top frame, a global, or the label of an object.
  case name(String)
  case slot(SlotPath)
}

/// A slot of the object that a variable or global refers to, or that a label names: `x.1`.
public struct SlotPath: Hashable, Sendable {
  public var base: String
  /// 0-based.
  public var slot: Int

  public init(_ base: String, _ slot: Int) {
    self.base = base
    self.slot = slot
  }
}

/// Where a reference is kept: a variable or global by name, or a slot.
public enum Place: Hashable, Sendable {
  case name(String)
  case slot(SlotPath)
}

/// A workload: objects are born one after the other, and each takes the place of an older one.
public struct Churn: Hashable, Sendable {
  /// Objects born.
  public var count: Int
  /// Objects that are kept at a time.
  public var keep = 16
  public var slotCount = 1
  public var byteCount = 16
  /// Which object gives way to which depends on nothing else.
  public var seed = 1

  public init(count: Int) { self.count = count }
}

/// What one of the steps of `step` is.
public enum StepUnit: String, Hashable, Sendable, CaseIterable {
  /// A collector step, whatever it does; the unit that is not written.
  case step
  case slot, object, phase
}

/// What the collector is told to scan next.
public enum ScanTarget: Hashable, Sendable {
  /// The stack of a thread; nil for main's.
  case stack(thread: String?)
  case object(String)
  case global(String)
}

/// Something that `expect` checks and `until` waits for.
public enum Claim: Hashable, Sendable {
  case color(label: String, Color)
  /// The object's cell was given back.
  case free(label: String)
  case fate(label: String, Fate)
  case invariant(Barrier.Invariant, holds: Bool)
  case phase(Phase)
  /// The place refers to the object with that label, or to nothing.
  case holds(Place, label: String?)
  /// So many have been counted since the run began.
  case count(Counter, Int)
}

/// What a puzzle asks for: that an object be lost within so many actions.
public struct Goal: Hashable, Sendable {
  public var label: String
  /// Actions at most.
  public var limit: Int

  public init(_ label: String, within limit: Int) {
    self.label = label
    self.limit = limit
  }
}

/// Text in one of the languages that the screen speaks.
public struct LocalizedText: Hashable, Sendable {
  public let language: Language
  /// May hold line breaks, and no other control or invisible character.
  public let text: String

  /// Characters that no script may hold are replaced.
  public init(_ text: String, in language: Language = .english) {
    self.language = language
    self.text = text.replacingInvisibles(except: "\n")
  }

  public enum Language: String, Hashable, Sendable, CaseIterable {
    /// The language that is not written.
    case english = "en"
    case chinese = "zh"
  }
}
