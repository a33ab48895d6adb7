import GarbageCollection
import TimeTravel

/// Why a statement cannot be moved; the run is as it was.
public enum ReorderError: Error, Hashable, Sendable {
  /// There is no step here, or it is the collector's.
  case notTheProgram
  /// Nothing happens before it, or after it.
  case atTheEdge(isLater: Bool)
  /// What could not be done in the new order, and why.
  case refused(statement: String, moved: String, String)
  /// A statement stands for many, which are not written down one by one.
  case hasBlocks
  case noMemory
}

extension ReorderError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notTheProgram:
      "only what the program does can be moved, and this step is not the program's"
    case .atTheEdge(let isLater): "nothing happens \(isLater ? "after" : "before") it"
    case .refused(let statement, let moved, let reason) where statement == moved:
      "'\(moved)' cannot be moved there: \(reason)"
    case .refused(let statement, let moved, let reason):
      "'\(moved)' cannot be moved there: then '\(statement)' fails, as \(reason)"
    case .hasBlocks: "a script with repeat or churn is played in its own order only"
    case .noMemory: "there is no memory for another copy of the run"
    }
  }
}

/// A run in which a statement was moved.
public struct Rearrangement: ~Copyable {
  /// Stands at the moved statement.
  public var session: Session
  /// What was moved past what, in words.
  public let change: String

  public consuming func rearranged() -> Session { session }
}

/// Moving what the program does in the schedule.
extension Session {
  /// The run with the statement of the present step moved past its neighbour in time.
  ///
  /// A statement by which the collector takes many steps is cut in two, so that the mutator comes in
  /// between, one step further each time; what is left of `until` and `finish` keeps its meaning. What
  /// the script expects is moot in another order than its own.
  public borrowing func rearranged(isLater: Bool) throws(ReorderError) -> Rearrangement {
    guard let moment, let text = lines[moment.line].line.statement?.text,
      lines[moment.line].line.statement?.isProgram == true
    else { throw .notTheProgram }
    guard !lines.contains(where: \.isRepetition) else { throw .hasBlocks }
    let moved = moment.line
    let neighbor =
      isLater
      ? lines[(moved + 1)...].firstIndex { !$0.steps.isEmpty }
      : lines[..<moved].lastIndex { !$0.steps.isEmpty }
    guard let neighbor else { throw .atTheEdge(isLater: isLater) }
    guard var whole = fork() else { throw .noMemory }
    whole.seek(to: stepCount)
    let order = whole.order(moving: moved, past: neighbor)
    var session = try replayed(order, moving: text)
    if let place = order.firstIndex(where: \.isMoved) {
      let steps = session.lines[place].steps
      let offset = position - lines[moved].steps.lowerBound
      session.seek(to: min(steps.lowerBound + offset, steps.upperBound))
    }
    let past = (lines[neighbor].isCut ? "a step of " : "") + "'\(lines[neighbor].text)'"
    return Rearrangement(
      session: session, change: "'\(text)' \(isLater ? "after" : "before") \(past)")
  }

  private struct Entry {
    var line: Script.Line
    var isInjected: Bool
    var mayFail: Bool
    var isMoved = false

    init(_ played: PlayedLine, isMoved: Bool = false) {
      line = played.line
      isInjected = played.isInjected
      mayFail = played.isLeftOut
      self.isMoved = isMoved
    }

    init(_ statement: Statement) {
      line = Script.Line(statement)
      isInjected = true
      mayFail = false
    }
  }

  private func order(moving moved: Int, past neighbor: Int) -> [Entry] {
    let isLater = neighbor > moved
    let between = isLater ? moved + 1..<neighbor : neighbor + 1..<moved
    let (head, tail) = halves(of: neighbor, isLater: isLater)
    let middle = lines[between].map { Entry($0) }
    let entry = Entry(lines[moved], isMoved: true)
    let changed = isLater ? middle + head + [entry] + tail : head + [entry] + tail + middle
    return Session.merged(
      lines[..<min(moved, neighbor)].map { Entry($0) } + changed
        + lines[(max(moved, neighbor) + 1)...].map { Entry($0) })
  }

  /// What of a statement comes before the moved one, and what after it.
  private func halves(of index: Int, isLater: Bool) -> (head: [Entry], tail: [Entry]) {
    let played = lines[index]
    guard played.isCut, let statement = played.line.statement else {
      return isLater ? ([Entry(played)], []) : ([], [Entry(played)])
    }
    let cut = isLater ? played.steps.lowerBound + 1 : played.steps.upperBound - 1
    let head = statements(for: played.steps.lowerBound..<cut).map { Entry($0) }
    switch statement {
    case .finish, .collect, .collectMinor: return (head, [Entry(Statement.finish)])
    case .until: return (head, [Entry(played)])
    default:
      return (head, statements(for: cut..<played.steps.upperBound).map { Entry($0) })
    }
  }

  /// Steps in a row that moving has made, in one statement.
  private static func merged(_ entries: [Entry]) -> [Entry] {
    entries.reduce(into: []) { merged, entry in
      guard let last = merged.last, last.isInjected, entry.isInjected,
        case .step(let former, .step)? = last.line.statement,
        case .step(let count, .step)? = entry.line.statement
      else { return merged.append(entry) }
      merged[merged.count - 1] = Entry(Statement.step(count: former + count, .step))
    }
  }

  private borrowing func replayed(
    _ order: [Entry], moving moved: String
  ) throws(ReorderError) -> Session {
    var session: Session
    do throws(SessionError) {
      session = try Session(settings, scriptSettings: scriptSettings)
    } catch { throw .noMemory }
    session.isRearranged = true
    for entry in order {
      do throws(SessionError) {
        try session.play(entry.line, isInjected: entry.isInjected)
      } catch {
        guard entry.mayFail else {
          throw .refused(
            statement: entry.line.statement?.text ?? "", moved: moved, error.description)
        }
        session.leaveOut(error)
      }
    }
    // Whatever is on the screen can be written down and read again.
    do throws(ScriptErrors) {
      _ = try Script(parsing: session.script.text, file: "")
    } catch {
      throw .refused(
        statement: moved, moved: moved, error.errors.first?.message ?? "it could not be written")
    }
    return session
  }
}

extension Session.PlayedLine {
  fileprivate var text: String { line.statement?.text ?? "" }

  /// Whether what is moved past it goes past one of its steps only.
  fileprivate var isCut: Bool { steps.count > 1 && line.statement?.isProgram == false }
}
