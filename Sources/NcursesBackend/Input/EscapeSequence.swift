internal import TerminalUI

/// What begins with an escape, as ECMA-48 and xterm's control sequences define it.
enum EscapeSequence: Hashable {
  case key(Key)
  /// A mouse report: xterm's button code and 0-based cells.
  case mouse(code: Int, column: Int, row: Int, isRelease: Bool)
  case pasteBegins
  /// Well formed, but nothing we use: a cursor report that came late, a focus event.
  case unused
}

extension EscapeSequence {
  enum Parsed: Hashable {
    case sequence(EscapeSequence, length: Int)
    /// More bytes must come.
    case incomplete
  }

  /// - Precondition: `input` begins with an escape.
  static func parse(_ input: ArraySlice<UInt8>) -> Parsed {
    let rest = input.dropFirst()
    switch rest.first.map(Unicode.Scalar.init) {
    case nil: return .incomplete
    case "[": return parseControlSequence(input)
    case "O": return parseSingleShift(input)
    case "]", "P", "_", "^", "X": return parseString(input)
    // The next one begins something of its own.
    case "\u{1B}": return .sequence(.key(.escape), length: 1)
    // Alt with a character: as without Alt. The character follows.
    default: return .sequence(.unused, length: 1)
    }
  }
}

// MARK: Keys

extension EscapeSequence {
  /// `ESC O x`: keypad keys of the VT100.
  private static func parseSingleShift(_ input: ArraySlice<UInt8>) -> Parsed {
    guard let final = input.dropFirst(2).first else { return .incomplete }
    return .sequence(singleShift(Unicode.Scalar(final)), length: 3)
  }

  private static func singleShift(_ final: Unicode.Scalar) -> EscapeSequence {
    switch final {
    case "M": .key(.enter)
    case "I": .key(.tab)
    case "j"..."y": .key(.character(Character(Unicode.Scalar(UInt8(final.value) - 0x40))))
    default: cursorKey(final)
    }
  }

  private static func cursorKey(_ final: Unicode.Scalar) -> EscapeSequence {
    switch final {
    case "A": .key(.up)
    case "B": .key(.down)
    case "C": .key(.right)
    case "D": .key(.left)
    case "H": .key(.home)
    case "F": .key(.end)
    case "Z": .key(.backTab)
    case "P": .key(.function(1))
    case "Q": .key(.function(2))
    case "R": .key(.function(3))
    case "S": .key(.function(4))
    default: .unused
    }
  }

  /// `CSI n ~`; the gaps are in the numbering of the VT220.
  private static func numberedKey(_ number: Int) -> EscapeSequence {
    switch number {
    case 1, 7: .key(.home)
    case 4, 8: .key(.end)
    case 3: .key(.delete)
    case 5: .key(.pageUp)
    case 6: .key(.pageDown)
    case 11...15: .key(.function(number - 10))
    case 17...21: .key(.function(number - 11))
    case 23, 24: .key(.function(number - 12))
    case 200: .pasteBegins
    default: .unused
    }
  }
}

// MARK: Control sequences

extension EscapeSequence {
  /// `ESC [ parameters intermediates final`.
  private static func parseControlSequence(_ input: ArraySlice<UInt8>) -> Parsed {
    var index = input.startIndex + 2
    guard index < input.endIndex else { return .incomplete }
    if input[index] == UInt8(ascii: "M") { return parseOldMouse(input) }
    if input[index] == UInt8(ascii: "[") { return parseConsoleKey(input) }
    while index < input.endIndex, (0x20...0x3F).contains(input[index]) { index += 1 }
    guard index < input.endIndex else { return .incomplete }
    let length = index - input.startIndex
    // Something else breaks in: it begins anew, this one is lost.
    guard (0x40...0x7E).contains(input[index]) else {
      return .sequence(.unused, length: length)
    }
    return .sequence(
      controlSequence(
        parameters: input[(input.startIndex + 2)..<index], final: Unicode.Scalar(input[index])),
      length: length + 1)
  }

  private static func controlSequence(
    parameters: ArraySlice<UInt8>, final: Unicode.Scalar
  ) -> EscapeSequence {
    let isPrivate = parameters.first.map { (0x3C...0x3F).contains($0) } ?? false
    let numbers = parameters.dropFirst(isPrivate ? 1 : 0)
      .split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
      .map { Int(String(decoding: $0, as: UTF8.self)) ?? 0 }
    switch (parameters.first.map(Unicode.Scalar.init), final) {
    case ("<", "M"), ("<", "m"):
      guard numbers.count == 3 else { return .unused }
      return .mouse(
        code: numbers[0], column: numbers[1] - 1, row: numbers[2] - 1, isRelease: final == "m")
    case _ where isPrivate: return .unused
    case (_, "~"): return numberedKey(numbers[0])
    // With parameters it is a cursor report that came after we stopped waiting for it.
    case (.some, "R"): return .unused
    default: return cursorKey(final)
    }
  }

  /// `CSI M b x y`, what terminals without SGR reports send.
  private static func parseOldMouse(_ input: ArraySlice<UInt8>) -> Parsed {
    let bytes = Array(input.dropFirst(3).prefix(3)).map(Int.init)
    guard bytes.count == 3 else { return .incomplete }
    guard bytes.allSatisfy({ $0 >= 32 }) else { return .sequence(.unused, length: 3) }
    let code = bytes[0] - 32
    let isRelease = code & 0x43 == 3
    return .sequence(
      .mouse(
        code: isRelease ? code & ~3 : code, column: bytes[1] - 33, row: bytes[2] - 33,
        isRelease: isRelease),
      length: 6)
  }

  /// `CSI [ A` to `CSI [ E`: F1 to F5 of the Linux console.
  private static func parseConsoleKey(_ input: ArraySlice<UInt8>) -> Parsed {
    guard let final = input.dropFirst(3).first else { return .incomplete }
    guard (UInt8(ascii: "A")...UInt8(ascii: "E")).contains(final) else {
      return .sequence(.unused, length: 3)
    }
    return .sequence(.key(.function(Int(final - UInt8(ascii: "A")) + 1)), length: 4)
  }

  /// `ESC ] … BEL` and its like, ended by BEL or `ESC \`: an answer nobody asked for.
  private static func parseString(_ input: ArraySlice<UInt8>) -> Parsed {
    var index = input.startIndex + 2
    while index < input.endIndex {
      if input[index] == 0x07 { return .sequence(.unused, length: index + 1 - input.startIndex) }
      if input[index] == 0x1B {
        guard index + 1 < input.endIndex else { return .incomplete }
        let isEnd = input[index + 1] == UInt8(ascii: "\\")
        return .sequence(.unused, length: index + (isEnd ? 2 : 0) - input.startIndex)
      }
      index += 1
    }
    return .incomplete
  }
}
