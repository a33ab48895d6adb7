import GarbageCollection
import Scenarios

extension JSON {
  /// Steps are those of the run; `ownStep` is null where a barrier's rescue has no place in it.
  init(_ blame: Blame) {
    self = .object([
      ("type", .string("blame")),
      ("object", .string(blame.label)),
      ("doomed", .int(blame.doomedStep)),
      ("lost", JSON(blame.lostStep)),
      ("insertion", blame.insertion.map { JSON($0) } ?? .null),
      ("deletion", blame.deletion.map { JSON($0) } ?? .null),
      ("remark", blame.remark.map { .string($0) } ?? .null),
      ("savedBy", .array(blame.rescues.map { JSON($0) })),
      ("lostUnder", .array(blame.failures.map { .string($0.rawValue) })),
    ])
  }

  init(_ number: Int?) { self = number.map { .int($0) } ?? .null }

  private init(_ act: Blame.Act) {
    self = .object([
      ("step", .int(act.step)), ("kind", .string(act.kind.rawValue)),
      ("sentence", .string(act.sentence)),
    ])
  }

  private init(_ rescue: Blame.Rescue) {
    var members: [(String, JSON)] = [
      ("barrier", .string(rescue.barrier.rawValue)), ("ownStep", JSON(rescue.ownStep)),
      ("step", JSON(rescue.step)), ("by", rescue.means.map { .string($0.word) } ?? .null),
    ]
    switch rescue.means {
    case .barrier(let object), .revert(let object), .scan(let object), .birth(let object):
      members.append(("object", .string(object)))
    case .rescan, .roots, nil: break
    }
    self = .object(members)
  }
}

extension Blame.Means {
  fileprivate var word: String {
    switch self {
    case .barrier: "barrier"
    case .revert: "revert"
    case .scan: "scan"
    case .rescan: "rescan"
    case .roots: "roots"
    case .birth: "birth"
    }
  }
}
