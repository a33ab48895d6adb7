import ArgumentParser
import Examples
import Glibc
import Scenarios

/// `tricolor examples`: the built-in scripts.
struct ExamplesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "examples", abstract: "List the built-in scripts, or copy them into a folder.")

  @Option(
    help: "Copy the scripts into this folder, which is made if need be.", completion: .directory)
  var copy: String?

  func run() throws {
    var output = Output()
    for example in BuiltInScript.all {
      if let copy {
        let path = "\(copy)/\(example.name).tri"
        if example == BuiltInScript.all.first { try makeFolder(copy) }
        if let failure = Files.write(String(decoding: example.bytes, as: UTF8.self), to: path) {
          throw failure
        }
        try output.line(path)
      } else {
        let blanks = String(repeating: " ", count: max(1, 28 - example.name.count))
        try output.line(example.name + blanks + title(of: example))
      }
    }
    try output.flush()
  }

  private func makeFolder(_ path: String) throws(Failure) {
    guard unsafe mkdir(path, 0o755) == 0 || errno == EEXIST else {
      throw Failure(.cannotCreate, "\(path): cannot be made; expected a folder to copy into")
    }
  }

  private func title(of example: BuiltInScript) -> String {
    do throws(ScriptErrors) {
      return try Script(bytes: example.bytes, file: example.name).title() ?? ""
    } catch {
      preconditionFailure("a built-in script is right: \(error)")
    }
  }
}

extension BuiltInScript {
  /// The script of that name, with or without `.tri`.
  static func named(_ name: String) -> BuiltInScript? {
    let stem = name.hasSuffix(".tri") ? String(name.dropLast(4)) : name
    return all.first { $0.name == stem }
  }
}
