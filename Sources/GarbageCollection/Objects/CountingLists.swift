/// What a counting collector keeps of objects beside their headers: two lists and a policy.
///
/// An object is on one list at most, and its header says where: a count of zero belongs to the
/// zero-count table, a candidate's is higher. So it leaves its list in constant time when it dies.
struct CountingLists {
  /// Objects that nothing counted refers to, in the hands of the program or of an uncounted stack.
  ///
  /// The end of it is also the worklist of a cascade: objects that die, each to be taken apart.
  var zeroCounts: [Reference] = []
  /// Objects that may belong to garbage that refers to itself, for trial deletion to look at.
  var candidates: [Reference] = []
  /// Objects whose references a pass of trial deletion is still to follow.
  var pending: [Reference] = []
  /// Objects found to be in use, whose references are to be counted again.
  var restoring: [Reference] = []
  /// Whether references from stacks are not counted.
  let isDeferred: Bool
  /// Whether candidates are looked for at all.
  let detectsCycles: Bool

  init(isDeferred: Bool = false, detectsCycles: Bool = false) {
    self.isDeferred = isDeferred
    self.detectsCycles = detectsCycles
  }

  init(_ settings: Settings) {
    self.init(
      isDeferred: settings.counting == .deferred,
      detectsCycles: settings.cycleDetection == .trialDeletion)
  }

  func hash(into digest: inout Digest) {
    for list in [zeroCounts, candidates, pending, restoring] {
      digest.mix(list.count)
      for object in list { digest.mix(Int(object.word)) }
    }
  }
}

/// The flags of an object whose references are counted.
///
/// ```
/// bit 31                                        2       0
/// │ position in its list plus one; 0 for none   │ colour │
/// ```
struct CountFlags {
  var word: UInt32

  init(word: UInt32) { self.word = word }

  var color: TrialColor {
    get { CountFlags.colors[Int(word & 3)] }
    set { word = word & ~3 | CountFlags.code(newValue) }
  }

  /// Where it stands in its list; nil for an object on none.
  var position: Int? {
    get { word >> 2 == 0 ? nil : Int(word >> 2) - 1 }
    set { word = word & 3 | UInt32((newValue ?? -1) + 1) << 2 }
  }

  private static let colors: [TrialColor] = [.black, .gray, .white, .purple]

  private static func code(_ color: TrialColor) -> UInt32 {
    switch color {
    case .black: 0
    case .gray: 1
    case .white: 2
    case .purple: 3
    }
  }
}
