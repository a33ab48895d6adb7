import TestSupport
import Testing

@testable import GarbageCollection

/// Marking in runs: what is not a random graph of small objects.
struct DrainTests {
  /// How the objects of a chain hang together.
  enum Chain: CaseIterable {
    case single, double
    /// Each also refers to an object without references, which nobody else does.
    case leaves
    /// Every tenth is too long for a run.
    case long
    /// Every hundredth, too, is scanned in pieces.
    case large
    /// Two chains that meet in every object.
    case forked
  }

  private static let length = 3000

  /// A machine that is marking, with a chain in its root and as many objects that nobody refers to.
  private func machine(
    _ chain: Chain, _ order: WorklistOrder = .bySpan, fault: SeededFault? = nil
  ) throws -> Machine {
    var settings = Settings()
    settings.faults = FaultSwitch(fault)
    settings.worklistOrder = order
    settings.heapLimitBytes = 1 << 22
    var machine = try Machine(settings)
    var silent = SilentObserver()
    var objects: [Reference] = []
    for index in 0..<DrainTests.length {
      let isLong = (chain == .large || chain == .long) && index % 10 == 9
      let slotCount = !isLong ? 4 : chain == .large && index % 100 == 99 ? 1500 : 40
      objects.append(try machine.allocateObject(slotCount: slotCount, payloadBytes: 0))
      _ = try machine.allocateObject(slotCount: 1, payloadBytes: 0)
    }
    try machine.perform(.mutate(.setGlobal("root", .object(objects[0]))), observer: &silent)
    for (index, object) in objects.enumerated() {
      if index + 1 < objects.count {
        // From its last slot, so that those before are looked at.
        let slot = machine.heap.slotCount(of: object) - 1
        try store(objects[index + 1], in: slot, of: object, &machine)
      }
      switch chain {
      case .single, .long, .large: break
      case .double:
        if index > 0 { try store(objects[index - 1], in: 0, of: object, &machine) }
      case .leaves:
        let leaf = try machine.allocateObject(slotCount: 0, payloadBytes: 24)
        try store(leaf, in: 1, of: object, &machine)
      case .forked:
        if index + 2 < objects.count {
          try store(objects[index + 2], in: 2, of: object, &machine)
        }
      }
    }
    try machine.perform(.collect(.start), observer: &silent)
    while machine.phase == .roots { machine.advance(budget: 1, observer: &silent) }
    return machine
  }

  private func store(
    _ value: Reference, in slot: Int, of object: Reference, _ machine: inout Machine
  ) throws {
    var silent = SilentObserver()
    try machine.perform(
      .mutate(.store(slot: slot, of: .object(object), .object(value))), observer: &silent)
  }

  @Test(arguments: Chain.allCases, [512, 700, 4096, Int.max])
  func `a chain is followed to its end, whatever hangs on it`(
    _ chain: Chain, _ budget: Int
  ) throws {
    var one = try machine(chain, .lastInFirstOut)
    var many = try machine(chain)
    let left = one.survivors(budget: 1)
    #expect(left.count == DrainTests.length * (chain == .leaves ? 2 : 1))
    let others = many.survivors(budget: budget)
    #expect(others == left)
  }

  @Test(arguments: [Chain.single, .forked, .long])
  func `whole objects are scanned in one go, wherever the budget ends`(_ chain: Chain) throws {
    var machine = try machine(chain)
    var silent = SilentObserver()
    var budget = 512
    while machine.phase == .marking {
      machine.advance(budget: budget, observer: &silent)
      #expect(machine.phase != .marking || machine.partialScan == nil)
      budget += 1
    }
    #expect(budget > 512 + 10)
  }

  #if DEBUG
    @Test(
      arguments: Chain.allCases, [SeededFault.greyIsNotListed, .shadeBlackens, .scanSkipsLastSlot])
    func `a seeded fault loses objects`(_ chain: Chain, _ fault: SeededFault) throws {
      var machine = try machine(chain, fault: fault)
      let left = machine.survivors(budget: 4096)
      #expect(left.count < DrainTests.length)
    }
  #endif

  @Test(arguments: Chain.allCases)
  func `who checks references marks the same and does the same work`(_ chain: Chain) throws {
    var careless = try machine(chain, .bySpan)
    var careful = try machine(chain, .bySpan)
    var silent = SilentObserver()
    var cautious = CautiousObserver()
    for _ in 0..<40 where careless.phase == .marking {
      let units = careless.advance(budget: 600, observer: &silent)
      #expect(careful.advance(budget: 600, observer: &cautious) == units)
      #expect(careless.digest == careful.digest)
    }
  }

  @Test func `the granules of a line are found by their byte`() throws {
    let heap = try Heap(limitBytes: 1 << 16)
    let ground = heap.tables
    var generator = SeededGenerator(seed: 7)
    let bytes: [UInt8] = [0, ColorByte.white, ColorByte.waiting, ColorByte.black, ColorByte.taken]
    for page in 1...3 {
      for line in 0..<HeapTables.linesPerPage {
        let start = UInt32(page << 10 + line << 7)
        let line64 = (0..<64).map { _ in bytes.randomElement(using: &generator)! }
        for (number, byte) in line64.enumerated() {
          ground.setColorByte(byte, of: Reference(word: start + UInt32(number) * 2))
        }
        for byte in bytes {
          let expected = line64.enumerated().reduce(UInt64(0)) {
            $0 | ($1.element == byte ? 1 << UInt64($1.offset) : 0)
          }
          #expect(ground.granules(ofColorByte: byte, inLine: line, ofPage: page) == expected)
        }
      }
    }
  }
}
