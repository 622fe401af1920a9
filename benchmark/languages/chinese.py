"""Chinese: the words of its grammar, measure words, names in its script, and how it asks.

Words aren't set apart, so a text is cut into known words; `segments.py` does that.
"""

from collections.abc import Iterator

from askfirst.benchmark.languages.chinese_asking import ASKING
from askfirst.benchmark.languages.language import Language, read_grammar

GRAMMAR = read_grammar("""
    多少钱, 几块钱, 多少元, 几元, 多少美元, 多少欧元 > how much money; 多少次, 几次, 几遍 > how many times; 多少, 好多 > how many;
    几个, 几 > how many; 多久一次, 多频繁, 频率如何 > how often; 多久, 多长时间, 多少时间, 多长的时间 > how long; 多长 > how long;
    多远 > how far; 多大年纪, 多少岁, 几岁, 多大岁数 > how old; 多大 > how big; 多高 > how high; 多重 > how heavy; 多快 > how fast;
    多宽 > how wide; 多深 > how deep; 多厚 > how thick; 多热 > how hot; 多冷 > how cold; 多亮 > how bright; 多响 > how loud;
    多少天, 几天 > how many days; 多少小时, 几小时, 几个小时, 多少个小时 > how many hours; 多少分钟, 几分钟 > how many minutes;
    多少度, 几度 > how many degrees; 百分之几, 百分之多少 > what percent; 几折, 打几折 > what discount; 几分之几 > what fraction;
    几点钟, 几点, 什么钟点 > what time; 几号, 哪一日, 几月几号, 几月几日 > what date; 几月 > what month; 星期几, 周几, 礼拜几, 哪天,
    哪一天, 什么日子 > what day; 什么时候, 何时, 什么时间, 啥时候 > when; 什么日期, 哪个日期 > what date; 截止到什么时候 > when deadline;
    哪里, 哪儿, 何处, 什么地方, 哪个地方, 什么位置 > where; 从哪里, 从哪儿, 从哪 > from where; 到哪里, 去哪里, 去哪儿, 到哪儿,
    飞往哪里 > to where; 谁的 > whose; 给谁的, 给谁 > who for; 从哪个, 从哪座 > from which; 飞往哪个, 飞往哪座, 去哪个, 去哪座, 到哪个, 到哪座, 前往哪个, 飞到哪个 > to which; 谁, 哪位, 什么人 > who; 为什么, 为何, 为啥, 怎么会 > why; 什么样子, 什么样的, 什么样, 怎么样, 怎样的,
    啥样 > what like look; 什么形状 > what shape; 什么材料, 什么材质, 什么做 > what material; 什么颜色, 啥颜色, 哪种颜色 > what color;
    什么类型, 哪种类型, 哪种, 哪类, 什么种类, 哪一种, 何种 > what kind; 什么, 啥, 何 > what; 哪个, 哪些, 哪一个, 哪家, 哪款, 哪件,
    哪条, 哪本, 哪首, 哪项, 哪 > which; 怎么, 怎样, 如何 > how; 是多少 > is what amount;
    是否, 是不是, 有没有, 有无, 能不能, 会不会, 要不要, 需不需要, 可不可以 > whether; 吗, 么 > whether;
    的, 了, 着, 过, 吧, 呢, 啊, 呀, 哦, 嘛, 把, 被, 就, 也, 还, 又, 却, 而, 地, 得, 所, 之, 其, 将, 才, 都, 再, 很, 比较, 一下, 一些, 有点, 好的,
    好, 那么, 那, 然后, 首先, 另外, 此外, 其中, 到底, 究竟, 具体, 确切, 准确, 大约, 大概, 左右, 实际, 分别, 各自, 来说, 时, 时候, 的时候, 当, 上, 中,
    里, 内, 下, 来, 去, 起来, 出来, 下来, 一共有, 你好, 您好, 谢谢, 感谢, 没问题, 当然, 太好了, 明白了, 收到, 以, 并, 且, 所以, 因此, 这样, 想要,
    进行, 但是, 不过, 作为, 一定, 只是, 这么, 虽然, 而且, 当时, 有关, 相关, 有些, 其实, 只要, 如此, 的话, 正在, 已, 等, 等等, 似乎, 好像, 可能,
    一点, 出, 进, 起, 开, 住, 掉, 成, 向, 往, 让, 使, 令, 由, 按, 按照, 根据, 会不会, 到了, 着的, 为止, 之类, 方便, 打算, 计划, 准备, 帮, 帮忙, 处, 边, 事, 部分的, 这次, 本次, 该次, 多,
    您的, 你的, 我的, 他的, 她的, 它的, 我们的, 他们的, 您们, 自己, 这个, 那个, 这些, 那些, 该, 这, 此, 每次, 需 > ;
    请问, 请您, 请你, 请, 麻烦, 麻烦您, 劳驾, 烦请 > please; 您, 你, 你们 > you; 我 > i; 我们, 咱们 > we; 他, 她, 它, 他们, 她们, 它们 > it;
    是, 为 > is; 在 > at; 从, 自 > from; 给 > to; 和, 与, 跟, 及, 以及, 还有, 并且, 同时, 加上 > and; 或, 或者, 还是 > or; 用 > with;
    对, 对于, 关于 > about; 对于来说 > for; 有 > have; 能, 能够, 可以, 可, 可否, 能否 > can; 会 > will; 应该, 应, 该当 > should; 必须, 得要 > must;
    不, 没, 未, 别 > not; 如果, 若, 假如 > whether; 因为, 由于 > since; 告诉, 告知, 透露 > tell; 知道, 了解, 得知, 清楚, 弄清 > know;
    提供, 给出, 补充, 分享 > provide; 需要, 还需要, 缺少, 还缺, 还差, 缺, 差 > need; 说明, 说说, 描述, 介绍 > describe; 确认 > confirm; 明确, 指定 > specify;
    解释 > explain; 问, 请教 > ask; 想, 希望 > want; 更多 > more; 其他的, 其他, 别的, 其它, 另外的 > other; 还有什么, 还有哪些, 还有其他 > what else;
    所有, 全部, 一切, 所有的 > all; 任何 > any; 一, 一个, 单个 > one; 到 > to;
    在哪里, 在哪儿, 位于哪里, 在哪, 在何处 > where; 是谁 > who; 叫什么名字, 叫什么, 名叫什么, 名字是什么 > what name called;
    什么意思 > what mean; 关于什么 > what about topic; 是什么 > what; 多大面积 > what area; 多少人, 几个人, 几人 > how many people;
    多少岁 > how old; 多大尺寸, 多大尺码, 什么尺寸, 什么尺码 > what size; 每个, 每 > each; 只 > only
""")
"""By words; the parts of an entry are whole words, since nothing is set apart."""

MEASURES = frozenset("个 只 张 条 件 位 名 支 辆 台 架 艘 朵 颗 棵 头 匹 座 所 家 份 顿 场 部 篇 封 把 块 根 粒 首 间 枚 株 盏 幅 则 项 款 口 "
                     "种 段 句 门 节 本 笔 堆 批 群 片 面 扇 副 对".split())  # fmt: skip
"""Words that stand between a number and a noun and mean nothing there."""
QUANTIFIERS = frozenset("多少 几 每 一 两 二 三 四 五 六 七 八 九 十 各 这 那 哪 该 好多 每个".split())
"""After these, a measure word means nothing."""

_NAMES = """
    lena 莉娜 莱娜 丽娜; mia 米娅 米亚; felix 菲利克斯; ines 伊内斯 伊娜丝; hugo 雨果 胡戈; kofi 科菲; zara 扎拉 莎拉; marek 马雷克;
    liam 利亚姆; noah 诺亚; omar 奥马尔; sofia 索菲亚 索菲娅; tariq 塔里克; elif 埃利夫 艾莉芙; pavel 帕维尔; nadia 纳迪娅 娜迪亚;
    jonas 乔纳斯 约纳斯; amara 阿玛拉; priya 普里娅 普丽娅; yuki 由纪 雪; luca 卢卡; iris 艾瑞斯 伊丽丝; rosa 罗莎; nils 尼尔斯;
    greta 格蕾塔; olga 奥尔加; boris 鲍里斯; clara 克拉拉; anika 阿妮卡; ada 艾达; dmitri 德米特里; emil 埃米尔; tilda 蒂尔达;
    wanda 旺达; vera 薇拉 维拉; oskar 奥斯卡; mona 莫娜; pia 皮娅; sven 斯文; thandi 坦迪; farid 法里德; hamid 哈米德; karin 卡琳;
    dalia 达莉娅; jakub 雅库布; anna 安娜; tom 汤姆; ben 本; emma 艾玛 爱玛; lucas 卢卡斯; leo 里奥 利奥; max 马克斯; paul 保罗;
    john 约翰; mary 玛丽; sara 萨拉; peter 彼得; maria 玛丽亚; david 大卫; lisa 丽莎; laura 劳拉; julia 朱莉娅; alex 亚历克斯;
    daniel 丹尼尔; eva 伊娃; jan 扬; carlos 卡洛斯; ana 安娜; ivan 伊万; nina 尼娜; martin 马丁; thomas 托马斯; sam 山姆 萨姆;
    anton 安东; helena 海伦娜; ella 艾拉; oliver 奥利弗; isabel 伊莎贝尔; mateo 马特奥; diego 迭戈; jose 何塞; athens 雅典;
    paris 巴黎; london 伦敦; berlin 柏林; rome 罗马; madrid 马德里; vienna 维也纳; lisbon 里斯本; oslo 奥斯陆; prague 布拉格;
    tokyo 东京; dublin 都柏林; zurich 苏黎世; hakan 哈坎; celine 塞琳 席琳
"""
NAMES = {word: english for entry in _NAMES.split(";") for english, *words in [entry.split()] for word in words}
"""Frequent names in Chinese script, and their Latin spelling."""

SYLLABLES = frozenset(
    "阿埃艾爱安奥巴贝比彼波伯布查达丹德迪蒂多恩尔菲费芬弗夫格戈古哈海汉赫亨霍基吉加杰卡凯科克拉莱兰劳雷蕾里莉丽利林琳罗洛吕玛迈曼梅米蜜娜纳妮尼宁诺欧"
    "帕佩皮普奇乔琼萨塞桑莎沙珊史斯丝苏索塔泰汤特提托瓦万威维薇韦温文沃希谢辛雅亚娅延叶伊因尤约扎珍芝兹鲁卢穆姆伦伽坎坦朱耶菈"
)
"""What foreign names are spelled with: an unknown word of nothing else is taken for a name and says nothing."""


def forms_of_chinese(word: str) -> Iterator[str]:
    """Yield the word itself: Chinese has no inflection."""
    yield word


CHINESE = Language(
    code="zh", markers=frozenset(), grammar=GRAMMAR, forms=forms_of_chinese, compounds=False, asking=ASKING
)
