/** Rows for what machines leave in a text: tracking numbers, counters, template scraps, injected spam. */
import type { LineRule } from '../linerule.ts';
import { isSpam } from '../spam.ts';
import { trackingStamp } from '../../../zh/dates.ts';

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
    name: 'noise.only-marks',
    role: 'noise',
    takesTables: true,
    reason: 'rules, bullets and lost characters without a word',
    takes: ['????', '————————', '* * *', '●', '■■■', '|', '>>'],
    leaves: ['！', '一', '★★★级'],
    test: ({ text }) => /^[?\s|>»›<«\-—_=~*•·●○■□◆◇▲△▼▽★☆※…./\\,、:;'"“”‘’()[\]【】{}]+$/.test(text),
  },
] as const satisfies readonly LineRule[];
