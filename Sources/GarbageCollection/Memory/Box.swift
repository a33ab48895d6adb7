/// A value with a place of its own, shared by threads that agree among themselves who may touch it when.
///
/// What a class's property is, but that no access is counted: barriers use it at every store.
@safe final class Box<Value: ~Copyable>: @unchecked Sendable {
  private let place: UnsafeMutablePointer<Value>

  init(_ value: consuming Value) {
    unsafe place = .allocate(capacity: 1)
    unsafe place.initialize(to: value)
  }

  deinit {
    unsafe place.deinitialize(count: 1)
    unsafe place.deallocate()
  }

  var value: Value {
    @inline(__always) _read { yield unsafe place.pointee }
    @inline(__always) _modify { yield unsafe &place.pointee }
  }
}
