import ArgumentParser
import Exporting
import Scenarios
import TerminalUI

/// `tricolor run FILE`: no screen, one line a step, an exit status.
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a script without a screen: one line a step.")

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, pauses
  }

  /// `WxH`, in columns and rows.
  struct FrameSize {
    let width: Int
    let height: Int

    init(_ word: String) throws {
      let parts = word.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
      guard parts.count == 2, let width = parts[0], let height = parts[1],
        (1...500).contains(width), (1...200).contains(height)
      else { throw ValidationError("expected columns and rows, as in 80x24, up to 500x200") }
      self.width = width
      self.height = height
    }
  }

  @OptionGroup var script: ScriptArgument
  @Option(
    help: "text, json (one object a line), or pauses (lanes, utilisation, histogram).")
  var format = Format.text
  @Option(
    help: "Print screens of this size instead, as in 80x24, up to 500x200.",
    transform: { try FrameSize($0) })
  var frames: FrameSize?
  @Option(help: "Only this step: 0 is the start.") var at: Int?
  @Flag(help: "Draw frames with ASCII characters only.") var ascii = false
  @Option(help: "Language of the script's texts: en or zh.")
  var language = LocalizedText.Language.english
  @OptionGroup var settings: SettingOptions

  func run() throws {
    let source = try script.read()
    var session = try settings.play(source)
    if let at, !(0...session.stepCount).contains(at) {
      throw Failure(.usage, "--at \(at): expected a step from 0 to \(session.stepCount)")
    }
    if let frames {
      try printFrames(session, frames, name: source.name)
    } else if format == .json {
      try printJSON(&session, name: source.name)
    } else if format == .pauses {
      try printPauses(session, name: source.name)
    } else if let at {
      try printMoment(at, session)
    } else {
      try Story(name: source.name, language: language).tell(session)
    }
  }

  private func printFrames(
    _ session: consuming Session, _ frames: FrameSize, name: String
  ) throws {
    let verdict = Verdict(session)
    let theme = Theme(depth: .monochrome, glyphs: ascii ? .ascii : .unicode)
    let positions = at.map { $0...$0 } ?? 0...session.stepCount
    var player = Player(session, scriptName: name, theme: theme, language: language)
    player.resize(width: frames.width, height: frames.height)
    var output = Output()
    for position in positions {
      player.seek(to: position)
      var canvas = Canvas(width: frames.width, height: frames.height)
      player.draw(on: &canvas)
      for line in canvas.lines { try output.line(line) }
      if position < positions.upperBound { try output.line("") }
    }
    try output.flush()
    try judge(verdict, name)
  }

  private func printPauses(_ session: borrowing Session, name: String) throws {
    let theme = Theme(depth: .monochrome, glyphs: ascii ? .ascii : .unicode)
    var output = Output()
    for line in PausePanel(PauseTimeline(session), theme: theme).lines(width: 80) {
      try output.line(line.text)
    }
    try output.flush()
    try judge(Verdict(session), name)
  }

  private func printJSON(_ session: inout Session, name: String) throws {
    var output = Output()
    var failure: Failure?
    let wanted = at
    var step = 0
    RunRecord.forEachLine(&session) { line in
      if line.hasPrefix("{\"type\":\"step\"") { step += 1 }
      guard failure == nil, wanted == nil || wanted == step else { return }
      do throws(Failure) { try output.line(line) } catch { failure = error }
    }
    if let failure { throw failure }
    try output.flush()
    if at == nil { try judge(Verdict(session), name) }
  }

  private func printMoment(_ position: Int, _ session: borrowing Session) throws {
    var output = Output()
    try output.line(position == 0 ? "the start" : session.moments[position - 1].sentence)
    try output.flush()
  }

  private func judge(_ verdict: Verdict, _ name: String) throws {
    if !verdict.isAsExpected { throw Failure(.notAsExpected, verdict.complaint(of: name)) }
  }
}
