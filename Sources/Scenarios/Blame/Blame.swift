public import GarbageCollection

/// Why an object was lost, or is going to be: two fatal acts, and who would have prevented it.
///
/// An object is lost only if two things happen (Wilson, "Uniprocessor Garbage Collection
/// Techniques", IWMM 1992, section 3.2): the program stores a pointer where marking will not look
/// again, and it destroys every path by which marking could still come. Worked out from the events of
/// the recorded run and the oracle; nothing is simulated.
public struct Blame: Hashable, Sendable {
  /// What one step had to do with it.
  public struct Act: Hashable, Sendable {
    public let step: Int
    public let kind: Kind
    /// One plain sentence.
    public let sentence: String

    public enum Kind: String, Hashable, Sendable, CaseIterable {
      /// A pointer came to a place that is scanned already: stored there, loaded into a stack, or sent to
      /// that of another thread.
      case store, load, assignment, send
      /// The last path that was still to be scanned went: overwritten, or its frame was popped.
      case overwrite, pop, end
      /// The collector itself did it.
      case collector
    }
  }

  public let victim: ObjectID
  public let label: String
  /// The step from which on nothing could save the object any more, though it was not freed yet.
  public let doomedStep: Int
  /// The step that freed it; nil while that is still to come.
  public let lostStep: Int?
  /// What ended it, or is going to.
  public let loss: Loss
  /// Whether a remembered set would have kept it, where there is none and it might.
  public internal(set) var isSavedByRemembering = false
  /// By which a black place came to refer to it, or to what it hangs from.
  public let insertion: Act?
  /// By which the last path went that marking could still have taken; nil when there was none before.
  public let deletion: Act?
  /// Why there are not two acts.
  public let remark: String?
  /// Barriers under which the same schedule keeps the object, in the order of `Barrier`.
  public internal(set) var rescues: [Rescue] = []
  /// Barriers under which it is lost all the same.
  public internal(set) var failures: [Barrier] = []

  /// How the memory of a lost object is taken back.
  public enum Loss: String, Hashable, Sendable, CaseIterable {
    /// A cell freed by a sweep, one freed as its count fell, a place that nobody was copied from.
    case swept, counted, reclaimed
  }

  /// How another barrier keeps the object.
  public struct Rescue: Hashable, Sendable {
    public let barrier: Barrier
    /// Nil where the object was never in need of being found.
    public let means: Means?
    /// The step of the other run that did it.
    public let step: Int?
    /// The step of this run at the same place of the schedule, where the program acted.
    public let ownStep: Int?
  }

  /// What finds the object after all.
  public enum Means: Hashable, Sendable {
    /// The barrier shades the object itself, or another from which the collector comes to it.
    case barrier(shaded: String)
    /// The barrier turns this black object grey again, so that it is scanned once more.
    case revert(String)
    /// The barrier scans this object itself.
    case scan(String)
    case rescan
    /// The scan of the roots, which come in another order.
    case roots
    /// It, or another from which the collector comes to it, is born grey or black.
    case birth(String)
  }
}

extension Blame {
  /// The steps that matter, in order, without repetition.
  public var steps: [Int] {
    let steps =
      [insertion?.step, deletion?.step, doomedStep, lostStep].compactMap { $0 }
      + rescues.compactMap(\.ownStep)
    return Set(steps).sorted()
  }
}

extension Session {
  /// Objects that were lost in this run, in order of death; after them those doomed at its end.
  public var victims: [ObjectID] {
    let lost = self.lost
    return lost + tension.doomedObjects.subtracting(lost).sorted()
  }
}
