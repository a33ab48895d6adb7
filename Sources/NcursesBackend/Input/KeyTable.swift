internal import TerminalUI

/// The byte sequences of keys that differ from terminal to terminal, longest first.
///
/// What ECMA-48 terminals agree on is in `EscapeSequence`; this is the rest, from terminfo.
struct KeyTable: Sendable {
  private var entries: [(bytes: [UInt8], key: Key)] = []

  enum Match {
    case key(Key, length: Int)
    /// The beginning of a longer sequence.
    case incomplete
    case none
  }

  /// Leaves out single bytes: on old terminals Backspace and Left send the same one.
  init(_ sequences: [(bytes: [UInt8], key: Key)] = []) {
    entries = sequences.filter { $0.bytes.count > 1 && $0.bytes[0] == 0x1B }
    entries.sort { $0.bytes.count > $1.bytes.count }
  }

  func match(_ input: ArraySlice<UInt8>) -> Match {
    for entry in entries {
      if input.starts(with: entry.bytes) { return .key(entry.key, length: entry.bytes.count) }
      if input.count > 1, entry.bytes.starts(with: input) { return .incomplete }
    }
    return .none
  }

  /// Names of terminfo's string capabilities and the keys they stand for.
  static let capabilities: [(name: String, key: Key)] =
    [
      ("kcuu1", .up), ("kcud1", .down), ("kcub1", .left), ("kcuf1", .right),
      ("khome", .home), ("kend", .end), ("kpp", .pageUp), ("knp", .pageDown),
      ("kent", .enter), ("kcbt", .backTab), ("kdch1", .delete),
    ] + (1...12).map { ("kf\($0)", .function($0)) }
}
