import Histogram

extension CellAllocator where Self: ~Copyable {
  /// `rand`, with the clock read around each operation; the readings are part of what is measured.
  mutating func recordLatency(byteCount: Int, operationCount: Int) -> [Figure] {
    var histogram = Histogram<UInt64>(
      lowestDiscernibleValue: 1, highestTrackableValue: 10_000_000_000,
      numberOfSignificantValueDigits: .three)
    let ring = CellTable<Cell>(count: Lifetimes.ringCount)
    fill(ring, byteCount: byteCount)
    var random = XorShift()
    for _ in 0..<operationCount {
      let place = random.next(below: ring.count)
      let start = Clock.nanoseconds
      free(ring[place])
      ring[place] = allocate(byteCount: byteCount)
      histogram.record(UInt64(Clock.nanoseconds - start))
    }
    drain(ring)
    return [
      Figure("p50_ns", Double(histogram.valueAtPercentile(50))),
      Figure("p99_ns", Double(histogram.valueAtPercentile(99))),
      Figure("p999_ns", Double(histogram.valueAtPercentile(99.9))),
      Figure("max_ns", Double(histogram.max)),
    ]
  }
}
