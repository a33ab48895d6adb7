import TestSupport
import Testing

@testable import GarbageCollection

/// Cells that start in the middle of a granule: found again from the colour table, and left alone by
/// what happens beside them.
struct CellStartTests {
  static let odd = SizeClass.table.filter { !$0.cellBytes.isMultiple(of: 16) }

  /// A header of an object that fills a cell, with as many slots as `slotCount`.
  private func header(of sizeClass: SizeClass, slotCount: Int = 1) -> ObjectHeader {
    ObjectHeader(
      slotCount: slotCount, payloadBytes: sizeClass.cellBytes - 8 - slotCount * 4)
  }

  @Test(arguments: SpanClass.all)
  func `a granule names the cell that starts in it`(_ spanClass: SpanClass) {
    let starts = CellStarts(CellKind(spanClass))
    let sizeClass = spanClass.sizeClass
    // The guard page comes first, so no span starts there.
    for firstPage in [1, 77] {
      let places = (0..<sizeClass.cellCount).map {
        Reference(offset: firstPage * Page.bytes + $0 * sizeClass.cellBytes)
      }
      #expect(places.allSatisfy { starts.cell(inGranuleOf: $0) == $0 })
      #expect(places.allSatisfy { starts.canStart(at: $0) })
      #expect(!places.contains { starts.canStart(at: Reference(word: $0.word ^ 1)) })
    }
  }

  @Test func `spaces and large objects start with a granule`() {
    for kind in [CellKind.none, .large, .pointerFreeLarge, .space, .youngSpace] {
      let starts = CellStarts(kind)
      for word in UInt32(1024)..<4096 {
        #expect(starts.canStart(at: Reference(word: word)) == word.isMultiple(of: 2))
      }
    }
  }

  @Test(arguments: odd, [0, 1])
  func `a walk finds exactly the objects there are`(
    _ sizeClass: SizeClass, _ slotCount: Int
  ) throws {
    var heap = try Heap(limitBytes: 1 << 16)
    var generator = SeededGenerator(seed: UInt64(sizeClass.cellBytes))
    var objects: [Reference] = []
    for _ in 0..<sizeClass.cellCount + 20 {
      objects.append(
        try heap.allocate(header(of: sizeClass, slotCount: slotCount), color: .white).object)
    }
    objects.shuffle(using: &generator)
    for _ in 0..<sizeClass.cellCount / 2 { _ = heap.free(objects.removeLast()) }
    objects.sort()
    let standing = Set(objects)
    #expect(objects.contains { !$0.offset.isMultiple(of: 16) })
    #expect(heap.firstAllocatorFault() == nil)

    var walked: [Reference] = []
    heap.forEachObject { walked.append($0) }
    #expect(walked == objects)
    var index = 0
    for offset in stride(from: Page.bytes, to: heap.allocator.committedEnd, by: 8) {
      let place = Reference(offset: offset)
      while index < objects.count, objects[index] < place { index += 1 }
      let next = index < objects.count ? objects[index] : nil
      let isFound =
        heap.firstCell(from: offset) == next && heap.firstObject(from: offset) == next
        && heap.allocator.firstInUse(from: offset, below: heap.allocator.committedEnd)
          == next?.offset
        && heap.allocator.firstInUse(from: offset, below: offset + 8)
          == (next == place ? offset : nil)
      let isTold =
        heap.isObject(place) == standing.contains(place)
        && heap.tables.isObject(place) == standing.contains(place)
      #expect(isFound && isTold, "\(offset)")
    }
  }

  @Test(arguments: SizeClass.table.filter { $0.cellBytes <= 256 })
  func `a sweep of colours does what a plain loop does`(_ sizeClass: SizeClass) throws {
    let colors = try ColorTable(arenaBytes: 8 * Page.bytes, SystemMemory())
    var generator = SeededGenerator(seed: UInt64(sizeClass.cellBytes))
    for count in [64, 1, 63, 37] {
      let start = Page.bytes + 64 * sizeClass.cellBytes
      let cells = (0..<count).map { Reference(offset: start + $0 * sizeClass.cellBytes) }
      let bytes = cells.map { _ in UInt8.random(in: 0...3, using: &generator) }
      for (cell, byte) in zip(cells, bytes) { colors.setByte(byte, of: cell) }
      // Those beside them are none of its business.
      let next = Reference(offset: start + count * sizeClass.cellBytes)
      let last = Reference(offset: start - sizeClass.cellBytes)
      for cell in [last, next] { colors.setByte(ColorByte.black, of: cell) }
      let found = colors.sweep(from: start, count: count, cellBytes: sizeClass.cellBytes)
      for (index, byte) in bytes.enumerated() {
        #expect((found.dead >> UInt64(index) & 1 == 1) == (byte == ColorByte.white))
        #expect((found.live >> UInt64(index) & 1 == 1) == (byte > ColorByte.white))
        #expect(colors.byte(of: cells[index]) == (byte > ColorByte.white ? ColorByte.white : 0))
      }
      #expect(count == 64 || (found.dead | found.live) >> UInt64(count) == 0)
      for cell in [last, next] {
        #expect(colors.byte(of: cell) == ColorByte.black)
        colors.clear(cell)
      }
      for cell in cells { colors.clear(cell) }
    }
  }

  @Test(arguments: odd)
  func `a sweep of spans frees exactly the dead`(_ sizeClass: SizeClass) throws {
    var heap = try Heap(limitBytes: 1 << 17, poisonsFreedCells: false)
    var generator = SeededGenerator(seed: 11)
    var live: [Reference] = []
    for number in 0..<2 * sizeClass.cellCount {
      let object = try heap.allocate(header(of: sizeClass), color: .white).object
      // Some words of them dead or live as a whole.
      let share = number / 64 % 3
      guard Int.random(in: 0..<2, using: &generator) < share else { continue }
      heap.setColor(.black, of: object)
      live.append(object)
    }
    heap.beginSweep(isLazy: false)
    var silent = SilentObserver()
    var next = heap.firstSpanInUse(from: 0)
    while let span = next {
      let end = span.offset + heap.byteCount(ofSpanAt: span)
      _ = heap.sweep(spanAt: span, observer: &silent)
      next = heap.firstSpanInUse(from: end)
    }
    var walked: [Reference] = []
    heap.forEachObject { walked.append($0) }
    #expect(walked == live.sorted())
    #expect(walked.allSatisfy { heap.color(of: $0) == .white })
    #expect(heap.firstAllocatorFault() == nil)
  }
}

/// Births and deaths beside an object must not touch it.
struct CellNeighbourTests {
  /// An object and what its payload is filled with.
  private struct Filled {
    let object: Reference
    let slotCount: Int
    let payloadBytes: Int
    let byte: UInt8
  }

  @Test(arguments: [true, false], CellStartTests.odd)
  func `births and deaths leave the neighbours as they are`(
    _ isFast: Bool, _ sizeClass: SizeClass
  ) throws {
    var heap = try Heap(limitBytes: 1 << 17)
    var generator = SeededGenerator(seed: UInt64(sizeClass.cellBytes))
    var filled: [Filled] = []
    for number in 0..<3000 {
      let slotCount = Int.random(in: 0...min(4, sizeClass.cellBytes / 4 - 3), using: &generator)
      // As long as the cell, or up to 7 bytes less.
      let payloadBytes =
        sizeClass.cellBytes - 8 - slotCount * 4 - Int.random(in: 0...7, using: &generator)
      guard slotCount > 0 || payloadBytes > TinyHalf.largestPayload, payloadBytes >= 0 else {
        continue
      }
      let header = ObjectHeader(slotCount: slotCount, payloadBytes: payloadBytes)
      let fast =
        isFast
        ? heap.allocateSmall(slotCount: slotCount, payloadBytes: payloadBytes, by: .main) : nil
      let object = try fast ?? heap.allocate(header, color: .white).object
      #expect(heap.header(of: object) == header)
      #expect((0..<slotCount).allSatisfy { heap.load($0, of: object) == nil })
      let start = object.offset + 8 + slotCount * 4
      #expect(heap.allocator.arena.bytes(at: start, byteCount: payloadBytes).allSatisfy { $0 == 0 })
      let byte = UInt8(number % 200 + 1)
      if payloadBytes > 0 { heap.fillPayload(of: object, with: [byte]) }
      filled.append(
        Filled(object: object, slotCount: slotCount, payloadBytes: payloadBytes, byte: byte))
      if filled.count > 400 || Bool.random(using: &generator) {
        let index = Int.random(in: 0..<filled.count, using: &generator)
        check(filled[index], heap)
        _ = heap.free(filled.remove(at: index).object)
      }
      if number.isMultiple(of: 500) { for object in filled { check(object, heap) } }
    }
    for object in filled { check(object, heap) }
    #expect(heap.firstAllocatorFault() == nil)
  }

  private func check(_ filled: Filled, _ heap: borrowing Heap) {
    let header = heap.header(of: filled.object)
    #expect(
      header
        == ObjectHeader(slotCount: filled.slotCount, payloadBytes: filled.payloadBytes))
    let start = filled.object.offset + 8 + filled.slotCount * 4
    #expect(
      heap.allocator.arena.bytes(at: start, byteCount: filled.payloadBytes)
        .allSatisfy { $0 == filled.byte })
  }

  @Test func `the births of threads leave the neighbours as they are`() throws {
    var settings = ThreadSettings()
    settings.limitBytes = 1 << 24
    settings.minimumBytes = 1 << 16
    let machine = try ThreadedMachine(settings)
    var mutator = try machine.makeMutator(named: "T")
    var generator = SeededGenerator(seed: 5)
    // Words of payload and what they are filled with, by variable.
    var shapes: [(slotCount: Int, wordCount: Int, word: UInt32)] = []
    for number in 0..<20_000 {
      let slotCount = Int.random(in: 1...6, using: &generator)
      let wordCount = Int.random(in: 0...8, using: &generator)
      let object = try mutator.allocate(slotCount: slotCount, payloadBytes: wordCount * 4)
      for word in 0..<wordCount {
        #expect(mutator.payloadWord(word, of: object, slotCount: slotCount) == 0)
        mutator.setPayloadWord(word, of: object, slotCount: slotCount, to: UInt32(number))
      }
      let shape = (slotCount: slotCount, wordCount: wordCount, word: UInt32(number))
      if shapes.count < 300 {
        mutator.push(object)
        shapes.append(shape)
        continue
      }
      let index = Int.random(in: 0..<300, using: &generator)
      let old = try #require(mutator[index])
      for word in 0..<shapes[index].wordCount {
        #expect(
          mutator.payloadWord(word, of: old, slotCount: shapes[index].slotCount)
            == shapes[index].word)
      }
      mutator[index] = object
      shapes[index] = shape
    }
    mutator.pop(to: 0)
    _ = consume mutator
    machine.close()
    #expect(machine.withWorldStopped { $0.heap.firstAllocatorFault() } == nil)
  }
}
