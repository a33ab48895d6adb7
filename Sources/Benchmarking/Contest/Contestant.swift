/// An allocator that takes part.
struct Contestant: Hashable, Sendable {
  let name: String
  let kind: Kind

  enum Kind: Hashable, Sendable {
    case ours(Variant)
    /// The C library's, or that of a library that takes its place.
    case malloc(library: String?)
    /// A program of somebody else.
    case command(PeerJob)
  }

  static let ours = Contestant(.usual)

  init(name: String, kind: Kind) {
    self.name = name
    self.kind = kind
  }

  init(_ variant: Variant) { self.init(name: variant.rawValue, kind: .ours(variant)) }

  init(_ job: PeerJob) { self.init(name: job.peer, kind: .command(job)) }

  /// Nil for us.
  var rivalry: Rivalry? {
    switch kind {
    case .ours: nil
    case .malloc: .one
    case .command(let job): job.rivalry
    }
  }

  /// The library that a process of this allocator is started with.
  var library: String? {
    switch kind {
    case .ours, .command: nil
    case .malloc(let library): library
    }
  }
}

/// The allocators of other people, and where they are looked for.
struct PeerSearch: Hashable, Sendable {
  var folders = [
    "/usr/local/lib", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64",
    "/usr/lib",
  ]

  /// By name, with the files that hold them, of which the first that is found is taken.
  private static let libraries = [
    ("jemalloc", ["libjemalloc.so.2"]),
    ("tcmalloc", ["libtcmalloc_minimal.so.4"]),
    ("mimalloc", ["libmimalloc.so.2", "libmimalloc.so.2.0"]),
    ("mimalloc3", ["libmimalloc.so.3"]),
  ]

  /// The C library's allocator and those that are installed; and a line on each that is not.
  func find() -> (peers: [Contestant], skipped: [String]) {
    var peers = [Contestant(name: "glibc", kind: .malloc(library: nil))]
    var skipped: [String] = []
    for (name, files) in PeerSearch.libraries {
      if let path = files.lazy.compactMap({ path(of: $0) }).first {
        peers.append(Contestant(name: name, kind: .malloc(library: path)))
      } else {
        skipped.append("skipped: \(files[0]) is not installed")
      }
    }
    return (peers, skipped)
  }

  private func path(of file: String) -> String? {
    folders.lazy.compactMap { SystemFile.resolved("\($0)/\(file)") }.first
  }
}
