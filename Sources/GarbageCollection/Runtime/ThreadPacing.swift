/// When threads begin a cycle, and what allocations owe it.
///
/// After Go's pacer (runtime/mgcpacer.go): between the ends of two markings, as much may be allocated as
/// lives, times `growthPercent`. A cycle begins early enough that markers, at the speed at which they
/// last marked while mutators allocated, are done before that; who allocates beyond it assists.
///
/// Of what lives without references only a quarter counts: it costs a marking next to nothing, and memory
/// as much as anything (Boehm's collector weighs it less, too: `min_bytes_allocd`, alloc.c).
struct ThreadPacing: Hashable, Sendable {
  private let growthPercent: Int
  private let minimumBytes: Int
  private let collection: ThreadedCollection
  /// Bytes of cells that the last sweep kept, as far as it has come; those of them without references.
  private var keptBytes = 0
  private var keptPointerFreeBytes = 0
  /// Bytes that survived the last sweep that has ended.
  private(set) var liveBytes = 0
  /// The same as they count.
  private var weighedBytes = 0
  /// Bytes that may be allocated from one end of marking to the next.
  private(set) var goalBytes: Int
  /// Bytes after which a cycle begins.
  private(set) var triggerBytes: Int
  /// Units done when the last marking ended, and the units it took.
  private var workAtEnd = 0
  private var lastWork = 0
  /// Bytes allocated when the cycle began, and from then until marking ended, last time.
  private var bytesAtBegin = 0
  private var lastRunway = 0
  /// Units owed for each 1024 bytes allocated while marking.
  private(set) var assistPerKiB = 0

  init(_ settings: ThreadSettings) {
    growthPercent = settings.growthPercent
    minimumBytes = settings.minimumBytes
    collection = settings.collection
    goalBytes = settings.minimumBytes
    triggerBytes = settings.minimumBytes / 2
  }

  /// A cycle begins, so many bytes after the last marking.
  mutating func begin(_ allocatedBytes: Int) {
    bytesAtBegin = allocatedBytes
    let expected = max(lastWork, weighedBytes / 8)
    let runway = max(goalBytes - allocatedBytes, goalBytes / 8)
    assistPerKiB = max(1, (expected * 1024 + runway - 1) / runway * 5 / 4)
  }

  /// Marking has ended, so many bytes after it last did.
  mutating func endMarking(work: Work, allocatedBytes: Int) {
    lastRunway = max(0, allocatedBytes - bytesAtBegin)
    let total = work.total
    lastWork = max(1, total - workAtEnd)
    workAtEnd = total
    (keptBytes, keptPointerFreeBytes) = (0, 0)
    // Until the sweep tells, what lived lives.
    setGoal()
  }

  mutating func noteSwept(_ swept: SweptBytes) {
    keptBytes += swept.keptBytes
    keptPointerFreeBytes += swept.keptPointerFreeBytes
  }

  mutating func endSweep() {
    liveBytes = keptBytes
    weighedBytes = keptBytes - keptPointerFreeBytes / 4 * 3
    setGoal()
  }

  private mutating func setGoal() {
    goalBytes = max(minimumBytes, weighedBytes / 100 * growthPercent)
    switch collection {
    // As early as the last time shows that it takes, within limits.
    case .concurrent:
      triggerBytes = min(goalBytes / 8 * 7, max(goalBytes / 4, goalBytes - lastRunway / 4 * 5))
    // Allocations pay for the cycle: it begins at half of the way.
    case .incremental: triggerBytes = goalBytes / 2
    case .stopTheWorld: triggerBytes = goalBytes
    }
  }

  /// Bytes allocated from which on an allocation owes units, while marking goes on.
  ///
  /// With markers, that is when the goal is reached and they are not done.
  var assistFromBytes: Int { collection == .incremental ? 0 : goalBytes }
}
