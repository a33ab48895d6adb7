import ArgumentParser
import ModelChecking

/// The published models by name.
enum PublishedModel: String, ExpressibleByArgument, CaseIterable {
  case benAri = "ben-ari"
  case dijkstraLamport = "dijkstra-lamport"
}

extension Check {
  /// Searches a published collector.
  func runPublished(_ model: PublishedModel) throws {
    guard file == nil, save == nil, !watch else {
      throw ValidationError("'--model' takes no script, and its runs cannot be saved or watched")
    }
    var running = try search.begin(try published(model))
    let interruption = try search.run(&running)
    let report = running.report
    var output = Output()
    for line in report.lines(of: model, format) { try output.line(line) }
    try output.flush()
    if let run = report.counterexample {
      throw Failure(.notAsExpected, "check: a run of \(run.lines.count) steps loses a node")
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

extension PublishedReport {
  fileprivate func lines(of model: PublishedModel, _ format: Check.Format) -> [String] {
    let length = counterexample?.lines.count
    if format == .json {
      let verdict =
        switch finding {
        case .holds: "safe"
        case .fails: "unsafe"
        case .undecided: "incomplete"
        }
      return [
        "{\"verdict\":\"\(verdict)\",\"states\":\(states),"
          + "\"length\":\(length.map { "\($0)" } ?? "null"),"
          + "\"transitions\":\(transitions),\"depth\":\(depth)}"
      ]
    }
    let facts = "\(states) states, \(transitions) firings, depth \(depth)"
    switch finding {
    case .holds: return ["safe: \(model.rawValue) frees no node that can be reached", facts]
    case .undecided: return ["incomplete: \(model.rawValue) has lost no node so far", facts]
    case .fails:
      let run = (counterexample?.heap ?? []).map { "  \($0)" }
      let steps = (counterexample?.lines ?? []).enumerated().map {
        "  \($0.offset + 1). \($0.element)"
      }
      return ["unsafe: this run of \(model.rawValue) loses a node; no shorter one does"] + run
        + steps
        + [facts]
    }
  }
}
