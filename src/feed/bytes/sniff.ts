/** Guesses the charset of bytes without a trustworthy label: the one whose reading looks most like a language. */
import { decodeAs } from './charsets.ts';

// The most frequent characters of running text; a right reading hits them with half of its characters or more.
const HANS =
  '的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严首底液官德随病苏失尔死讲配女黄推显谈罪神艺呢席含企望密批营项防举球英氧势告李台落木帮轮破亚师围注远字材排供河态封另施减树溶怎止案言士均武固叶鱼波视仅费紧爱左章早朝害续轻服试食充兵源判护司足某练差致板田降黑犯负击范继兴似余坚曲输修故城夫够送笔船占右财吃富春职觉汉画功巴跟虽杂飞检吸助升阳互初创抗考投坏策古径换未跑留钢曾端责站简述钱副尽帝射草冲承独令限阿宣环双请超微让控州良轴找否纪益依优顶础载倒房突坐粉敌略客袁冷胜绝析块剂测丝协诉念陈仍罗盐友洋错苦夜刑移频逐靠混母短皮终聚汽村云哪既距卫停烈央察烧迅境若印洲刻括激孔搞甚室待核校散侵吧甲游久菜味旧模湖货损预阻毫普稳乙妈植息扩银语挥酒守拿序纸医缺雨吗针刘啊急唱误训愿审附获茶鲜粮斤孩脱硫肥善龙演父渐血欢械掌歌沙刚攻谓盾讨晚粒乱燃矛乎杀药宁鲁贵钟煤读班伯香介迫句丰培握兰担弦蛋沉假穿执答乐谁顺烟缩征脸喜松脚困异免背星福买染井概慢怕磁倍祖皇促静补评翻肉践尼衣宽扬棉希伤操垂秋宜氢套督振架亮末宪庆编牛触映雷销诗座居抓裂胞呼娘景威绿晶厚盟衡鸡孙延危胶屋乡临陆顾掉呀灯岁措束耐剧玉赵跳哥季课凯胡额款绍卷齐伟蒸殖永宗苗川炉岩弱零杨奏沿露杆探滑镇饭浓航怀赶库夺伊灵税途灭赛归召鼓播盘裁险康唯录菌纯借糖盖横符私努堂域枪润幅哈竟熟虫泽脑壤碳欧遍侧寨敢彻虑斜薄庭纳弹饲伸折麦湿暗荷瓦塞床筑恶户访塔奇透梁刀旋迹卡氯遇份毒泥退洗摆灰彩卖耗夏择忙铜献硬予繁圈雪函亦抽篇阵阴丁尺追堆雄迎泛爸楼避谋吨野猪旗累偏典馆索秦脂潮爷豆忽托惊塑遗愈朱替纤粗倾尚痛楚谢奋购磨君池旁碎骨监捕弟暴割贯殊释词亡壁顿宝午尘闻揭炮残冬桥妇警综招吴付浮遭徐您摇谷赞箱隔订男吹园纷唐败宋玻巨耕坦荣闭湾键凡驻锅救恩剥凝碱齿截炼麻纺禁废盛版缓净睛昌婚涉筒嘴插岸朗庄街藏姑贸腐奴啦惯乘恢扣隐';
const HANT =
  '的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過子說產種面而方後多定行學法所民得經十三之進著等部度家電力裡如水化高自二理起小物現實加量都兩體制機當使點從業本去把性好應開它合還因由其些然前外天政四日那社義事平形相全表間樣與關各重新線內數正心反你明看原又麼利比或但質氣第向道命此變條只沒結解問意建月公無系軍很情者最立代想已通並提直題黨程展五果料象員革位入常文總次品式活設及管特件長求老頭基資邊流路級少圖山統接知較將組見計別她手角期根論運農指幾九區強放決西被幹做必戰先回則任取據處隊南給色光門即保治北造百規熱領七海口東導器壓志世金增爭濟階油思術極交受聯什認六共權收證改清己美再採轉更單風切打白教速花帶安場身車例真務具萬每目至達走積示議聲報鬥完類八離華名確才科張信馬節話米整空元況今集溫傳土許步群廣石記需段研界拉林律叫且究觀越織裝影算低持音眾書布復容兒須際商非驗連斷深難近礦千週委素技備半辦青省列習響約支般史感勞便團往歷市克何除消構府稱太準精值號率族維劃選標寫存候毛親快效斯院查江型眼王按格養易置派層片始卻專狀育廠京識適屬圓包火住調滿縣局照參紅細引聽該鐵價嚴港灣臺台';
const KANA_FIRST = 0x3041;
const KANA_LAST = 0x30fe;
const HANGUL =
  '이다는을에의가고하지은한도로를서사기자어인있나대시것아리그들수정일만여해부보전제과장상스라니우구게성주면국적관공동신유원비조경마치중개용연세진선위방소학내민무생화재명';

interface Guess {
  readonly charset: string;
  /** 0–1: how much of what is not ASCII reads like the language. */
  readonly score: number;
}

const common = (characters: string): ReadonlySet<number> => new Set(Array.from(characters, (c) => c.charCodeAt(0)));
const hans = common(HANS);
const hant = common(HANT);
const hangul = common(HANGUL);
const isKana = (unit: number): boolean => unit >= KANA_FIRST && unit <= KANA_LAST;
const isWidePunctuation = (unit: number): boolean =>
  (unit >= 0x3000 && unit <= 0x3011) || (unit >= 0xff01 && unit <= 0xff5e) || (unit >= 0x2014 && unit <= 0x2026);

type Telling = (unit: number) => boolean;

const MULTIBYTE: readonly (readonly [string, Telling])[] = [
  ['gb18030', (unit) => hans.has(unit)],
  ['big5', (unit) => hant.has(unit)],
  ['shift_jis', (unit) => isKana(unit) || hant.has(unit)],
  ['euc-jp', (unit) => isKana(unit) || hant.has(unit)],
  ['euc-kr', (unit) => hangul.has(unit)],
];

const SINGLE_BYTE: readonly (readonly [string, ReadonlySet<number>])[] = [
  ['koi8-r', common('оеаинтсрвлкмдпуяыьгзбч')],
  ['windows-1251', common('оеаинтсрвлкмдпуяыьгзбч')],
  ['iso-8859-5', common('оеаинтсрвлкмдпуяыьгзбч')],
  ['windows-1255', common('יוהלאמתרבשנכםדפעחק')],
  ['windows-1253', common('αοιετσνηυρπκμλςωδγχθόίάέή')],
  ['windows-874', common('านรกเงอมยลตคส่้ีวัะิทดบแปพ')],
];

const SAMPLE_BYTES = 1 << 16;
const MIN_CJK_SCORE = 0.3;
const MIN_SINGLE_BYTE_SCORE = 0.6;

function score(text: string, telling: Telling): number {
  let wide = 0;
  let hits = 0;
  let bad = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80 || isWidePunctuation(unit)) continue;
    wide++;
    // Private use and half-width kana are what a wrong reading is full of.
    if (unit === 0xfffd || (unit >= 0xe000 && unit <= 0xf8ff) || (unit >= 0xff61 && unit <= 0xff9f)) bad++;
    else if (telling(unit)) hits++;
  }
  return wide === 0 ? 0 : (hits - 2 * bad) / wide;
}

// Only what is not ASCII tells; a long ASCII head must not hide it.
function sample(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= SAMPLE_BYTES) return bytes;
  let first = bytes.findIndex((byte) => byte >= 0x80);
  if (first < 0) first = 0;
  // Start after a line end or tag, so that no character is cut.
  while (first > 0 && (bytes[first - 1] ?? 0) >= 0x80) first--;
  let last = Math.min(bytes.length, first + SAMPLE_BYTES);
  // End where a character ends; one cut off in text without any ASCII does little harm.
  const full = last;
  while (last < bytes.length && last > full - 256 && (bytes[last - 1] ?? 0) >= 0x80) last--;
  return bytes.subarray(first, last);
}

/** The best reading of a CJK charset; null where none reads like text. */
export function sniffMultibyte(bytes: Uint8Array): Guess | null {
  const part = sample(bytes);
  let best: Guess | null = null;
  for (const [charset, telling] of MULTIBYTE) {
    const value = score(decodeAs(part, charset), telling);
    if (value >= MIN_CJK_SCORE && (best === null || value > best.score)) best = { charset, score: value };
  }
  return best;
}

/** The charset that `bytes` most likely are in; null where nothing fits well. Costs about 1 ms per 10 KB. */
export function sniffCharset(bytes: Uint8Array): Guess | null {
  const wide = sniffMultibyte(bytes);
  if (wide !== null) return wide;
  const part = sample(bytes);
  let best: Guess | null = null;
  for (const [charset, letters] of SINGLE_BYTE) {
    const value = score(decodeAs(part, charset), (unit) => letters.has(unit));
    if (value >= MIN_SINGLE_BYTE_SCORE && (best === null || value > best.score)) best = { charset, score: value };
  }
  return best;
}

/** Share of the ideographs in `text` (0–1) that are among the most frequent ones; 1 for a text without any. */
export function commonShare(text: string): number {
  let ideographs = 0;
  let hits = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x3400 || unit > 0x9fff) continue;
    ideographs++;
    if (hans.has(unit) || hant.has(unit)) hits++;
  }
  return ideographs === 0 ? 1 : hits / ideographs;
}
