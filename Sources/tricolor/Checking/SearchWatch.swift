import Foundation
import Glibc
import ModelChecking
import Synchronization

/// Tells on standard error how a search goes, and notices Ctrl-C.
final class SearchWatch {
  private static let interruption = Atomic(false)
  private let isTold: Bool
  private let start = Date()
  private var lastTold = Date()
  private var hasTold = false

  /// Whether somebody has pressed Ctrl-C.
  static var isInterrupted: Bool { interruption.load(ordering: .relaxed) }

  init(isTold: Bool) {
    self.isTold = isTold
    SearchWatch.heedInterrupts()
  }

  /// Has the first Ctrl-C ask the search to stop; a second one ends the program.
  static func heedInterrupts() {
    _ = signal(SIGINT) { _ in
      SearchWatch.interruption.store(true, ordering: .relaxed)
      _ = signal(SIGINT, SIG_DFL)
    }
  }

  /// Tells how far the search is, once a second.
  func tell(_ search: any RunningSearch) {
    guard isTold, Date().timeIntervalSince(lastTold) >= 1 else { return }
    lastTold = Date()
    hasTold = true
    write("\r\(line(search))\u{1B}[K")
  }

  /// Says what the search has cost.
  func finish(_ search: any RunningSearch) {
    _ = signal(SIGINT, SIG_DFL)
    guard isTold else { return }
    let seconds = Date().timeIntervalSince(start)
    let memory = search.byteCount >> 20
    write(
      (hasTold ? "\r\u{1B}[K" : "")
        + "\(grouped(search.stateCount)) states in \(rounded(seconds)) s, "
        + "\(grouped(rate(search, seconds))) a second, \(memory) MiB\n")
  }

  private func line(_ search: any RunningSearch) -> String {
    let seconds = Date().timeIntervalSince(start)
    return "\(grouped(search.stateCount)) states, \(grouped(search.waitingCount)) waiting, "
      + "depth \(search.depth), \(grouped(rate(search, seconds))) a second, "
      + "\(search.byteCount >> 20) MiB"
  }

  private func rate(_ search: any RunningSearch, _ seconds: Double) -> Int {
    Int(Double(search.stateCount) / max(seconds, 0.001))
  }

  private func rounded(_ seconds: Double) -> String { String(format: "%.2f", seconds) }

  private func grouped(_ number: Int) -> String {
    var digits = Array(String(number))
    for index in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: index) }
    return String(digits)
  }

  private func write(_ text: String) {
    _ = Files.write(Array(text.utf8), to: STDERR_FILENO)
  }
}
