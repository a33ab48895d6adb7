import GarbageCollection
import NcursesBackend
import TerminalUI
import Workloads

/// A live run on the screen: sample, show, wait for a key, do what it asks for.
struct LiveScreen {
  /// After which the run ends by itself; nil for never.
  let seconds: Int?
  /// Samples a second.
  let sampleRate: Int

  func show(_ settings: LiveSettings, _ look: LookOptions) throws(Failure) {
    var run = try LiveRun.starting(settings)
    var failure: TerminalError?
    // The terminal lives no longer than this, so that what is said afterwards is seen.
    do throws(TerminalError) {
      var terminal = try Terminal(look.terminal)
      watch(&run, on: &terminal)
    } catch { failure = error }
    run.end()
    if let failure { throw Failure(.noTerminal, failure.description) }
  }

  private func watch(_ run: inout LiveRun, on terminal: inout Terminal) {
    var player = LivePlayer(run.settings, theme: terminal.theme)
    player.resize(width: terminal.size.width, height: terminal.size.height)
    let interval = 1_000_000_000 / UInt64(sampleRate)
    let end = seconds.map { LiveClock.now() + UInt64($0) * 1_000_000_000 }
    var next = LiveClock.now()
    repeat {
      let now = LiveClock.now()
      if let end, now >= end { return }
      if now >= next {
        sample(run, &player)
        // Samples that were missed are not made up for.
        next = max(next + interval, now)
      }
      var canvas = Canvas(width: terminal.size.width, height: terminal.size.height)
      player.draw(on: &canvas)
      terminal.show(canvas)
      let rest = next > now ? Int((next - now) / 1_000_000) : 0
      let event = terminal.nextEvent(timeoutMilliseconds: run.isPaused ? pausedRest(end) : rest)
      if event == .resize {
        player.resize(width: terminal.size.width, height: terminal.size.height)
      }
      player.handle(event)
    } while perform(player.takeEffects(), &run, &player, on: &terminal)
  }

  /// Nothing moves while the run is paused, but the run may end.
  private func pausedRest(_ end: UInt64?) -> Int? {
    guard let end else { return nil }
    let now = LiveClock.now()
    return end > now ? Int((end - now) / 1_000_000) + 1 : 0
  }

  private func sample(_ run: borrowing LiveRun, _ player: inout LivePlayer) {
    let sample = run.sample(cellCount: player.mapCellCount, waits: run.isPaused)
    player.note(sample, operationCount: run.operationCount)
    if let failure = run.failureText { player.noteFailure(failure) }
  }

  /// Does what was asked for, in order; whether the program goes on.
  private func perform(
    _ effects: [LivePlayer.Effect], _ run: inout LiveRun, _ player: inout LivePlayer,
    on terminal: inout Terminal
  ) -> Bool {
    for effect in effects {
      switch effect {
      case .quit: return false
      case .suspend:
        terminal.suspend()
        player.resize(width: terminal.size.width, height: terminal.size.height)
      case .redraw: terminal.redraw()
      case .pause:
        run.pause()
        player.notePaused(run.view())
      case .resume:
        run.resume()
        player.noteResumed()
      case .step:
        let step = run.step()
        player.notePaused(run.view(), step: step)
      case .finishCycle:
        run.finishCycle()
        player.noteFinished(run.view())
      case .rebuild(let settings): rebuild(settings, &run, &player)
      }
      if run.isPaused { sample(run, &player) }
    }
    return true
  }

  /// Puts another run in the place of this one; if it cannot be had, this one goes on.
  private func rebuild(
    _ settings: LiveSettings, _ run: inout LiveRun, _ player: inout LivePlayer
  ) {
    do throws(ThreadError) {
      let other = try LiveRun(settings, clock: LiveClock.now)
      run.end()
      run = other
      player.noteRebuilt(settings)
    } catch { player.noteFailure(error.description) }
  }
}
