public import ArgumentParser
import GarbageCollection
public import ModelChecking

/// How large the heaps are.
struct BoundOptions: ParsableArguments {
  enum Symmetry: String, ExpressibleByArgument, CaseIterable {
    case on, off
  }

  enum Births: String, ExpressibleByArgument, CaseIterable {
    case none, white, grey, black
  }

  enum Copies: String, ExpressibleByArgument, CaseIterable {
    case none, guarded, bare
  }

  enum Sends: String, ExpressibleByArgument, CaseIterable {
    case none, shaded, bare
  }

  enum Beginning: String, ExpressibleByArgument, CaseIterable {
    case marking, idle
  }

  @Option(help: "Objects in the heap, 1 to 7; 2 if not given.") var objects: Int?
  @Option(help: "Slots of each object, 0 to 7; 1 if not given.") var slots: Int?
  @Option(help: "Variables of each mutator's stack, 1 to 7; 2 if not given.") var registers: Int?
  @Option(help: "Mutators, each with a stack of its own, 1 to 4.") var mutators = 1
  @Option(help: "Whether mutators allocate, and in which colour: none, white, grey or black.")
  var allocate = Births.none
  @Option(help: "Whether mutators copy whole objects, and how: none, guarded or bare.")
  var bulkCopy = Copies.none
  @Option(
    help: "Whether mutators send references to each other's stacks, and how: none, shaded or bare.")
  var send = Sends.none
  @Option(
    help: "Where runs begin: marking (just started) or idle; idle for many cycles and early flags.")
  var begin: Beginning?
  @Option(help: "one marking phase, or many cycles.") var cycles = CycleBound.one
  @Option(
    help: """
      Search a published model in place of the machine: ben-ari or dijkstra-lamport, collectors whose \
      size is --objects, --slots and --roots N; or mark-completion, the end of marking in Go 1.7, \
      whose size is --objects (grey ones, 1 to 4; 3 if not given) and --markers.
      """)
  var model: PublishedModel?
  @Option(
    help: """
      The order in which the published model's mutator acts: redirect-first, colour-first or \
      no-shading of ben-ari; atomic, shade-first, write-first or no-barrier of dijkstra-lamport. Of \
      mark-completion, when a worker reads the pool: queue-first or queue-last (before or after it \
      counts itself out), or locked (in the same action).
      """)
  var order: String?
  @Option(help: "Workers that mark in mark-completion, 1 to 3; 2 if not given.") var markers: Int?
  @Option(
    help: """
      once or rescan: how often stacks are scanned; or a number: the variables of each mutator, or the \
      roots of a published model.
      """)
  var roots: String?
  @Option(help: "on: heaps that differ only in the names of their objects are one; or off.")
  var symmetry = Symmetry.on

  func value(_ settings: Settings) -> Bounds {
    var bounds = Bounds(
      objects: objects ?? 2, slots: slots ?? 1, registers: registers ?? rootCount ?? 2,
      mutators: mutators,
      allocates: allocate != .none, cycles: cycles)
    bounds.copies = bulkCopy != .none
    bounds.sends = send != .none
    bounds.startsIdle =
      begin.map { $0 == .idle } ?? (cycles == .many || settings.flagCheck == .early)
    return bounds
  }

  /// Whether any option is there that says how large the heaps are, or how long runs go on.
  var areGiven: Bool {
    objects != nil || slots != nil || registers != nil || rootCount != nil || begin != nil
      || mutators != 1 || cycles != .one
  }

  /// `--roots` where it is a number.
  var rootCount: Int? { roots.flatMap { Int($0) } }

  func validate() throws {
    if let roots, rootCount == nil { _ = try Settings([(.roots, roots)]) }
    if order != nil, model == nil {
      throw ValidationError("'--order' is for '--model'; '--atomicity' is what the machine has")
    }
    let hasHeap = slots != nil || registers != nil || rootCount != nil || mutators != 1
    if model == .markCompletion, hasHeap {
      throw ValidationError("'--model mark-completion' takes only '--objects' and '--markers'")
    }
    if markers != nil, model != .markCompletion {
      throw ValidationError("'--markers' is for '--model mark-completion'")
    }
  }

  /// The settings that these options ask for besides.
  var overrides: [(SettingName, String)] {
    var overrides: [(SettingName, String)] = []
    if let roots, rootCount == nil { overrides.append((.roots, roots)) }
    if allocate != .none { overrides.append((.allocate, allocate.rawValue)) }
    if bulkCopy != .none { overrides.append((.bulkCopy, bulkCopy.rawValue)) }
    if send != .none { overrides.append((.send, send.rawValue)) }
    return overrides
  }
}

extension CycleBound: ExpressibleByArgument {}
extension Promise: ExpressibleByArgument {}

/// The settings that a check can vary beside the bounds.
struct CheckedSettings: ParsableArguments {
  @Option(help: .of(.collector), completion: .of(.collector)) var collector: String?
  @Option(help: .of(.counting), completion: .of(.counting)) var counting: String?
  @Option(help: .of(.cycleDetection), completion: .of(.cycleDetection)) var cycleDetection: String?
  @Option(help: .of(.barrier), completion: .of(.barrier)) var barrier: String?
  @Option(help: .of(.schedule), completion: .of(.schedule)) var schedule: String?
  @Option(help: .of(.stacks), completion: .of(.stacks)) var stacks: String?
  @Option(help: .of(.atomicity), completion: .of(.atomicity)) var atomicity: String?
  @Option(help: .of(.scan), completion: .of(.scan)) var scan: String?
  @Option(help: .of(.handshake), completion: .of(.handshake)) var handshake: String?
  @Option(help: .of(.stackBarrier), completion: .of(.stackBarrier)) var stackBarrier: String?
  @Option(help: .of(.elide), completion: .of(.elide)) var elide: String?
  @Option(help: .of(.unguarded), completion: .of(.unguarded)) var unguarded: String?
  @Option(help: .of(.buffer), completion: .of(.buffer)) var buffer: String?
  @Option(help: .of(.flagCheck), completion: .of(.flagCheck)) var flagCheck: String?
  @Option(help: .of(.remember), completion: .of(.remember)) var remember: String?
  @Option(help: .of(.promotion), completion: .of(.promotion)) var promotion: String?

  /// What was given, by setting.
  var overrides: [(SettingName, String)] {
    let words: [(SettingName, String?)] = [
      (.collector, collector), (.counting, counting), (.cycleDetection, cycleDetection),
      (.barrier, barrier), (.schedule, schedule), (.stacks, stacks),
      (.atomicity, atomicity), (.scan, scan), (.handshake, handshake),
      (.stackBarrier, stackBarrier), (.elide, elide), (.unguarded, unguarded),
      (.buffer, buffer), (.flagCheck, flagCheck), (.remember, remember),
      (.promotion, promotion),
    ]
    return words.compactMap { name, word in word.map { (name, $0) } }
  }

  func validate() throws { _ = try Settings(overrides) }
}

extension Settings {
  /// The plain settings with some words in place of their own.
  init(_ overrides: [(SettingName, String)]) throws(ValidationError) {
    self.init()
    for (name, word) in overrides {
      do throws(SettingError) { try set(name, to: word) } catch {
        throw ValidationError("--\(name.rawValue): \(error.description)")
      }
    }
  }
}
