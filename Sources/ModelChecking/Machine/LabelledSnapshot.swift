public import GarbageCollection

/// A snapshot whose objects keep their names when others are freed.
///
/// A snapshot numbers objects by address; here `labels[number]` says which of the objects it is.
public struct LabelledSnapshot: Hashable, Sendable {
  public let snapshot: Snapshot
  public let labels: [ObjectLabel]

  init(_ snapshot: Snapshot, labels: [ObjectLabel]) {
    precondition(labels.count == snapshot.objects.count, "each object has a label")
    self.snapshot = snapshot
    self.labels = labels
  }
}
