import GarbageCollection

/// All runs of a system of rules.
struct RuleModel<System: RuleSystem>: Model {
  let system: System

  init(_ system: System) { self.system = system }

  func forEachInitialState(_ visit: (SmallState) -> Bool) { system.forEachInitialState(visit) }

  func makeExplorer() -> RuleExplorer<System> { RuleExplorer(system) }

  /// The sentences of a run; the last says what is wrong, if anything is.
  func actions(from start: SmallState, _ ordinals: [UInt16]) -> [String] {
    var state = start
    return ordinals.map { ordinal in
      let rule = system.rules[Int(ordinal)]
      let sentence = system.sentence(of: rule, in: state)
      switch system.fire(rule, in: state, knowing: system.survey(state)) {
      case .disabled: preconditionFailure("a run takes steps that can be taken")
      case .loses(let failure): return "\(sentence): \(failure)"
      case .leads(let next):
        state = next
        return sentence
      }
    }
  }
}

/// Fires every rule of a system, in their order.
final class RuleExplorer<System: RuleSystem>: StateExplorer {
  private let system: System

  init(_ system: System) { self.system = system }

  func expand(_ state: SmallState, into steps: inout Steps<SmallState, System.Failure>) {
    let knowledge = system.survey(state)
    for (number, rule) in system.rules.enumerated() {
      let ordinal = UInt16(truncatingIfNeeded: number)
      switch system.fire(rule, in: state, knowing: knowledge) {
      case .disabled: break
      case .leads(let next): steps.lead(to: next, by: ordinal)
      case .loses(let failure): steps.breaks(failure, by: ordinal)
      }
    }
  }
}
