import GarbageCollection

/// A program under measurement that runs on a thread of a machine of threads.
///
/// As a compiler would translate it: variables that hold references across an allocation stand in the
/// mutator's stack.
struct ThreadProgram: ~Copyable {
  let machine: ThreadedMachine
  var mutator: ThreadedMutator

  /// Bytes of address space; no measurement fills it.
  private static let limitBytes = 2 << 30

  /// Runs `body` on a new machine, which ends with it.
  static func run<Result>(
    _ change: (inout ThreadSettings) -> Void, _ body: (inout ThreadProgram) -> Result
  ) -> Result {
    var settings = ThreadSettings()
    settings.limitBytes = limitBytes
    change(&settings)
    let machine = make(settings)
    let result = run(on: machine, body)
    machine.close()
    return result
  }

  private static func make(_ settings: ThreadSettings) -> ThreadedMachine {
    do throws(ThreadError) {
      return try ThreadedMachine(settings) { UInt64(Clock.nanoseconds) }
    } catch { refuse(error) }
  }

  /// A machine is closed after its mutators have ended.
  private static func run<Result>(
    on machine: ThreadedMachine, _ body: (inout ThreadProgram) -> Result
  ) -> Result {
    var program: ThreadProgram
    do throws(ThreadError) {
      program = ThreadProgram(
        machine: machine, mutator: try machine.makeMutator(named: "program"))
    } catch { refuse(error) }
    return body(&program)
  }

  @inline(never)
  private static func refuse(_ error: ThreadError) -> Never {
    preconditionFailure("a measurement performs only what is possible: \(error)")
  }
}

extension ThreadSettings {
  /// Lets nothing be collected but what the program asks for.
  mutating func collectOnlyWhenAsked() { minimumBytes = 1 << 40 }
}

extension ThreadProgram: GraphBuilder {
  @inline(__always)
  mutating func allocate(slotCount: Int, payloadBytes: Int) -> Reference {
    do throws(ThreadError) {
      return try mutator.allocate(slotCount: slotCount, payloadBytes: payloadBytes)
    } catch { ThreadProgram.refuse(error) }
  }

  @inline(__always)
  mutating func store(_ value: Reference?, in slot: Int, of object: Reference) {
    mutator.store(value, in: slot, of: object)
  }

  /// An object of the usual shape that carries a number, as in the programs of other languages.
  @inline(__always)
  mutating func allocate(numbered number: Int) -> Reference {
    let object = allocate(slotCount: Rig.slotCount, payloadBytes: Rig.payloadBytes)
    let word = UInt64(truncatingIfNeeded: number)
    mutator.storePayload(word, 0, after: Rig.slotCount, of: object)
    mutator.storePayload(~word, 1, after: Rig.slotCount, of: object)
    return object
  }

  func setRoot(_ object: Reference) {
    mutator.pop(to: 0)
    mutator.push(object)
  }
}
