@testable import GarbageCollection

extension Machine {
  /// Ends the cycle; the words of all objects that are left, by address.
  mutating func survivors(budget: Int) -> [UInt32] {
    var silent = SilentObserver()
    while phase != .idle { advance(budget: budget, observer: &silent) }
    var words: [UInt32] = []
    heap.forEachObject { words.append($0.word) }
    return words
  }
}
