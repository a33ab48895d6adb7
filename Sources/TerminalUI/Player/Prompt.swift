/// A line being typed: text, cursor, and the lines typed before.
public struct Prompt: Hashable, Sendable {
  /// What is wrong, and in which column of the line (1-based) if it is in one.
  public struct Problem: Hashable, Sendable {
    public let column: Int?
    public let text: String
  }

  public private(set) var text: String
  /// Characters before the cursor.
  public private(set) var cursor: Int
  /// What is wrong with the line, shown under it.
  public var error: Problem?
  /// What Tab could complete to.
  public var candidates: [String] = []
  /// 0 is the line being typed; 1 the last one of the history.
  private var recall = 0
  private var draft = ""

  public init(_ text: String = "") {
    self.text = text
    cursor = text.count
  }
}

extension Prompt {
  private var index: String.Index { text.index(text.startIndex, offsetBy: cursor) }

  /// The text before the cursor: what completion looks at.
  var head: String { String(text[..<index]) }

  mutating func insert(_ inserted: String) {
    let clean = inserted.filter { !$0.isNewline && $0 != "\t" }
    text.insert(contentsOf: clean, at: index)
    cursor = min(text.count, cursor + clean.count)
    touch()
  }

  mutating func deleteBackward() {
    guard cursor > 0 else { return }
    cursor -= 1
    text.remove(at: index)
    touch()
  }

  mutating func deleteForward() {
    guard cursor < text.count else { return }
    text.remove(at: index)
    touch()
  }

  mutating func move(by columns: Int) { cursor = min(max(0, cursor + columns), text.count) }

  mutating func moveToStart() { cursor = 0 }

  mutating func moveToEnd() { cursor = text.count }

  mutating func clear() {
    text = ""
    cursor = 0
    touch()
  }

  /// Replaces the text from `start` to the cursor.
  mutating func complete(from start: String.Index, with word: String) {
    let typed = text[start..<index].count
    text.replaceSubrange(start..<index, with: word)
    cursor += word.count - typed
    error = nil
  }

  /// Goes `direction` lines into the past (1) or back (-1).
  mutating func recall(_ direction: Int, in history: [String]) {
    let next = recall + direction
    guard (0...history.count).contains(next) else { return }
    if recall == 0 { draft = text }
    recall = next
    text = next == 0 ? draft : history[history.count - next]
    cursor = text.count
    error = nil
    candidates = []
  }

  private mutating func touch() {
    error = nil
    candidates = []
  }
}
