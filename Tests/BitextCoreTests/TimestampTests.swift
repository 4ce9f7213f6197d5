import BitextCore
import Testing

@Suite struct `Timestamps` {
  @Test(
    arguments: [
      ("19700101T000000Z", 0), ("20260131T235959Z", 1_769_903_999),
      ("2026-01-31T23:59:59Z", 1_769_903_999), ("2026-01-31 23:59:59 UTC", 1_769_903_999),
      ("20240229T120000Z", 1_709_208_000),
    ] as [(String, Int64)])
  func `are read in the three spellings that files use`(_ spelling: String, _ seconds: Int64) {
    #expect(Timestamp(spelling).secondsSince1970 == seconds)
    #expect(Timestamp(spelling).asWritten == spelling)
  }

  @Test(arguments: [
    "", "20260131", "20261331T000000Z", "20260131T240000Z", "2026-01-31T23:59:59",
    "20260131T235959z",
    "2026-01-31 23:59:59 CET", "２０２６0131T2359", "31.01.2026 23:59",
  ])
  func `of any other spelling are kept without an instant`(_ spelling: String) {
    #expect(Timestamp(spelling).secondsSince1970 == nil)
    #expect(Timestamp(spelling).asWritten == spelling)
  }

  @Test func `made from an instant are read back as that instant`() {
    for seconds: Int64 in [-62_135_596_800, -1, 0, 951_782_400, 1_769_903_999, 253_402_300_799] {
      let stamp = Timestamp(secondsSince1970: seconds)
      #expect(Timestamp(stamp.asWritten).secondsSince1970 == seconds)
    }
  }
}
