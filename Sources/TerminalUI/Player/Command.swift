/// What a key can do.
///
/// Dispatch, the key line, the help page and the manual all read this table.
public enum Command: String, Hashable, Sendable, CaseIterable {
  case stepForward, stepBack, play, nextStop, previousStop, nextEvent, previousEvent
  case nextPhase, previousPhase, nextBarrierHit, previousBarrierHit
  case nextViolation, previousViolation, nextFatal, previousFatal, toStart, toEnd
  case slower, faster, halfSpeed, doubleSpeed, resetSpeed
  case selectLeft, selectDown, selectUp, selectRight, selectNext, selectPrevious
  case selectByLabel, followPointer, selectReferrer
  case write, cut, load, allocate, addRoot, dropRoot, pushFrame, popFrame, undo, redo
  case moveEarlier, moveLater, attack, barrier, collector, prompt
  case viewGraph, viewHeap, viewWorklist, viewBarrier, viewInvariants, viewInspector, viewLog
  case viewAllocator, viewAddresses, viewBlame, viewPauses, compare, compareCollectors
  case zoom, theme, language, mouse, help, redraw, suspend, back, quit
}

extension Command {
  public enum Section: String, Hashable, Sendable, CaseIterable {
    case time = "Time"
    case speed = "Play"
    case selection = "Objects"
    case mutator = "Being the mutator"
    case screen = "Screen"
  }

  /// Keys that run it, the one to show first.
  public var keys: [Key] {
    switch self {
    case .stepForward: [.right, .character("s"), .character("."), .pageDown]
    case .stepBack: [.left, .character("S"), .character(","), .pageUp]
    case .play: [.character(" ")]
    case .nextStop: [.character("c")]
    case .previousStop: [.character("C")]
    case .nextEvent: [.character("e")]
    case .previousEvent: [.character("E")]
    case .nextPhase: [.character("f")]
    case .previousPhase: [.character("F")]
    case .nextBarrierHit: [.character("w")]
    case .previousBarrierHit: [.character("W")]
    case .nextViolation: [.character("v")]
    case .previousViolation: [.character("V")]
    case .nextFatal: [.character("n")]
    case .previousFatal: [.character("N")]
    case .toStart: [.character("g"), .home]
    case .toEnd: [.character("G"), .end]
    case .slower: [.character("[")]
    case .faster: [.character("]")]
    case .halfSpeed: [.character("{")]
    case .doubleSpeed: [.character("}")]
    case .resetSpeed: [.backspace]
    case .selectLeft: [.character("h")]
    case .selectDown: [.character("j"), .down]
    case .selectUp: [.character("k"), .up]
    case .selectRight: [.character("l")]
    case .selectNext: [.tab]
    case .selectPrevious: [.backTab]
    case .selectByLabel: [.character("a")]
    case .followPointer: [.enter]
    case .selectReferrer: [.character("o")]
    case .write: [.character("i")]
    case .cut: [.character("x"), .delete]
    case .load: [.character("=")]
    case .allocate: [.character("+")]
    case .addRoot: [.character("r")]
    case .dropRoot: [.character("d")]
    case .pushFrame: [.character("(")]
    case .popFrame: [.character(")")]
    case .undo: [.character("u")]
    case .redo: [.control("r")]
    case .moveEarlier: [.character("<")]
    case .moveLater: [.character(">")]
    case .attack: [.character("!")]
    case .barrier: [.character("b")]
    case .collector: [.character("K")]
    case .prompt: [.character(":")]
    case .viewGraph: [.character("1")]
    case .viewHeap: [.character("2")]
    case .viewWorklist: [.character("3")]
    case .viewBarrier: [.character("4")]
    case .viewInvariants: [.character("5")]
    case .viewInspector: [.character("6")]
    case .viewLog: [.character("7")]
    case .viewAllocator: [.character("8")]
    case .viewAddresses: [.character("9")]
    case .viewBlame: [.character("B")]
    case .viewPauses: [.character("P")]
    case .compare: [.character("M")]
    case .compareCollectors: [.character("m")]
    case .zoom: [.character("z")]
    case .theme: [.character("T")]
    case .language: [.character("L")]
    case .mouse: [.character("%")]
    case .help: [.character("?"), .function(1)]
    case .redraw: [.control("l")]
    case .suspend: [.control("z")]
    case .back: [.escape]
    case .quit: [.character("q"), .control("c")]
    }
  }

  /// What it does, in a few words.
  public var summary: String {
    switch self {
    case .stepForward: "one step on; at the end the collector goes on"
    case .stepBack: "one step back"
    case .play: "play or pause"
    case .nextStop: "on to the next stop of the script"
    case .previousStop: "back to the stop before"
    case .nextEvent: "next event: phase, barrier, violation, free"
    case .previousEvent: "event before"
    case .nextPhase: "next change of phase"
    case .previousPhase: "change of phase before"
    case .nextBarrierHit: "next time a barrier shades"
    case .previousBarrierHit: "time before that"
    case .nextViolation: "next violation: broken, doomed, lost"
    case .previousViolation: "violation before"
    case .nextFatal: "next step that is to blame for a lost object"
    case .previousFatal: "step to blame before"
    case .toStart: "to the start"
    case .toEnd: "to the end"
    case .slower: "slower"
    case .faster: "faster"
    case .halfSpeed: "half the speed"
    case .doubleSpeed: "twice the speed"
    case .resetSpeed: "usual speed"
    case .selectLeft: "select the object to the left"
    case .selectDown: "select the object below"
    case .selectUp: "select the object above"
    case .selectRight: "select the object to the right"
    case .selectNext: "select the next object"
    case .selectPrevious: "select the object before"
    case .selectByLabel: "select an object by typing its label"
    case .followPointer: "follow a pointer of the selected object; coming back, the next"
    case .selectReferrer: "select who refers to the selected object"
    case .write: "inject a pointer write: object, slot, target"
    case .cut: "cut a pointer: object, slot"
    case .load: "load a slot into a variable"
    case .allocate: "allocate an object"
    case .addRoot: "make a root refer to an object"
    case .dropRoot: "clear a root or a variable"
    case .pushFrame: "push a stack frame"
    case .popFrame: "pop the top frame"
    case .undo: "undo the last change to the run"
    case .redo: "redo it"
    case .moveEarlier: "move this step's statement earlier, and replay"
    case .moveLater: "move it later, and replay"
    case .attack: "the shortest way to lose an object from here; in a puzzle, a hint"
    case .barrier: "choose another barrier or side condition"
    case .collector: "choose another collector"
    case .prompt: "type a statement or a command"
    case .viewGraph: "graph alone"
    case .viewHeap: "heap by address, or its spaces, alone"
    case .viewWorklist: "worklist alone"
    case .viewBarrier: "barrier alone"
    case .viewInvariants: "invariants alone"
    case .viewInspector: "selected object alone"
    case .viewLog: "log alone"
    case .viewAllocator: "allocator alone; steps go tier by tier"
    case .viewAddresses: "address space alone"
    case .viewBlame: "blame: who lost the object, who would have saved it"
    case .viewPauses: "pauses: lanes, utilisation, histogram"
    case .compareCollectors: "collectors side by side; M: their table"
    case .compare: "barriers side by side; again: their table; again: back"
    case .zoom: "graph alone, all panels"
    case .theme: "colours on or off"
    case .language: "language of the script's texts"
    case .mouse: "mouse on or off (off lets you select text)"
    case .help: "this help"
    case .redraw: "redraw the screen"
    case .suspend: "suspend; fg comes back"
    case .back: "close, cancel; all panels; select nothing"
    case .quit: "quit"
    }
  }

  public var section: Section {
    switch self {
    case .stepForward, .stepBack, .nextStop, .previousStop, .nextEvent, .previousEvent,
      .nextPhase, .previousPhase, .nextBarrierHit, .previousBarrierHit, .nextViolation,
      .previousViolation, .nextFatal, .previousFatal, .toStart, .toEnd:
      .time
    case .play, .slower, .faster, .halfSpeed, .doubleSpeed, .resetSpeed: .speed
    case .selectLeft, .selectDown, .selectUp, .selectRight, .selectNext, .selectPrevious,
      .selectByLabel, .followPointer, .selectReferrer:
      .selection
    case .write, .cut, .load, .allocate, .addRoot, .dropRoot, .pushFrame, .popFrame, .undo, .redo,
      .moveEarlier, .moveLater, .attack, .barrier, .collector, .prompt:
      .mutator
    case .viewGraph, .viewHeap, .viewWorklist, .viewBarrier, .viewInvariants, .viewInspector,
      .viewLog, .viewAllocator, .viewAddresses, .viewBlame, .viewPauses, .compare,
      .compareCollectors, .zoom, .theme, .language, .mouse, .help, .redraw, .suspend, .back, .quit:
      .screen
    }
  }

  /// The panel that a view command shows.
  var panel: Panel? {
    switch self {
    case .viewGraph: .graph
    case .viewHeap: .heap
    case .viewWorklist: .worklist
    case .viewBarrier: .barrier
    case .viewInvariants: .invariants
    case .viewInspector: .inspector
    case .viewLog: .log
    case .viewAllocator: .allocator
    case .viewAddresses: .addresses
    case .viewBlame: .blame
    case .viewPauses: .pauses
    default: nil
    }
  }

  /// The command of each key.
  static let byKey: [Key: Command] = Dictionary(
    uniqueKeysWithValues: allCases.flatMap { command in command.keys.map { ($0, command) } })
}

extension Key {
  /// What is written on it.
  public var name: String {
    switch self {
    case .character(" "): "Space"
    case .character(let character): String(character)
    case .control(let character): "Ctrl-\(character.uppercased())"
    case .up: "Up"
    case .down: "Down"
    case .left: "Left"
    case .right: "Right"
    case .home: "Home"
    case .end: "End"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .enter: "Enter"
    case .escape: "Esc"
    case .tab: "Tab"
    case .backTab: "S-Tab"
    case .backspace: "Backspace"
    case .delete: "Del"
    case .function(let number): "F\(number)"
    }
  }
}
