/// Programs as people read them.
extension BarrierProgram {
  /// The program as pseudo-code; line 0 is the head, line `i + 1` is instruction `i`.
  public var lines: [String] {
    let remembersOld = instructions.contains(.readOld)
    var lines = [access.head]
    var isConditional = false
    for instruction in instructions {
      lines.append((isConditional ? "    " : "  ") + text(of: instruction, remembersOld))
      isConditional = instruction.isCondition
    }
    return lines
  }

  private func text(of instruction: Instruction, _ remembersOld: Bool) -> String {
    let slot = access.isOfVariables ? "*variable" : "*slot"
    return switch instruction {
    case .readOld: "old = \(slot)"
    case .shadeOld: "shade(\(remembersOld ? "old" : slot))"
    case .shadeNew: access == .load ? "shade(value)" : "shade(new)"
    case .ifSourceIsBlack: "if the source is black:"
    case .unlessSourceIsBlack: "if the source is not black:"
    case .ifSourceIsBlackAndNewIsWhite: "if the source is black and new is white:"
    case .ifStackIsGrey: "if the current stack is grey:"
    case .ifStackIsBlack: "if the current stack is black:"
    case .ifAnyStackIsGrey: "if any stack is grey:"
    case .ifSourceIsGrey: "if the source is grey:"
    case .revertSource: "revert(source)"
    case .deferSource: "revert(source), to be scanned last"
    case .scanSource: "scan(source)"
    case .ifNewIsInFromSpace: "if value is in from-space:"
    case .evacuateNew: "*slot = value = copy(value)"
    case .ifSourceIsOldAndNewIsYoung: "if source is old and new young:"
    case .rememberSlot: "remember(slot)"
    case .sampleFlag: "on = is marking on?"
    case .writeIfFlagWasOff: "if not on: \(slot) = new, return"
    case .write: "\(slot) = new"
    case .read: "value = *slot"
    case .yield: "-- other threads may run --"
    case .incrementNew: "count(new) += 1"
    case .decrementOld: "count(old) -= 1; if 0: free(old)"
    }
  }
}

extension BarrierProgram.Access {
  /// The first line of a program.
  fileprivate var head: String {
    switch self {
    case .store: "store(slot, new):"
    case .move: "move(variable, new):"
    case .load: "load(slot):"
    case .copy: "copy, for each (slot, new):"
    case .send: "send(variable, new):"
    }
  }

  /// Whether it writes variables only.
  var isOfVariables: Bool { self == .move || self == .send }
}
