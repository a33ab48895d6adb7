import Testing

@testable import GarbageCollection

/// When collections of threads begin.
struct ThreadPacingTests {
  /// A sweep that has kept cells of 1 KiB.
  private func swept(kilobytes: Int, isPointerFree: Bool) -> SweptBytes {
    var tally = Heap.SweepTally()
    tally.keptCount = kilobytes
    var swept = SweptBytes()
    swept.add(Heap.SweptSpan(tally: tally, cellBytes: 1 << 10, isPointerFree: isPointerFree))
    return swept
  }

  private func pacing(afterKeeping kept: [SweptBytes]) -> ThreadPacing {
    var pacing = ThreadPacing(ThreadSettings())
    pacing.begin(0)
    pacing.endMarking(work: Work(), allocatedBytes: 0)
    for swept in kept { pacing.noteSwept(swept) }
    pacing.endSweep()
    return pacing
  }

  @Test func `as much may be allocated as lives`() {
    let pacing = pacing(afterKeeping: [swept(kilobytes: 100_000, isPointerFree: false)])
    #expect(pacing.liveBytes == 100_000 << 10)
    #expect(pacing.goalBytes == 100_000 << 10)
  }

  @Test func `what has no references counts for a quarter`() {
    let pacing = pacing(afterKeeping: [
      swept(kilobytes: 20_000, isPointerFree: false),
      swept(kilobytes: 80_000, isPointerFree: true),
    ])
    #expect(pacing.liveBytes == 100_000 << 10)
    #expect(pacing.goalBytes == 40_000 << 10)
  }

  @Test func `a small heap may grow as far as any`() {
    let pacing = pacing(afterKeeping: [swept(kilobytes: 1, isPointerFree: false)])
    #expect(pacing.goalBytes == ThreadSettings().minimumBytes)
  }
}
