/// Asks the terminal how many columns it gives to `●`, by where the cursor stands after it.
///
/// This draws on the screen before the first frame does. No locale tells: glibc counts one column in every UTF-8 locale, whatever the terminal draws.
/// The question ends with a request every terminal answers, so one that is deaf to the first part
/// costs no waiting. What the user types meanwhile comes back in `typed`.
struct WidthProbe: Sendable {
  /// Return, the character, cursor report, device attributes.
  static let question = Array("\r●\u{1B}[6n\u{1B}[c".utf8)
  /// Wipes the character off.
  static let cleanup = Array("\r\u{1B}[K".utf8)

  private(set) var columns: Int?
  private(set) var isAnswered = false
  /// Bytes that are no part of an answer, or not yet known to be.
  private(set) var typed: [UInt8] = []

  mutating func feed(_ bytes: some Sequence<UInt8>) {
    typed.append(contentsOf: bytes)
    var from = 0
    while let answer = nextAnswer(from: from) {
      from = answer.range.lowerBound
      typed.removeSubrange(answer.range)
      if answer.isFence { isAnswered = true } else { columns = answer.column - 1 }
    }
  }

  private struct Answer {
    var range: Range<Int>
    var isFence: Bool
    /// Where the cursor stands, 1-based.
    var column = 0
  }

  /// `ESC [ row ; column R`, or `ESC [ ? … c`.
  private func nextAnswer(from: Int) -> Answer? {
    for start in from..<max(from, typed.count) where typed[start...].starts(with: [0x1B, 0x5B]) {
      let parameters = typed[(start + 2)...].prefix { (0x30...0x3F).contains($0) }
      guard parameters.endIndex < typed.count else { return nil }
      let range = start..<(parameters.endIndex + 1)
      switch Unicode.Scalar(typed[parameters.endIndex]) {
      case "c" where parameters.first == UInt8(ascii: "?"):
        return Answer(range: range, isFence: true)
      case "R":
        let numbers = parameters.split(separator: UInt8(ascii: ";"))
          .compactMap { Int(String(decoding: $0, as: UTF8.self)) }
        guard numbers.count == 2 else { continue }
        return Answer(range: range, isFence: false, column: numbers[1])
      default: continue
      }
    }
    return nil
  }
}
