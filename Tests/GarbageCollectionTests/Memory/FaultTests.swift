import Glibc
import TestSupport
import Testing

@testable import GarbageCollection

/// What happens when the system refuses: call 0, then call 1, and so on until the work gets through.
struct FaultTests {
  static let extents = [FaultPlan.Extent.once, .forGood]

  @Test(arguments: [AllocatorModelTests.Mix.few, .large], extents)
  func `whichever call fails, the heap stays whole and the work goes on`(
    _ mix: AllocatorModelTests.Mix, _ extent: FaultPlan.Extent
  ) throws {
    var chosen = 0
    while true {
      let plan = FaultPlan(failing: chosen, extent)
      do throws(HeapError) {
        var walk = try HeapWalk(mix, seed: 5, phaseLength: 30, faults: plan)
        walk.run(operationCount: Effort.isLong ? 1500 : 150)
        #expect(walk.model.failures.isEmpty, "call \(chosen) failed \(extent)")
        guard walk.model.failures.isEmpty else { return }
      } catch {
        #expect(error.isRefusal, "call \(chosen): \(error)")
      }
      if plan.callCount <= chosen { break }
      chosen += chosen < 40 || Effort.isLong ? 1 : 7
    }
    #expect(chosen > 20, "only \(chosen) calls")
  }

  @Test(arguments: extents)
  func `whichever call fails, a machine is made, or copied, or neither`(
    _ extent: FaultPlan.Extent
  ) throws {
    var settings = Settings()
    settings.heapLimitBytes = 40 * Page.bytes
    var chosen = 0
    while true {
      let plan = FaultPlan(failing: chosen, extent)
      do throws(HeapError) {
        let machine = try Machine(settings, SystemMemory(faults: plan))
        let digest = machine.digest
        do throws(HeapError) {
          let copy = try machine.copy()
          #expect(copy.digest == digest)
        } catch { #expect(error.isRefusal) }
        #expect(machine.digest == digest)
        #expect(machine.heap.firstAllocatorFault() == nil)
      } catch { #expect(error.isRefusal) }
      if plan.callCount <= chosen { break }
      chosen += 1
    }
    #expect(chosen > 10)
  }

  @Test func `a machine whose request was refused is the machine it was`() throws {
    let plan = FaultPlan(failing: 0, .once)
    var machine = try Machine(Settings())
    let digest = machine.digest
    machine.heap = try Heap(limitBytes: 1 << 20)
    #expect(machine.digest == digest)
    // The first growth is the first call after the heap has been made.
    let counting = FaultPlan(failing: .max)
    machine = try Machine(Settings(), SystemMemory(faults: counting))
    let refusing = FaultPlan(failing: counting.callCount)
    machine = try Machine(Settings(), SystemMemory(faults: refusing))
    var observer = SilentObserver()
    let before = machine.digest
    var refusal: MachineError?
    do throws(MachineError) {
      _ = try machine.allocateObject(slotCount: 1, payloadBytes: 0, by: .main, observer: &observer)
    } catch { refusal = error }
    #expect(
      refusal
        == .heap(.systemRefused(call: "mprotect", byteCount: 16 * Page.bytes, code: ENOMEM)))
    #expect(machine.digest == before)
    #expect(plan.callCount == 0)
    _ = try machine.allocateObject(slotCount: 1, payloadBytes: 0, by: .main, observer: &observer)
    #expect(machine.heap.firstAllocatorFault() == nil)
  }

  @Test(arguments: extents)
  func `whichever call fails, a shared heap stays whole`(_ extent: FaultPlan.Extent) {
    var chosen = 0
    while true {
      let plan = FaultPlan(failing: chosen, extent)
      do throws(HeapError) {
        let heap = try SharedHeap(limitBytes: 1000 * Page.bytes, SystemMemory(faults: plan))
        var refusalCount = 0
        for _ in 0..<3 { refusalCount += sharedWork(on: heap) }
        #expect(heap.firstAllocatorFault() == nil)
        let report = heap.allocatorReport()
        #expect(report.counters[.allocations] == report.counters[.frees])
        #expect(report.classes.allSatisfy { $0.usedCellCount == 0 })
        #expect(extent == .forGood || refusalCount <= 1)
      } catch { #expect(error.isRefusal) }
      if plan.callCount <= chosen { break }
      chosen += 1
    }
    #expect(chosen > 15)
  }

  /// Allocates and frees through one mutator; the requests that were refused.
  private func sharedWork(on heap: SharedHeap) -> Int {
    var refusalCount = 0
    do throws(HeapError) {
      var mutator = try heap.makeMutator()
      var cells: [Reference] = []
      for number in 0..<1500 {
        do throws(HeapError) {
          cells.append(
            try mutator.allocateCell(byteCount: number % 50 == 0 ? 90_000 : 16 + number % 70))
        } catch {
          #expect(error.isRefusal)
          refusalCount += 1
        }
        if number % 7 == 6, let cell = cells.popLast() { mutator.freeCell(cell) }
      }
      for cell in cells { mutator.freeCell(cell) }
    } catch {
      #expect(error.isRefusal)
      refusalCount += 1
    }
    return refusalCount
  }

  @Test func `memory the system does not take back stays, is counted and is used again`() throws {
    let counting = FaultPlan(failing: .max)
    let header = ObjectHeader(slotCount: 0, payloadBytes: 200 * Page.bytes - 8)
    var heap = try Heap(limitBytes: 400 * Page.bytes, SystemMemory(faults: counting))
    _ = try heap.allocate(header, color: .white)
    let plan = FaultPlan(failing: counting.callCount)
    heap = try Heap(limitBytes: 400 * Page.bytes, SystemMemory(faults: plan))
    let (object, _) = try heap.allocate(header, color: .white)
    let route = heap.free(object)
    #expect(route.tier == .pageHeap && route.systemBytes == 0 && route.systemCallCount == 0)
    #expect(heap.allocator.pageHeap[0].refusedReturnCount == 1)
    #expect(heap.allocatorReport().releasedBytes == 0)
    #expect(heap.isUniform(at: object.offset, byteCount: 200 * Page.bytes, Heap.poisonByte) == true)
    #expect(heap.firstAllocatorFault() == nil)
    #expect(try heap.allocate(header, color: .white).object == object)
    #expect(heap.free(object).systemBytes == 200 * Page.bytes)
    #expect(heap.allocator.pageHeap[0].refusedReturnCount == 1)
  }

  @Test(.disabled(if: Sanitizer.isPresent, "a sanitizer keeps books of its own"))
  func `what could not be made leaves no memory behind`() async {
    await #expect(processExitsWith: .success) {
      func makeAll() {
        for chosen in 0..<60 {
          for extent in FaultTests.extents {
            let system = SystemMemory(faults: FaultPlan(failing: chosen, extent))
            do throws(HeapError) {
              // Large enough for tables that are mapped.
              var heap = try Heap(limitBytes: 1 << 26, system)
              try heap.openCache(of: MutatorID(1))
              for _ in 0..<1100 {
                _ = try heap.allocate(ObjectHeader(slotCount: 2, payloadBytes: 0), color: .white)
              }
              _ = try heap.copy()
              _ = try SharedHeap(limitBytes: 1 << 26, system).makeMutator()
            } catch { precondition(error.isRefusal) }
          }
        }
      }
      makeAll()
      let before = Footprint.now
      for _ in 0..<6 { makeAll() }
      let after = Footprint.now
      precondition(after.mappingCount <= before.mappingCount + 2, "\(before) became \(after)")
      // A cache that is lost each time would be 3,000 pages.
      precondition(after.residentPages <= before.residentPages + 200, "\(before) became \(after)")
    }
  }
}

/// What this process has of the system's memory.
private struct Footprint {
  let mappingCount: Int
  let residentPages: Int

  /// The lines of `/proc/self/maps`, and the second number of `/proc/self/statm`.
  static var now: Footprint {
    Footprint(
      mappingCount: bytes(of: "/proc/self/maps").count { $0 == UInt8(ascii: "\n") },
      residentPages: bytes(of: "/proc/self/statm").split(separator: UInt8(ascii: " "))[1]
        .reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) })
  }

  private static func bytes(of path: String) -> [UInt8] {
    guard let file = unsafe fopen(path, "r") else { preconditionFailure("this is Linux") }
    defer { unsafe fclose(file) }
    var bytes: [UInt8] = []
    while true {
      let byte = unsafe fgetc(file)
      if byte == EOF { return bytes }
      bytes.append(UInt8(truncatingIfNeeded: byte))
    }
  }
}

extension HeapError {
  fileprivate var isRefusal: Bool {
    switch self {
    case .systemRefused, .outOfMemory: true
    case .limitReached, .impossibleSize: false
    }
  }
}
