/** Rows for what machines leave in a text: tracking numbers, counters, template scraps, injected spam. */
import { PROVINCE } from '../labelwords.ts';
import type { LineRule } from '../linerule.ts';
import { isSpam } from '../spam.ts';
import { trackingStamp } from '../../../zh/dates.ts';

const PUBLISHED_IN = new RegExp(`^(?:发布于|(?:发布|发表)地|ip ?(?:属地|地址))\\s*:\\s*(?:中国)?${PROVINCE}$`);
const WARNING =
  /(?:您|你)的浏览器.{0,16}(?:过旧|过低|不支持|版本)|(?:本|此)(?:网站|网页|页面|文章内?容?|频道).{0,24}(?:限制级|未满18|18岁(?:以上|或以上)|令人反感)|(?:我们|本(?:网)?站|本网页).{0,10}使用.{0,6}cookies?.{0,60}(?:同意|体验|隐私)|cookies?.{0,20}(?:您|你).{0,4}同意/;

export const NOISE_RULES = [
  {
    name: 'noise.tracking-number',
    role: 'noise',
    chrome: true,
    stamps: true,
    takesTables: true,
    reason: 'agencies and their systems number their pages at the foot, some by the second',
    takes: [
      '010070130010000000000000011100001100000001',
      '0100201900300000000000000111000011000000',
      '202106090849331234',
      '[20210609084933]',
    ],
    leaves: ['91340100000000000x', '编号202106090849331234', '20210609084933号'],
    test: ({ text }) => /^\d{20,}$/.test(text) || trackingStamp(text) !== null,
  },
  {
    name: 'noise.injected-spam',
    role: 'noise',
    sentences: true,
    chrome: true,
    spam: true,
    takesTables: true,
    reason: 'hijacked mirrors put lines of pornography and gambling around a real story',
    takes: [
      '亚洲成人视频在线观看,国产精品自拍',
      '澳门新葡京娱乐城官网开户',
      '久久精品国产亚洲',
      '日本不卡视频-日本不卡一区二区',
      '一分快3登录|在线登录平台网址入口下载 - 官网首页',
      '《某某保卫战》在线观看',
    ],
    leaves: ['警方打掉一个网络赌博团伙，抓获犯罪嫌疑人二十三名。', '亚洲电影节在上海开幕'],
    test: ({ text }) => isSpam(text),
  },
  {
    name: 'noise.template',
    role: 'noise',
    takesTables: true,
    reason: 'a template or script shows through',
    takes: [
      '{{item.title}}',
      'var _hmt = _hmt || [];',
      '<!--enpcontent-->',
      '<%=title%>',
      '$(function(){ load(); });',
      'undefined',
    ],
    leaves: ['会议提出{三个一}目标', '函数是一种对应关系'],
    test: ({ text }) =>
      /^(?:\{\{.*\}\}|\{%.*%\}|<!--.*-->|<%.*%>|\$\{.*\}|undefined|null|nan|\[object object\]|\/?enpproperty.*|\/?enpcontent)$|^(?:var|let|const) [\w$]+ ?=|^\$\(|^(?:window|document)\.[\w.]+ ?[=(]|^function ?[\w$]* ?\(.*\) ?\{/.test(
        text,
      ),
  },
  {
    name: 'noise.turn-page',
    role: 'noise',
    takesTables: true,
    reason: 'print sends its readers to another page',
    takes: ['(下转A03版)', '(上接第一版)', '(紧接2版)', '下转第4版'],
    leaves: ['上接云贵,下连江浙', '下转型期的投资'],
    test: ({ text }) => /^[(【]?(?:下转|上接|紧接)第?[a-z]?[\d一二三四五六七八九十]{1,3}版.{0,8}[)】]?$/.test(text),
  },
  {
    name: 'noise.published-in',
    role: 'noise',
    chrome: true,
    reason: 'platforms say from which province an account writes: that is no outlet',
    takes: ['发布于:北京市', 'ip属地:安徽', '发布于 : 安徽省'],
    leaves: ['发布于:', '发布于1983年', '发布于:江淮日报'],
    test: ({ text }) => PUBLISHED_IN.test(text),
  },
  {
    name: 'noise.warning',
    role: 'noise',
    sentences: true,
    chrome: true,
    reason: 'the page speaks of itself: of browsers, cookies and the age of its readers',
    takes: [
      '您的浏览器版本过旧,请升级至最新版本以获得最佳浏览体验。',
      '本网站内容含有限制级信息,未满18岁之人士请勿进入。',
      '我们使用cookie改善您的浏览体验,继续使用即表示您同意我们的隐私权政策。',
      '此页面只适合18岁或以上人士浏览。',
    ],
    leaves: [
      '未满十八岁的学生不得进入网吧。',
      '工程师升级了浏览器的安全策略。',
      '法院认定平台用cookie追踪用户,侵犯了隐私。',
      '这部电影只适合18岁以上观众,院线称。',
    ],
    test: ({ text }) => text.length <= 120 && WARNING.test(text),
  },
  {
    name: 'noise.only-marks',
    role: 'noise',
    takesTables: true,
    reason: 'rules, bullets and lost characters without a word',
    takes: ['????', '————————', '* * *', '●', '■■■', '|', '>>'],
    leaves: ['！', '一', '★★★级'],
    test: ({ text }) => /^[?\s|>»›<«\-—_=~*•·●○■□◆◇▲△▼▽★☆※…./\\,、:;'"“”‘’()[\]【】{}]+$/.test(text),
  },
] as const satisfies readonly LineRule[];
