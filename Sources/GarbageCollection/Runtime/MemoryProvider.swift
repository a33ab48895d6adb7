/// A thread that takes memory from the system before mutators need it.
///
/// Only where huge pages are used: each costs as much as many pages of usual size, at the first touch
/// and all at once. It stays a sixteenth of the heap ahead, at least one huge page.
///
/// Unchecked: all that changes is guarded by the monitor.
final class MemoryProvider: @unchecked Sendable {
  private let monitor = Monitor()
  private let gauge: PageGauge
  private let memory: MemoryAhead
  /// Bytes of the arena that have memory behind them, or used to have when they were new.
  private var preparedBytes = Arena.smallPageBytes
  private var hasGrown = false
  private var isClosing = false
  private var thread: SystemThread?

  init(_ gauge: PageGauge, _ memory: MemoryAhead) {
    self.gauge = gauge
    self.memory = memory
    thread = SystemThread { [unowned self] in self.provide() }
  }

  /// The heap has become larger; any thread.
  func noteGrowth() {
    monitor.withLock {
      hasGrown = true
      monitor.notify()
    }
  }

  /// Ends the thread; once, before the heap goes.
  func close() {
    monitor.withLock {
      isClosing = true
      monitor.notify()
    }
    thread?.join()
    thread = nil
  }

  private func provide() {
    monitor.enter()
    defer { monitor.leave() }
    while !isClosing {
      guard hasGrown else {
        monitor.wait()
        continue
      }
      hasGrown = false
      monitor.leave()
      prepare()
      monitor.enter()
    }
  }

  /// One huge page after the other, as long as the heap comes near.
  private func prepare() {
    let unit = SystemMemory.hugePageBytes
    while true {
      let committed = (gauge.read().committed + 1) * Page.bytes
      guard committed > Arena.smallPageBytes - unit / 4 else { return }
      preparedBytes = max(preparedBytes, committed / unit * unit)
      guard preparedBytes < committed + max(unit, committed / 16) else { return }
      memory.prepare(from: min(preparedBytes, committed), to: preparedBytes + unit)
      preparedBytes += unit
    }
  }
}
