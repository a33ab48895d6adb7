/// Counts in headers, and the lists that go with them.
extension Heap {
  /// The references to the object that are counted; what trial deletion has taken off is missing.
  public func referenceCount(of object: Reference) -> Int { Int(collectorWord(of: object)) }

  /// What trial deletion thinks of the object.
  public func trialColor(of object: Reference) -> TrialColor { flags(of: object).color }

  func isListed(_ object: Reference) -> Bool { flags(of: object).position != nil }

  /// Whether the object stands in the zero-count table, and whether among the candidates, at the
  /// position that its header gives.
  func lists(of object: Reference) -> (zeroCounts: Bool, candidates: Bool) {
    guard let position = flags(of: object).position else { return (false, false) }
    func holds(_ list: [Reference]) -> Bool {
      position < list.count && list[position] == object
    }
    return (holds(counting.zeroCounts), holds(counting.candidates))
  }

  @inline(__always)
  private func flags(of object: Reference) -> CountFlags {
    CountFlags(word: collectorFlags(of: object))
  }

  mutating func setTrialColor(_ color: TrialColor, of object: Reference) {
    var flags = flags(of: object)
    flags.color = color
    setCollectorFlags(flags.word, of: object)
  }

  private mutating func setPosition(_ position: Int?, of object: Reference) {
    var flags = flags(of: object)
    flags.position = position
    setCollectorFlags(flags.word, of: object)
  }
}

// MARK: - Lists

extension Heap {
  /// Puts an object whose count is zero into the zero-count table.
  mutating func listZero(_ object: Reference) {
    setPosition(counting.zeroCounts.count, of: object)
    counting.zeroCounts.append(object)
  }

  /// Has trial deletion look at an object, if it is there at all.
  mutating func listCandidate(_ object: Reference) {
    guard counting.detectsCycles, !isListed(object) else { return }
    setPosition(counting.candidates.count, of: object)
    counting.candidates.append(object)
  }

  /// Takes an object out of the zero-count table; the last one takes its place.
  private mutating func unlistZero(_ object: Reference) {
    guard let position = flags(of: object).position else { return }
    setPosition(nil, of: object)
    let last = counting.zeroCounts.removeLast()
    guard last != object else { return }
    counting.zeroCounts[position] = last
    setPosition(position, of: last)
  }

  private mutating func unlistCandidate(_ object: Reference) {
    guard let position = flags(of: object).position else { return }
    setPosition(nil, of: object)
    let last = counting.candidates.removeLast()
    guard last != object else { return }
    counting.candidates[position] = last
    setPosition(position, of: last)
  }

  /// Takes the object that came last into the zero-count table out of it.
  mutating func takeZero() -> Reference? {
    guard let object = counting.zeroCounts.last else { return nil }
    unlistZero(object)
    return object
  }

  mutating func takeCandidate() -> Reference? {
    guard let object = counting.candidates.last else { return nil }
    unlistCandidate(object)
    return object
  }
}

// MARK: - Counts

extension Heap {
  /// Counts one more reference to the object.
  ///
  /// One that had none so far was in hands that are not counted, and nobody will see them let go of
  /// it: trial deletion has to look at it.
  mutating func increment<O: Observer>(_ object: Reference, observer: inout O) {
    let count = collectorWord(of: object)
    setCollectorWord(count + 1, of: object)
    observer.observe(.counted(object, Int(count) + 1))
    guard count == 0 else { return }
    unlistZero(object)
    listCandidate(object)
  }

  /// Counts one reference less; the last one gone, the object is in the zero-count table.
  mutating func decrement<O: Observer>(_ object: Reference, observer: inout O) {
    let count = collectorWord(of: object)
    precondition(count > 0, "a reference is taken off once")
    setCollectorWord(count - 1, of: object)
    observer.observe(.counted(object, Int(count) - 1))
    if count == 1 {
      unlistCandidate(object)
      setTrialColor(.black, of: object)
      listZero(object)
    } else if counting.detectsCycles, trialColor(of: object) != .purple {
      setTrialColor(.purple, of: object)
      listCandidate(object)
      observer.observe(.suspected(object))
    }
  }

  /// Frees an object that nothing refers to; what it refers to has one reference less.
  ///
  /// Those that are left without any come into the zero-count table. The units of work done.
  mutating func takeApart<O: Observer>(
    _ object: Reference, by mutator: MutatorID = .main, observer: inout O
  ) -> Int {
    let slotCount = slotCount(of: object)
    for slot in 0..<slotCount {
      if let child = load(slot, of: object) { decrement(child, observer: &observer) }
    }
    let route = free(object, by: mutator)
    observer.observe(.freed(object, along: route))
    return slotCount + 1
  }
}
