/// What the allocator counts from its beginning; `expect` can check each of them.
public enum AllocatorCounter: String, Hashable, Sendable, CaseIterable {
  case allocations, frees
  /// Requests that the thread cache answered, and those it passed on.
  case cacheHits = "cache-hits"
  case cacheMisses = "cache-misses"
  /// Requests of thread caches that the central list answered, and those it passed on.
  case centralHits = "central-hits"
  case centralMisses = "central-misses"
  /// Requests for pages that the page heap answered, and those it passed on.
  case pageHeapHits = "page-heap-hits"
  case pageHeapMisses = "page-heap-misses"
  case locks
  case systemCalls = "system-calls"
  case largeObjects = "large-objects"
  /// Spans in use now.
  case spans
  /// Spans whose dead cells the sweep has yet to find.
  case unsweptSpans = "unswept-spans"
}

extension AllocatorCounter {
  /// What is counted, in a few words for the manual.
  public var summary: String {
    switch self {
    case .allocations: "objects allocated"
    case .frees: "objects freed, by the program or by a sweep"
    case .cacheHits: "requests that the thread cache answered"
    case .cacheMisses: "requests that the thread cache passed on"
    case .centralHits: "requests that a central list answered"
    case .centralMisses: "requests that a central list passed on"
    case .pageHeapHits: "requests for pages that the page heap answered"
    case .pageHeapMisses: "requests for pages for which the heap had to grow"
    case .locks: "locks taken"
    case .systemCalls: "calls of the operating system"
    case .largeObjects: "objects that went past the size classes"
    case .spans: "spans in use now"
    case .unsweptSpans: "spans that still have to be swept"
    }
  }
}
