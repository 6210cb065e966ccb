import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addPolls, closeQueues, openQueues, type Queues } from '../../src/jobs/queues.ts';
import { readTotals } from '../../src/store/ledger/figures.ts';
import type { Store } from '../../src/store/redis/keys.ts';
import { restHost, takeTurn } from '../../src/store/sources/pace.ts';
import { readEdition } from '../../src/store/stories/stories.ts';
import type { Settings } from '../../src/model/config.ts';
import type { Source } from '../../src/model/source.ts';
import { endServer, listenOnLoopback } from '../support/loopback.ts';
import { makeConfig, makeSource } from '../support/configs.ts';
import { until } from '../support/until.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { startWorking } from '../support/working.ts';

let redis: TestRedis;
let store: Store;
let queues: Queues;
let workers: { stop(): Promise<void> } | null = null;
let pages: Map<string, string>;
let asked: string[];
let referers: (string | undefined)[];
let sentHeaders: IncomingHttpHeaders[];
/** Retry-After of a 429 in place of the answer, by path. */
let busy: Map<string, string>;

const server = createServer((request, response) => {
  const path = request.url ?? '';
  asked.push(path);
  referers.push(request.headers.referer);
  sentHeaders.push(request.headers);
  const body = pages.get(path);
  const wait = busy.get(path);
  if (wait !== undefined) response.writeHead(429, { 'retry-after': wait }).end();
  else if (body === undefined) response.writeHead(404).end();
  else
    response
      .setHeader('content-type', path.endsWith('.xml') ? 'application/rss+xml' : 'text/html; charset=utf-8')
      .end(body);
});
let base = '';

beforeAll(async () => {
  redis = await startRedis();
  base = await listenOnLoopback(server);
});
afterAll(async () => {
  await endServer(server);
  await redis.stop();
});
beforeEach(() => {
  store = redis.store();
  queues = openQueues(store.redis, store.prefix);
  pages = new Map();
  asked = [];
  referers = [];
  sentHeaders = [];
  busy = new Map();
});
afterEach(async () => {
  await workers?.stop();
  workers = null;
  await closeQueues(queues);
});

const PARAGRAPHS = [
  '本报合肥6月1日讯（记者 张样）合肥市今天开通三条公交线路，串起城东的产业园、医院和两所学校，沿线居民出门更方便。',
  '新线路全部使用电动客车，首末班时间为早上六点和晚上十点，高峰时段每八分钟一班，平峰时段每十二分钟一班。',
  '交通部门介绍，下半年还要在南部新城增设两条线路，届时换乘地铁的平均步行距离将缩短到三百米以内。',
];
const article = (paragraphs: readonly string[], foot = '') =>
  `<!doctype html><html><head><title>合肥开通三条公交线路_样报网</title></head><body>` +
  `<div class="nav"><a href="/">首页</a><a href="/b">要闻</a><a href="/c">财经</a><a href="/d">视频</a></div>` +
  `<h1>合肥开通三条公交线路</h1><div class="info">2026年06月01日 08:30 来源：样本日报</div>` +
  `<div class="content">${paragraphs.map((text) => `<p>　　${text}</p>`).join('')}<p>[责任编辑：李样]</p></div>${foot}` +
  `<div class="related"><h3>相关新闻</h3><ul><li><a href="/x">别的消息</a></li><li><a href="/y">另一条消息</a></li></ul></div></body></html>`;
const feed = (link: string) =>
  `<rss version="2.0"><channel><title>样报</title><link>${base}/</link><item><guid isPermaLink="false">1</guid>` +
  `<title>合肥开通三条公交线路</title><link>${base}${link}</link><description>合肥市今天开通三条公交线路。</description></item></channel></rss>`;

function start(fetch: Partial<Settings['fetch']>, over: Partial<Source> = {}): void {
  const source = makeSource({ id: 'a', url: `${base}/feed.xml`, fullText: true, ...over });
  const config = makeConfig({ sources: [source], fetch });
  workers = startWorking(config, { connection: redis.connect(), store, queues });
}

async function pollWith(over: Partial<Source>): Promise<string> {
  start({}, over);
  await addPolls(queues, ['a'], 'asked');
  await until(async () => (await readTotals(store)).entries === 1, 'the entry');
  const [row] = await readEdition(store, 'delta', { offset: 0, limit: 1, since: null });
  return row?.lead.text ?? '';
}

describe('what the operator gave for a source', () => {
  const headers = {
    Cookie: 'sid=1',
    Authorization: 'Bearer t',
    'X-Api-Key': 'k',
    Referer: 'https://inner.example/?token=t',
    'User-Agent': 'reader/1',
    'Accept-Language': 'zh',
  };
  const secret = ['cookie', 'authorization', 'x-api-key'];
  let other: Server;
  let elsewhere = '';
  let told: { path: string; headers: IncomingHttpHeaders }[];
  beforeAll(async () => {
    other = createServer((request, response) => {
      told.push({ path: request.url ?? '', headers: request.headers });
      if (request.url === '/to-own') response.writeHead(302, { location: `${base}/n/1.html` }).end();
      else
        response
          .setHeader('content-type', 'text/html; charset=utf-8')
          .end(article(PARAGRAPHS, '<a href="/n/c10012_2.html">下一页</a>'));
    });
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    elsewhere = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    other.closeAllConnections();
    await new Promise((done) => other.close(done));
  });
  beforeEach(() => {
    told = [];
    pages.set('/n/1.html', article(PARAGRAPHS));
  });

  it.each([
    ['a link', '/n/1.html', 1],
    ['a link, and its next page', '/n/c10012.html', 2],
  ])('does not go to another origin by %s', async (_name, path, count) => {
    pages.set('/feed.xml', feed('').replace(`<link>${base}</link>`, `<link>${elsewhere}${path}</link>`));
    await pollWith({ headers });
    expect(told).toHaveLength(count);
    for (const { headers: sent } of told) {
      expect(sent).toMatchObject({ 'user-agent': 'reader/1', 'accept-language': 'zh' });
      for (const name of [...secret, 'referer']) expect(sent).not.toHaveProperty(name);
    }
  });

  it('does not go to another origin by a redirect, nor back from there', async () => {
    pages.set('/feed.xml', feed('').replace(`<link>${base}</link>`, `<link>${elsewhere}/to-own</link>`));
    await pollWith({ headers });
    expect(told).toHaveLength(1);
    expect(sentHeaders.map((sent) => 'cookie' in sent)).toEqual([true, false]);
    for (const name of secret) expect(told[0]?.headers).not.toHaveProperty(name);
  });

  it('goes with its own pages', async () => {
    pages.set('/feed.xml', feed('/n/1.html'));
    await pollWith({ headers });
    expect(sentHeaders).toHaveLength(2);
    for (const sent of sentHeaders) expect(sent).toMatchObject({ cookie: 'sid=1', authorization: 'Bearer t' });
  });

  it('is not replaced by what a link says', async () => {
    const link = elsewhere.replace('//', '//wang:pw@');
    pages.set('/feed.xml', feed('').replace(`<link>${base}</link>`, `<link>${link}/n/1.html</link>`));
    start({}, { headers });
    await addPolls(queues, ['a'], 'asked');
    await until(async () => (await queues.fulltext.getDelayed()).length === 1, 'the refusal');
    expect((await queues.fulltext.getDelayed())[0]?.failedReason).toContain('user name or password');
    expect(told).toEqual([]);
  });
});

describe('full text', () => {
  it('takes the article from its page, without the page around it', async () => {
    pages.set('/feed.xml', feed('/n/20260601_1.html')).set('/n/20260601_1.html', article(PARAGRAPHS));
    const text = await pollWith({});
    for (const paragraph of PARAGRAPHS) expect(text).toContain(paragraph.slice(-30));
    expect(text).not.toMatch(/首页|相关新闻|责任编辑/);
    const [row] = await readEdition(store, 'delta', { offset: 0, limit: 1, since: null });
    expect(row?.lead).toMatchObject({ outlet: '样本日报', editor: '李样', authors: ['张样'] });
  });

  it('joins the next pages in their order', async () => {
    pages
      .set('/feed.xml', feed('/n/c10012.html'))
      .set('/n/c10012.html', article(PARAGRAPHS.slice(0, 2), '<a href="c10012_2.html">下一页</a>'))
      .set('/n/c10012_2.html', article(PARAGRAPHS.slice(2)));
    const text = await pollWith({});
    const places = PARAGRAPHS.map((paragraph) => text.indexOf(paragraph.slice(-30)));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(asked).toEqual(['/feed.xml', '/n/c10012.html', '/n/c10012_2.html']);
  });

  it('asks each page once, whatever token its address bears at each mention', async () => {
    const next = (n: number, token: string) =>
      `<a rel="next" href="c10012_${n}.html?sign=${token.repeat(4)}">下一页</a>`;
    pages
      .set('/feed.xml', feed('/n/c10012.html'))
      .set('/n/c10012.html', article(PARAGRAPHS.slice(0, 1), next(2, '7f3a9c')))
      .set(`/n/c10012_2.html?sign=${'7f3a9c'.repeat(4)}`, article(PARAGRAPHS.slice(1, 2), next(3, 'b04e1d')))
      .set(`/n/c10012_3.html?sign=${'b04e1d'.repeat(4)}`, article(PARAGRAPHS.slice(2), next(2, 'e8c2f6')));
    const text = await pollWith({});
    expect(PARAGRAPHS.every((paragraph) => text.includes(paragraph.slice(-30)))).toBe(true);
    expect(asked.map((path) => path.replace(/\?.*/, ''))).toEqual([
      '/feed.xml',
      '/n/c10012.html',
      '/n/c10012_2.html',
      '/n/c10012_3.html',
    ]);
  });

  it.each([
    ['none', undefined],
    ['origin', () => `${base}/`],
    ['page', () => `${base}/`],
  ] as const)('names as referer what the source says: %s', async (referer, told) => {
    pages.set('/feed.xml', feed('/n/1.html')).set('/n/1.html', article(PARAGRAPHS));
    await pollWith({ referer });
    expect(referers).toEqual([undefined, told?.()]);
  });

  it('reads the part that a selector names', async () => {
    const page = `<html><body><div id="other">${'<p>这一段与报道无关，是页面上别的栏目里很长很长的一段文字，讲的是另一件事情。</p>'.repeat(6)}</div><div id="story">${PARAGRAPHS.map((text) => `<p>${text}</p>`).join('')}</div></body></html>`;
    pages.set('/feed.xml', feed('/n/1.html')).set('/n/1.html', page);
    const text = await pollWith({ fullText: '#story' });
    expect(text).toContain(PARAGRAPHS[1]);
    expect(text).not.toContain('与报道无关');
  });

  it('keeps the text of the feed where the page says less', async () => {
    pages
      .set('/feed.xml', feed('/n/1.html'))
      .set('/n/1.html', '<html><body><form>请登录<input type="password"></form></body></html>');
    expect(await pollWith({})).toContain('合肥市今天开通三条公交线路');
  });

  it.each(['host', 'address'] as const)('waits as long as the server asks, for the %s', async (retryAfter) => {
    pages.set('/feed.xml', feed('/n/1.html'));
    busy.set('/n/1.html', '1800');
    start({ retryAfter });
    await addPolls(queues, ['a'], 'asked');
    await until(async () => (await queues.fulltext.getDelayed()).length === 1, 'the second try');
    expect((await queues.fulltext.getDelayed())[0]?.delay).toBeGreaterThanOrEqual(1_800_000);
    const rested = await takeTurn(store, new URL(base).host, 'x', { now: Date.now(), concurrency: 1, intervalMs: 0 });
    expect(rested.kind).toBe(retryAfter === 'host' ? 'rest' : 'start');
  });

  it('takes the text of the feed at once where the server asks for longer than readers wait', async () => {
    pages.set('/feed.xml', feed('/n/1.html'));
    busy.set('/n/1.html', '7200');
    expect(await pollWith({})).toContain('合肥市今天开通三条公交线路');
    expect(asked).toEqual(['/feed.xml', '/n/1.html']);
  });

  it('asks no page of a host that rests for so long', async () => {
    pages.set('/feed.xml', feed('/n/1.html'));
    start({});
    await restHost(store, new URL(base).host, Date.now() + 7_200_000, Date.now());
    await addPolls(queues, ['a'], 'asked');
    await until(async () => (await readTotals(store)).entries === 1, 'the entry');
    expect(asked).toEqual(['/feed.xml']);
  });

  it('tries a page again that does not come, as a job of its own', async () => {
    pages.set('/feed.xml', feed('/n/1.html'));
    start({});
    await addPolls(queues, ['a'], 'asked');
    await until(async () => (await queues.fulltext.getDelayed()).length === 1, 'the second try');
    const [job] = await queues.fulltext.getDelayed();
    expect(job?.failedReason).toContain('404');
    // The last try falls back to what the feed said.
    await until(async () => {
      for (const waiting of await queues.fulltext.getDelayed()) await waiting.promote().catch(() => undefined);
      return (await readTotals(store)).entries === 1;
    }, 'the entry');
    expect(asked.filter((path) => path === '/n/1.html')).toHaveLength(4);
  });
});
