public import ArgumentParser
import Examples
import GarbageCollection
public import NcursesBackend
public import Scenarios
import TerminalUI

/// The script to play.
struct ScriptArgument: ParsableArguments {
  @Argument(
    help: "A script, or the name of a built-in one; - reads standard input.",
    completion: .file(extensions: ["tri"]))
  var file: String?

  init() {}

  init(file: String) { self.file = file }

  struct Source {
    let name: String
    let script: Script
  }

  /// Reads and parses the script; all its errors at once.
  func read() throws -> Source {
    let bytes: [UInt8]
    let name: String
    if let file {
      name = file
      // A file of that name is meant before a built-in script.
      let builtIn = Files.exists(file) ? nil : BuiltInScript.named(file)
      bytes = try builtIn?.bytes ?? read(file)
    } else {
      name = BuiltInScript.badCase.name
      bytes = BuiltInScript.badCase.bytes
    }
    do throws(ScriptErrors) {
      return Source(name: name, script: try Script(bytes: bytes, file: name))
    } catch {
      throw Failure(.badScript, error.description)
    }
  }
}

extension ScriptArgument {
  /// A lone word that is no file is more likely a command or an example mistyped.
  private func read(_ file: String) throws(Failure) -> [UInt8] {
    do throws(Failure) { return try Files.read(file) } catch {
      guard error.status == .cannotRead, !file.contains("/"), !file.contains(".") else {
        throw error
      }
      throw Failure(
        .cannotRead,
        "'\(file)' is neither a command, nor a built-in script, nor a file that can be read; "
          + "'tricolor --help' lists commands, 'tricolor examples' scripts")
    }
  }
}

/// How things look.
struct LookOptions: ParsableArguments {
  @Option(help: "Colours: auto, always or never. auto heeds NO_COLOR.")
  var color = TerminalOptions.Color.auto

  @Option(
    help: "Columns of ambiguous-width characters, 1 or 2; asked of the terminal if not given.")
  var ambiguous: Int?

  @Flag(help: "Draw with ASCII characters only.")
  var ascii = false

  @Flag(inversion: .prefixedNo, help: "Use the mouse.")
  var mouse = true

  @Option(help: "Language of the script's texts: en or zh.")
  var language = LocalizedText.Language.english

  var terminal: TerminalOptions {
    TerminalOptions(
      color: color, ambiguousWidth: ambiguous.flatMap { .init(rawValue: $0) }, isASCII: ascii,
      hasMouse: mouse)
  }

  func validate() throws {
    if let ambiguous, TerminalOptions.AmbiguousWidth(rawValue: ambiguous) == nil {
      throw ValidationError("'--ambiguous' is \(ambiguous); expected 1 or 2")
    }
  }
}

extension TerminalOptions.Color: ExpressibleByArgument {}
extension LocalizedText.Language: ExpressibleByArgument {}

/// Every setting of the script language as an option that overrides the script.
struct SettingOptions: ParsableArguments {
  @Option(help: .of(.collector), completion: .of(.collector)) var collector: String?
  @Option(help: .of(.schedule), completion: .of(.schedule)) var schedule: String?
  @Option(help: .of(.trigger), completion: .of(.trigger)) var trigger: String?
  @Option(help: .of(.barrier), completion: .of(.barrier)) var barrier: String?
  @Option(help: .of(.roots), completion: .of(.roots)) var roots: String?
  @Option(help: .of(.allocate), completion: .of(.allocate)) var allocate: String?
  @Option(help: .of(.heap)) var heap: String?
  @Option(help: .of(.atomicity), completion: .of(.atomicity)) var atomicity: String?
  @Option(help: .of(.stacks), completion: .of(.stacks)) var stacks: String?
  @Option(help: .of(.scan), completion: .of(.scan)) var scan: String?
  @Option(help: .of(.handshake), completion: .of(.handshake)) var handshake: String?
  @Option(help: .of(.stackBarrier), completion: .of(.stackBarrier)) var stackBarrier: String?
  @Option(help: .of(.elide), completion: .of(.elide)) var elide: String?
  @Option(help: .of(.unguarded), completion: .of(.unguarded)) var unguarded: String?
  @Option(help: .of(.bulkCopy), completion: .of(.bulkCopy)) var bulkCopy: String?
  @Option(help: .of(.send), completion: .of(.send)) var send: String?
  @Option(help: .of(.buffer), completion: .of(.buffer)) var buffer: String?
  @Option(help: .of(.flagCheck), completion: .of(.flagCheck)) var flagCheck: String?
  @Option(help: .of(.worklist), completion: .of(.worklist)) var worklist: String?
  @Option(help: .of(.sweep), completion: .of(.sweep)) var sweep: String?
  @Option(help: .of(.nursery)) var nursery: String?
  @Option(help: .of(.promotion), completion: .of(.promotion)) var promotion: String?
  @Option(help: .of(.remember), completion: .of(.remember)) var remember: String?
  @Option(help: .of(.counting), completion: .of(.counting)) var counting: String?
  @Option(help: .of(.cycleDetection), completion: .of(.cycleDetection))
  var cycleDetection: String?
  @Option(help: .of(.strict), completion: .of(.strict)) var strict: String?

  /// What was given, by setting.
  var overrides: [(SettingName, String)] {
    SettingName.allCases.compactMap { name in self[name].map { (name, $0) } }
  }

  private subscript(name: SettingName) -> String? {
    switch name {
    case .collector: collector
    case .schedule: schedule
    case .trigger: trigger
    case .barrier: barrier
    case .roots: roots
    case .allocate: allocate
    case .heap: heap
    case .atomicity: atomicity
    case .stacks: stacks
    case .scan: scan
    case .handshake: handshake
    case .stackBarrier: stackBarrier
    case .elide: elide
    case .unguarded: unguarded
    case .bulkCopy: bulkCopy
    case .send: send
    case .buffer: buffer
    case .flagCheck: flagCheck
    case .worklist: worklist
    case .sweep: sweep
    case .nursery: nursery
    case .promotion: promotion
    case .remember: remember
    case .counting: counting
    case .cycleDetection: cycleDetection
    case .strict: strict
    }
  }

  func validate() throws {
    var settings = Settings()
    for (name, word) in overrides {
      do throws(SettingError) { try settings.set(name, to: word) } catch {
        throw ValidationError("--\(name.rawValue): \(error.description)")
      }
    }
  }

  /// The script played from start to end.
  func play(_ source: ScriptArgument.Source) throws(Failure) -> Session {
    try source.play(overrides)
  }
}

extension ScriptArgument.Source {
  /// The settings of the script with `overrides` in place of its own.
  func settings(_ overrides: [(SettingName, String)]) throws(Failure) -> Settings {
    var settings = Settings(script)
    for (name, word) in overrides {
      do throws(SettingError) { try settings.set(name, to: word) } catch {
        throw Failure(.usage, "--\(name.rawValue): \(error.description)")
      }
    }
    return settings
  }

  /// The script played from start to end, with `overrides` in place of its own settings.
  func play(_ overrides: [(SettingName, String)]) throws(Failure) -> Session {
    do throws(SessionError) {
      return try Session.playing(script, overrides: overrides)
    } catch {
      throw Failure(.badScript, error.located(in: self))
    }
  }
}

extension ArgumentHelp {
  static func of(_ name: SettingName) -> ArgumentHelp {
    let choices = name.choices.isEmpty ? "" : ": " + name.choices.joined(separator: ", ")
    return ArgumentHelp("Override 'set \(name.rawValue)'\(choices).", valueName: "word")
  }
}

extension CompletionKind {
  static func of(_ name: SettingName) -> CompletionKind { .list(name.choices) }
}

extension SessionError {
  /// `FILE:LINE: error: what`, with the line of the script.
  func located(in source: ScriptArgument.Source) -> String {
    guard let line else { return "\(source.name): error: \(description)" }
    let text = source.script.lines[line - 1].text
    return "\(source.name):\(line): error: \(description)\n  \(text)"
  }
}
