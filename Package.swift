// swift-tools-version: 6.2
import PackageDescription

// One set of settings for every Swift target: the layers are kept by the compiler.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
  .treatWarning("StrictMemorySafety", as: .error),
]

let package = Package(
  name: "Bitext",
  platforms: [.macOS(.v26)],
  products: [
    .library(name: "Bitext", targets: ["Bitext"]),
    .executable(name: "bitext", targets: ["BitextCLI"]),
  ],
  traits: [
    // The lexicons are megabytes. They come along unless a program says `traits: []`.
    .default(enabledTraits: ["Lexicons"]),
    .trait(name: "Lexicons", description: "Translation lexicons en-zh, en-es and es-zh."),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    // The C walls. `CICU` and `CLibXML2` carry pkg-config flags only and no header, so that no
    // `<unicode/…>` or `<libxml/…>` declaration is ever visible to Swift.
    .systemLibrary(
      name: "CICU", pkgConfig: "icu-i18n",
      providers: [.apt(["libicu-dev"]), .brew(["icu4c"])]),
    .systemLibrary(
      name: "CLibXML2", pkgConfig: "libxml-2.0",
      providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib",
      providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .target(name: "CBitextICU", dependencies: ["CICU"]),
    .target(name: "CBitextXML", dependencies: ["CLibXML2"]),
    .target(name: "CBitextZlib", dependencies: ["CZlib"]),

    // The library, lowest layer first.
    .target(name: "BitextCore", swiftSettings: settings),
    .target(name: "BitextICU", dependencies: ["CBitextICU"], swiftSettings: settings),
    .target(
      name: "BitextText", dependencies: ["BitextCore", "BitextICU"],
      resources: [.copy("Resources/zh.words"), .copy("Resources/zh.words.NOTICE.txt")],
      swiftSettings: settings),
    .target(
      name: "BitextAlignment", dependencies: ["BitextCore", "BitextText"], swiftSettings: settings),
    .target(
      name: "BitextTerminology", dependencies: ["BitextCore", "BitextText", "BitextAlignment"],
      resources: [.copy("Resources")], swiftSettings: settings),
    .target(
      name: "BitextQuality", dependencies: ["BitextCore", "BitextText", "BitextTerminology"],
      swiftSettings: settings),
    .target(
      name: "BitextMemory", dependencies: ["BitextCore", "BitextICU", "BitextText"],
      swiftSettings: settings),
    .target(
      name: "BitextSQLite",
      dependencies: [
        "BitextCore", "BitextText", "BitextMemory", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      swiftSettings: settings),
    .target(
      name: "BitextInterchange",
      dependencies: ["BitextCore", "BitextICU", "BitextText", "CBitextXML", "CBitextZlib"],
      swiftSettings: settings),
    // The glossaries are a resource module that lies where a contributor looks for them.
    .target(
      name: "BitextGlossaries", dependencies: ["BitextText"], path: "glossaries",
      exclude: [
        "README.md", "artificial-intelligence.tbx", "digital-human-rights.tbx",
        "international-organizations.tbx", "localization.tbx",
      ],
      resources: [
        .copy("artificial-intelligence.tmx"), .copy("digital-human-rights.tmx"),
        .copy("international-organizations.tmx"), .copy("localization.tmx"),
      ],
      swiftSettings: settings),
    .target(
      name: "Bitext",
      dependencies: [
        "BitextCore", "BitextText", "BitextAlignment", "BitextTerminology", "BitextQuality",
        "BitextMemory", "BitextSQLite", "BitextInterchange", "BitextGlossaries",
        .target(name: "BitextLexicons", condition: .when(traits: ["Lexicons"])),
      ],
      swiftSettings: settings),
    .target(
      name: "BitextLexicons", dependencies: ["BitextCore", "BitextText", "BitextAlignment"],
      exclude: ["NOTICE.md"],
      resources: [
        .copy("Resources/en-es.btlex"), .copy("Resources/en-zh.btlex"),
        .copy("Resources/es-zh.btlex"), .copy("Resources/cc-cedict.btlex"),
        .copy("Resources/links.en-es.btlex"), .copy("Resources/links.en-zh.btlex"),
        .copy("Resources/links.es-zh.btlex"),
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "BitextCLI",
      dependencies: [
        "Bitext", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),

    // Builds the Chinese lexicon from its word lists; see its README.
    .executableTarget(
      name: "DictionaryBuilder", dependencies: ["BitextText"], path: "Tools/DictionaryBuilder",
      exclude: ["README.md"], swiftSettings: settings),

    // Fits the confidences of aligned units on documents whose alignment is known; see its README.
    .executableTarget(
      name: "ConfidenceFitter", dependencies: ["BitextCore", "BitextAlignment", "BitextLexicons"],
      path: "Tools/ConfidenceFitter", exclude: ["README.md"], swiftSettings: settings),

    // Learns the models of word links; see its README.
    .executableTarget(
      name: "LinkModelBuilder", dependencies: ["BitextCore", "BitextAlignment"],
      path: "Tools/LinkModelBuilder", exclude: ["README.md"], swiftSettings: settings),

    // Learns the weights of term extraction; see its README.
    .executableTarget(
      name: "TermWeightBuilder",
      dependencies: [
        "BitextCore", "BitextText", "BitextAlignment", "BitextTerminology", "BitextLexicons",
      ],
      path: "Tools/TermWeightBuilder", exclude: ["README.md"], swiftSettings: settings),

    // Counts the tables of words for term extraction; see its README.
    .executableTarget(
      name: "WordTableBuilder", path: "Tools/WordTableBuilder", exclude: ["README.md"],
      swiftSettings: settings),

    // Tests mirror the sources, one target a module.
    .testTarget(name: "BitextCoreTests", dependencies: ["BitextCore"], swiftSettings: settings),
    .testTarget(
      name: "BitextTextTests",
      // Interchange inflates the test files of Unicode.
      dependencies: ["BitextCore", "BitextICU", "BitextText", "BitextInterchange"],
      swiftSettings: settings),
    .testTarget(
      name: "BitextAlignmentTests", dependencies: ["BitextCore", "BitextText", "BitextAlignment"],
      swiftSettings: settings),
    .testTarget(
      name: "BitextTerminologyTests",
      dependencies: ["BitextCore", "BitextText", "BitextAlignment", "BitextTerminology"],
      swiftSettings: settings),
    .testTarget(
      name: "BitextQualityTests",
      dependencies: ["BitextCore", "BitextText", "BitextTerminology", "BitextQuality"],
      swiftSettings: settings),
    .testTarget(
      name: "BitextMemoryTests",
      dependencies: [
        "BitextCore", "BitextText", "BitextMemory", "BitextSQLite",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: settings),
    .testTarget(
      name: "BitextInterchangeTests",
      dependencies: ["BitextCore", "BitextText", "BitextInterchange"],
      swiftSettings: settings),
    .testTarget(name: "BitextCLITests", dependencies: ["BitextCLI"], swiftSettings: settings),
    .testTarget(name: "BitextTests", dependencies: ["Bitext"], swiftSettings: settings),
  ]
)
