import GarbageCollection
import Scenarios

/// Roots and objects in words, where a graph has no room: `g=A` and `●A(B,C)`.
struct ObjectList {
  let scene: Scene
  let theme: Theme

  func lines(width: Int) -> [TextLine] {
    flow(scene.picture.rootGroups.flatMap(words), width: width)
      + flow(scene.picture.nodes.map(word), width: width)
  }

  private func words(of group: GraphPicture.RootGroup) -> [TextLine] {
    let mark = group.isScanned ? theme.glyphs.check : ""
    return [TextLine("\(group.title)\(mark)", .faint)]
      + group.roots.map { root in TextLine("\(root.name)=\(value(of: root.pointer))") }
  }

  private func word(of node: GraphPicture.Node) -> TextLine {
    let role: Role =
      node.marks.contains(.lost)
      ? .danger
      : node.marks.contains(.doomed)
        ? .doomed
        : node.marks.contains(.changed)
          ? .changed : .text
    let warning = node.marks.isDisjoint(with: [.lost, .doomed]) ? "" : "!"
    let slots = node.slots.map(value).joined(separator: ",")
    return TextLine("\(glyph(of: node.shade))\(node.label)\(warning)", role)
      .then(node.slots.isEmpty ? "" : "(\(slots))")
  }

  private func glyph(of shade: GraphPicture.Shade) -> String {
    switch shade {
    case .white: theme.glyphs.white
    case .grey: theme.glyphs.grey
    case .black: theme.glyphs.black
    case .freed: theme.glyphs.freed
    }
  }

  private func value(of pointer: GraphPicture.Pointer) -> String {
    func label(_ id: GraphNodeID) -> String {
      scene.picture.nodes.first { $0.id == id }?.label ?? "?"
    }
    return switch pointer.link {
    case .empty: "-"
    case .node(let id): label(id)
    case .dangling(let id): "!\(label(id))"
    }
  }

  /// Words with two blanks between them, in lines of at most `width`.
  private func flow(_ words: [TextLine], width: Int) -> [TextLine] {
    var lines: [TextLine] = []
    for word in words {
      if let last = lines.last, last.columnCount + 2 + word.columnCount <= width {
        lines[lines.count - 1] = last.then("  ").then(word)
      } else {
        lines.append(word)
      }
    }
    return lines
  }
}
