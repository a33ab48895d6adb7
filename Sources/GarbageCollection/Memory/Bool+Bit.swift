extension Bool {
  /// 1 for true, 0 for false, by arithmetic alone.
  ///
  /// Of `isSo ? 1 : 0` a compiler may make a branch, which costs dozens of instructions wherever no processor
  /// can foresee the answer.
  @inline(__always)
  var bit: Int { Int(truncatingIfNeeded: unsafe unsafeBitCast(self, to: UInt8.self)) }
}
