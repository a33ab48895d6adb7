public import GarbageCollection

extension Blame {
  /// What became of it and when, as in `C is lost: doomed at step 14, freed at step 21`.
  public var headline: String {
    guard let lostStep else { return "\(label) is doomed from step \(doomedStep) on." }
    let end = loss == .reclaimed ? "given up" : "freed"
    return "\(label) is lost: doomed at step \(doomedStep), \(end) at step \(lostStep)."
  }

  /// Who would have kept it, those with one reason together, in the order of their steps.
  public var rescueGroups: [(barriers: [Barrier], ownStep: Int?, sentence: String)] {
    var groups: [(barriers: [Barrier], ownStep: Int?, sentence: String)] = []
    for rescue in rescues {
      let sentence = sentence(for: rescue)
      let same = groups.firstIndex { $0.ownStep == rescue.ownStep && $0.sentence == sentence }
      if let same {
        groups[same].barriers.append(rescue.barrier)
      } else {
        groups.append(([rescue.barrier], rescue.ownStep, sentence))
      }
    }
    return groups.sorted { ($0.ownStep ?? .max) < ($1.ownStep ?? .max) }
  }

  private func sentence(for rescue: Rescue) -> String {
    guard let means = rescue.means, let step = rescue.step else {
      return "does not endanger \(label)"
    }
    // Without a step of this run, that of the other one is all there is to name.
    let there = rescue.ownStep == nil ? ", at step \(step) of that run" : " here"
    return switch means {
    case .barrier(let shaded) where shaded == label: "shades \(label)\(there)"
    case .barrier(let shaded):
      "shades \(shaded)\(there), and from it the collector comes to \(label)"
    case .revert(let black):
      "turns \(black) grey again\(there), and from it the collector comes to \(label)"
    case .scan(let source) where source == label: "scans \(label)\(there)"
    case .scan(let source): "scans \(source)\(there), which leads to \(label)"
    case .rescan: "finds \(label) when stacks are scanned again\(there)"
    case .roots: "comes to \(label) from the roots\(there)"
    case .birth(let born): "lets \(born) be born grey or black\(there)"
    }
  }
}

extension Blame {
  /// Steps and what they did, those of other barriers among them, in the order of the run.
  public struct Entry: Hashable, Sendable {
    /// Nil where it has no place in this run.
    public let step: Int?
    public let role: Role
    /// What happened, in a word.
    public let word: String
    public let text: String

    public enum Role: String, Hashable, Sendable, CaseIterable {
      case insertion, deletion, doomed, lost, rescue, failure, remark
    }
  }

  /// All there is to tell, line by line.
  public var entries: [Entry] {
    var entries: [Entry] = []
    func add(_ role: Entry.Role, _ word: String, _ step: Int?, _ text: String?) {
      if let text { entries.append(Entry(step: step, role: role, word: word, text: text)) }
    }
    add(.insertion, insertion?.kind.word ?? "", insertion?.step, insertion?.sentence)
    add(.deletion, deletion?.kind.word ?? "", deletion?.step, deletion?.sentence)
    if ![insertion?.step, deletion?.step].contains(doomedStep) {
      add(.doomed, "doomed", doomedStep, "Nothing grey leads to \(label) any more.")
    }
    add(.remark, "note", nil, remark)
    add(.lost, "lost", lostStep, lostStep.map { _ in lossSentence })
    add(.rescue, "saved", nil, memory)
    for group in rescueGroups {
      let names = group.barriers.map(\.rawValue).choice
      add(.rescue, "saved", group.ownStep, "\(names) \(group.sentence).")
    }
    add(.failure, "not", nil, failureText)
    return entries
  }

  private var lossSentence: String {
    switch loss {
    case .swept: "The sweep frees \(label)."
    case .counted: "\(label) is freed: its count says that nothing refers to it."
    case .reclaimed: "\(label) was not copied, and its place is given up."
    }
  }

  private var memory: String? {
    isSavedByRemembering
      ? "'set remember on': the store would be remembered, and be a root of the collection." : nil
  }

  private var failureText: String? {
    guard !failures.isEmpty else { return nil }
    return rescues.isEmpty
      ? "No other barrier saves \(label) here."
      : "\(failures.map(\.rawValue).list) \(failures.count == 1 ? "does" : "do") not save \(label)."
  }
}

extension Blame.Act.Kind {
  fileprivate var word: String {
    switch self {
    case .store: "stored"
    case .load: "loaded"
    case .assignment: "set"
    case .send: "sent"
    case .overwrite: "cut"
    case .pop: "popped"
    case .end: "ended"
    case .collector: "step"
    }
  }
}

extension [String] {
  /// `A`, `A or B`, `A, B or C`.
  fileprivate var choice: String {
    guard count > 1 else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " or " + self[count - 1]
  }
}
