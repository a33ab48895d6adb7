import GarbageCollection
import Scenarios

/// SplitMix64: the same numbers from the same seed, on every machine.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Writes valid scripts of every statement, from a seed.
struct RandomScript {
  private var random: SeededGenerator
  private var objects: [(label: String, slotCount: Int)] = []
  private var globals: [String] = []
  private var threads = [Thread(name: "main")]
  /// Who acts, by position in `threads`.
  private var actor = 0
  private var nameCount = 0

  private struct Thread {
    let name: String
    var frames: [[String]] = []
    var isEnded = false
  }

  /// The frames of who acts.
  private var frames: [[String]] {
    get { threads[actor].frames }
    set { threads[actor].frames = newValue }
  }

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func script(lineCount: Int) -> Script {
    var lines = (0..<3).map { _ in Script.Line(setting(), comment: comment()) }
    for _ in 0..<lineCount {
      lines.append(Script.Line(Bool.random(using: &random) ? statement() : nil, comment: comment()))
      lines.append(Script.Line(statement()))
      if number(below: 10) == 0 { lines += block(depth: 1) }
    }
    return Script(lines: lines)
  }

  /// A `repeat` with its end, and others within it.
  private mutating func block(depth: Int) -> [Script.Line] {
    var lines = [Script.Line(.repeat(1 + number(below: 9)), comment: comment())]
    for _ in 0..<number(below: 3) {
      let statement: Statement =
        switch number(below: 4) {
        case 0: object()
        case 1: .beat
        case 2: .work(1 + number(below: 99))
        default: .work(nil)
        }
      lines.append(Script.Line(statement))
      if depth < 3, number(below: 3) == 0 { lines += block(depth: depth + 1) }
    }
    return lines + [Script.Line(.end, comment: comment())]
  }

  private mutating func churn() -> Statement {
    var churn = Churn(count: 1 + number(below: 100_000))
    if number(below: 2) == 0 { churn.keep = 1 + number(below: 4_096) }
    if number(below: 2) == 0 { churn.slotCount = number(below: 9) }
    if number(below: 2) == 0 { churn.byteCount = number(below: 999) }
    if number(below: 2) == 0 { churn.seed = number(below: 999) }
    return .churn(churn)
  }

  private mutating func statement() -> Statement? {
    actor = number(below: 2) == 0 ? 0 : pick(living)
    if actor != 0 {
      return threadStatement().map { .by(thread: threads[actor].name, $0) }
    }
    return number(below: 5) == 0 ? threadStatement() : anyStatement()
  }

  private var living: [Int] { threads.indices.filter { !threads[$0].isEnded } }

  /// What every thread can do.
  private mutating func threadStatement() -> Statement? {
    switch number(below: 15) {
    case 13: copy()
    case 14: send()
    case 0, 1: object()
    case 2: .root(name: global(), value())
    case 3, 4: push()
    case 5: pop()
    case 6, 7: local()
    case 8: path().map { .store($0, value()) }
    case 9: free()
    case 10: thread()
    case 11: join()
    default: claim().map { .expect($0) }
    }
  }

  private mutating func free() -> Statement? {
    let names = globals + (frames.last ?? []) + objects.map(\.label)
    return names.isEmpty ? nil : .free(pick(names))
  }

  private mutating func copy() -> Statement? {
    let names = globals + (frames.last ?? []) + objects.map(\.label)
    return names.isEmpty ? nil : .copy(pick(names), to: pick(names))
  }

  /// Into a variable that is there, or a new one.
  private mutating func send() -> Statement? {
    let receivers = living.filter { $0 != actor && !threads[$0].frames.isEmpty }
    guard let variables = frames.last, !variables.isEmpty, !receivers.isEmpty else { return nil }
    let (source, receiver) = (pick(variables), pick(receivers))
    let theirs = threads[receiver].frames.last ?? []
    let target = theirs.isEmpty || number(below: 2) == 0 ? name() : pick(theirs)
    if !theirs.contains(target) {
      threads[receiver].frames[threads[receiver].frames.count - 1].append(target)
    }
    return .send(source, to: threads[receiver].name, as: target)
  }

  private mutating func thread() -> Statement {
    threads.append(Thread(name: name()))
    return .thread(threads[threads.count - 1].name)
  }

  private mutating func join() -> Statement? {
    let others = living.filter { $0 != 0 && $0 != actor }
    guard !others.isEmpty else { return nil }
    let other = pick(others)
    threads[other] = Thread(name: threads[other].name, isEnded: true)
    return .join(threads[other].name)
  }

  private mutating func anyStatement() -> Statement? {
    switch number(below: 22) {
    case 21: churn()
    case 20: .work(number(below: 2) == 0 ? nil : 1 + number(below: 999))
    case 19: objects.isEmpty ? nil : .goal(Goal(pick(objects).label, within: 1 + number(below: 9)))
    case 0: .title(text())
    case 1: .beat
    case 2, 3: object()
    case 4: .root(name: global(), value())
    case 5: push()
    case 6: pop()
    case 7, 8: local()
    case 9: path().map { .store($0, value()) }
    case 10: .start
    case 11: .step(count: 1 + number(below: 4), pick(StepUnit.allCases))
    case 12: claim().map { .until($0) }
    case 13: pick([.finish, .collect, .startMinor, .collectMinor, .resume])
    case 14: .scan(scanTarget())
    case 15: .say(text())
    case 16: .ask(question: text(), answer: pick([text().text, "B", "", "a-b", "x.0", "stop it"]))
    default: claim().map { .expect($0) }
    }
  }

  private mutating func setting() -> Statement {
    let name = pick(SettingName.allCases)
    return .set(name, name.choices.isEmpty ? "64KiB" : pick(name.choices))
  }

  private mutating func object() -> Statement {
    let slotCount = number(below: 4)
    objects.append((name(), slotCount))
    return .object(
      label: objects[objects.count - 1].label, slotCount: slotCount,
      byteCount: pick([0, 0, 16, 1 << 24]))
  }

  private mutating func global() -> String {
    guard globals.isEmpty || number(below: 3) == 0 else { return pick(globals) }
    globals.append(name())
    return globals[globals.count - 1]
  }

  private mutating func push() -> Statement {
    frames.append([])
    return .push(pick(["main", "f", "主", "end"]))
  }

  private mutating func pop() -> Statement? {
    frames.popLast().map { _ in .pop }
  }

  private mutating func local() -> Statement? {
    guard let variables = frames.last else { return nil }
    let name = variables.isEmpty || number(below: 2) == 0 ? name() : pick(variables)
    let value = value()
    if !variables.contains(name) { frames[frames.count - 1].append(name) }
    return number(below: 4) == 0 ? .raw(name: name, value) : .local(name: name, value)
  }

  private mutating func value() -> Value {
    let names = globals.dropLast() + (frames.last ?? []) + objects.map(\.label)
    switch number(below: 4) {
    case 0: return path().map { .slot($0) } ?? .nil
    case 1: return .nil
    default: return names.isEmpty ? .nil : .name(pick(Array(names)))
    }
  }

  private mutating func path() -> SlotPath? {
    let holders = globals.dropLast() + (frames.last ?? [])
    if !holders.isEmpty, Bool.random(using: &random) {
      return SlotPath(pick(Array(holders)), number(below: 65_535))
    }
    let bases = objects.filter { $0.slotCount > 0 }
    guard !bases.isEmpty else { return nil }
    let base = pick(bases)
    return SlotPath(base.label, number(below: base.slotCount))
  }

  private mutating func scanTarget() -> ScanTarget {
    let targets = objects.map { ScanTarget.object($0.label) } + globals.map { .global($0) }
    let stacks = living.map { ScanTarget.stack(thread: $0 == 0 ? nil : threads[$0].name) }
    return pick(stacks + targets)
  }

  private mutating func claim() -> Claim? {
    let labels = objects.map(\.label)
    switch number(below: 7) {
    case 6: return .count(pick(Counter.allCases), number(below: 1_000_000_001))
    case 0: return .invariant(pick([.strong, .weak]), holds: Bool.random(using: &random))
    case 1: return .phase(pick(Phase.allCases))
    case _ where labels.isEmpty: return nil
    case 2: return .color(label: pick(labels), pick(Color.allCases))
    case 3: return .fate(label: pick(labels), pick(Fate.allCases))
    case 4: return .free(label: pick(labels))
    default:
      let holders = (globals + (frames.last ?? [])).map { Place.name($0) }
      let places = holders + (path().map { [.slot($0)] } ?? [])
      return places.isEmpty ? nil : .holds(pick(places), label: pick([nil] + labels))
    }
  }

  private mutating func text() -> LocalizedText {
    let pieces = [
      "a", " ", "\"", "\\", "\n", "#", "=", "坏", "e\u{301}", "\u{301}", "“", "é", "\\n",
    ]
    let text = (0..<number(below: 9)).map { _ in pick(pieces) }.joined()
    return LocalizedText(text, in: pick(LocalizedText.Language.allCases))
  }

  private mutating func comment() -> String? {
    pick([nil, nil, "", " why", "!x", " \"#\"  \t坏 ", "\u{301}"])
  }

  private mutating func name() -> String {
    nameCount += 1
    return pick(["A", "x", "node_", "对象", "é", "e\u{301}"]) + "\(nameCount)"
  }

  private mutating func number(below limit: Int) -> Int {
    Int.random(in: 0..<limit, using: &random)
  }

  private mutating func pick<Choice>(_ choices: [Choice]) -> Choice {
    choices[number(below: choices.count)]
  }
}
