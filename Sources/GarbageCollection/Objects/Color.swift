/// What the collector knows of an object; the three colours of Dijkstra et al., CACM 21(11), 1978.
///
/// The raw value is the byte kept in the colour table.
public enum Color: UInt8, Hashable, Sendable, CaseIterable {
  /// Not reached yet; garbage if it is still white when marking ends.
  case white = 0
  /// Reached, its slots not all scanned yet: on the worklist.
  case grey = 1
  /// Reached and scanned; not visited again in this cycle.
  case black = 2
}

extension Color {
  /// The word of scripts and sentences.
  public var word: String {
    switch self {
    case .white: "white"
    case .grey: "grey"
    case .black: "black"
    }
  }
}
