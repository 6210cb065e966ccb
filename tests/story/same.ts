/** Pairs of entries that tell one story, each with what sets them apart. */
import { convertScript } from '../../src/zh/convert.ts';
import { join, RAILWAY } from './texts.ts';
import { DAY_MS, type Draft, NOW } from './write.ts';

const railway: Draft = { title: RAILWAY.title, text: join(RAILWAY.paragraphs) };
const first = RAILWAY.paragraphs[0] ?? '';
const rest = RAILWAY.paragraphs.slice(1);
const hant = (draft: Draft): Draft => ({
  ...draft,
  title: convertScript(draft.title ?? '', 'hant'),
  text: convertScript(draft.text ?? '', 'hant'),
});

export const SAME: readonly (readonly [string, Draft, Draft])[] = [
  ['the very same', railway, railway],
  [
    'a dateline, a byline and an editor more',
    railway,
    { ...railway, text: `新华社合肥6月2日电（记者 张三 李四）${join(RAILWAY.paragraphs)}\n责任编辑：王五` },
  ],
  [
    'two datelines, one on the other',
    railway,
    { ...railway, text: `中安在线讯 据新华社合肥6月2日电（记者 张三）${join(RAILWAY.paragraphs)}` },
  ],
  ['another headline', railway, { ...railway, title: '合肥到南京又添一条快线' }],
  [
    'another headline and the first paragraph gone',
    railway,
    { title: '“菜还是热的”：一条铁路怎样改变含山', text: join(rest) },
  ],
  ['an outlet after the headline', railway, { ...railway, title: `${RAILWAY.title}_皖江新闻网` }],
  ['a flash mark and a note around the headline', railway, { ...railway, title: `快讯：${RAILWAY.title}（图）` }],
  ['page number and bars of a newspaper', railway, { ...railway, title: `03版 -  ${RAILWAY.title}` }],
  [
    'a first line of an account, and its last',
    railway,
    {
      ...railway,
      text: `点击上方蓝字关注我们\n早上好，今天和您聊一条铁路。\n${join(RAILWAY.paragraphs)}\n长按二维码关注公众号`,
    },
  ],
  [
    'other reading after the end',
    railway,
    {
      ...railway,
      text: `${join(RAILWAY.paragraphs)}\n相关新闻\n• 芜湖二桥今起半幅封闭\n• 马鞍山新增三条公交线\n扫一扫在手机打开当前页`,
    },
  ],
  [
    'path and title before the text',
    railway,
    { ...railway, text: `首页 > 新闻 > 正文\n${RAILWAY.title}\n分享到：\n${join(RAILWAY.paragraphs)}` },
  ],
  ['a machine copy in Traditional characters', railway, hant(railway)],
  [
    'Traditional characters one by one, as a careless machine leaves them',
    railway,
    {
      title: hant(railway).title ?? '',
      text: (hant(railway).text ?? '').replaceAll('里', '裡').replaceAll('後', '后').replaceAll('幹', '干'),
    },
  ],
  [
    "Taiwan's words and quotation marks",
    {
      title: '数字化平台上线 软件信息一网可查',
      text: '合肥市数字化平台6月1日上线，市民通过网络就能查询软件企业的信息，视频和打印服务也已开通。负责人说，平台质量稳定，程序运行流畅，今后还将接入智能硬件，服务更多城市。',
    },
    {
      title: '數位化平臺上線 軟體資訊一網可查',
      text: '合肥市數位化平臺6月1日上線，市民透過網路就能查詢軟體企業的資訊，影片和列印服務也已開通。負責人說，平臺品質穩定，程式執行流暢，今後還將接入智慧硬體，服務更多都市。',
    },
  ],
  [
    'halfwidth punctuation',
    railway,
    {
      ...railway,
      text: join(RAILWAY.paragraphs)
        .replaceAll('，', ',')
        .replaceAll('。', '.')
        .replaceAll('“', '"')
        .replaceAll('”', '"'),
    },
  ],
  [
    'full-width digits',
    railway,
    {
      ...railway,
      text: join(RAILWAY.paragraphs).replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
    },
  ],
  [
    'dates and numbers as characters',
    railway,
    {
      ...railway,
      text: join(RAILWAY.paragraphs)
        .replace('6月2日', '六月二日')
        .replace('19天', '十九天')
        .replace('350公里', '三百五十公里'),
    },
  ],
  [
    'dates as characters in the headline, without a text',
    { title: '徽州古建保护论坛将于六月十二日在歙县举行' },
    { title: '徽州古建保护论坛将于6月12日在歙县举行' },
  ],
  ['a summary of its first lines', railway, { title: RAILWAY.title, summary: first.slice(0, 50) }],
  [
    'a summary with a dateline, cut in the middle',
    railway,
    { title: `${RAILWAY.title} --地方--人民网`, summary: `人民网合肥6月2日电（张三）${first.slice(0, 44)}[详细]` },
  ],
  ['a flash of one paragraph', { title: `快讯：${RAILWAY.title}`, text: first }, railway],
  [
    'a flash under another headline, of which the full text is the continuation',
    { title: '巢马城际铁路含山段铺轨完成', text: first },
    railway,
  ],
  [
    'an update with a paragraph more',
    railway,
    {
      ...railway,
      title: `${RAILWAY.title}（更新）`,
      text: `${join(RAILWAY.paragraphs)}\n记者随后从施工单位获悉，首批接触网支柱已经运抵含山南站，预计本月中旬开始组立。`,
    },
  ],
  [
    'a shortened reprint fourteen hours later',
    { ...railway, published: NOW },
    { ...railway, text: join(RAILWAY.paragraphs.slice(0, 3)), published: NOW + 14 * 3_600_000 },
  ],
  [
    'a reprint of an other outlet twelve days later',
    { ...railway, published: NOW },
    { ...railway, published: NOW + 12 * DAY_MS },
  ],
  [
    'the same source, the same article on another page of the issue',
    { ...railway, source: 'paper' },
    { ...railway, source: 'paper' },
  ],
  [
    'a headline without a text in two accounts',
    { title: '安徽省公布首批省级未来社区试点名单' },
    { title: '【重磅】安徽省公布首批省级未来社区试点名单！', published: NOW + DAY_MS },
  ],
  [
    'a headline with a word inserted, without a text',
    { title: '巢湖水质连续六年稳定向好' },
    { title: '安徽巢湖水质连续六年稳定向好' },
  ],
  ['a headline without a text and the full article', { title: RAILWAY.title }, railway],
  [
    'an accident with a later count of its victims',
    { title: '巢湖一货船侧翻已致2人失联', text: `${join(RAILWAY.paragraphs)}\n事故造成2人失联。`, source: 'one' },
    { title: '巢湖一货船侧翻已致3人失联', text: `${join(RAILWAY.paragraphs)}\n事故造成3人失联。`, source: 'one' },
  ],
  [
    'a flash of one line in other words, with a word more in the headline',
    {
      title: '快讯：今日巢马城际铁路含山段铺轨完成 年底具备通车条件',
      text: '巢马城际铁路含山段铺轨施工全部完成，年底前具备通车条件。',
    },
    railway,
  ],
];
