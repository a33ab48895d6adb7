import Testing

@testable import TerminalUI

/// A picture with the story it is part of.
struct FigureInStory: Sendable, CustomTestStringConvertible {
  var name: String
  var picture: GraphPicture
  var story: GraphStory

  var testDescription: String { name }

  func view(
    width: Int, height: Int, theme: Theme = .standard, scroll: GraphScroll = GraphScroll(),
    words: GraphWords = .english
  ) -> GraphView {
    let limit = GraphLayout.columnLimit(for: story, width: width)
    return GraphView(
      picture, layout: GraphLayout(story, columnLimit: limit),
      in: Rect(column: 0, row: 0, width: width, height: height), theme: theme, scroll: scroll,
      words: words)
  }

  func canvas(width: Int, height: Int, theme: Theme = .standard) -> Canvas {
    var canvas = Canvas(width: width, height: height)
    view(width: width, height: height, theme: theme).draw(on: &canvas)
    return canvas
  }

  static let classic = FigureInStory(
    name: "classic", picture: Figure.classic, story: GraphStory(Figure.classic))
  static let stored = FigureInStory(
    name: "stored", picture: Figure.stored, story: Figure.badCaseStory)
  static let doomed = FigureInStory(
    name: "doomed", picture: Figure.doomed, story: Figure.badCaseStory)
  static let reused = FigureInStory(
    name: "reused", picture: Figure.reused, story: Figure.badCaseStory)
  static let tangled = FigureInStory(
    name: "tangled", picture: Figure.tangled, story: GraphStory(Figure.tangled))

  static let all = [classic, stored, doomed, reused, tangled]

  static func random(count: Int, seed: UInt64) -> FigureInStory {
    let picture = Figure.random(count: count, seed: seed)
    return FigureInStory(
      name: "random \(count) \(seed)", picture: picture, story: GraphStory(picture))
  }
}

/// Pictures that books draw, and the ones no book dares to.
enum Figure {
  typealias Node = GraphPicture.Node
  typealias Pointer = GraphPicture.Pointer

  /// Roots a and f; A to B, B to C and E, F to G; nothing leads to D.
  static let classic = GraphPicture(
    rootGroups: [
      GraphPicture.RootGroup(
        title: "globals",
        roots: [.init("a", Pointer(.node(0))), .init("f", Pointer(.node(5)))])
    ],
    nodes: [
      Node(id: 0, label: "A", shade: .black, slots: [Pointer(.node(1))]),
      Node(id: 1, label: "B", shade: .grey, slots: [Pointer(.node(2)), Pointer(.node(4))]),
      Node(id: 2, label: "C", shade: .white, slots: [Pointer(.empty)]),
      Node(id: 3, label: "D", shade: .white, slots: [Pointer(.empty)]),
      Node(id: 4, label: "E", shade: .white, slots: [Pointer(.empty)]),
      Node(id: 5, label: "F", shade: .grey, slots: [Pointer(.node(6))]),
      Node(id: 6, label: "G", shade: .white, slots: [Pointer(.empty)]),
    ])

  private static func badCase(
    a0: Pointer, b0: Pointer, x: Pointer, c: Node, rest: [Node] = [], isScanned: Bool = true
  ) -> GraphPicture {
    GraphPicture(
      rootGroups: [
        GraphPicture.RootGroup(
          title: "globals", isScanned: isScanned, roots: [.init("g", Pointer(.node(0)))]),
        GraphPicture.RootGroup(
          title: "main", isScanned: isScanned,
          roots: [
            .init("a", Pointer(.node(0))), .init("b", Pointer(.node(1))), .init("x", x),
          ]),
      ],
      nodes: [
        Node(id: 0, label: "A", shade: .black, slots: [a0, Pointer(.empty)]),
        Node(id: 1, label: "B", shade: .grey, slots: [b0]),
        c,
      ] + rest)
  }

  /// Black A gets the pointer that grey B still holds: strong broken, nothing doomed yet.
  static let stored = badCase(
    a0: Pointer(.node(2), look: .violation), b0: Pointer(.node(2)),
    x: Pointer(.node(2)), c: Node(id: 2, label: "C", shade: .white, slots: [Pointer(.empty)]))

  /// B lets go of C: doomed.
  static let doomed = badCase(
    a0: Pointer(.node(2), look: .violation), b0: Pointer(.empty, look: .cut), x: Pointer(.empty),
    c: Node(id: 2, label: "C", shade: .white, slots: [Pointer(.empty)], marks: .doomed))

  /// C was freed and E lives in its cell; A still points there.
  static let reused = badCase(
    a0: Pointer(.dangling(to: 2)), b0: Pointer(.node(4), look: .active), x: Pointer(.empty),
    c: Node(id: 2, label: "C", shade: .freed, marks: .lost, note: "now E"),
    rest: [
      Node(
        id: 4, label: "E", shade: .white, slots: [Pointer(.empty)], marks: [.changed], note: "new")
    ], isScanned: false)

  static let badCaseStory = GraphStory([stored, doomed, reused])

  /// Cycles, a slot that refers to its own object, a long name, a target with many sources.
  static let tangled = GraphPicture(
    rootGroups: [
      GraphPicture.RootGroup(title: "globals", roots: [.init("registry", Pointer(.node(0)))]),
      GraphPicture.RootGroup(
        title: "main", isScanned: true,
        roots: [.init("node", Pointer(.node(3))), .init("tmp", Pointer(.empty))]),
      GraphPicture.RootGroup(
        title: "insert",
        roots: [.init("next", Pointer(.node(4), look: .barrierHit, isSelected: true))]),
    ],
    nodes: [
      Node(
        id: 0, label: "registry", shade: .black,
        slots: [Pointer(.node(1)), Pointer(.node(2)), Pointer(.node(3))]),
      Node(id: 1, label: "n1", shade: .black, slots: [Pointer(.node(5)), Pointer(.node(2))]),
      Node(id: 2, label: "n2", shade: .grey, slots: [Pointer(.node(5)), Pointer(.node(0))]),
      Node(id: 3, label: "n3", shade: .grey, slots: [Pointer(.node(5)), Pointer(.node(3))]),
      Node(id: 4, label: "n4", shade: .white, slots: [Pointer(.node(6))], marks: [.selected]),
      Node(id: 5, label: "shared", shade: .white, slots: [Pointer(.node(6)), Pointer(.node(1))]),
      Node(id: 6, label: "last", shade: .white, slots: [Pointer(.node(4))]),
    ])

  /// `count` objects with pointers drawn by lot; some freed, some pointers dangling.
  static func random(count: Int, seed: UInt64) -> GraphPicture {
    var dice = Dice(seed: seed)
    let shades: [GraphPicture.Shade] = (0..<count).map { _ in
      dice.pick([.white, .grey, .black, .white, .freed])
    }
    func pointer(_ dice: inout Dice) -> Pointer {
      guard count > 0, dice.roll(4) > 0 else { return Pointer(.empty) }
      let target = dice.roll(count)
      let link: GraphPicture.Link =
        shades[target] == .freed
        ? .dangling(to: GraphNodeID(target)) : .node(GraphNodeID(target))
      let looks = GraphPicture.Look.allCases + Array(repeating: GraphPicture.Look.plain, count: 12)
      return Pointer(link, look: dice.pick(looks))
    }
    let nodes = (0..<count).map { number in
      Node(
        id: GraphNodeID(number), label: "o\(number)", shade: shades[number],
        slots: (0..<dice.roll(4)).map { _ in pointer(&dice) })
    }
    let groups = (0..<2).map { group in
      GraphPicture.RootGroup(
        title: "f\(group)", isScanned: group == 0,
        roots: (0..<1 + dice.roll(3)).map { .init("r\($0)", pointer(&dice)) })
    }
    return GraphPicture(rootGroups: groups, nodes: nodes)
  }
}

/// A small linear congruential generator, the same on every machine.
struct Dice {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 2_862_933_555_777_941_757 &+ 3_037_000_493 }

  /// A number in `0..<sides`.
  mutating func roll(_ sides: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(max(1, sides)))
  }

  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[roll(elements.count)] }
}
