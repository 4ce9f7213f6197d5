/// Which entries of a word list are really two words, and leave the lexicon.
///
/// A list that was collected by frequency holds `的人`, `我的`, `一个` and `也是`; kept, they win over the
/// words they are made of.
struct Purge {
  /// Whether an entry stays.
  func keeps(_ word: String) -> Bool {
    let characters = Array(word)
    guard characters.count > 1, !Self.kept.contains(word) else { return true }
    let first = characters[0]
    let last = characters[characters.count - 1]
    if last == "的", characters.count <= 4 { return false }
    if first == "的" { return false }
    guard characters.count == 2 else { return true }
    if "是了在".contains(last) { return false }
    if Self.counting.contains(first), Self.measureWords.contains(last) { return false }
    if Self.adverbs.contains(first), Self.modals.contains(last) { return false }
    return true
  }

  /// Numerals and demonstratives, before a measure word.
  private static let counting = Set("一二三四五六七八九十两几数每这那各多半百千万零〇")
  private static let adverbs = Set("不也都就才很更最太还又再只将")
  private static let modals = Set("是有会能要可多大好高小少应该够想肯敢加")
  private static let measureWords = Set(
    "个個次年天位种種批条條件名张張座家项項本部段场場些点點只隻支所间間块塊号號月日元人岁歲层層代类類期届屆篇首台辆輛份户倍声聲片群颗顆步面样樣句口道笔筆")

  /// Entries of these shapes that are words of their own.
  private static let kept = Set(
    """
    不了 不得了 临了 为了 了不起 了却 了如指掌 了结 了解 于是 似的 但是 何在 健在
    内在 凡是 别的 只是 可是 国是 在世 在乎 在于 在内 在场 在外 在家 在座
    在意 在押 在校 在线 在职 在野 外在 大不了 好在 存在 实事求是 实在 得了 志在
    总是 意在 所在 旨在 明了 是否 是的 是非 有的 未了 标的 正在 比比皆是 潜在
    现在 的士 的确 目的 真的 终了 罢了 自以为是 自在 要是 还是 还有 除了 一些
    一人 一代 一口 一号 一家 一期 一样 一樣 一点 一生 一道 一部 一面 多数
    每天 每年 每次 这些 这样 這些 這樣 那些 那样 那樣 不会 不可 不多 不大
    不好 不是 不能 不要 可能 就要 很多 才能 更加 最多 最好 最高 能够
    """.split(whereSeparator: \.isWhitespace).map(String.init))
}
