/// A size class, and whether its objects hold references: what the spans of one central list share.
///
/// Pointer-free objects stand in spans of their own, so that the marker knows from the span that there
/// is nothing to read in them (Go's `spanClass` with its noscan bit, runtime/mheap.go).
public struct SpanClass: Hashable, Sendable, Comparable {
  /// Position in the tables of thread caches and central lists, 0-based.
  public let index: UInt8

  @inline(__always)
  init(index: UInt8) { self.index = index }

  @inline(__always)
  init(_ sizeClass: SizeClass, isPointerFree: Bool) {
    index = sizeClass.index * 2 + (isPointerFree ? 1 : 0)
  }

  public var sizeClass: SizeClass { SizeClass.table[isTiny ? 0 : Int(index / 2)] }
  /// Whether the marker has nothing to read in objects of this class.
  public var isPointerFree: Bool { index & 1 == 1 }
  /// Whether two objects share each cell.
  public var isTiny: Bool { self == .tiny }

  public static func < (left: SpanClass, right: SpanClass) -> Bool { left.index < right.index }
}

extension SpanClass {
  /// The class of the tiny allocator: cells of 16 bytes with room for two pointer-free objects.
  ///
  /// Odd as every pointer-free class; the even number before it stands for nothing.
  public static var tiny: SpanClass {
    @inline(__always) get { SpanClass(index: UInt8(SizeClass.count * 2 + 1)) }
  }

  /// Every class, by index.
  public static let all =
    (0..<UInt8(SizeClass.count * 2)).map { SpanClass(index: $0) } + [tiny]
}
