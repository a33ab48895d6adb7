/// What happened, with who did it and why.
///
/// Log, narration, provenance, highlights and exports are all folds over events. The machine names
/// objects by `Reference`; whoever keeps a history translates that at once into an identity, since
/// cells are reused.
public enum Event<Object: Hashable & Sendable>: Hashable, Sendable {
  case phaseChanged(from: Phase, to: Phase)

  // MARK: mutator
  case allocated(Object, along: Route, color: Color)
  case pushedFrame(String)
  case poppedFrame(String)
  case loaded(Object?, from: Location<Object>, into: Location<Object>)
  /// A root was given a value that did not come out of the heap.
  case assigned(Location<Object>, old: Object?, new: Object?)
  /// All slots of an object were copied into another; what was written in each follows.
  case copied(Object, to: Object, slotCount: Int)
  /// A reference, or nil, went to a variable of another thread.
  case sent(Object?, from: Location<Object>, into: Location<Object>)
  /// An instruction of an access's program ran; its line counts from 0 in `BarrierProgram.lines`.
  case ranLine(Int, of: BarrierProgram.Access)
  case wrote(Location<Object>, old: Object?, new: Object?)
  /// The store stopped half way; `line` is the next to run.
  case yielded(line: Int, of: BarrierProgram.Access)
  /// The access skipped the barrier, as `set elide`, `set unguarded` or `set bulk-copy` asks.
  case elidedBarrier
  /// A barrier made a black object grey again; deferred, it is scanned in termination.
  case reverted(Object, isDeferred: Bool)
  /// A barrier made a scanned root one that has to be scanned again.
  case revertedRoot(RootID)
  /// A barrier put a white object into its mutator's buffer.
  case buffered(Object, of: MutatorID)
  /// The program was given a reference that no real program could have held.
  case conjured(Object)
  /// The program used a reference whose object had been freed.
  case usedDangling(Location<Object>, DanglingUse)

  /// The program gave the object's cell back by hand.
  case released(Object, along: Route)
  /// The program gave back an object that was free already; nothing was done.
  case refusedFree(Object)
  case startedThread(MutatorID)
  /// The thread has ended, and its cache with it.
  case endedThread(MutatorID, along: Route)

  // MARK: collector
  case scannedRoot(RootID, isRescan: Bool)
  /// What stands in the mutator's buffer is being shaded.
  case flushedBuffer(of: MutatorID)
  /// Marking ends, and nobody has shaded this entry of a buffer.
  case droppedBuffered(Object, of: MutatorID)
  /// A deferred object went to the worklist.
  case requeued(Object)
  case shaded(Object, by: ShadeCause<Object>)
  /// A white object without references was found; it turned black at once, as there is nothing to scan.
  case marked(Object, by: ShadeCause<Object>)
  /// The object was taken off the worklist, to be scanned slot by slot.
  case beganScan(Object)
  /// The collector looked at a slot; `shaded` follows if it found a white object.
  case examinedSlot(Int, of: Object, found: Object?)
  case blackened(Object)
  case kept(Object)
  case freed(Object, along: Route)
  // MARK: moving
  /// A live object has been given the place it will move to.
  case assignedPlace(Object, Reference)
  /// A place now holds where its object is to stand, or stands already.
  case redirected(Location<Object>, Object, to: Reference)
  /// All references in a root, or in an object's slots, now mean new places.
  case updatedRoot(RootID)
  case updatedSlots(Object)
  /// The object stands at another place from now on; `words` of 8 bytes were copied.
  case moved(Object, from: Reference, to: Reference, words: Int)
  /// A dead object was given up where it stood.
  case reclaimed(Object)
  // MARK: counting
  /// So many references to the object are counted from now on.
  case counted(Object, Int)
  /// The object may be part of garbage that refers to itself: it has lost a reference and is not dead.
  case suspected(Object)
  /// Trial deletion gives the object another colour of its own.
  case trialColored(Object, TrialColor)

  // MARK: generations
  /// A place in an old object that may refer to a young one is in the remembered set.
  case remembered(Location<Object>)
  /// The young object has survived often enough: it is old from now on.
  case promoted(Object)

  // MARK: sweeping
  /// Everything in a span is swept: on the way of an allocation, or by the collector.
  case sweptSpan(PageID, freedCount: Int, keptCount: Int)
  /// A step could do nothing, because a store is half done.
  case waitedForSafepoint
  /// The collector met a reference to a cell that holds no object, and did not follow it.
  case metDangling(Location<Object>)
}

/// What trial deletion knows of an object (Bacon and Rajan, ECOOP 2001).
public enum TrialColor: String, Hashable, Sendable, CaseIterable {
  /// In use, or free.
  case black
  /// Possible member of a cycle: references inside are taken off the counts.
  case gray
  /// Member of a garbage cycle.
  case white
  /// Possible root of a cycle.
  case purple
}

/// Who turned an object grey.
public enum ShadeCause<Object: Hashable & Sendable>: Hashable, Sendable {
  /// The scan of a root found it in this variable.
  case root(Location<Object>, isRescan: Bool)
  /// The scan of an object found it in this slot.
  case scan(slot: Int, of: Object)
  /// This line of an access's program; `place` is what was accessed.
  case barrier(line: Int, of: BarrierProgram.Access, place: Location<Object>)
  /// It stood in the buffer of a mutator, where a barrier had put it.
  case buffer(of: MutatorID)
  /// Objects are born grey.
  case birth
}

/// What a program found where its object had been.
public enum DanglingUse: Hashable, Sendable {
  /// A free cell, still with the poison in it.
  case poison
  /// Another object, which has that slot: its content was read or written.
  case otherObject
  /// Another object, of which these bytes are no slot.
  case notASlot(word: UInt32)
  /// The bytes that the object left behind when it was copied: what is written there is lost, and
  /// what is read there is what the slot was then.
  case staleCopy
  /// Memory that is no cell of that kind any more: the access was not made.
  case noCell
}

extension Event {
  /// The object that the collector has freed.
  public var deceased: Object? {
    switch self {
    case .freed(let object, _), .reclaimed(let object): object
    default: nil
    }
  }

  /// The white object that was found, and by whom, whether it turned grey or black at once.
  public var discovery: (object: Object, cause: ShadeCause<Object>)? {
    switch self {
    case .shaded(let object, let cause), .marked(let object, let cause): (object, cause)
    default: nil
    }
  }
}
