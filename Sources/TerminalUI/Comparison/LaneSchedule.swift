import Scenarios

/// One clock for several runs of the same statements.
///
/// Under another barrier a statement may take more steps or fewer: marking ends later, stacks are
/// scanned again. So time is counted in beats: a statement has as many as the longest of the runs
/// takes for it, and a run that is through with it waits for the others.
struct LaneSchedule: Hashable, Sendable {
  /// Beats before each statement, and after the last.
  private let starts: [Int]

  /// `lines` are those of each run, as many in all.
  init(_ lines: [[Session.PlayedLine]]) {
    var starts = [0]
    for index in 0..<(lines.map(\.count).max() ?? 0) {
      let longest = lines.map { $0.indices.contains(index) ? $0[index].steps.count : 0 }.max()
      starts.append(starts[index] + (longest ?? 0))
    }
    self.starts = starts
  }

  var beatCount: Int { starts[starts.count - 1] }

  /// The statement that a beat belongs to: the one that acts last, up to this beat; nil at the start.
  func line(at beat: Int) -> Int? {
    guard beat > 0 else { return nil }
    // The last statement that begins before the beat.
    var (low, high) = (0, starts.count - 1)
    while low + 1 < high {
      let middle = (low + high) / 2
      if starts[middle] < beat { low = middle } else { high = middle }
    }
    return low
  }

  /// Where a run stands at a beat.
  func position(at beat: Int, in lines: [Session.PlayedLine]) -> Int {
    guard let line = line(at: beat), lines.indices.contains(line) else { return 0 }
    return min(lines[line].steps.lowerBound + beat - starts[line], lines[line].steps.upperBound)
  }

  /// The beat at which a run stands at a position; of several the first, but for a statement that is
  /// over the last.
  func beat(at position: Int, in lines: [Session.PlayedLine]) -> Int {
    guard position > 0, let line = lines.firstIndex(where: { $0.steps.contains(position - 1) })
    else { return 0 }
    if position == lines[line].steps.upperBound { return starts[line + 1] }
    return starts[line] + position - lines[line].steps.lowerBound
  }

  /// The beat after everything before a statement.
  func beat(before line: Int) -> Int { starts[min(line, starts.count - 1)] }
}
