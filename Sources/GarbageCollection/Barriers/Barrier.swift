/// What the mutator does, besides the store itself, when it overwrites a slot while marking.
///
/// Each keeps an invariant that stops the mutator from hiding a live object. The code of a barrier
/// is its `program`: what the screen shows is what runs.
public enum Barrier: String, Hashable, Sendable, CaseIterable {
  /// Nothing. Sound only when the mutator waits throughout marking.
  case none
  /// Shades the new value, always. Dijkstra et al., CACM 21(11), 1978; Go 1.5 to 1.7.
  case dijkstra
  /// Shades the new value when the source is black.
  case dijkstraConditional = "dijkstra-conditional"
  /// Shades the old value, always. Yuasa, J. Systems and Software 11(3), 1990.
  case yuasa
  /// Shades the old value unless the source is black.
  case yuasaConditional = "yuasa-conditional"
  /// Shades the old value, and the new one while the mutator's own stack is grey.
  /// Clements and Hudson, Go proposal 17503, 2016.
  case hybrid
  /// Shades both values, always: what Go's runtime does since 1.8 (`runtime/mbarrier.go`).
  case go
}
