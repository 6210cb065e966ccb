/** Pages without selectors over many polls: redesigned, replaced, walled off, and back again. */
import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { addPolls, closeQueues, openQueues, type Queues } from '../../src/jobs/queues.ts';
import type { SourceState } from '../../src/model/source.ts';
import { say } from '../../src/reasons/render.ts';
import { keys, type Store } from '../../src/store/redis/keys.ts';
import { readSourceState } from '../../src/store/sources/sources.ts';
import { readEdition } from '../../src/store/stories/stories.ts';
import { count, frame, headline, list, prose } from '../feed/listpage/samplesite.ts';
import { makeConfig, makeEdition, makeSource } from '../support/configs.ts';
import { endServer, listenOnLoopback } from '../support/loopback.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { startWorking, type Working } from '../support/working.ts';

let redis: TestRedis;
let store: Store;
let queues: Queues;
let workers: Working;
let base = '';
let answer: { status?: number; body: string };
const server = createServer((_request, response) =>
  response.writeHead(answer.status ?? 200, { 'content-type': 'text/html; charset=utf-8' }).end(answer.body),
);

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
  const sources = [makeSource({ id: 'town', url: `${base}/xwzx/`, kind: 'auto' })];
  const config = makeConfig({ sources, editions: [makeEdition({ id: 'all' })] });
  workers = startWorking(config, { connection: redis.connect(), store, queues });
});
afterEach(async () => {
  await workers.stop();
  await closeQueues(queues);
});

async function poll(body: string, status = 200): Promise<SourceState> {
  answer = { body, status };
  const before = (await readSourceState(store, 'town')).polls.length;
  await addPolls(queues, ['town'], 'asked');
  await until(async () => (await readSourceState(store, 'town')).polls.length > before, 'the poll');
  await until(async () => {
    const counts = await queues.ingest.getJobCounts('waiting', 'active', 'delayed');
    return Object.values(counts).every((jobs) => jobs === 0);
  }, 'the ingest');
  return readSourceState(store, 'town');
}

const entries = (): Promise<number> => store.redis.zcard(keys.entries(store));
const why = ({ lastError }: SourceState): string => (lastError === null ? '' : say(lastError, 'en'));
const row = (path: string, n: number, day = '2026-11-20'): string =>
  `<li><a href="${path}">${headline(n)}</a><span>${day}</span></li>`;
const page = (first: number, day?: string): string =>
  frame(list(10, (n) => row(`/xwzx/${4000 + first + n}.html`, first + n, day)));
const elsewhere = (first: number): string =>
  frame(
    list(
      10,
      (n) => `<dl><dt><a href="/news/detail?id=${99_000 + first + n}">${headline(first + n)}</a></dt></dl>`,
      '<div class="newsbox">',
      '</div>',
    ),
  );

test('another list waits for a second poll, and what it brings that is older is not news of now', async () => {
  await poll(page(0));
  const good = (await poll(page(0))).page;
  expect([await entries(), good?.unchanged]).toEqual([10, 1]);
  const doubted = await poll(elsewhere(40));
  expect(why(doubted)).toMatch(/^another list stands here \(10 items .*\); waiting for a second poll$/);
  expect(await entries()).toBe(10);
  const healed = await poll(elsewhere(40));
  expect([healed.failures, await entries(), healed.page?.healedAt === null]).toEqual([0, 20, false]);
  expect(healed.freshAt).toBeLessThan(good?.goodAt ?? 0);
  const stories = await readEdition(store, 'all', { offset: 0, limit: 30, since: null });
  const added = new Set(count(10).map((n) => headline(40 + n)));
  const undated = stories.filter(({ lead }) => added.has(lead.title));
  expect(undated.map(({ story }) => story.orderAt)).toEqual(count(10).map(() => good?.goodAt));
});

test('classes, tags and a new navigation change neither ids nor news', async () => {
  await poll(page(0));
  const changed = page(0)
    .replaceAll('<li>', '<div class="x">')
    .replaceAll('</li>', '</div>')
    .replaceAll(/<\/?ul[^>]*>/g, '');
  const healed = await poll(changed);
  expect([await entries(), why(healed), healed.page?.healedAt === null]).toEqual([10, '', false]);
});

test('ids ignore scheme, tracking and what names a session', async () => {
  await poll(page(0));
  const host = base.replace('http://', '');
  const marked = page(0).replaceAll(
    /href="(\/xwzx\/4\d+\.html)"/g,
    `href="https://${host}$1;jsessionid=0A1B2C?utm_source=home&spm=a1.b2"`,
  );
  expect(why(await poll(marked))).toBe('');
  expect(await entries()).toBe(10);
});

test('what stands in place of the list is named each time, and the list comes back by itself', async () => {
  await poll(page(0));
  const empty = frame('<div class="list"><p>暂无相关信息</p></div>');
  const article = frame(`<h1>${headline(3)}</h1><p>来源：青禾日报 2026-11-27</p>${prose(9)}`);
  const captcha = '<html><body><form><p>请输入验证码后继续访问</p><input name="captcha"></form></body></html>';
  const waf = '<html><head><title>403</title></head><body><h1>您的请求已被Web应用防火墙（WAF）拦截</h1></body></html>';
  const moved = '<html><body><p>本站已整体迁移至新网址，请更新您的收藏。</p></body></html>';
  const named: string[] = [];
  for (const [body, status] of [
    [waf, 200],
    [waf, 403],
    [empty, 200],
    [article, 200],
    [captcha, 200],
    [moved, 200],
    [frame(''), 200],
  ] as const)
    named.push(why(await poll(body, status)));
  expect(named).toEqual([
    'got a page that refuses access (a firewall) instead of a list of news',
    expect.stringMatching(/403/),
    'the channel is empty, as its page says',
    'the page is an article, not a list of news',
    'got a captcha page instead of a list of news',
    'the page is a notice that the site has moved or is being rebuilt',
    expect.stringMatching(/navigation only$/),
  ]);
  const back = await poll(page(2));
  expect([why(back), back.failures, await entries()]).toEqual(['', 0, 12]);
});
