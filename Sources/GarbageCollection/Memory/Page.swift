/// The unit in which the page heap deals.
public enum Page {
  /// Go's `pageSize` (8 KiB); unrelated to the page size of the host.
  public static let bytes = 8192
}

/// A page of the arena by its position; page 0 is the guard, so 0 also means "none".
public struct PageID: Hashable, Sendable, Comparable, BitwiseCopyable {
  public let index: UInt32

  init(_ index: UInt32) { self.index = index }
  init(_ index: Int) { self.index = UInt32(index) }

  /// The page that holds the byte at `offset`.
  @inline(__always)
  init(containing offset: Int) { index = UInt32(truncatingIfNeeded: offset / Page.bytes) }

  static let none = PageID(UInt32(0))

  /// Bytes from the arena's base to the page's first byte.
  public var offset: Int { Int(index) * Page.bytes }

  public static func < (left: PageID, right: PageID) -> Bool { left.index < right.index }
}
