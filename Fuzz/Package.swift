// swift-tools-version: 6.2
import PackageDescription

// The readers alone, compiled again with the sanitizer's instrumentation: the folders are links into the
// library's own. Nothing here reaches a user of the library.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
]

let package = Package(
  name: "Fuzz",
  platforms: [.macOS(.v26)],
  targets: [
    .systemLibrary(name: "CICU", pkgConfig: "icu-i18n"),
    .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0"),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib"),
    .target(name: "CBitextICU", dependencies: ["CICU"]),
    .target(name: "CBitextXML", dependencies: ["CLibXML2"]),
    .target(name: "CBitextZlib", dependencies: ["CZlib"]),
    .target(name: "BitextCore", swiftSettings: settings),
    .target(name: "BitextICU", dependencies: ["CBitextICU"], swiftSettings: settings),
    .target(
      name: "BitextText", dependencies: ["BitextCore", "BitextICU"],
      resources: [.copy("Resources/zh.words"), .copy("Resources/zh.words.NOTICE.txt")],
      swiftSettings: settings),
    .target(
      name: "BitextInterchange",
      dependencies: ["BitextCore", "BitextICU", "BitextText", "CBitextXML", "CBitextZlib"],
      swiftSettings: settings),
    .executableTarget(
      name: "FuzzReaders", dependencies: ["BitextCore", "BitextText", "BitextInterchange"]),
  ]
)
