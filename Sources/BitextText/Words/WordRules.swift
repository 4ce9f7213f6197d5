internal import BitextCore

/// What a language takes for one word, beyond the boundaries of Unicode.
struct WordRules: Sendable {
  let language: LanguageTag
  let isChinese: Bool
  /// Abbreviations that keep their full stop, in lower case, without it.
  let abbreviations: Set<String>
  /// Beginnings that are joined to a word by a hyphen, since they are no words: `e-mail`.
  let prefixes: Set<String>

  init(language: LanguageTag) {
    self.language = language
    let code = language.language
    isChinese = code == "zh"
    switch code {
    case "en", "zh":
      abbreviations = Self.englishAbbreviations
      prefixes = code == "en" ? Self.englishPrefixes : []
    case "es":
      abbreviations = Self.spanishAbbreviations
      prefixes = []
    default:
      abbreviations = []
      prefixes = []
    }
  }

  // Words that are also ordinary (in., no., ill., miss., mar.) are left out: their full stop is more
  // often the sentence's. Letters with stops between them (U.S., p.m.) are known by their shape.

  private static let englishAbbreviations: Set<String> = [
    "adm", "al", "approx", "apt", "asst", "assoc", "attn", "aug", "ave", "bldg", "blvd", "brig",
    "bros", "ca", "capt", "cf", "cmdr", "col", "corp", "cpl", "ctr", "dec", "dept", "dr", "drs",
    "ed", "eds", "esq", "est", "etc", "ect", "ext", "feb", "fig", "figs", "fri", "ft", "gen", "gov",
    "govt", "hon", "hrs", "hwy", "ibid", "inc", "insp", "intl", "jan", "jr", "jul", "jun", "lb",
    "lbs", "lieut", "lt", "ltd", "maj", "messrs", "mfg", "mgr", "misc", "mlle", "mme", "mr", "mrs",
    "ms", "msgr", "mt", "natl", "nov", "oct", "op", "oz", "para", "pfc", "pg", "ph.d", "pp", "prof",
    "profs", "ps", "pvt", "rd", "ref", "rep", "reps", "rev", "rt", "sec", "sen", "sens", "sep",
    "sept", "sgt", "sq", "sr", "st", "sts", "supt", "tel", "tues", "univ", "viz", "vol", "vols",
    "vs", "wed", "yr", "yrs",
  ]

  private static let spanishAbbreviations: Set<String> = [
    "apdo", "aprox", "arq", "art", "arts", "av", "avda", "bros", "ca", "cap", "caps", "cdte", "cf",
    "cía", "cnel", "corp", "depto", "dn", "dpto", "dr", "dra", "dras", "dres", "dña", "ed", "ee.uu",
    "ej", "etc", "excma", "excmo", "fig", "figs", "fr", "gral", "hno", "hnos", "ilma", "ilmo",
    "inc", "ing", "lcda", "lcdo", "lda", "ldo", "lic", "ltd", "ltda", "mons", "mr", "mrs", "mtro",
    "no", "nro", "núm", "núms", "p.ej", "pág", "págs", "pbro", "pp", "prof", "profa", "prov", "rdo",
    "rr.hh", "rvdo", "sgto", "sr", "sra", "sras", "sres", "srta", "ss.mm", "st", "sta", "sto",
    "tel", "tte", "ud", "uds", "vd", "vds", "vda", "vol", "vols", "vs",
  ]

  private static let englishPrefixes: Set<String> = [
    "anti", "co", "counter", "e", "ex", "extra", "mis", "non", "post", "pre", "pro", "re", "semi",
    "ultra", "wi",
  ]

  /// Endings of files and of Internet domains.
  static let addressEndings: Set<String> = [
    "ar", "asp", "aspx", "biz", "ca", "cl", "cn", "co", "com", "cpp", "csv", "de", "doc", "docx",
    "edu", "es", "exe", "fr", "gif", "gov", "gz", "hpp", "htm", "html", "info", "int", "io", "java",
    "jp", "jpeg", "jpg", "js", "json", "jsp", "me", "mil", "mp3", "mp4", "mx", "net", "org", "pdf",
    "php", "png", "ppt", "pptx", "py", "svg", "swift", "tar", "ts", "tv", "txt", "uk", "us", "xls",
    "xlsx", "xml", "zip",
  ]
}
