import GarbageCollection

/// How much memory objects take up, and how much the collector adds to that.
///
/// What the system has given this process, before and after: cells, colours, the tables of pages and
/// spans, and whatever marking once needed.
enum Occupying {
  static func measure(objectCount: Int) -> [Figure] {
    // Code and what belongs to it come into memory when they are first used.
    _ = residentBytes(with: 100)
    let before = ProcessUsage.residentBytes ?? 0
    let bytes = Double(residentBytes(with: objectCount) - before)
    let count = Double(objectCount)
    let own = Double(ownBytes)
    let cell = Double(SizeClass.serving(byteCount: ownBytes)?.cellBytes ?? ownBytes)
    return [
      Figure("bytes_obj", bytes / count),
      Figure("overhead_pct", 100 * (bytes / count / own - 1)),
      Figure("tables_pct", 100 * (bytes / count / cell - 1)),
    ]
  }

  /// Bytes that the process has when so many objects have been through a cycle, and are alive.
  private static func residentBytes(with objectCount: Int) -> Int {
    var rig = Rig()
    let graph = rig.build(.list, objectCount: objectCount)
    rig.start()
    rig.mark(workUnits: graph.workUnits)
    rig.sweep()
    return ProcessUsage.residentBytes ?? 0
  }

  /// Bytes of an object of the usual shape: header, slots, payload.
  private static let ownBytes = ObjectHeader.byteCount + Rig.slotCount * 4 + Rig.payloadBytes
}
