/// Someone who is told what happens.
///
/// The only difference between the visible and the fast path: code is generic over its observer and
/// specialised, so telling `SilentObserver` costs nothing.
public protocol Observer {
  /// Whether anybody listens, so that events are worth working out.
  static var isInterested: Bool { get }

  /// Whether references are checked before they are followed, which no fast run can afford.
  static var checksReferences: Bool { get }

  mutating func observe(_ event: Event<Reference>)
}

extension Observer {
  public static var isInterested: Bool {
    @inline(__always) get { true }
  }
}

/// Nobody listens; nothing is checked.
public struct SilentObserver: Observer {
  public static var isInterested: Bool {
    @inline(__always) get { false }
  }

  public static var checksReferences: Bool {
    @inline(__always) get { false }
  }

  public init() {}

  @inline(__always)
  public mutating func observe(_ event: Event<Reference>) {}
}

/// Nobody listens, but references are checked: for machines under barriers that may lose objects.
public struct CautiousObserver: Observer {
  public static var isInterested: Bool {
    @inline(__always) get { false }
  }

  public static var checksReferences: Bool {
    @inline(__always) get { true }
  }

  public init() {}

  @inline(__always)
  public mutating func observe(_ event: Event<Reference>) {}
}
