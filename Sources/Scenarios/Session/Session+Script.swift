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
    for (index, played) in lines.enumerated() where !isOverridden(played.line) {
      written.append(
        unheld.contains(index) ? Script.Line(comment: " \(played.line.text)") : played.line)
    }
    let preambleCount = written.prefix { $0.statement?.isPreamble ?? true }.count
    written.insert(contentsOf: changedSettings, at: preambleCount)
    return Script(lines: written)
  }

  private func isOverridden(_ line: Script.Line) -> Bool {
    guard case .set(let name, _)? = line.statement else { return false }
    return settings.word(for: name) != scriptSettings.word(for: name)
  }

  private var changedSettings: [Script.Line] {
    SettingName.allCases.compactMap { name in
      let word = settings.word(for: name)
      guard word != scriptSettings.word(for: name), isChosen(name) else { return nil }
      return Script.Line(.set(name, word))
    }
  }
}

extension Session {
  /// Whether the setting has a value of its own, instead of following the barrier.
  private func isChosen(_ name: SettingName) -> Bool {
    switch name {
    case .roots: settings.chosenRoots != nil
    case .stacks: settings.chosenStacks != nil
    default: true
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
