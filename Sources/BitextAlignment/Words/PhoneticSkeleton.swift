internal import Foundation

/// The consonants of a name, in classes that survive transliteration: *Valparaíso* and 瓦尔帕莱索 are
/// both `vlpls`.
///
/// Vowels, y and h are dropped; b–p, d–t, g–k–q, s–z–x, l–r, v–w and j–ch are one class each, and a
/// doubled class counts once. For Chinese only the characters that are used to transliterate foreign
/// names have a skeleton.
package struct PhoneticSkeleton: Sendable, Hashable {
  package let classes: [UInt8]

  /// The skeleton of a word of the Latin script.
  package init(latin word: String) {
    var classes: [UInt8] = []
    let letters = Array(Self.plain(word))
    var index = 0
    while index < letters.count {
      let letter = letters[index]
      let next = index + 1 < letters.count ? letters[index + 1] : 0
      let isSoft =
        next == UInt8(ascii: "e") || next == UInt8(ascii: "i") || next == UInt8(ascii: "y")
      var step = 1
      var found: Character?
      switch Character(Unicode.Scalar(letter)) {
      case "b", "p":
        if letter == UInt8(ascii: "p"), next == UInt8(ascii: "h") {
          (found, step) = ("f", 2)
        } else {
          found = "p"
        }
      case "f": found = "f"
      case "v", "w": found = "v"
      case "d", "t": found = "t"
      case "g": found = isSoft ? "j" : "k"
      case "c":
        if next == UInt8(ascii: "h") {
          (found, step) = ("j", 2)
        } else {
          found = isSoft ? "s" : "k"
        }
      case "k", "q": found = "k"
      case "j": found = "j"
      case "s", "z", "x": found = "s"
      case "l", "r": found = "l"
      case "m": found = "m"
      case "n", "ñ": found = "n"
      default: break
      }
      if let value = found?.asciiValue, classes.last != value { classes.append(value) }
      index += step
    }
    self.classes = classes
  }

  /// The skeleton of a run of transliterating characters; `nil` when one of them is none.
  package init?(han characters: some Sequence<Unicode.Scalar>) {
    var classes: [UInt8] = []
    for character in characters {
      guard let sound = Self.sounds[character] else { return nil }
      for value in sound where classes.last != value { classes.append(value) }
    }
    self.classes = classes
  }

  /// How alike two skeletons are: twice the longest common subsequence over the sum of the lengths.
  package func similarity(to other: PhoneticSkeleton) -> Double {
    let (a, b) = (classes, other.classes)
    guard !a.isEmpty, !b.isEmpty else { return 0 }
    var row = [Int](repeating: 0, count: b.count + 1)
    for x in a {
      var diagonal = 0
      for j in b.indices {
        let above = row[j + 1]
        row[j + 1] = x == b[j] ? diagonal + 1 : max(above, row[j])
        diagonal = above
      }
    }
    return Double(2 * row[b.count]) / Double(a.count + b.count)
  }

  /// Whether a character is used to transliterate foreign names.
  package static func transliterates(_ character: Unicode.Scalar) -> Bool {
    sounds[character] != nil
  }

  /// Lower-case letters without accents; ñ counts as n.
  private static func plain(_ word: String) -> [UInt8] {
    var letters: [UInt8] = []
    for scalar in word.lowercased().decomposedStringWithCanonicalMapping.unicodeScalars
    where (0x61...0x7A).contains(scalar.value) {
      letters.append(UInt8(scalar.value))
    }
    return letters
  }

  private static let sounds: [Unicode.Scalar: [UInt8]] = {
    let groups = [
      "": "阿艾埃爱奥澳欧厄伊依耶亚雅叶尤约于哈海赫霍胡豪侯以", "n": "安恩因英昂汉罕亨洪延扬杨永尼纳娜奈内妮诺努涅纽拿那宁农",
      "nn": "南", "vn": "翁文温万旺", "p": "巴贝比彼博波伯布拜包鲍普帕佩皮珀坡派保", "pn": "邦班本宾彭潘平朋",
      "m": "马玛麦迈梅米莫穆姆毛默摩密", "mn": "蒙曼门明敏", "f": "法菲费弗夫福佛", "fn": "芬丰范方冯",
      "v": "瓦威韦维沃伍武乌吴", "t": "达戴德迪蒂多杜都特塔泰陶托图提", "tn": "丹登邓顿敦东汤唐坦腾廷丁",
      "k": "卡凯克科库考柯哥戈格盖高古瓜圭果加基", "kn": "根肯坎康甘冈贡金", "j": "贾杰吉季焦朱茱卓乔奇恰查彻切丘齐",
      "jn": "珍詹钱琴钦陈", "s": "萨塞赛瑟斯丝思索苏舍沙莎谢夏西希席锡悉扎泽兹茨佐祖策史士什施舒休修许肖",
      "sn": "辛欣新申森桑松孙尚山圣宗赞", "l": "拉莱来赖劳勒雷里利莉丽列洛罗萝鲁卢路吕律露尔儿热日瑞若",
      "ln": "兰朗伦林琳龙隆连良让荣",
    ]
    var sounds: [Unicode.Scalar: [UInt8]] = [:]
    for (sound, characters) in groups {
      for character in characters.unicodeScalars { sounds[character] = Array(sound.utf8) }
    }
    return sounds
  }()
}
