/// The programs of all accesses under the same settings.
public struct BarrierPrograms: Hashable, Sendable {
  public let store: BarrierProgram
  public let move: BarrierProgram
  public let load: BarrierProgram
  public let copy: BarrierProgram
  public let send: BarrierProgram

  public init(_ settings: Settings) {
    store = BarrierProgram(.store, settings)
    move = BarrierProgram(.move, settings)
    load = BarrierProgram(.load, settings)
    copy = BarrierProgram(.copy, settings)
    send = BarrierProgram(.send, settings)
  }

  /// Lines of the longer of the two programs that a barrier is about, store and load.
  public var lineCount: Int { max(store.instructions.count, load.instructions.count) + 1 }

  public subscript(access: BarrierProgram.Access) -> BarrierProgram {
    switch access {
    case .store: store
    case .move: move
    case .load: load
    case .copy: copy
    case .send: send
    }
  }
}
