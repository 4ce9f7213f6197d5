/// What stands for a sign in a key, before compatibility normalization could spoil it.
///
/// NFKC turns m² into m2 and 2½ into 21⁄2, which changes numbers, and knows nothing of quotation marks,
/// dashes and the full stops of Chinese. So this table comes first, and again after it, for the signs
/// that NFKC itself brings (U+FE11 gives 、).
enum PunctuationFolding {
  /// What stands for a scalar; `nil` when it stands for itself.
  static func folded(_ scalar: UInt32) -> String? {
    switch scalar {
    case 0x60, 0xB4, 0x2BC, 0x2018...0x201B, 0x2032, 0x2035, 0x2039, 0x203A, 0xFF07, 0xFF40: "'"
    case 0xAB, 0xBB, 0x201C...0x201F, 0x2033, 0x2036, 0x300C...0x300F, 0x301D...0x301F, 0xFF02,
      0xFF62, 0xFF63:
      "\""
    case 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63, 0xFF0D: "-"
    case 0x3002, 0xFF0E, 0xFF61: "."
    case 0x3001, 0xFF0C, 0xFF64: ","
    case 0xFF1B: ";"
    case 0xFF1A: ":"
    case 0xFF01: "!"
    case 0xFF1F: "?"
    case 0xFF08: "("
    case 0xFF09: ")"
    case 0x3010, 0x3014, 0x3016: "["
    case 0x3011, 0x3015, 0x3017: "]"
    case 0x2329, 0x3008, 0x300A: "<"
    case 0x232A, 0x3009, 0x300B: ">"
    case 0x301C: "~"
    case 0x22EF: "..."
    case 0x2044, 0x2215: "/"
    // The middle dots of names: Catalan, Japanese, typographic.
    case 0x2022, 0x2027, 0x2219, 0x22C5, 0x30FB, 0xFF65: "\u{B7}"
    case 0x2116: "no."
    case 0xAA: ".a"
    case 0xBA: ".o"
    case 0xB2: "^2"
    case 0xB3: "^3"
    case 0xB9: "^1"
    case 0x2070: "^0"
    case 0x2071: "^i"
    case 0x2074...0x2079: "^\(scalar - 0x2070)"
    case 0x207A: "^+"
    case 0x207B: "^-"
    case 0x207C: "^="
    case 0x207F: "^n"
    case 0x2080...0x2089: "_\(scalar - 0x2080)"
    case 0x208A: "_+"
    case 0x208B: "_-"
    case 0x2460...0x2473: "(\(scalar - 0x245F))"
    case 0x2776...0x277F: "(\(scalar - 0x2775))"
    case 0x2780...0x2789: "(\(scalar - 0x277F))"
    case 0x278A...0x2793: "(\(scalar - 0x2789))"
    case 0xBC: " 1/4"
    case 0xBD: " 1/2"
    case 0xBE: " 3/4"
    case 0x2150: " 1/7"
    case 0x2151: " 1/9"
    case 0x2152: " 1/10"
    case 0x2153: " 1/3"
    case 0x2154: " 2/3"
    case 0x2155: " 1/5"
    case 0x2156: " 2/5"
    case 0x2157: " 3/5"
    case 0x2158: " 4/5"
    case 0x2159: " 1/6"
    case 0x215A: " 5/6"
    case 0x215B: " 1/8"
    case 0x215C: " 3/8"
    case 0x215D: " 5/8"
    case 0x215E: " 7/8"
    case 0x215F: " 1/"
    case 0x2189: " 0/3"
    default: nil
    }
  }
}
