import Scenarios
import Testing
import TimeTravel

/// What is told of a program that uses what was taken from it.
struct DanglingNarrationTests {
  private static let lost = badCaseOpening + badCaseMove + "finish\n"

  private func sentence(after source: String) throws -> String? {
    try play(Self.lost + source + "\n").sentences.last
  }

  @Test func `a load of the pointer itself says whose it was`() throws {
    #expect(
      try sentence(after: "local c = a.1")
        == "The mutator loads A.1 (a dangling pointer to C) into main.c.")
  }

  @Test func `a read from a free cell finds poison`() throws {
    #expect(
      try sentence(after: "local c = a.1\nlocal x = c.0")
        == "The mutator reads C.0 through main.c, which dangles: "
        + "C's cell is free and holds poison. main.x gets nil.")
  }

  @Test func `a read from a reused cell names the tenant and its slot`() throws {
    #expect(
      try sentence(after: "object E slots 2\nE.0 = B\nlocal c = a.1\nlocal x = c.0")
        == "The mutator reads C.0 through main.c, which dangles: "
        + "E stands in C's cell, and the slot is E.0. main.x gets B.")
  }

  @Test func `bytes that are no slot are shown as bytes and letters`() throws {
    #expect(
      try sentence(after: "object EF slots 1 bytes 4\nlocal c = a.1\nlocal x = c.1")
        == "The mutator reads C.1 through main.c, which dangles: "
        + "EF stands in C's cell, with the bytes 45 46 45 46 (EFEF) there, no pointer. "
        + "main.x gets nil.")
  }

  @Test func `a write hits the tenant`() throws {
    #expect(
      try sentence(after: "object E slots 2\nlocal c = a.1\nc.0 = B")
        == "The mutator writes C.0 through main.c, which dangles: "
        + "E stands in C's cell, and the slot is E.0. The mutator writes B into E.0 (was nil).")
  }

  @Test func `a cell that is reused while pointers dangle to it is told so`() throws {
    #expect(
      try sentence(after: "local c = a.1\nobject E slots 2")
        == "The mutator allocates E in the cell that was C's, "
        + "where main.c and A.1 still point; the cache was empty: the central list gave it 16 cells."
    )
  }

  @Test func `clearing a dangling pointer says to whom it dangled`() throws {
    #expect(
      try sentence(after: "object E slots 2\na.1 = nil")
        == "The mutator clears A.1 (was dangling to C).")
  }

  @Test func `the collector does not follow a pointer into a free cell`() throws {
    let session = try play(Self.lost + "until A black\n")
    #expect(
      session.sentences.last
        == "The collector meets a dangling pointer in A.1 and does not follow it. "
        + "The collector scans A: B turns grey; A is black now.")
  }
}
