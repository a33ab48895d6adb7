import GarbageCollection

extension StateShape {
  func pack(_ state: LabelledSnapshot) -> MachineState {
    var bits = BitWriter()
    let phase = Phase.allCases.firstIndex(of: state.snapshot.phase) ?? 0
    bits.put(phase, bitCount: StateShape.phaseBits)
    packStacks(of: state, into: &bits)
    packObjects(of: state, into: &bits)
    if keepsScan {
      let scan = state.snapshot.scan
      bits.put(state.code(of: scan?.object), bitCount: referenceBits)
      bits.put(scan?.nextSlot ?? 0, bitCount: slotBits)
    }
    if keepsStore {
      for mutator in 0..<mutatorCount {
        let store = state.snapshot.stores.first { $0.mutator.index == mutator }
        pack(store, of: state, into: &bits)
      }
    }
    let packed = MachineState(bits: bits.bits)
    assert(unpack(packed) == state.canonical, "packing loses nothing that counts")
    return packed
  }

  private func packStacks(of state: LabelledSnapshot, into bits: inout BitWriter) {
    for stack in state.snapshot.stacks {
      bits.put(stack.isScanned)
      for variable in stack.frames[0].variables {
        bits.put(state.code(of: variable.value), bitCount: referenceBits)
      }
    }
  }

  private func packObjects(of state: LabelledSnapshot, into bits: inout BitWriter) {
    for label in 0..<bounds.objects {
      guard let number = state.number(of: ObjectLabel(label)) else {
        bits.put(StateShape.free, bitCount: StateShape.colorBits)
        for _ in 0..<bounds.slots { bits.put(0, bitCount: referenceBits) }
        continue
      }
      let object = state.snapshot.objects[number]
      bits.put(Int(object.color.rawValue), bitCount: StateShape.colorBits)
      for value in object.slots { bits.put(state.code(of: value), bitCount: referenceBits) }
    }
  }

  private func pack(
    _ store: Snapshot.Store?, of state: LabelledSnapshot, into bits: inout BitWriter
  ) {
    guard let store else { return bits.put(0, bitCount: storeBits) }
    bits.put(store.nextInstruction, bitCount: StateShape.instructionBits)
    bits.put(store.mutator.index, bitCount: StateShape.mutatorBits)
    switch store.place {
    case .slot(let slot, let object):
      bits.put(true)
      bits.put(slot, bitCount: positionBits)
      bits.put(state.code(of: object), bitCount: referenceBits)
    case .variable(let index, _, _):
      bits.put(false)
      bits.put(index, bitCount: positionBits)
      bits.put(0, bitCount: referenceBits)
    case .global: preconditionFailure("the programs of a check have no globals")
    }
    bits.put(state.code(of: store.new), bitCount: referenceBits)
    bits.put(state.code(of: store.old), bitCount: referenceBits)
  }
}

extension LabelledSnapshot {
  /// An object as the bits name it: its label plus 1; 0 for none and for a freed one.
  fileprivate func code(of number: Int?) -> Int {
    guard let number, number >= 0 else { return 0 }
    return labels[number].index + 1
  }
}
