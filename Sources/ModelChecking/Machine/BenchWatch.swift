import GarbageCollection

/// Follows the objects of a bench through what happens to them.
struct BenchWatch: Observer {
  /// Or a space that is given up as a whole would not say who stood there.
  static var isInterested: Bool { true }
  /// A collector without its barrier may meet references to objects that are gone.
  static var checksReferences: Bool { true }

  /// Where each label's object stands; nil for those that do not exist.
  var references: [Reference?]
  /// The objects that have died since the turn began, and where.
  var dead: [(label: ObjectLabel, reference: Reference)] = []

  mutating func observe(_ event: Event<Reference>) {
    switch event {
    case .moved(let object, _, let target, _):
      if let index = references.firstIndex(of: object) { references[index] = target }
    case .freed(let object, _), .reclaimed(let object):
      guard let index = references.firstIndex(of: object) else { break }
      dead.append((ObjectLabel(index), object))
      references[index] = nil
    default: break
    }
  }
}
