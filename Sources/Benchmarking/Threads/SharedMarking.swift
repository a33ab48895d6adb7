import GarbageCollection

/// Marking all of a heap in which nothing is dead, by markers on threads of their own, while the program
/// waits.
enum SharedMarking {
  static func measure(
    _ shape: GraphShape, objectCount: Int, markerCount: Int, roundCount: Int
  ) -> Figure {
    let series = ThreadProgram.run {
      $0.collectOnlyWhenAsked()
      $0.markerCount = markerCount
    } _: { program in
      _ = program.build(shape, objectCount: objectCount)
      program.mutator.collect()
      var series = Series()
      for _ in 0..<roundCount {
        let before = program.machine.markingNanoseconds
        program.mutator.collect()
        let nanoseconds = program.machine.markingNanoseconds - before
        series.add(Double(nanoseconds) / Double(objectCount))
      }
      return series
    }
    return Figure("mark\(markerCount)_ns_obj", series)
  }
}
