/// What the collector knows of an object; the three colours of Dijkstra et al., CACM 21(11), 1978.
///
/// `ColorByte` is how the colour table keeps it.
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

/// A colour as the colour table keeps it: 0 where nothing stands.
///
/// Grey has two forms, which look alike everywhere but on worklists: an object that waits, and one that
/// a marker has taken to scan it next. So whoever takes all grey objects of a page takes none twice.
@usableFromInline enum ColorByte {
  @inlinable static var white: UInt8 { 1 }
  static var waiting: UInt8 { 2 }
  static var black: UInt8 { 3 }
  static var taken: UInt8 { 10 }
}

extension Color {
  @inline(__always)
  var byte: UInt8 { rawValue &+ 1 }

  /// - Parameter byte: of the colour table; white, too, where nothing stands.
  @inline(__always)
  init(byte: UInt8) {
    switch byte & 3 {
    case 2: self = .grey
    case 3: self = .black
    default: self = .white
    }
  }
}
