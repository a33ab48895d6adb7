public import GarbageCollection

/// What differs between runs of the same schedule that are compared.
public enum Variant: Hashable, Sendable {
  case barrier(Barrier)
  case collector(CollectorKind)
}

extension Variant {
  public var name: String {
    switch self {
    case .barrier(let barrier): barrier.rawValue
    case .collector(let kind): kind.rawValue
    }
  }

  /// The settings with that barrier, or that collector and what it needs beside it.
  ///
  /// A barrier that means nothing to the collector gives way to one that is sound there.
  public func applied(to settings: Settings) -> Settings {
    var changed = settings
    switch self {
    case .barrier(let barrier): changed.barrier = barrier
    case .collector(let kind):
      changed.collector = kind
      guard kind != settings.collector else { break }
      if changed.firstConflict?.name == .atomicity { changed.atomicity = .whole }
      if changed.firstConflict != nil { changed.barrier = .none }
      let isIncremental = settings.schedule == .incremental
      switch kind {
      case .copying where isIncremental: changed.barrier = .baker
      case .copying, .referenceCounting: break
      case .markSweep, .markCompact, .generational:
        // None is sound for a collector that copies or counts, not for one that marks in between.
        let wasMarking =
          switch settings.collector {
          case .copying, .referenceCounting: false
          case .markSweep, .markCompact, .generational: true
          }
        if !wasMarking, [.none, .baker].contains(settings.barrier) {
          changed.barrier = isIncremental ? .dijkstra : .none
        }
      }
    }
    return changed
  }
}

extension Settings {
  /// What is to be overridden for a variant, besides what already is.
  public func overrides(for variant: Variant) -> [(SettingName, String)] {
    let changed = variant.applied(to: self)
    return SettingName.allCases.compactMap { name in
      changed.word(for: name) == word(for: name) || Self.follows.contains(name)
        ? nil : (name, changed.word(for: name))
    }
  }

  /// Settings that follow others where nobody chooses them.
  private static let follows: Set<SettingName> = [.roots, .stacks, .handshake, .trigger]
}

extension Session {
  /// The same schedule under another barrier or collector; the session itself, where that is its own.
  ///
  /// Nil when it cannot be played there.
  public borrowing func replayed(under variant: Variant) -> Session? {
    let settings = variant.applied(to: settings)
    guard settings != self.settings else { return fork() }
    do throws(SessionError) { return try replayed(under: settings) } catch { return nil }
  }
}
