import Glibc

/// `malloc` and `free` of whatever allocator this process was started with.
///
/// Both are looked up by name when the program runs. The compiler knows what `malloc` and `free` mean
/// and may delete a pair of calls whose memory nobody reads; of a function it is handed it knows nothing.
/// An indirect call costs what the call through the linkage table costs that C makes.
@safe struct Malloc: Sendable {
  private let allocateFunction: @convention(c) (Int) -> UnsafeMutableRawPointer?
  private let freeFunction: @convention(c) (UnsafeMutableRawPointer?) -> Void

  /// C: `dlopen`, `dlsym`.
  init() {
    let program = unsafe dlopen(nil, RTLD_NOW)
    guard let allocate = unsafe dlsym(program, "malloc"), let free = unsafe dlsym(program, "free")
    else { preconditionFailure("every C library has malloc and free") }
    unsafe allocateFunction = unsafe unsafeBitCast(
      allocate, to: (@convention(c) (Int) -> UnsafeMutableRawPointer?).self)
    unsafe freeFunction = unsafe unsafeBitCast(
      free, to: (@convention(c) (UnsafeMutableRawPointer?) -> Void).self)
  }

  /// Memory from `malloc`, by its address.
  struct Cell: Sendable {
    fileprivate let address: UInt
  }

  /// At least `byteCount` bytes, the first 8 of them cleared.
  @inline(__always)
  func allocate(byteCount: Int) -> Cell {
    guard let memory = unsafe allocateFunction(byteCount) else {
      preconditionFailure("there is memory for a measurement")
    }
    unsafe memory.storeBytes(of: 0, as: UInt64.self)
    return Cell(address: UInt(bitPattern: memory))
  }

  @inline(__always)
  func free(_ cell: Cell) {
    unsafe freeFunction(UnsafeMutableRawPointer(bitPattern: cell.address))
  }

  /// The file that `malloc` stands in; nil when the system does not say.
  var path: String? {
    let address = UInt(bitPattern: unsafe unsafeBitCast(allocateFunction, to: Int.self))
    return SystemFile.text(of: "/proc/self/maps")?.split(separator: "\n")
      .first { Malloc.range(of: $0)?.contains(address) ?? false }?
      .split(separator: " ").last.map(String.init)
  }

  /// The addresses of a line of `/proc/self/maps`: `from-to permissions … path`.
  private static func range(of line: Substring) -> Range<UInt>? {
    let ends = line.prefix { $0 != " " }.split(separator: "-").map { UInt($0, radix: 16) }
    guard ends.count == 2, let from = ends[0], let to = ends[1] else { return nil }
    return from..<to
  }
}
