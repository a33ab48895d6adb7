import GarbageCollection
import ModelChecking

/// What a check has found, as text and as JSON.
extension CheckReport {
  var lines: [String] {
    switch finding {
    case .holds: ["safe: no schedule within \(extent) \(promise.complaint)", facts]
    case .undecided:
      ["incomplete: no schedule found so far within \(extent) \(promise.complaint)", facts]
    case .fails:
      ["unsafe: this schedule \(promise.complaint); no shorter one does"]
        + (story?.heap ?? []).map { "  \($0)" }
        + (story?.lines ?? []).enumerated().map { "  \($0.offset + 1). \($0.element)" } + [facts]
    }
  }

  private var facts: String { "\(states) states, \(transitions) transitions, depth \(depth)" }

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

  var json: String {
    let verdict =
      switch finding {
      case .holds: "safe"
      case .undecided: "incomplete"
      case .fails: "unsafe"
      }
    let length = story.map { "\($0.steps.count)" } ?? "null"
    return "{\"verdict\":\"\(verdict)\",\"states\":\(states),\"length\":\(length),"
      + "\"transitions\":\(transitions),\"depth\":\(depth)}"
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
