import Testing

@testable import GarbageCollection

/// Stores of threads skip their program when it has nothing to do but to write: that must not be seen.
struct StoreDutiesTests {
  /// What a store finds.
  private struct Case {
    var isOldWhite = false
    var isNewWhite = false
    var isStackScanned = false
    var isSourceOldAndNewYoung = false

    static var all: [Case] {
      (0..<16).map { bits in
        Case(
          isOldWhite: bits & 1 != 0, isNewWhite: bits & 2 != 0, isStackScanned: bits & 4 != 0,
          isSourceOldAndNewYoung: bits & 8 != 0)
      }
    }
  }

  private struct Effects: Equatable {
    var shadesOld = false
    var shadesNew = false
    var remembers = false
    var writes = 0
  }

  /// What the program does, read instruction by instruction; nil where it has others than those here.
  private func run(_ program: [BarrierProgram.Instruction], _ found: Case) -> Effects? {
    var effects = Effects()
    var isSkipping = false
    for instruction in program {
      if isSkipping {
        isSkipping = false
        continue
      }
      switch instruction {
      case .readOld: break
      case .write: effects.writes += 1
      case .shadeOld: effects.shadesOld = effects.shadesOld || found.isOldWhite
      case .shadeNew: effects.shadesNew = effects.shadesNew || found.isNewWhite
      case .ifStackIsGrey: isSkipping = found.isStackScanned
      case .ifStackIsBlack: isSkipping = !found.isStackScanned
      case .ifSourceIsOldAndNewIsYoung: isSkipping = !found.isSourceOldAndNewYoung
      case .rememberSlot: effects.remembers = true
      default: return nil
      }
    }
    return effects
  }

  private func hasOnlyToWrite(_ duties: StoreDuties, _ found: Case) -> Bool {
    duties.areNone(
      isStackScanned: found.isStackScanned, isOldWhite: found.isOldWhite,
      isNewWhite: found.isNewWhite, isNewYoung: found.isSourceOldAndNewYoung)
  }

  /// All sequences of up to so many of the instructions.
  private func programs(upTo length: Int) -> [[BarrierProgram.Instruction]] {
    let instructions: [BarrierProgram.Instruction] = [
      .readOld, .shadeOld, .shadeNew, .ifStackIsGrey, .ifStackIsBlack, .write, .rememberSlot,
      .ifSourceIsOldAndNewIsYoung,
    ]
    var all: [[BarrierProgram.Instruction]] = [[]]
    var longest = all
    for _ in 0..<length {
      longest = longest.flatMap { program in instructions.map { program + [$0] } }
      all += longest
    }
    return all
  }

  @Test func `whatever the program, who has nothing but to write only writes`() {
    var skippedCount = 0
    for program in programs(upTo: 5) {
      let duties = StoreDuties(BarrierProgram(.store, program))
      guard duties.areAll else { continue }
      for found in Case.all where hasOnlyToWrite(duties, found) {
        skippedCount += 1
        let effects = run(program, found)
        if effects != Effects(writes: 1) {
          Issue.record("\(program) does \(String(describing: effects)) for \(found)")
        }
      }
    }
    #expect(skippedCount > 1000)
  }

  @Test(arguments: ThreadSettings.barriers, [0, 1 << 20])
  func `the programs of threads run only when they have to`(
    _ barrier: Barrier, _ nurseryBytes: Int
  ) {
    var settings = ThreadSettings()
    settings.barrier = barrier
    settings.nurseryBytes = nurseryBytes
    let program = BarrierPrograms(settings.machine).store
    let duties = StoreDuties(program)
    #expect(duties.areAll)
    for found in Case.all {
      let isQuiet = run(program.instructions, found) == Effects(writes: 1)
      #expect(hasOnlyToWrite(duties, found) == isQuiet)
    }
  }

  @Test(arguments: ThreadSettings.barriers)
  func `a store shades what its program shades`(_ barrier: Barrier) throws {
    for found in Case.all where !found.isSourceOldAndNewYoung {
      var settings = ThreadSettings()
      settings.barrier = barrier
      settings.limitBytes = 1 << 24
      let machine = try ThreadedMachine(settings)
      var mutator = try machine.makeMutator(named: "T")
      let objects = try (0..<3).map { _ in try mutator.allocate(slotCount: 1, payloadBytes: 8) }
      let (source, old, new) = (objects[0], objects[1], objects[2])
      mutator.push(source)
      mutator.store(old, in: 0, of: source)
      let record = mutator.record
      let ground = machine.ground
      let (oldIsWhite, newIsWhite, slot) = mutator.whileMarking {
        if !found.isOldWhite { ground.setColorByte(ColorByte.black, of: old) }
        if !found.isNewWhite { ground.setColorByte(ColorByte.black, of: new) }
        let isScanned = record.isScanned
        record.isScanned = found.isStackScanned
        record.storeByDuty(new.word, in: 0, of: source)
        record.isScanned = isScanned
        return (ground.isWhite(old), ground.isWhite(new), ground.loadSlot(0, of: source))
      }
      let effects = run(BarrierProgram(barrier, atomicity: .whole).instructions, found)
      #expect(slot == new.word)
      #expect(oldIsWhite == (found.isOldWhite && effects?.shadesOld == false))
      #expect(newIsWhite == (found.isNewWhite && effects?.shadesNew == false))
      _ = consume mutator
      machine.close()
    }
  }
}
