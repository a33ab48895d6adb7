import GarbageCollection
import Scenarios

/// The same schedule under another barrier or another collector.
extension Player {
  mutating func pressInOverlay(_ key: Key) {
    switch overlay {
    case .help(let scroll): pressInHelp(key, scroll)
    case .menu(let menu): press(key, in: menu)
    case .collectors(let menu): press(key, in: menu)
    // What a key would do to an answer that nobody has seen yet is nobody's wish.
    case .attack where isSearching: if key == .escape { overlay = nil } else { search() }
    case .attack(let view): press(key, in: view)
    case nil: break
    }
  }

  mutating func openHelp() { overlay = .help(scroll: 0) }

  private mutating func pressInHelp(_ key: Key, _ scroll: Int) {
    let last = max(0, helpLines.count - overlayRows)
    let target: Int? =
      switch key {
      case .down, .character("j"), .right, .enter: scroll + 1
      case .up, .character("k"), .left: scroll - 1
      case .pageDown, .character(" "): scroll + overlayRows
      case .pageUp: scroll - overlayRows
      case .home, .character("g"): 0
      case .end, .character("G"): last
      default: nil
      }
    overlay = target.map { .help(scroll: min(max(0, $0), last)) }
  }

  /// The window changed: what is scrolled may now be out of bounds.
  mutating func fitOverlay() {
    guard case .help(let scroll) = overlay else { return }
    overlay = .help(scroll: min(scroll, max(0, helpLines.count - overlayRows)))
  }

  private mutating func press(_ key: Key, in menu: BarrierMenu) {
    var menu = menu
    switch key {
    case .up, .character("k"), .backTab: menu.move(by: -1)
    case .down, .character("j"), .tab: menu.move(by: 1)
    case .right, .character("l"), .character(" "): menu.choose()
    case .left, .character("h"): menu.choose(-1)
    case .home, .character("g"), .pageUp: menu.moveToStart()
    case .end, .character("G"), .pageDown: menu.moveToEnd()
    case .enter:
      overlay = nil
      if let error = replay(under: menu.confirmed) { say(error, .doomed) }
      return
    case .escape, .character("q"), .character("b"), .control("c"):
      overlay = nil
      return
    default: break
    }
    overlay = .menu(menu)
  }

  private mutating func press(_ key: Key, in menu: CollectorMenu) {
    var menu = menu
    switch key {
    case .up, .character("k"), .backTab: menu.move(by: -1)
    case .down, .character("j"), .tab, .character(" "): menu.move(by: 1)
    case .enter:
      overlay = nil
      var settings = session.settings
      settings.collector = menu.chosen
      if let error = replay(under: settings) { say(error, .doomed) }
      return
    case .escape, .character("q"), .character("K"), .control("c"):
      overlay = nil
      return
    default: break
    }
    overlay = .collectors(menu)
  }

  /// Replays every statement under other settings and stays at the same place of the story.
  ///
  /// - Returns: why it could not be done.
  mutating func replay(under settings: Settings) -> String? {
    guard settings != session.settings else {
      say("these settings are in force already", .faint)
      return nil
    }
    let line = session.moment?.line
    do throws(SessionError) {
      let replayed = try session.replayed(under: settings)
      let difference = SessionDifference(from: session, to: replayed)
      guard let former = session.fork() else {
        return SessionError(.noMemory(.outOfMemory)).description
      }
      done.append(Shelved(former))
      undone = []
      let steps = line.flatMap { index -> Int? in
        replayed.lines.indices.contains(index) ? replayed.lines[index].steps.upperBound : nil
      }
      session = replayed
      session.seek(to: steps ?? 0)
      recordStory()
      layout.extend(with: recorder.story)
      hasUnsavedEdits = true
      say(difference.description, difference.isWorse ? .doomed : .good)
      return nil
    } catch {
      return error.description
    }
  }
}
