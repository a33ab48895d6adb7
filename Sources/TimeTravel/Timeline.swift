/// A run that can be walked in both directions.
///
/// Keeps every action but only some states: `seek` restores the nearest earlier checkpoint and replays
/// from there. Checkpoints stand at multiples of an interval that doubles whenever there would be more
/// than `checkpointLimit` of them or they would take more than `checkpointBytes`, so memory stays
/// bounded and, while states are small, a seek replays at most
/// (length / checkpointLimit) * 2 actions, and never fewer checkpoints than that allows.
public struct Timeline<State: Replayable & ~Copyable>: ~Copyable {
  public private(set) var actions: [State.Action] = []
  /// Actions already applied to `state`; `0...actions.count`.
  public private(set) var position = 0
  public private(set) var state: State

  /// Checkpoint `i` is the state after `i * interval` actions; nil where there was no memory.
  private var checkpoints: [Checkpoint?]
  private var interval: Int
  private let checkpointLimit: Int

  /// Bytes that all checkpoints together may take, about; two are kept whatever they take.
  private static var checkpointBytes: Int { 512 << 20 }

  /// A state that is never changed again, so that timelines may share it.
  private final class Checkpoint {
    let state: State

    init(_ state: consuming State) { self.state = state }
  }

  /// - Precondition: `interval > 0`, `checkpointLimit > 1`.
  public init(_ initial: consuming State, interval: Int = 64, checkpointLimit: Int = 256) {
    precondition(interval > 0 && checkpointLimit > 1, "a timeline needs its first state")
    guard let first = initial.duplicate() else {
      preconditionFailure("no memory for the first state of a run")
    }
    state = initial
    checkpoints = [Checkpoint(first)]
    self.interval = interval
    self.checkpointLimit = checkpointLimit
  }
}

extension Timeline where State: ~Copyable {
  /// Applies `action` here, forgetting whatever was recorded after this position.
  ///
  /// - Throws: what `perform` throws, and nothing has changed, the recorded future included.
  public mutating func record(_ action: State.Action) throws(State.Failure) {
    try state.perform(action)
    forgetFuture()
    actions.append(action)
    position += 1
    keepCheckpoint()
  }

  /// Forgets whatever was recorded after this position.
  public mutating func forgetFuture() {
    guard position < actions.count else { return }
    actions.removeSubrange(position...)
    checkpoints.removeSubrange((position / interval + 1)...)
  }

  /// Walks to the state after `target` actions.
  ///
  /// - Precondition: `target` is in `0...actions.count`.
  public mutating func seek(to target: Int) {
    precondition((0...actions.count).contains(target), "a run has no such position")
    var nearest = target / interval
    while checkpoints[nearest] == nil { nearest -= 1 }
    if !(nearest * interval...target).contains(position), let checkpoint = checkpoints[nearest],
      let restored = checkpoint.state.duplicate()
    {
      state = restored
      position = nearest * interval
    }
    precondition(position <= target, "no memory to go back in time")
    while position < target { replayNext() }
  }

  private mutating func replayNext() {
    do {
      try state.perform(actions[position])
    } catch {
      preconditionFailure("an action that succeeded once failed in replay: \(error)")
    }
    position += 1
  }

  private mutating func keepCheckpoint() {
    guard position.isMultiple(of: interval) else { return }
    let room = Self.checkpointBytes / max(1, state.footprintBytes)
    while checkpoints.count > 1, checkpoints.count >= min(checkpointLimit, max(2, room)) {
      thinOut()
    }
    guard position == checkpoints.count * interval else { return }
    if let copy = state.duplicate() {
      checkpoints.append(Checkpoint(copy))
    } else {
      checkpoints.append(nil)
    }
  }

  /// Drops every other checkpoint.
  private mutating func thinOut() {
    checkpoints = stride(from: 0, to: checkpoints.count, by: 2).map { checkpoints[$0] }
    interval *= 2
  }
}

extension Timeline where State: ~Copyable {
  /// A run of its own with the same past and future, at the same position.
  ///
  /// Checkpoints are shared; only the present is copied. Nil when there is no memory for it.
  public borrowing func fork() -> Timeline? {
    guard let present = state.duplicate() else { return nil }
    return Timeline(copying: self, at: present)
  }

  private init(copying other: borrowing Timeline, at present: consuming State) {
    state = present
    actions = other.actions
    position = other.position
    checkpoints = other.checkpoints
    interval = other.interval
    checkpointLimit = other.checkpointLimit
  }
}
