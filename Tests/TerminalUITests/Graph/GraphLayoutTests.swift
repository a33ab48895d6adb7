import Testing

@testable import TerminalUI

struct GraphLayoutTests {
  private func story(
    objects: Int, edges: [(Int, Int)] = [], roots: [Int] = []
  ) -> GraphStory {
    GraphStory(
      objects: (0..<objects).map { .init(id: GraphNodeID($0), label: "o\($0)", slotCount: 2) },
      edges: edges.map { .init(GraphNodeID($0.0), GraphNodeID($0.1)) },
      rootTargets: roots.map { GraphNodeID($0) })
  }

  private func places(_ layout: GraphLayout) -> [GraphLayout.Place?] {
    layout.objects.indices.map { layout[GraphNodeID($0)] }
  }

  @Test func `the heap of the books stands in three columns with garbage apart`() {
    let layout = GraphLayout(GraphStory(Figure.classic))
    #expect(
      places(layout) == [
        .init(column: 0, lane: 0), .init(column: 1, lane: 0), .init(column: 2, lane: 0),
        .init(column: 2, lane: 2), .init(column: 2, lane: 1), .init(column: 0, lane: 1),
        .init(column: 1, lane: 1),
      ])
  }

  @Test func `a later root does not pull an object to the left`() {
    let before = GraphLayout(story(objects: 3, edges: [(0, 1), (1, 2)], roots: [0]))
    let after = GraphLayout(story(objects: 3, edges: [(0, 1), (1, 2)], roots: [0, 2]))
    #expect(places(before) == places(after))
  }

  @Test func `a cycle is laid out as a chain`() {
    let layout = GraphLayout(story(objects: 3, edges: [(0, 1), (1, 2), (2, 0)], roots: [0]))
    #expect(places(layout).map { $0?.column } == [0, 1, 2])
  }

  @Test func `a long list goes on in the next line`() {
    let edges = (0..<7).map { ($0, $0 + 1) }
    let layout = GraphLayout(story(objects: 8, edges: edges, roots: [0]), columnLimit: 3)
    #expect(places(layout).map { $0?.column } == [0, 1, 2, 0, 1, 2, 0, 1])
    #expect(places(layout).map { $0?.lane } == [0, 0, 0, 1, 1, 1, 2, 2])
  }

  @Test func `crossings that can be avoided are`() {
    // 0 and 1 lead crosswise to 3 and 2.
    let layout = GraphLayout(story(objects: 4, edges: [(0, 3), (1, 2)], roots: [0, 1]))
    let lanes = places(layout).map { $0?.lane }
    #expect(lanes[0] == lanes[3])
    #expect(lanes[1] == lanes[2])
  }

  @Test(arguments: UInt64(0)..<30)
  func `each object has a place of its own`(seed: UInt64) {
    let story = GraphStory(Figure.random(count: 40, seed: seed))
    let layout = GraphLayout(story)
    #expect(layout.objects.count == 40)
    #expect(Set(layout.places).count == 40)
    #expect(layout.places.allSatisfy { $0.column < layout.columnCount && $0.column < 5 })
    #expect(layout.places.allSatisfy { $0.lane < layout.laneCount })
  }

  @Test(arguments: UInt64(0)..<30)
  func `growing moves nothing`(seed: UInt64) {
    let whole = GraphStory(Figure.random(count: 30, seed: seed))
    var part = whole
    part.objects.removeLast(20)
    var layout = GraphLayout(part)
    let before = layout
    layout.extend(with: whole)
    #expect(Array(layout.places.prefix(10)) == before.places)
    #expect(layout.objects.count == 30)
    #expect(Set(layout.places).count == 30)
  }

  @Test func `a late object stands right of the one that refers to it`() {
    var layout = GraphLayout(story(objects: 2, edges: [(0, 1)], roots: [0]))
    layout.extend(with: story(objects: 3, edges: [(0, 1), (1, 2)], roots: [0]))
    #expect(layout[2] == GraphLayout.Place(column: 2, lane: 0))
  }

  @Test func `what names unknown objects is ignored`() {
    let layout = GraphLayout(story(objects: 1, edges: [(0, 9), (9, 0), (7, 8)], roots: [0, 12]))
    #expect(layout.objects.map(\.id) == [0])
    #expect(layout[9] == nil)
  }

  @Test func `an empty story has an empty layout`() {
    let layout = GraphLayout()
    #expect(layout.columnCount == 0)
    #expect(layout.laneCount == 0)
  }

  @Test func `walking goes to the next box on a side`() {
    let layout = GraphLayout(GraphStory(Figure.classic))
    let all = Figure.classic.nodes.map(\.id)
    #expect(layout.neighbor(of: 0, towards: .right, among: all) == 1)
    #expect(layout.neighbor(of: 0, towards: .down, among: all) == 5)
    #expect(layout.neighbor(of: 2, towards: .left, among: all) == 1)
    #expect(layout.neighbor(of: 3, towards: .up, among: all) == 4)
    #expect(layout.neighbor(of: 0, towards: .left, among: all) == nil)
  }

  @Test func `a story keeps each fact once and the widest of each object`() {
    var grown = Figure.stored
    grown.nodes[0].slots.append(.init(.empty))
    let story = GraphStory([Figure.stored, grown, Figure.stored])
    #expect(story.objects.map(\.id) == [0, 1, 2])
    #expect(story.objects[0].slotCount == 3)
    #expect(story.edges == [.init(0, 2), .init(1, 2)])
    #expect(story.rootTargets == [0, 1, 2])
    #expect(story.rootNames == ["globals", "g", "main", "a", "b", "x"])
    #expect(story.rootRowCount == 6)
  }
}
