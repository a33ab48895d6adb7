import Foundation
import TestTerminal
import Testing

/// The built program, run as people run it.
enum Tricolor {
  static let binary = Programs.product("tricolor")

  struct Result: Hashable {
    let status: Int
    /// Standard output.
    let output: String
    /// Standard error.
    let errors: String

    var lines: [String] { output.split(separator: "\n").map(String.init) }
  }

  /// Runs it in a shell without a terminal; `redirection` is what a shell takes after a command.
  static func run(
    _ arguments: String..., environment: [String: String?] = [:], redirection: String = ""
  ) -> Result {
    run(arguments, environment: environment, redirection: redirection)
  }

  static func run(
    _ arguments: [String], environment: [String: String?] = [:], redirection: String = ""
  ) -> Result {
    let words = arguments.map { "'\($0)'" }.joined(separator: " ")
    let folder = Folder()
    let command = "\(binary) \(words) 2>'\(folder.path)/errors' \(redirection)"
    let (status, output) = Programs.run(["/bin/sh", "-c", command], environment: environment)
    return Result(status: status, output: output, errors: folder.read("errors"))
  }
}

/// A folder of its own, gone with this value.
///
/// A class because it owns what is on the disk.
final class Folder {
  let path = NSTemporaryDirectory() + "/tricolor-" + UUID().uuidString

  init() {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch { Issue.record("\(error)") }
  }

  deinit {
    do { try FileManager.default.removeItem(atPath: path) } catch { Issue.record("\(error)") }
  }

  /// Stores a script and returns its path.
  func script(_ text: String, named name: String = "story.tri") -> String {
    let file = path + "/" + name
    do { try text.write(toFile: file, atomically: true, encoding: .utf8) } catch {
      Issue.record("\(error)")
    }
    return file
  }

  func read(_ name: String) -> String {
    do { return try String(contentsOfFile: path + "/" + name, encoding: .utf8) } catch {
      Issue.record("\(error)")
      return ""
    }
  }
}

enum Scripts {
  /// A live object lost because no barrier guards it, with a word at every turn.
  static let badCase = """
    title "Test of the bad case"
    set barrier none
    object A slots 1
    object B slots 1
    object C slots 1 bytes 8
    push main
    local a = A
    a.0 = B
    local b = a.0
    b.0 = C
    local b = nil
    start
    step 2
    expect A black
    expect B grey
    local b = a.0
    local c = b.0
    a.0 = c
    expect strong broken
    b.0 = nil
    expect C doomed
    local b = nil
    local c = nil
    finish
    expect C lost

    """

  /// Three mistakes of different kinds, on lines 2, 3 and 5.
  static let mistaken = """
    object A slots 1
    objekt B slots 1
    A.7 = A
    push main
    local x = Q

    """
}
