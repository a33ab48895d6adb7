import Scenarios
import Testing

struct FuzzTests {
  /// Parses, and if that fails words every error; returns whether it parsed.
  ///
  /// Whatever parses must print and parse again.
  @discardableResult
  private func survives(_ bytes: [UInt8]) throws -> Bool {
    do throws(ScriptErrors) {
      let script = try Script(bytes: bytes, file: "fuzz.tri")
      #expect(try Script(parsing: script.text, file: "again.tri") == script)
      return true
    } catch {
      #expect(!error.errors.isEmpty && !error.description.isEmpty)
      let places = error.errors.map { ($0.line, $0.column) }
      #expect(zip(places, places.dropFirst()).allSatisfy { $0 <= $1 })
      return false
    }
  }

  @Test func `random bytes are read or refused`() throws {
    var random = SeededGenerator(seed: 1)
    for _ in 0..<2_000 {
      let count = Int.random(in: 0..<60, using: &random)
      try survives((0..<count).map { _ in UInt8.random(in: 0...255, using: &random) })
    }
  }

  @Test func `words in any order are read or refused`() throws {
    let words = Set(sampleScript.split { $0 == " " || $0 == "\n" }).sorted()
    var random = SeededGenerator(seed: 2)
    for _ in 0..<2_000 {
      let pieces = (0..<Int.random(in: 0..<40, using: &random)).map { _ in
        words.randomElement(using: &random)! + (random.next() % 3 == 0 ? "\n" : " ")
      }
      try survives(Array(pieces.joined().utf8))
    }
  }

  @Test func `a script with some bytes changed is read or refused`() throws {
    let interesting: [UInt8] = [0, 9, 10, 13, 34, 35, 46, 48, 57, 61, 92, 0x80, 0xC3, 0xE2, 0xFF]
    var random = SeededGenerator(seed: 3)
    for _ in 0..<500 {
      var bytes = Array(sampleScript.utf8)
      for _ in 0..<4 {
        let place = bytes.indices.randomElement(using: &random)!
        bytes[place] = interesting.randomElement(using: &random)!
      }
      try survives(bytes)
    }
  }

  @Test func `every beginning of a script is read or refused`() throws {
    let bytes = Array(sampleScript.utf8)
    let parsedCount = try bytes.indices.filter { try survives(Array(bytes[..<$0])) }.count
    #expect(parsedCount > 50)
  }

  @Test func `completion takes every beginning of every line`() throws {
    var scope = Scope()
    for line in sampleScript.split(separator: "\n") {
      for end in line.indices {
        let offers = Completion.candidates(for: String(line[..<end]), scope: scope)
        #expect(Set(offers).count == offers.count, "\(line[..<end])")
      }
      if let statement = try? Script.parseStatement(String(line), scope: scope) {
        scope.apply(statement)
      }
    }
  }
}
