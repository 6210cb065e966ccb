/** What sources.yaml may hold: every key of a source, its form, default and meaning. */
import * as z from 'zod';
import { headerNameProblem, headerValueProblem, proxyProblem, sourceUrlProblem } from './addresses.ts';
import { blockId, drop, keep, list, optional, place, QUOTA_FIELDS, text, whole } from './fields.ts';
import { charsetProblem, cronProblem, zoneProblem } from './valueforms.ts';

const selector = (what: string) =>
  optional(text(), undefined, { description: `${what}; a CSS selector within the item` });

const select = z.strictObject({
  item: text().meta({ description: '每条新闻所在元素 · CSS selector of one item', examples: ['ul.news-list > li'] }),
  title: selector('标题 · its title'),
  link: selector('链接 · its link'),
  date: selector('日期 · its date'),
  summary: selector('摘要 · its summary'),
});

const quota = (name: keyof typeof QUOTA_FIELDS) =>
  optional(QUOTA_FIELDS[name].form, undefined, { description: QUOTA_FIELDS[name].description });

const quotas = z.strictObject({
  newPerPoll: quota('newPerPoll'),
  newPerDay: quota('newPerDay'),
  entries: quota('entries'),
  bytes: quota('bytes'),
});

const source = z.strictObject({
  id: blockId('来源', ['chinanews-scroll', 'hefei-ribao']),
  url: text(sourceUrlProblem).meta({
    description:
      '地址；{YYYY} {MM} {DD} {YYYYMM} {YYYYMMDD} 填当天 · http(s)://… or rsshub://route (needs `rsshub` in settings.yaml); the day stands for {YYYY} and the like',
    examples: ['https://www.chinanews.com.cn/rss/scroll-news.xml', 'rsshub://zjol/paper/zjrb'],
    pattern: '^(https?|rsshub)://',
  }),
  name: optional(text(), null, { description: '显示名称，缺省同 id · name shown to readers; default: the id' }),
  formerly: list(blockId('来源', ['hefei-ribao']), {
    description:
      '改过名时以前的标识，最早的在前：条目沿用原来的编号，历史一并带过来 · ids that it had before, the oldest first: its history is carried along',
    examples: [['hefei-ribao']],
  }),
  kind: optional(z.enum(['auto', 'feed', 'page']), 'auto', {
    description:
      'auto：按收到的内容判断；feed：RSS、Atom、RDF、JSON Feed；page：网页列表，没有 select 时自行找出新闻 · auto: by what comes; a feed; or an HTML list, whose news is found without `select`',
  }),
  group: optional(text(), null, { description: '所属分组，供状态页归类 · heading on the status page' }),
  schedule: optional(text(cronProblem), 'auto', {
    description: 'auto（按更新频率）或 cron 表达式（北京时间）· `auto`, or cron with 5 or 6 fields in Asia/Shanghai',
    examples: ['auto', '*/15 * * * *', '0 7,12,18 * * *'],
  }),
  region: optional(place, null, {
    description: '媒体所在地 · where the outlet is; empty: national',
    examples: ['合肥市'],
  }),
  trust: optional(whole(0, 100), 50, {
    description: '可信度 0–100，决定同一事件由哪个版本领衔 · which copy leads a story',
  }),
  encoding: optional(text(charsetProblem), null, {
    description: '强制字符集，缺省自动识别 · charset that overrides the document; default: detected',
    examples: ['gb18030'],
  }),
  timezone: optional(text(zoneProblem), 'Asia/Shanghai', {
    description: '未带时区的日期按此时区 · IANA zone for dates without one',
    examples: ['Asia/Shanghai'],
  }),
  identity: optional(z.enum(['auto', 'guid', 'link', 'title+date']), 'auto', {
    description:
      '再次出现的条目凭什么认出来：auto 先 guid、再 link，都变则按标题和日期 · what an item is recognised by when it comes again; auto: guid, else link, else title and date',
  }),
  clock: optional(z.enum(['auto', 'as-given', 'beijing']), 'auto', {
    description:
      '标成 GMT 的日期：as-given 照写的读；beijing 当作北京时间；auto 自动判断 · dates labelled GMT: as given, as Beijing time, or found out',
  }),
  fullText: optional(z.union([z.boolean(), text()]), false, {
    description: '抓取全文：true，或正文的 CSS 选择器 · fetch the article: `true`, or the selector of its body',
    examples: [true, '#content'],
  }),
  select: optional(select, null, { description: 'kind: page 的选择器 · selectors for kind page' }),
  keep,
  drop,
  headers: optional(
    z.record(text(headerNameProblem), text(headerValueProblem)),
    {},
    {
      description: '附加请求头 · extra request headers',
      examples: [{ 'User-Agent': 'deltawire' }],
    },
  ),
  proxy: optional(text(proxyProblem), null, {
    description: '代理地址 · http(s) proxy for this source',
    examples: ['http://127.0.0.1:7890'],
  }),
  tls: optional(z.enum(['verify', 'accept-incomplete-chain']), 'verify', {
    description:
      '加密连接：verify 严格验证；accept-incomplete-chain 服务器没给全证书链时，按证书里的地址取来中间证书再验证 · TLS: strictly; or with intermediate certificates that the server does not send fetched from where its certificate says, and then verified',
  }),
  referer: optional(z.enum(['none', 'origin', 'page']), 'none', {
    description:
      '取全文和图片时的 Referer：none 不带；origin 文章所在网站；page 取全文时为列表的网址，取图片时为文章页 · Referer for its article pages (page: the list’s address) and pictures (page: the article page)',
  }),
  quotas: optional(quotas, null, {
    description:
      '这个来源自己的限额，没写的从 settings.yaml · quotas of its own; what is left out is as in settings.yaml',
    examples: [{ newPerDay: 5000 }],
  }),
  enabled: optional(z.boolean(), true, { description: '是否抓取 · polled or not' }),
  note: optional(text(), null, { description: '备注 · a note for operators' }),
});

/** What a source has besides its name and address. */
export const sourceOptions = source.omit({ id: true, url: true });

export const sourcesFile = z
  .strictObject({
    sources: z
      .nullable(z.array(source.meta({ description: '一个来源 · one address to poll' })))
      .transform((value) => value ?? [])
      .meta({ description: '要抓取的来源 · the addresses to poll', examples: [[{ id: 'a', url: 'https://…' }]] }),
  })
  .meta({ title: 'deltawire sources.yaml', description: '来源 · the addresses that deltawire polls' });
