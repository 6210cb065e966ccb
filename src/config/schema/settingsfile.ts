/** What settings.yaml may hold: every setting, its form, default and meaning. */
import * as z from 'zod';
import { adminProblem, baseUrlProblem, hostProblem, hubProblem, rsshubProblem, webhookProblem } from './addresses.ts';
import { list, optional, QUOTA_FIELDS, section, text, whole } from './fields.ts';
import { cidrProblem, durationProblem } from './valueforms.ts';

const days = (count: number, what: string) =>
  optional(whole(1, 36_500), count, { description: `${what}保留天数 · days kept` });
const count = (most: number, what: string) =>
  optional(whole(1, 100_000_000), most, { description: `${what}最多条数 · most kept` });

const quota = (name: keyof typeof QUOTA_FIELDS, value: number) =>
  optional(QUOTA_FIELDS[name].form, value, { description: QUOTA_FIELDS[name].description });

export const settingsFile = z
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
            '可信的反向代理（CIDR）；本机的总可信，但其转述的主机名也要写在这里才信 · proxies whose X-Forwarded headers are believed; loopback always is, but for the host, which is believed from those listed alone',
          examples: [['172.16.0.0/12']],
        }),
        behindProxy: optional(z.boolean(), false, {
          description:
            '前面有反向代理：管理页即使从本机访问也要登录 · a reverse proxy stands before it: the desk asks for its login on loopback too (DELTAWIRE_BEHIND_PROXY, start --behind-proxy); implied by a baseUrl that is not loopback and by trustedProxies',
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
    threads: section(
      {
        count: optional(whole(0, 64), null, {
          description:
            '线程数；缺省比处理器核数少一个，1 至 4 个；0：不用线程，也没有时限 · threads; default: one less than the cores, 1 to 4; 0: none, and no limit in time',
          examples: [2],
        }),
        timeoutMs: optional(whole(10, 600_000), 2_000, {
          description:
            '一条的处理时限（毫秒，Linux 上按处理器时间算）；整份文档另按每 MiB 加一份 · for one item, ms (of processor time on Linux); a document has this and as much again for each MiB',
        }),
      },
      '读取和清洗的线程 · threads that read and clean',
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
    quotas: section(
      {
        newPerPoll: quota('newPerPoll', 500),
        newPerDay: quota('newPerDay', 3_000),
        entries: quota('entries', 10_000),
        bytes: quota('bytes', 67_108_864),
      },
      '每个来源的限额，超出的留待以后 · how much each source may bring and keep; what is more waits',
    ),
    retention: section(
      {
        entries: section({ days: days(90, '条目'), count: count(100_000, '条目') }, '条目 · entries'),
        ledger: section({ days: days(90, '收录记录'), count: count(200_000, '收录记录') }, '收录记录 · the ledger'),
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
        language: optional(z.enum(['zh', 'en']), 'zh', {
          description: "机器人消息的语言 · language of the robots' messages; JSON has English and codes",
        }),
      },
      '告警 · alerts',
    ),
  })
  .meta({ title: 'deltawire settings.yaml', description: '设置 · server, fetching, retention, alerts' });
