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
      case (.copying, .allocate): "expected black: objects are born where the copies stand"
      case (.copying, .scan): "expected object: copies are scanned whole"
      case (.copying, .roots): "expected once: from the flip on roots refer to copies"
      case (.generational, .flagCheck): "expected with-store: the store is remembered at once"
      default: "expected the default"
      }
    return "\(name.rawValue) \(word) belongs to no \(collector.rawValue) collector; \(expected)"
  }
}
