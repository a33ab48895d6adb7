internal import TerminalUI

/// Turns the bytes a terminal sends into events; pure, so every sequence is tested as bytes.
///
/// Bytes arrive in pieces of any size. What is incomplete waits for `patienceMilliseconds`; then
/// the caller says `settle()`, and a lone escape becomes the Escape key.
struct InputDecoder: Sendable {
  private var table: KeyTable
  private var bytes: [UInt8] = []
  /// Where undecoded bytes begin.
  private var start = 0
  /// What has been pasted so far, while a paste is under way.
  private var pasted: [UInt8]?
  private var presses = PressRecognizer()

  init(table: KeyTable = KeyTable()) {
    self.table = table
  }

  mutating func feed(_ more: some Sequence<UInt8>) {
    bytes.append(contentsOf: more)
  }

  /// The next complete event; `milliseconds` is the time now, to tell double presses.
  mutating func next(at milliseconds: Int64) -> InputEvent? {
    while start < bytes.count {
      switch step(at: milliseconds) {
      case .event(let event): return event
      case .nothing: continue
      case .incomplete: return nil
      }
    }
    bytes.removeAll(keepingCapacity: true)
    start = 0
    return nil
  }

  /// How long to wait for the rest of what has begun; nil when nothing has.
  var patienceMilliseconds: Int? {
    if pasted != nil { return 1000 }
    guard start < bytes.count else { return nil }
    return bytes[start...] == [0x1B] ? 25 : 250
  }

  /// The rest did not come: takes what has begun as it stands.
  mutating func settle() -> InputEvent? {
    let rest = Array(bytes[start...])
    bytes.removeAll(keepingCapacity: true)
    start = 0
    if let text = pasted {
      pasted = nil
      return .paste(Self.text(text + rest))
    }
    guard rest.first == 0x1B, rest.count <= 2 else { return nil }
    // Alt with a character that could have begun more: as without Alt.
    return rest.count == 1
      ? .key(.escape) : .key(.character(Character(Unicode.Scalar(rest[1]))))
  }
}

extension InputDecoder {
  private enum Step {
    case event(InputEvent)
    case nothing
    case incomplete
  }

  private mutating func step(at milliseconds: Int64) -> Step {
    if pasted != nil { return stepInPaste() }
    switch bytes[start] {
    case 0x1B: return stepInEscape(at: milliseconds)
    case 0x00...0x1F, 0x7F:
      defer { start += 1 }
      return Self.control(bytes[start]).map { .event(.key($0)) } ?? .nothing
    default: return stepInText()
    }
  }

  private mutating func stepInEscape(at milliseconds: Int64) -> Step {
    switch table.match(bytes[start...]) {
    case .key(let key, let length):
      start += length
      return .event(.key(key))
    case .incomplete: return .incomplete
    case .none: break
    }
    guard case .sequence(let sequence, let length) = EscapeSequence.parse(bytes[start...]) else {
      return .incomplete
    }
    start += length
    switch sequence {
    case .key(let key): return .event(.key(key))
    case .mouse(let code, let column, let row, let isRelease):
      let event = presses.event(
        code: code, column: column, row: row, isRelease: isRelease, at: milliseconds)
      return event.map { .event(.mouse($0)) } ?? .nothing
    case .pasteBegins:
      pasted = []
      return .nothing
    case .unused: return .nothing
    }
  }

  /// One character of UTF-8; bytes that are none are dropped.
  private mutating func stepInText() -> Step {
    let end = start + Self.length(ofCharacterBeginning: bytes[start])
    if let stray = bytes[(start + 1)..<min(end, bytes.count)].firstIndex(where: { $0 >> 6 != 2 }) {
      start = stray
      return .nothing
    }
    guard end <= bytes.count else { return .incomplete }
    defer { start = end }
    guard let text = String(validating: bytes[start..<end], as: UTF8.self),
      let scalar = text.unicodeScalars.first, columnCount(of: scalar) >= 0
    else { return .nothing }
    return .event(.key(.character(Character(scalar))))
  }

  /// Bytes of the character that begins with `byte`; 1 for bytes that begin none.
  private static func length(ofCharacterBeginning byte: UInt8) -> Int {
    switch byte {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 1
    }
  }

  private static func control(_ byte: UInt8) -> Key? {
    switch byte {
    case 0x00: nil
    case 0x08, 0x7F: .backspace
    case 0x09: .tab
    case 0x0A, 0x0D: .enter
    case 0x01...0x1A: .control(Character(Unicode.Scalar(byte + 0x60)))
    default: .control(Character(Unicode.Scalar(byte + 0x40)))
    }
  }
}

// MARK: Paste

extension InputDecoder {
  private static let pasteEnd = Array("\u{1B}[201~".utf8)

  /// Moves bytes to the paste, all but what may be the beginning of its end.
  private mutating func stepInPaste() -> Step {
    let end = Self.pasteEnd
    var index = start
    while index < bytes.count {
      guard let escape = bytes[index...].firstIndex(of: end[0]) else {
        index = bytes.count
        break
      }
      if bytes[escape...].starts(with: end) {
        let text = (pasted ?? []) + bytes[start..<escape]
        pasted = nil
        start = escape + end.count
        return .event(.paste(Self.text(text)))
      }
      index = escape
      if end.starts(with: bytes[escape...]) { break }
      index += 1
    }
    pasted?.append(contentsOf: bytes[start..<index])
    start = index
    return index < bytes.count ? .incomplete : .nothing
  }

  /// Terminals send Return, or Return and Newline, where the text had lines.
  private static func text(_ bytes: [UInt8]) -> String {
    var text = String.UnicodeScalarView()
    for character in String(decoding: bytes, as: UTF8.self) {
      if character == "\r" || character == "\r\n" {
        text.append("\n")
      } else {
        text.append(contentsOf: character.unicodeScalars)
      }
    }
    return String(text)
  }
}
