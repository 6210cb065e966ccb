import { describe, expect, test } from 'vitest';
import { describeFault } from '../../src/fetch/faults.ts';
import { readDocument } from '../../src/feed/read.ts';
import { nextPoll } from '../../src/sources/nextpoll.ts';
import { reasonIn } from '../../src/web/ui/reasons.ts';

const NOW = Date.UTC(2026, 2, 3);

const zh = (reason: string) => reasonIn('zh', reason);

describe('a reason in Chinese', () => {
  test.each([
    [
      '阜阳 in the title +2.5, 颍州 in the text +1.0 → 阜阳市 341200; score 3.5, threshold 2.0',
      '阜阳（标题）+2.5、颍州（正文）+1.0 → 阜阳市 341200；得分 3.5，门槛 2.0',
    ],
    [
      '安徽 in the text +1.0 → 安徽省 340000; against it 北京 in the title −2.5 → 北京市 110000; score -1.0, 3.0 short of the threshold 2.0',
      '安徽（正文）+1.0 → 安徽省 340000；相反的有 北京（标题）−2.5 → 北京市 110000；得分 -1.0，距门槛 2.0 还差 3.0',
    ],
    ['no place or theme of the edition is named; threshold 2.0', '没有提到这个版面的地方或主题；门槛 2.0'],
    [
      'no copy of it is known; nearest is “合肥地铁”: the same title, and 31 % of the shorter text stands in the longer, 20 % of the longer in the shorter, and they begin alike, too little',
      '没有见过相同的；最近的是“合肥地铁”：标题相同，短文的 31 % 见于长文，长文的 20 % 见于短文，开头也相同，还不够',
    ],
    ['about 4 entries a day: the next poll is worth its while at 09:37', '每天约 4 条，09:37 再去看比较值得'],
    [
      '3 failed polls in a row: back-off of 4 hours; from then on schedule 0 7 * * *',
      '连续失败 3 次，4 小时后再试；之后按周期 0 7 * * *',
    ],
    ['about an entry in 15 days: the next poll is worth its while at 16:06', '约 15 天一条，16:06 再去看比较值得'],
    ['status: 127.0.0.1:80 answered 500 Internal Server Error', '127.0.0.1:80 答 500 Internal Server Error'],
    [
      'parse: a login page stands where a feed was expected; it links to no feed',
      '解析：应是订阅源的地方是登录页；页上没有订阅源的链接',
    ],
    ['schedule */10 * * * *', '按周期 */10 * * * *'],
    ['标题提到合肥', '标题提到合肥'],
    ['', ''],
  ])('%s', (reason, expected) => {
    expect(zh(reason)).toBe(expected);
    expect(reasonIn('en', reason)).toBe(reason);
  });

  test('leaves what is too long, and is not made slow by what resembles many sentences', () => {
    const long = 'no feed, but they tell; '.repeat(500);
    expect(zh(long)).toBe(long);
    expect(zh('the same title, and '.repeat(35))).toContain('标题相同');
  });
});

describe('what the stages say now has its Chinese', () => {
  const said: readonly string[] = [
    ...[
      { failures: 1 },
      { failures: 3 },
      { failures: 0 },
      { failures: 0, ttlMinutes: 60 },
      { failures: 0, skip: { hours: Array.from({ length: 23 }, (_, hour) => hour), days: [] } },
    ].map(
      (over) =>
        nextPoll({
          now: NOW,
          result: {
            outcome: 'unmodified',
            status: 304,
            url: 'https://a.example/',
            redirects: [],
            elapsedMs: 1,
            validators: { etag: null, lastModified: null, bodyHash: null },
            headers: {},
          },
          rhythm: null,
          ttlMinutes: null,
          skip: null,
          spread: 0.5,
          ...over,
        }).why,
    ),
    ...['ENOTFOUND', 'ECONNREFUSED', 'CERT_HAS_EXPIRED', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_OVERFLOW'].map(
      (code) => {
        const fault = describeFault(Object.assign(new Error('x'), { code }), {
          host: 'A',
          phase: 'connecting',
          connectTimeoutMs: 1,
          headersTimeoutMs: 1,
          bodyTimeoutMs: 1,
          maxHeaderBytes: 1,
        });
        return `${fault.stage}: ${fault.message}`;
      },
    ),
  ];

  /** Without what is quoted or filled in. */
  const wordsOf = (reason: string) => zh(reason).replaceAll(/"[^"]*"|（.*?）/g, '');
  const ENGLISH = /^$|[a-z]+ [a-z]+ [a-z]+/;

  test.each(said)('%s', (reason) => {
    expect(wordsOf(reason)).not.toMatch(ENGLISH);
  });

  test.each([
    '',
    ' ',
    '{"a": 1}',
    '<opml version="2.0"/>',
    '<html><title>登录</title><input type="password"></html>',
    '<a/>',
    '<other/>',
    'plain words',
  ])('of the document %j', async (text) => {
    const input = {
      bytes: Buffer.from(text),
      url: 'https://a.example/',
      headers: {},
      source: 'a',
      kind: 'feed' as const,
    };
    const read = await readDocument({ ...input, timezone: 'Asia/Shanghai', now: NOW });
    expect(wordsOf(read.ok ? '' : `${read.stage}: ${read.message}`)).not.toMatch(ENGLISH);
  });
});
