/// A state that actions change, always in the same way.
///
/// `perform` must be deterministic: the same action on an equal state gives an equal state, and an
/// action that once succeeded succeeds again when it is replayed.
public protocol Replayable: ~Copyable {
  associatedtype Action
  associatedtype Failure: Error

  /// - Throws: and the state is unchanged.
  mutating func perform(_ action: Action) throws(Failure)

  /// An equal state of its own; nil when there is no memory for one.
  borrowing func duplicate() -> Self?

  /// About how many bytes a duplicate takes.
  var footprintBytes: Int { get }
}

extension Replayable where Self: ~Copyable {
  /// Nothing worth counting.
  public var footprintBytes: Int { 0 }
}
