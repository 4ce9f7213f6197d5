import Foundation
import Testing

@Suite struct `Filling and converting` {
  @Test func `a memory fills what is empty, and the rest stays`() throws {
    let scratch = try ScratchFolder()
    let tmx = try scratch.file(
      "a.tmx",
      """
      <tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="en" datatype="plaintext"/><body>
      <tu><tuv xml:lang="en"><seg>Open the file.</seg></tuv><tuv xml:lang="es"><seg>Abra el archivo.</seg></tuv><tuv xml:lang="zh-CN"><seg>打开文件。</seg></tuv></tu>
      <tu><tuv xml:lang="en"><seg>Close all of the 3 windows now</seg></tuv><tuv xml:lang="es"><seg>Cierre las 3 ventanas ya</seg></tuv></tu>
      </body></tmx>
      """)
    let memory = scratch.path("m.memory")
    #expect(try Program.run(["memory", "import", memory, tmx]).status == 0)
    let po =
      "msgid \"\"\nmsgstr \"Language: es\\n\"\n\nmsgid \"Open the file.\"\nmsgstr \"\"\n\n"
      + "msgid \"Close all of the 4 windows now\"\nmsgstr \"\"\n\nmsgid \"Quit\"\nmsgstr \"Salir\"\n"
    let file = try scratch.file("a.po", po)
    let exact = try Program.run(["fill", file, "--memory", memory, "--threshold", "100"])
    #expect(exact.status == 0, "\(exact.errors)")
    #expect(
      exact.output
        == po.replacingOccurrences(
          of: "msgid \"Open the file.\"\nmsgstr \"\"",
          with: "#, fuzzy\nmsgid \"Open the file.\"\nmsgstr \"Abra el archivo.\""))
    #expect(exact.errors.contains("filled 1 of 2 empty targets"))
    let fuzzy = try Program.run(["fill", file, "--memory", memory, "-o", file])
    #expect(fuzzy.errors.contains("filled 2 of 2 empty targets"), "\(fuzzy.errors)")
    let written = try String(contentsOfFile: file, encoding: .utf8)
    #expect(written.contains("msgstr \"Cierre las 4 ventanas ya\""))
    #expect(written.hasSuffix("msgid \"Quit\"\nmsgstr \"Salir\"\n"))
    let catalog = try scratch.file(
      "L.xcstrings",
      "{\"sourceLanguage\" : \"en\", \"strings\" : {\"Open the file.\" : {}}, \"version\" : \"1.0\"}"
    )
    let chinese = try Program.run(["fill", catalog, "--memory", memory, "--to", "zh-Hans"])
    #expect(chinese.output.contains("\"value\" : \"打开文件。\""), "\(chinese.errors)")
    let nameless = try Program.run(["fill", catalog, "--memory", memory])
    #expect(nameless.status == 64, "the language of a catalog must be named")
    let table = try scratch.file("a.csv", "en,es\na,b\n")
    #expect(try Program.run(["fill", table, "--memory", memory]).status == 65)
    #expect(try Program.run(["fill", file, "--memory", scratch.path("none")]).status != 0)
  }

  @Test func `documents with markup are read as text`() throws {
    let scratch = try ScratchFolder()
    let en = try scratch.file(
      "a.en.md", "# The house\n\nThe house is *big*. It is [blue](http://x).\n\n```\ncode\n```\n")
    let es = try scratch.file(
      "a.es.html",
      "<html><body><h1>La casa</h1><p>La casa es <b>grande</b>. Es azul.</p><script>x</script></body></html>"
    )
    let segments = try Program.run(["segment", "--language", "en", en])
    #expect(segments.output == "The house\nThe house is big.\nIt is blue.\n")
    let aligned = try Program.run(["align", en, es, "--format", "beads"])
    #expect(aligned.output == "[0]:[0]\n[1]:[1]\n[2]:[2]\n", "\(aligned.errors)")
    let text = try Program.run(["convert", es, "-", "--to", "markdown"])
    #expect(text.output == "# La casa\n\nLa casa es grande. Es azul.\n")
    let page = try Program.run(["convert", en, "-", "--to", "html", "--languages", "en"])
    #expect(page.output.contains("<h1>The house</h1>\n<p>The house is big. It is blue.</p>"))
  }

  @Test func `a profile that nobody knows is a usage error`() throws {
    let scratch = try ScratchFolder()
    let table = try scratch.file("a.csv", "en,es\na,b\n")
    let outcome = try Program.run(["convert", table, "-", "--to", "tmx", "--profile", "nobody"])
    #expect(outcome.status == 64)
    let good = try Program.run(["convert", table, "-", "--to", "tmx", "--profile", "omegat"])
    #expect(good.output.contains("xml:lang=\"EN\""))
  }
}
