import ModelChecking
import Testing

/// Two jugs of 3 and 5 litres: the puzzle whose shortest solution everybody knows.
private struct Jugs: Model {
  struct State: Hashable {
    var small = 0
    var large = 0
  }

  enum Action: Equatable {
    case fillSmall, fillLarge, emptySmall, emptyLarge, pourIntoLarge, pourIntoSmall
  }

  enum Violation: Equatable { case measured(Int) }

  let goal: Int
  let actions: [Action] = [
    .fillSmall, .fillLarge, .emptySmall, .emptyLarge, .pourIntoLarge, .pourIntoSmall,
  ]

  func forEachInitialState(_ visit: (State) -> Bool) { _ = visit(State()) }

  func forEachStep(from state: State, _ visit: (Action, Outcome<State, Violation>) -> Void) {
    for action in actions {
      var next = state
      switch action {
      case .fillSmall: next.small = 3
      case .fillLarge: next.large = 5
      case .emptySmall: next.small = 0
      case .emptyLarge: next.large = 0
      case .pourIntoLarge:
        next.large = min(5, state.large + state.small)
        next.small -= next.large - state.large
      case .pourIntoSmall:
        next.small = min(3, state.small + state.large)
        next.large -= next.small - state.small
      }
      visit(action, next.large == goal ? .violation(.measured(goal)) : .state(next))
    }
  }
}

struct SearchTests {
  @Test func `a counterexample is a shortest one`() {
    var search = Search(Jugs(goal: 4))
    #expect(
      search.run()
        == .fails(
          .measured(4), from: Jugs.State(),
          after: [
            .fillLarge, .pourIntoSmall, .emptySmall, .pourIntoSmall, .fillLarge, .pourIntoSmall,
          ]))
  }

  @Test func `without a violation every state is visited and every step counted`() {
    var search = Search(Jugs(goal: 6))
    #expect(search.run() == .holds(states: 16, transitions: 96, depth: 7))
  }

  @Test func `a search can be done state by state`() {
    var search = Search(Jugs(goal: 6))
    var expanded = 0
    while search.verdict == nil {
      search.expandNextState()
      expanded += 1
    }
    #expect(expanded == 16)
    #expect(search.stateCount == 16)
  }

  @Test func `a limit of states leaves the verdict open`() {
    var search = Search(Jugs(goal: 6), stateLimit: 15)
    #expect(search.run() == .undecided(states: 15))
  }
}
