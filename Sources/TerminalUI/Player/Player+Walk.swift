import GarbageCollection
import Scenarios
import TimeTravel

/// The walk of a step through the allocator, shown tier by tier.
///
/// While the allocator is shown alone, a step that goes further than one tier has as many stops as it
/// visits tiers: forwards they come one by one before the next step, backwards they go one by one.
struct WalkReveal: Hashable {
  let position: Int
  let walk: AllocatorWalk
  /// Tiers that are shown, at least 1.
  var shownCount: Int
}

extension Player {
  /// The walk of the present step, if it is one to be shown tier by tier.
  private var walk: AllocatorWalk? {
    guard zoom == .allocator,
      let walk = AllocatorWalk(session.timeline.state.chronicle.events), walk.stops.count > 1
    else { return nil }
    return walk
  }

  /// Tiers shown of the present walk; nil for all there are.
  var shownTierCount: Int? {
    guard let reveal, reveal.position == session.position, let walk, reveal.walk == walk,
      reveal.shownCount < walk.stops.count
    else { return nil }
    return reveal.shownCount
  }

  /// Shows one more tier instead of going on; false when all are shown.
  mutating func showTier() -> Bool {
    guard let count = shownTierCount else { return false }
    reveal?.shownCount = count + 1
    return true
  }

  /// Hides a tier instead of going back; false when only the first is shown.
  mutating func hideTier() -> Bool {
    guard let walk else { return false }
    let count = shownTierCount ?? walk.stops.count
    guard count > 1 else { return false }
    reveal = WalkReveal(position: session.position, walk: walk, shownCount: count - 1)
    return true
  }

  /// A step has been taken forwards: its walk begins at the first tier.
  mutating func beginWalk() {
    reveal = walk.map { WalkReveal(position: session.position, walk: $0, shownCount: 1) }
  }

  /// Forgets a walk that has been left by any other way than its last tier.
  mutating func settleWalk() { if shownTierCount == nil { reveal = nil } }
}
