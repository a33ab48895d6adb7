public import TerminalUI

/// SplitMix64: the same numbers for the same seed everywhere.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(seed: Int) {
    state = UInt64(truncatingIfNeeded: seed)
  }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

extension Canvas {
  /// Words in both languages and lines, in all styles, over and beside each other.
  ///
  /// The first row begins with the seed, the last one ends with text.
  public static func random(seed: Int, width: Int, height: Int) -> Canvas {
    let words = ["mark", "三色标记", "·", "◐", "写屏障", "────", "black●", "→ 黑", "x", "│ ", "█░"]
    var generator = SeededGenerator(seed: seed)
    var canvas = Canvas(width: width, height: height)
    for _ in 0..<width * height / 8 {
      let style = Theme.standard.style(Role.allCases.randomElement(using: &generator)!)
      canvas.write(
        words.randomElement(using: &generator)!,
        column: Int.random(in: -4..<width, using: &generator),
        row: Int.random(in: 0..<height, using: &generator), style: style)
    }
    canvas.write("seed \(seed) ", column: 0, row: 0)
    canvas.write(String(["黑", "黑x", "x黑", "end"][seed % 4]), column: width - 3, row: height - 1)
    return canvas
  }
}
