/// A setting that means nothing under the chosen collector.
public struct SettingConflict: Error, Hashable, Sendable {
  public let name: SettingName
  public let word: String
  public let collector: CollectorKind

  init(_ name: SettingName, _ word: String, _ collector: CollectorKind) {
    self.name = name
    self.word = word
    self.collector = collector
  }
}

extension SettingConflict: CustomStringConvertible {
  public var description: String {
    let expected =
      switch (collector, name) {
      case (.copying, .barrier): "expected none or baker, whose read barrier copies"
      case (.referenceCounting, .barrier): "expected none: counting is a barrier of its own"
      default: "expected the default"
      }
    return "\(name.rawValue) \(word) belongs to no \(collector.rawValue) collector; \(expected)"
  }
}
