import ArgumentParser
import Glibc

/// How the program ends when it cannot do what was asked: one line, and a status of `sysexits.h`.
struct Failure: Error, CustomStringConvertible {
  enum Status: Int32 {
    case notAsExpected = 1
    case usage = 64
    case badScript = 65
    case cannotRead = 66
    case noTerminal = 69
    case cannotCreate = 73
    case cannotWrite = 74
    case incomplete = 75
  }

  let status: Status
  let description: String

  init(_ status: Status, _ description: String) {
    self.status = status
    self.description = description
  }
}
