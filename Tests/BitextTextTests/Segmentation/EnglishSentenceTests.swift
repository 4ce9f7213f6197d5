import BitextCore
import BitextText
import Testing

private let cases = [
  // Terminators.
  SentenceCase("The train left. |Nobody waved.", "a full stop before a capital"),
  SentenceCase("Who called? |Nobody did. |Good!", "each terminator ends its sentence"),
  SentenceCase("You did what?! |Tell me more.", "a run of signs is one terminator"),
  SentenceCase("Stop!!! |The bridge is out.", "repeated signs are one terminator"),
  SentenceCase("She waited... |Then the lights went out.", "an ellipsis before a capital ends"),
  SentenceCase("We could... well, try again.", "an ellipsis before a small letter goes on"),
  SentenceCase("… and so it began. |The rest is known.", "an ellipsis that opens ends nothing"),
  SentenceCase("He had seen . . . I do not know what.", "the capital of \"I\" tells nothing"),
  // Abbreviations that never end a sentence.
  SentenceCase("Dr. Grace Lee met Mrs. Ortiz. |They talked.", "titles stand before names"),
  SentenceCase("Use fruit, e.g. Apples from Kent.", "e.g. introduces"),
  SentenceCase("The case is Smith vs. Jones. |It is old.", "vs. joins"),
  SentenceCase("Gen. Patton and Sen. Hill agreed.", "ranks stand before names"),
  // Abbreviations before numbers.
  SentenceCase("See fig. 4 and pp. 12–15. |Then go on.", "figures and pages have numbers"),
  SentenceCase("Turn to vol. II of the series.", "a Roman numeral is a number"),
  SentenceCase("It was No. 5 on the list.", "No. before a digit"),
  SentenceCase("I asked, but he said no. |We left.", "no. before a word ends"),
  // Months and days.
  SentenceCase(
    "It opens on Jan. 20 and closes in Feb. or later.", "a month before digit or small letter"),
  SentenceCase("The fair was in Aug. |It rained.", "a month before a sentence starter"),
  // Abbreviations that may end.
  SentenceCase("She works for Acme Inc. |The pay is good.", "Inc. before a starter ends"),
  SentenceCase("Acme Inc. Chairman Ann Poe resigned.", "Inc. before a title goes on"),
  SentenceCase("He moved to the U.S. |He likes it.", "U.S. before a starter ends"),
  SentenceCase("The U.S. Senate voted.", "U.S. before a name goes on"),
  SentenceCase("They sell pens, ink, etc. |Prices vary.", "etc. before a capital ends"),
  SentenceCase("Bring pens, paper, etc. and a ruler.", "etc. before a small letter goes on"),
  SentenceCase("We met at 9 a.m. |Lunch was at noon.", "a.m. before a capital ends"),
  SentenceCase("At 9 a.m. Ms. Poe arrived.", "a time that opens the sentence goes on"),
  SentenceCase("The call is at 9 a.m. EST on Monday.", "a time zone belongs to the time"),
  SentenceCase("P.S. Bring the keys.", "an abbreviation that opens has nothing to end"),
  // Initials.
  SentenceCase("J. R. R. Tolkien wrote it. |C. S. Lewis read it.", "initials belong to names"),
  SentenceCase("It takes vitamin B. |The dose is small.", "a letter before a starter ends"),
  SentenceCase("It was just you and I. |We won.", "the pronoun ends"),
  // Numbers, addresses, names.
  SentenceCase("It costs $3.50. |That is cheap.", "a decimal point is none"),
  SentenceCase("Write to ann.poe@example.org. |She will answer.", "no stop in an address counts"),
  SentenceCase("See www.example.org/a.b?c=d. |It is free.", "no sign in a URL counts"),
  SentenceCase("Open notes.txt and setup.exe first.", "file names hold stops"),
  SentenceCase("She joined Yahoo! in May.", "a name may hold an exclamation mark"),
  SentenceCase("The work is done.|Now rest.", "a forgotten space between words"),
  SentenceCase("Version 2.10.3 is out. |Update now.", "versions hold stops"),
  // Quotes and brackets.
  SentenceCase("“Come in.” |The door opened.", "a closing quote goes left"),
  SentenceCase("\"Is it late?\" he asked. |\"No.\"", "a quotation before its verb goes on"),
  SentenceCase("“Is it late?” Mary asked.", "a name and a verb of saying report"),
  SentenceCase("He left (it was late.) and slept.", "a sentence in brackets is part of another"),
  SentenceCase("He left. |(It was late.) |She stayed.", "a sentence in brackets of its own"),
  SentenceCase("Prices rose.[12] |Wages did not.[13][14] |Why?", "footnote marks go left"),
  SentenceCase("A claim was made.7 |The court agreed.", "a flattened superscript goes left"),
  SentenceCase("They are “odd.” and strange.", "a closed quote before a small letter goes on"),
  SentenceCase("\"If you please--\" |The rabbit ran away.", "speech that is broken off ends"),
  // Lists.
  SentenceCase("1. Wash it |2. Cut it |3. Cook it", "increasing markers begin items"),
  SentenceCase("a) the plan |b) the cost |c) the risk", "lettered items"),
  SentenceCase("(i) First. |(ii) Second. |(iii) Third.", "Roman items"),
  SentenceCase("Both (a) the plan and (b) the cost matter.", "markers inside a sentence"),
  SentenceCase("IV. The garden of the duke", "an enumerator that opens ends nothing"),
  // Informal text.
  SentenceCase("Thanks :) |See you soon", "a smiley is a terminator"),
  SentenceCase("are you there? |i am waiting", "? before a small letter ends"),
  SentenceCase(
    "The latch moved, click! and the door was open.", "an exclaimed word between commas"),
]

@Suite struct `English sentences` {
  @Test(arguments: cases)
  func `end where a reader would end them`(_ example: SentenceCase) {
    #expect(contents(example.text, "en") == example.sentences)
  }

  @Test func `go on in small letters when the text is informal`() {
    let text = "that was great. we should go again"
    #expect(contents(text, "en") == ["that was great.", "we should go again"])
    #expect(contents(text, "en") { $0.breaksBeforeLowercase = false } == [text])
  }

  @Test func `leave the stops of an omission to the next sentence`() {
    #expect(
      contents("All was said. . . . The rest we know.", "en")
        == ["All was said.", ". . . The rest we know."])
  }
}
