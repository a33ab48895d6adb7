import GarbageCollection
import ModelChecking

/// What a check has found, as text.
extension CheckReport {
  var lines: [String] {
    switch finding {
    case .holds: ["safe: no schedule within \(extent) \(promise.complaint)"]
    case .undecided:
      ["incomplete: no schedule found so far within \(extent) \(promise.complaint)"]
    case .fails:
      ["unsafe: this schedule \(promise.complaint); no shorter one does"]
        + (story?.heap ?? []).map { "  \($0)" } + (story?.lines ?? []).numbered { $0 }
    }
  }

  private var extent: String {
    var parts = [
      counted(bounds.objects, "object") + " of " + counted(bounds.slots, "slot"),
      counted(bounds.registers, "register"),
    ]
    if bounds.mutators > 1 { parts.append(counted(bounds.mutators, "mutator")) }
    return parts.joined(separator: ", ")
  }

  private func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}

extension KeptSearch {
  /// What the search has met.
  ///
  /// - Parameter steps: what the steps are called.
  func facts(_ steps: String) -> String {
    "\(stateCount) states, \(transitionCount) \(steps), depth \(depth)"
  }

  /// The same as JSON.
  ///
  /// - Parameter length: actions of the shortest schedule that fails; nil when there is none.
  func record(length: Int?) -> String {
    let verdict =
      switch finding {
      case .holds: "safe"
      case .undecided: "incomplete"
      case .fails: "unsafe"
      }
    return "{\"verdict\":\"\(verdict)\",\"states\":\(stateCount),"
      + "\"length\":\(length.map { "\($0)" } ?? "null"),"
      + "\"transitions\":\(transitionCount),\"depth\":\(depth)}"
  }
}

extension Array {
  /// The steps of a schedule, a line each.
  func numbered(by text: (Element) -> String) -> [String] {
    enumerated().map { "  \($0.offset + 1). \(text($0.element))" }
  }
}

extension Promise {
  /// What a schedule does that breaks the promise.
  var complaint: String {
    switch self {
    case .keepsObjects: "loses an object"
    case .strongInvariant: "breaks the strong invariant"
    case .weakInvariant: "breaks the weak invariant"
    }
  }
}
