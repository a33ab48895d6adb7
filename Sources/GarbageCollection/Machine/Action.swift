/// One indivisible action: the only way a machine changes.
///
/// Scripts produce actions, the user injects them, the checker searches them, the timeline replays
/// them, exports record them. Addresses in an action are those of the machine it was made for.
public enum Action: Hashable, Sendable {
  case mutate(Mutation, by: MutatorID = .main)
  case collect(Collection)
}

/// What a mutator does in one action.
public enum Mutation: Hashable, Sendable {
  /// Allocates an object that nobody refers to yet; `label` is for people.
  case allocate(label: String, slotCount: Int, payloadBytes: Int)
  /// Gives a global variable a value; a new name makes a new global.
  case setGlobal(String, Operand)
  case pushFrame(String)
  case popFrame
  /// Gives a variable of the top frame a value; a new name makes a new variable.
  case setVariable(String, Operand)
  /// Gives a variable of the top frame an address as a number, which no collector knows of.
  case setRaw(String, Operand)
  /// A pointer write into a slot of the heap, through the barrier.
  case store(slot: Int, of: Base, Operand)
  /// Copies all slots of an object into another, as many as both have.
  case copy(Base, to: Base)
  /// Gives a variable in another thread's top frame the value of an own variable.
  case send(String, to: MutatorID, as: String)
  /// Goes on with a store that yielded half way.
  case resume
  /// Gives the object's cell back by hand.
  case free(Base)
  /// Frees an object by its label that is no more: refused, since the cell may be another's now.
  ///
  /// No reference could say who is meant, so only a machine with a chronicle tells of it.
  case freeAgain(ObjectID)
  /// Starts another mutator, with an empty stack and a cache of its own.
  case startThread(String)
  /// Ends another mutator: its frames are gone, and its cache is given back.
  case endThread(MutatorID)
}

/// What the collector does in one action.
public enum Collection: Hashable, Sendable {
  case start
  /// Begins a collection of the young alone, where old and young are apart.
  case startMinor
  /// The smallest piece of work, as the collector orders it; begins a cycle when there is none.
  case step
  /// As many such steps as are worth so many units of work, at most to the end of the cycle.
  case work(Int)
  /// Scans this grey object next, or the next slot of the object that is being scanned.
  case scanObject(Reference)
  /// Scans this root next.
  case scanRoot(RootID)
}

/// Where the program gets hold of the object it reads or writes.
public enum Base: Hashable, Sendable {
  /// Out of nowhere, by its label on the screen.
  case object(Reference)
  /// A variable or a global.
  case place(Location<Reference>)
}

/// Where the value of an assignment comes from.
public enum Operand: Hashable, Sendable {
  case null
  /// Out of nowhere, by its label on the screen.
  case object(Reference)
  /// A variable or a global.
  case place(Location<Reference>)
  /// A load from the heap.
  case slot(Int, of: Base)
}
