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
    if let copy {
      try self.copy(to: copy, &output)
    } else {
      try list(BuiltInScript.stories, &output)
      try output.line("")
      try output.line("Puzzles: be the program and the collector, and reach the goal; ! is a hint")
      try list(BuiltInScript.puzzles, &output)
    }
    try output.flush()
  }

  private func list(_ examples: [BuiltInScript], _ output: inout Output) throws {
    for example in examples {
      let blanks = String(repeating: " ", count: max(1, 30 - example.name.count))
      try output.line(example.name + blanks + title(of: example))
    }
  }

  private func copy(to folder: String, _ output: inout Output) throws {
    try makeFolder(folder)
    try makeFolder("\(folder)/puzzles")
    for example in BuiltInScript.all {
      let path = "\(folder)/\(example.name).tri"
      if let failure = Files.write(String(decoding: example.bytes, as: UTF8.self), to: path) {
        throw failure
      }
      try output.line(path)
    }
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
