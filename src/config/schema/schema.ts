/** Turns the words of the contract into the schemas of the four config files: every key, its form, default and meaning. */
import * as z from 'zod';
import {
  adminProblem,
  baseUrlProblem,
  headerNameProblem,
  headerValueProblem,
  hostProblem,
  hubProblem,
  proxyProblem,
  rsshubProblem,
  sourceUrlProblem,
  webhookProblem,
} from './addresses.ts';
import { list, optional, place, rule, section, text, whole } from './fields.ts';
import {
  charsetProblem,
  cidrProblem,
  cronProblem,
  durationProblem,
  ID_PATTERN,
  idProblem,
  zoneProblem,
} from './forms.ts';

const id = (of: string, examples: string[]) =>
  text(idProblem).meta({
    description: `${of}的标识，全局唯一，改名即换新 · unique name of the ${of === '来源' ? 'source' : 'edition'}: lower-case letters, digits, . _ -`,
    examples,
    pattern: ID_PATTERN.source,
    maxLength: 64,
  });

const keep = list(rule, {
  description: '符合任一规则的条目不论地区都收 · entries that match one of these are in, whatever their region',
  examples: [['长三角', '/合肥|芜湖/']],
});
const drop = list(rule, {
  description: '丢弃符合任一规则的条目 · drop entries that match one of these',
  examples: [['招聘', { title: '/^广告/' }]],
});

const selector = (what: string) =>
  optional(text(), undefined, { description: `${what}; a CSS selector within the item` });

const select = z.strictObject({
  item: text().meta({ description: '每条新闻所在元素 · CSS selector of one item', examples: ['ul.news-list > li'] }),
  title: selector('标题 · its title'),
  link: selector('链接 · its link'),
  date: selector('日期 · its date'),
  summary: selector('摘要 · its summary'),
});

export const source = z.strictObject({
  id: id('来源', ['chinanews-scroll', 'hefei-ribao']),
  url: text(sourceUrlProblem).meta({
    description: '地址 · http(s)://… or rsshub://route (needs `rsshub` in settings.yaml)',
    examples: ['https://www.chinanews.com.cn/rss/scroll-news.xml', 'rsshub://zjol/paper/zjrb'],
    pattern: '^(https?|rsshub)://',
  }),
  name: optional(text(), null, { description: '显示名称，缺省同 id · name shown to readers; default: the id' }),
  kind: optional(z.enum(['feed', 'page']), 'feed', {
    description:
      'feed：RSS、Atom、RDF、JSON Feed；page：用 select 读取的网页列表 · feed, or an HTML list read with `select`',
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
  referer: optional(z.enum(['none', 'origin', 'page']), 'none', {
    description:
      '取全文和图片时的 Referer：none 不带；origin 文章所在网站；page 取全文时为列表的网址，取图片时为文章页 · Referer for its article pages (page: the list’s address) and pictures (page: the article page)',
  }),
  enabled: optional(z.boolean(), true, { description: '是否轮询 · polled or not' }),
  note: optional(text(), null, { description: '备注 · a note for operators' }),
});

export const edition = z.strictObject({
  id: id('版面', ['delta', 'anhui']),
  title: optional(text(), null, { description: '标题，缺省同 id · title of the feed; default: the id' }),
  description: optional(text(), '', { description: '简介 · description of the feed' }),
  regions: list(place, {
    description: '地区；为空则不限 · places and groups; empty: every region',
    examples: [['长三角']],
  }),
  match: optional(z.enum(['about', 'from', 'either']), 'about', {
    description:
      'about：内容涉及；from：媒体所在；either：任一 · what the story tells of, where its outlet is, or either',
  }),
  sources: list(text(), {
    description: '来源 id；为空则全部 · source ids; empty: all',
    examples: [['chinanews-scroll']],
  }),
  keep,
  drop,
  script: optional(z.enum(['hans', 'hant']), null, {
    description: '转换为简体或繁体；缺省照原文 · convert to Simplified or Traditional; default: as published',
  }),
  content: optional(z.enum(['summary', 'full']), 'full', { description: '摘要或全文 · summary or full text' }),
  size: optional(whole(1, 1000), 100, { description: '条数上限 · stories at most' }),
  perSource: optional(whole(1, 1000), null, { description: '每个来源条数上限 · stories led by one source at most' }),
  maxAge: optional(text(durationProblem), null, {
    description: '最长保留时间，如 7d、36h · older stories leave the feed',
    examples: ['7d', '36h'],
  }),
});

const term = z.strictObject({
  term: text().meta({ description: '词 · the word as it stands in the news', examples: ['科大硅谷'] }),
  region: place,
  weight: optional(z.number().min(0.1).max(10), 1, {
    description: '证据分量 · weight as evidence; 1 is that of a place name',
  }),
});

const days = (count: number, what: string) =>
  optional(whole(1, 36_500), count, { description: `${what}保留天数 · days kept` });
const count = (most: number, what: string) =>
  optional(whole(1, 100_000_000), most, { description: `${what}最多条数 · most kept` });

/** The schema of each config file; a file that is absent or empty counts as one without keys. */
export const schemas = {
  'sources.yaml': z
    .strictObject({
      sources: z
        .nullable(z.array(source.meta({ description: '一个来源 · one address to poll' })))
        .transform((value) => value ?? [])
        .meta({ description: '要轮询的来源 · the addresses to poll', examples: [[{ id: 'a', url: 'https://…' }]] }),
    })
    .meta({ title: 'deltawire sources.yaml', description: '来源 · the addresses that deltawire polls' }),
  'editions.yaml': z
    .strictObject({
      editions: z
        .array(edition.meta({ description: '一个版面 · one published feed' }))
        .min(1)
        .meta({ description: '对外发布的版面，第一个为缺省 · the published feeds; the first is the default' }),
    })
    .meta({ title: 'deltawire editions.yaml', description: '版面 · the feeds that deltawire publishes' }),
  'regions.yaml': z
    .strictObject({
      groups: optional(
        z.record(text(), z.array(place).min(1)),
        {},
        {
          description: '地区分组：名称 → 成员 · groups: name → places or other groups',
          examples: [{ 皖北: ['阜阳市', '亳州市'] }],
        },
      ),
      home: list(place, {
        description:
          '本地：同名的地方先指这里，地名在这里不易误读，断更提醒只看这里；缺省长三角 · home: names that several places share mean those in it first, its short names are sure, its silences are noticed; default: 长三角',
        examples: [['长三角'], ['福建省']],
      }),
      terms: list(term, { description: '自定义词 → 地区 · your own words for places' }),
      exclusions: list(text(), {
        description: '含地名而非地名的短语 · phrases in which a place name means no place',
        examples: [['宁波路', '王沪宁']],
      }),
    })
    .meta({
      title: 'deltawire regions.yaml',
      description: '地区 · groups, terms and exclusions on top of the gazetteer',
    }),
  'settings.yaml': z
    .strictObject({
      server: section(
        {
          host: optional(text(hostProblem), '127.0.0.1', {
            description: '监听地址 · address to listen on (DELTAWIRE_HOST)',
          }),
          port: optional(whole(0, 65_535), 8480, { description: '端口 · port (DELTAWIRE_PORT)' }),
          baseUrl: optional(text(baseUrlProblem), null, {
            description: '对外地址 · absolute address of the feeds (DELTAWIRE_BASE_URL); default: from host and port',
            examples: ['https://news.example.com'],
          }),
          admin: optional(text(adminProblem), null, {
            description:
              '管理登录 user:password，密码可为 deltawire password 给出的哈希 · login of the desk; `deltawire password` prints a hash to write in place of the password',
          }),
          trustedProxies: list(text(cidrProblem), {
            description:
              '可信的反向代理（CIDR）；本机总可信 · proxies whose X-Forwarded-For and -Proto are believed; loopback always is',
            examples: [['172.16.0.0/12']],
          }),
          imageProxy: optional(z.boolean(), false, {
            description:
              '由本机代取图片（只认本机签过名的地址）· readers get pictures through deltawire, from addresses that it signed',
          }),
        },
        '网页服务 · the web server',
      ),
      rsshub: optional(text(rsshubProblem), null, {
        description: 'rsshub://… 来源所用的 RSSHub 地址 · base address for rsshub://… sources',
        examples: ['http://127.0.0.1:1200'],
      }),
      fetch: section(
        {
          timeoutMs: optional(whole(1, 600_000), 20_000, { description: '单次请求总时限（毫秒）· whole request, ms' }),
          maxBytes: optional(whole(1024, 1_073_741_824), 10_485_760, {
            description: '解压后正文上限（字节）· decoded body',
          }),
          maxRedirects: optional(whole(0, 20), 5, { description: '重定向上限 · redirects followed' }),
          concurrency: optional(whole(1, 1000), 20, { description: '并发请求数 · requests at once in one worker' }),
          perHostConcurrency: optional(whole(1, 100), 1, {
            description: '同一主机并发数 · requests at once to one host',
          }),
          perHostIntervalMs: optional(whole(0, 3_600_000), 1500, {
            description: '同一主机两次请求的间隔（毫秒）· ms between requests to one host',
          }),
          paceBy: optional(z.enum(['host', 'domain']), 'host', {
            description:
              '并发与间隔按主机还是按注册域名计 · what shares a pace: each host, or all hosts under a registered domain',
          }),
          retryAfter: optional(z.enum(['host', 'address']), 'host', {
            description:
              '429、503 的 Retry-After 对整个主机还是只对该地址有效 · what Retry-After holds for: the host, or only the address',
          }),
          allowAddresses: list(text(cidrProblem), {
            description: '放行的内网网段（CIDR）· blocks that the address guard lets through',
            examples: [['127.0.0.0/8']],
          }),
          allowPorts: list(whole(1, 65_535), {
            description:
              '放行的端口，缺省不连邮件等其他协议的端口 · ports fetched from although other protocols own them',
            examples: [[6000]],
          }),
          allowUserinfo: optional(z.boolean(), false, {
            description:
              '重定向地址可否带用户名密码；来源自己的地址总可以 · whether redirects may carry user:password; a source itself always may',
          }),
        },
        '抓取 · fetching',
      ),
      stories: section(
        {
          nearDays: optional(whole(1, 365), 5, {
            description:
              '相似条目几天之内算同一则 · days within which entries that are alike are one story; beyond, it takes nearly the same text',
          }),
          exactDays: optional(whole(1, 365), 30, {
            description: '几天之后不再归并 · days after which an entry finds no copy any more',
          }),
        },
        '归并 · how entries become one story',
      ),
      retention: section(
        {
          entries: section({ days: days(90, '条目'), count: count(100_000, '条目') }, '条目 · entries'),
          ledger: section({ days: days(90, '台账'), count: count(200_000, '台账') }, '处理台账 · the ledger'),
          raw: section({ days: days(30, '原文') }, '原始条目 · raw items'),
        },
        '保留期限 · how long things are kept',
      ),
      push: section(
        {
          hub: optional(text(hubProblem), 'own', {
            description:
              'WebSub 中心：own（deltawire 自己）、none（不推送）或别的中心的地址 · own, none, or the address of another hub',
            examples: ['own', 'none', 'https://hub.example.com/'],
          }),
        },
        '推送 · push (WebSub)',
      ),
      alerts: section(
        {
          staleAfter: optional(text(durationProblem), null, {
            description:
              '多久无新条目视为停更 · without a new entry for so long, a source is stale; default: from its rhythm',
            examples: ['3d'],
          }),
          webhook: optional(text(webhookProblem), null, {
            description: '告警 webhook · address told of changes of state',
          }),
          format: optional(z.enum(['auto', 'json', 'wecom', 'dingtalk', 'feishu', 'slack']), 'auto', {
            description:
              '消息格式：企业微信 wecom、钉钉 dingtalk、飞书 feishu、Slack、通用 JSON；auto 按主机名判断 · what the webhook understands; auto: by its host',
          }),
          secret: optional(text(), null, {
            description: '钉钉、飞书机器人的签名密钥 · signs messages to 钉钉 and 飞书 robots',
          }),
        },
        '告警 · alerts',
      ),
    })
    .meta({ title: 'deltawire settings.yaml', description: '设置 · server, fetching, retention, alerts' }),
} as const;

export type FileName = keyof typeof schemas;
export const FILE_NAMES = ['sources.yaml', 'editions.yaml', 'regions.yaml', 'settings.yaml'] as const;

/** What the files hold once validated and with their defaults. */
export type FileValue<N extends FileName> = z.output<(typeof schemas)[N]>;

/** The JSON Schema (draft 7, which editors know best) of one config file. */
export function jsonSchema(file: FileName): object {
  return z.toJSONSchema(schemas[file], {
    target: 'draft-7',
    io: 'input',
    // zod leaves these two out below a transform, where the editor needs them most.
    override: ({ zodSchema, jsonSchema }) => {
      const notes = z.globalRegistry.get(zodSchema) ?? {};
      if ('default' in notes) jsonSchema.default = notes.default;
      if (Array.isArray(notes['examples'])) jsonSchema.examples = notes['examples'] as unknown[];
    },
  });
}
