public import GarbageCollection

/// Nobody listens, but references are checked before they are followed.
///
/// For machines that may have lost an object: with a silent observer marking would follow a dangling
/// pointer wherever it leads.
public struct CheckingObserver: Observer {
  public static var checksReferences: Bool { true }

  public init() {}

  public mutating func observe(_ event: Event<Reference>) {}
}
