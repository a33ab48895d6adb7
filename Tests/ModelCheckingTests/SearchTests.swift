import GarbageCollection
import ModelChecking
import Testing

/// Two jugs of 3 and 5 litres: the puzzle whose shortest solution everybody knows.
private struct Jugs: Model {
  enum Action: Int, CaseIterable {
    case fillSmall, fillLarge, emptySmall, emptyLarge, pourIntoLarge, pourIntoSmall
  }

  enum Violation: Hashable, Sendable { case measured(Int) }

  let goal: Int

  static func state(small: Int, large: Int) -> SmallState {
    var state = SmallState()
    state[0] = UInt64(1 | small << 1 | large << 4)
    return state
  }

  func forEachInitialState(_ visit: (SmallState) -> Bool) {
    _ = visit(Jugs.state(small: 0, large: 0))
  }

  func makeExplorer() -> Pourer { Pourer(goal: goal) }

  func actions(from start: SmallState, _ ordinals: [UInt16]) -> [Action] {
    ordinals.map { Action.allCases[Int($0)] }
  }

  final class Pourer: StateExplorer {
    let goal: Int

    init(goal: Int) { self.goal = goal }

    func expand(_ state: SmallState, into steps: inout Steps<SmallState, Violation>) {
      for action in Action.allCases {
        var (small, large) = (Int(state[0] >> 1 & 7), Int(state[0] >> 4))
        switch action {
        case .fillSmall: small = 3
        case .fillLarge: large = 5
        case .emptySmall: small = 0
        case .emptyLarge: large = 0
        case .pourIntoLarge:
          let poured = min(small, 5 - large)
          (small, large) = (small - poured, large + poured)
        case .pourIntoSmall:
          let poured = min(large, 3 - small)
          (small, large) = (small + poured, large - poured)
        }
        let ordinal = UInt16(action.rawValue)
        if large == goal {
          steps.breaks(.measured(goal), by: ordinal)
        } else {
          steps.lead(to: Jugs.state(small: small, large: large), by: ordinal)
        }
      }
    }
  }
}

/// Three counters that go up to a bound one at a time; the corner is forbidden, if that is asked for.
private struct Counters: Model {
  enum Violation: Hashable, Sendable { case corner }

  let bound: UInt64
  let forbidsCorner: Bool

  func forEachInitialState(_ visit: (SmallState) -> Bool) {
    var state = SmallState()
    state[0] = 1 << 60
    _ = visit(state)
  }

  func makeExplorer() -> Stepper { Stepper(bound: bound, forbidsCorner: forbidsCorner) }

  func actions(from start: SmallState, _ ordinals: [UInt16]) -> [UInt16] { ordinals }

  final class Stepper: StateExplorer {
    let bound: UInt64
    let forbidsCorner: Bool

    init(bound: UInt64, forbidsCorner: Bool) {
      self.bound = bound
      self.forbidsCorner = forbidsCorner
    }

    func expand(_ state: SmallState, into steps: inout Steps<SmallState, Violation>) {
      for counter in 0..<3 as Range<UInt64> {
        guard state[0] >> (counter * 16) & 0xFFF < bound else { continue }
        var next = state
        next[0] += 1 << (counter * 16)
        let isCorner = (0..<3 as Range<UInt64>).allSatisfy { next[0] >> ($0 * 16) & 0xFFF == bound }
        if isCorner, forbidsCorner {
          steps.breaks(.corner, by: UInt16(counter))
        } else {
          steps.lead(to: next, by: UInt16(counter))
        }
      }
    }
  }
}

struct SearchTests {
  @Test func `a counterexample is a shortest one`() {
    var search = Search(Jugs(goal: 4))
    #expect(
      search.run()
        == .fails(
          .measured(4), from: Jugs.state(small: 0, large: 0),
          after: [
            .fillLarge, .pourIntoSmall, .emptySmall, .pourIntoSmall, .fillLarge, .pourIntoSmall,
          ]))
  }

  @Test func `without a violation every state is visited and every step counted`() {
    var search = Search(Jugs(goal: 6))
    #expect(search.run() == .holds(states: 16, transitions: 96, depth: 7))
  }

  @Test func `a limit of states leaves the verdict open`() {
    var search = Search(Jugs(goal: 6), limits: SearchLimits(stateCount: 15))
    #expect(search.run() == .undecided(states: 15))
  }

  @Test(arguments: [1, 2, 3])
  func `any number of workers finds the same states in the same order`(_ workers: Int) {
    var alone = Search(Counters(bound: 30, forbidsCorner: false))
    var search = Search(
      Counters(bound: 30, forbidsCorner: false), limits: SearchLimits(workerCount: workers))
    #expect(search.run() == .holds(states: 29791, transitions: 86490, depth: 90))
    _ = alone.run()
    #expect(search.stateCount == alone.stateCount)
  }

  @Test(arguments: [1, 2, 3])
  func `any number of workers finds the same counterexample`(_ workers: Int) {
    var search = Search(
      Counters(bound: 25, forbidsCorner: true), limits: SearchLimits(workerCount: workers))
    guard case .fails(.corner, _, let actions) = search.run() else {
      Issue.record("the corner can be reached")
      return
    }
    let ups = [UInt16](repeating: 0, count: 25)
    #expect(actions == ups + ups.map { _ in 1 } + ups.map { _ in 2 })
    #expect(search.transitionCount == 50698)
  }
}
