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
    case fails(afterActions: Int, states: Int)
  }

  var testDescription: String {
    switch subject {
    case .benAri(let settings):
      "Ben-Ari \(settings.nodes),\(settings.sons),\(settings.roots), \(settings.order.rawValue), "
        + "\(settings.mutators) mutators"
    case .dijkstraLamport(let settings):
      "Dijkstra-Lamport \(settings.nodes),\(settings.slots),\(settings.roots), "
        + "\(settings.order.rawValue), \(settings.mutators) mutators"
    case .markCompletion(let settings):
      "mark completion \(settings.markers),\(settings.objects), \(settings.order.rawValue)"
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
    case (.fails, .fails):
      .fails(afterActions: report.counterexample?.lines.count ?? 0, states: report.states)
    case (.fails, _): .loses(afterActions: report.counterexample?.lines.count ?? 0)
    case (.holds, .counts):
      .counts(states: report.states, firings: report.transitions, depth: report.depth)
    case (.holds, .holds), (.holds, .loses), (.holds, .fails): .holds(states: report.states)
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

// MARK: - Mark completion

extension PublishedRow {
  static func markCompletion(
    _ markers: Int, _ objects: Int, _ order: MarkCompletionSettings.Order, _ expected: Expectation
  ) -> PublishedRow {
    let settings = MarkCompletionSettings(markers: markers, objects: objects, order: order)
    return PublishedRow(subject: .markCompletion(settings), expected: expected)
  }

  /// States are those met before the one that fails.
  static let markCompletion: [PublishedRow] = [
    markCompletion(1, 1, .queueFirst, .counts(states: 6, firings: 5, depth: 5)),
    markCompletion(1, 2, .queueFirst, .counts(states: 12, firings: 11, depth: 11)),
    markCompletion(1, 3, .queueFirst, .counts(states: 18, firings: 17, depth: 17)),
    markCompletion(1, 4, .queueFirst, .counts(states: 24, firings: 23, depth: 23)),
    markCompletion(2, 1, .queueFirst, .counts(states: 49, firings: 84, depth: 10)),
    markCompletion(2, 2, .queueFirst, .fails(afterActions: 10, states: 111)),
    markCompletion(2, 3, .queueFirst, .fails(afterActions: 10, states: 101)),
    markCompletion(2, 4, .queueFirst, .fails(afterActions: 16, states: 236)),
    markCompletion(3, 1, .queueFirst, .counts(states: 478, firings: 1245, depth: 19)),
    markCompletion(3, 2, .queueFirst, .fails(afterActions: 10, states: 669)),
    markCompletion(3, 3, .queueFirst, .fails(afterActions: 10, states: 632)),
    markCompletion(3, 4, .queueFirst, .fails(afterActions: 15, states: 3597)),
    markCompletion(1, 1, .queueLast, .counts(states: 6, firings: 5, depth: 5)),
    markCompletion(1, 2, .queueLast, .counts(states: 12, firings: 11, depth: 11)),
    markCompletion(1, 3, .queueLast, .counts(states: 18, firings: 17, depth: 17)),
    markCompletion(1, 4, .queueLast, .counts(states: 24, firings: 23, depth: 23)),
    markCompletion(2, 1, .queueLast, .counts(states: 59, firings: 102, depth: 10)),
    markCompletion(2, 2, .queueLast, .counts(states: 132, firings: 244, depth: 13)),
    markCompletion(2, 3, .queueLast, .fails(afterActions: 9, states: 77)),
    markCompletion(2, 4, .queueLast, .fails(afterActions: 15, states: 193)),
    markCompletion(3, 1, .queueLast, .counts(states: 823, firings: 2181, depth: 19)),
    markCompletion(3, 2, .queueLast, .counts(states: 2395, firings: 6708, depth: 20)),
    markCompletion(3, 3, .queueLast, .fails(afterActions: 9, states: 408)),
    markCompletion(3, 4, .queueLast, .fails(afterActions: 11, states: 922)),
    markCompletion(1, 1, .locked, .counts(states: 4, firings: 3, depth: 3)),
    markCompletion(1, 2, .locked, .counts(states: 6, firings: 5, depth: 5)),
    markCompletion(1, 3, .locked, .counts(states: 8, firings: 7, depth: 7)),
    markCompletion(1, 4, .locked, .counts(states: 10, firings: 9, depth: 9)),
    markCompletion(2, 1, .locked, .counts(states: 10, firings: 14, depth: 5)),
    markCompletion(2, 2, .locked, .counts(states: 19, firings: 30, depth: 7)),
    markCompletion(2, 3, .locked, .counts(states: 22, firings: 36, depth: 8)),
    markCompletion(2, 4, .locked, .counts(states: 26, firings: 44, depth: 10)),
    markCompletion(3, 1, .locked, .counts(states: 28, firings: 57, depth: 7)),
    markCompletion(3, 2, .locked, .counts(states: 62, firings: 141, depth: 9)),
    markCompletion(3, 3, .locked, .counts(states: 66, firings: 153, depth: 10)),
    markCompletion(3, 4, .locked, .counts(states: 88, firings: 216, depth: 12)),
  ]
}
