/// Where the objects stand that references mean, at one moment of a run.
///
/// Between collections a reference means what stands at its cell. While objects move, a place may
/// already hold where its object is *going* to stand, or still where it *has* stood; who reads the heap
/// from outside has to know. Worked out from headers and from how far the collector has come.
public struct Whereabouts: Sendable {
  private enum Reading: Sendable {
    case plain
    /// References mean what they say, or where the shell there says that its object has gone.
    case shells
    /// Places that have been updated hold where their objects will stand.
    case updated(below: Int, roots: Set<RootID>)
    /// All references mean new places; objects from `from` on have not moved.
    case allUpdated
  }

  private let reading: Reading
  /// Variables with raw addresses, which nobody sets to new places.
  private let rawPlaces: Set<Location<Reference>>
  /// By the place it will move to: where an object stands now.
  private let standing: [Reference: Reference]

  init(_ machine: borrowing Machine) {
    var standing: [Reference: Reference] = [:]
    switch machine.phase {
    case .updating:
      var roots: Set<RootID> = []
      for number in machine.roots.stacks.indices where machine.roots.stacks[number].isScanned {
        roots.insert(.stack(MutatorID(number)))
      }
      for index in machine.roots.globals.indices where machine.roots.globals[index].isScanned {
        roots.insert(.global(index))
      }
      reading = .updated(below: machine.collector.compaction.offset, roots: roots)
      machine.heap.forEachObject {
        standing[Reference(word: machine.heap.collectorWord(of: $0))] = $0
      }
    case .moving:
      reading = .allUpdated
      machine.heap.forEachObject { object in
        if object.offset >= machine.collector.compaction.offset {
          standing[Reference(word: machine.heap.collectorWord(of: object))] = object
        }
      }
    default: reading = machine.phase.isCopying ? .shells : .plain
    }
    self.standing = standing
    var raw: Set<Location<Reference>> = []
    if case .plain = reading {
    } else {
      machine.roots.forEachPlace { place, _ in
        if machine.roots.isRaw(place) { raw.insert(place) }
      }
    }
    rawPlaces = raw
  }
}

extension Whereabouts {
  /// Where the object stands that a place means by `value`.
  public func object(
    _ value: Reference, in place: Location<Reference>, _ heap: borrowing Heap
  ) -> Reference {
    switch reading {
    case .plain: return value
    case _ where rawPlaces.contains(place): return value
    case .shells: return heap.forwarding(at: value) ?? value
    case .updated(let offset, let roots):
      let isUpdated =
        switch place {
        case .global(let index): roots.contains(.global(index))
        case .variable(_, _, let mutator): roots.contains(.stack(mutator))
        case .slot(_, let owner): owner.offset < offset
        }
      return isUpdated ? standing[value] ?? value : value
    case .allUpdated: return standing[value] ?? value
    }
  }
}

extension Machine {
  /// Whether a place that the collector is done with refers to where an object stood before it was
  /// copied: the program goes on with bytes that nobody else sees.
  func isStale(_ value: Reference, in place: Location<Reference>) -> Bool {
    guard copy(ofShellAt: value) != nil else { return false }
    return switch place {
    case .global, .variable: roots.isScanned(place)
    case .slot(_, let owner): heap.isObject(owner) && heap.color(of: owner) == .black
    }
  }

  /// O(1), or O(objects) while objects are moved by compaction.
  public var whereabouts: Whereabouts { Whereabouts(self) }
}
