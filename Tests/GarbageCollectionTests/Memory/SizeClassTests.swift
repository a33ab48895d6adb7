import Testing

@testable import GarbageCollection

struct SizeClassTests {
  @Test func `every request gets the smallest cell that holds it`() throws {
    for byteCount in 1...SizeClass.largestRequestBytes {
      let served = try #require(SizeClass.serving(byteCount: byteCount))
      let smallest = SizeClass.table.first { $0.cellBytes >= byteCount }
      #expect(served == smallest)
    }
    #expect(SizeClass.serving(byteCount: SizeClass.largestRequestBytes + 1) == nil)
    #expect(SizeClass.serving(byteCount: .max) == nil)
  }

  @Test func `rounding wastes less than an eighth of any request over 64 bytes`() throws {
    for byteCount in 65...SizeClass.largestRequestBytes {
      let served = try #require(SizeClass.serving(byteCount: byteCount))
      #expect((served.cellBytes - byteCount) * 8 < byteCount)
    }
  }

  @Test(arguments: SizeClass.table)
  func `a span is the shortest that leaves at most an eighth as its tail`(_ sizeClass: SizeClass) {
    let spanBytes = sizeClass.spanPages * Page.bytes
    #expect(sizeClass.cellBytes.isMultiple(of: SizeClass.stepBytes))
    #expect(sizeClass.cellCount == spanBytes / sizeClass.cellBytes)
    #expect((1...Span.cellLimit).contains(sizeClass.cellCount))
    #expect(sizeClass.tailBytes == spanBytes - sizeClass.cellCount * sizeClass.cellBytes)
    #expect(sizeClass.tailBytes * 8 <= spanBytes)
    for pages in 1..<max(sizeClass.spanPages, 2) where pages < sizeClass.spanPages {
      let shorter = pages * Page.bytes
      #expect(shorter < sizeClass.cellBytes || shorter % sizeClass.cellBytes * 8 > shorter)
    }
  }

  @Test func `the table is in order and as short as the rule lets it be`() {
    #expect(SizeClass.table.map { Int($0.index) } == Array(0..<SizeClass.table.count))
    #expect(SizeClass.table.first?.cellBytes == 16)
    #expect(SizeClass.table.last?.cellBytes == SizeClass.largestRequestBytes)
    #expect(SizeClass.count == SizeClass.table.count)
    for (small, large) in zip(SizeClass.table, SizeClass.table.dropFirst()) {
      #expect(large.cellBytes >= small.cellBytes + 8)
      #expect(
        large.cellBytes == small.cellBytes + 8
          || (large.cellBytes - small.cellBytes) * 16 > small.cellBytes)
    }
    #expect(
      SizeClass.table.map(\.cellBytes).prefix(18) == [
        16, 24, 32, 40, 48, 56, 64, 72, 80, 88, 96, 104, 112, 120, 128, 144, 160, 176,
      ])
  }

  @Test(arguments: SizeClass.table)
  func `cells that are no multiple of a granule stand in spans of one page`(
    _ sizeClass: SizeClass
  ) {
    let isOdd = !sizeClass.cellBytes.isMultiple(of: SizeClass.granuleBytes)
    #expect(sizeClass.cellBytes >= SizeClass.granuleBytes)
    #expect(isOdd == (sizeClass.cellBytes < 128 && sizeClass.index % 2 == 1))
    #expect(!isOdd || sizeClass.spanPages == 1)
  }
}
