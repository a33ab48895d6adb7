import GarbageCollection

/// A cache that forgets what has not been used for longest: a hash table whose entries are a list, too.
///
/// ```
/// table ─ bucket ─▶ entry ─chain─▶ entry          by key
/// ends  ─ newest ─▶ entry ◀─newer/older─▶ entry ◀─ oldest      by last use
/// ```
/// Values have many sizes and no references. Keys are drawn so that few are asked for often.
///
/// Variables: 0 is the table, 1 the ends of the list, 2 the value for an entry that is not yet made.
struct CacheWorkload: Workload, ~Copyable {
  private var mutator: ThreadedMutator
  private var random: WorkloadRandom
  private let bucketCount: Int
  private let keyCount: Int
  private let capacity: Int
  private var entryCount = 0

  /// Slots of an entry; its payload is the key.
  private enum Slot {
    static let newer = 0
    static let older = 1
    static let chain = 2
    static let value = 3
    static let count = 4
  }

  /// Slots of the ends.
  private enum End {
    static let newest = 0
    static let oldest = 1
  }

  private static let valueSizes = 16..<240
  /// Bytes of an entry, its value and its bucket, about.
  private static let entryBytes = 184

  init(
    _ mutator: consuming ThreadedMutator, seed: UInt64, liveBytes: Int
  ) throws(ThreadError) {
    self.mutator = mutator
    random = WorkloadRandom(seed: seed)
    capacity = max(16, liveBytes / CacheWorkload.entryBytes)
    keyCount = capacity * 4
    bucketCount = 1 << (Int.bitWidth - (capacity - 1).leadingZeroBitCount)
    self.mutator.push(try self.mutator.allocate(slotCount: bucketCount, payloadBytes: 0))
    self.mutator.push(try self.mutator.allocate(slotCount: 2, payloadBytes: 0))
    while entryCount < capacity { try insert(entryCount) }
  }

  mutating func step() throws(ThreadError) {
    mutator.safepoint()
    // The product of two is small more often than large.
    let key = random.below(random.below(keyCount) + 1)
    if let entry = find(key) {
      unlink(entry)
      linkAsNewest(entry)
      return
    }
    try insert(key)
    if entryCount > capacity { forgetOldest() }
  }
}

// MARK: - The table

extension CacheWorkload {
  private func bucket(of key: Int) -> Int {
    let hash = UInt64(truncatingIfNeeded: key) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: hash &>> 32) & (bucketCount - 1)
  }

  private func key(of entry: Reference) -> Int {
    Int(mutator.payloadWord(0, of: entry, slotCount: Slot.count))
  }

  private func find(_ key: Int) -> Reference? {
    guard let table = mutator[0] else { return nil }
    var next = mutator.load(bucket(of: key), of: table)
    while let entry = next {
      if self.key(of: entry) == key { return entry }
      next = mutator.load(Slot.chain, of: entry)
    }
    return nil
  }

  private mutating func insert(_ key: Int) throws(ThreadError) {
    let sizes = CacheWorkload.valueSizes
    let size = sizes.lowerBound + random.below(sizes.count)
    mutator.push(try mutator.allocate(slotCount: 0, payloadBytes: size))
    let entry = try mutator.allocate(slotCount: Slot.count, payloadBytes: 4)
    mutator.setPayloadWord(
      0, of: entry, slotCount: Slot.count, to: UInt32(truncatingIfNeeded: key))
    mutator.store(mutator[2], in: Slot.value, of: entry)
    mutator.pop(to: 2)
    guard let table = mutator[0] else { return }
    let bucket = bucket(of: key)
    mutator.store(mutator.load(bucket, of: table), in: Slot.chain, of: entry)
    mutator.store(entry, in: bucket, of: table)
    linkAsNewest(entry)
    entryCount += 1
  }

  private mutating func removeFromTable(_ entry: Reference) {
    guard let table = mutator[0] else { return }
    let bucket = bucket(of: key(of: entry))
    let rest = mutator.load(Slot.chain, of: entry)
    guard var before = mutator.load(bucket, of: table) else { return }
    if before == entry { return mutator.store(rest, in: bucket, of: table) }
    while let next = mutator.load(Slot.chain, of: before) {
      if next == entry { return mutator.store(rest, in: Slot.chain, of: before) }
      before = next
    }
  }
}

// MARK: - The list

extension CacheWorkload {
  private func linkAsNewest(_ entry: Reference) {
    guard let ends = mutator[1] else { return }
    let before = mutator.load(End.newest, of: ends)
    mutator.store(nil, in: Slot.newer, of: entry)
    mutator.store(before, in: Slot.older, of: entry)
    if let before {
      mutator.store(entry, in: Slot.newer, of: before)
    } else {
      mutator.store(entry, in: End.oldest, of: ends)
    }
    mutator.store(entry, in: End.newest, of: ends)
  }

  private func unlink(_ entry: Reference) {
    guard let ends = mutator[1] else { return }
    let newer = mutator.load(Slot.newer, of: entry)
    let older = mutator.load(Slot.older, of: entry)
    if let newer {
      mutator.store(older, in: Slot.older, of: newer)
    } else {
      mutator.store(older, in: End.newest, of: ends)
    }
    if let older {
      mutator.store(newer, in: Slot.newer, of: older)
    } else {
      mutator.store(newer, in: End.oldest, of: ends)
    }
  }

  private mutating func forgetOldest() {
    guard let ends = mutator[1], let oldest = mutator.load(End.oldest, of: ends) else { return }
    removeFromTable(oldest)
    unlink(oldest)
    entryCount -= 1
  }
}
