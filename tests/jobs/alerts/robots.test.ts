/** Alerts reach each kind of robot in the shape it documents, and what it answers decides whether they were taken. */
import { reason } from '../../../src/reasons/catalogue.ts';
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Job } from 'bullmq';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createSender } from '../../../src/fetch/sender.ts';
import { runAlert } from '../../../src/jobs/alerts/alert.ts';
import { alertRequest, formatOf } from '../../../src/jobs/alerts/robots.ts';
import { codes, englishIn, sampleOf } from '../../support/reasons.ts';
import type { AlertJob } from '../../../src/jobs/queues.ts';
import type { AlertFormat } from '../../../src/model/config.ts';
import { makeConfig } from '../../support/configs.ts';

const NOW = Date.UTC(2026, 2, 3, 4, 30);
const ALERT: AlertJob = {
  source: 'hfrb',
  name: '合肥样报',
  from: 'healthy',
  to: 'failing',
  why: reason('fetch.status.other', { host: 'hf.example', status: 500 }),
  at: NOW,
  url: 'https://hf.example/rss.xml',
};

interface Got {
  readonly url: URL;
  readonly type: string;
  readonly bytes: number;
  readonly body: Record<string, unknown>;
}
let got: Got[] = [];
let answer: { status: number; body: string } = { status: 200, body: '' };
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const bytes = Buffer.concat(chunks);
    got.push({
      url: new URL(request.url ?? '', 'http://robot.example'),
      type: request.headers['content-type'] ?? '',
      bytes: bytes.length,
      body: JSON.parse(bytes.toString()) as Record<string, unknown>,
    });
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
  });
});
const sender = createSender({ timeoutMs: 5_000, allowAddresses: ['127.0.0.0/8'] });
let webhook = '';

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  webhook = `http://127.0.0.1:${(server.address() as AddressInfo).port}/send?key=k%2B1`;
});
beforeEach(() => {
  got = [];
});
afterAll(async () => {
  await sender.close();
  await new Promise((done) => server.close(done));
});

async function deliver(
  format: AlertFormat,
  over: {
    readonly alert?: Partial<AlertJob>;
    readonly secret?: string;
    readonly baseUrl?: string;
    readonly language?: 'zh' | 'en';
  } = {},
): Promise<Got | undefined> {
  const plain = makeConfig();
  const config = {
    ...plain,
    settings: {
      ...plain.settings,
      server: { ...plain.settings.server, baseUrl: over.baseUrl ?? null },
      alerts: { staleAfterMs: null, webhook, format, secret: over.secret ?? null, language: over.language ?? 'zh' },
    },
  };
  const job = { data: { ...ALERT, ...over.alert } } as Job<AlertJob>;
  await runAlert({ config: () => config, sender, now: () => NOW }, job);
  return got[0];
}

const OK: Readonly<Record<Exclude<AlertFormat, 'auto'>, string>> = {
  json: '',
  wecom: '{"errcode":0,"errmsg":"ok"}',
  dingtalk: '{"errcode":0,"errmsg":"ok"}',
  feishu: '{"code":0,"msg":"success","data":{}}',
  slack: 'ok',
};
const FORMATS = Object.keys(OK) as (keyof typeof OK)[];

const TITLE = 'deltawire：合肥样报 抓取失败（failing）';
const LINES = [
  '状态：正常（healthy） → 抓取失败（failing）',
  '原因：hf.example 返回 500（服务器内部错误）',
  '时间：2026-03-03T12:30:00+08:00',
  '地址：https://hf.example/rss.xml',
];
const LINK = 'https://news.example/status/source?id=hfrb';

const JSON_BODY = {
  ...ALERT,
  why: 'hf.example answered 500 Internal Server Error',
  whyCode: 'fetch.status.other',
  at: '2026-03-03T04:30:00.000Z',
};

/** Every text within a message. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

describe('a message', () => {
  test.each<readonly [format: AlertFormat, body: object]>([
    ['json', JSON_BODY],
    ['auto', JSON_BODY],
    [
      'wecom',
      {
        msgtype: 'markdown',
        markdown: {
          content: [`### ${TITLE}`, ...LINES.map((line) => `> ${line}`), `[打开状态页](${LINK})`].join('\n'),
        },
      },
    ],
    [
      'dingtalk',
      {
        msgtype: 'markdown',
        markdown: {
          title: TITLE,
          text: [`### ${TITLE}`, ...LINES.map((line) => `> ${line}`), `[打开状态页](${LINK})`].join('\n\n'),
        },
      },
    ],
    [
      'feishu',
      {
        msg_type: 'post',
        content: {
          post: {
            zh_cn: {
              title: TITLE,
              content: [
                ...LINES.map((text) => [{ tag: 'text', text }]),
                [{ tag: 'a', text: '打开状态页', href: LINK }],
              ],
            },
          },
        },
      },
    ],
    ['slack', { text: [`*${TITLE}*`, ...LINES, `<${LINK}|打开状态页>`].join('\n') }],
  ])('for %s has the shape that it documents', async (format, body) => {
    answer = { status: 200, body: OK[format === 'auto' ? 'json' : format] };
    const sent = await deliver(format, { baseUrl: 'https://news.example' });
    expect(sent?.body).toEqual(body);
    expect(sent?.type).toBe('application/json; charset=utf-8');
    expect(sent?.url.search).toBe('?key=k%2B1');
  });

  test.each(FORMATS)(
    'for %s carries no markup, no call on people and no line that a source made up',
    async (format) => {
      answer = { status: 200, body: OK[format] };
      const evil = '<!channel> <@all> <at user_id="all">x</at> [a](http://evil.example) `c` *b*\n\n### 假标题 & more';
      const sent = await deliver(format, { alert: { name: evil, why: evil, url: evil } });
      const texts = textsOf(format === 'json' ? {} : (sent?.body ?? {}));
      // 飞书 keeps text and markup apart, in fields of their own.
      const markup =
        format === 'feishu' ? /\n/ : /<[!@a]|\[a\]\(|`c`|\*b\*|^> (?!状态|原因|时间|地址)|^#+ (?!deltawire)/m;
      for (const text of texts) expect(text).not.toMatch(markup);
      expect(texts).not.toContain(format === 'feishu' ? 'a' : '');
    },
  );

  test.each(FORMATS)('for %s stays within the bounds whatever a source says', async (format) => {
    answer = { status: 200, body: OK[format] };
    const long = '长😀"\\'.repeat(20_000);
    const sent = await deliver(format, { alert: { name: long, why: long, url: long }, baseUrl: 'https://n.example' });
    const { markdown } = (sent?.body ?? {}) as { markdown?: { content?: string; text?: string } };
    const most = format === 'wecom' ? 4_096 : 20_000;
    const bytes = Buffer.byteLength(markdown?.content ?? markdown?.text ?? '');
    expect(format === 'json' ? 0 : Math.max(bytes, format === 'wecom' ? 0 : (sent?.bytes ?? 0))).toBeLessThanOrEqual(
      most,
    );
    expect(JSON.stringify(sent?.body)).not.toContain('\ufffd');
  });

  test('for 钉钉 is signed in its address', async () => {
    answer = { status: 200, body: OK.dingtalk };
    const url = (await deliver('dingtalk', { secret: 'SECx+/=' }))?.url;
    const sign = createHmac('sha256', 'SECx+/=').update(`${NOW}\nSECx+/=`).digest('base64');
    expect(Object.fromEntries(url?.searchParams ?? [])).toEqual({ key: 'k+1', timestamp: String(NOW), sign });
  });

  test('for 飞书 is signed in its body', async () => {
    answer = { status: 200, body: OK.feishu };
    const body = (await deliver('feishu', { secret: 's1' }))?.body;
    const timestamp = String(NOW / 1_000);
    expect(body).toMatchObject({ timestamp, sign: createHmac('sha256', `${timestamp}\ns1`).digest('base64') });
  });
});

describe('an answer', () => {
  test.each<readonly [format: AlertFormat, status: number, body: string, outcome: string | null]>([
    ['json', 204, '', null],
    ['json', 200, '{"errcode":1}', null],
    ['json', 500, '', 'answered 500 Internal Server Error'],
    ['wecom', 200, '{"errcode":0,"errmsg":"ok"}', null],
    ['wecom', 200, '{"errcode":93000,"errmsg":"invalid webhook url"}', 'refused with 93000: invalid webhook url'],
    ['wecom', 200, '{"errcode":45009,"errmsg":"api freq out of limit"}', 'refused with 45009: api freq out of limit'],
    ['dingtalk', 200, '{"errcode":310000,"errmsg":"sign not match"}', 'refused with 310000: sign not match'],
    ['dingtalk', 200, '{}', 'refused with undefined: no reason given'],
    ['dingtalk', 200, '<html>', 'the answer is not what a robot answers'],
    ['feishu', 200, '{"code":0,"msg":"success"}', null],
    ['feishu', 200, '{"StatusCode":0,"StatusMessage":"success"}', null],
    ['feishu', 200, '{"code":19021,"msg":"sign match fail or timestamp is not within one hour"}', 'refused with 19021'],
    ['feishu', 200, '[]', 'refused with undefined'],
    ['slack', 200, 'ok', null],
    ['slack', 403, 'invalid_token', 'answered 403 Forbidden'],
    ['wecom', 200, `{"errcode":0,"x":"${'x'.repeat(20_000)}"}`, 'limit'],
  ])('of %s with %i %s', async (format, status, body, outcome) => {
    answer = { status, body };
    const told = await deliver(format).then(
      () => 'taken',
      (error: Error) => error.message,
    );
    expect(told).toContain(outcome ?? 'taken');
    // The address holds a token, which no log and no page may show.
    expect(told).not.toContain('k%2B1');
  });
});

test.each([
  ['https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x', 'wecom'],
  ['https://oapi.dingtalk.com/robot/send?access_token=x', 'dingtalk'],
  ['https://open.feishu.cn/open-apis/bot/v2/hook/x', 'feishu'],
  ['https://open.larksuite.com/open-apis/bot/v2/hook/x', 'feishu'],
  ['https://hooks.slack.com/services/x', 'slack'],
  ['https://hooks.example.com/x', 'json'],
  ['https://qyapi.weixin.qq.com.evil.example/x', 'json'],
])('%s is of the format %s', (url, format) => {
  expect(formatOf({ format: 'auto', webhook: url })).toBe(format);
  expect(formatOf({ format: 'slack', webhook: url })).toBe('slack');
});

describe('each reason reaches each robot in its language', () => {
  test.each(FORMATS.filter((format) => format !== 'json'))('%s', (format) => {
    const where = { format, webhook, secret: null, baseUrl: null, now: NOW };
    for (const code of codes) {
      const alert = { ...ALERT, why: sampleOf(code) };
      const zh = textsOf(JSON.parse(alertRequest(alert, { ...where, language: 'zh' }).body)).join('\n');
      expect(englishIn(zh)).toEqual([]);
      const en = textsOf(JSON.parse(alertRequest(alert, { ...where, language: 'en' }).body)).join('\n');
      expect(en).not.toMatch(/原因|状态|抓取失败/);
    }
  });
});
