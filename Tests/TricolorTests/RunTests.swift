import Foundation
import TestTerminal
import Testing

/// `tricolor run` and friends, without a terminal.
struct RunTests {
  private let folder = Folder()

  @Test func `a story that comes out as expected ends with 0`() {
    let result = Tricolor.run("run", folder.script(Scripts.badCase))
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors == "")
    #expect(result.lines.first == "Test of the bad case")
    #expect(result.output.contains("C is DOOMED"))
    #expect(result.output.contains("as expected: C lost"))
    #expect(result.lines.contains("verdict: lost C"))
  }

  @Test func `after the verdict the blame is told, in text and as data`() throws {
    let path = folder.script(Scripts.badCase)
    let lines = Tricolor.run("run", path).lines.drop { $0 != "verdict: lost C" }.dropFirst()
    #expect(lines.first == "C is lost: doomed at step 16, freed at step 23.")
    #expect(lines.contains("  step 15  stored  The mutator writes C into A.0 of black A."))
    #expect(lines.contains { $0.hasPrefix("  step 16  cut     The mutator clears B.0 (was C)") })
    #expect(lines.contains { $0.hasPrefix("  step 15  saved   dijkstra") })
    #expect(lines.allSatisfy { $0.count <= 80 })
    let records = Tricolor.run("run", path, "--format", "json").lines
    let blame = try #require(records.first { $0.hasPrefix("{\"type\":\"blame\"") })
    let value = try JSONSerialization.jsonObject(with: Data(blame.utf8)) as? [String: Any]
    #expect(value?["object"] as? String == "C")
    #expect(value?["doomed"] as? Int == 16)
    #expect((value?["insertion"] as? [String: Any])?["step"] as? Int == 15)
    #expect(records.last?.hasPrefix("{\"type\":\"verdict\"") == true)
  }

  @Test func `without a terminal the visualizer tells the same story`() {
    let path = folder.script(Scripts.badCase)
    #expect(Tricolor.run(path) == Tricolor.run("run", path))
    #expect(Tricolor.run("show", path).output == Tricolor.run("run", path).output)
  }

  @Test func `a failed expectation ends with 1 and says where`() {
    let path = folder.script("object A\nroot g = A\ncollect\nexpect A free\nexpect A garbage\n")
    let result = Tricolor.run("run", path)
    #expect(result.status == 1)
    #expect(result.output.contains("NOT AS EXPECTED: A free"))
    #expect(
      result.errors.hasPrefix("tricolor: \(path):4: expected A free, but "), "\(result.errors)")
    #expect(result.errors.contains("(and 1 more)"))
    #expect(result.errors.split(separator: "\n").count == 1)
  }

  @Test func `an object lost unexpectedly ends with 1, and under a barrier with 0`() {
    let script = Scripts.badCase.replacingOccurrences(of: "set barrier none", with: "")
    let path = folder.script(script)
    let bad = Tricolor.run("run", path, "--barrier", "none", "--worklist", "fifo")
    #expect(bad.status == 1)
    #expect(bad.errors == "tricolor: \(path): a live object was lost: C\n")
    for barrier in ["dijkstra", "hybrid", "go"] {
      let good = Tricolor.run("run", path, "--barrier", barrier)
      #expect(good.status == 0, "\(barrier): \(good.errors)")
      #expect(good.output.contains("moot"))
      #expect(good.lines.last == "verdict: no live object was lost")
    }
  }

  @Test(arguments: [[], ["--format", "json"], ["--frames", "80x24"], ["--frames", "120x40"]])
  func `output is the same twice`(options: [String]) {
    let path = folder.script(Scripts.badCase)
    let words = options.joined(separator: "' '")
    let first = options.isEmpty ? Tricolor.run("run", path) : Tricolor.run("run", path, words)
    let second = options.isEmpty ? Tricolor.run("run", path) : Tricolor.run("run", path, words)
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.output.count > 500)
    #expect(first == second)
  }

  @Test func `every line of JSON is an object`() throws {
    let result = Tricolor.run("run", folder.script(Scripts.badCase), "--format", "json")
    #expect(result.status == 0)
    #expect(result.lines.count > 20)
    for line in result.lines {
      let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
      let object = try #require(value as? [String: Any])
      #expect(object["type"] is String)
    }
  }

  @Test func `frames are as large as asked for`() {
    let path = folder.script(Scripts.badCase)
    let frame = Tricolor.run("run", path, "--frames", "80x24", "--at", "16")
    let rows = frame.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(rows.count == 25, "24 rows, each ended")
    #expect(rows[0].contains("step 16/"))
    #expect(frame.output.contains("! doomed C"))
    let ascii = Tricolor.run("run", path, "--frames", "80x24", "--at", "16", "--ascii")
    #expect(ascii.output.utf8.allSatisfy { $0 < 0x80 })
  }

  @Test func `one step alone is its sentence`() {
    let path = folder.script(Scripts.badCase)
    #expect(Tricolor.run("run", path, "--at", "0").output == "the start\n")
    #expect(Tricolor.run("run", path, "--at", "12").output.contains("A is black"))
  }

  @Test func `a script is read from standard input`() {
    let result = Tricolor.run("run", "-", redirection: "<'\(folder.script(Scripts.badCase))'")
    #expect(result.status == 0)
    #expect(result.lines.contains("verdict: lost C"))
  }

  @Test func `closed input and output are no trouble`() {
    let path = folder.script(Scripts.badCase)
    #expect(Tricolor.run("run", path, redirection: "<&-").status == 0)
    #expect(Tricolor.run(path, redirection: "<&-").status == 0)
    #expect(Tricolor.run("run", path, redirection: ">&-").status == 74)
  }

  @Test func `compare plays the schedule under every barrier`() {
    let result = Tricolor.run("compare", folder.script(Scripts.badCase))
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.lines.allSatisfy { $0.count <= 80 })
    let rows = result.lines.prefix { !$0.hasPrefix("strong, weak:") }
      .map { $0.split(separator: " ") }
    #expect(rows.dropFirst().map { $0[0] }.prefix(2) == ["none", "dijkstra"])
    #expect(rows[1][1...] == ["C", "16", "(15)", "(16)", "0", "1", "0", "4", "23"])
    #expect(rows[2][1] == "-")
  }

  @Test func `compare gives the same as data`() throws {
    let result = Tricolor.run("compare", folder.script(Scripts.badCase), "--format", "json")
    #expect(result.status == 0, "\(result.errors)")
    for line in result.lines {
      let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
      let object = try #require(value as? [String: Any])
      #expect(object["type"] as? String == "outcome")
    }
    #expect(result.lines[0].contains("\"strongBroken\":{\"step\":15,\"promised\":false}"))
  }

  @Test func `examples are listed, copied and played`() throws {
    let list = Tricolor.run("examples")
    #expect(list.status == 0)
    #expect(!list.lines.isEmpty)
    let copied = Tricolor.run("examples", "--copy", folder.path + "/new")
    #expect(copied.status == 0, "\(copied.errors)")
    let names = list.lines.filter { !$0.isEmpty && !$0.hasPrefix("Puzzles:") }
    #expect(copied.lines.count == names.count)
    #expect(copied.lines.contains(folder.path + "/new/puzzles/01-no-barrier.tri"))
    for path in copied.lines {
      let name = path.dropFirst(folder.path.count + 5).dropLast(4)
      let played = Tricolor.run("run", path)
      #expect(played.status == 0, "\(played.errors)")
      #expect(played.output == Tricolor.run("run", String(name)).output)
    }
  }

  @Test(arguments: ["script", "keys", "barriers"])
  func `the manual is 80 columns wide and reached in two ways`(topic: String) {
    let result = Tricolor.run("help", topic)
    #expect(result.status == 0)
    #expect(result.lines.count > 20)
    #expect(result.lines.allSatisfy { $0.count <= 80 }, "\(result.lines.filter { $0.count > 80 })")
    #expect(result == Tricolor.run("manual", topic))
  }

  @Test(arguments: [[], ["run"], ["compare"], ["examples"], ["show"], ["manual"]])
  func `help goes to standard output and is 80 columns wide`(command: [String]) {
    let result = Tricolor.run(command.first ?? "--help", command.isEmpty ? "--help" : "-h")
    #expect(result.status == 0)
    #expect(result.errors == "")
    #expect(result.output.contains("USAGE: tricolor"))
    #expect(result.lines.allSatisfy { $0.count <= 80 })
  }
}
