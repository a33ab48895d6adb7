import ModelChecking
import Testing

/// One entry of a table of published or independently counted numbers.
struct PublishedRow: Sendable, CustomTestStringConvertible {
  let subject: PublishedCheck.Subject
  let expected: Expectation

  enum Expectation: Sendable, Equatable {
    case holds(states: Int)
    case counts(states: Int, firings: Int, depth: Int)
    case loses(afterActions: Int)
  }

  var testDescription: String {
    switch subject {
    case .benAri(let settings):
      "Ben-Ari \(settings.nodes),\(settings.sons),\(settings.roots), \(settings.order.rawValue), "
        + "\(settings.mutators) mutators"
    case .dijkstraLamport(let settings):
      "Dijkstra-Lamport \(settings.nodes),\(settings.slots),\(settings.roots), "
        + "\(settings.order.rawValue), \(settings.mutators) mutators"
    }
  }
}

extension PublishedRow {
  func run(limits: SearchLimits = SearchLimits()) throws(CheckError) -> PublishedReport {
    try PublishedCheck(subject).run(limits: limits)
  }

  /// What a report says of what is expected.
  func found(_ report: PublishedReport) -> Expectation? {
    switch (report.finding, expected) {
    case (.undecided, _): nil
    case (.fails, _): .loses(afterActions: report.counterexample?.lines.count ?? 0)
    case (.holds, .counts):
      .counts(states: report.states, firings: report.transitions, depth: report.depth)
    case (.holds, .holds), (.holds, .loses): .holds(states: report.states)
    }
  }
}

// MARK: - Ben-Ari

extension PublishedRow {
  static func benAri(
    _ nodes: Int, _ sons: Int, _ roots: Int, mutators: Int = 1,
    _ order: BenAriSettings.Order, _ expected: Expectation
  ) -> PublishedRow {
    let settings = BenAriSettings(
      nodes: nodes, sons: sons, roots: roots, mutators: mutators, order: order)
    return PublishedRow(subject: .benAri(settings), expected: expected)
  }

  static let shortBenAri: [PublishedRow] = [
    benAri(2, 1, 1, .redirectFirst, .counts(states: 686, firings: 2012, depth: 106)),
    benAri(2, 2, 1, .redirectFirst, .counts(states: 3262, firings: 16282, depth: 116)),
    benAri(3, 1, 1, .redirectFirst, .counts(states: 12497, firings: 54070, depth: 144)),
    benAri(2, 1, 1, .noShading, .holds(states: 234)),
    benAri(2, 2, 1, .noShading, .loses(afterActions: 76)),
    benAri(3, 1, 1, .noShading, .loses(afterActions: 93)),
    benAri(2, 1, 1, .colourFirst, .holds(states: 1103)),
    benAri(2, 2, 1, .colourFirst, .holds(states: 11159)),
    benAri(2, 1, 1, mutators: 2, .redirectFirst, .holds(states: 3927)),
    benAri(2, 2, 1, mutators: 2, .redirectFirst, .holds(states: 19816)),
  ]

  /// Havelund's numbers are those of the first row.
  static let longBenAri: [PublishedRow] = [
    benAri(3, 2, 1, .redirectFirst, .counts(states: 415_633, firings: 3_659_911, depth: 160)),
    benAri(3, 2, 2, .redirectFirst, .counts(states: 384_338, firings: 3_666_590, depth: 174)),
    benAri(3, 2, 1, .noShading, .loses(afterActions: 94)),
    benAri(4, 1, 1, .noShading, .loses(afterActions: 108)),
    benAri(3, 1, 1, .colourFirst, .holds(states: 32100)),
    benAri(3, 2, 1, .colourFirst, .holds(states: 2_515_904)),
    benAri(3, 2, 2, .colourFirst, .holds(states: 1_813_710)),
    benAri(4, 1, 1, .colourFirst, .loses(afterActions: 169)),
    benAri(3, 1, 1, mutators: 2, .redirectFirst, .holds(states: 139_630)),
    benAri(3, 2, 1, mutators: 2, .redirectFirst, .loses(afterActions: 155)),
    benAri(4, 1, 1, mutators: 2, .redirectFirst, .loses(afterActions: 108)),
  ]
}

// MARK: - Dijkstra-Lamport

extension PublishedRow {
  static func dijkstraLamport(
    _ nodes: Int, _ slots: Int, _ roots: Int, mutators: Int = 1,
    _ order: DijkstraLamportSettings.Order, _ expected: Expectation
  ) -> PublishedRow {
    let settings = DijkstraLamportSettings(
      nodes: nodes, slots: slots, roots: roots, mutators: mutators, order: order)
    return PublishedRow(subject: .dijkstraLamport(settings), expected: expected)
  }

  static let shortDijkstraLamport: [PublishedRow] = [
    dijkstraLamport(2, 1, 1, .noBarrier, .holds(states: 48)),
    dijkstraLamport(2, 1, 1, .atomic, .holds(states: 91)),
    dijkstraLamport(2, 1, 1, .shadeFirst, .holds(states: 249)),
    dijkstraLamport(2, 1, 1, .writeFirst, .holds(states: 161)),
    dijkstraLamport(2, 2, 1, .noBarrier, .holds(states: 372)),
    dijkstraLamport(2, 2, 1, .atomic, .holds(states: 771)),
    dijkstraLamport(2, 2, 1, .shadeFirst, .holds(states: 4331)),
    dijkstraLamport(2, 2, 1, .writeFirst, .holds(states: 1755)),
    dijkstraLamport(2, 2, 1, mutators: 2, .atomic, .holds(states: 771)),
    dijkstraLamport(2, 2, 1, mutators: 2, .shadeFirst, .loses(afterActions: 10)),
    dijkstraLamport(2, 2, 1, mutators: 2, .writeFirst, .holds(states: 6243)),
    dijkstraLamport(3, 1, 1, .noBarrier, .loses(afterActions: 6)),
    dijkstraLamport(3, 1, 1, .atomic, .holds(states: 1577)),
    dijkstraLamport(3, 1, 1, .shadeFirst, .loses(afterActions: 12)),
    dijkstraLamport(3, 1, 1, .writeFirst, .holds(states: 3204)),
    dijkstraLamport(3, 1, 1, mutators: 2, .atomic, .holds(states: 1577)),
    dijkstraLamport(3, 1, 1, mutators: 2, .shadeFirst, .loses(afterActions: 10)),
    dijkstraLamport(3, 1, 1, mutators: 2, .writeFirst, .loses(afterActions: 6)),
  ]

  static let longDijkstraLamport: [PublishedRow] = [
    dijkstraLamport(3, 2, 1, .noBarrier, .loses(afterActions: 6)),
    dijkstraLamport(3, 2, 1, .atomic, .holds(states: 90814)),
    dijkstraLamport(3, 2, 1, .shadeFirst, .loses(afterActions: 12)),
    dijkstraLamport(3, 2, 1, .writeFirst, .holds(states: 261_029)),
    dijkstraLamport(3, 2, 1, mutators: 2, .atomic, .holds(states: 90814)),
    dijkstraLamport(3, 2, 1, mutators: 2, .shadeFirst, .loses(afterActions: 10)),
    dijkstraLamport(3, 2, 1, mutators: 2, .writeFirst, .loses(afterActions: 6)),
  ]
}
