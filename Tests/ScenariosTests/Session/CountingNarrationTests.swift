import Scenarios
import Testing

/// What is told of counts and of deaths that they bring.
struct CountingNarrationTests {
  @Test func `a cascade is one sentence`() throws {
    let session = try play(
      """
      set collector reference-counting
      root g = nil
      object A slots 1
      object B slots 1
      A.0 = B
      root g = A
      root g = nil
      expect B collected
      """)
    #expect(Verdict(session).isAsExpected)
    #expect(
      session.moments.last?.sentence
        == "The mutator sets g to nil. A and B are freed, since no reference is left to them, one "
        + "after the other.")
  }

  @Test func `every step of a search for cycles says something`() throws {
    let session = try play(
      """
      set collector reference-counting
      object A slots 1
      root g = A
      object B slots 1
      A.0 = B
      B.0 = A
      object C
      root h = C
      root g = nil
      expect A leaked
      collect
      expect A collected
      expect C live
      """)
    #expect(Verdict(session).isAsExpected)
    let sentences = session.moments.map(\.sentence)
    #expect(!sentences.contains(""))
    #expect(sentences.contains { $0.contains("turns grey in the trial") })
    #expect(sentences.contains { $0.contains("only garbage refers to it") })
  }
}
