import GarbageCollection
import Scenarios

/// Roots that stand under one title: a frame, a thread that has none, or the globals.
enum RootGroup: Hashable {
  case frame(Int, of: MutatorID)
  case idleThread(MutatorID)
  case globals
}

extension ObservedMachine {
  /// Every group, in the order of the pane: thread by thread, then the globals.
  var rootGroups: [RootGroup] {
    var groups: [RootGroup] = []
    for (number, stack) in machine.roots.stacks.enumerated() {
      let mutator = MutatorID(number)
      groups += stack.frames.indices.map { .frame($0, of: mutator) }
      if stack.frames.isEmpty, !stack.isEnded, hasThreads { groups.append(.idleThread(mutator)) }
    }
    return machine.roots.globals.isEmpty ? groups : groups + [.globals]
  }

  /// The roots of a group by name.
  func roots(in group: RootGroup) -> [(name: String, place: Location<Reference>)] {
    switch group {
    case .frame(let frame, let mutator):
      machine.roots.stacks[mutator.index].frames[frame].variables.enumerated().map {
        ($1.name, .variable($0, frame: frame, of: mutator))
      }
    case .idleThread: []
    case .globals: machine.roots.globals.enumerated().map { ($1.name, .global($0)) }
    }
  }

  /// The frame, behind its thread where there are several.
  func title(of group: RootGroup) -> String {
    switch group {
    case .frame(let frame, let mutator):
      let stack = machine.roots.stacks[mutator.index]
      return (hasThreads ? "\(stack.thread):" : "") + stack.frames[frame].name
    case .idleThread(let mutator): return machine.roots.stacks[mutator.index].thread
    case .globals: return "globals"
    }
  }

  /// Whether marking has scanned all of the group.
  func isScanned(_ group: RootGroup) -> Bool {
    guard machine.phase.isMarking else { return false }
    switch group {
    case .frame(_, let mutator), .idleThread(let mutator):
      return machine.roots.stacks[mutator.index].isScanned
    case .globals: return machine.roots.globals.allSatisfy(\.isScanned)
    }
  }
}
