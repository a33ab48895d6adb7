import GarbageCollection
import Testing

@testable import Benchmarking

struct ThreadProgramTests {
  @Test(arguments: ThreadedCollection.allCases)
  func `binary trees are whole, however they are collected`(_ collection: ThreadedCollection) {
    let count = ThreadProgram.run {
      $0.collection = collection
      $0.minimumBytes = 1 << 14
    } _: { program in
      program.growBinaryTrees(depth: 6)
    }
    // 2^8 - 1 at first, 2^6 of depth 4, 2^4 of depth 6, and the one that stays.
    #expect(count == 255 + 64 * 31 + 16 * 127 + 127)
  }

  @Test(arguments: ThreadSettings.barriers)
  func `marking is held while stores are measured`(_ barrier: Barrier) {
    ThreadProgram.run {
      $0.collectOnlyWhenAsked()
      $0.barrier = barrier
    } _: { program in
      let array = program.fillNumberedArray(objectCount: 8)
      for _ in 0..<2 {
        let before = program.machine.report().cycleCount
        var random = XorShift()
        program.mutator.whileMarking {
          #expect(program.machine.report().cycleCount == before)
          program.storeAtRandom(100, array, 8, &random)
        }
        #expect(program.machine.report().cycleCount > before)
      }
      #expect(program.machine.markingNanoseconds > 0)
    }
  }

  @Test func `an object carries its number after its slots`() {
    ThreadProgram.run { _ in
    } _: { program in
      let object = program.allocate(numbered: 7)
      program.store(object, in: 3, of: object)
      #expect(program.mutator.loadPayload(0, after: 4, of: object) == 7)
      #expect(program.mutator.loadPayload(1, after: 4, of: object) == ~7)
      #expect(program.mutator.load(3, of: object) == object)
    }
  }
}
