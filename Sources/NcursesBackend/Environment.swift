internal import CNcurses
internal import Glibc

/// What the surroundings say about language and colour.
enum Environment {
  /// The value of a variable, or nil where it is unset.
  ///
  /// C: `getenv`
  static func value(_ name: String) -> String? {
    guard let text = unsafe getenv(name) else { return nil }
    return unsafe String(cString: text)
  }

  /// The locale for characters: the first of these that says something decides.
  static var locale: String {
    for name in ["LC_ALL", "LC_CTYPE", "LANG"] {
      if let value = value(name), !value.isEmpty { return value }
    }
    return "C"
  }

  /// Sets the C library's character set, which curses draws with.
  ///
  /// Remote shells name locales that are not installed here; their character set is still meant.
  ///
  /// C: `setlocale`, `nl_langinfo`
  ///
  /// - Returns: whether it is UTF-8.
  static func adoptCharacterSet() -> Bool {
    if unsafe setlocale(LC_CTYPE, "") == nil, isUTF8(locale: locale) {
      unsafe setlocale(LC_CTYPE, "C.UTF-8")
    }
    return unsafe String(cString: tc_codeset()) == "UTF-8"
  }

  static func isUTF8(locale: String) -> Bool {
    let name = locale.lowercased()
    return name.contains("utf-8") || name.contains("utf8")
  }

  static func isEastAsian(locale: String) -> Bool {
    ["zh", "ja", "ko"].contains { locale.hasPrefix($0) }
  }
}
