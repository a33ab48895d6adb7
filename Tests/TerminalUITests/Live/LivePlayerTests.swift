@testable import GarbageCollection
import Testing
import Workloads

@testable import TerminalUI

/// The screen of a live run, with samples made by hand.
struct LivePlayerTests {
  private static let second: UInt64 = 1_000_000_000

  /// A heap whose front is marked, whose middle is being marked, and whose end is free.
  private static func map(_ cellCount: Int) -> [ThreadSample.MapCell] {
    (0..<cellCount).map { index in
      var cell = ThreadSample.MapCell()
      cell.pageCount = 4
      let tenth = index * 10 / cellCount
      guard tenth < 9 else { return cell }
      cell.usedPageCount = 4
      switch tenth {
      case 0, 1, 2: cell.black = 40
      case 3: (cell.black, cell.grey) = (20, 3)
      case 4: (cell.black, cell.white) = (UInt16(index % 39 + 1), 40 - UInt16(index % 39))
      case 5: break
      default: cell.white = 40
      }
      return cell
    }
  }

  private static func sample(_ number: UInt64, cellCount: Int) -> ThreadSample {
    var sample = ThreadSample()
    sample.time = second + number * second / 30
    sample.phase = .marking
    sample.begunCycleCount = 12
    sample.endedCycleCount = 11
    sample.committedBytes = 96 << 20
    sample.residentBytes = 80 << 20
    sample.liveBytes = 32_000_000
    sample.bytesSinceMarking = Int(number) * 400_000
    sample.goalBytes = 33_000_000
    sample.receivedBytes = Int(number * number) * 100_000
    sample.assistedUnits = 1200
    sample.listedCount = 345
    sample.pauseCount = 24 + Int(number)
    sample.longestPause = 1_250_000
    sample.newPauses = [
      ThreadPause(begin: sample.time - 200_000 * (number % 4 + 1), end: sample.time - 100_000)
    ]
    sample.mutators = [
      .init(
        id: MutatorID(1), isRunning: true, isScanned: true, receivedBytes: 12_000_000,
        assistedUnits: 0),
      .init(
        id: MutatorID(2), isRunning: false, isScanned: false, receivedBytes: 9_000_000,
        assistedUnits: 0),
      .init(
        id: MutatorID(3), isRunning: true, isScanned: true, receivedBytes: 9_500_000,
        assistedUnits: 60 * Int(number)),
    ]
    sample.markers = [
      .init(units: 1_234_567, steals: 0, shelvedCount: 0),
      .init(units: 987_654, steals: 21, shelvedCount: 4),
    ]
    sample.map = map(cellCount)
    return sample
  }

  private func player(_ width: Int, _ height: Int, _ theme: Theme = .standard) -> LivePlayer {
    var settings = LiveSettings(workload: .trees, mutatorCount: 3)
    settings.threads.markerCount = 2
    var player = LivePlayer(settings, theme: theme)
    player.resize(width: width, height: height)
    for number in 0..<45 {
      let sample = Self.sample(UInt64(number), cellCount: player.mapCellCount)
      player.note(sample, operationCount: number * number * 10)
    }
    return player
  }

  private func canvas(_ player: LivePlayer) -> Canvas {
    var canvas = Canvas(width: player.size.width, height: player.size.height)
    player.draw(on: &canvas)
    return canvas
  }

  private static func reference(_ offset: Int) -> Reference { Reference(word: UInt32(offset / 8)) }

  private static let view = PausedView(
    phase: .marking,
    scanned: .init(reference: reference(0x1a2b30), color: .grey, slotCount: 2, payloadBytes: 0),
    nextSlot: 1, listedCount: 345,
    next: (1...5).map {
      .init(reference: reference(0x2000 * $0), color: .grey, slotCount: $0, payloadBytes: 8)
    })

  private static let step = ThreadStep(
    phaseBefore: .marking, phaseAfter: .marking,
    events: [
      .examinedSlot(0, of: reference(0x1a2b30), found: reference(0x1a2b40)),
      .shaded(reference(0x1a2b40), by: .scan(slot: 0, of: reference(0x1a2b30))),
    ])

  struct Look: Sendable, CustomTestStringConvertible {
    let width: Int
    let height: Int
    let theme: Theme
    var testDescription: String { "\(width)x\(height)\(suffix)" }
    var suffix: String { theme == .plain ? "-ascii" : "" }
  }

  private static let looks = [
    Look(width: 80, height: 24, theme: .standard), Look(width: 120, height: 40, theme: .standard),
    Look(width: 200, height: 60, theme: .standard), Look(width: 80, height: 24, theme: .plain),
  ]

  @Test(arguments: looks)
  func `a running and a paused run look as they always did`(_ look: Look) throws {
    var player = player(look.width, look.height, look.theme)
    let size = "\(look.width)x\(look.height)\(look.suffix)"
    let running = canvas(player)
    try Golden.expect(running.text, is: "live-running-\(size)")
    player.notePaused(Self.view)
    player.notePaused(Self.view, step: Self.step)
    let paused = canvas(player)
    try Golden.expect(paused.text, is: "live-paused-\(size)")
    if look.theme == .plain {
      #expect((running.cells + paused.cells).allSatisfy { $0.scalar.isASCII })
    }
  }

  @Test func `the help is scrolled and closed`() throws {
    var player = player(80, 24)
    player.press(.character("?"))
    try Golden.expect(canvas(player).text, is: "live-help-80x24")
    player.press(.escape)
    #expect(canvas(player) == canvas(self.player(80, 24)))
  }

  @Test func `keys ask for what they say`() {
    var player = player(80, 24)
    func effects(_ key: Key) -> [LivePlayer.Effect] {
      player.press(key)
      return player.takeEffects()
    }
    #expect(effects(.character(" ")) == [.pause])
    player.notePaused(Self.view)
    #expect(effects(.character(" ")) == [.resume])
    #expect(effects(.character(".")) == [.step])
    #expect(effects(.right) == [.step])
    #expect(effects(.character("c")) == [.finishCycle])
    #expect(effects(.character("q")) == [.quit])
    #expect(effects(.control("c")) == [.quit])
    #expect(effects(.character("x")) == [])
    var settings = player.settings
    settings.mutatorCount = 4
    #expect(effects(.character("t")) == [.rebuild(settings)])
    settings.mutatorCount = 2
    #expect(effects(.character("T")) == [.rebuild(settings)])
    settings.mutatorCount = 3
    settings.threads.collection = .incremental
    #expect(effects(.character("k")) == [.rebuild(settings)])
    settings.threads.collection = .concurrent
    settings.threads.nurseryBytes = ThreadSettings.usualNurseryBytes
    #expect(effects(.character("g")) == [.rebuild(settings)])
    player.noteRebuilt(settings)
    settings.threads.nurseryBytes = 0
    #expect(effects(.character("g")) == [.rebuild(settings)])
  }

  @Test(arguments: [80, 100, 120])
  func `the counts of cycles end with a whole word`(_ width: Int) {
    var player = player(width, 24)
    var sample = Self.sample(45, cellCount: player.mapCellCount)
    sample.minorCount = 12_345
    sample.isHeld = true
    player.note(sample, operationCount: 0)
    #expect(canvas(player).text.contains("marking, world stopped"))
    #expect(!canvas(player).text.contains("…"))
  }

  @Test(arguments: [80, 100, 120])
  func `the title has room for a nursery`(_ width: Int) {
    var player = player(width, 24)
    var settings = player.settings
    settings.threads.nurseryBytes = ThreadSettings.usualNurseryBytes
    player.noteRebuilt(settings)
    let title = canvas(player).text.split(separator: "\n")[0]
    #expect(title.contains("trees "))
    #expect(title.contains("nursery"))
  }

  @Test(arguments: [60, 70, 80])
  func `a title without room for all tells the state`(_ width: Int) {
    let title = canvas(player(width, 24)).text.split(separator: "\n")[0]
    #expect(title.hasPrefix(" trees "))
    #expect(title.hasSuffix(" running"))
  }

  @Test func `keys go through all barriers that hold, and come back`() {
    var player = player(80, 24)
    var seen: [Barrier] = []
    for _ in ThreadSettings.barriers {
      player.press(.character("b"))
      guard case .rebuild(let settings)? = player.takeEffects().first else { continue }
      seen.append(settings.threads.barrier)
      player.noteRebuilt(settings)
    }
    #expect(Set(seen) == Set(ThreadSettings.barriers))
    #expect(seen.last == LiveSettings(workload: .trees).threads.barrier)
  }

  @Test func `a run begun anew says so, and forgets the old figures`() {
    var player = player(80, 24)
    var settings = player.settings
    settings.threads.collection = .stopTheWorld
    player.noteRebuilt(settings)
    #expect(player.history.pauses.isEmpty)
    #expect(
      canvas(player).text.contains("Ended, and begun anew with stop-the-world collection."))
  }

  @Test(arguments: 0..<70)
  func `any window is drawn on`(_ size: Int) {
    let player = player(size * 3, size)
    #expect(canvas(player).height == size)
  }
}
