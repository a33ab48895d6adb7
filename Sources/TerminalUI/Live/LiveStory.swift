import GarbageCollection
import Workloads

/// What a paused run did in its last step and is about to do, in sentences.
struct LiveStory {
  let view: PausedView
  let step: ThreadStep?
  let order: WorklistOrder

  func lines(width: Int) -> [TextLine] {
    let told = step.map(sentences) ?? ["All threads stand still; . takes one step of the cycle."]
    return told.flatMap { TextLine.wrapped($0, width: width, .strong) }
      + outlook.flatMap { TextLine.wrapped($0, width: width) }
  }

  /// Objects that are named of those that wait.
  private static let nextLimit = 6

  static func name(_ object: Reference) -> String { "x" + String(object.offset, radix: 16) }

  // MARK: What happened

  func sentences(_ step: ThreadStep) -> [String] {
    var sentences: [String] = []
    var shadedCount = 0
    for (index, event) in step.events.enumerated() {
      switch event {
      case .shaded(_, by: .root), .marked(_, by: .root): shadedCount += 1
      default:
        let next = index + 1 < step.events.count ? step.events[index + 1] : nil
        if let sentence = sentence(event, next) { sentences.append(sentence) }
      }
    }
    if shadedCount + step.leftOutCount > 0 {
      let count = step.leftOutCount > 0 ? "more than \(shadedCount)" : "\(shadedCount)"
      sentences.append("What it refers to and was white has been shaded: \(count).")
    }
    return sentences.isEmpty ? ["Nothing had to be done."] : sentences
  }

  /// - Parameter next: the event behind it, which tells whether something came of it.
  private func sentence(_ event: Event<Reference>, _ next: Event<Reference>?) -> String? {
    switch event {
    case .phaseChanged(let from, let to):
      return "The phase went from \(from.rawValue) to \(to.rawValue)."
    case .scannedRoot(let root, let isRescan):
      return "\(name(root)) was scanned\(isRescan ? " again" : "")."
    case .beganScan(let object):
      return "\(LiveStory.name(object)) came off the worklist; its slots are read next."
    case .examinedSlot(let slot, let object, let found):
      let place = "Slot \(slot) of \(LiveStory.name(object)) was read: "
      guard let found else { return place + "it is empty." }
      let name = LiveStory.name(found)
      switch next?.discovery {
      case .some(let discovery) where discovery.object == found:
        if case .marked? = next { return place + "\(name) was white, has no slots, and is black." }
        return place + "\(name) was white; it is grey and waits."
      default: return place + "\(name), which was not white; nothing to do."
      }
    case .blackened(let object):
      return "All slots of \(LiveStory.name(object)) have been read: it is black."
    case .moved(_, let old, let new, _):
      return "\(LiveStory.name(old)) was young and lives: it is \(LiveStory.name(new)) now, "
        + "and old."
    case .sweptSpan(let page, let freedCount, let keptCount):
      return
        "The span at page \(page.index) was swept: \(freedCount) cells freed, \(keptCount) kept."
    default: return nil
    }
  }

  private func name(_ root: RootID) -> String {
    switch root {
    case .global(let index): "Global \(index)"
    case .stack(let id) where id == .main: "The stack of no thread"
    case .stack(let id): "The stack of T\(id.index)"
    }
  }

  // MARK: What comes

  private var outlook: [String] {
    var lines: [String] = []
    if let scanned = view.scanned {
      lines.append(
        "Being scanned: \(LiveStory.name(scanned.reference)), slot \(view.nextSlot) of "
          + "\(scanned.slotCount) is next (counted from 0).")
    }
    switch view.phase {
    case .idle: lines.append("No cycle is under way; . begins one.")
    case .flipping: lines.append("The young to which roots refer are promoted, root by root.")
    case .copying: lines.append("The young to which the promoted refer are promoted.")
    case .sweeping: lines.append("White objects are being freed, span by span.")
    default: lines += waiting
    }
    if view.unscannedRootCount > 0 {
      lines.append("Not scanned yet: \(counted(view.unscannedRootCount, "root")).")
    }
    return lines
  }

  private var waiting: [String] {
    guard !view.next.isEmpty else { return ["Nothing waits on the worklist."] }
    let noun = order == .bySpan ? "page" : "object"
    let names = view.next.prefix(LiveStory.nextLimit).map {
      "\(LiveStory.name($0.reference)) (\(counted($0.slotCount, "slot")))"
    }
    let held = view.listedCount == 0 ? "in hand" : counted(view.listedCount, noun)
    let rest = view.next.count > LiveStory.nextLimit ? ", and so on" : ""
    return ["Worklist, \(order.rawValue): \(held). Next: \(names.joined(separator: ", "))\(rest)."]
  }
}
