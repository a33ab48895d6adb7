import GarbageCollection

/// Words for objects that move, and for what goes with that.
extension EventTeller {
  mutating func tellMoving(
    _ event: Event<ObjectID>, _ observed: borrowing ObservedMachine
  ) {
    switch event {
    case .assignedPlace(let id, let place):
      let label = observed.label(of: id)
      sentences.append(
        place == observed.chronicle[id].reference
          ? "\(label) will stay where it is." : "\(label) will move to \(place.addressWord).")
    case .redirected(let place, let id, let target):
      let name = observed.name(of: place)
      let object = observed.label(of: id)
      guard !observed.machine.settings.collector.copies else {
        return tellForwarded(id, in: place, observed)
      }
      redirected.append("\(name) now means \(target.addressWord), where \(object) is to stand")
    case .updatedRoot(let root):
      let name = observed.name(of: root)
      sentences.append(updating(name.prefix(1).uppercased() + name.dropFirst()))
    case .updatedSlots(let id):
      let label = observed.label(of: id)
      sentences.append(updating(label))
    case .moved(let id, let from, let to, let words):
      let verb = observed.machine.settings.collector.copies ? "is copied" : "moves"
      tellCopy(
        "\(observed.label(of: id)) \(verb) from \(from.addressWord) to \(to.addressWord):"
          + " \(words) words.")
    case .reclaimed(let id): sentences.append(reclaiming(id, observed))
    case .promoted(let id):
      tellCopy("\(observed.label(of: id)) is promoted: old from now on.")
    case .remembered(let place):
      tellCopy(
        "\(observed.name(of: place)) is remembered: an old object refers to a young one there.")
    default: break
    }
  }

  /// After the scan that comes upon it, if there is one.
  private mutating func tellCopy(_ sentence: String) {
    if openScan == nil { sentences.append(sentence) } else { copies.append(sentence) }
  }

  /// A place that is set to a copy made before.
  private mutating func tellForwarded(
    _ id: ObjectID, in place: Location<ObjectID>, _ observed: borrowing ObservedMachine
  ) {
    let isNew = observed.chronicle.events.contains { event in
      if case .moved(id, _, _, _) = event { true } else { false }
    }
    guard !isNew else { return }
    tellCopy("\(observed.name(of: place)) is set to the copy of \(observed.label(of: id)).")
  }

  /// What has been set to new places in a root or an object.
  private mutating func updating(_ owner: String) -> String {
    defer { redirected = [] }
    return redirected.isEmpty
      ? "\(owner) holds no reference to set." : redirected.joined(separator: "; ") + "."
  }

  private func reclaiming(
    _ id: ObjectID, _ observed: borrowing ObservedMachine
  ) -> String {
    let label = observed.label(of: id)
    guard observed.chronicle[id].death?.wasReachable == true else {
      return "\(label) is dead: nothing reaches it, and its place is given up."
    }
    return "\(label) is given up, which the program still reaches: \(label) is LOST."
  }
}

extension CollectorKind {
  /// Whether objects are copied from space to space.
  fileprivate var copies: Bool { self == .copying || self == .generational }
}

extension Reference {
  /// The address as people read it: the distance from the arena's base.
  var addressWord: String { "+0x" + String(offset, radix: 16) }
}
