/// A mistake planted on purpose, to see whether the checker finds it; only debug builds can make one.
enum SeededFault: String, Hashable, Sendable, CaseIterable {
  /// A shaded object turns grey, and nobody puts it on the worklist.
  case greyIsNotListed
  /// A shaded object turns black at once, its slots unread.
  case shadeBlackens
  /// The scan of an object leaves out its last slot.
  case scanSkipsLastSlot
  /// The scan of a stack leaves out the first variable of each frame.
  case rootScanSkipsFirst
  /// Termination does not scan stacks again.
  case rescanSkipsStacks
  /// Termination scans stacks again, and then nothing of what they refer to.
  case rescanDoesNotDrain
  /// The deletion barrier shades the new value in place of the old one.
  case deletionShadesNew
  /// Barriers act only when all roots are scanned.
  case barrierSleepsInRoots
  /// Conditions of barriers hold when they should not, and the other way round.
  case conditionsAreInverted
  /// A black object turns grey again, and nobody puts it on the worklist.
  case revertIsNotListed
  /// Dirty objects are not scanned in termination.
  case deferredAreForgotten
  /// Of a full or flushed buffer the last entry is lost.
  case flushForgetsLast
  /// Objects are born white while marking, whatever the settings say.
  case birthsAreWhite
}

/// Which fault is on, if any; takes no room and no time in release builds.
struct FaultSwitch: Hashable, Sendable {
  #if DEBUG
    private let fault: SeededFault?
  #endif

  init(_ fault: SeededFault? = nil) {
    #if DEBUG
      self.fault = fault
    #endif
  }

  @inline(__always)
  func isOn(_ candidate: SeededFault) -> Bool {
    #if DEBUG
      fault == candidate
    #else
      false
    #endif
  }
}
