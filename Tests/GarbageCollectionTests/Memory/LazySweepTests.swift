import TestSupport
import Testing

@testable import GarbageCollection

/// Spans swept when somebody wants their cells.
struct LazySweepTests {
  /// A machine that has just marked: objects `k…` are kept by globals, the others are dead.
  private func marked(
    _ count: Int, keeping period: Int, slots: Int = 1, bytes: Int = 0, limitPages: Int = 64
  ) throws -> Laboratory {
    var lab = try Laboratory {
      $0.sweep = .lazy
      $0.heapLimitBytes = limitPages * Page.bytes
    }
    for number in 0..<count {
      try lab.allocate("o\(number)", slots: slots, bytes: bytes)
      if number.isMultiple(of: period) { try lab.root("g\(number)", "o\(number)") }
    }
    try lab.step(until: .sweeping)
    return lab
  }

  @Test func `nothing is freed until a cache asks for cells`() throws {
    var lab = try marked(600, keeping: 3)
    #expect(lab.observed.machine.heap.count(of: .frees) == 0)
    #expect(lab.observed.machine.heap.count(of: .unsweptSpans) == 2)
    try lab.allocate("new")
    #expect(lab.observed.machine.heap.count(of: .frees) == 59)
    #expect(lab.observed.machine.heap.count(of: .unsweptSpans) == 1)
    #expect(lab.observed.machine.phase == .sweeping)
    #expect(lab.observed.machine.heap.span(of: lab.reference("new"))?.isSwept == true)
    #expect(lab.color("new") == .white)
    #expect(lab.fault == nil)
  }

  @Test func `the route says how many dead cells were found on the way`() throws {
    var lab = try marked(600, keeping: 3)
    try lab.allocate("new")
    let routes = lab.observed.chronicle.events.compactMap { event in
      if case .allocated(_, let route, _) = event { route } else { nil as Route? }
    }
    #expect(routes.map(\.sweptCellCount) == [59])
    #expect(routes.map(\.tier) == [.centralList])
  }

  @Test func `an object of another class leaves the unswept spans alone`() throws {
    var lab = try marked(600, keeping: 3)
    try lab.allocate("new", slots: 100)
    #expect(lab.observed.machine.heap.count(of: .unsweptSpans) == 2)
    #expect(lab.fault == nil)
  }

  @Test func `the steps of the collector sweep what nobody asks for`() throws {
    var lab = try marked(600, keeping: 3)
    try lab.step()
    #expect(lab.observed.machine.heap.count(of: .unsweptSpans) == 1)
    try lab.step()
    #expect(lab.observed.machine.phase == .idle)
    #expect(lab.observed.machine.heap.count(of: .frees) == 400)
    #expect(lab.observed.machine.heap.count(of: .allocations) == 600)
    #expect(lab.labels(.white).count == 200)
    #expect(lab.fault == nil)
  }

  @Test func `the next cycle sweeps what is left before it marks`() throws {
    var lab = try marked(600, keeping: 3)
    try lab.perform(.collect(.start))
    #expect(lab.observed.machine.heap.count(of: .unsweptSpans) == 0)
    #expect(lab.observed.machine.heap.count(of: .frees) == 400)
    try lab.step(until: .sweeping)
    try lab.step(until: .idle)
    #expect(lab.observed.machine.heap.count(of: .frees) == 400)
    #expect(lab.fault == nil)
  }

  @Test func `at the limit, everything dead is freed before the heap is given up as full`() throws {
    var lab = try marked(14, keeping: 14, slots: 0, bytes: Page.bytes - 8, limitPages: 16)
    let dead = lab.observed.machine.heap.count(of: .spans)
    #expect(dead >= 14)
    try lab.allocate("large", slots: 0, bytes: 8 * Page.bytes)
    #expect(lab.observed.machine.heap.count(of: .unsweptSpans) == 0)
    #expect(lab.observed.machine.phase == .idle)
    #expect(lab.fault == nil)
    #expect(throws: MachineError.self) { try lab.allocate("more", slots: 0, bytes: 9 * Page.bytes) }
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `a machine that sweeps lazily loses nothing and frees all that is dead`(_ seed: UInt64)
    throws
  {
    var generator = SeededGenerator(seed: seed)
    var lab = try Laboratory {
      $0.sweep = .lazy
      $0.barrier = .hybrid
      $0.heapLimitBytes = 40 * Page.bytes
    }
    var kept: [Int: Int] = [:]
    for number in 0..<Effort.scaled(500) {
      let global = Int.random(in: 0..<12, using: &generator)
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: try lab.root("g\(global)", nil); kept[global] = nil
      case 1, 2: try lab.step(Int.random(in: 1...4, using: &generator))
      default:
        let slots = Int.random(in: 0...1, using: &generator) * 3
        let bytes = [0, 5, 100, 3000, 40_000].randomElement(using: &generator) ?? 0
        do {
          try lab.allocate("o\(number)", slots: slots, bytes: bytes)
        } catch MachineError.heap {
          try lab.step(until: .idle)
          continue
        }
        try lab.root("g\(global)", "o\(number)")
        kept[global] = number
      }
      if lab.fault != nil { break }
    }
    #expect(lab.fault == nil)
    for number in kept.values.sorted() { #expect(lab.color("o\(number)") != nil) }
    // What floats through one cycle dies in the next.
    if lab.observed.machine.phase != .idle { try lab.step(until: .idle) }
    for _ in 0..<2 {
      try lab.perform(.collect(.start))
      while lab.observed.machine.phase != .idle { try lab.step() }
    }
    let live =
      lab.observed.machine.heap.count(of: .allocations)
      - lab.observed.machine.heap.count(of: .frees)
    #expect((kept.count...kept.count * 2).contains(live), "a neighbour in a block may float along")
  }
}
