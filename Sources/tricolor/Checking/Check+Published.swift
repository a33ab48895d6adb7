import ArgumentParser
import ModelChecking

/// The published models by name.
enum PublishedModel: String, ExpressibleByArgument, CaseIterable {
  case benAri = "ben-ari"
  case dijkstraLamport = "dijkstra-lamport"
  case markCompletion = "mark-completion"
}

extension Check {
  /// Searches a published model.
  func runPublished(_ model: PublishedModel) throws {
    guard file == nil, save == nil, !watch else {
      throw ValidationError("'--model' takes no script, and its runs cannot be saved or watched")
    }
    var running = try search.begin(try published(model))
    let interruption = try search.run(&running)
    let report = running.report
    var output = Output()
    switch format {
    case .text:
      for line in report.lines(of: model) + [running.facts("firings")] { try output.line(line) }
    case .json: try output.line(running.record(length: report.counterexample?.lines.count))
    }
    try output.flush()
    if let run = report.counterexample {
      throw Failure(.notAsExpected, "check: a run of \(run.lines.count) steps \(model.complaint)")
    }
    if let interruption { throw Failure(.incomplete, "check: \(interruption.description)") }
  }

  private func published(_ model: PublishedModel) throws -> PublishedCheck {
    let (nodes, slots) = (bounds.objects ?? 3, bounds.slots ?? 2)
    let roots = bounds.rootCount ?? 1
    let subject: PublishedCheck.Subject =
      switch model {
      case .benAri:
        .benAri(
          BenAriSettings(
            nodes: nodes, sons: slots, roots: roots, mutators: bounds.mutators,
            order: try order(or: .redirectFirst)))
      case .dijkstraLamport:
        .dijkstraLamport(
          DijkstraLamportSettings(
            nodes: nodes, slots: slots, roots: roots, mutators: bounds.mutators,
            order: try order(or: .writeFirst)))
      case .markCompletion:
        .markCompletion(
          MarkCompletionSettings(
            markers: bounds.markers ?? 2, objects: nodes, order: try order(or: .queueFirst)))
      }
    do throws(CheckError) { return try PublishedCheck(subject) } catch {
      throw ValidationError(error.description)
    }
  }

  private func order<Order: RawRepresentable<String> & CaseIterable>(
    or standard: Order
  ) throws -> Order {
    guard let word = bounds.order else { return standard }
    guard let order = Order(rawValue: word) else {
      let words = Order.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("'--order' is '\(word)'; expected \(words)")
    }
    return order
  }
}

extension PublishedModel {
  /// What holds where no run goes wrong.
  fileprivate var promise: String {
    switch self {
    case .benAri, .dijkstraLamport: "frees no node that can be reached"
    case .markCompletion: "never ends marking while an object is grey"
    }
  }

  /// What a run does that goes wrong.
  fileprivate var complaint: String {
    switch self {
    case .benAri, .dijkstraLamport: "loses a node"
    case .markCompletion: "ends marking while an object is grey"
    }
  }

  /// What holds of the runs tried so far.
  fileprivate var safeSoFar: String {
    switch self {
    case .benAri, .dijkstraLamport: "has lost no node so far"
    case .markCompletion: "has not ended marking too early so far"
    }
  }
}

extension PublishedReport {
  fileprivate func lines(of model: PublishedModel) -> [String] {
    switch finding {
    case .holds: ["safe: \(model.rawValue) \(model.promise)"]
    case .undecided: ["incomplete: \(model.rawValue) \(model.safeSoFar)"]
    case .fails:
      ["unsafe: this run of \(model.rawValue) \(model.complaint); no shorter one does"]
        + (counterexample?.start ?? []).map { "  \($0)" }
        + (counterexample?.lines ?? []).numbered { $0 }
    }
  }
}
