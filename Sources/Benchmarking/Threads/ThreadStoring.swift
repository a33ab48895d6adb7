import GarbageCollection

/// One random object, one random slot, one random target, as a compiled program stores.
///
/// The objects stand in an array of the heap, as in the programs of other languages.
struct ThreadStoring {
  let objectCount: Int
  let storeCount: Int
  let roundCount: Int

  func measure() -> [Figure] {
    let (plain, idle) = seriesWhileIdle()
    return [Figure("plain_ns_store", plain), Figure("idle_ns_store", idle)]
      + ThreadSettings.barriers.map { barrier in
        Figure("marking_\(barrier.rawValue)_ns_store", seriesWhileMarking(barrier))
      }
  }

  private func seriesWhileIdle() -> (plain: Series, idle: Series) {
    ThreadProgram.run {
      $0.collectOnlyWhenAsked()
    } _: { program in
      let array = program.fillNumberedArray(objectCount: objectCount)
      let plain = series { program.storePlainlyAtRandom(storeCount, array, objectCount, &$0) }
      let idle = series { program.storeAtRandom(storeCount, array, objectCount, &$0) }
      return (plain, idle)
    }
  }

  /// Nobody marks meanwhile: what is measured is the barrier and the greying of each object once.
  private func seriesWhileMarking(_ barrier: Barrier) -> Series {
    ThreadProgram.run {
      $0.collectOnlyWhenAsked()
      $0.barrier = barrier
    } _: { program in
      let array = program.fillNumberedArray(objectCount: objectCount)
      return program.mutator.whileMarking {
        series { program.storeAtRandom(storeCount, array, objectCount, &$0) }
      }
    }
  }

  /// - Parameter store: does all stores of a round.
  private func series(_ store: (inout XorShift) -> Void) -> Series {
    var random = XorShift()
    var series = Series()
    for round in 0...roundCount {
      let nanoseconds = Clock.measure { store(&random) }
      // The first round warms up.
      if round > 0 { series.add(nanoseconds / Double(storeCount)) }
    }
    return series
  }
}

extension ThreadProgram {
  /// An array of numbered objects, which stays.
  mutating func fillNumberedArray(objectCount: Int) -> Reference {
    let array = allocate(slotCount: objectCount, payloadBytes: 0)
    mutator.push(array)
    for index in 0..<objectCount {
      mutator.store(allocate(numbered: index), in: index, of: array)
    }
    return array
  }

  @inline(never)
  borrowing func storeAtRandom(
    _ storeCount: Int, _ array: Reference, _ objectCount: Int, _ random: inout XorShift
  ) {
    for _ in 0..<storeCount {
      let number = random.next()
      guard let object = mutator.load(XorShift.scale(number, below: objectCount), of: array)
      else { continue }
      let target = mutator.load(random.next(below: objectCount), of: array)
      mutator.store(target, in: Int(number & 3), of: object)
    }
  }

  /// The same without a barrier, and without asking whether one is needed.
  @inline(never)
  borrowing func storePlainlyAtRandom(
    _ storeCount: Int, _ array: Reference, _ objectCount: Int, _ random: inout XorShift
  ) {
    for _ in 0..<storeCount {
      let number = random.next()
      guard let object = mutator.load(XorShift.scale(number, below: objectCount), of: array)
      else { continue }
      let target = mutator.load(random.next(below: objectCount), of: array)
      mutator.storePlainly(target, in: Int(number & 3), of: object)
    }
  }
}
