import GarbageCollection
import TestSupport
import Testing

/// What each barrier keeps alive for one cycle too long, on the four scripts of the catalogue.
struct PrecisionTests {
  static let barriers: [Barrier] = [
    .none, .dijkstra, .dijkstraConditional, .steele, .boehm, .boehmDirty, .luaForward, .luaBack,
    .yuasa, .hybrid,
  ]

  /// x holds A; A.0 = B; z holds P; P.0 = W.
  private func heap(_ barrier: Barrier) throws -> Laboratory {
    var lab = try Laboratory { $0.barrier = barrier }
    for label in ["A", "B", "P", "W"] { try lab.allocate(label) }
    try lab.mutate(.pushFrame("main"))
    try lab.mutate(.setVariable("x", .object(lab.reference("A"))))
    try lab.mutate(.setVariable("z", .object(lab.reference("P"))))
    try lab.store("A", 0, "B")
    try lab.store("P", 0, "W")
    try lab.startAndScanStack()
    return lab
  }

  private func floating(_ lab: inout Laboratory, _ label: String) throws -> Bool {
    try lab.finish()
    let fate = lab.fate(label)
    try lab.finish()
    #expect(lab.fate(label) == .collected)
    return fate == .garbage
  }

  @Test func `F1 what was reached before it died floats under all`() throws {
    for barrier in Self.barriers {
      var lab = try heap(barrier)
      try lab.scan("A")
      try lab.put("x", 0, nil)
      #expect(try floating(&lab, "B") == true)
    }
  }

  @Test func `F2 what dies ahead of the wavefront floats under deletion barriers`() throws {
    for barrier in Self.barriers {
      var lab = try heap(barrier)
      try lab.put("x", 0, nil)
      #expect(try floating(&lab, "B") == [.yuasa, .hybrid].contains(barrier))
    }
  }

  @Test(arguments: [true, false])
  func `F3 and F4 a pointer stored and cleared again floats its target`(_ isBlack: Bool) throws {
    for barrier in Self.barriers {
      var lab = try heap(barrier)
      if isBlack { try lab.scan("A") }
      try lab.assign("y", "z", 0)
      try lab.put("x", 1, "y")
      try lab.put("x", 1, nil)
      try lab.put("z", 0, nil)
      try lab.assign("y")
      let expected: [Barrier] =
        isBlack
        ? [.dijkstra, .dijkstraConditional, .luaForward, .yuasa, .hybrid]
        : [.dijkstra, .yuasa, .hybrid]
      #expect(try floating(&lab, "W") == expected.contains(barrier))
    }
  }
}
