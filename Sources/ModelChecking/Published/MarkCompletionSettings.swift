/// The variants of workers that find out whether marking is complete.
///
/// Go 1.7 had a race here. Austin Clements' model of it, go-misc/go-weave/models/markterm.go, 2016, has
/// 2 workers, 3 grey objects and the first two orders.
public struct MarkCompletionSettings: Hashable, Sendable {
  /// How many workers mark.
  public var markers: Int
  /// Grey objects in the pool when marking begins.
  public var objects: Int
  public var order: Order

  /// How a worker finds out whether marking is complete, when its hands are empty.
  public enum Order: String, Hashable, Sendable, CaseIterable {
    /// Reads the pool, then counts itself out of the active workers, then tests what it has seen.
    case queueFirst = "queue-first"
    /// Counts itself out of the active workers, then reads the pool, then tests what it has seen.
    case queueLast = "queue-last"
    /// Does all of it in one action under the lock of the pool, under which others put objects back.
    case locked
  }

  public init(markers: Int = 2, objects: Int = 3, order: Order = .queueFirst) {
    self.markers = markers
    self.objects = objects
    self.order = order
  }
}

extension MarkCompletionSettings {
  func validate() throws(CheckError) {
    try PublishedCheck.validate([
      ("objects", objects, PublishedCheck.greyRange),
      ("markers", markers, PublishedCheck.markerRange),
    ])
  }
}
