/// The collectors there are.
public enum CollectorKind: String, Hashable, Sendable, CaseIterable {
  /// Marks what can be reached, then frees the rest cell by cell. McCarthy, CACM 3(4), 1960.
  case markSweep = "mark-sweep"
  /// Marks what can be reached, then slides it together. Lisp-2; Jonkers, IPL 9(1), 1979, compares.
  case markCompact = "mark-compact"
  /// Copies what can be reached into the other half of memory. Cheney, CACM 13(11), 1970; while the
  /// program runs, Baker, CACM 21(4), 1978.
  case copying
  /// Counts the references to every object. Collins, CACM 3(12), 1960.
  case referenceCounting = "reference-counting"
  /// Copies survivors out of a nursery, and marks and sweeps the old. Lieberman and Hewitt, CACM 26(6),
  /// 1983; Ungar, SDE 1984.
  case generational
}

extension CollectorKind {
  /// Those that `set collector` takes.
  public static var chosable: [CollectorKind] {
    allCases.filter { SettingName.collector.choices.contains($0.rawValue) }
  }

  /// What it needs of the objects.
  var layout: HeapLayout {
    switch self {
    case .markSweep: HeapLayout()
    case .markCompact:
      HeapLayout(hasCollectorWords: true, sharesTinyCells: false, fillsGranules: true)
    case .referenceCounting: HeapLayout(hasCollectorWords: true, sharesTinyCells: false)
    case .copying, .generational: HeapLayout(sharesTinyCells: false)
    }
  }

  /// Whether it has spaces from the start.
  var opensSpaces: Bool {
    switch self {
    case .markSweep, .markCompact, .referenceCounting: false
    case .copying, .generational: true
    }
  }

  /// Whether an object may stand at another address after a collection.
  public var movesObjects: Bool {
    switch self {
    case .markSweep, .referenceCounting: false
    case .markCompact, .copying, .generational: true
    }
  }
}
