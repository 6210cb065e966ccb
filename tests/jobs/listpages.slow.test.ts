/** Pages without selectors over many polls: redesigned, replaced, walled off, and back again. */
import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { addPolls, closeQueues, openQueues, type Queues } from '../../src/jobs/queues.ts';
import type { SourceState } from '../../src/model/source.ts';
import { tellPage } from '../../src/sources/pagememory.ts';
import { say } from '../../src/reasons/render.ts';
import { keys, type Store } from '../../src/store/redis/keys.ts';
import { readSourceState } from '../../src/store/sources/sources.ts';
import { readAnnounced, readEdition } from '../../src/store/stories/stories.ts';
import { count, frame, headline, list, prose } from '../feed/listpage/samplesite.ts';
import { beijingDate } from '../../src/text/time.ts';
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
let now: number;
let answer: { status?: number; body: string };
/** Pages by path; others are answered with `answer`. */
let papers: Map<string, string>;
let asked: string[];
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://a.cn');
  asked.push(pathname);
  const paper = papers.get(pathname);
  const { status = 200, body } = pathname.startsWith('/paper/')
    ? { status: paper === undefined ? 404 : 200, body: paper ?? '' }
    : answer;
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(body);
});

beforeAll(async () => {
  redis = await startRedis();
  base = await listenOnLoopback(server);
});
afterAll(async () => {
  await endServer(server);
  await redis.stop();
});
beforeEach(() => {
  [papers, asked, now] = [new Map(), [], Date.parse('2026-11-27T06:00:00+08:00')];
  store = redis.store();
  queues = openQueues(store.redis, store.prefix);
  const sources = [
    makeSource({ id: 'town', url: `${base}/xwzx/`, kind: 'auto' }),
    makeSource({ id: 'full', url: `${base}/paper/full/`, kind: 'page', fullText: true }),
    makeSource({ id: 'paper', url: `${base}/paper/{YYYYMM}/{DD}/node_01.html`, kind: 'auto' }),
  ];
  const config = makeConfig({ sources, editions: [makeEdition({ id: 'all' })] });
  workers = startWorking(config, { connection: redis.connect(), store, queues, now: () => now });
});
afterEach(async () => {
  await workers.stop();
  await closeQueues(queues);
});

function poll(body: string, status = 200): Promise<SourceState> {
  answer = { body, status };
  return pollSource('town');
}

async function pollSource(id: string): Promise<SourceState> {
  now += 60_000;
  const before = (await readSourceState(store, id)).polls.length;
  await addPolls(queues, [id], 'asked');
  await until(async () => (await readSourceState(store, id)).polls.length > before, 'the poll');
  await until(async () => {
    const counts = await queues.ingest.getJobCounts('waiting', 'active', 'delayed');
    return Object.values(counts).every((jobs) => jobs === 0);
  }, 'the ingest');
  return readSourceState(store, id);
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
  expect(healed.page === null ? '' : say(tellPage(healed.page), 'en')).toMatch(
    /^a list of 10 items, 0% with a date; found again at /,
  );
  expect([healed.failures, await entries(), healed.page?.healedAt === null]).toEqual([0, 20, false]);
  expect(healed.freshAt).toBeLessThan(good?.goodAt ?? 0);
  const stories = await readEdition(store, 'all', { offset: 0, limit: 30, since: null });
  const added = new Set(count(10).map((n) => headline(40 + n)));
  const undated = stories.filter(({ lead }) => added.has(lead.title));
  expect(undated.map(({ story }) => story.orderAt)).toEqual(count(10).map(() => good?.goodAt));
});

test('of a new page, what is old or of no day stands below what is new, and is no news', async () => {
  const rows = [
    row('/xwzx/4000.html', 0, '2026-11-27'),
    row('/xwzx/4001.html', 1, '2026-10-02'),
    ...count(4).map((n) => `<li><a href="/xwzx/${4002 + n}.html">${headline(2 + n)}</a></li>`),
  ];
  const first = await poll(frame(`<ul class="zlist">${rows.join('')}</ul>`));
  expect([why(first), first.rhythm === null, await entries()]).toEqual(['', false, 6]);
  const stories = await readEdition(store, 'all', { offset: 0, limit: 30, since: null });
  const days = stories.map(({ lead, story }) => [lead.title, beijingDate(story.orderAt)]);
  expect(days[0]).toEqual([headline(0), '2026-11-27']);
  expect(days.at(-1)).toEqual([headline(1), '2026-10-02']);
  expect(new Set(days.slice(1, -1).map(([, day]) => day))).toEqual(new Set(['2026-11-26']));
  const { all: revisions } = await readAnnounced(store);
  expect(Number(revisions?.revision) - Number(revisions?.announced)).toBe(5);
});

test('what an article itself dates today is news, though its list told no day', async () => {
  const link = (n: number): string => `/paper/full/${4000 + n}.html`;
  papers.set('/paper/full/', frame(list(6, (n) => `<li><a href="${link(n)}">${headline(n)}</a></li>`)));
  const text = (n: number): string =>
    count(6)
      .map((k) => `<p>${headline(200 + n * 6 + k)}，${headline(400 + n * 7 + k)}，这是第${n * 9 + k}回。</p>`)
      .join('');
  const dated = (n: number): string => (n === 5 ? '' : `<p>2026-11-27 0${n}:30 来源：青禾日报</p>`);
  for (const n of count(6)) papers.set(link(n), frame(`<h1>${headline(n)}</h1>${dated(n)}${text(n)}`));
  await pollSource('full');
  await until(async () => (await entries()) === 6, 'all articles', 30_000);
  const stories = await readEdition(store, 'all', { offset: 0, limit: 30, since: null });
  const days = new Map(stories.map(({ lead, story: { orderAt } }) => [lead.title, beijingDate(orderAt)]));
  expect(count(6).map((n) => days.get(headline(n)))).toEqual([...count(5).map(() => '2026-11-27'), '2026-11-26']);
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
  expect(back.page === null ? '' : say(tellPage(back.page), 'en')).toBe('a list of 10 items, 100% with a date');
  expect([why(back), back.failures, await entries()]).toEqual(['', 0, 12]);
});

/** Page `page` of three of the issue of a day, three articles each. */
function print(day: string, page: number, pages = 3): void {
  const folder = day.replace(/(\d{4})-(\d\d)-/, '$1$2/');
  const others = count(pages)
    .map((n) => `<li><a href="node_0${n + 1}.html">0${n + 1}版：要闻</a></li>`)
    .join('');
  const own = count(3).map((n) => {
    const at = Number(day.slice(8)) * 100 + page * 10 + n;
    return `<li><a href="../../../content/${folder}/c${500_000 + at}.html">${headline(at)}</a></li>`;
  });
  const staff = `<li><a href="../../../content/${folder}/c9${page}.html">本版责编：某某 某某</a></li>`;
  papers.set(
    `/paper/${folder}/node_0${page}.html`,
    `<html><head><title>青禾日报</title></head><body><div class="nav"><ul>${others}</ul></div><div class="news"><ul>${own.join('')}${staff}</ul></div></body></html>`,
  );
}

test('an e-paper is followed page by page, today’s, and yesterday’s once more', async () => {
  const day = (n: number): void => void (now = Date.parse(`2026-11-${n}T06:00:00+08:00`));
  for (const page of [1, 2, 3]) print('2026-11-26', page);
  // Before today's issue is out, yesterday's is the paper's.
  const early = await pollSource('paper');
  expect([why(early), await entries(), early.dated]).toEqual(['', 9, `${base}/paper/202611/26/node_01.html`]);
  for (const page of [1, 2, 3]) print('2026-11-27', page);
  papers.set(
    '/paper/202611/26/node_01.html',
    papers
      .get('/paper/202611/26/node_01.html')
      ?.replace('</ul></div></body>', '<li><a href="node_04.html">04版：副刊</a></li></ul></div></body>') ?? '',
  );
  print('2026-11-26', 4, 4);
  await pollSource('paper');
  expect(await entries()).toBe(21);
  asked = [];
  await pollSource('paper');
  expect(asked).toEqual(['/paper/202611/27/node_01.html']);
  day(28);
  papers.clear();
  for (const page of [1, 2]) print('2026-11-28', page);
  const lacking = await pollSource('paper');
  expect([why(lacking), await entries(), lacking.validators.bodyHash]).toEqual(['', 27, null]);
  expect(lacking.polls[0]?.repairs.map((one) => (typeof one === 'string' ? one : one.code))).toContain(
    'repair.issue.missing',
  );
  print('2026-11-28', 3);
  await pollSource('paper');
  expect(await entries()).toBe(30);
});
