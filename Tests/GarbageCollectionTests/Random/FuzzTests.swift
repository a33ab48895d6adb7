import TestSupport
import Testing

@testable import GarbageCollection

/// Somebody who may do everything a person at the screen may: name objects dead or alive, out of
/// nowhere, read and write through dangling pointers, order impossible scans.
private struct Vandal {
  var generator: SeededGenerator

  mutating func next(for observed: borrowing ObservedMachine) -> Action {
    switch Int.random(in: 0..<12, using: &generator) {
    case 0...3: return .collect(.step)
    case 4: return .collect(collection(observed))
    default: return .mutate(mutation(observed))
    }
  }

  private mutating func collection(_ observed: borrowing ObservedMachine) -> Collection {
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: .start
    case 1: .scanRoot(.stack(.main))
    case 2 where !observed.machine.roots.globals.isEmpty:
      .scanRoot(.global(index(below: observed.machine.roots.globals.count)))
    default: anyObject(observed).map { .scanObject($0) } ?? .step
    }
  }

  private mutating func mutation(_ observed: borrowing ObservedMachine) -> Mutation {
    switch Int.random(in: 0..<16, using: &generator) {
    case 0: return .pushFrame("f")
    case 1: return .popFrame
    case 2...4:
      let sizes = [(0, 0), (1, 0), (2, 8), (9, 100), (60, 0), (100, 3000), (9000, 5)]
      let (slots, bytes) = pick(sizes)
      return .allocate(
        label: pick(["a", "b", "c", "o\(observed.chronicle.records.count)"]), slotCount: slots,
        payloadBytes: bytes)
    case 5...7: return .setGlobal(pick(["g", "h", "i"]), operand(observed))
    case 8...10: return .setVariable(pick(["x", "y"]), operand(observed))
    case 11: return .resume
    default:
      guard let base = base(observed) else { return .resume }
      return .store(slot: slot(), of: base, operand(observed))
    }
  }

  private mutating func operand(_ observed: borrowing ObservedMachine) -> Operand {
    switch Int.random(in: 0..<5, using: &generator) {
    case 0: return .null
    case 1: return anyObject(observed).map { .object($0) } ?? .null
    case 2: return base(observed).map { .slot(slot(), of: $0) } ?? .null
    default: return anyPlace(observed).map { .place($0) } ?? .null
    }
  }

  private mutating func base(_ observed: borrowing ObservedMachine) -> Base? {
    if Int.random(in: 0..<3, using: &generator) == 0 {
      return anyObject(observed).map { .object($0) }
    }
    return anyPlace(observed).map { .place($0) }
  }

  /// Any object there ever was.
  private mutating func anyObject(_ observed: borrowing ObservedMachine) -> Reference? {
    let count = observed.chronicle.records.count
    guard count > 0 else { return nil }
    let index = max(0, count - 1 - index(below: min(count, 40)))
    return observed.chronicle[ObjectID(index)].reference
  }

  private mutating func anyPlace(_ observed: borrowing ObservedMachine) -> Location<Reference>? {
    var places: [Location<Reference>] = []
    observed.machine.roots.forEachPlace { place, _ in places.append(place) }
    if let object = anyObject(observed) { places.append(.slot(slot(), of: object)) }
    return places.isEmpty ? nil : pick(places)
  }

  private mutating func slot() -> Int { pick([-1, 0, 0, 0, 1, 1, 2, 3, 8, 59, 99, 5000, .max]) }

  private mutating func index(below count: Int) -> Int {
    Int.random(in: 0..<count, using: &generator)
  }

  private mutating func pick<Choice>(_ choices: [Choice]) -> Choice {
    choices[index(below: choices.count)]
  }
}

struct FuzzTests {
  static let setups = [
    Setup("none") { _ in },
    Setup("none, slot-last, store-first, no handshake") {
      $0.scan = .slotLast
      $0.atomicity = .storeFirst
      $0.chosenHandshake = false
    },
    Setup("go, slot-first, read-first, no handshake, white births") {
      $0.barrier = .go
      $0.scan = .slotFirst
      $0.atomicity = .readFirst
      $0.chosenHandshake = false
      $0.birthColor = .white
    },
    Setup("yuasa-conditional, store-first, grey births, stack barrier") {
      $0.barrier = .yuasaConditional
      $0.atomicity = .storeFirst
      $0.birthColor = .grey
      $0.stackBarrier = true
    },
    Setup("dijkstra-conditional, shade-first, fifo, rescan, no handshake") {
      $0.barrier = .dijkstraConditional
      $0.atomicity = .shadeFirst
      $0.worklistOrder = .firstInFirstOut
      $0.chosenHandshake = false
    },
    Setup("hybrid, stop-the-world, strict") {
      $0.barrier = .hybrid
      $0.schedule = .stopTheWorld
      $0.isStrict = true
    },
  ]

  @Test(arguments: setups)
  func `nothing anybody can ask for traps or harms the allocator`(_ setup: Setup) throws {
    var actionCount = 0
    var refusalCount = 0
    var misuseCount = 0
    var seed: UInt64 = 0
    while actionCount < Effort.scaled(8400) {
      seed += 1
      var observed = try ObservedMachine(setup.settings)
      var vandal = Vandal(generator: SeededGenerator(seed: seed))
      for number in 0..<300 {
        let action = vandal.next(for: observed)
        let digest = number.isMultiple(of: 8) ? observed.digest : nil
        do throws(MachineError) {
          try observed.perform(action)
          misuseCount += observed.chronicle.events.count {
            if case .usedDangling = $0 { true } else { false }
          }
        } catch {
          refusalCount += 1
          #expect(!error.description.isEmpty)
          if let digest { #expect(observed.digest == digest, "seed \(seed): \(action)") }
        }
        actionCount += 1
        if number.isMultiple(of: 4) {
          #expect(observed.machine.heap.firstAllocatorFault() == nil, "seed \(seed): \(action)")
          #expect(observed.hasSoundHeaders == true, "seed \(seed): \(action)")
        }
        if number.isMultiple(of: 16) { look(at: observed) }
      }
    }
    #expect(refusalCount > actionCount / 50)
    #expect(misuseCount > 0 || setup.settings.isStrict)
  }

  /// Everything a screen asks of a machine, whatever state it is in.
  private func look(at observed: borrowing ObservedMachine) {
    let judgement = observed.judgement
    for id in observed.chronicle.ids.suffix(12) {
      _ = observed.fate(of: id, judgement)
      _ = observed.slots(of: id)
      _ = observed.machine.heap.cellContents(at: observed.chronicle[id].reference)
      _ = observed.chronicle.oracle.pathFromRoot(
        to: observed.chronicle[id].reference, in: observed.machine)
    }
    for event in observed.chronicle.events {
      if case .wrote(let place, _, _) = event { #expect(!observed.name(of: place).isEmpty) }
    }
    _ = observed.machine.snapshot
  }
}

extension ObservedMachine {
  /// Whether every object has the shape it was born with.
  fileprivate var hasSoundHeaders: Bool {
    chronicle.ids.allSatisfy { id in
      let record = chronicle[id]
      guard record.death == nil else { return true }
      let header = machine.heap.header(of: record.reference)
      return header.slotCount == record.slotCount && header.payloadBytes == record.payloadBytes
    }
  }
}
