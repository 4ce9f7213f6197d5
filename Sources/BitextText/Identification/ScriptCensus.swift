/// How many letters of each script a text has.
struct ScriptCensus {
  enum Script: Int, CaseIterable {
    case latin, ideographs, kana, hangul, cyrillic, other
  }

  private var counts = [Int](repeating: 0, count: Script.allCases.count)
  /// Han characters that only Simplified, or only Traditional Chinese writes.
  private(set) var simplified = 0
  private(set) var traditional = 0

  init(_ text: String, maximumBytes: Int) {
    var read = 0
    for scalar in text.unicodeScalars {
      if read >= maximumBytes { break }
      let value = scalar.value
      read += value < 0x80 ? 1 : value < 0x800 ? 2 : value < 0x10000 ? 3 : 4
      switch value {
      case 0x41...0x5A, 0x61...0x7A: counts[Script.latin.rawValue] += 1
      case ..<0xC0: break
      case 0xC0...0x24F: counts[Script.latin.rawValue] += value == 0xD7 || value == 0xF7 ? 0 : 1
      case 0x400...0x52F: counts[Script.cyrillic.rawValue] += 1
      case 0x3041...0x30FF where value != 0x30FB: counts[Script.kana.rawValue] += 1
      case 0xAC00...0xD7A3: counts[Script.hangul.rawValue] += 1
      case 0x3400...0x9FFF, 0xF900...0xFAFF, 0x20000...0x323AF:
        counts[Script.ideographs.rawValue] += 1
        if Self.simplifiedOnly.contains(value) {
          simplified += 1
        } else if Self.traditionalOnly.contains(value) {
          traditional += 1
        }
      default:
        if value >= 0x250, value < 0x2000 || value >= 0x2C00, scalar.properties.isAlphabetic {
          counts[Script.other.rawValue] += 1
        }
      }
    }
  }

  var letters: Int { counts.reduce(0, +) }

  /// The share of the scripts, from 0 to 1, a Han character counted as three letters of a word.
  func share(of scripts: Script...) -> Double {
    let part = scripts.reduce(0) { $0 + weighted($1) }
    return Double(part) / Double(max(1, Script.allCases.reduce(0) { $0 + weighted($1) }))
  }

  /// The script that the text is in. Japanese mixes kana into Han characters: one kana in eight tells.
  var dominant: Script {
    let kana = counts[Script.kana.rawValue]
    let han = counts[Script.ideographs.rawValue]
    if kana > 0, kana * 8 >= han, kana * 3 > counts[Script.latin.rawValue] { return .kana }
    return Script.allCases.max { weighted($0) < weighted($1) } ?? .other
  }

  private func weighted(_ script: Script) -> Int {
    let count = counts[script.rawValue]
    return script == .ideographs || script == .kana || script == .hangul ? count * 3 : count
  }

  /// Frequent characters that were simplified, and what they came from. Both lists leave out
  /// characters that the other script uses in another sense (后, 里, 台).
  static let simplifiedOnly = Set(
    """
    这们说过时对发会来国学开长门问间动关现实点产经业电从东车马见听让话语读写书认识该请谁论设访证评试词译\
    计记讲许议员问题头买卖两严个义为举习乡亚亲仅优伤传体儿决况净减几击则刚创删别劳办务动励医华协单历压厅\
    厂参变叶号叹吗吨员园围图场坏块声处备复够奋奖妇妈孙宁宝审宪宫宽对寻导将尔尝层岁岛师带帮应庙废张强归录\
    战户扩扫执护报担拟择换据挥损摄敌数断无旧显晓术机杀杂权条极构标样树桥梦检楼欢欧毕气汉汤沟没泽济测浓涛润\
    灭灯灵炉热爱爷牵犹独狮环现电疗监盖盘矿码确离种积称穷笔节范荐药获营蓝虑虽蛮补装观规视觉订训讯讨诉诊诗\
    诚详误课调谈谋谢贝负财责败货质贩贯贵贷贸费贺资赏赖赛赞赢赵赶跃践踪转轮软轻载较辆输边达迁运还进远违连迟\
    适选遗邮郑释针钟钢钱铁铜银错锁镇阅队阳阴阵阶际陆陈险随难韩页项顺须顾顿预领频颗题风飞饭饮馆驶骂骑验鱼鲜鸟鸡\
    麦黄齐齿龙龟愿绪缘终汇万烧约级组织结给统线练细继续维纪红纯纸绝绿编缩网罗职联聪肃脑脏腾舰艺袭觅誉让谊谜谦贤质赠\
    趋轨轰轴辉辑辞辽迈逻遥邻邓郁酝酱钉钥钦钩铃铅铭铺链销锋锐锦键镜闪闭闯闲闹闻阁阔阶隐隶雾霉静韦韵顶顷顽颁颂频颇饥饱饰饼饿骄骗髅\
    鲁鸣鸭鸿鹅鹰龄压呜咏哑唤啸垫垒埘堕壮壳壶奥娄娱婴学尘屡峡币庄库弃弯恳恶恼悬惊惧惨惩惯愤戏扑扬抚抛抢挂挡挣挤挥捞
    """.unicodeScalars.map(\.value))

  static let traditionalOnly = Set(
    """
    這們說過時對發會來國學開長門問間動關現實點產經業電從東車馬見聽讓話語讀寫書認識該請誰論設訪證評試詞譯\
    計記講許議員問題頭買賣兩嚴個義為舉習鄉亞親僅優傷傳體兒決況淨減幾擊則剛創刪別勞辦務動勵醫華協單歷壓廳\
    廠參變葉號嘆嗎噸員園圍圖場壞塊聲處備復夠奮獎婦媽孫寧寶審憲宮寬對尋導將爾嘗層歲島師帶幫應廟廢張強歸錄\
    戰戶擴掃執護報擔擬擇換據揮損攝敵數斷無舊顯曉術機殺雜權條極構標樣樹橋夢檢樓歡歐畢氣漢湯溝沒澤濟測濃濤潤\
    滅燈靈爐熱愛爺牽猶獨獅環現電療監蓋盤礦碼確離種積稱窮筆節範薦藥獲營藍慮雖蠻補裝觀規視覺訂訓訊討訴診詩\
    誠詳誤課調談謀謝貝負財責敗貨質販貫貴貸貿費賀資賞賴賽贊贏趙趕躍踐蹤轉輪軟輕載較輛輸邊達遷運還進遠違連遲\
    適選遺郵鄭釋針鐘鋼錢鐵銅銀錯鎖鎮閱隊陽陰陣階際陸陳險隨難韓頁項順須顧頓預領頻顆題風飛飯飲館駛罵騎驗魚鮮鳥雞\
    麥黃齊齒龍龜臺灣後裡於願緒緣終匯萬燒約級組織結給統線練細繼續維紀紅純紙絕綠編縮網羅職聯聰肅腦臟騰艦藝襲覓譽讓誼謎謙賢質贈\
    趨軌轟軸輝輯辭遼邁邏遙鄰鄧鬱醞醬釘鑰欽鉤鈴鉛銘鋪鏈銷鋒銳錦鍵鏡閃閉闖閒鬧聞閣闊階隱隸霧黴靜韋韻頂頃頑頒頌頻頗飢飽飾餅餓驕騙髏\
    魯鳴鴨鴻鵝鷹齡壓嗚詠啞喚嘯墊壘塒墮壯殼壺奧婁娛嬰學塵屢峽幣莊庫棄彎懇惡惱懸驚懼慘懲慣憤戲撲揚撫拋搶掛擋掙擠揮撈
    """.unicodeScalars.map(\.value)
  ).subtracting(simplifiedOnly)
}
