import BitextCore
import Testing

private let cases = [
  SentenceCase("下雨了。|我们走吧。", "句号后不需要空格"),
  SentenceCase("你来吗？|我来！|好。", "问号和叹号"),
  SentenceCase("真的吗？！|我不信。", "连用的标点"),
  SentenceCase("太好了！！|快走。", "重复的标点"),
  SentenceCase("他想了想……还是走了。", "省略号在句中"),
  SentenceCase("他走了……。|门关上了。", "省略号加句号"),
  SentenceCase("“他走了……”|她低下头。", "引号后的省略号"),
  SentenceCase("“他走了……”她低声说。|门关上了。", "省略号引语后接说"),
  SentenceCase("“我走了。”他说。|门关上了。", "引语后接说"),
  SentenceCase("“你是谁？”老人问道。|没有人回答。", "引语后接问道"),
  SentenceCase("“机器只会计算。”研究所所长露丝·阿德耶米博士说。|没有人反驳。", "说话人带头衔"),
  SentenceCase("“机器只会计算。”|研究所所长露丝·阿德耶米博士离开了会场。", "没有说话的动词"),
  SentenceCase("“快跑！”她喊。|大家都跑了。", "引语后接喊"),
  SentenceCase("“天黑了。”|门外传来脚步声。", "引语独立成句"),
  SentenceCase("他说：“天黑了。”|然后他走了。", "引语结束句子"),
  SentenceCase("“我不去。”|他说：“你去吧。”", "新引语由冒号引出"),
  SentenceCase("这是一部名为“为什么？”的电影。|很好看。", "引号是名称的一部分"),
  SentenceCase("他高喊“万岁！”和“自由！”。|人群沸腾了。", "并列的引语"),
  SentenceCase("我读了《你好吗？》这本书。|不错。", "书名号内不断句"),
  SentenceCase("他来了（真的来了。）又走了。|我没看见。", "括号内不断句"),
  SentenceCase("他来了（真的！），然后走了。", "括号后有逗号"),
  SentenceCase("「你好。」他笑着说。|她点头。", "直角引号"),
  SentenceCase("「下雨了。」|天色暗了下來。", "直角引號獨立成句"),
  SentenceCase("他說：「走吧。」|我們就走了。", "繁體引語"),
  SentenceCase("“好。”|“走吧。”|大家出发了。", "左引号属于下一句"),
  SentenceCase("看完了。|《红楼梦》是名著。", "书名号属于下一句"),
  SentenceCase("走了。|（完）", "左括号属于下一句"),
  SentenceCase("价格是3.5元。|不贵。", "小数点不是句号"),
  SentenceCase("请看www.example.com。|谢谢。", "网址"),
  SentenceCase("版本2.0.1已发布。|请更新。", "版本号"),
  SentenceCase("他在Apple Inc.工作。|收入不错。", "英文缩写后接汉字"),
  SentenceCase("Dr. Li来了。|大家鼓掌。", "英文称谓"),
  SentenceCase("真的吗?|我不信!|好.", "半角标点"),
  SentenceCase("好!|他来了。", "半角叹号后接汉字"),
  SentenceCase("第一条　本法自公布之日起施行。|第二条　另行规定。", "法律条文"),
  SentenceCase("甲：你好。|乙：你好！", "对话"),
  SentenceCase("这个问题很难。|问题在于时间。", "问题不是动词问"),
  SentenceCase("“根本没有讨论。”|这份指南存在问题。", "引语后的问题不是动词"),
  SentenceCase("“结束了。”|大家都知道这件事。", "知道不是动词道"),
  SentenceCase("他问“为什么？”，没有人回答。", "引语后有逗号"),
  SentenceCase("你喜欢吗？|（笑）喜欢。", "括号里的舞台说明"),
  SentenceCase("春天来了；花开了。", "分号不断句"),
  SentenceCase("他说了三点：一、快；二、好；三、省。", "列举不断句"),
  SentenceCase("今天是2024年5月1日。|放假。", "日期"),
  SentenceCase("ｺﾝﾆﾁﾊ｡|元気ですか。", "半角句号"),
  SentenceCase("Ａ队赢了。|Ｂ队输了。", "全角字母"),
  SentenceCase("我们去吧！|😀 好的。", "表情符号"),
]

/// The same habits in traditional script.
private let traditionalCases = [
  SentenceCase("「你昨天去哪裡了？」母親問。|他沒有回答。", "引語後接問"),
  SentenceCase("她說：「天黑了。」|然後關上了門。", "冒號引出的引語結束句子"),
  SentenceCase("『風停了。』|院子裡安靜下來。", "雙引號獨立成句"),
  SentenceCase("他讀過《誰在那裡？》這本書。|很好看。", "書名號內不斷句"),
  SentenceCase("會議延期了（原因不明。），大家散去。", "括號內的句號"),
  SentenceCase("「走吧！」他喊道。|沒有人動。", "引語後接喊道"),
  SentenceCase("你看見了嗎？|看見了！|在哪裡？", "連續的短句"),
  SentenceCase("臺北市政府於2024年5月1日公告。|詳情請見www.example.tw。", "日期與網址"),
  SentenceCase("第一條　為保障個人資料，特制定本法。|第二條　本法用詞定義如下：", "法律條文"),
  SentenceCase("「真的？」|「真的。」", "兩句對話"),
  SentenceCase("價格是新臺幣3.5元。|不貴。", "小數點不是句號"),
  SentenceCase("「機器只會計算。」研究所所長露絲博士說。|沒有人反駁。", "說話人帶頭銜"),
  SentenceCase("他說了三點：一、快；二、好；三、省。", "列舉不斷句"),
  SentenceCase("這個問題很難。|問題在於時間。", "問題不是動詞問"),
  SentenceCase("真的嗎？！|我不信。", "連用的標點"),
  SentenceCase("甲：你好。|乙：你好！", "對話"),
  SentenceCase("「根本沒有討論。」|這份指南存在問題。", "引語後的問題不是動詞"),
  SentenceCase("他問「為什麼？」，沒有人回答。", "引語後有逗號"),
  SentenceCase("用Wi-Fi 6上網。|很快！", "中英混排"),
  SentenceCase("看完了。|《紅樓夢》是名著。", "書名號屬於下一句"),
]

@Suite struct `Chinese sentences` {
  @Test(arguments: cases + traditionalCases)
  func `end where a reader would end them`(_ example: SentenceCase) {
    #expect(contents(example.text, "zh") == example.sentences)
  }
}
