// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target is held to the same bar; `make lint` checks what the compiler cannot.
let strict: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies + ["TestSupport"], exclude: exclude,
    swiftSettings: strict)
}

let histogram: Target.Dependency = .product(name: "Histogram", package: "hdrhistogram-swift")
let argumentParser: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")

// Listed bottom-up: a target may depend only on targets above it.
let package = Package(
  name: "tricolor",
  products: [
    .executable(name: "tricolor", targets: ["tricolor"]),
    .library(name: "GarbageCollection", targets: ["GarbageCollection"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
  ],
  targets: [
    .systemLibrary(name: "CNcurses", providers: [.apt(["libncurses-dev"])]),
    .target(name: "CTerminalGuard"),
    .systemLibrary(name: "CSanitizer"),
    .systemLibrary(name: "CProcessor"),
    library("GarbageCollection", ["CSanitizer", "CProcessor"]),
    library("Workloads", ["GarbageCollection"]),
    library("TimeTravel"),
    // `scripts` is a link to the folder `examples`; its files become part of the program.
    .target(
      name: "Examples", resources: [.embedInCode("scripts")], swiftSettings: strict),
    library("ModelChecking", ["GarbageCollection"]),
    library("Scenarios", ["GarbageCollection", "TimeTravel", "ModelChecking"]),
    library("Exporting", ["GarbageCollection", "TimeTravel", "Scenarios"]),
    library("TerminalUI", ["GarbageCollection", "TimeTravel", "Scenarios", "Workloads"]),
    library("NcursesBackend", ["TerminalUI", "CNcurses", "CTerminalGuard"]),
    library("Benchmarking", ["GarbageCollection", histogram]),
    program(
      "tricolor",
      [
        "GarbageCollection", "TimeTravel", "Scenarios", "Examples", "ModelChecking", "Exporting",
        "TerminalUI", "NcursesBackend", "Benchmarking", "Workloads", argumentParser,
      ]),
    program("TricolorBenchmarks", ["Benchmarking"]),

    .target(name: "CTestTerminal", path: "Tests/CTestTerminal"),
    .target(
      name: "TestTerminal", dependencies: ["CTestTerminal", "TerminalUI"],
      path: "Tests/TestTerminal",
      swiftSettings: strict),
    .executableTarget(
      name: "TerminalProbe",
      dependencies: ["NcursesBackend", "TerminalUI", "TestTerminal"],
      path: "Tests/TerminalProbe", swiftSettings: strict),
    .target(
      name: "TestSupport", dependencies: ["GarbageCollection"], path: "Tests/TestSupport",
      swiftSettings: strict),
    tests("GarbageCollectionTests", ["GarbageCollection"]),
    tests("WorkloadsTests", ["Workloads", "GarbageCollection"]),
    tests("TimeTravelTests", ["TimeTravel"]),
    tests("ScenariosTests", ["Scenarios", "Examples", "GarbageCollection", "TimeTravel"]),
    tests("ModelCheckingTests", ["ModelChecking", "GarbageCollection"]),
    tests("ExportingTests", ["Exporting", "Scenarios", "GarbageCollection", "TimeTravel"]),
    tests(
      "TerminalUITests",
      ["TerminalUI", "Scenarios", "GarbageCollection", "TimeTravel", "Workloads"],
      exclude: ["Golden", "Graph/Golden"]),
    tests(
      "NcursesBackendTests", ["NcursesBackend", "TerminalUI", "TestTerminal", "TerminalProbe"]),
    tests("BenchmarkingTests", ["Benchmarking"]),
    tests("TricolorTests", ["TestTerminal", "tricolor"]),
  ],
  swiftLanguageModes: [.v6]
)

// The sanitizers and the long tests build only what they test: `make check-tsan`.
if Context.environment["TRICOLOR_ONLY_MEMORY"] != nil {
  var needed = [
    "CSanitizer", "CProcessor", "GarbageCollection", "TestSupport", "GarbageCollectionTests",
  ]
  // The long tests are the checker's too.
  if Context.environment["TRICOLOR_LONG"] != nil {
    needed += ["ModelChecking", "ModelCheckingTests"]
  }
  package.targets.removeAll { !needed.contains($0.name) }
  package.products.removeAll { $0.name != "GarbageCollection" }
  package.dependencies = []
}
