// Align two texts, look a sentence up, hand the units on.
import Bitext
import Foundation

let english = "The report warns of a Digital Leviathan. Nobody had noticed. What should we do?"
let chinese = "报告警告人们警惕“数字利维坦”。此前竟无人察觉。我们应当怎么做？"

let corpus = try CorpusBuilder(["en", "zh"]).build(from: [english, chinese])
for unit in corpus.units { print(unit["en"]!.segment.text, "=", unit["zh"]!.segment.text) }

let memory = try TranslationMemory(at: URL(fileURLWithPath: "report.memory"))
try memory.save(corpus.units)
let query = MatchQuery("Nobody had ever noticed.", from: "en", to: "zh")
for match in try memory.matches(for: query) { print(match.score, match.target.text) }

try TMXFile.write(corpus.units, to: "report.tmx")
