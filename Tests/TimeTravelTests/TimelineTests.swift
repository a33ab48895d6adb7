import TestSupport
import Testing
import TimeTravel

/// A timeline beside the plainest one: every state ever, in an array.
private struct Model {
  var states: [[Int]] = [[]]
  var actions: [Tally.Action] = []
  var position = 0

  /// Whether the action can be performed here.
  mutating func record(_ action: Tally.Action) -> Bool {
    var numbers = states[position]
    switch action {
    case .append(let number): numbers.append(number)
    case .dropLast:
      if numbers.isEmpty { return false }
      numbers.removeLast()
    }
    forgetFuture()
    states.append(numbers)
    actions.append(action)
    position += 1
    return true
  }

  mutating func forgetFuture() {
    states.removeSubrange((position + 1)...)
    actions.removeSubrange(position...)
  }
}

struct TimelineTests {
  @Test(arguments: [1, 2, 3, 7], [2, 3, 4, 5, 64])
  func `any walk gives the states of a straight run`(_ interval: Int, _ limit: Int) throws {
    for seed in 1...UInt64(Effort.scaled(4)) {
      var generator = SeededGenerator(seed: seed)
      var timeline = Timeline(Tally(Ledger()), interval: interval, checkpointLimit: limit)
      var model = Model()
      for _ in 0..<400 {
        switch Int.random(in: 0..<20, using: &generator) {
        case 0: timeline.forgetFuture(); model.forgetFuture()
        case 1...5:
          model.position = Int.random(in: 0...model.actions.count, using: &generator)
          timeline.seek(to: model.position)
        case 6: timeline = timeline.fork()!
        default:
          let action: Tally.Action =
            Int.random(in: 0..<4, using: &generator) == 0
            ? .dropLast : .append(Int.random(in: 0..<100, using: &generator))
          if model.record(action) {
            try timeline.record(action)
          } else {
            #expect(throws: Tally.Empty.self) { try timeline.record(action) }
          }
        }
        #expect(timeline.state.numbers == model.states[model.position])
        #expect(timeline.position == model.position)
        #expect(timeline.actions == model.actions)
      }
    }
  }

  @Test func `a fork and its origin do not disturb each other`() throws {
    var origin = Timeline(Tally(Ledger()), interval: 2, checkpointLimit: 4)
    for number in 0..<50 { try origin.record(.append(number)) }
    origin.seek(to: 20)
    var fork = origin.fork()!
    #expect(fork.position == 20)
    #expect(fork.actions == origin.actions)
    for number in 100..<130 { try fork.record(.append(number)) }
    origin.seek(to: 50)
    #expect(origin.state.numbers == Array(0..<50))
    #expect(fork.state.numbers == Array(0..<20) + Array(100..<130))
    origin.seek(to: 3)
    origin.forgetFuture()
    fork.seek(to: 25)
    #expect(fork.state.numbers == Array(0..<20) + Array(100..<105))
    fork.seek(to: 1)
    #expect(fork.state.numbers == [0])
  }

  @Test func `a refused action changes nothing, the future included`() throws {
    var timeline = Timeline(Tally(Ledger()))
    try timeline.record(.append(1))
    timeline.seek(to: 0)
    #expect(throws: Tally.Empty.self) { try timeline.record(.dropLast) }
    #expect(timeline.actions == [.append(1)])
    timeline.seek(to: 1)
    #expect(timeline.state.numbers == [1])
  }

  @Test(arguments: [(1, 2), (1, 3), (4, 8), (5, 7), (64, 256)])
  func `states kept stay bounded and so does the way from the nearest`(
    _ interval: Int, _ limit: Int
  ) throws {
    let ledger = Ledger()
    var timeline = Timeline(Tally(ledger), interval: interval, checkpointLimit: limit)
    for length in 1...3000 {
      try timeline.record(.append(length))
      #expect(ledger.livingCount <= limit + 1)
    }
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<100 {
      let target = Int.random(in: 0...3000, using: &generator)
      timeline.seek(to: Bool.random(using: &generator) ? 3000 : 0)
      let before = ledger.performCount
      timeline.seek(to: target)
      #expect(ledger.performCount - before <= max(interval, 3000 / limit * 2 + 1))
      #expect(timeline.state.numbers.count == target)
    }
  }

  @Test func `a step ahead is one action and a short step back no more than needed`() throws {
    let ledger = Ledger()
    var timeline = Timeline(Tally(ledger), interval: 10)
    for number in 0..<100 { try timeline.record(.append(number)) }
    timeline.seek(to: 57)
    var before = (ledger.performCount, ledger.duplicateCount)
    timeline.seek(to: 58)
    timeline.seek(to: 58)
    #expect(ledger.performCount == before.0 + 1)
    #expect(ledger.duplicateCount == before.1)
    before = (ledger.performCount, ledger.duplicateCount)
    timeline.seek(to: 57)
    #expect(ledger.performCount == before.0 + 7)
    #expect(ledger.duplicateCount == before.1 + 1)
  }

  @Test(arguments: [2, 3, 5])
  func `where there is no memory for a checkpoint an earlier one serves`(_ rhythm: Int) throws {
    let ledger = Ledger { $0 > 1 && $0 < 200 && $0 % rhythm == 0 }
    var timeline = Timeline(Tally(ledger), interval: 1, checkpointLimit: 300)
    for number in 0..<190 { try timeline.record(.append(number)) }
    while ledger.duplicateCount < 200 { _ = canFork(timeline) }
    for target in stride(from: 189, through: 0, by: -1) {
      timeline.seek(to: target)
      #expect(timeline.state.numbers == Array(0..<target))
    }
  }

  @Test func `without memory there is no fork`() throws {
    let ledger = Ledger { $0 > 1 }
    let timeline = Timeline(Tally(ledger))
    let hasForked = canFork(timeline)
    #expect(!hasForked)
  }

  private func canFork(_ timeline: borrowing Timeline<Tally>) -> Bool {
    switch timeline.fork() {
    case .some: true
    case nil: false
    }
  }
}
