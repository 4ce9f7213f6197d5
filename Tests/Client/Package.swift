// swift-tools-version: 6.2
import PackageDescription

// A package from outside that links the library, as a user's program does.
let package = Package(
  name: "Client",
  platforms: [.macOS(.v26)],
  dependencies: [.package(name: "Bitext", path: "../..")],
  targets: [
    .executableTarget(
      name: "Client", dependencies: [.product(name: "Bitext", package: "Bitext")])
  ]
)
