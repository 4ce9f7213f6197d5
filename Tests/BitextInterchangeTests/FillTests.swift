import BitextCore
import BitextInterchange
import Testing

/// Answers a few texts, as a memory would.
private func dictionary(_ target: OpenTarget) -> Segment? {
  let texts = [
    "Open the file.": "Abra el archivo.", "Close": "Cerrar", "%d file": "%d archivo",
    "%d files": "%d archivos", "A & B <c>": "A & B <c> \"d\"", "One.": "Uno.",
    "%lld file": "%lld archivo",
    "%lld files": "%lld archivos",
  ]
  if let text = texts[target.source.text] { return Segment(text) }
  if target.source.text == "Press OK now." {
    // The codes of a memory are those of another file.
    return Segment(
      "Pulse OK ya.",
      codes: [
        InlineCode(utf8Offset: 6, kind: .open, name: "bpt"),
        InlineCode(utf8Offset: 8, kind: .close, name: "ept"),
        InlineCode(utf8Offset: 8, kind: .standalone, name: "ph"),
      ])
  }
  return nil
}

private func filled(
  _ text: String, _ name: String, _ languages: [LanguageTag] = ["en", "es"]
) throws -> (text: String, outcome: TargetFiller.Outcome) {
  let outcome = try TargetFiller(languages: languages).fill(
    .text(text, name: name), answer: dictionary)
  return (String(decoding: outcome.bytes, as: UTF8.self), outcome)
}

@Suite struct `Filling of targets` {
  @Test func `in XLIFF 1.2 touches nothing but what is empty`() throws {
    let text = """
      <?xml version='1.0'?>
      <!-- <trans-unit> --><xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">\r
      <file original='a>b' source-language="en" target-language="es" datatype="plaintext"><body>
        <trans-unit   id="1">
          <source>Open the file.</source>
        </trans-unit>
        <trans-unit id="2"><source>Close</source><target/></trans-unit>
        <trans-unit id="3"><source>Close</source><target state="new" xml:lang='es' ></target><note>n</note></trans-unit>
        <trans-unit id="4"><source>Close</source><target>Cierre  ya</target></trans-unit>
        <trans-unit id="5" translate="no"><source>Close</source></trans-unit>
        <trans-unit id="6"><source>unknown</source></trans-unit>
        <trans-unit id="7"><source>A &amp; B &lt;c></source></trans-unit>
        <trans-unit id="8"><source>Press <g id="1">OK</g><x id="2" ctype="a&quot;b"/> now.</source></trans-unit>
        <trans-unit id="9"><source>One. Two.</source><seg-source><mrk mtype="seg" mid="a">One.</mrk> <mrk mtype="seg" mid="b">Two.</mrk></seg-source></trans-unit>
      </body></file></xliff>
      """
    let expected = text.replacing(
      "Open the file.</source>\n",
      with:
        "Open the file.</source>\n    <target state=\"needs-review-translation\">Abra el archivo.</target>\n"
    ).replacing(
      "<target/>", with: "<target state=\"needs-review-translation\">Cerrar</target>"
    ).replacing(
      "<target state=\"new\" xml:lang='es' ></target>",
      with: "<target state=\"needs-review-translation\" xml:lang='es' >Cerrar</target>"
    ).replacing(
      "&lt;c></source>",
      with:
        "&lt;c></source><target state=\"needs-review-translation\">A &amp; B &lt;c&gt; \"d\"</target>"
    ).replacing(
      "now.</source>",
      with:
        "now.</source><target state=\"needs-review-translation\">Pulse <g id=\"1\">OK</g><x id=\"2\" ctype=\"a&quot;b\"/> ya.</target>"
    ).replacing(
      "</seg-source>",
      with:
        "</seg-source><target state=\"needs-review-translation\"><mrk mtype=\"seg\" mid=\"a\">Uno.</mrk><mrk mtype=\"seg\" mid=\"b\"></mrk></target>"
    )
    let result = try filled(text, "a.xlf", [])
    #expect(result.text == expected)
    #expect(result.outcome.open == 8)
    #expect(result.outcome.filled == 6)
    // What was filled is not yet a translation, and a second run finds nothing to do.
    #expect(try XLIFFReader(.text(result.text)).remainingUnits().count == 1)
    #expect(try filled(result.text, "a.xlf").text == result.text)
  }

  @Test func `in XLIFF 2 sets the state of the segment`() throws {
    let text = """
      <xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en" trgLang="es"><file id="f">
      <unit id="u"><segment id="s1"><source>Close</source></segment><segment state="final"><source>One.</source><target>Uno</target></segment></unit>
      </file></xliff>
      """
    let result = try filled(text, "a.xlf", [])
    #expect(
      result.text
        == text.replacing(
          "<segment id=\"s1\"><source>Close</source>",
          with:
            "<segment id=\"s1\" state=\"initial\" subState=\"bitext:needs-review\"><source>Close</source><target>Cerrar</target>"
        ))
  }

  @Test(arguments: ["\n", "\r\n"])
  func `in PO is fuzzy`(_ newline: String) throws {
    let text = """
      # remark
      msgid ""
      msgstr ""
      "Language: es\\n"

      #, c-format
      msgid "%d file"
      msgid_plural "%d files"
      msgstr[0] ""
      msgstr[1] ""

      #: a.c:1
      msgctxt "menu"
      msgid ""
      "Open the "
      "file."
      msgstr ""

      msgid "Close"
      msgstr   "Cierre"

      #~ msgid "Close"
      #~ msgstr ""
      """.replacing("\n", with: newline)
    let expected = text.replacing("#, c-format", with: "#, c-format, fuzzy")
      .replacing("msgstr[0] \"\"", with: "msgstr[0] \"%d archivo\"")
      .replacing("msgstr[1] \"\"", with: "msgstr[1] \"%d archivos\"")
      .replacing("msgctxt", with: "#, fuzzy\(newline)msgctxt")
      .replacing(
        "\"file.\"\(newline)msgstr \"\"", with: "\"file.\"\(newline)msgstr \"Abra el archivo.\"")
    let result = try filled(text, "a.po", [])
    #expect(result.text == expected)
    #expect(result.outcome.filled == 3)
    #expect(try POReader(.text(result.text, name: "a.po")).remainingUnits().count == 1)
  }

  @Test func `in a String Catalog needs review`() throws {
    let text = """
      {
        "sourceLanguage" : "en",
        "strings" : {
          "%lld files" : {
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
              }
            }
          },
          "Close" : {

          },
          "Open the file." : {
            "comment" : "x",   "localizations" : {
              "zh-Hans" : {
                "stringUnit" : {
                  "state" : "translated",
                  "value" : "打开文件。"
                }
              }
            }
          },
          "unknown" : {

          }
        },
        "version" : "1.0"
      }
      """
    let result = try filled(text, "a.xcstrings", ["es"])
    #expect(result.outcome.open == 5)
    #expect(result.outcome.filled == 4)
    #expect(result.text.contains("\"comment\" : \"x\",   \"localizations\" : {"), "bytes stay")
    #expect(
      result.text.contains(
        """
            "Close" : {
              "localizations" : {
                "es" : {
                  "stringUnit" : {
                    "state" : "needs_review",
                    "value" : "Cerrar"
                  }
                }
              }
            },
        """))
    let options = ReadOptions(parts: [.untranslated])
    let read = try CatalogReader(.text(result.text), options: options).remainingUnits()
    #expect(
      read.map { $0.variants.map(\.segment.text) } == [
        ["%lld file", "%lld archivo"], ["%lld files", "%lld archivos"], ["Close", "Cerrar"],
        ["Open the file.", "Abra el archivo."],
      ])
    #expect(try filled(result.text, "a.xcstrings", ["es"]).text == result.text)
  }

  @Test func `knows what stands around a text`() throws {
    let text = """
      <xliff version="1.2"><file source-language="en" target-language="zh"><body>
      <trans-unit id="1"><source>First</source></trans-unit><trans-unit id="2"><source>Second</source><target>二</target></trans-unit>
      <trans-unit id="3"><source>Third</source></trans-unit></body></file></xliff>
      """
    var asked: [OpenTarget] = []
    let outcome = try TargetFiller().fill(.text(text, name: "a.xlf")) { target in
      asked.append(target)
      return nil
    }
    #expect(asked.map(\.previous) == ["", "Second"])
    #expect(asked.map(\.next) == ["Second", ""])
    #expect(asked.map(\.targetLanguage) == ["zh", "zh"])
    #expect(outcome.bytes == Array(text.utf8))
  }

  @Test func `keeps UTF-16 with its byte order mark`() throws {
    let text = "msgid \"\"\nmsgstr \"\"\n\nmsgid \"Close\"\nmsgstr \"\"\n"
    var bytes: [UInt8] = [0xFF, 0xFE]
    for unit in text.utf16 { bytes += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    let outcome = try TargetFiller(languages: ["en", "es"]).fill(
      .bytes(bytes, name: "a.po"), answer: dictionary)
    #expect(outcome.filled == 1)
    #expect(outcome.bytes.starts(with: [0xFF, 0xFE]))
    let units = try POReader(
      .bytes(outcome.bytes, name: "a.po"), options: ReadOptions(parts: [.untranslated])
    ).remainingUnits()
    #expect(units.map { $0.variants.map(\.segment.text) } == [["Close", "Cerrar"]])
  }

  @Test func `refuses what has no targets`() throws {
    #expect(throws: InterchangeError.self) { try filled("a,b\n", "a.csv") }
    #expect(throws: InterchangeError.self) {
      try filled("{\"sourceLanguage\":\"en\",\"strings\":{}}", "a.xcstrings", [])
    }
    #expect(throws: InterchangeError.self) { try filled("<xliff version=\"1.2\"><file>", "a.xlf") }
  }
}
