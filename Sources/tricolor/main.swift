import Scenarios
import GarbageCollection
import Glibc
let path = CommandLine.arguments[1]
let file = unsafe fopen(path, "r")
var bytes: [UInt8] = []
while true { let c = unsafe fgetc(file); if c < 0 { break }; bytes.append(UInt8(c)) }
do {
  let script = try Script(bytes: bytes, file: path)
  let session = try Session.playing(script, overrides: CommandLine.arguments.count > 2 ? [(.barrier, CommandLine.arguments[2])] : [])
  for (i, m) in session.moments.enumerated() {
    for c in session.cues where c.position == i { print("      ", c.content) }
    print(i + 1, m.sentence)
  }
  for c in session.cues where c.position == session.moments.count { print("      ", c.content) }
} catch { print(error) }
