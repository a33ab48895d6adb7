import Testing

@testable import GarbageCollection
@testable import TerminalUI

/// The tiers of a heap with more in it than any story has.
struct CrowdedAllocatorTests {
  private static func report(classes: Int, threads: Int, freeSpans: Int) -> AllocatorReport {
    var report = AllocatorReport()
    for spanClass in SpanClass.all.prefix(classes) {
      var line = AllocatorReport.ClassLine(spanClass)
      line.spanCount = 120
      line.partialSpanCount = 40
      line.cellCount = 120 * spanClass.sizeClass.cellCount
      line.usedCellCount = line.cellCount / 2
      line.cachedCellCount = line.cellCount / 4
      line.freeCellCount = line.cellCount - line.usedCellCount - line.cachedCellCount
      line.requestedBytes = line.usedCellCount * spanClass.sizeClass.cellBytes * 7 / 8
      line.hitCount = 999
      line.missCount = 1
      report.classes.append(line)
    }
    for thread in 0..<threads {
      var cache = AllocatorReport.CacheLine(MutatorID(thread))
      cache.bins = SpanClass.all.prefix(classes).map { spanClass in
        AllocatorReport.CacheLine.Bin(
          spanClass: spanClass, cellCount: thread, capacity: 128, next: nil)
      }
      report.caches.append(cache)
    }
    report.freeSpans = (0..<freeSpans).map { number in
      AllocatorReport.FreeSpan(
        firstPage: PageID(10 + number * 40), pageCount: 1 + number, releasedPageCount: number / 2)
    }
    report.committedBytes = 40 << 20
    report.releasedBytes = 2 << 20
    report.limitBytes = 64 << 20
    report.reservedBytes = 64 << 20 + Page.bytes
    return report
  }

  @Test(arguments: [0, 1, 7, SpanClass.all.count], [0, 1, 3])
  func `every tier has the rows it should have, whatever is in it`(
    classes: Int, threads: Int
  ) throws {
    for freeSpans in [0, 1, 60] {
      let report = Self.report(classes: classes, threads: threads, freeSpans: freeSpans)
      for last in [nil] + Tier.allCases.map(Optional.some) {
        let spanClass = SpanClass.all[classes / 2]
        let walk = last.flatMap { tier in
          AllocatorWalk([
            .allocated(ObjectID(0), along: Route(tier: tier, spanClass: spanClass), color: .white)
          ])
        }
        let levels = AllocatorLevels(
          report: report, threadNames: ["main", "T2", "worker"], walk: walk, shownCount: 4,
          focus: spanClass, theme: .plain, addresses: AddressStyle(base: nil))
        for height in 0...40 {
          for width in [40, 66, 80, 120] {
            let rows = AllocatorLevels.Rows(height: height)
            let lines = levels.lines(rows, head: TextLine(), width: width)
            #expect(lines.count == rows?.total ?? 5)
          }
        }
      }
    }
  }

  @Test func `the class that a walk is about is in sight`() throws {
    let report = Self.report(classes: 40, threads: 1, freeSpans: 3)
    for index in [0, 13, 39] {
      let spanClass = SpanClass.all[index]
      let walk = AllocatorWalk([
        .released(ObjectID(0), along: Route(tier: .centralList, spanClass: spanClass))
      ])
      let levels = AllocatorLevels(
        report: report, threadNames: ["main"], walk: walk, shownCount: 2, focus: spanClass,
        theme: .standard, addresses: AddressStyle(base: nil))
      for height in [10, 20, 30] {
        let rows = try #require(AllocatorLevels.Rows(height: height))
        let text = levels.lines(rows, head: TextLine(), width: 80).map(\.text)
        #expect(text.filter { $0.contains(spanClass.name) }.count == 2, "bin and central list")
      }
      let table = AllocatorTable(report: report, focus: spanClass, theme: .standard)
      #expect(table.lines(height: 5).contains { $0.text.hasPrefix(spanClass.name) })
    }
  }

  @Test func `what does not fit is counted`() {
    let report = Self.report(classes: 40, threads: 1, freeSpans: 60)
    let table = AllocatorTable(report: report, focus: nil, theme: .standard).lines(height: 6)
    #expect(table.count == 6)
    #expect(table.last?.text == "   … 36 more classes")
  }

  @Test func `fragmentation is told in per cent`() {
    let report = Self.report(classes: 4, threads: 1, freeSpans: 3)
    let lines = FragmentationBars(report: report, theme: .plain).lines(width: 80, height: 3)
    // Free spans of 1, 2 and 3 pages: half of the pages are outside the largest.
    #expect(lines[1].text.hasPrefix("external ############............  50%"))
    #expect(lines[2].text.hasPrefix("committed 40MiB for"))
  }
}
