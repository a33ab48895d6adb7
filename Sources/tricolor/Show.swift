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
    let session = try settings.play(source)
    guard Terminal.isPossible else {
      try Story(name: source.name, language: look.language).tell(session)
      return
    }
    var player = Player(
      session, scriptName: source.name, theme: .standard, language: look.language)
    player.showsRealAddresses = true
    try show(&player)
  }

  /// The terminal lives no longer than this call, whatever happens afterwards.
  private func show(_ player: inout Player) throws {
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
