import GarbageCollection
import Scenarios
import Testing
import TimeTravel

@testable import TerminalUI

/// Scripts the player is tested on.
enum Stories {
  /// A live object freed because no barrier guards it, and its cell given to another.
  static let badCase = """
    title "The bad case"
    title.zh "悬挂指针"
    set barrier none
    object A slots 1
    object B slots 1 bytes 8
    object C slots 1 bytes 8
    push main
    local a = A
    a.0 = B
    local b = a.0
    b.0 = C
    local b = nil
    say "A refers to B, B to C. The stack holds only A."
    say.zh "A 指向 B,B 指向 C。"
    start
    step
    step
    beat
    local b = a.0
    local c = b.0
    a.0 = c
    say "A black object refers to a white one. Only B, grey, still leads to C."
    b.0 = nil
    local b = nil
    ask "What will become of C?" answer "it is doomed"
    local c = nil
    finish
    object E slots 1 bytes 8
    local e = E
    local c = a.0
    local x = c.0
    """

  /// Where the bad case is at its moments.
  static let start = 0
  static let aBlack = 12
  static let broken = 15
  static let doomed = 16
  static let asked = 17
  static let lost = 23
  static let danglingRead = 27

  /// Two globals, a frame under the top one, a cycle, an object with several slots.
  static let tangle = """
    title "A tangle"
    set barrier yuasa
    object A slots 3
    object B slots 1
    object C slots 2
    object D slots 0
    root g = A
    root h = C
    A.0 = B
    A.2 = C
    B.0 = A
    C.0 = D
    push main
    local x = B
    push inner
    local y = C
    start
    step 2
    A.0 = nil
    finish
    pop
    collect
    """

  static let all = [badCase, tangle, puzzle]

  /// A puzzle that can be won in five actions.
  static let puzzle = """
    title "A puzzle"
    object A slots 1
    object B slots 1
    object C slots 1
    A.0 = B
    B.0 = C
    push main
    local a = A
    local b = nil
    local c = nil
    start
    until A black
    say "A is black, B is grey, C is white. Lose C."
    goal C lost within 5
    """

  /// Small objects of several classes, a large one, garbage whose cells are used again.
  static let tiers = """
    title "Through the tiers"
    object A slots 1
    object B slots 1 bytes 20
    object C slots 2 bytes 300
    root g = A
    push main
    local b = B
    A.0 = C
    object D slots 0 bytes 100
    object E slots 0 bytes 40000
    push inner
    local e = E
    object F slots 3 bytes 100
    object G slots 3 bytes 100
    collect
    object H slots 1 bytes 20
    object I slots 1 bytes 20
    """

  /// Live objects pages apart with garbage between them, slid together; then a birth, and again.
  static let compaction = """
    title "Sliding together"
    set collector mark-compact
    object A slots 1
    object X slots 2
    object B slots 1
    object Y slots 3
    object C slots 1 bytes 24
    object D slots 2
    push main
    local a = A
    local d = D
    a.0 = B
    d.0 = C
    start
    finish
    object E slots 1
    a.0 = E
    start
    finish
    """
}

/// A session that plays a script, or a failed test.
func session(
  of text: String, sourceLocation: SourceLocation = #_sourceLocation
) throws -> Session {
  do {
    return try Session.playing(try Script(bytes: Array(text.utf8), file: "story"))
  } catch {
    Issue.record("\(error) in:\n\(text)", sourceLocation: sourceLocation)
    throw error
  }
}

func player(
  _ text: String = Stories.badCase, width: Int = 80, height: Int = 24, theme: Theme = .standard
) throws -> Player {
  var player = Player(try session(of: text), scriptName: "story", theme: theme)
  player.resize(width: width, height: height)
  return player
}

extension Player {
  /// Presses keys, by their names with blanks between them: `Right s Enter :`.
  mutating func press(keys names: String) {
    for name in names.split(separator: " ") { handle(.key(Key(named: String(name)))) }
  }

  /// Types a line at the prompt and runs it.
  mutating func enter(_ line: String) {
    press(keys: ":")
    for character in line { handle(.key(.character(character))) }
    press(keys: "Enter")
  }

  /// The screen as text.
  var frame: [String] {
    var canvas = Canvas(width: size.width, height: size.height)
    draw(on: &canvas)
    return canvas.lines
  }

  var text: String { frame.joined(separator: "\n") }

  /// The rows where messages stand, as one line.
  var said: String { frame.dropLast().suffix(4).joined(separator: " ") }

  /// The label of the selected object.
  var selectedLabel: String? { selection.map { session.timeline.state.label(of: $0) } }

  mutating func click(_ kind: MouseEvent.Kind = .press, on label: String) throws {
    let found = rect(of: label)
    let rect = try #require(found)
    handle(.mouse(MouseEvent(kind, column: rect.column + 1, row: rect.row)))
  }

  /// Where an object's box is on the screen.
  func rect(of label: String) -> Rect? {
    guard let id = session.timeline.state.chronicle.object(labelled: label) else { return nil }
    return graphView?.rect(of: .node(GraphNodeID(id.index)))
  }

  var digest: UInt64 { session.timeline.state.digest }
}

extension Key {
  /// The key with that name; what is no name is a character.
  init(named name: String) {
    let named: [Key] =
      [
        .up, .down, .left, .right, .home, .end, .pageUp, .pageDown, .enter, .escape, .tab,
        .backTab, .backspace, .delete, .function(1), .character(" "),
      ] + "abcdefghijklmnopqrstuvwxyz".map { .control($0) }
    self = named.first { $0.name == name } ?? .character(Character(name))
  }
}
