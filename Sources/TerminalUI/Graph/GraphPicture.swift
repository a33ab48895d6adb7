/// Names an object of a graph; numbers are given in order of birth and never reused.
public struct GraphNodeID: Hashable, Comparable, Sendable, ExpressibleByIntegerLiteral {
  public let number: Int

  public init(_ number: Int) { self.number = number }
  public init(integerLiteral number: Int) { self.number = number }

  public static func < (left: GraphNodeID, right: GraphNodeID) -> Bool {
    left.number < right.number
  }
}

/// What the graph panel shows at one moment: roots, objects and who refers to whom.
///
/// It knows no collector: whoever has one says which shade, which note and which look each thing
/// gets. Where things stand is the business of a `GraphLayout`.
public struct GraphPicture: Hashable, Sendable {
  public var rootGroups: [RootGroup]
  /// In order of birth; of two nodes with one id the first counts.
  public var nodes: [Node]

  public init(rootGroups: [RootGroup] = [], nodes: [Node] = []) {
    self.rootGroups = rootGroups
    self.nodes = nodes
  }
}

extension GraphPicture {
  public enum Shade: Hashable, Sendable, CaseIterable {
    case white, grey, black
    /// A ghost: the object is gone, its place is kept.
    case freed
  }

  /// Where a slot or a root leads.
  public enum Link: Hashable, Sendable {
    case empty
    case node(GraphNodeID)
    /// To an object that was freed; what is read through it may be another object's bytes.
    case dangling(to: GraphNodeID)
  }

  /// Why a pointer stands out.
  public enum Look: Hashable, Sendable, CaseIterable {
    case plain
    /// The pointer this step scanned, stored or loaded.
    case active
    /// The pointer this step erased; shown where the link is empty.
    case cut
    /// The pointer a barrier acted on in this step.
    case barrierHit
    /// A witness that an invariant is broken.
    case violation
  }

  /// A slot of an object, or the place a root holds.
  public struct Pointer: Hashable, Sendable {
    public var link: Link
    public var look: Look
    public var isSelected: Bool

    public init(_ link: Link, look: Look = .plain, isSelected: Bool = false) {
      self.link = link
      self.look = look
      self.isSelected = isSelected
    }
  }

  /// What is to be said of a node beside its shade.
  public struct Marks: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let selected = Marks(rawValue: 1)
    /// Something happened to it in this step.
    public static let changed = Marks(rawValue: 2)
    /// Reachable and white, and no grey object leads to it any more.
    public static let doomed = Marks(rawValue: 4)
    /// Reachable and freed.
    public static let lost = Marks(rawValue: 8)
  }

  public struct Node: Hashable, Sendable {
    public var id: GraphNodeID
    public var label: String
    public var shade: Shade
    public var slots: [Pointer]
    public var marks: Marks
    /// A word or two under the badge, in place of what `marks` would say there.
    public var note: String?
    /// The same where there is little room.
    public var shortNote: String?

    public init(
      id: GraphNodeID, label: String, shade: Shade, slots: [Pointer] = [], marks: Marks = [],
      note: String? = nil, shortNote: String? = nil
    ) {
      self.id = id
      self.label = label
      self.shade = shade
      self.slots = slots
      self.marks = marks
      self.note = note
      self.shortNote = shortNote
    }
  }

  /// A global or a variable.
  public struct Root: Hashable, Sendable {
    public var name: String
    public var pointer: Pointer

    public init(_ name: String, _ pointer: Pointer) {
      self.name = name
      self.pointer = pointer
    }
  }

  /// The globals, or one stack frame.
  public struct RootGroup: Hashable, Sendable {
    public var title: String
    /// The collector has been here, and will not see what is put here later.
    public var isScanned: Bool
    public var roots: [Root]

    public init(title: String, isScanned: Bool = false, roots: [Root]) {
      self.title = title
      self.isScanned = isScanned
      self.roots = roots
    }
  }
}

/// A place in a picture that can be pointed at.
public enum GraphSpot: Hashable, Sendable {
  case node(GraphNodeID)
  case slot(of: GraphNodeID, index: Int)
  /// Positions in `rootGroups` and in the group's `roots`.
  case root(group: Int, index: Int)
}

/// The words the graph panel adds of its own, so that they can be said in another language.
public struct GraphWords: Hashable, Sendable {
  /// The letter in a badge.
  public var white: String
  public var grey: String
  public var black: String
  public var freed: String
  public var doomed: String
  public var lost: String
  public var scanned: String

  public init(
    white: String, grey: String, black: String, freed: String, doomed: String, lost: String,
    scanned: String
  ) {
    self.white = white
    self.grey = grey
    self.black = black
    self.freed = freed
    self.doomed = doomed
    self.lost = lost
    self.scanned = scanned
  }

  public static let english = GraphWords(
    white: "W", grey: "G", black: "B", freed: "freed", doomed: "doomed", lost: "lost",
    scanned: "scanned")
}
