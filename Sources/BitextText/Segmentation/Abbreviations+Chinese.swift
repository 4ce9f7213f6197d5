extension LanguageRules {
  /// No sentence ends after these.
  static let chineseNever = """
    cf dr e.g i.e mr mrs ms prof st vs
    """

  /// A number follows these.
  static let chineseNumbered = """
    fig no p pp vol
    """

  /// A sentence may end after these, if one begins after them.
  static let chineseEndable = """
    a.m co corp etc inc jr ltd p.m ph.d sr u.s
    """
}
