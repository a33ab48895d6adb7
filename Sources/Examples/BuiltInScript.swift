/// The scripts that come with the program, embedded in it: those of the folder `examples`.
public struct BuiltInScript: Hashable, Sendable {
  /// The file's name without `.tri`.
  public let name: String
  /// UTF-8.
  public let bytes: [UInt8]

  /// What opens when nothing else is asked for.
  public static let badCase = BuiltInScript(name: "03-bad-case", bytes: PackageResources._3_bad_case_tri)

  /// In the order of the story they tell.
  public static let all: [BuiltInScript] = [
    badCase
  ]
}
