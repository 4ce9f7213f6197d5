// swift-tools-version: 6.2
import PackageDescription

// A package of its own: what it needs never reaches a user of the library.
let package = Package(
  name: "BitextBenchmarks",
  platforms: [.macOS(.v26)],
  dependencies: [.package(name: "Bitext", path: "..")],
  targets: [
    .systemLibrary(
      name: "CICUFlags", path: "Sources/CICUFlags", pkgConfig: "icu-i18n",
      providers: [.apt(["libicu-dev"]), .brew(["icu4c"])]),
    // The reference: the plainest loop over ICU in C, in the same process and run.
    .target(name: "CICUBaseline", dependencies: ["CICUFlags"]),
    .executableTarget(
      name: "BitextBenchmarks",
      dependencies: ["CICUBaseline", .product(name: "Bitext", package: "Bitext")]),
  ]
)
