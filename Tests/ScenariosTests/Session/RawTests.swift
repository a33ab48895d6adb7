import GarbageCollection
import Scenarios
import Testing
import TimeTravel

/// Variables that hold an address as a number.
struct RawTests {
  @Test(arguments: ["mark-compact", "copying"])
  func `an address is stale once the object has moved`(collector: String) throws {
    let session = try play(
      """
      set collector \(collector)
      set schedule stop-the-world
      object Dead slots 3
      object B slots 1
      push main
      local b = B
      raw p = b
      expect p = B
      collect
      expect b = B
      expect B live
      expect moved 1
      """)
    #expect(Verdict(session).failures == [])
    let variables = session.timeline.state.machine.roots.stacks[0].frames[0].variables
    let id = try #require(session.timeline.state.chronicle.object(labelled: "B"))
    let place = session.timeline.state.chronicle[id].reference
    #expect(variables.map(\.isRaw) == [false, true])
    #expect(variables[0].value == place)
    #expect(variables[1].value != nil && variables[1].value != place)
  }

  @Test(arguments: CollectorKind.chosable)
  func `an address keeps nothing alive`(collector: CollectorKind) throws {
    let session = try play(
      """
      set collector \(collector.rawValue)
      set schedule stop-the-world
      object A slots 1
      push main
      local a = A
      raw p = a
      expect A live
      local a = nil
      collect
      expect A collected
      """)
    #expect(Verdict(session).failures == [])
    #expect(Verdict(session).lost == [])
  }

  @Test func `an address stays right where nothing moves`() throws {
    let session = try play(
      """
      object A slots 1
      root g = A
      push main
      raw p = g
      collect
      expect p = A
      """)
    #expect(Verdict(session).failures == [])
  }

  @Test(arguments: CollectorKind.chosable, ["immediate", "deferred"])
  func `no collector takes an address for a reference`(
    collector: CollectorKind, counting: String
  ) throws {
    let session = try play(
      """
      set collector \(collector.rawValue)
      set counting \(counting)
      set schedule stop-the-world
      object A slots 1
      root g = A
      push main
      local a = A
      object B slots 1
      a.0 = B
      raw p = a
      thread T2
      T2: push work
      T2: raw q = g
      push f
      raw r = A
      pop
      expect A live
      collect
      join T2
      pop
      collect
      expect g = A
      expect g.0 = B
      """)
    #expect(Verdict(session).failures == [])
    #expect(Verdict(session).lost == [])
    #expect(session.timeline.state.machine.firstCountFault() == nil)
  }

  @Test(arguments: [
    "local b = p", "root h = p", "p.0 = nil",
  ])
  func `what is no more is not counted through an address`(statement: String) throws {
    var session = try play(
      """
      set collector reference-counting
      object A slots 1
      root g = A
      push main
      raw p = g
      root g = nil
      """)
    #expect(throws: SessionError.self) { try session.type(statement) }
    #expect(session.timeline.state.machine.firstCountFault() == nil)
  }

  @Test(arguments: [
    ("raw p = A", "local p = A", "holds a raw address"),
    ("local p = A", "raw p = A", "holds a reference"),
  ])
  func `a variable holds references or addresses, not both`(
    first: String, second: String, complaint: String
  ) throws {
    let error = try playError("object A\nroot g = A\npush main\n\(first)\n\(second)\n")
    #expect(error?.description.contains(complaint) == true)
  }

  @Test(arguments: ["raw p = A", "raw p = nil", "raw p = A.1", "T2: raw q = A"])
  func `an address is written as it is read`(text: String) throws {
    var scope = Scope(labels: ["A": 2], globals: [], variables: ["x"])
    scope.addThread("T2", variables: ["t"])
    #expect(try Script.parseStatement(text, scope: scope).text == text)
  }
}
