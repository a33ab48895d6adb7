import TimeTravel

/// A toy state: a list of numbers that grows, with an eye on how often it is copied and changed.
struct Tally: ~Copyable, Replayable {
  enum Action: Hashable {
    case append(Int)
    /// Refused when there is nothing to drop.
    case dropLast
  }

  struct Empty: Error {}

  private(set) var numbers: [Int] = []
  private let ledger: Ledger

  init(_ ledger: Ledger) {
    self.ledger = ledger
    ledger.livingCount += 1
  }

  deinit { ledger.livingCount -= 1 }

  mutating func perform(_ action: Action) throws(Empty) {
    switch action {
    case .append(let number): numbers.append(number)
    case .dropLast:
      guard !numbers.isEmpty else { throw Empty() }
      numbers.removeLast()
    }
    ledger.performCount += 1
  }

  borrowing func duplicate() -> Tally? {
    ledger.duplicateCount += 1
    guard !ledger.refuses(ledger.duplicateCount) else { return nil }
    var copy = Tally(ledger)
    copy.numbers = numbers
    return copy
  }
}

/// What has been done with all tallies of a test.
final class Ledger {
  var performCount = 0
  var duplicateCount = 0
  var livingCount = 0
  /// Whether there is no memory for the n-th copy, counted from 1.
  let refuses: (Int) -> Bool

  init(refuses: @escaping (Int) -> Bool = { _ in false }) { self.refuses = refuses }
}
