/// A run of pages where objects stand one behind the other, so that to allocate is to move a pointer.
///
/// ```
/// start            scan             free                          top          end
/// │ objects, scanned │ objects, grey │ nothing                      │ newborns     │
/// ```
/// `scan` and `top` mean something only while objects are copied here; else nothing is grey, and `top`
/// is the end.
public struct Space: Hashable, Sendable {
  public enum Role: String, Hashable, Sendable, CaseIterable {
    /// The whole heap, once it has been compacted.
    case block
    /// Objects are copied out of it, and what stays behind is dead.
    case fromSpace = "from-space"
    /// Objects are born here, and copied here; where old and young are apart, the half that waits
    /// empty for the survivors of the next collection.
    case toSpace = "to-space"
    /// Objects are born here.
    case nursery
    /// Objects that have survived, but not often enough to be promoted.
    case survivors
  }

  public internal(set) var role: Role
  /// Bytes from the arena's base; so are all others.
  public let start: Int
  public let end: Int
  /// Where the next object comes to stand.
  public internal(set) var free: Int
  /// Every object below it has been scanned.
  public internal(set) var scan: Int
  /// Where the lowest of the objects stands that were born at the far end.
  public internal(set) var top: Int

  init(_ role: Role, start: Int, end: Int) {
    self.role = role
    self.start = start
    self.end = end
    free = start
    scan = start
    top = end
  }
}

extension Space {
  public var byteCount: Int { end - start }
  /// Bytes that objects take up, dead ones included.
  public var usedBytes: Int { free - start + end - top }
  public var freeBytes: Int { top - free }

  @inline(__always)
  public func contains(_ object: Reference) -> Bool {
    start <= object.offset && object.offset < end
  }

  /// Whether the object has been copied here and its slots are still to be scanned.
  public func isGrey(_ object: Reference) -> Bool {
    scan <= object.offset && object.offset < free
  }

  /// Makes it a space without objects.
  mutating func reset() {
    free = start
    scan = start
    top = end
  }

  func hash(into digest: inout Digest) {
    digest.mix(role.rawValue)
    for offset in [start, end, free, scan, top] { digest.mix(offset) }
  }
}
