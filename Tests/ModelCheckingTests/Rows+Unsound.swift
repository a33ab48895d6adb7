import GarbageCollection
import ModelChecking

/// Settings that lose an object, with the length of the shortest schedule, its sweep included.
///
/// Names begin with the number of the mistake in the table of known ones. Two objects of one slot and
/// two registers, unless said otherwise.
extension Row {
  static let unsound: [Row] = [
    Row("B1 none", .none, .loses(afterActions: 5)),
    Row("B1' none, snapshot", .none, .loses(afterActions: 4)) { $0.chosenStacks = .snapshot },
    Row("B2 none, rescan", .none, .loses(afterActions: 7)) { $0.chosenRoots = .rescan },
    Row("B3 dijkstra without rescan", .dijkstra, .loses(afterActions: 5)) {
      $0.chosenRoots = .once
    },
    Row("B4 yuasa with stacks at any time", .yuasa, .loses(afterActions: 6)) {
      $0.chosenStacks = .any
    },
    Row("B5 hybrid-inverted", .hybridInverted, .loses(afterActions: 6)),
    Row("B6 hybrid, born white", .hybrid, within: Bounds(allocates: true), .loses(afterActions: 3))
    {
      $0.birthColor = .white
    },
    Row(
      "B6 yuasa snapshot, born white", .yuasa, within: Bounds(allocates: true),
      .loses(afterActions: 2)
    ) { $0.birthColor = .white },
    Row(
      "B6 baker snapshot, born white", .baker, within: Bounds(allocates: true),
      .loses(afterActions: 2)
    ) { $0.birthColor = .white },
    Row(
      "B7 yuasa first, born black", .yuasa, within: Bounds(allocates: true),
      .loses(afterActions: 5)
    ) { $0.chosenStacks = .first },
    Row("B9 yuasa after the store, no handshake", .yuasa, .loses(afterActions: 5)) {
      $0.chosenStacks = .first
      $0.atomicity = .storeFirst
      $0.chosenHandshake = false
    },
    Row("B9 hybrid after the store, no handshake", .hybrid, .loses(afterActions: 5)) {
      $0.atomicity = .storeFirst
      $0.chosenHandshake = false
    },
    Row("B10 yuasa-conditional after the store", .yuasaConditional, .loses(afterActions: 6)) {
      $0.chosenStacks = .first
      $0.atomicity = .storeFirst
    },
    Row("B11 dijkstra-conditional before the store", .dijkstraConditional, .loses(afterActions: 9))
    {
      $0.atomicity = .shadeFirst
    },
    Row("B11 steele before the store", .steele, .loses(afterActions: 9)) {
      $0.atomicity = .shadeFirst
    },
    Row("B14 yuasa-conditional, blackened first", .yuasaConditional, .loses(afterActions: 5)) {
      $0.scan = .slotFirst
    },
    Row("B15 baker, blackened first", .baker, .loses(afterActions: 5)) { $0.scan = .slotFirst },
    Row("B15 appel, blackened first", .appel, .loses(afterActions: 5)) { $0.scan = .slotFirst },
    Row("B17 baker-unconditional, stacks any", .bakerUnconditional, .loses(afterActions: 6)) {
      $0.chosenStacks = .any
    },
    Row("B18 yuasa without barrier on nil", .yuasa, .loses(afterActions: 5)) {
      $0.chosenStacks = .first
      $0.elision = .newNil
    },
    Row("B18 hybrid without barrier on nil", .hybrid, .loses(afterActions: 5)) {
      $0.elision = .newNil
    },
    Row("B19 hybrid without barrier over nil", .hybrid, .loses(afterActions: 6)) {
      $0.elision = .oldNil
    },
    Row("B19 dijkstra without barrier over nil", .dijkstra, .loses(afterActions: 6)) {
      $0.elision = .oldNil
    },
    Row("B20 go, bare copy", .go, within: .copying, .loses(afterActions: 5)) {
      $0.bulkCopy = .bare
    },
    Row("B20 yuasa, bare copy", .yuasa, within: .copying, .loses(afterActions: 4)) {
      $0.bulkCopy = .bare
    },
    Row("dijkstra, buffers flushed late", .dijkstra, .loses(afterActions: 7)) { $0.buffer = .late },
  ]

  static let longUnsound: [Row] = [
    Row("B8 go, one thread unguarded", .go, within: Bounds(mutators: 2), .loses(afterActions: 6)) {
      $0.unguarded = .others
    },
    Row(
      "B8 dijkstra, one thread unguarded", .dijkstra, within: Bounds(mutators: 2),
      .loses(afterActions: 6)
    ) { $0.unguarded = .others },
    Row(
      "B8 steele, one thread unguarded", .steele, within: Bounds(mutators: 2),
      .loses(afterActions: 6)
    ) {
      $0.unguarded = .others
    },
    Row(
      "B8 yuasa, one thread unguarded", .yuasa, within: Bounds(mutators: 2), .loses(afterActions: 6)
    ) {
      $0.unguarded = .others
      $0.chosenStacks = .first
    },
    Row(
      "B11 dijkstra-conditional before the store, two mutators", .dijkstraConditional,
      within: Bounds(mutators: 2), .loses(afterActions: 7)
    ) { $0.atomicity = .shadeFirst },
    Row(
      "B12 yuasa first, two racing stores", .yuasa, within: Bounds(mutators: 2),
      .loses(afterActions: 10)
    ) {
      $0.chosenStacks = .first
      $0.atomicity = .shadeFirst
    },
    Row(
      "B13 dijkstra-conditional, blackened last", .dijkstraConditional, within: Bounds(slots: 2),
      .loses(afterActions: 9)
    ) { $0.scan = .slotLast },
    Row("B13 steele, blackened last", .steele, within: Bounds(slots: 2), .loses(afterActions: 9)) {
      $0.scan = .slotLast
    },
    Row("B13 boehm, blackened last", .boehm, within: Bounds(slots: 2), .loses(afterActions: 9)) {
      $0.scan = .slotLast
    },
    Row("B16 baker, stacks any", .baker, within: Bounds(mutators: 2), .loses(afterActions: 6)) {
      $0.chosenStacks = .any
    },
    Row("B16 appel, stacks first", .appel, within: Bounds(mutators: 2), .loses(afterActions: 6)) {
      $0.chosenStacks = .first
    },
    Row("B20 dijkstra, bare copy", .dijkstra, within: .copying, .loses(afterActions: 6)) {
      $0.bulkCopy = .bare
    },
    Row("B20 steele, bare copy", .steele, within: .copying, .loses(afterActions: 7)) {
      $0.bulkCopy = .bare
    },
    Row("B21 go, bare send", .go, within: .sending, .loses(afterActions: 5)) { $0.send = .bare },
    Row("B21 hybrid, bare send", .hybrid, within: .sending, .loses(afterActions: 5)) {
      $0.send = .bare
    },
    Row("B21 hybrid-any, bare send", .hybridAny, within: .sending, .loses(afterActions: 5)) {
      $0.send = .bare
    },
    Row("B21 yuasa first, bare send", .yuasa, within: .sending, .loses(afterActions: 5)) {
      $0.send = .bare
      $0.chosenStacks = .first
    },
    Row(
      "B22 yuasa snapshot, flag read early", .yuasa, within: .idle(mutators: 2),
      .loses(afterActions: 6)
    ) {
      $0.flagCheck = .early
      $0.chosenHandshake = false
    },
    Row("B22 hybrid, flag read early", .hybrid, within: .idle(mutators: 2), .loses(afterActions: 8))
    {
      $0.flagCheck = .early
      $0.chosenHandshake = false
    },
    Row(
      "B22 dijkstra, flag read early", .dijkstra, within: .idle(mutators: 2),
      .loses(afterActions: 8)
    ) {
      $0.flagCheck = .early
      $0.chosenHandshake = false
    },
    Row(
      "B23 hybrid in two steps, no handshake, for ever", .hybrid,
      within: Bounds(mutators: 2, cycles: .many), .loses(afterActions: 14)
    ) {
      $0.atomicity = .shadeFirst
      $0.chosenHandshake = false
    },
    Row(
      "B23 dijkstra in two steps, no handshake, for ever", .dijkstra,
      within: Bounds(mutators: 2, cycles: .many), .loses(afterActions: 14)
    ) {
      $0.atomicity = .shadeFirst
      $0.chosenHandshake = false
    },
  ]
}
