extension BorderWords {
  /// Whether a word, in lower case, neither begins nor ends a term.
  public func contains(_ word: String) -> Bool { border.contains(word) }
}
