import GarbageCollection
import ModelChecking

/// Settings that lose nothing, with the number of states.
///
/// Two objects of one slot and two registers, unless said otherwise. Those marked with `§` agree with
/// an independent exhaustive search of the same model; the others were counted here first.
extension Row {
  static let sound: [Row] = [
    Row("§ dijkstra, rescan", .dijkstra, .holds(states: 1260)),
    Row("§ dijkstra-conditional, rescan", .dijkstraConditional, .holds(states: 684)),
    Row("lua-forward", .luaForward, .holds(states: 684)),
    Row("steele, rescan", .steele, .holds(states: 684)),
    Row("boehm, rescan", .boehm, .holds(states: 684)),
    Row("boehm-dirty", .boehmDirty, .holds(states: 1251)),
    Row("lua-back", .luaBack, .holds(states: 846)),
    Row("dijkstra with stack barrier, once", .dijkstra, .holds(states: 1110)) {
      $0.chosenRoots = .once
      $0.stackBarrier = true
    },
    Row(
      "§ dijkstra-conditional, blackened last, one slot", .dijkstraConditional,
      .holds(states: 1170)
    ) { $0.scan = .slotLast },
    Row("§ yuasa, stacks first", .yuasa, .holds(states: 807)) { $0.chosenStacks = .first },
    Row("§ yuasa, snapshot", .yuasa, .holds(states: 483)),
    Row("§ go", .go, .holds(states: 1140)),
    Row("§ hybrid", .hybrid, .holds(states: 1140)),
    Row("hybrid-any", .hybridAny, .holds(states: 1140)),
    Row("baker, snapshot", .baker, .holds(states: 453)),
    Row("baker, stacks first", .baker, .holds(states: 534)) { $0.chosenStacks = .first },
    Row("appel, snapshot", .appel, .holds(states: 453)),
    Row("§ dijkstra without barrier on nil", .dijkstra, .holds(states: 1260)) {
      $0.elision = .newNil
    },
    Row("§ yuasa without barrier over nil", .yuasa, .holds(states: 807)) {
      $0.chosenStacks = .first
      $0.elision = .oldNil
    },
    Row("go, copies guarded", .go, within: .copying, .holds(states: 1140)),
    Row("dijkstra, buffers flushed", .dijkstra, .holds(states: 6156)) { $0.buffer = .on },
    Row("yuasa first, born grey", .yuasa, within: Bounds(allocates: true), .holds(states: 843)) {
      $0.chosenStacks = .first
      $0.birthColor = .grey
    },
    Row("dijkstra-conditional after the store", .dijkstraConditional, .holds(states: 2544)) {
      $0.atomicity = .storeFirst
    },
    Row("hybrid after the store, handshake", .hybrid, .holds(states: 4144)) {
      $0.atomicity = .storeFirst
    },
  ]

  /// Rows that take long without optimisation.
  static let longSound: [Row] = [
    Row("§ dijkstra, 3", .dijkstra, within: Bounds(objects: 3), .holds(states: 43284)),
    Row(
      "§ dijkstra-conditional, 3", .dijkstraConditional, within: Bounds(objects: 3),
      .holds(states: 21612)),
    Row(
      "§ dijkstra with stack barrier, 3", .dijkstra, within: Bounds(objects: 3),
      .holds(states: 35496)
    ) {
      $0.chosenRoots = .once
      $0.stackBarrier = true
    },
    Row("§ yuasa first, 3", .yuasa, within: Bounds(objects: 3), .holds(states: 24842)) {
      $0.chosenStacks = .first
    },
    Row("§ yuasa snapshot, 3", .yuasa, within: Bounds(objects: 3), .holds(states: 16734)),
    Row("§ yuasa with stack barrier, 3", .yuasa, within: Bounds(objects: 3), .holds(states: 41088))
    {
      $0.chosenStacks = .any
      $0.stackBarrier = true
    },
    Row("§ go, 3", .go, within: Bounds(objects: 3), .holds(states: 38592)),
    Row("§ hybrid, 3", .hybrid, within: Bounds(objects: 3), .holds(states: 38910)),
    Row("§ dijkstra, two mutators", .dijkstra, within: Bounds(mutators: 2), .holds(states: 22122)),
    Row("§ hybrid, two mutators", .hybrid, within: Bounds(mutators: 2), .holds(states: 18402)),
    Row(
      "§ hybrid, born black, for ever, 3", .hybrid,
      within: Bounds(objects: 3, allocates: true, cycles: .many), .holds(states: 43750)),
    Row(
      "§ dijkstra, born white, for ever, 3", .dijkstra,
      within: Bounds(objects: 3, allocates: true, cycles: .many), .holds(states: 49020)
    ) { $0.birthColor = .white },
    Row(
      "§ hybrid in two steps, handshake, for ever, two mutators", .hybrid,
      within: Bounds(mutators: 2, cycles: .many), .holds(states: 196802)
    ) { $0.atomicity = .shadeFirst },
    Row("lua-forward, 3", .luaForward, within: Bounds(objects: 3), .holds(states: 21612)),
    Row(
      "lua-forward, two mutators", .luaForward, within: Bounds(mutators: 2), .holds(states: 16938)),
    Row("steele, 3", .steele, within: Bounds(objects: 3), .holds(states: 21612)),
    Row("steele, two mutators", .steele, within: Bounds(mutators: 2), .holds(states: 16938)),
    Row("boehm, 3", .boehm, within: Bounds(objects: 3), .holds(states: 22624)),
    Row("boehm, two mutators", .boehm, within: Bounds(mutators: 2), .holds(states: 16938)),
    Row("boehm-dirty, 3", .boehmDirty, within: Bounds(objects: 3), .holds(states: 52814)),
    Row(
      "boehm-dirty, two mutators", .boehmDirty, within: Bounds(mutators: 2), .holds(states: 32247)),
    Row("lua-back, 3", .luaBack, within: Bounds(objects: 3), .holds(states: 45870)),
    Row("lua-back, two mutators", .luaBack, within: Bounds(mutators: 2), .holds(states: 24228)),
    Row("hybrid-any, 3", .hybridAny, within: Bounds(objects: 3), .holds(states: 38910)),
    Row("hybrid-any, two mutators", .hybridAny, within: Bounds(mutators: 2), .holds(states: 18402)),
    Row("baker, 3", .baker, within: Bounds(objects: 3), .holds(states: 14676)),
    Row("baker, two mutators", .baker, within: Bounds(mutators: 2), .holds(states: 3405)),
    Row("appel, 3", .appel, within: Bounds(objects: 3), .holds(states: 13484)),
    Row("appel, two mutators", .appel, within: Bounds(mutators: 2), .holds(states: 3405)),
    Row(
      "dijkstra-conditional, two mutators", .dijkstraConditional, within: Bounds(mutators: 2),
      .holds(states: 16938)),
    Row("yuasa first, two mutators", .yuasa, within: Bounds(mutators: 2), .holds(states: 10167)) {
      $0.chosenStacks = .first
    },
    Row("baker first, 3", .baker, within: Bounds(objects: 3), .holds(states: 15700)) {
      $0.chosenStacks = .first
    },
    Row(
      "dijkstra in two steps, two mutators", .dijkstra, within: Bounds(mutators: 2),
      .holds(states: 240814)
    ) {
      $0.atomicity = .shadeFirst
    },
    Row(
      "hybrid in two steps, two mutators", .hybrid, within: Bounds(mutators: 2),
      .holds(states: 192626)
    ) {
      $0.atomicity = .shadeFirst
    },
    Row(
      "steele after the store, two mutators", .steele, within: Bounds(mutators: 2),
      .holds(states: 897282)
    ) {
      $0.atomicity = .storeFirst
    },
    Row("go, sends shaded", .go, within: .sending, .holds(states: 18564)),
    Row(
      "yuasa, flag read early, handshake", .yuasa, within: .idle(mutators: 2), .holds(states: 57948)
    ) { $0.flagCheck = .early },
  ]
}

extension Bounds {
  static var copying: Bounds {
    var bounds = Bounds()
    bounds.copies = true
    return bounds
  }

  static var sending: Bounds {
    var bounds = Bounds(mutators: 2)
    bounds.sends = true
    return bounds
  }

  static func idle(mutators: Int) -> Bounds {
    var bounds = Bounds(mutators: mutators)
    bounds.startsIdle = true
    return bounds
  }
}
