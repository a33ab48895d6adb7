import Testing

@testable import TerminalUI

struct GraphRoutingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var objects: Int
    var width: Int
    var height: Int
    var testDescription: String { "\(objects) objects, \(width)x\(height)" }
  }

  static let cases = [
    Case(objects: 5, width: 50, height: 13), Case(objects: 9, width: 80, height: 11),
    Case(objects: 12, width: 80, height: 13), Case(objects: 20, width: 118, height: 26),
    Case(objects: 30, width: 150, height: 40),
  ]
  private static let seeds: Range<UInt64> = 0..<8

  @Test(arguments: cases)
  func `every line drawn leads from its slot to its target and nowhere else`(_ sample: Case) {
    for seed in Self.seeds {
      let figure = FigureInStory.random(count: sample.objects, seed: seed)
      let view = figure.view(width: sample.width, height: sample.height)
      var canvas = Canvas(width: sample.width, height: sample.height)
      view.draw(on: &canvas)
      let routed = view.wires.filter(\.isRouted)
      let tracer = LineTracer(canvas: canvas, starts: Set(routed.map(\.start)))
      for wire in routed {
        let ends = tracer.follow(from: wire.start)
        let target = wire.pointer.link.target.flatMap { view.rect(of: .node($0)) }
        #expect(ends.broken.isEmpty, "seed \(seed), \(wire.spot)")
        #expect(!ends.targets.isEmpty, "seed \(seed), \(wire.spot)")
        #expect(
          ends.targets.allSatisfy { target?.contains(column: $0.column, row: $0.row) == true },
          "seed \(seed), \(wire.spot)")
      }
    }
  }

  @Test(arguments: cases)
  func `no line enters a box or the names of roots`(_ sample: Case) {
    for seed in Self.seeds {
      let view = FigureInStory.random(count: sample.objects, seed: seed)
        .view(width: sample.width, height: sample.height)
      for wire in view.wires {
        guard case .route(let steps) = wire.course else { continue }
        for step in steps {
          let column = step.cell % view.grid.width
          let row = step.cell / view.grid.width
          #expect(!view.boxes.contains { $0.rect.contains(column: column, row: row) })
          #expect(column >= view.pane.exitColumn)
        }
      }
    }
  }

  @Test(arguments: cases)
  func `lines share a cell and a direction only on the way to one target`(_ sample: Case) {
    struct Lane: Hashable {
      var cell: Int
      var isHorizontal: Bool
    }
    for seed in Self.seeds {
      let view = FigureInStory.random(count: sample.objects, seed: seed)
        .view(width: sample.width, height: sample.height)
      var targetByLane: [Lane: GraphNodeID] = [:]
      for wire in view.wires {
        guard case .route(let steps) = wire.course, let target = wire.pointer.link.target else {
          continue
        }
        for step in steps {
          for heading in [step.entering, step.leaving] {
            let lane = Lane(cell: step.cell, isHorizontal: heading.isHorizontal)
            #expect(targetByLane[lane] ?? target == target, "seed \(seed)")
            targetByLane[lane] = target
          }
        }
      }
    }
  }

  @Test func `what stands out does not change the way lines go`() {
    var plain = Figure.random(count: 12, seed: 3)
    for node in plain.nodes.indices {
      for slot in plain.nodes[node].slots.indices { plain.nodes[node].slots[slot].look = .plain }
    }
    var loud = plain
    for node in loud.nodes.indices {
      for slot in loud.nodes[node].slots.indices { loud.nodes[node].slots[slot].look = .active }
    }
    let story = GraphStory(plain)
    let views = [plain, loud].map {
      FigureInStory(name: "", picture: $0, story: story).view(width: 118, height: 26)
    }
    #expect(views[0].wires.map(\.course) == views[1].wires.map(\.course))
  }

  @Test func `few pointers are left without a line`() {
    var routed = 0
    var named = 0
    for seed in Self.seeds {
      let view = FigureInStory.random(count: 12, seed: seed).view(width: 80, height: 13)
      let inSight = Set(view.boxes.map(\.node.id))
      for wire in view.wires {
        if wire.isRouted { routed += 1 }
        if wire.course == .label, let target = wire.pointer.link.target, inSight.contains(target) {
          named += 1
        }
      }
    }
    #expect(routed > 70)
    #expect(named * 12 < routed)
  }

  @Test func `a target out of sight is named at the slot`() {
    let figure = FigureInStory.random(count: 60, seed: 1)
    let canvas = figure.canvas(width: 80, height: 12)
    let view = figure.view(width: 80, height: 12)
    let inSight = Set(view.boxes.map(\.node.id))
    let away = view.wires.filter { wire in
      wire.pointer.link.target.map { !inSight.contains($0) } ?? false
    }
    #expect(!away.isEmpty)
    for wire in away {
      #expect(wire.course == .label)
      #expect(canvas.lines[wire.row].contains(wire.label))
    }
  }
}

extension Wire {
  fileprivate var isRouted: Bool { if case .route = course { true } else { false } }
  fileprivate var start: LineTracer.Point { LineTracer.Point(column: column, row: row) }
}
