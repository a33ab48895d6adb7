import GarbageCollection

/// Writing a session down.
extension Session {
  /// A script that replays this run identically, with what was injected.
  ///
  /// Settings that were changed replace the script's; expectations that they made moot, or that do
  /// not hold, become comments.
  public var script: Script {
    let unheld = Set(cues.filter(\.isUnheldExpectation).map(\.line))
    var written: [Script.Line] = []
    for (index, played) in lines.enumerated()
    where !isOverridden(played.line) && !played.isRepetition {
      if unheld.contains(index) || played.isLeftOut {
        written.append(Script.Line(comment: " \(played.line.text)"))
      } else {
        written.append(played.line)
      }
      // What a statement did before it had to be left out belongs to the run.
      if played.isLeftOut { written += statements(for: played.steps).map { Script.Line($0) } }
    }
    let preambleCount = written.prefix { $0.statement?.isPreamble ?? true }.count
    written.insert(contentsOf: changedSettings, at: preambleCount)
    return Script(lines: written)
  }

  private func isOverridden(_ line: Script.Line) -> Bool {
    guard case .set(let name, _)? = line.statement else { return false }
    return settings.chosenWord(for: name) != scriptSettings.chosenWord(for: name)
  }

  private var changedSettings: [Script.Line] {
    SettingName.allCases.compactMap { name in
      guard let word = settings.chosenWord(for: name),
        word != scriptSettings.chosenWord(for: name)
      else { return nil }
      return Script.Line(.set(name, word))
    }
  }
}

extension Settings {
  /// The word of the setting; nil where it follows the barrier.
  func chosenWord(for name: SettingName) -> String? {
    switch name {
    case .roots where chosenRoots == nil, .stacks where chosenStacks == nil: nil
    default: word(for: name)
    }
  }
}

extension Cue {
  fileprivate var isUnheldExpectation: Bool {
    if case .expectation(let expectation) = content { expectation.outcome != .held } else { false }
  }
}

extension Statement {
  /// Whether it may stand before the settings.
  fileprivate var isPreamble: Bool {
    switch self {
    case .title, .set: true
    default: false
    }
  }
}
