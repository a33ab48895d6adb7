/// The references that a compiled program has on its stack, beside it: one word after the other.
///
/// How programs tell a collector of their roots where no compiler writes stack maps (Henderson, "Accurate
/// garbage collection in an uncooperative environment", ISMM 2002). A handle: copies mean the same
/// stack. One thread pushes and pops; a collector looks while that thread stands still.
@safe @usableFromInline struct ShadowStack: Hashable, @unchecked Sendable {
  /// The number of words, and the words.
  @usableFromInline let base: UnsafeMutablePointer<UInt32>

  /// References it has room for.
  @inlinable static var capacity: Int { 1 << 20 }

  /// - Parameter table: its memory, all zero, which has to last longer.
  init(_ table: borrowing RawTable<UInt32>) {
    precondition(table.count > ShadowStack.capacity, "room for all words and their number")
    unsafe base = table.pointer(to: 0)
  }

  @usableFromInline static func == (left: ShadowStack, right: ShadowStack) -> Bool {
    unsafe left.base == right.base
  }

  @usableFromInline func hash(into hasher: inout Hasher) { unsafe hasher.combine(base) }

  @inlinable @inline(__always)
  var count: Int { Int(unsafe base.pointee) }

  /// What stands at `index`, counted from the bottom; 0 for nil.
  @inlinable subscript(index: Int) -> UInt32 {
    @inline(__always) get {
      assert(index < count, "within the stack")
      return unsafe base[index &+ 1]
    }
    @inline(__always) nonmutating set {
      assert(index < count, "within the stack")
      unsafe base[index &+ 1] = newValue
    }
  }

  /// Puts a word on top; its index.
  @inlinable @inline(__always)
  func push(_ word: UInt32) -> Int {
    let count = count
    precondition(count < ShadowStack.capacity, "a program's stack has an end")
    unsafe base[count &+ 1] = word
    unsafe base.pointee = UInt32(truncatingIfNeeded: count &+ 1)
    return count
  }

  /// Lets go of all words from `index` on.
  @inlinable @inline(__always)
  func pop(to index: Int) { unsafe base.pointee = UInt32(truncatingIfNeeded: index) }
}
