/// The places in old objects that may refer to young ones: a collection of the young takes them for
/// roots (Ungar, SDE 1984).
///
/// Slots, not objects, each once, in the order they were remembered. A place stays in the set until
/// the next collection of the young finds that it refers to none any more.
public struct RememberedSet: Sendable {
  public struct Slot: Hashable, Sendable {
    public let number: Int
    public let object: Reference

    public init(number: Int, object: Reference) {
      self.number = number
      self.object = object
    }
  }

  /// What is remembered, in order, but for what this collection has still to look at.
  private(set) var kept: [Slot] = []
  /// What this collection has still to look at, the next one last.
  private(set) var pending: [Slot] = []
  private var members: Set<Slot> = []

  init() {}
}

extension RememberedSet {
  /// All places in order, those first that this collection has still to look at.
  public var slots: [Slot] { pending.reversed() + kept }

  public var count: Int { pending.count + kept.count }

  /// Whether it was not in the set.
  @inline(__always)
  mutating func insert(_ number: Int, of object: Reference) -> Bool {
    let slot = Slot(number: number, object: object)
    guard members.insert(slot).inserted else { return false }
    kept.append(slot)
    return true
  }

  /// Notes places in old objects without asking whether they are noted already.
  ///
  /// For whoever empties the set before anybody looks at it: a place looked at twice costs little.
  mutating func adopt(_ slots: [Slot]) { kept.append(contentsOf: slots) }

  /// Begins a collection of the young: every place has to be looked at, and is forgotten with that.
  mutating func beginScan() {
    pending = slots.reversed()
    kept = []
    members = []
  }

  mutating func takePending() -> Slot? { pending.popLast() }

  /// Forgets the places in objects that `isGone` tells of.
  mutating func forget(where isGone: (Reference) -> Bool) {
    guard count > 0 else { return }
    kept.removeAll { isGone($0.object) }
    pending.removeAll { isGone($0.object) }
    members = Set(kept)
  }

  func hash(into digest: inout Digest) {
    digest.mix(pending.count)
    digest.mix(count)
    for slot in slots {
      digest.mix(slot.number)
      digest.mix(Int(slot.object.word))
    }
  }

  /// A set as it was found, with so many places still to be looked at.
  init(_ slots: [Slot], pendingCount: Int) {
    pending = slots.prefix(pendingCount).reversed()
    kept = Array(slots.dropFirst(pendingCount))
    members = Set(kept)
  }
}
