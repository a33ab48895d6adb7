// Marks a heap, silently or as the first argument says: `.ci/check-observer` counts the instructions.
// Compiled together with the sources of GarbageCollection, as one module.

/// Counts what it is told, as cheaply as it can: what must be noticed.
struct CountingObserver: Observer {
  static var isInterested: Bool { false }
  static var checksReferences: Bool { false }
  var count = 0

  @inline(__always)
  mutating func observe(_ event: Event<Reference>) { count &+= 1 }
}

/// A machine with a random graph, four references an object, all of it reachable.
func makeMachine(_ order: WorklistOrder, objectCount: Int) throws -> Machine {
  var settings = Settings()
  settings.worklistOrder = order
  settings.heapLimitBytes = 1 << 26
  var machine = try Machine(settings)
  var silent = SilentObserver()
  let array = try machine.allocateObject(slotCount: objectCount, payloadBytes: 0)
  try machine.perform(.mutate(.setGlobal("root", .object(array))), observer: &silent)
  var objects: [Reference] = []
  for index in 0..<objectCount {
    let object = try machine.allocateObject(slotCount: 4, payloadBytes: 16)
    objects.append(object)
    machine.heap.store(object, in: index, of: array)
  }
  var number: UInt32 = 1
  for object in objects {
    for slot in 0..<4 {
      number = number &* 1_664_525 &+ 1_013_904_223
      machine.heap.store(objects[Int(number >> 8) % objectCount], in: slot, of: object)
    }
  }
  return machine
}

/// The loop that is counted, found by its name.
@inline(never)
func markUnderCount<O: Observer>(_ machine: inout Machine, _ observer: inout O) {
  machine.advance(budget: 1 << 40, observer: &observer)
}

@inline(never)
func startMarking(_ machine: inout Machine) throws {
  var silent = SilentObserver()
  try machine.perform(.collect(.start), observer: &silent)
  while machine.phase == .roots { try machine.perform(.collect(.step), observer: &silent) }
}

let isCounting = CommandLine.arguments.dropFirst().first == "counting"
var total = 0
for order in WorklistOrder.allCases {
  var machine = try makeMachine(order, objectCount: 20_000)
  try startMarking(&machine)
  if isCounting {
    var observer = CountingObserver()
    markUnderCount(&machine, &observer)
    total += observer.count
  } else {
    var observer = SilentObserver()
    markUnderCount(&machine, &observer)
  }
  precondition(machine.phase == .idle, "marked and swept")
}
print(total)
