import Foundation
import TestTerminal
import Testing

/// `tricolor check` as people use it.
struct CheckCommandTests {
  private let folder = Folder()

  @Test func `a sound barrier is safe, with status 0, the same whoever searches`() {
    let alone = Tricolor.run("check", "--barrier", "dijkstra", "--workers", "1")
    #expect(alone.status == 0, "\(alone)")
    #expect(
      alone.lines.first
        == "safe: no schedule within 2 objects of 1 slot, 2 registers loses an object")
    let both = Tricolor.run("check", "--barrier", "dijkstra", "--workers", "2")
    #expect(both == alone)
    let unmerged = Tricolor.run(
      "check", "--barrier", "dijkstra", "--symmetry", "off", "--format", "json")
    #expect(unmerged.output.contains("\"verdict\":\"safe\",\"states\":1260,"), "\(unmerged)")
  }

  @Test func `a losing schedule has status 1, and is saved as a script that loses the object`() {
    let path = folder.path + "/loss.tri"
    let result = Tricolor.run("check", "--save", path)
    #expect(result.status == 1)
    #expect(result.errors == "tricolor: check: a schedule of 5 actions loses an object\n")
    #expect(result.lines.contains("  3. the program stores r1.0 = nil (A.0 from B to nil)"))
    let replayed = Tricolor.run("run", path)
    #expect(replayed.status == 0, "\(replayed)")
    #expect(replayed.lines.contains("verdict: lost B"), "\(replayed.output)")
    #expect(Tricolor.run("run", path, "--barrier", "go").status == 0)
  }

  /// Every option that lets a mistake be made, with the length of the shortest loss.
  @Test(arguments: [
    (["--barrier", "dijkstra", "--roots", "once"], 5),
    (["--barrier", "yuasa", "--stacks", "any"], 6),
    (["--barrier", "hybrid", "--allocate", "white"], 3),
    (["--barrier", "steele", "--atomicity", "shade-first"], 9),
    (["--barrier", "yuasa-conditional", "--scan", "slot-first"], 5),
    (["--barrier", "go", "--elide", "new-nil"], 5),
    (["--barrier", "go", "--bulk-copy", "bare"], 5),
    (["--barrier", "dijkstra", "--buffer", "late"], 7),
    (["--barrier", "yuasa", "--atomicity", "store-first", "--handshake", "off"], 4),
  ])
  func `each side condition set wrong is convicted, and the saved schedule replays`(
    _ options: [String], _ length: Int
  ) {
    let path = folder.path + "/loss.tri"
    let result = Tricolor.run(["check", "--save", path] + options)
    #expect(result.status == 1)
    #expect(result.errors.contains("a schedule of \(length) actions"), "\(result)")
    #expect(Tricolor.run("run", path).status == 0, "\(options)")
  }

  @Test func `a limit ends a search with status 75, and the checkpoint goes on to the same answer`()
  {
    let path = folder.path + "/search"
    let options = ["check", "--barrier", "go", "--format", "json", "--checkpoint", path]
    let cut = Tricolor.run(options + ["--states", "300"])
    #expect(cut.status == 75, "\(cut)")
    #expect(cut.errors.contains("the limit of 300 states was reached"), "\(cut)")
    let resumed = Tricolor.run(options)
    #expect(resumed.status == 0, "\(resumed)")
    #expect(resumed.output == Tricolor.run("check", "--barrier", "go", "--format", "json").output)
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func `bounds whose heaps alone do not fit end at once, with a clear word`() {
    let result = Tricolor.run("check", "--objects", "7", "--slots", "7", "--memory", "64MiB")
    #expect(result.status == 75)
    #expect(result.errors.contains("nothing was tried; expected smaller bounds"), "\(result)")
  }

  /// Going on from part of the heaps would prove nothing.
  @Test func `a search that could not set up all heaps is not kept`() {
    let path = folder.path + "/search"
    let result = Tricolor.run(
      "check", "--barrier", "go", "--states", "41", "--checkpoint", path)
    #expect(result.status == 75)
    #expect(result.errors.contains("not even all heaps were set up"), "\(result)")
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func `a checkpoint of another check, or a damaged one, is 65`() throws {
    let path = folder.path + "/search"
    _ = Tricolor.run("check", "--barrier", "go", "--states", "100", "--checkpoint", path)
    let other = Tricolor.run("check", "--barrier", "yuasa", "--checkpoint", path)
    #expect(other.status == 65)
    #expect(other.errors.contains("the checkpoint is of another check"), "\(other)")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    try bytes.dropLast(7).write(to: URL(fileURLWithPath: path))
    let damaged = Tricolor.run("check", "--barrier", "go", "--checkpoint", path)
    #expect(damaged.status == 65)
    #expect(damaged.errors.contains("damaged or cut off"), "\(damaged)")
  }

  @Test func `the threads of a script are interleaved in every way`() {
    let path = folder.script(
      """
      set barrier dijkstra
      set roots once
      object A slots 1
      object B slots 1
      thread T2
      push main
      local x = A
      A.0 = B
      T2: push run
      T2: local y = A
      start
      local x = x.0
      T2: y.0 = nil
      """)
    let result = Tricolor.run("check", path)
    #expect(result.status == 1)
    #expect(result.lines.first == "unsafe: this interleaving loses B; no shorter one does")
    #expect(Tricolor.run("check", path, "--barrier", "go").status == 0)
    let saved = folder.path + "/loss.tri"
    #expect(Tricolor.run("check", path, "--save", saved).status == 1)
    #expect(Tricolor.run("run", saved).status == 0)
  }

  @Test func `the search of a script is bounded, kept and taken up like any other`() {
    let script = folder.script(
      "set barrier go\nobject A slots 2\nobject B slots 1\nA.0 = B\nroot g = A\nstart\n"
        + "root h = g.0\ng.0 = nil\nroot h = nil\ng.1 = g\n")
    let path = folder.path + "/search"
    let cut = Tricolor.run("check", script, "--states", "20", "--checkpoint", path)
    #expect(cut.status == 75, "\(cut)")
    let resumed = Tricolor.run("check", script, "--format", "json", "--checkpoint", path)
    #expect(resumed.status == 0, "\(resumed)")
    #expect(resumed.output == Tricolor.run("check", script, "--format", "json").output)
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test(arguments: [["--objects", "3"], ["--cycles", "many"], ["--promise", "weak"]])
  func `a script has bounds of its own`(_ options: [String]) {
    let script = folder.script("object A slots 1\nroot g = A\nstart\ng.0 = nil\n")
    #expect(Tricolor.run(["check", script] + options).status == 64)
  }

  @Test func `a script that cannot be interleaved is 65 and says why`() {
    let nothing = Tricolor.run("check", folder.script("object A slots 1\n"))
    #expect(nothing.status == 65)
    #expect(nothing.errors.contains("no cycle is started"), "\(nothing)")
  }

  @Test func `a published model has its published counts`() {
    let result = Tricolor.run(
      "check", "--model", "ben-ari", "--objects", "2", "--slots", "2", "--roots", "1")
    #expect(result.status == 0)
    #expect(result.lines.last == "3262 states, 16282 firings, depth 116", "\(result)")
    let early = Tricolor.run(
      "check", "--model", "dijkstra-lamport", "--objects", "3", "--slots", "1", "--order",
      "shade-first")
    #expect(early.status == 1)
    #expect(early.errors.contains("a run of 12 steps loses a node"), "\(early)")
  }

  @Test func `workers may end marking too early, though not under a lock`() {
    let race = Tricolor.run("check", "--model", "mark-completion")
    #expect(race.status == 1)
    #expect(
      race.errors.contains("a run of 10 steps ends marking while an object is grey"), "\(race)")
    let locked = Tricolor.run(
      "check", "--model", "mark-completion", "--order", "locked", "--markers", "3")
    #expect(locked.status == 0, "\(locked)")
    #expect(
      locked.lines.first == "safe: mark-completion never ends marking while an object is grey")
  }

  @Test(arguments: [
    ["--objects", "0"], ["--registers", "9"], ["--mutators", "5"], ["--order", "atomic"],
    ["--memory", "lots"], ["--workers", "0"], ["--states", "0"], ["--roots", "often"],
    ["--model", "ben-ari", "--order", "atomic"], ["--markers", "2"],
    ["--model", "mark-completion", "--markers", "4"],
    ["--model", "mark-completion", "--slots", "1"], ["--promise", "nothing"],
    ["--barrier", "yuassa"],
  ])
  func `wrong usage is 64, in one line`(_ options: [String]) {
    let result = Tricolor.run(["check"] + options)
    #expect(result.status == 64, "\(result)")
    #expect(result.output == "")
    #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
  }
}
