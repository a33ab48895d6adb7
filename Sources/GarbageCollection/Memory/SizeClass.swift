/// A bucket of equally sized cells; small requests are rounded up to one.
///
/// The table follows from one rule: cells grow by an eighth of the power of two below them (at least
/// 8 bytes), so rounding a request of more than 64 bytes wastes less than an eighth, and a smaller one
/// less than 8 bytes; and a span gets the fewest pages that leave at most an eighth of it as a tail. The
/// rule is that of Go (`runtime/mksizeclasses.go`) without its hand-made exceptions.
public struct SizeClass: Hashable, Sendable {
  /// Position in `table`, 0-based.
  public let index: UInt8
  /// Bytes in one cell, header included; a multiple of `stepBytes`, at least `granuleBytes`.
  public let cellBytes: Int
  /// Pages in one span of this class.
  public let spanPages: Int
  /// Cells cut from one span; at most `Span.cellLimit`.
  public let cellCount: Int
  /// The most cells a thread cache holds: 16 KiB of them, at least 4.
  ///
  /// Half of them go to the central list or come from it at a time.
  let cacheCapacity: Int
  /// 2³² / cellBytes, rounded up: multiplied by a distance within a span, the upper half of the
  /// product is the number of the cell.
  let reciprocal: UInt32

  private init(index: Int, cellBytes: Int) {
    self.index = UInt8(index)
    self.cellBytes = cellBytes
    spanPages = SizeClass.spanPages(for: cellBytes)
    cellCount = spanPages * Page.bytes / cellBytes
    cacheCapacity = min(512, max(4, SizeClass.cachedBytes / cellBytes / 2 * 2))
    reciprocal = UInt32(((1 << 32) + cellBytes - 1) / cellBytes)
  }

  private static var cachedBytes: Int { 1 << 14 }

  /// Bytes at the end of a span too short for another cell.
  public var tailBytes: Int { spanPages * Page.bytes % cellBytes }
}

extension SizeClass {
  /// Every cell starts at a multiple of this.
  public static let stepBytes = 8
  /// No cell is smaller, so no two start in the same granule; objects without cells start at multiples.
  public static let granuleBytes = 16
  /// The largest request served from a size class, in bytes; larger objects get their own span.
  public static let largestRequestBytes = 32 * 1024

  public static let table: [SizeClass] = makeTable()

  /// Classes in the table; a constant, for numbers on the fast paths to be constants, too.
  static var count: Int { 79 }

  /// The smallest class whose cells hold `byteCount`, or nil if the object must be a large one.
  ///
  /// - Precondition: `byteCount > 0`.
  @inline(__always)
  public static func serving(byteCount: Int) -> SizeClass? {
    precondition(byteCount > 0, "an object has at least a header")
    guard byteCount <= largestRequestBytes else { return nil }
    return table[Int(indexByStep[(byteCount - 1) / stepBytes])]
  }

  /// The index of the class that serves a request, by its steps rounded up less one.
  static let indexByStep: [UInt8] = indexByStep(rounding: stepBytes)

  /// The same for requests that are rounded up to a multiple of `unit` first.
  static func indexByStep(rounding unit: Int) -> [UInt8] {
    (0..<largestRequestBytes / stepBytes).map { step in
      let request = ((step + 1) * stepBytes + unit - 1) / unit * unit
      return table.first { $0.cellBytes >= request }!.index
    }
  }

  private static func makeTable() -> [SizeClass] {
    var table: [SizeClass] = []
    var cellBytes = granuleBytes
    while cellBytes <= largestRequestBytes {
      table.append(SizeClass(index: table.count, cellBytes: cellBytes))
      cellBytes += max(stepBytes, powerOfTwo(notAbove: cellBytes) / 8)
    }
    return table
  }

  private static func spanPages(for cellBytes: Int) -> Int {
    var pages = 1
    while pages * Page.bytes < cellBytes
      || pages * Page.bytes % cellBytes > pages * Page.bytes / 8
    {
      pages += 1
    }
    return pages
  }

  private static func powerOfTwo(notAbove value: Int) -> Int {
    1 << (Int.bitWidth - 1 - value.leadingZeroBitCount)
  }
}
