/// The tier that answered a request or took a cell back.
public enum Tier: String, Hashable, Sendable, CaseIterable {
  case threadCache = "thread cache"
  case centralList = "central list"
  case pageHeap = "page heap"
  case system
  /// None of the four: a space, where to allocate is to move a pointer.
  case space

  /// The four tiers, from the thread cache down.
  public static let allCases: [Tier] = [.threadCache, .centralList, .pageHeap, .system]
}

/// The way of one request down the tiers, or of one cell back up: who answered, and what it cost.
///
/// A request that tier *n* answers has missed in every tier before it.
public struct Route: Hashable, Sendable {
  /// The tier that answered the request, or the last one that took something back.
  public var tier: Tier
  /// Nil for large objects, which only page heap and system deal with.
  public var spanClass: SpanClass?
  /// Cells that went from the central list to the cache, or back; 0 when the cache was enough.
  public var movedCellCount = 0
  /// Pages that went from the page heap to the central list or a large object, or back.
  public var movedPageCount = 0
  /// Bytes that the system committed, or took back.
  public var systemBytes = 0
  /// Dead cells found by sweeping a span on the way.
  public var sweptCellCount = 0
  /// Locks taken: one a central list, one for the page heap.
  public var lockCount = 0
  public var systemCallCount = 0

  public init(tier: Tier, spanClass: SpanClass? = nil) {
    self.tier = tier
    self.spanClass = spanClass
  }

  /// Whether the request or the cell came to this tier at all.
  public func visits(_ other: Tier) -> Bool {
    if spanClass == nil, other == .threadCache || other == .centralList { return false }
    return other.depth <= tier.depth
  }
}

extension Tier {
  /// 0 for the thread cache and for spaces, 3 for the system.
  public var depth: Int {
    switch self {
    case .threadCache, .space: 0
    case .centralList: 1
    case .pageHeap: 2
    case .system: 3
    }
  }
}
