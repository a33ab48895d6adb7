import Examples
import GarbageCollection
import Scenarios
import Testing
import TimeTravel

struct BlameTests {
  private func blame(
    _ source: String, _ overrides: [(SettingName, String)] = [],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Blame {
    let session = try play(source, overrides)
    let blames = session.blames(for: session.victims)
    return try #require(blames.first, sourceLocation: sourceLocation)
  }

  private func example(_ name: String) throws -> Blame {
    let script = try #require(BuiltInScript.all.first { $0.name == name })
    return try blame(String(decoding: script.bytes, as: UTF8.self))
  }

  private func barriers(_ blame: Blame, at step: Int?) -> Set<Barrier> {
    Set(blame.rescues.filter { $0.ownStep == step }.map(\.barrier))
  }

  @Test func `the bad case has two fatal writes, and each barrier acts at one of them`() throws {
    let blame = try example("03-bad-case")
    #expect(blame.label == "C")
    #expect(blame.insertion?.step == 13)
    #expect(blame.insertion?.kind == .store)
    #expect(blame.insertion?.sentence == "The mutator writes C into A.1 of black A.")
    #expect(blame.deletion?.step == 14)
    #expect(blame.deletion?.kind == .overwrite)
    #expect(
      blame.deletion?.sentence
        == "The mutator clears B.0 (was C): the last path to be scanned, B.0 -> C, is gone.")
    #expect(blame.doomedStep == 14)
    #expect(blame.lostStep == 21)
    #expect(blame.remark == nil)
    #expect(blame.steps == [12, 13, 14, 21], "a load is where read barriers act")
    #expect(barriers(blame, at: 13).isSuperset(of: [.dijkstra, .dijkstraConditional, .go]))
    #expect(barriers(blame, at: 14).isSuperset(of: [.yuasa, .yuasaConditional, .hybrid]))
    #expect(blame.failures.allSatisfy { ![.dijkstra, .yuasa, .hybrid, .go].contains($0) })
  }

  @Test func `of a chain the pointer that was hidden and the link that was cut are named`() throws {
    let blame = try example("05-weak-broken")
    #expect(blame.label == "D")
    #expect(blame.insertion?.step == 26)
    #expect(blame.deletion?.step == 27)
    #expect(blame.deletion?.sentence.contains("B.1 -> E.0 -> D") == true)
  }

  @Test func `barriers that turn the source grey again are told from those that shade`() throws {
    let blame = try example("03-bad-case")
    for barrier in [Barrier.steele, .boehm, .boehmDirty, .luaBack] {
      let rescue = try #require(blame.rescues.first { $0.barrier == barrier })
      #expect(rescue.means == .revert("A"))
      #expect(rescue.ownStep == 13)
    }
    let shading = blame.rescues.first { $0.barrier == .luaForward }
    #expect(shading?.means == .barrier(shaded: "C"))
  }

  @Test func `a barrier that shades through a buffer saves, unless that is emptied late`() throws {
    let own = try blame("set buffer on\n" + badCaseOpening + badCaseMove + "finish\n")
    let rescue = try #require(own.rescues.first { $0.barrier == .yuasa })
    #expect(rescue.means == .barrier(shaded: "C"))
    let late = try blame("set buffer late\n" + badCaseOpening + badCaseMove + "finish\n")
    #expect(late.failures.contains(.yuasa))
  }

  @Test func `a reference sent to a scanned stack is as fatal as a load`() throws {
    let blame = try blame(
      """
      set send bare
      object A slots 1
      object B
      A.0 = B
      thread T2
      T2: push w
      T2: local t = nil
      push main
      local a = A
      local b = nil
      start
      scan stack T2
      local b = a.0
      send b to T2 as t
      a.0 = nil
      local b = nil
      finish
      """)
    #expect(blame.insertion?.kind == .send)
    #expect(
      blame.insertion?.sentence
        == "Thread main sends B from main.b to T2:w.t; the stack is scanned already.")
  }

  @Test func `a load into a scanned stack is as fatal as a store`() throws {
    let blame = try example("14-store-then-shade")
    #expect(blame.insertion?.kind == .load)
    #expect(
      blame.insertion?.sentence
        == "The mutator loads B from A.0 into main.b; the stack is scanned already.")
    #expect(blame.deletion?.step == 8)
    #expect(blame.failures.contains(.go))
    let rescue = try #require(blame.rescues.first { $0.barrier == .dijkstra })
    #expect(rescue.means == .rescan)
    #expect(rescue.ownStep == nil, "the second scan has no place in this run")
  }

  @Test func `an object born white and never grey takes one act`() throws {
    let blame = try example("11-allocate-white")
    #expect(blame.label == "N")
    #expect(blame.insertion?.step == blame.doomedStep)
    #expect(blame.insertion?.kind == .assignment)
    #expect(blame.deletion == nil)
    #expect(blame.remark?.hasPrefix("One act was enough") == true)
  }

  @Test func `a frame that is left takes the last path with it`() throws {
    let blame = try blame(
      """
      object A slots 1
      object B
      root g = A
      push main
      push inner
      local b = B
      start
      scan g
      scan A
      A.0 = b
      pop
      finish
      """)
    #expect(blame.insertion?.sentence == "The mutator writes B into A.0 of black A.")
    #expect(blame.deletion?.kind == .pop)
    #expect(
      blame.deletion?.sentence == "The mutator returns from inner: "
        + "the last path to be scanned, inner.b -> B, is gone.")
  }

  @Test func `an object that is doomed and not freed yet has its blame, too`() throws {
    let blame = try blame(badCaseOpening + badCaseMove)
    #expect(blame.lostStep == nil)
    #expect(blame.headline == "C is doomed from step \(blame.doomedStep) on.")
    #expect(blame.steps == [12, 13, 14])
  }

  @Test func `what is doomed and then garbage is nobody's fault`() throws {
    let session = try play(badCaseOpening + badCaseMove + "a.1 = nil\nfinish\n")
    #expect(session.victims.isEmpty)
    #expect(session.blames(for: session.victims).isEmpty)
  }

  @Test func `the victims are the same wherever in the run one stands`() throws {
    var session = try play(badCaseOpening + badCaseMove)
    let victims = session.victims
    let blames = session.blames(for: victims)
    session.seek(to: 2)
    #expect(session.victims == victims)
    #expect(session.blames(for: victims) == blames)
    #expect(session.position == 2)
  }

  @Test(arguments: BuiltInScript.stories)
  func `every loss of every example, under every barrier, has its blame`(
    _ script: BuiltInScript
  ) throws {
    let source = String(decoding: script.bytes, as: UTF8.self)
    // Counting takes no barrier, copying none but Baker's.
    let moves = source.contains("set collector copying\n")
    let counts = source.contains("set collector reference-counting\n")
    let barriers: [Barrier] = counts ? [.none] : moves ? [.none, .baker] : Barrier.allCases
    for barrier in barriers {
      let session = try play(source, [(.barrier, barrier.rawValue)])
      let victims = session.victims
      let blames = session.blames(for: victims)
      #expect(blames.map(\.victim) == victims)
      for blame in blames {
        #expect(blame.insertion != nil, "\(script.name), \(barrier): \(blame.entries)")
        #expect(blame.deletion != nil || blame.remark != nil)
        #expect(blame.steps.allSatisfy { (1...session.stepCount).contains($0) })
        #expect(!blame.rescues.contains { $0.barrier == barrier })
        #expect(blame.rescues.count + blame.failures.count <= Barrier.allCases.count - 1)
        #expect(blame.entries.allSatisfy { $0.text.utf8.allSatisfy { $0 < 0x80 } })
      }
    }
  }

  @Test(arguments: 0..<60)
  func `whatever a random run loses has its blame`(seed: Int) throws {
    var story = RandomStory(seed: UInt64(seed) + 5_000)
    var session = try play("set barrier none\nset allocate white\n")
    story.extend(&session, by: 120)
    let victims = session.victims
    let blames = session.blames(for: victims)
    #expect(blames.map(\.victim) == victims)
    for blame in blames {
      #expect(blame.insertion != nil || blame.deletion != nil || blame.remark != nil)
      #expect(blame.entries.count >= 2)
    }
  }
}
