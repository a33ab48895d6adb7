import GarbageCollection
public import Scenarios

/// The table of barriers as JSON lines: one object for each barrier.
public enum ComparisonRecord {
  public static func line(_ outcome: Outcome) -> String {
    JSON.object([
      ("type", .string("outcome")),
      ("barrier", .string(outcome.barrier.rawValue)),
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
    ]).text
  }

  private static func json(_ broken: Outcome.Break?) -> JSON {
    guard let broken else { return .null }
    return .object([("step", .int(broken.step)), ("promised", .bool(broken.isPromised))])
  }
}
