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

  @Test func `rounding wastes less than an eighth of any request over 128 bytes`() throws {
    for byteCount in 129...SizeClass.largestRequestBytes {
      let served = try #require(SizeClass.serving(byteCount: byteCount))
      #expect((served.cellBytes - byteCount) * 8 < byteCount)
    }
  }

  @Test(arguments: SizeClass.table)
  func `a span is the shortest that leaves at most an eighth as its tail`(_ sizeClass: SizeClass) {
    let spanBytes = sizeClass.spanPages * Page.bytes
    #expect(sizeClass.cellBytes.isMultiple(of: 16))
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
    for (small, large) in zip(SizeClass.table, SizeClass.table.dropFirst()) {
      #expect(large.cellBytes >= small.cellBytes + 16)
      #expect(
        large.cellBytes == small.cellBytes + 16
          || (large.cellBytes - small.cellBytes) * 16 > small.cellBytes)
    }
    #expect(
      SizeClass.table.map(\.cellBytes).prefix(10) == [16, 32, 48, 64, 80, 96, 112, 128, 144, 160])
  }
}
