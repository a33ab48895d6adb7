import Testing

@testable import TerminalUI

struct GraphViewTests {
  @Test func `boxes stay where they are from step to step`() {
    let views = [FigureInStory.stored, .doomed, .reused].map { $0.view(width: 80, height: 12) }
    for id: GraphNodeID in [0, 1, 2] {
      let rects = views.map { $0.rect(of: .node(id)) }
      #expect(rects[0] != nil)
      #expect(rects[0] == rects[1])
      #expect(rects[1] == rects[2])
    }
  }

  @Test func `a frame does not depend on what was drawn before`() {
    let clean = FigureInStory.doomed.canvas(width: 80, height: 12)
    var dirty = FigureInStory.tangled.canvas(width: 80, height: 12)
    FigureInStory.doomed.view(width: 80, height: 12).draw(on: &dirty)
    #expect(dirty == clean)
  }

  @Test func `only the panel is drawn on`() {
    var canvas = Canvas(width: 60, height: 20)
    canvas.fill(canvas.bounds, with: "#")
    let rect = Rect(column: 7, row: 3, width: 41, height: 9)
    let picture = Figure.random(count: 30, seed: 4)
    let view = GraphView(
      picture, layout: GraphLayout(GraphStory(picture)), in: rect, theme: .standard)
    view.draw(on: &canvas)
    for row in 0..<20 {
      for column in 0..<60 where !rect.contains(column: column, row: row) {
        #expect(canvas[column: column, row: row].scalar == "#")
      }
    }
  }

  @Test(arguments: GraphRoutingTests.cases)
  func `every box can be clicked in all its cells`(_ sample: GraphRoutingTests.Case) {
    let view = FigureInStory.random(count: sample.objects, seed: 5)
      .view(width: sample.width, height: sample.height)
    #expect(!view.visibleNodes.isEmpty)
    for (id, rect) in view.visibleNodes {
      for row in rect.row..<rect.endRow {
        for column in rect.column..<rect.endColumn {
          let spot = view.hitTest(column: column, row: row)
          #expect(spot?.owner == id, "\(column), \(row)")
        }
      }
    }
  }

  @Test(arguments: [11, 13, 26])
  func `slots, roots and lines can be clicked`(height: Int) throws {
    let view = FigureInStory.classic.view(width: 100, height: height)
    let slot = try #require(view.rect(of: .slot(of: 1, index: 1)))
    #expect(view.hitTest(column: slot.column, row: slot.row) == .slot(of: 1, index: 1))
    #expect(view.hitTest(column: slot.endColumn, row: slot.row) == .slot(of: 1, index: 1))
    #expect(view.hitTest(column: slot.endColumn + 1, row: slot.row) == .slot(of: 1, index: 1))
    let root = try #require(view.rect(of: .root(group: 0, index: 1)))
    #expect(view.hitTest(column: root.column, row: root.row) == .root(group: 0, index: 1))
    #expect(view.hitTest(column: 99, row: 0) == nil)
    #expect(view.hitTest(column: 100, row: 0) == nil)
  }

  @Test(arguments: [GraphNodeID(0), 30, 77, 119])
  func `the selected object is in sight`(id: GraphNodeID) {
    var picture = Figure.random(count: 120, seed: 6)
    picture.nodes[id.number].marks.insert(.selected)
    let figure = FigureInStory(name: "", picture: picture, story: GraphStory(picture))
    let view = figure.view(width: 80, height: 12)
    #expect(view.rect(of: .node(id)) != nil)
    #expect(figure.view(width: 80, height: 12, scroll: view.scroll).scroll == view.scroll)
  }

  @Test func `nodes out of sight are counted`() throws {
    let figure = FigureInStory.random(count: 60, seed: 1)
    let view = figure.view(width: 80, height: 12, scroll: GraphScroll(column: 1, lane: 2))
    let hidden = try #require(view.hidden)
    let sum = hidden.left + hidden.right + hidden.above + hidden.below
    #expect(sum + view.visibleNodes.count == 60)
    let counts = figure.canvas(width: 80, height: 12).lines[11]
    #expect(counts.contains("▼ +"))
  }

  @Test func `of more roots than rows the active one is shown and the rest counted`() {
    let roots = (0..<30).map { number in
      GraphPicture.Root(
        "v\(number)", .init(.node(0), look: number == 17 ? .active : .plain))
    }
    let picture = GraphPicture(
      rootGroups: [.init(title: "main", roots: roots)],
      nodes: [.init(id: 0, label: "A", shade: .white)])
    let figure = FigureInStory(name: "", picture: picture, story: GraphStory(picture))
    let text = figure.canvas(width: 80, height: 9).text
    #expect(text.contains("v17"))
    #expect(text.contains("▲ +"))
    #expect(text.contains("▼ +"))
  }

  @Test func `of more slots than rows the active one is shown and the rest counted`() {
    var slots = Array(repeating: GraphPicture.Pointer(.empty), count: 40)
    slots[33] = .init(.node(1), look: .active)
    let picture = GraphPicture(nodes: [
      .init(id: 0, label: "A", shade: .grey, slots: slots),
      .init(id: 1, label: "B", shade: .white),
    ])
    let figure = FigureInStory(name: "", picture: picture, story: GraphStory(picture))
    for height in [5, 9, 14, 40] {
      let text = figure.canvas(width: 60, height: height).text
      #expect(text.contains("33"))
      #expect(text.contains("+"))
    }
  }

  @Test func `objects the layout does not know are shown all the same`() {
    let view = GraphView(
      Figure.classic, layout: GraphLayout(), in: Rect(column: 0, row: 0, width: 80, height: 24),
      theme: .standard)
    #expect(view.visibleNodes.count == 7)
    #expect(view.rect(of: .root(group: 0, index: 0)) != nil)
  }

  @Test func `labels may be wide, long, empty or full of control characters`() {
    let labels = ["对象", "", "a\u{1B}[31mred", "a name of great length", "e\u{301}"]
    let picture = GraphPicture(
      rootGroups: [.init(title: "全局变量", roots: [.init("变量", .init(.node(0)))])],
      nodes: labels.enumerated().map { number, label in
        .init(
          id: GraphNodeID(number), label: label, shade: .white,
          slots: [.init(.node(GraphNodeID((number + 1) % 5)))])
      })
    let figure = FigureInStory(name: "", picture: picture, story: GraphStory(picture))
    for (width, height) in [(50, 13), (118, 26), (198, 44)] {
      let text = figure.canvas(width: width, height: height).text
      #expect(text.contains("对象"))
      #expect(text.contains("变量"))
      #expect(!text.unicodeScalars.contains("\u{1B}"))
    }
  }

  @Test func `words come from the caller`() {
    let words = GraphWords(
      white: "白", grey: "灰", black: "黑", freed: "已释放", doomed: "将失", lost: "丢失",
      scanned: "已扫描")
    let view = FigureInStory.doomed.view(width: 118, height: 26, words: words)
    var canvas = Canvas(width: 118, height: 26)
    view.draw(on: &canvas)
    for word in ["○ C 白", "◐ B 灰", "● A 黑", "将失", "已扫描"] {
      #expect(canvas.text.contains(word))
    }
  }

  @Test(arguments: [0, 1, 7, 40])
  func `no size of panel is too much or too little`(count: Int) {
    let figure = FigureInStory.random(count: count, seed: 9)
    for width in [0, 1, 2, 3, 5, 8, 11, 15, 17, 18, 21, 27, 34, 50, 80, 250] {
      for height in [0, 1, 2, 3, 4, 5, 7, 11, 24, 80] {
        let canvas = figure.canvas(width: width, height: height)
        #expect(canvas.cells.count == width * height)
      }
    }
  }

  @Test func `hundreds of objects are drawn in part`() {
    let figure = FigureInStory.random(count: 600, seed: 2)
    let view = figure.view(width: 118, height: 26)
    #expect(view.visibleNodes.count > 20)
    #expect(view.hidden != nil)
  }
}

extension GraphSpot {
  fileprivate var owner: GraphNodeID? {
    switch self {
    case .node(let id), .slot(of: let id, _): id
    case .root: nil
    }
  }
}
