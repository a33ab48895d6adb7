import Foundation
import Testing

/// What the README shows and promises is what the program does.
struct ReadmeTests {
  private func readme() throws -> String {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
  }

  @Test func `the screen of the README is a real one`() throws {
    let frame = Tricolor.run("run", "--frames", "80x24", "--at", "14")
    #expect(try readme().contains("```\n" + frame.output + "```\n"))
  }

  @Test func `the script of the README runs as it says`() throws {
    let blocks = try readme().components(separatedBy: "```")
    let script = try #require(blocks.first { $0.hasPrefix("\ntitle ") })
    let folder = Folder()
    let result = Tricolor.run("run", folder.script(script))
    #expect(result.status == 0)
    #expect(result.lines.contains("verdict: lost C"))
  }

  @Test(arguments: [
    ["run", "01-plain-marking"], ["run", "03-bad-case", "--barrier", "yuasa"], ["compare"],
    ["examples"], ["run", "puzzles/01-no-barrier"], ["help", "script"], ["help", "keys"],
    ["help", "barriers"],
    ["check", "--barrier", "go"],
  ])
  func `the commands of the README work`(arguments: [String]) {
    #expect(Tricolor.run(arguments).status == 0)
  }
}
