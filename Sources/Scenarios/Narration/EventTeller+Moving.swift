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
      redirected.append("\(name) now means \(target.addressWord), where \(object) is to stand")
    case .updatedRoot(let root):
      let name = observed.name(of: root)
      sentences.append(updating(name.prefix(1).uppercased() + name.dropFirst()))
    case .updatedSlots(let id):
      let label = observed.label(of: id)
      sentences.append(updating(label))
    case .moved(let id, let from, let to, let words):
      sentences.append(
        "\(observed.label(of: id)) moves from \(from.addressWord) to \(to.addressWord):"
          + " \(words) words.")
    case .reclaimed(let id): sentences.append(reclaiming(id, observed))
    case .promoted(let id):
      sentences.append("\(observed.label(of: id)) is old from now on.")
    case .remembered(let place):
      sentences.append("\(observed.name(of: place)) is remembered: it may refer to a young object.")
    default: break
    }
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

extension Reference {
  /// The address as people read it: the distance from the arena's base.
  var addressWord: String { "+0x" + String(offset, radix: 16) }
}
