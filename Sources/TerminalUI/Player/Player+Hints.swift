/// The key lines of blame, comparison, and the shortest way to a loss.
extension Player {
  private var stepHint: KeyHint {
    KeyHint(
      keys: "\(theme.glyphs.arrowLeft)\(theme.glyphs.arrowRight)", words: "step", key: .right)
  }

  var blameHints: [KeyHint] {
    [
      stepHint,
      KeyHint(keys: "n N", words: "fatal steps", key: .character("n")),
      KeyHint(keys: "B", words: blameWord, key: .character("B")),
      KeyHint(keys: "Tab", words: "object", key: .tab),
      KeyHint(keys: "b", words: "barrier", key: .character("b")),
      KeyHint(keys: "?", words: "help", key: .character("?")),
      KeyHint(keys: "q", words: "quit", key: .character("q")),
    ]
  }

  private var blameWord: String {
    let isWhole = isBlameAlone || (plan[.blame]?.height ?? 0) >= blameLineCount
    return isWhole ? "all panels" : "all of it"
  }

  func hints(of view: AttackView) -> [KeyHint] {
    guard !view.moves.isEmpty else { return [leave] }
    let all =
      view.isHint ? [KeyHint(keys: "!", words: "show all", key: .character("!"))] : []
    return all + [
      KeyHint(keys: "a", words: "play all", key: .character("a")),
      KeyHint(keys: "Enter", words: "play the first", key: .enter), leave,
    ]
  }

  func hints(of comparison: Comparison) -> [KeyHint] {
    guard !comparison.isTable else {
      return [
        KeyHint(keys: "Up Down", words: "choose", key: .down),
        KeyHint(keys: "Enter", words: "show or hide", key: .enter),
        KeyHint(keys: "Esc", words: "side by side", key: .escape),
        KeyHint(keys: "M", words: "back to the run", key: .character("M")),
      ]
    }
    return [
      stepHint,
      KeyHint(keys: "Space", words: isPlaying ? "pause" : "play", key: .character(" ")),
      KeyHint(keys: "e", words: "event", key: .character("e")),
      KeyHint(keys: "v", words: "violation", key: .character("v")),
      KeyHint(keys: "M", words: "table", key: .character("M")),
      KeyHint(keys: "?", words: "help", key: .character("?")), leave,
    ]
  }
}
