import GarbageCollection
public import Scenarios

/// The table of barriers or collectors as JSON lines: one object for each.
public enum ComparisonRecord {
  public static func line(_ outcome: Outcome) -> String {
    JSON.object(
      [
        ("type", .string("outcome")),
        ("barrier", .string(outcome.barrier.rawValue)),
      ] + json(outcome.variant) + [
        ("lost", .array(outcome.lost.map { .string($0) })),
        ("doomed", .array(outcome.doomed.map { .string($0) })),
        (
          "doom",
          outcome.doom.map {
            .object([("step", .int($0.step)), ("final", .bool($0.isFinal))])
          } ?? .null
        ),
        ("strongBroken", json(outcome.strongBreak)),
        ("weakBroken", json(outcome.weakBreak)),
        ("shades", .int(outcome.shadeCount)),
        ("floating", .int(outcome.floatingCount)),
        ("rescans", .int(outcome.rescanCount)),
        ("reads", .int(outcome.scanCount)),
        ("steps", .int(outcome.stepCount)),
        ("cost", json(outcome.cost)),
      ]
    ).text
  }

  private static func json(_ variant: Variant) -> [(String, JSON)] {
    switch variant {
    case .barrier: []
    case .collector(let kind): [("collector", .string(kind.rawValue))]
    }
  }

  private static func json(_ cost: Outcome.Cost) -> JSON {
    .object([
      ("cycles", .int(cost.cycleCount)),
      ("pauses", .int(cost.pauseCount)),
      ("longestPause", .int(cost.longestPause)),
      ("marking", .int(cost.work.marking)),
      ("sweeping", .int(cost.work.sweeping)),
      ("compacting", .int(cost.work.compacting)),
      ("copying", .int(cost.work.copying)),
      ("counting", .int(cost.work.counting)),
      ("assists", .int(cost.work.assists)),
      ("movedWords", .int(cost.work.movedWords)),
      ("spaceBytes", .int(cost.footprint.byteCount)),
      ("holeBytes", .int(cost.footprint.holeBytes)),
      ("liveBytes", .int(cost.liveBytes)),
      ("leaked", .int(cost.leakedCount)),
    ])
  }

  private static func json(_ broken: Outcome.Break?) -> JSON {
    guard let broken else { return .null }
    return .object([("step", .int(broken.step)), ("promised", .bool(broken.isPromised))])
  }
}
