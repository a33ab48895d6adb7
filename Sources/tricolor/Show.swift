import ArgumentParser
import NcursesBackend
import Scenarios
import TerminalUI

/// `tricolor [FILE]`: the visualizer.
struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Open a script in the visualizer (the default).")

  @OptionGroup var script: ScriptArgument
  @OptionGroup var look: LookOptions
  @OptionGroup var settings: SettingOptions

  func run() throws {
    let source = try script.read()
    try Show.open(try settings.play(source), named: source.name, look)
  }

  /// Shows a session, or tells it where there is no terminal.
  static func open(
    _ session: consuming Session, named name: String, _ look: LookOptions
  ) throws {
    guard Terminal.isPossible else {
      try Story(name: name, language: look.language).tell(session)
      return
    }
    var player = Player(
      session, scriptName: name, theme: .standard, language: look.language)
    player.showsRealAddresses = true
    try show(&player, look)
  }

  /// The terminal lives no longer than this call, whatever happens afterwards.
  private static func show(_ player: inout Player, _ look: LookOptions) throws {
    do throws(TerminalError) {
      var terminal = try Terminal(look.terminal)
      player.adopt(terminal.theme)
      player.run(on: &terminal) { path, contents, mayReplace in
        Files.write(contents, to: path, mayReplace: mayReplace)?.description
      }
    } catch {
      throw Failure(.noTerminal, error.description)
    }
  }
}
