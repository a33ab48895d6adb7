public import GarbageCollection

extension ThreadedMutator {
  /// Objects of the list that begins in a variable, whose first slots refer to the next ones.
  public func length(ofListIn variable: Int) -> Int {
    var length = 0
    var next = self[variable]
    while let object = next {
      length += 1
      next = load(0, of: object)
    }
    return length
  }
}
