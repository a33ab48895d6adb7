import GarbageCollection
import TestSupport
import Testing

struct BarrierProgramTests {
  @Test func `the programs read as in the books`() {
    #expect(
      BarrierProgram(.hybrid, atomicity: .whole).lines == [
        "store(slot, new):", "  shade(*slot)", "  if the current stack is grey:", "    shade(new)",
        "  *slot = new",
      ])
    #expect(
      BarrierProgram(.dijkstraConditional, atomicity: .whole).lines == [
        "store(slot, new):", "  *slot = new", "  if the source is black:", "    shade(new)",
      ])
    #expect(
      BarrierProgram(.yuasaConditional, atomicity: .readFirst).lines == [
        "store(slot, new):", "  old = *slot", "  -- other threads may run --",
        "  if the source is not black:", "    shade(old)", "  -- other threads may run --",
        "  *slot = new",
      ])
    #expect(
      BarrierProgram(.go, atomicity: .storeFirst).lines == [
        "store(slot, new):", "  old = *slot", "  *slot = new", "  -- other threads may run --",
        "  shade(old)", "  shade(new)",
      ])
    #expect(
      BarrierProgram(.dijkstra, atomicity: .shadeFirst).lines == [
        "store(slot, new):", "  shade(new)", "  -- other threads may run --", "  *slot = new",
      ])
    #expect(
      BarrierProgram(.none, atomicity: .whole).lines == ["store(slot, new):", "  *slot = new"])
  }

  @Test func `the programs of retreats, dirty objects and mistakes read as in the books`() {
    #expect(
      BarrierProgram(.steele, atomicity: .whole).lines == [
        "store(slot, new):", "  *slot = new", "  if the source is black and new is white:",
        "    revert(source)",
      ])
    #expect(
      BarrierProgram(.boehmDirty, atomicity: .shadeFirst).lines == [
        "store(slot, new):", "  if the source is black:", "    revert(source), to be scanned last",
        "  -- other threads may run --", "  *slot = new",
      ])
    #expect(
      BarrierProgram(.hybridInverted, atomicity: .whole).lines == [
        "store(slot, new):", "  shade(*slot)", "  if the current stack is black:",
        "    shade(new)", "  *slot = new",
      ])
    #expect(
      BarrierProgram(.dijkstraEarly, atomicity: .whole).lines == [
        "store(slot, new):", "  shade(new)", "  -- other threads may run --", "  *slot = new",
      ])
  }

  @Test func `loads have programs too`() {
    #expect(BarrierProgram(loadThrough: .go).lines == ["load(slot):", "  value = *slot"])
    #expect(
      BarrierProgram(loadThrough: .baker).lines == [
        "load(slot):", "  value = *slot", "  if the source is grey:", "    shade(value)",
      ])
    #expect(
      BarrierProgram(loadThrough: .appel).lines == [
        "load(slot):", "  if the source is grey:", "    scan(source)", "  value = *slot",
      ])
  }

  @Test func `moves, copies, sends and early flags have programs of their own`() {
    func lines(_ access: BarrierProgram.Access, _ change: (inout Settings) -> Void) -> [String] {
      var settings = Settings()
      settings.barrier = .hybrid
      change(&settings)
      return BarrierProgram(access, settings).lines
    }
    #expect(
      lines(.move) { _ in } == ["move(variable, new):", "  shade(*variable)", "  *variable = new"])
    #expect(
      lines(.move) { $0.barrier = .dijkstra } == ["move(variable, new):", "  *variable = new"])
    #expect(lines(.copy) { $0.atomicity = .readFirst }.last == "  *slot = new")
    #expect(lines(.copy) { $0.barrier = .dijkstraEarly }.count == 3)
    #expect(
      lines(.send) { _ in } == [
        "send(variable, new):", "  if the current stack is grey:", "    shade(new)",
        "  *variable = new",
      ])
    #expect(lines(.send) { $0.send = .bare }.count == 2)
    #expect(
      lines(.store) {
        $0.barrier = .dijkstra
        $0.flagCheck = .early
      } == [
        "store(slot, new):", "  on = is marking on?", "  -- other threads may run --",
        "  if not on: *slot = new, return", "  shade(new)", "  *slot = new",
      ])
  }

  @Test(arguments: Barrier.allCases, Atomicity.allCases)
  func `every program writes once and only splits yield`(
    _ barrier: Barrier, _ atomicity: Atomicity
  ) {
    let program = BarrierProgram(barrier, atomicity: atomicity)
    #expect(program.lines.count == program.instructions.count + 1)
    #expect(program.instructions.count { $0 == .write } == 1)
    let yields = program.instructions.count { $0 == .yield }
    switch atomicity {
    case _ where barrier == .dijkstraEarly: #expect(yields == 1)
    case .whole: #expect(yields == 0)
    case .shadeFirst, .storeFirst: #expect(yields == 1)
    case .readFirst: #expect(yields == 2)
    }
  }

  static let variants = [
    Setup("plain") { _ in }, Setup("stack barrier") { $0.stackBarrier = true },
    Setup("new-nil") { $0.elision = .newNil }, Setup("old-nil") { $0.elision = .oldNil },
    Setup("no handshake") { $0.chosenHandshake = false },
  ]

  @Test(arguments: Barrier.allCases, Atomicity.allCases)
  func `what runs is what the text says`(_ barrier: Barrier, _ atomicity: Atomicity) throws {
    var lineCount = 0
    for (variant, seed) in Self.variants.flatMap({ variant in (1...4).map { (variant, $0) } }) {
      var settings = variant.settings
      settings.barrier = barrier
      settings.atomicity = atomicity
      var observed = try ObservedMachine(settings)
      try observed.perform(.mutate(.pushFrame("f0")))
      var program = RandomProgram(seed: UInt64(seed))
      var reader = TextInterpreter(settings)
      for _ in 0..<Effort.scaled(80) {
        let action = program.next(for: observed)
        let predicted = reader.predict(action, on: observed)
        try observed.perform(action)
        guard case .mutate = action else { continue }
        let happened = observed.chronicle.events.filter(\.isPartOfAnAccess)
        #expect(happened == predicted, "\(variant), seed \(seed): \(action)")
        lineCount += happened.count
      }
    }
    #expect(lineCount > 100)
  }
}
