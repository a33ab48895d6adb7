/// What no schedule may break.
public enum Promise: String, Hashable, Sendable, CaseIterable {
  /// No object is freed while the program can reach it.
  case keepsObjects = "lost"
  /// No black object, and no global already scanned, refers to a white object.
  case strongInvariant = "strong"
  /// Every white object that something black refers to is reached from something grey through white
  /// ones; a stack scanned for good counts as black.
  case weakInvariant = "weak"
}

/// How a schedule breaks a promise.
public enum Breach: Hashable, Sendable {
  /// These objects were freed though the program could reach them.
  case lost([ObjectLabel])
  case invariantBroken
  /// A grey object waits nowhere to be scanned: no schedule's mistake, but the machine's own.
  case worklistAstray
}
