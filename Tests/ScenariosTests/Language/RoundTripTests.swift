import Scenarios
import Testing

struct RoundTripTests {
  @Test func `parsing a printed script gives the script back`() throws {
    for seed in 0..<300 as Range<UInt64> {
      var writer = RandomScript(seed: seed)
      let script = writer.script(lineCount: 40)
      let text = script.text
      let parsed = try Script(parsing: text, file: "\(seed).tri")
      try #require(parsed == script)
      try #require(Array(parsed.text.utf8) == Array(text.utf8))
    }
  }

  @Test func `random scripts have every statement and every claim`() {
    var statements: Set<StatementName> = []
    var claims: Set<ClaimName> = []
    for seed in 0..<300 as Range<UInt64> {
      var writer = RandomScript(seed: seed)
      for statement in writer.script(lineCount: 40).statements {
        statements.insert(StatementName(statement))
        if case .expect(let claim) = statement { claims.insert(ClaimName(claim)) }
      }
    }
    #expect(statements == Set(StatementName.allCases))
    #expect(claims == Set(ClaimName.allCases))
  }

  @Test func `each line of a script can be typed at a prompt`() throws {
    var writer = RandomScript(seed: 7)
    var scope = Scope()
    for statement in writer.script(lineCount: 100).statements {
      // An 'end' needs its 'repeat' before it.
      guard statement != .end else { continue }
      #expect(try Script.parseStatement(statement.text, scope: scope) == statement)
      scope.apply(statement)
    }
  }
}
