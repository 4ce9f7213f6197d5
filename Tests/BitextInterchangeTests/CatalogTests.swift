import BitextCore
import BitextInterchange
import Testing

/// A catalog with everything that matters, as Xcode writes it.
private let catalog = """
  {
    "sourceLanguage" : "en",
    "strings" : {
      "" : {

      },
      "%lld files" : {
        "comment" : "Number of \\"open\\" files",
        "extractionState" : "manual",
        "localizations" : {
          "en" : {
            "variations" : {
              "plural" : {
                "one" : {
                  "stringUnit" : {
                    "state" : "translated",
                    "value" : "%lld file"
                  }
                },
                "other" : {
                  "stringUnit" : {
                    "state" : "translated",
                    "value" : "%lld files"
                  }
                }
              }
            }
          },
          "es" : {
            "variations" : {
              "plural" : {
                "many" : {
                  "stringUnit" : {
                    "state" : "translated",
                    "value" : "%lld de archivos"
                  }
                },
                "one" : {
                  "stringUnit" : {
                    "state" : "translated",
                    "value" : "%lld archivo"
                  }
                }
              }
            }
          },
          "zh-Hans" : {
            "variations" : {
              "plural" : {
                "other" : {
                  "stringUnit" : {
                    "state" : "translated",
                    "value" : "%lld 个文件"
                  }
                }
              }
            }
          }
        }
      },
      "Close" : {

      },
      "Delete" : {
        "localizations" : {
          "es" : {
            "stringUnit" : {
              "state" : "needs_review",
              "value" : "Borrar"
            }
          },
          "zh_Hans" : {
            "stringUnit" : {
              "state" : "translated",
              "value" : "删除\\n\\u0009“它” \\/"
            }
          }
        }
      },
      "Secret" : {
        "localizations" : {
          "es" : {
            "stringUnit" : {
              "state" : "translated",
              "value" : "Secreto"
            }
          }
        },
        "shouldTranslate" : false,
        "xFuture" : [
          1.50,
          -2e+3,
          true,
          null,
          [

          ]
        ]
      }
    },
    "version" : "1.0"
  }
  """

private func converted(
  _ text: String, name: String = "a.xcstrings", to format: FileFormat,
  languages: [LanguageTag] = []
) throws -> (text: String, outcome: FileConverter.Outcome) {
  let converter = FileConverter(format: format, reading: ReadOptions(languages: languages))
  let (outcome, sink) = try converter.convert(.text(text, name: name)) { MemorySink() }
  return (sink.text, outcome)
}

@Suite struct `String Catalogs` {
  @Test func `are read with what is translated, form by form`() throws {
    let reader = try CatalogReader(.text(catalog, name: "a.xcstrings"))
    var found: [String] = []
    var lines: [Int] = []
    while let unit = try reader.next() {
      found.append(
        "\(unit.identifier ?? ""): "
          + unit.variants.map { "\($0.language) \($0.segment.text)" }.joined(separator: " | "))
      lines.append(reader.unitPosition.line)
    }
    #expect(
      found == [
        "%lld files|==|plural.one: en %lld file | es %lld archivo",
        "%lld files|==|plural.other: en %lld files | zh-Hans %lld 个文件",
        // English has no form "many": "other" stands for it.
        "%lld files|==|plural.many: en %lld files | es %lld de archivos",
        "Delete: en Delete | zh-Hans 删除\n\t“它” /",
      ])
    #expect(lines == [7, 7, 7, 64])
    let first = try CatalogReader(.text(catalog)).next()
    #expect(first?.notes == [Note("Number of \"open\" files")])
    #expect(first?.sourceLanguage == "en")
  }

  @Test func `can give what is to be reviewed, too`() throws {
    let options = ReadOptions(parts: [.untranslated])
    let units = try CatalogReader(.text(catalog), options: options).remainingUnits()
    #expect(units.map(\.identifier) == ["Delete"])
    #expect(units[0].variants.map(\.segment.text) == ["Delete", "Borrar"])
    #expect(units[0].variants[1].properties == [Property(name: "x-state", value: "needs_review")])
  }

  @Test func `stay the same bytes, whatever Apple may add`() throws {
    #expect(try converted(catalog, to: .xcstrings).text == catalog)
    let withNewline = catalog + "\n"
    #expect(try converted(withNewline, to: .xcstrings).text == withNewline)
    #expect(try converted(withNewline, to: .xcstrings).outcome.written == 4)
  }

  @Test func `are written from units as Xcode lays them out`() throws {
    let first = try converted(catalog, to: .tmx)
    let second = try converted(first.text, name: "a.tmx", to: .xcstrings)
    let again = try CatalogReader(.text(second.text)).remainingUnits()
    let before = try CatalogReader(.text(catalog)).remainingUnits()
    func texts(_ units: [TranslationUnit]) -> Set<[String]> {
      Set(units.map { [$0.identifier ?? ""] + $0.variants.map(\.segment.text) })
    }
    #expect(texts(again).isSuperset(of: texts(before).filter { !$0[0].hasSuffix("many") }))
    #expect(try converted(second.text, to: .xcstrings).text == second.text, "our own is canonical")
    #expect(second.text.hasPrefix("{\n  \"sourceLanguage\" : \"en\",\n  \"strings\" : {\n"))
  }

  @Test(arguments: [
    ("{\"sourceLanguage\":\"en\"}", "1:1: error: found JSON without an object \"strings\""),
    ("{\"strings\":{}}", "1:1: error: found no \"sourceLanguage\""),
    ("{\"sourceLanguage\":\"en\",\n \"strings\" : [", "2:15: error: found the end of the file"),
    ("{\"sourceLanguage\":\"en\",\n\"strings\":{\"a\":\"\\x\"}}", "2:17: error: found the escape"),
    ("{\"sourceLanguage\":\"en\",\"strings\":{\"a\":01}}", "1:39: error: found \"01}}\""),
    ("{\"sourceLanguage\":\"en\",\"strings\":{}} x", "1:38: error: found \"x\" behind the end"),
  ])
  func `that are none say where and why`(_ text: String, _ message: String) throws {
    let error = #expect(throws: InterchangeError.self) {
      try CatalogReader(.text(text, name: "a.xcstrings"))
    }
    #expect(error?.description.hasPrefix("a.xcstrings:" + message) ?? false, "\(error!)")
  }

  @Test func `that are cut at any byte are refused, and never half read`() throws {
    let bytes = Array(catalog.utf8)
    for end in 0..<bytes.count {
      #expect(throws: InterchangeError.self, "cut at \(end)") {
        try CatalogReader(.bytes(Array(bytes[..<end]), name: "a.xcstrings"))
      }
    }
  }

  @Test func `of hostile depth are refused`() throws {
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: InterchangeError.self) {
      try CatalogReader(.text("{\"sourceLanguage\":\"en\",\"strings\":{\"a\":\(deep)"))
    }
  }
}
