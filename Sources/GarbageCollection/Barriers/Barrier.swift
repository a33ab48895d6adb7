/// What the mutator does, besides the access itself, when it writes or reads a slot while marking.
///
/// Each keeps an invariant that stops the mutator from hiding a live object, but for the deliberate
/// mistakes among them. The code of a barrier is its `program`: what the screen shows is what runs.
public enum Barrier: String, Hashable, Sendable, CaseIterable {
  /// Nothing. Sound only when the mutator waits throughout marking.
  case none

  // MARK: insertion, advancing the wavefront

  /// Shades the new value, always. Dijkstra et al., CACM 21(11), 1978; Go 1.5 to 1.7.
  case dijkstra
  /// Shades the new value when the source is black.
  case dijkstraConditional = "dijkstra-conditional"
  /// Shades the new value in an action before the write, which is too early: the order that
  /// Dijkstra et al. had first, and withdrew.
  case dijkstraEarly = "dijkstra-early"

  // MARK: insertion, retreating the wavefront

  /// Makes a black source grey again when the new value is white. Steele, CACM 18(9), 1975.
  case steele
  /// Makes a black source grey again. Boehm, Demers, Shenker, PLDI 1991, with objects for pages.
  case boehm
  /// Makes a black source dirty: grey, and scanned again only in termination.
  case boehmDirty = "boehm-dirty"

  // MARK: deletion

  /// Shades the old value, always. Yuasa, J. Systems and Software 11(3), 1990.
  case yuasa
  /// Shades the old value unless the source is black.
  case yuasaConditional = "yuasa-conditional"

  // MARK: both

  /// Shades the old value, and the new one while the mutator's own stack is grey.
  /// Clements and Hudson, Go proposal 17503, 2016.
  case hybrid
  /// Shades the old value, and the new one while any stack is grey.
  case hybridAny = "hybrid-any"
  /// Shades the old value, and the new one once the own stack is black: the condition upside down.
  case hybridInverted = "hybrid-inverted"
  /// Shades both values, always: what Go's runtime does since 1.8 (`runtime/mbarrier.go`).
  case go

  // MARK: Lua's two

  /// Shades a white new value of a black source (`luaC_barrier_`, lgc.c).
  case luaForward = "lua-forward"
  /// Makes a black source dirty when the new value is white (`luaC_barrierback_`, lgc.c).
  case luaBack = "lua-back"

  // MARK: read barriers

  /// Shades what is loaded from a grey source. Baker, CACM 21(4), 1978.
  case baker
  /// Shades whatever is loaded.
  case bakerUnconditional = "baker-unconditional"
  /// Scans a grey source before anything is loaded from it. Appel, Ellis, Li, PLDI 1988.
  case appel
}
