import Exporting
import Foundation
import GarbageCollection
import Scenarios
import Testing
import TimeTravel

struct RunRecordTests {
  private let source = """
    title "A \\"small\\" story"
    object A slots 1
    root g = A
    say "Now."
    start
    step
    expect A grey
    beat
    A.0 = A
    finish
    """

  private func lines(_ source: String) throws -> [String] {
    var session = try Session.playing(try Script(parsing: source, file: "test.tri"))
    var lines: [String] = []
    RunRecord.forEachLine(&session) { lines.append($0) }
    return lines
  }

  private func objects(_ source: String) throws -> [[String: Any]] {
    try lines(source).map { line in
      let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
      return try #require(value as? [String: Any])
    }
  }

  @Test func `every line is a JSON object with a type`() throws {
    let types = try objects(source).map { $0["type"] as? String }
    #expect(
      types.map { $0 ?? "none" } == [
        "run", "step", "step", "say", "step", "step", "expect", "beat", "step", "step", "step",
        "step", "verdict",
      ])
  }

  @Test func `a step tells roots, objects, worklist and invariants`() throws {
    let line = try lines(source)[5]
    #expect(
      line == """
        {"type":"step","step":4,"line":6,"sentence":"The collector scans the global g: A turns \
        grey. All roots are scanned; now the grey objects are.",\
        "marks":["phase"],"phase":"marking","strong":"holds","weak":"holds","worklist":["A"],\
        "roots":[{"name":"g","value":"A"}],"objects":[{"label":"A","offset":8192,"color":"grey",\
        "fate":"live","slots":[null]}]}
        """)
  }

  @Test func `a step that moves a cell tells its way, one of a thread who acted`() throws {
    let steps = try objects(
      "object A\nroot g = A\nthread T2\nT2: push f\nT2: free g\nstart\nfinish\njoin T2\n"
    ).filter { $0["type"] as? String == "step" }
    #expect(
      steps.map { $0["thread"] as? String } == [
        nil, nil, "main", "T2", "T2", nil, nil, nil, nil, "main",
      ])
    #expect(steps.indices.filter { steps[$0]["route"] != nil } == [0, 4, 9])
    let route = try #require(steps[0]["route"] as? [String: Any])
    #expect(
      route.keys.sorted() == [
        "cells", "locks", "pages", "swept", "systemBytes", "systemCalls", "tier",
      ])
  }

  @Test func `a goal is told where it stands, and how it came out in the verdict`() throws {
    let story = "object A\nroot g = A\nstart\ngoal A lost within 1\nfinish\n"
    let records = try objects(story)
    let goal = try #require(records.first { $0["type"] as? String == "goal" })
    #expect(goal["object"] as? String == "A")
    #expect(goal["within"] as? Int == 1)
    let outcome = try #require(records.last?["goal"] as? [String: Any])
    #expect(outcome["outcome"] as? String == "too many actions")
    #expect(outcome["used"] as? Int == 2)
  }

  @Test func `quotes and line breaks in texts are escaped`() throws {
    let head = try #require(try objects("title \"a \\\"b\\\" \\n c\"\nobject A").first)
    #expect(head["title"] as? String == "a \"b\" \n c")
  }

  @Test func `the verdict names what was lost`() throws {
    let lost = """
      object A slots 1
      object B slots 1
      object C
      root g = A
      A.0 = B
      B.0 = C
      start
      until A black
      A.0 = C
      B.0 = nil
      finish
      expect C lost
      """
    let verdict = try #require(try objects(lost).last)
    #expect(verdict["lost"] as? [String] == ["C"])
    #expect(verdict["asExpected"] as? Bool == true)
  }

  @Test func `the same run prints the same bytes`() throws {
    #expect(try lines(source) == lines(source))
  }
}
