import Glibc
public import GarbageCollection

/// Settings with a name, for the arguments of a test.
public struct Setup: Sendable, CustomStringConvertible {
  public let description: String
  public let settings: Settings
  /// Where a hurried search for a counterexample begins.
  public let seed: UInt64

  public init(_ description: String, seed: UInt64 = 1, _ change: (inout Settings) -> Void) {
    self.description = description
    self.seed = seed
    var settings = Settings()
    settings.heapLimitBytes = 1 << 17
    change(&settings)
    self.settings = settings
  }
}

/// How long random tests run: `TRICOLOR_LONG=1` asks for the long form.
public enum Effort {
  public static let isLong = unsafe getenv("TRICOLOR_LONG") != nil

  /// Actions for each combination of collector, barrier and schedule: `TRICOLOR_ACTIONS` says how many.
  ///
  /// An optimised build makes a hundred thousand of them in the time that a debug build takes for a few.
  public static let actionCount =
    unsafe getenv("TRICOLOR_ACTIONS").flatMap { unsafe Int(String(cString: $0)) } ?? 3000

  /// Actions for a test that makes do with `count` of them in a hurry.
  public static func scaled(_ count: Int) -> Int { isLong ? count * 100 : count }
}
