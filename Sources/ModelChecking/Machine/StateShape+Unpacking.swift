import GarbageCollection

extension StateShape {
  /// The canonical state that `pack` made `state` of.
  func unpack(_ state: MachineState) -> LabelledSnapshot {
    var bits = BitReader(state.bits)
    var codes = CodedSnapshot()
    codes.snapshot.phase = Phase.allCases[bits.take(bitCount: StateShape.phaseBits)]
    codes.snapshot.stacks = (0..<mutatorCount).map { _ in unpackStack(from: &bits) }
    unpackObjects(into: &codes, from: &bits)
    if keepsScan { codes.snapshot.scan = unpackScan(from: &bits) }
    if keepsStore {
      codes.snapshot.stores = (0..<mutatorCount).compactMap { _ in unpackStore(from: &bits) }
    }
    return codes.labelled
  }

  private func unpackStack(from bits: inout BitReader) -> Snapshot.Stack {
    let isScanned = bits.takeFlag()
    let variables = (0..<bounds.registers).map {
      Snapshot.Variable(name: Register($0).name, value: takeCode(from: &bits))
    }
    return Snapshot.Stack(
      frames: [Snapshot.Frame(name: "main", variables: variables)], isScanned: isScanned)
  }

  private func unpackObjects(into codes: inout CodedSnapshot, from bits: inout BitReader) {
    for label in 0..<bounds.objects {
      let color = Color(rawValue: UInt8(bits.take(bitCount: StateShape.colorBits)))
      let slots = (0..<bounds.slots).map { _ in takeCode(from: &bits) }
      guard let color else { continue }
      codes.labels.append(ObjectLabel(label))
      codes.snapshot.objects.append(
        Snapshot.Object(slots: slots, payloadBytes: 0, color: color))
    }
  }

  private func unpackScan(from bits: inout BitReader) -> Snapshot.Scan? {
    let object = takeCode(from: &bits)
    let nextSlot = bits.take(bitCount: slotBits)
    return object.map { Snapshot.Scan(object: $0, nextSlot: nextSlot) }
  }

  private func unpackStore(from bits: inout BitReader) -> Snapshot.Store? {
    let nextInstruction = bits.take(bitCount: StateShape.instructionBits)
    let mutator = MutatorID(bits.take(bitCount: StateShape.mutatorBits))
    let isSlot = bits.takeFlag()
    let position = bits.take(bitCount: positionBits)
    let owner = takeCode(from: &bits)
    let new = takeCode(from: &bits)
    let old = takeCode(from: &bits)
    guard nextInstruction > 0 else { return nil }
    return Snapshot.Store(
      place: isSlot
        ? .slot(position, of: owner ?? -1) : .variable(position, frame: 0, of: mutator),
      new: new, old: old, nextInstruction: nextInstruction, mutator: mutator)
  }

  /// A reference as the bits name it: a label, not yet a number of the snapshot.
  private func takeCode(from bits: inout BitReader) -> Int? {
    let code = bits.take(bitCount: referenceBits)
    return code == 0 ? nil : code - 1
  }
}

/// A snapshot in the making, whose references are still labels.
private struct CodedSnapshot {
  var snapshot = Snapshot()
  var labels: [ObjectLabel] = []

  /// The snapshot with its objects numbered in the order of their labels.
  var labelled: LabelledSnapshot {
    var result = snapshot
    if labels.last.map({ $0.index >= labels.count }) ?? true {
      result.renameObjects { label in labels.firstIndex(of: ObjectLabel(label)) }
    }
    result.worklist = result.objects.indices.filter {
      result.objects[$0].color == .grey && $0 != result.scan?.object
    }
    return LabelledSnapshot(result, labels: labels)
  }
}
