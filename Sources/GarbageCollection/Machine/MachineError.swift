/// Why an action cannot be performed; the machine is as it was before.
public enum MachineError: Error, Hashable, Sendable {
  case heap(HeapError)
  /// The mutator cannot run while the collector has stopped the world.
  case worldIsStopped(Phase)
  /// Variables live in frames, and there is none.
  case noFrame
  /// The base of a load or store is nil.
  case dereferencedNil
  case slotOutOfRange(slot: Int, count: Int)
  /// A write through a dangling pointer, to memory that is no such cell any more.
  case danglingWrite
  /// One of the two objects of a copy is no more.
  case danglingCopy
  /// There is no variable of that name in the top frame.
  case noVariable(String)
  /// The thread that a reference is sent to has no frame to keep it in.
  case noFrameThere(String)
  case sendsToItself
  /// The reference that should be freed is nil.
  case freedNil
  case noSuchThread
  case threadHasEnded(String)
  /// Another thread, ended or not, has that name.
  case threadNameTaken(String)
  /// The thread that every program starts with lasts as long as the run.
  case mainThreadStays
  case threadJoinsItself
  /// This mutator has to finish its store first.
  case storeIsHalfDone
  case noStoreToResume
  case cycleIsUnderWay
  case noCycleIsUnderWay
  /// Old and young are not apart under this collector.
  case noNursery
  case cannotScan(CannotScan)
  /// Objects whose references are counted are freed when the last one is gone, and not by hand.
  case freesCounted
  /// The object named by its label is no more, so that no reference to it can be counted.
  case countsFreed
  /// A variable that `raw` has made takes addresses only, and one that others made references only.
  case variableHoldsAddress(String)
  case variableHoldsReference(String)
  /// No root reaches the object, so no real program could hold it; only where `strict` is on.
  case unlawful(Reference)
}

/// Why the collector cannot scan just this next.
public enum CannotScan: Hashable, Sendable {
  case objectIsNotGrey
  /// The object is dirty: it is scanned again in termination.
  case objectIsDeferred
  case anotherScanIsUnderWay
  case rootIsScanned
  /// The cycle has come to its end: only what termination and sweep do by themselves is left.
  case markingIsOver
  /// `set stacks first`: a stack still has to be scanned before all else.
  case stacksComeFirst
  /// Roots and copies are looked at one after the other.
  case copiesComeInOrder
  /// A store is half done and the collector waits for safepoints.
  case storeIsHalfDone
}

extension MachineError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .heap(let error): error.description
    case .worldIsStopped(let phase):
      "the world is stopped for the collector (\(phase.rawValue)); let it step on first"
    case .noFrame: "there is no stack frame; push one first"
    case .dereferencedNil: "the base is nil, so it has no slots"
    case .slotOutOfRange(let slot, let count):
      count == 0
        ? "slot \(slot) does not exist: the object has no slots"
        : "slot \(slot) does not exist: the object has slots 0 to \(count - 1)"
    case .danglingWrite:
      "a write through a dangling pointer into memory that has been given away"
    case .danglingCopy: "a copy needs two objects, and one of these has been freed"
    case .noVariable(let name): "there is no variable \(name) in the top frame"
    case .noFrameThere(let name): "the thread \(name) has no stack frame to keep a reference in"
    case .sendsToItself: "a thread sends to other threads only; use local for its own variables"
    case .freedNil: "there is nothing to free: the reference is nil"
    case .noSuchThread: "there is no such thread"
    case .threadHasEnded(let name): "the thread \(name) has ended"
    case .threadNameTaken(let name): "a thread was called \(name) already"
    case .mainThreadStays: "the thread main lasts as long as the run; no other can join it"
    case .threadJoinsItself: "a thread cannot wait for its own end; another has to join it"
    case .storeIsHalfDone: "the mutator's last store is half done; resume it first"
    case .noStoreToResume: "no store is half done, so there is nothing to resume"
    case .cycleIsUnderWay: "a collection cycle is under way already"
    case .noCycleIsUnderWay: "no collection cycle is under way; start one first"
    case .noNursery: "only the generational collector collects the young alone"
    case .cannotScan(let reason): reason.description
    case .freesCounted:
      "references are counted: an object is freed with its last one, and not by hand"
    case .variableHoldsAddress(let name):
      "the variable \(name) holds a raw address; expected raw, or another name"
    case .variableHoldsReference(let name):
      "the variable \(name) holds a reference; expected local, or another name"
    case .countsFreed: "that object has been freed; no reference to it can be counted"
    case .unlawful:
      "no root reaches that object, so a real program could not perform this write (strict is on)"
    }
  }
}

extension CannotScan: CustomStringConvertible {
  public var description: String {
    switch self {
    case .objectIsNotGrey: "only a grey object can be scanned next"
    case .objectIsDeferred: "that object is dirty; it is scanned again when the world stops"
    case .anotherScanIsUnderWay: "another object is half scanned; step on first"
    case .markingIsOver: "marking is over in this cycle; step on until the next"
    case .rootIsScanned: "that root has been scanned in this cycle"
    case .stacksComeFirst: "stacks are scanned before all else here; scan the stack first"
    case .copiesComeInOrder: "this collector looks at roots and copies in a fixed order"
    case .storeIsHalfDone: "the collector waits for a safepoint: a store is half done"
    }
  }
}
