import Testing
import TestSupport

@testable import GarbageCollection

/// A machine of a few objects on which all kinds of actions are tried.
private struct Playground: ~Copyable {
  var machine: PackableMachine
  private let actions: [Action]

  init(_ settings: Settings, slots: Int = 2) throws {
    let frame = MachineLayout.Frame(name: "main", variables: ["x", "y"])
    let layout = MachineLayout(
      threads: [
        MachineLayout.Thread(name: "main", positions: [[frame]]),
        MachineLayout.Thread(name: "T2", positions: [[frame]]),
      ],
      globals: ["g"],
      objects: (0..<4).map { MachineLayout.Object(slotCount: slots + $0 / 2 * 8) })
    machine = try PackableMachine(layout, settings)
    var actions: [Action] = [.collect(.start), .collect(.scanRoot(.global(0)))]
    for thread in 0..<2 {
      let mutator = MutatorID(thread)
      actions.append(.collect(.scanRoot(.stack(mutator))))
      actions.append(.mutate(.resume, by: mutator))
      for name in ["x", "y"] {
        let other = Location<Reference>.variable(
          name == "x" ? 1 : 0, frame: 0, of: mutator)
        actions.append(.mutate(.setVariable(name, .null), by: mutator))
        actions.append(.mutate(.setVariable(name, .place(other)), by: mutator))
        actions.append(.mutate(.setVariable(name, .place(.global(0))), by: mutator))
        for slot in 0..<slots {
          actions.append(
            .mutate(.setVariable(name, .slot(slot, of: .place(other))), by: mutator))
          actions.append(
            .mutate(.store(slot: slot, of: .place(other), .place(.global(0))), by: mutator))
          actions.append(.mutate(.store(slot: slot, of: .place(other), .null), by: mutator))
        }
      }
      for cell in machine.cells {
        actions.append(.mutate(.setGlobal("g", .object(cell)), by: mutator))
        actions.append(.mutate(.setVariable("x", .object(cell)), by: mutator))
        actions.append(.collect(.scanObject(cell)))
      }
    }
    self.actions = actions
  }

  /// Does something at random; births and the end of a cycle among it.
  mutating func act(_ random: inout SeededGenerator) {
    let thread = MutatorID(Int.random(in: 0..<2, using: &random))
    switch Int.random(in: 0..<20, using: &random) {
    case 0:
      let label = Int.random(in: 0..<machine.cells.count, using: &random)
      guard !machine.machine.heap.isObject(machine.cells[label]) else { return }
      machine.offer(label, to: thread)
      let birth = Mutation.allocate(
        label: "A", slotCount: machine.layout.objects[label].slotCount, payloadBytes: 0)
      _ = machine.perform(.mutate(birth, by: thread))
    case 1
    where machine.machine.phase == .marking && machine.machine.worklist.isEmpty
      && machine.machine.partialScan == nil:
      _ = machine.finishCycle { _ in }
    default:
      guard let action = actions.randomElement(using: &random), isSafe(action) else { return }
      _ = machine.perform(action)
    }
  }

  /// A dangling label would be a reference that no program can hold.
  private func isSafe(_ action: Action) -> Bool {
    action.namedObjects.allSatisfy { machine.machine.heap.isObject($0) }
  }
}

struct PackableMachineTests {
  static let settings: [Settings] = {
    var split = Settings()
    split.barrier = .go
    split.atomicity = .storeFirst
    var fine = Settings()
    fine.barrier = .dijkstra
    fine.scan = .slotLast
    var plain = Settings()
    plain.barrier = .yuasa
    plain.birthColor = .grey
    return [plain, split, fine]
  }()

  @Test(arguments: settings.indices, 0..<4 as Range<UInt64>)
  func `a machine can go back to any state it was in, and its heap stays whole`(
    _ settings: Int, _ seed: UInt64
  ) throws {
    var playground = try Playground(PackableMachineTests.settings[settings])
    var random = SeededGenerator(seed: seed)
    var past: [(state: LargeState, snapshot: Snapshot)] = []
    for _ in 0..<300 {
      playground.act(&random)
      #expect(playground.machine.machine.heap.firstAllocatorFault() == nil)
      let state: LargeState = playground.machine.pack()
      past.append((state, playground.machine.machine.snapshot.canonical))
      let (former, snapshot) = past.randomElement(using: &random) ?? past[0]
      _ = playground.machine.place(former)
      #expect(playground.machine.machine.heap.firstAllocatorFault() == nil)
      #expect(playground.machine.machine.snapshot.canonical == snapshot)
      #expect(playground.machine.pack() == former)
      playground.act(&random)
      let _: LargeState = playground.machine.pack()
      playground.machine.goBack()
      #expect(playground.machine.machine.snapshot.canonical == snapshot)
      #expect(playground.machine.machine.heap.firstAllocatorFault() == nil)
      _ = playground.machine.place(state)
    }
    #expect(Set(past.map(\.state)).count > 12)
  }
}

extension Snapshot {
  /// Without what a packed state does not know: the order of the worklist, and between cycles what the
  /// last one has scanned.
  fileprivate var canonical: Snapshot {
    var result = self
    result.worklist.sort()
    guard phase == .idle else { return result }
    for index in stacks.indices { result.stacks[index].isScanned = false }
    for index in globals.indices { result.globals[index].isScanned = false }
    return result
  }
}
