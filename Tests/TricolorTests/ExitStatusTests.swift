import Foundation
import TestTerminal
import Testing

/// What goes wrong is said on standard error, and by the exit status.
struct ExitStatusTests {
  private let folder = Folder()

  @Test(arguments: [
    ["--nosuch"], ["run", "--barrier", "yuassa"], ["run", "--frames", "80"],
    ["run", "--format", "xml"], ["run", "--at", "9999"], ["run", "--at", "-1"],
    ["run", "--heap", "3"], ["help", "frobnicate"], ["manual", "frobnicate"],
    ["show", "--ambiguous", "3"], ["run", "a", "b"], ["examples", "--copy"],
  ])
  func `wrong usage is 64`(arguments: [String]) {
    let result = Tricolor.run(arguments.joined(separator: "' '"))
    #expect(result.status == 64, "\(result)")
    #expect(result.output == "")
    #expect(!result.errors.isEmpty)
  }

  @Test func `a bad script is 65, with all its errors, each with line, column and caret`() {
    let path = folder.script(Scripts.mistaken)
    for command in ["run", "show", "compare"] {
      let result = Tricolor.run(command, path)
      #expect(result.status == 65)
      #expect(result.output == "")
      let errors = result.errors
      #expect(errors.contains("\(path):2:1: error: "), "\(errors)")
      #expect(errors.contains("did you mean 'object'?"), "\(errors)")
      #expect(errors.contains("\(path):3:"), "\(errors)")
      #expect(errors.contains("\(path):5:11: error: "), "\(errors)")
      #expect(errors.split(separator: "\n").filter { $0.contains("^") }.count == 3, "\(errors)")
    }
  }

  @Test func `a statement that cannot be performed is 65 and says its line`() {
    let path = folder.script("object A\nfinish\n")
    let result = Tricolor.run("run", path)
    #expect(result.status == 65)
    #expect(result.errors.contains("\(path):2: error: "), "\(result.errors)")
  }

  @Test func `a heap that is too small is 65 and says the line`() {
    let big = (0..<40).map { "object O\($0) bytes 4000\n" }.joined()
    let result = Tricolor.run("run", folder.script("set heap 16KiB\n" + big))
    #expect(result.status == 65)
    #expect(result.errors.contains(": error: "), "\(result.errors)")
  }

  @Test func `bytes that are no text are 65`() throws {
    let path = folder.path + "/noise.tri"
    try Data([0xFF, 0xFE, 0x00, 0x80]).write(to: URL(fileURLWithPath: path))
    #expect(Tricolor.run("run", path).status == 65)
  }

  @Test func `what cannot be read is 66, in one line`() {
    for path in ["/nowhere/story.tri", folder.path, "frobnicate", "/dev/null/x"] {
      for command in ["run", "show"] {
        let result = Tricolor.run(command, path)
        #expect(result.status == 66)
        #expect(result.errors.split(separator: "\n").count == 1)
        #expect(result.errors.contains(path))
        #expect(result.output == "")
      }
    }
  }

  @Test func `a mistyped command is called neither command nor file`() {
    let result = Tricolor.run("frobnicate")
    #expect(result.status == 66)
    #expect(result.errors.contains("neither a command, nor a built-in script, nor a file"))
    #expect(result.errors.contains("tricolor --help"))
  }

  @Test func `a folder that cannot be made is 73`() {
    let result = Tricolor.run("examples", "--copy", "/proc/nowhere")
    #expect(result.status == 73)
    #expect(result.errors.split(separator: "\n").count == 1)
  }

  @Test(arguments: [
    ["run"], ["compare"], ["examples"], ["help", "keys"], ["run", "--format", "json"],
  ])
  func `a full disk is 74`(arguments: [String]) {
    let result = Tricolor.run(arguments.joined(separator: "' '"), redirection: ">/dev/full")
    #expect(result.status == 74)
    #expect(result.errors == "tricolor: standard output: cannot be written\n")
  }
}
