/// What `?` shows and `tricolor help keys` prints: the keys as the program knows them, the signs of
/// the screen, and the commands of the prompt.
public enum HelpPage {
  /// A heading with entries under it: what is written at the left means what stands at the right.
  public struct Section: Sendable {
    public let title: String
    public let entries: [(term: String, meaning: String)]
  }

  /// Keys first; the signs as `glyphs` draws them.
  public static func sections(_ glyphs: Glyphs) -> [Section] {
    Command.Section.allCases.map(keys)
      + [attack, comparison, mouse, prompt, signs(glyphs)]
  }

  private static func keys(_ section: Command.Section) -> Section {
    let commands = Command.allCases.filter { $0.section == section }
    var entries = commands.map { ($0.keys.map(\.name).joined(separator: " "), $0.summary) }
    if section == .time { entries.append(("10s 05S 12g", "ten steps on, five back, to step 12")) }
    if section == .screen {
      entries.append(("1 to 9", "again, or Esc: all panels; two digits before s, S, g: a number"))
    }
    return Section(title: section.rawValue, entries: entries)
  }

  private static var attack: Section {
    Section(
      title: "Ways to a loss",
      entries: [
        ("!", "tries everything from here on: program, collector, all orders"),
        ("Enter or !", "plays the first move; in the past it forks the run, u undoes"),
        ("a", "plays all moves, as one change"),
        ("in a puzzle", "! is a hint, the first move; again: all; no way: solved"),
      ])
  }

  private static var comparison: Section {
    Section(
      title: "Side by side",
      entries: [
        ("keys of time", "and Space move all runs at once, beat by beat"),
        ("Tab S-Tab", "other barriers first, where there is room for two"),
        ("M", "the table of all barriers; again: back to the run"),
        ("Up Down Enter", "in the table: show a barrier, or take it out; four at most"),
        ("Esc", "back, to the same place of the run"),
      ])
  }

  private static var mouse: Section {
    Section(
      title: "Mouse",
      entries: [
        ("click", "select an object; choose it while something is asked"),
        ("double click", "follow a pointer of the object"),
        ("right click", "inject a pointer write into the object"),
        ("drag", "from one object to another: propose that pointer write"),
        ("wheel", "step and step back"),
        ("title bar", "a click goes to that part of the run"),
        ("bottom line", "a click does what the key does"),
      ])
  }

  private static var prompt: Section {
    Section(
      title: "After :",
      entries: [
        ("A.0 = B", "any statement of the script language; Tab completes, Up recalls"),
        ("set barrier go", "replays the run under another setting"),
        ("w FILE", "writes the session as a script that replays identically"),
        ("w! FILE", "does so over a file that exists"),
        ("12, goto 12", "goes to step 12"),
        ("q, q!, wq FILE", "quit; without saving; after saving"),
      ])
  }

  private static func signs(_ glyphs: Glyphs) -> Section {
    Section(
      title: "Signs",
      entries: [
        ("(\(glyphs.white) A W)", "white: not found by the collector yet"),
        ("{\(glyphs.grey) A G}", "grey: found; its slots are still to be scanned"),
        ("[\(glyphs.black) A B]", "black: found and scanned"),
        ("\(glyphs.freed) A \(glyphs.freed)", "freed; its place is kept"),
        ("! A !", "lost: freed although the program can reach it"),
        ("doomed", "reachable and white, and no grey object leads there"),
        ("\(glyphs.heavyLines[10])\(glyphs.heavyLines[10])", "a pointer this step used"),
        (
          "\(glyphs.doubleLines[10])\(glyphs.doubleLines[10])",
          "a pointer that breaks an invariant"
        ),
        (
          "!\(glyphs.dashedLines[10])\(glyphs.dashedLines[10])",
          "a pointer to freed memory: it dangles"
        ),
        (
          "\(glyphs.arrowDown)\(glyphs.arrowUp) \(glyphs.lines[3])\(glyphs.lines[9])",
          "a request to the allocator passes on; finds its answer"
        ),
        ("main \(glyphs.check)", "these roots have been scanned"),
        ("rc 2", "so many references to the object are counted"),
        (
          "\(glyphs.arrowUp)scan \(glyphs.arrowUp)free",
          "pointers of a space: scanned below; the next object comes here"
        ),
      ])
  }
}

extension HelpPage {
  /// The page in lines of at most `width` columns.
  static func lines(_ glyphs: Glyphs, width: Int) -> [TextLine] {
    lines(of: sections(glyphs), width: width)
  }

  static func lines(of sections: [Section], width: Int) -> [TextLine] {
    let indent = min(18, width / 3)
    return sections.flatMap { section -> [TextLine] in
      [TextLine(section.title, .heading)]
        + section.entries.flatMap { lines(of: $0, indent: indent, width: width) }
    }
  }

  private static func lines(
    of entry: (term: String, meaning: String), indent: Int, width: Int
  ) -> [TextLine] {
    let head = "  \(entry.term)".padded(to: indent)
    let meaning = TextLine.wrapped(entry.meaning, width: width - indent)
    guard head.columnCount <= indent else {
      return [TextLine(head, .strong)] + meaning.map { $0.indented(by: indent) }
    }
    return meaning.enumerated().map { index, line in
      guard index == 0 else { return line.indented(by: indent) }
      return TextLine(head, .strong).then(line.text)
    }
  }
}

extension TextLine {
  /// The words without their looks.
  public var text: String { pieces.map(\.text).joined() }

  func indented(by columns: Int) -> TextLine {
    var line = self
    line.pieces.insert(Piece(text: String(repeating: " ", count: columns), role: .text), at: 0)
    return line
  }
}
