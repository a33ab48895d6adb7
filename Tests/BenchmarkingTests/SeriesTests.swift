import Testing

@testable import Benchmarking

struct SeriesTests {
  @Test(
    arguments: [
      ([4], 4, 4, 4, 0), ([3, 1, 2], 2, 1, 3, 100), ([4, 1, 2, 3], 2.5, 1, 4, 120),
      ([5, 5, 5], 5, 5, 5, 0),
    ] as [([Double], Double, Double, Double, Double)])
  func `median, least, most and spread`(
    values: [Double], median: Double, least: Double, most: Double, spreadPercent: Double
  ) {
    let series = Series(values)
    #expect(series.median == median)
    #expect(series.least == least)
    #expect(series.most == most)
    #expect(series.spreadPercent == spreadPercent)
  }

  @Test func `a ratio is taken round by round`() {
    let ratio = Series([2, 9, 4]).ratio(to: Series([1, 3, 4]))
    #expect(ratio.values == [2, 3, 1])
  }

  @Test func `a duration is shared by the pieces`() {
    var series = Series()
    series.add(.microseconds(3), per: 2)
    #expect(series.values == [1500])
  }

  @Test func `a figure survives as a line`() {
    let figure = Figure("ns_op", Series([1.0 / 3, 12, 1e-7]))
    #expect(Figure(line: figure.line) == figure)
  }

  @Test(arguments: ["", "ns_op", "ns_op x", "ns_op 1 x", " "])
  func `other lines are no figures`(line: String) {
    #expect(Figure(line: line) == nil)
  }

  @Test func `random numbers are those of xorshift32`() {
    var random = XorShift(seed: 0x1234_5678)
    #expect((0..<3).map { _ in random.next() } == [0x8798_5AA5, 0x155B_24A3, 0x4820_F4C4])
    #expect(XorShift.scale(.max, below: 10_000) == 9999)
    #expect(XorShift.scale(1 << 31, below: 10_000) == 5000)
    #expect(XorShift.scale(0, below: 10_000) == 0)
  }
}
