import GarbageCollection

/// Marking all of a heap in which nothing is dead.
///
/// `mark` and `full` by one machine alone, the latter with the sweep; `mark1` and `mark2` by as many
/// markers on threads of their own, from which on marking is concurrent until it has ended.
enum Marking {
  /// - Parameter comparesOrders: whether marking is tried in every order of the worklist.
  static func measure(
    _ shape: GraphShape, objectCount: Int, roundCount: Int, comparesOrders: Bool
  ) -> [Figure] {
    let (alone, inOrder) = measureAlone(shape, objectCount: objectCount, roundCount: roundCount)
    var figures = alone
    for markerCount in 1...2 {
      figures.append(
        SharedMarking.measure(
          shape, objectCount: objectCount, markerCount: markerCount, roundCount: roundCount))
    }
    guard comparesOrders else { return figures }
    for order in WorklistOrder.allCases {
      let mark =
        order == .bySpan
        ? inOrder
        : measureAlone(
          shape, objectCount: objectCount, roundCount: roundCount, order: order
        ).mark
      figures.append(Figure("mark_\(order.rawValue)_ns_obj", mark))
    }
    return figures
  }

  private static func measureAlone(
    _ shape: GraphShape, objectCount: Int, roundCount: Int, order: WorklistOrder = .bySpan
  ) -> (figures: [Figure], mark: Series) {
    var rig = Rig(order: order)
    let graph = rig.build(shape, objectCount: objectCount)
    rig.start()
    rig.finish()

    var mark = Series()
    var full = Series()
    let clock = ContinuousClock()
    for _ in 0..<roundCount {
      let start = clock.now
      rig.start()
      rig.mark(workUnits: graph.workUnits)
      let marked = clock.now
      rig.sweep()
      mark.add(marked - start, per: objectCount)
      full.add(clock.now - start, per: objectCount)
    }
    return ([Figure("mark_ns_obj", mark), Figure("full_ns_obj", full)], mark)
  }
}
