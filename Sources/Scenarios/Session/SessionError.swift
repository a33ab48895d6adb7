public import GarbageCollection

/// Why a statement cannot be played; the session is as it was before it.
public struct SessionError: Error, Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case machine(MachineError)
    case unknownName(String)
    case unknownThread(String)
    /// The label's object is no more.
    case freed(String, step: Int)
    /// The cycle ended, or there was none, before the claim held.
    case neverHeld(Claim)
    /// A setting means nothing under the chosen collector.
    case conflict(SettingConflict)
    /// Blocks are written in files: a prompt takes one line.
    case blockAtPrompt
    /// Settings are chosen before the run.
    case settingsAreFixed
    case noMemory(HeapError)
  }

  public let kind: Kind
  /// The line of the script, 1-based; nil for a statement typed at the prompt.
  public let line: Int?

  public init(_ kind: Kind, line: Int? = nil) {
    self.kind = kind
    self.line = line
  }
}

extension SessionError: CustomStringConvertible {
  /// What went wrong and what was expected, without the place.
  public var description: String {
    switch kind {
    case .machine(.heap(let error)), .noMemory(let error): error.inAScript
    case .machine(let error): error.description
    case .unknownName(let name): "nothing here is called '\(name)'"
    case .unknownThread(let name): "no thread here is called '\(name)'"
    case .freed(let label, let step): "\(label) was freed at step \(step)"
    case .neverHeld(let claim): "the cycle ended before '\(claim.text)' was true"
    case .conflict(let conflict): conflict.description
    case .blockAtPrompt: "repeat and end belong in a file; here, give one statement at a time"
    case .settingsAreFixed: "settings are chosen before the run: use 'b' for another barrier"
    }
  }
}

extension HeapError {
  /// What went wrong, with the setting that helps.
  fileprivate var inAScript: String {
    if case .limitReached = self { return "\(self); 'set heap' raises the limit" }
    return description
  }
}
