/// A number typed before a command: `10s` steps ten times, `05s` five times.
///
/// The digits 1 to 9 also choose panels, so every digit acts at once as it always does. Only when
/// two or more are followed within a second by `s`, `S`, `g` or `G` were they a number, and the
/// panels are put back. So looking at a panel and stepping on never surprises.
struct Count: Hashable, Sendable {
  private(set) var value = 0
  private var digitCount = 0
  /// The panel that had all the room before the first digit.
  let formerZoom: Panel?

  static let pauseMilliseconds = 1000
  private static let limit = 1_000_000

  init(formerZoom: Panel?) { self.formerZoom = formerZoom }

  mutating func append(_ digit: Int) {
    value = min(Count.limit, value * 10 + digit)
    digitCount += 1
  }

  /// Whether it can only be a number, not the choice of one panel.
  var isNumber: Bool { digitCount > 1 }

  /// Whether a number before the key counts.
  static func isTaken(by key: Key) -> Bool {
    if case .character(let character) = key { "sSgG".contains(character) } else { false }
  }
}

extension Key {
  /// The digit it is, if it is one.
  var digit: Int? {
    guard case .character(let character) = self, character.isASCII else { return nil }
    return character.wholeNumberValue
  }
}

extension Player {
  /// Takes a digit; false when the key is none.
  mutating func takeDigit(_ key: Key) -> Bool {
    guard let digit = key.digit else { return false }
    var count = self.count ?? Count(formerZoom: zoom)
    count.append(digit)
    self.count = count
    if let command = Command.byKey[key] {
      run(command)
    } else {
      zoom = count.formerZoom
    }
    guard count.isNumber || count.value == 0 else { return true }
    say("\(count.value): s steps on, S back, g goes to that step", .faint)
    return true
  }

  /// Makes the digits typed so far a number, if the key takes one, or nothing.
  mutating func settleCount(before key: Key) -> Int? {
    guard let count else { return nil }
    self.count = nil
    guard count.isNumber, Count.isTaken(by: key) else { return nil }
    zoom = count.formerZoom
    return count.value
  }
}
