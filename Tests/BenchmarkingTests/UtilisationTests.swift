import Testing

@testable import Benchmarking

struct UtilisationTests {
  private func utilisation(_ pauses: [Range<Int>]) -> Utilisation {
    var utilisation = Utilisation()
    for pause in pauses { utilisation.addPause(pause) }
    return utilisation
  }

  @Test func `without pauses all time is the program's`() {
    #expect(utilisation([]).least(inWindow: 10) == 1)
    #expect(utilisation([]).longestPause == 0)
  }

  @Test func `the worst window counts`() {
    let utilisation = utilisation([10..<20, 25..<30, 100..<112])
    #expect(utilisation.pausedNanoseconds == 27)
    #expect(utilisation.longestPause == 12)
    #expect(utilisation.least(inWindow: 10) == 0)
    #expect(utilisation.least(inWindow: 20) == 0.25)
    #expect(utilisation.least(inWindow: 200) == 1 - 27.0 / 200)
  }

  @Test(arguments: 1...20)
  func `every window was looked at`(seed: UInt32) {
    var random = XorShift(seed: seed)
    var pauses: [Range<Int>] = []
    var time = 0
    while time < 300 {
      let begin = time + 1 + random.next(below: 20)
      time = begin + 1 + random.next(below: 12)
      pauses.append(begin..<time)
    }
    let isPaused = (0..<time).map { time in pauses.contains { $0.contains(time) } }
    for window in [1, 7, 30, 100] {
      let worst = (0...time - window).map { begin in
        isPaused[begin..<begin + window].count { $0 }
      }.max()!
      #expect(
        utilisation(pauses).least(inWindow: window) == 1 - Double(worst) / Double(window))
    }
  }
}
