/// Sizes as people write them: `64KiB`, `1MiB`, `8192B`, `8192`.
public enum ByteSize {
  private static let units = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("B", 1)]

  /// Bytes that `word` stands for, when it is within the limits of the setting.
  static func parse(_ word: String, for name: SettingName) throws(SettingError) -> Int {
    let limits = name == .nursery ? SettingName.nurseryLimits : SettingName.heapLimits
    guard let bytes = bytes(of: word), limits.contains(bytes) else {
      throw .badSize(word, of: name)
    }
    return bytes
  }

  /// Bytes that `word` stands for, whatever their number; nil when it is no size.
  public static func bytes(of word: String) -> Int? {
    let unit = units.first { word.hasSuffix($0.0) } ?? ("", 1)
    guard let count = Int(word.dropLast(unit.0.count)), count > 0,
      case let (bytes, overflow) = count.multipliedReportingOverflow(by: unit.1), !overflow
    else { return nil }
    return bytes
  }

  /// The shortest exact spelling: 65536 is `64KiB`, 1000 is `1000B`.
  public static func describe(_ bytes: Int) -> String {
    let unit = units.first { bytes.isMultiple(of: $0.1) && bytes >= $0.1 } ?? ("B", 1)
    return "\(bytes / unit.1)\(unit.0)"
  }
}
