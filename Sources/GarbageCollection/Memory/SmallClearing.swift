extension UnsafeMutableRawPointer {
  /// Zeroes 8 to 64 bytes, up to a multiple of 8 but at least 16.
  ///
  /// 16 bytes at a time, of which the last may have been zeroed before: not one byte more than a cell has.
  /// A loop would be made a call, which costs more.
  @inlinable @inline(__always)
  func clearSmall(byteCount: Int) {
    unsafe clear16(at: 0)
    if byteCount > 16 { unsafe clear16(at: (byteCount &- 9) & ~7) }
    if byteCount > 32 { unsafe clear16(at: 16) }
    if byteCount > 48 { unsafe clear16(at: 32) }
  }

  @inlinable @inline(__always)
  func clear16(at offset: Int) {
    unsafe storeBytes(of: .zero, toByteOffset: offset, as: SIMD2<UInt64>.self)
  }
}
