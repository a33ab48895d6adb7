import ArgumentParser
import Glibc

@main
struct Tricolor: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tricolor",
    abstract: "See how a garbage collector works, and prove that a barrier is right.",
    usage: """
      tricolor [FILE] [--barrier WORD] ...
      tricolor <subcommand> ...
      """,
    discussion: """
      Opens a script in the visualizer; without one, the bad case: a live object that is freed \
      because no barrier guards it. Press b there to choose another barrier, ? for the keys. Where \
      there is no terminal, the story is printed as text.

      'tricolor help script', 'keys', 'barriers' and 'collectors' are the manual.

      Exit status: 0 as expected; 1 an expectation or a measurement failed, a live object was lost, \
      or a thread of 'live' found the heap full; 64 usage; 65 bad script; 66 cannot read; 69 no usable terminal; 70 a mistake of ours; \
      73, 74 cannot write; 75 a search was not finished.
      """,
    version: "0.1.0",
    subcommands: [
      Show.self, Run.self, Compare.self, Check.self, Live.self, Bench.self, ExamplesCommand.self,
      Manual.self,
    ],
    defaultSubcommand: Show.self)

  /// Runs the command; every failure is told in one line on standard error and by the exit status.
  static func main() {
    var arguments = Array(CommandLine.arguments.dropFirst())
    if arguments.count == 2, arguments[0] == "help", !isCommand(arguments[1]) {
      arguments[0] = "manual"
    }
    do {
      var command = try parseAsRoot(arguments)
      try command.run()
    } catch let failure as Failure {
      _ = Files.write(Array("tricolor: \(failure.description)\n".utf8), to: STDERR_FILENO)
      Glibc.exit(failure.status.rawValue)
    } catch  where exitCode(for: error) == .validationFailure {
      let help = "; 'tricolor --help' shows the usage"
      _ = Files.write(
        Array("tricolor: \(message(for: error))\(help)\n".utf8), to: STDERR_FILENO)
      Glibc.exit(ExitCode.validationFailure.rawValue)
    } catch {
      exit(withError: error)
    }
  }

  /// Help on anything else is a topic of the manual, or a mistake.
  private static func isCommand(_ name: String) -> Bool {
    name.hasPrefix("-") || name == "help"
      || configuration.subcommands.contains { $0._commandName == name }
  }
}
