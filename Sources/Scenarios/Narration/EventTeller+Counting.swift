import GarbageCollection

/// Words for counts, and for what trial deletion thinks of objects.
extension EventTeller {
  mutating func tellCounting(
    _ event: Event<ObjectID>, _ observed: borrowing ObservedMachine
  ) {
    switch event {
    case .counted(let id, let count):
      let label = observed.label(of: id)
      let references = count == 1 ? "1 reference" : "\(count) references"
      sentences.append("\(label) now counts \(references).")
    case .suspected(let id):
      sentences.append(
        "\(observed.label(of: id)) has lost a reference and lives on: it may be part of a"
          + " garbage cycle.")
    case .trialColored(let id, let color):
      sentences.append("\(observed.label(of: id)) turns \(color.rawValue) in the trial.")
    default: break
    }
  }
}
