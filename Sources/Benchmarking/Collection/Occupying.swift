import GarbageCollection

/// How much memory objects take up, and how much the collector adds to that.
///
/// What the system has given this process, before and after: cells, colours, the tables of pages and
/// spans, and whatever marking once needed.
enum Occupying {
  static func measure(objectCount: Int) -> [Figure] {
    let before = ProcessUsage.residentBytes ?? 0
    var rig = Rig()
    let graph = rig.build(.list, objectCount: objectCount)
    rig.start()
    rig.mark(workUnits: graph.workUnits)
    rig.sweep()
    let bytes = Double((ProcessUsage.residentBytes ?? 0) - before)
    let count = Double(objectCount)
    let own = Double(ownBytes)
    let cell = Double(SizeClass.serving(byteCount: ownBytes)?.cellBytes ?? ownBytes)
    return [
      Figure("bytes_obj", bytes / count),
      Figure("overhead_pct", 100 * (bytes / count / own - 1)),
      Figure("tables_pct", 100 * (bytes / count / cell - 1)),
    ]
  }

  /// Bytes of an object of the usual shape: header, slots, payload.
  private static let ownBytes = ObjectHeader.byteCount + Rig.slotCount * 4 + Rig.payloadBytes
}
