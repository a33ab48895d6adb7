/// An access and its barrier as a short program: what the screen shows is what the mutator runs.
///
/// The machine executes one instruction after the other and stops at `yield`, where other threads may
/// run; so the atomicity of a store is nothing but where its program yields. Other accesses never yield.
public struct BarrierProgram: Hashable, Sendable {
  public enum Instruction: UInt8, Hashable, Sendable {
    /// Remembers what the slot holds now.
    case readOld
    case shadeOld
    case shadeNew
    /// Skips the next instruction unless the source is black.
    case ifSourceIsBlack
    /// Skips the next instruction if the source is black.
    case unlessSourceIsBlack
    /// Skips the next instruction unless the source is black and the new value is white.
    case ifSourceIsBlackAndNewIsWhite
    /// Skips the next instruction unless the mutator's stack still waits to be scanned.
    case ifStackIsGrey
    /// Skips the next instruction while the mutator's stack still waits to be scanned.
    case ifStackIsBlack
    /// Skips the next instruction unless some stack still waits to be scanned.
    case ifAnyStackIsGrey
    /// Skips the next instruction unless the source is grey.
    case ifSourceIsGrey
    /// Makes a black source grey again; it waits on the worklist.
    case revertSource
    /// Makes a black source grey again; it waits for termination.
    case deferSource
    /// Scans a grey source at once.
    case scanSource
    /// Skips the next instruction unless the value has not been copied to where it will stand.
    case ifNewIsInFromSpace
    /// Copies the value, unless it has been, and lets the slot refer to the copy.
    case evacuateNew
    /// Skips the next instruction unless the source is old and the new value is young; marking or
    /// not.
    case ifSourceIsOldAndNewIsYoung
    /// Puts the slot into the remembered set; marking or not.
    case rememberSlot
    /// Remembers whether objects are being marked.
    case sampleFlag
    /// Writes and ends the program, if none were when the flag was read.
    case writeIfFlagWasOff
    case write
    /// Reads the slot.
    case read
    /// Ends the action; the rest of the store is another one.
    case yield
    /// Counts one more reference to the new value.
    case incrementNew
    /// Counts one reference less to the value that was remembered, which may be its death.
    case decrementOld
  }

  /// What the mutator is about to do.
  public enum Access: UInt8, Hashable, Sendable, CaseIterable {
    /// Writes a value into a slot, a global, or, with `set stack-barrier on`, a variable.
    case store
    /// Gives a variable the value of another one of the same stack; has a barrier only with
    /// `set stack-barrier on`.
    case move
    /// Reads a slot or a global.
    case load
    /// Copies one slot of an object that is copied as a whole.
    case copy
    /// Gives a variable of another thread's stack a value.
    case send
  }

  public let access: Access
  public let instructions: [Instruction]

  init(_ access: Access, _ instructions: [Instruction]) {
    self.access = access
    self.instructions = instructions
  }

  /// A store as `atomicity` splits it.
  public init(_ barrier: Barrier, atomicity: Atomicity) {
    self.init(.store, barrier.store(atomicity))
  }

  /// A load.
  public init(loadThrough barrier: Barrier) { self.init(.load, barrier.load) }

  /// The program that settings give to an access.
  public init(_ access: Access, _ settings: Settings) {
    let barrier = settings.barrier
    if settings.collector == .referenceCounting, access != .load {
      let isCounted = !access.isOfVariables || settings.counting == .immediate
      self.init(access, isCounted ? BarrierProgram.countingStore : [.write])
      return
    }
    switch access {
    case .store:
      let store = barrier.store(settings.atomicity)
      self.init(.store, settings.flagCheck.prefix + store.remembering(settings))
    case .move:
      let moves = barrier.store(settings.atomicity).withoutInsertion
      let isBare = !moves.contains { $0.acts }
      self.init(.move, isBare ? [.write] : settings.flagCheck.prefix + moves)
    case .load:
      self.init(.load, settings.collector == .copying ? barrier.evacuatingLoad : barrier.load)
    case .copy:
      self.init(.copy, barrier.wholeStore.filter { $0 != .yield }.remembering(settings))
    case .send:
      let shades = settings.send == .shaded && barrier != .none
      let whole = settings.stackBarrier ? barrier.wholeStore.filter { $0 != .yield } : [.write]
      self.init(.send, (shades ? [.ifStackIsGrey, .shadeNew] : []) + whole)
    }
  }
}

extension BarrierProgram {
  /// Whether there is more to it than the access.
  public var hasBarrier: Bool { instructions.contains { $0.acts || $0 == .incrementNew } }

  /// What every counted write runs.
  ///
  /// Counting up comes first: to store what is there already must not free it.
  static let countingStore: [Instruction] = [.incrementNew, .readOld, .write, .decrementOld]
}

extension FlagCheck {
  /// What comes before the store's program.
  fileprivate var prefix: [BarrierProgram.Instruction] {
    switch self {
    case .withStore: []
    case .early: [.sampleFlag, .yield, .writeIfFlagWasOff]
    }
  }
}

extension Barrier {
  /// The barrier without the write, as sequence of instructions.
  private var body: [BarrierProgram.Instruction] {
    switch self {
    case .none, .baker, .bakerUnconditional, .appel: []
    case .dijkstra, .dijkstraEarly: [.shadeNew]
    case .dijkstraConditional: [.ifSourceIsBlack, .shadeNew]
    case .steele: [.ifSourceIsBlackAndNewIsWhite, .revertSource]
    case .boehm: [.ifSourceIsBlack, .revertSource]
    case .boehmDirty: [.ifSourceIsBlack, .deferSource]
    case .yuasa: [.shadeOld]
    case .yuasaConditional: [.unlessSourceIsBlack, .shadeOld]
    case .hybrid: [.shadeOld, .ifStackIsGrey, .shadeNew]
    case .hybridAny: [.shadeOld, .ifAnyStackIsGrey, .shadeNew]
    case .hybridInverted: [.shadeOld, .ifStackIsBlack, .shadeNew]
    case .go: [.shadeOld, .shadeNew]
    case .luaForward: [.ifSourceIsBlackAndNewIsWhite, .shadeNew]
    case .luaBack: [.ifSourceIsBlackAndNewIsWhite, .deferSource]
    }
  }

  /// Barrier and write in the order of the barrier's source.
  fileprivate var wholeStore: [BarrierProgram.Instruction] {
    switch self {
    case .dijkstraConditional, .steele, .boehm, .boehmDirty, .luaForward, .luaBack:
      [.write] + body
    case .dijkstraEarly: body + [.yield, .write]
    case .none, .dijkstra, .yuasa, .yuasaConditional, .hybrid, .hybridAny, .hybridInverted, .go,
      .baker, .bakerUnconditional, .appel:
      body + [.write]
    }
  }

  /// A barrier that yields by itself does so whatever the atomicity.
  fileprivate func store(_ atomicity: Atomicity) -> [BarrierProgram.Instruction] {
    switch atomicity {
    case _ where self == .dijkstraEarly: wholeStore
    case .whole: wholeStore
    case .shadeFirst: body + [.yield, .write]
    case .storeFirst: [.readOld, .write, .yield] + body
    case .readFirst: [.readOld, .yield] + body + [.yield, .write]
    }
  }

  /// A load where objects are copied while the program runs: it never sees what has not been.
  fileprivate var evacuatingLoad: [BarrierProgram.Instruction] {
    self == .baker ? [.read, .ifNewIsInFromSpace, .evacuateNew] : [.read]
  }

  fileprivate var load: [BarrierProgram.Instruction] {
    switch self {
    case .baker: [.read, .ifSourceIsGrey, .shadeNew]
    case .bakerUnconditional: [.read, .shadeNew]
    case .appel: [.ifSourceIsGrey, .scanSource, .read]
    case .none, .dijkstra, .dijkstraConditional, .dijkstraEarly, .steele, .boehm, .boehmDirty,
      .yuasa, .yuasaConditional, .hybrid, .hybridAny, .hybridInverted, .go, .luaForward,
      .luaBack:
      [.read]
    }
  }
}

extension BarrierProgram.Instruction {
  /// Whether it decides if the next instruction runs.
  var isCondition: Bool {
    switch self {
    case .ifSourceIsBlack, .unlessSourceIsBlack, .ifSourceIsBlackAndNewIsWhite, .ifStackIsGrey,
      .ifStackIsBlack, .ifAnyStackIsGrey, .ifSourceIsGrey, .ifNewIsInFromSpace,
      .ifSourceIsOldAndNewIsYoung:
      true
    case .readOld, .shadeOld, .shadeNew, .revertSource, .deferSource, .scanSource, .sampleFlag,
      .writeIfFlagWasOff, .write, .read, .yield, .evacuateNew, .rememberSlot, .incrementNew,
      .decrementOld:
      false
    }
  }

  /// Whether it runs while nothing is being marked, and where the barrier is skipped.
  var runsAlways: Bool {
    switch self {
    case .write, .ifSourceIsOldAndNewIsYoung, .rememberSlot: true
    default: false
    }
  }

  /// Whether it may turn an object grey or black, or remember a slot.
  var acts: Bool {
    switch self {
    case .shadeOld, .shadeNew, .revertSource, .deferSource, .scanSource, .evacuateNew,
      .rememberSlot:
      true
    default: false
    }
  }

  /// Whether it is there for the sake of the value that is written.
  fileprivate var guardsInsertion: Bool { acts && self != .shadeOld }
}

extension [BarrierProgram.Instruction] {
  /// The same with the barrier for the remembered set, where the settings have one.
  fileprivate func remembering(_ settings: Settings) -> [BarrierProgram.Instruction] {
    guard settings.collector == .generational, settings.remembersStores else { return self }
    return flatMap { $0 == .write ? [$0, .ifSourceIsOldAndNewIsYoung, .rememberSlot] : [$0] }
  }

  /// The same without what guards insertions, and without the conditions of that.
  ///
  /// A move between variables of one stack brings nothing into it that was not there.
  fileprivate var withoutInsertion: [BarrierProgram.Instruction] {
    indices.filter { index in
      let decided = self[index].isCondition && index + 1 < count ? self[index + 1] : self[index]
      return !decided.guardsInsertion
    }.map { self[$0] }
  }
}
