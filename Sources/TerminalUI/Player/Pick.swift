import GarbageCollection
import Scenarios

/// Choosing things on the screen, one field after the other, to make a statement of them.
public struct Pick: Hashable, Sendable {
  public enum Purpose: Hashable, Sendable {
    case select, write, cut, load, addRoot, dropRoot
  }

  /// Something that can be chosen: what it is called in statements, and where it stands.
  public struct Candidate: Hashable, Sendable {
    public let text: String
    public let spot: GraphSpot?
  }

  public let purpose: Purpose
  /// What has been chosen.
  public internal(set) var chosen: [Candidate] = []
  /// What can be chosen now.
  public internal(set) var candidates: [Candidate]
  /// Position in `candidates`.
  public internal(set) var index = 0
  /// What has been typed of a label.
  public internal(set) var typed = ""

  public var current: Candidate { candidates[index] }

  /// Whether what was typed can mean only the present candidate.
  var isUnambiguous: Bool {
    candidates.filter { $0.text.lowercased().hasPrefix(typed.lowercased()) }.count == 1
  }

  /// The object that the pick is about: under the cursor, or chosen before.
  var node: GraphNodeID? {
    for candidate in [current] + chosen {
      if case .node(let id)? = candidate.spot { return id }
    }
    return nil
  }
}

extension Pick {
  /// What is being asked for.
  var question: String {
    switch (purpose, chosen.count) {
    case (.select, _): "Which object?"
    case (.write, 0): "Write into which object?"
    case (.write, 1), (.cut, 1), (.load, 1): "Which slot of \(chosen[0].text)?"
    case (.write, _): "\(chosen[0].text).\(chosen[1].text) = which object?"
    case (.cut, _): "Cut a pointer of which object?"
    case (.load, 0): "Load from which object?"
    case (.load, _): "Into which variable?"
    case (.addRoot, _): "Make a root of which object?"
    case (.dropRoot, _): "Clear which root?"
    }
  }

  /// The statement so far, as it would be typed.
  var preview: String {
    let words = chosen.map(\.text) + [current.text]
    func word(_ index: Int) -> String { index < words.count ? words[index] : "…" }
    return switch purpose {
    case .select: word(0)
    case .write: "\(word(0)).\(word(1)) = \(word(2))"
    case .cut: "\(word(0)).\(word(1)) = nil"
    case .load: "local \(word(2)) = \(word(0)).\(word(1))"
    case .addRoot: "root … = \(word(0))"
    case .dropRoot: "\(word(0)) = nil"
    }
  }

  mutating func move(by offset: Int) {
    index = (index + offset + candidates.count) % candidates.count
    typed = ""
  }

  mutating func moveTo(_ spot: GraphSpot) {
    index = candidates.firstIndex { $0.spot == spot } ?? index
  }

  /// Takes a typed character: jumps to the candidate whose text starts with what was typed.
  ///
  /// False when none does.
  mutating func type(_ character: Character) -> Bool {
    for attempt in [typed + String(character), String(character)] {
      let exact = candidates.firstIndex { $0.text == attempt }
      let prefix = candidates.firstIndex { $0.text.lowercased().hasPrefix(attempt.lowercased()) }
      if let found = exact ?? prefix {
        typed = attempt
        index = found
        return true
      }
    }
    return false
  }
}
