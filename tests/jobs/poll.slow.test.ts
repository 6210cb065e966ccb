import { reason } from '../../src/reasons/catalogue.ts';
import { say } from '../../src/reasons/render.ts';
import { createServer, type RequestListener } from 'node:http';
import { type Logger, pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addPolls, closeQueues, openQueues, type Queues } from '../../src/jobs/queues.ts';
import { readSpam } from '../../src/store/sources/habits.ts';
import { readTotals } from '../../src/store/ledger/figures.ts';
import { keys, type Store } from '../../src/store/redis/keys.ts';
import { readEdition } from '../../src/store/stories/stories.ts';
import { readKnown } from '../../src/store/sources/seen.ts';
import { readSourceState, setDue } from '../../src/store/sources/sources.ts';
import type { Config } from '../../src/model/config.ts';
import { endServer, listenOnLoopback } from '../support/loopback.ts';
import { makeConfig, makeSource } from '../support/configs.ts';
import { until } from '../support/until.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { startWorking, type Working } from '../support/working.ts';

let redis: TestRedis;
let store: Store;
let queues: Queues;
let answer: RequestListener;
let workers: Working;
let requests: { at: number; path: string; headers: Record<string, unknown> }[];

const server = createServer((request, response) => {
  requests.push({ at: Date.now(), path: request.url ?? '', headers: request.headers });
  answer(request, response);
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
  requests = [];
});
afterEach(async () => {
  await workers.stop();
  await closeQueues(queues);
});

const NEXT = Date.UTC(2030, 0, 1);

function run(config: Config, nextFiring = NEXT, log?: Logger): void {
  const own = log === undefined ? {} : { log };
  workers = startWorking(config, { connection: redis.connect(), store, queues, nextFiring: () => nextFiring, ...own });
}

async function poll(...sources: string[]): Promise<void> {
  const count = async () => (await queues.poll.getCompletedCount()) + (await queues.poll.getFailedCount());
  const before = await count();
  await addPolls(queues, sources, 'asked');
  await until(async () => (await count()) - before === sources.length, 'the polls');
  await until(async () => {
    const { waiting, active, delayed } = await queues.ingest.getJobCounts('waiting', 'active', 'delayed');
    return waiting === 0 && active === 0 && delayed === 0;
  }, 'the ingests');
}

const item = (id: string, title: string) =>
  `<item><guid isPermaLink="false">${id}</guid><title>${title}</title><link>https://news.example/${id}</link></item>`;
const feed = (...items: string[]) =>
  `<rss version="2.0"><channel><title>样报</title><link>https://news.example/</link>${items.join('')}</channel></rss>`;

/** Of source `a`: the lines that tell which items are known again. */
async function readLines(): Promise<string[]> {
  return ((await readKnown(store, 'a')) ?? '').split('\n').slice(1);
}

async function noteLines(lines: readonly string[]): Promise<void> {
  const [head = ''] = ((await readKnown(store, 'a')) ?? '').split('\n');
  await store.redis.hset(keys.source(store, 'a'), 'known', [head, ...lines].join('\n'));
}

describe('runPoll', () => {
  it.each([150, 250, 333, 990])('polls at any pace that the settings take: %i ms', async (perHostIntervalMs) => {
    answer = (_request, response) => response.writeHead(200).end(feed(item('1', '合肥地铁开通')));
    run(makeConfig({ sources: [makeSource({ id: 'a', url: `${base}/a` })], fetch: { perHostIntervalMs } }));
    await poll('a');
    expect((await readSourceState(store, 'a')).lastSuccessAt).not.toBeNull();
  });

  it('logs once what breaks every poll, and shows it on each source', async () => {
    answer = (_request, response) => response.writeHead(200).end(feed(item('1', '合肥地铁开通')));
    const lines: string[] = [];
    const log = pino({ level: 'error' }, { write: (line: string) => void lines.push(line) });
    const ids = ['a', 'b', 'c'];
    const sources = ids.map((id) => makeSource({ id, url: `${base}/${id}` }));
    // A damaged key of the host's pace, which every poll needs.
    await store.redis.set(keys.pace(store, new URL(base).host), 'damaged');
    run(makeConfig({ sources }), NEXT, log);
    await poll(...ids);
    for (const id of ids) {
      await until(async () => (await readSourceState(store, id)).failures === 1, 'the failure on its source');
      const { lastError, polls } = await readSourceState(store, id);
      expect(say(lastError ?? '', 'zh')).toMatch(/^本机出错，抓取没有完成：.*WRONGTYPE/);
      expect(polls).toHaveLength(1);
    }
    expect(lines.filter((line) => line.includes('job failed'))).toHaveLength(1);
    expect(lines.join('')).toContain('WRONGTYPE');
  });

  it('commits what is new, then asks conditionally, and sends nothing on for a 304', async () => {
    answer = (request, response) => {
      if (request.headers['if-none-match'] === '"v1"') response.writeHead(304).end();
      else response.writeHead(200, { etag: '"v1"' }).end(feed(item('1', '合肥地铁开通'), item('2', '北京天气晴')));
    };
    run(makeConfig({ sources: [makeSource({ id: 'a', url: `${base}/a` })] }));
    await poll('a');
    expect(await readTotals(store)).toMatchObject({ entries: 2, kept: 1, dropped: 1 });
    await poll('a');
    expect(requests.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"v1"']);
    const after = await readSourceState(store, 'a');
    expect(after.polls.map(({ outcome, fresh, items }) => [outcome, fresh, items])).toEqual([
      ['unmodified', 0, null],
      ['modified', 2, 2],
    ]);
    expect((await readTotals(store)).entries).toBe(2);
    expect((after.nextPollAt ?? 0) - Date.now()).toBeGreaterThan(10 * 60_000);
  });

  it('sends on only the item that changed', async () => {
    const items = [item('1', '合肥地铁开通'), item('2', '芜湖公园开放')];
    answer = (_request, response) => response.end(feed(...items));
    run(makeConfig({ sources: [makeSource({ id: 'a', url: `${base}/a` })] }));
    await poll('a');
    items[1] = item('2', '芜湖公园延期开放');
    await poll('a');
    const { polls } = await readSourceState(store, 'a');
    expect(polls.map(({ fresh }) => fresh)).toEqual([1, 2]);
    expect((await readTotals(store)).entries).toBe(2);
  });

  it('leaves out what recurs on a source’s entries, also at the next poll, and counts the entries that bore spam', async () => {
    const footer = '合肥样报每天为您梳理本地要闻，欢迎拨打读者服务专线与我们联系。';
    const subjects = ['湿地', '地铁', '博物馆', '粮食', '港口', '高校', '医院', '古桥'];
    const told = (n: number, subject: string, spam: string) =>
      `<item><guid isPermaLink="false">${n}</guid><title>合肥${subject}${'迎来完成换上公布增加招募通过推迟'.slice(2 * n, 2 * n + 2)}</title><pubDate>${new Date(Date.UTC(2026, 2, 2 + n)).toUTCString()}</pubDate><description><![CDATA[<p>${subject}的负责人在合肥接受了采访，谈到接下来半年的打算。</p><p>附近的居民说，${subject}变样之后日子方便多了。</p>${spam}<p>${footer}</p>]]></description></item>`;
    const items = subjects
      .slice(0, 7)
      .map((subject, n) => told(n, subject, n < 3 ? '<p>澳门新葡京娱乐城官网开户</p>' : ''));
    answer = (_request, response) => response.end(feed(...items));
    run(makeConfig({ sources: [makeSource({ id: 'a', url: `${base}/a` })] }));
    await poll('a');
    items.push(told(7, subjects[7] ?? '', ''));
    await poll('a');
    const rows = await readEdition(store, 'delta', { offset: 0, limit: 20, since: null });
    expect(rows.length).toBe(8);
    expect(rows.filter(({ lead }) => lead.text.includes(footer))).toEqual([]);
    expect(await readSpam(store)).toEqual(new Map([['a', { spammed: 3, entries: 8 }]]));
  });

  it('keeps the state of a failing source: reason, count, a later next poll, and the validators', async () => {
    let broken = false;
    answer = (_request, response) => {
      if (broken) response.writeHead(503, { 'retry-after': '7200' }).end('later');
      else response.writeHead(200, { etag: '"v1"' }).end(feed(item('1', '合肥地铁开通')));
    };
    run(makeConfig({ sources: [makeSource({ id: 'a', url: `${base}/a` })] }));
    await poll('a');
    broken = true;
    await poll('a');
    const failed = await readSourceState(store, 'a');
    expect(failed).toMatchObject({
      failures: 1,
      lastError: expect.objectContaining({ code: 'fetch.status.wait' }),
      validators: { etag: '"v1"' },
    });
    expect((failed.nextPollAt ?? 0) - Date.now()).toBeGreaterThan(100 * 60_000);
    expect(failed.nextWhy).toMatchObject({ code: 'poll.server-asked' });
    const [job] = await queues.poll.getFailed();
    expect(job?.failedReason).toContain('503');
    broken = false;
    await poll('a');
    expect(await readSourceState(store, 'a')).toMatchObject({ failures: 0, lastError: null });
  });

  it('notes how long a document was, also one whose bytes went over to a thread', async () => {
    const documents = [feed(item('1', '合肥地铁开通')), feed(item('1', '合肥地铁开通'.repeat(2_000)))];
    let polls = 0;
    answer = (_request, response) => response.end(documents[polls++]);
    const config = makeConfig({ sources: [makeSource({ id: 'a', url: `${base}/a` })] });
    run({ ...config, settings: { ...config.settings, threads: { count: 1, timeoutMs: 20_000 } } });
    await poll('a');
    await poll('a');
    const { polls: noted } = await readSourceState(store, 'a');
    expect(noted.map(({ bytes }) => bytes)).toEqual(documents.map((one) => Buffer.byteLength(one)).toReversed());
  });

  it('asks again, whole, for a document that broke off, until it comes so twice', async () => {
    const whole = feed(item('1', '合肥地铁开通'), item('2', '芜湖公园开放'));
    const cut = Buffer.byteLength(whole.slice(0, whole.lastIndexOf('<title>')));
    let bytes = cut;
    answer = (_request, response) => {
      // Node would not send more than it announces.
      const head = `HTTP/1.1 200 OK\r\nETag: "${bytes}"\r\nContent-Length: ${bytes}\r\n\r\n`;
      response.socket?.end(head + whole);
    };
    run(makeConfig({ sources: [makeSource({ id: 'a', url: `${base}/a` })] }));
    await poll('a');
    expect((await readTotals(store)).entries).toBe(1);
    await poll('a');
    bytes = Buffer.byteLength(whole);
    await poll('a');
    await poll('a');
    expect(requests.map(({ headers }) => headers['if-none-match'])).toEqual([
      undefined,
      undefined,
      `"${cut}"`,
      `"${bytes}"`,
    ]);
    const { polls, failures } = await readSourceState(store, 'a');
    expect(polls.map(({ outcome, items }) => [outcome, items])).toEqual([
      ['unmodified', null],
      ['modified', 2],
      ['unmodified', null],
      ['modified', 1],
    ]);
    expect(failures).toBe(0);
    expect((await readTotals(store)).entries).toBe(2);
  });

  it('fails where a document breaks off before its first item', async () => {
    answer = (_request, response) => response.end('<rss version="2.0"><channel><title>样报</ti');
    run(makeConfig({ sources: [makeSource({ id: 'a', url: `${base}/a` })] }));
    await poll('a');
    expect(await readSourceState(store, 'a')).toMatchObject({
      failures: 1,
      lastError: reason('feed.parse.cut'),
      validators: { etag: null, bodyHash: null },
    });
  });

  it('forgets the validators of a document that it could not read', async () => {
    answer = (_request, response) =>
      response.writeHead(200, { etag: '"v1"', 'content-type': 'text/html' }).end('<html><title>登录</title></html>');
    run(makeConfig({ sources: [makeSource({ id: 'a', url: `${base}/a` })] }));
    await poll('a');
    expect(await readSourceState(store, 'a')).toMatchObject({ changed: true, failures: 1, validators: { etag: null } });
  });

  it('pauses a source that is gone', async () => {
    answer = (_request, response) => response.writeHead(410).end();
    run(makeConfig({ sources: [makeSource({ id: 'a', url: `${base}/a` })] }));
    await setDue(store, [{ id: 'a', at: Date.now() }], 'replace');
    await poll('a');
    expect(await readSourceState(store, 'a')).toMatchObject({ gone: true, nextPollAt: null });
  });

  it('counts a permanent redirect', async () => {
    answer = (request, response) => {
      if (request.url === '/old') response.writeHead(301, { location: '/new' }).end();
      else response.end(feed(item('1', '合肥地铁开通')));
    };
    run(makeConfig({ sources: [makeSource({ id: 'a', url: `${base}/old` })] }));
    await poll('a');
    await poll('a');
    expect(await readSourceState(store, 'a')).toMatchObject({ movedTo: `${base}/new`, movedCount: 2 });
  });

  it('asks a source that moved at its new address at once, and leaves there what was meant for the old server', async () => {
    answer = (request, response) => {
      const old = request.headers.host?.startsWith('localhost') !== true;
      if (old) response.writeHead(301, { location: `${base.replace('127.0.0.1', 'localhost')}/new` }).end();
      else response.end(feed(item('1', '合肥地铁开通')));
    };
    const source = makeSource({ id: 'a', url: `${base}/old`, headers: { Cookie: 'secret' } });
    run(makeConfig({ sources: [source], fetch: { allowAddresses: ['127.0.0.0/8', '::1/128'] } }));
    await poll('a');
    await poll('a');
    expect(requests.map(({ path, headers }) => [path, headers['cookie']])).toEqual([
      ['/old', 'secret'],
      ['/new', undefined],
      ['/new', undefined],
    ]);
  });

  it('holds back what another site sends in its place, until the address is configured', async () => {
    const other = base.replace('127.0.0.1', 'localhost');
    let moved = false;
    answer = (request, response) => {
      const parked = request.headers.host?.startsWith('localhost') === true;
      if (parked) response.end(feed(item('x1', '优惠大促销'), item('x2', '注册送好礼')));
      else if (moved) response.writeHead(301, { location: `${other}/parked` }).end();
      else response.end(feed(item('1', '合肥地铁开通'), item('2', '芜湖天气晴')));
    };
    const config = (url: string) =>
      makeConfig({ sources: [makeSource({ id: 'a', url })], fetch: { allowAddresses: ['127.0.0.0/8', '::1/128'] } });
    run(config(`${base}/a`));
    await poll('a');
    moved = true;
    await poll('a');
    await poll('a');
    expect(await readTotals(store)).toMatchObject({ entries: 2 });
    const { lastError, changed } = await readSourceState(store, 'a');
    expect([say(lastError ?? '', 'en'), changed]).toEqual([expect.stringContaining(`${other}/parked`), true]);
    await workers.stop();
    run(config(`${other}/parked`));
    await poll('a');
    expect(await readTotals(store)).toMatchObject({ entries: 4 });
  });

  it('takes the error of a bridge for a failed poll, and no news', async () => {
    let broken = false;
    answer = (_request, response) =>
      response.end(feed(item('1', broken ? 'Bridge returned error 500! (20642)' : '合肥地铁开通')));
    run(makeConfig({ sources: [makeSource({ id: 'a', url: `${base}/a` })] }));
    await poll('a');
    broken = true;
    await poll('a');
    expect(await readSourceState(store, 'a')).toMatchObject({
      failures: 1,
      lastError: { code: 'poll.bridge-error', params: { said: 'Bridge returned error 500! (20642)' } },
    });
    expect(await readTotals(store)).toMatchObject({ entries: 1 });
  });

  it.each<readonly [string, number, Record<string, string>, number]>([
    ['asks too often by its own account, and not for how long', 429, {}, 14 * 60_000],
    ['is refused for a time', 403, { 'retry-after': '3600' }, 3_500_000],
  ])('leaves a host alone that it %s', async (_name, status, headers, leastMs) => {
    answer = (_request, response) => response.writeHead(status, headers).end();
    const sources = ['a', 'b'].map((id) => makeSource({ id, url: `${base}/${id}` }));
    run(makeConfig({ sources }));
    await poll('a');
    await addPolls(queues, ['b'], 'schedule');
    await until(async () => (await queues.poll.getCompletedCount()) === 1, 'the poll that is put off');
    expect(requests.map(({ path }) => path)).toEqual(['/a']);
    expect(((await readSourceState(store, 'b')).nextPollAt ?? 0) - Date.now()).toBeGreaterThan(leastMs);
  });

  it('takes 410 at the new address for no word on the source, and asks the old one again', async () => {
    let gone = false;
    answer = (request, response) => {
      if (request.url === '/old') response.writeHead(gone ? 200 : 301, gone ? {} : { location: '/new' }).end(feed());
      else if (gone) response.writeHead(410).end();
      else response.end(feed(item('1', '合肥地铁开通')));
    };
    run(makeConfig({ sources: [makeSource({ id: 'a', url: `${base}/old` })] }));
    await poll('a');
    gone = true;
    await poll('a');
    expect(await readSourceState(store, 'a')).toMatchObject({ gone: false, failures: 1, movedTo: null });
    await poll('a');
    expect(requests.at(-1)?.path).toBe('/old');
  });

  it('leaves a host alone that asked for it, for all sources on it, unless a person asks', async () => {
    answer = (request, response) => {
      if (request.url === '/a') response.writeHead(429, { 'retry-after': '3600' }).end();
      else response.end(feed(item('1', '合肥地铁开通')));
    };
    const sources = ['a', 'b'].map((id) => makeSource({ id, url: `${base}/${id}` }));
    run(makeConfig({ sources }));
    await poll('a');
    const done = await queues.poll.getCompletedCount();
    await addPolls(queues, ['b'], 'schedule');
    await until(async () => (await queues.poll.getCompletedCount()) > done, 'the poll that is put off');
    expect(requests.map(({ path }) => path)).toEqual(['/a']);
    const b = await readSourceState(store, 'b');
    expect(b).toMatchObject({ failures: 0, nextWhy: expect.objectContaining({ code: 'poll.host-rests' }) });
    expect((b.nextPollAt ?? 0) - Date.now()).toBeGreaterThan(3_500_000);
    await poll('b');
    expect(requests.map(({ path }) => path)).toEqual(['/a', '/b']);
  });

  it('leaves alone only the address that asked for it, where that is configured', async () => {
    answer = (request, response) => {
      if (request.url === '/a') response.writeHead(503, { 'retry-after': '3600' }).end();
      else response.end(feed(item('1', '合肥地铁开通')));
    };
    const sources = ['a', 'b'].map((id) => makeSource({ id, url: `${base}/${id}` }));
    run(makeConfig({ sources, fetch: { retryAfter: 'address' } }));
    await poll('a');
    await addPolls(queues, ['b'], 'schedule');
    await until(() => requests.length === 2, 'the other poll');
    expect(requests.map(({ path }) => path)).toEqual(['/a', '/b']);
  });

  it.each([
    [
      'that fails, by back-off',
      404,
      {},
      13 * 60_000,
      'back-off of 14 minutes; from then on by schedule, every minute (* * * * *)',
    ],
    ['that was asked to wait', 503, { 'retry-after': '7200' }, 7_100_000, 'the server asked to come back in 2 hours'],
  ])('passes over firings of a cron source %s', async (_name, status, headers, leastMs, why) => {
    answer = (_request, response) => response.writeHead(status, headers).end();
    const source = makeSource({ id: 'a', url: `${base}/a`, schedule: '* * * * *' });
    run(makeConfig({ sources: [source], fetch: { retryAfter: 'address' } }), Date.now() + 60_000);
    await poll('a');
    const done = await queues.poll.getCompletedCount();
    await addPolls(queues, ['a'], 'schedule');
    await until(async () => (await queues.poll.getCompletedCount()) > done, 'the firing that is passed over');
    expect(requests).toHaveLength(1);
    const { nextPollAt, nextWhy } = await readSourceState(store, 'a');
    expect((nextPollAt ?? 0) - Date.now()).toBeGreaterThan(leastMs);
    expect(say(nextWhy ?? '', 'en')).toContain(why);
    // A person's asking is no firing, and a source that answers is asked at the next one again.
    answer = (_request, response) => response.end(feed(item('1', '合肥地铁开通')));
    await poll('a');
    await addPolls(queues, ['a'], 'schedule');
    await until(() => requests.length === 3, 'the poll by schedule');
  });

  it('leaves the host alone that answered, not the one that redirected there', async () => {
    const other = base.replace('127.0.0.1', 'localhost');
    answer = (request, response) => {
      if (request.url === '/a') response.writeHead(302, { location: `${other}/busy` }).end();
      else if (request.url === '/busy') response.writeHead(503, { 'retry-after': '3600' }).end();
      else response.end(feed(item('1', '合肥地铁开通')));
    };
    const sources = [`${base}/a`, `${base}/b`, `${other}/c`].map((url) => makeSource({ id: url.slice(-1), url }));
    run(makeConfig({ sources, fetch: { allowAddresses: ['127.0.0.0/8', '::1/128'] } }));
    await poll('a');
    await addPolls(queues, ['b', 'c'], 'schedule');
    await until(async () => (await queues.poll.getCompletedCount()) === 2, 'the other polls');
    expect(requests.map(({ path }) => path)).toEqual(['/a', '/busy', '/b']);
  });

  it('asks no source by schedule that is gone, until its address changes', async () => {
    answer = (request, response) => {
      if (request.url === '/a') response.writeHead(410).end();
      else response.end(feed(item('1', '合肥地铁开通')));
    };
    run(makeConfig({ sources: [makeSource({ id: 'a', url: `${base}/a`, schedule: '0 * * * *' })] }));
    await poll('a');
    await addPolls(queues, ['a'], 'schedule');
    await until(async () => (await queues.poll.getCompletedCount()) === 1, 'the poll that is none');
    expect(requests).toHaveLength(1);
    workers.state.setConfig(
      makeConfig({ sources: [makeSource({ id: 'a', url: `${base}/b`, schedule: '0 * * * *' })] }),
    );
    await addPolls(queues, ['a'], 'schedule');
    await until(() => requests.length === 2, 'the poll of the new address');
    await until(async () => !(await readSourceState(store, 'a')).gone, 'its state');
  });

  it('says of a feed that lost its items that it changed, over 304 too', async () => {
    let items = [item('1', '合肥地铁开通')];
    answer = (request, response) => {
      const etag = `"${items.length}"`;
      if (request.headers['if-none-match'] === etag) response.writeHead(304).end();
      else response.writeHead(200, { etag }).end(feed(...items));
    };
    run(makeConfig({ sources: [makeSource({ id: 'a', url: `${base}/a` })] }));
    await poll('a');
    items = [];
    await poll('a');
    await poll('a');
    const empty = await readSourceState(store, 'a');
    expect(empty).toMatchObject({
      changed: true,
      failures: 0,
      troubled: 2,
      lastError: reason('feed.parse.emptied'),
    });
    expect(empty.polls[0]?.outcome).toBe('unmodified');
    items = [item('1', '合肥地铁开通')];
    await poll('a');
    expect(await readSourceState(store, 'a')).toMatchObject({ changed: false, troubled: 0, lastError: null });
  });

  it('says of a feed that gave way to a page of news that it changed, and takes nothing of the page', async () => {
    const rows = Array.from(
      { length: 20 },
      (_, n) => `<li><a href="/n/2026/${1000 + n}.html">合肥第${n}座公园今天开放</a></li>`,
    );
    let page = false;
    answer = (_request, response) => {
      response.writeHead(200, { 'content-type': page ? 'text/html' : 'text/xml' });
      response.end(page ? `<html><body><ul>${rows.join('')}</ul></body></html>` : feed(item('1', '合肥地铁开通')));
    };
    run(makeConfig({ sources: [makeSource({ id: 'a', url: `${base}/a`, kind: 'auto' })] }));
    await poll('a');
    page = true;
    await poll('a');
    const state = await readSourceState(store, 'a');
    expect(state).toMatchObject({ changed: true, failures: 1, format: 'rss' });
    expect(state.polls[0]).toMatchObject({ outcome: 'failed', items: null });
  });

  it('knows again the items that stand unchanged in the next document, and reads all of it where the store says otherwise', async () => {
    const numbers = [1, 2, 3];
    answer = (_request, response) =>
      response.end(feed(...numbers.map((n) => item(`urn:${n}`, `合肥地铁${n}号线开通`))));
    run(makeConfig({ sources: [makeSource({ id: 'a', url: `${base}/a` })] }));
    await poll('a');
    const marks = await store.redis.hgetall(keys.seen(store, 'a'));
    expect(await readLines()).toHaveLength(3);
    // What is known of one item is wrong, for it was not read again: that is found, and set right.
    const [first = '', ...others] = await readLines();
    await noteLines([first.replace(/ 3\.[^.]+/, ' 3.otherwise000'), ...others]);
    numbers.unshift(4);
    await poll('a');
    expect(await store.redis.hgetall(keys.seen(store, 'a'))).toMatchObject(marks);
    expect(await readTotals(store)).toMatchObject({ entries: 4 });
    expect((await readLines()).toSpliced(0, 1)).toEqual([first, ...others]);
    // What is stored of one item is wrong: it has changed, and is taken as the document has it.
    const [id = ''] = Object.keys(marks);
    await store.redis.hset(keys.seen(store, 'a'), id, (marks[id] ?? '').replace(/^3\.[^.]+/, '3.otherwise000'));
    numbers.unshift(5);
    await poll('a');
    const { polls, lastError } = await readSourceState(store, 'a');
    expect([lastError, polls[0]?.fresh]).toEqual([null, 2]);
    expect(await store.redis.hgetall(keys.seen(store, 'a'))).toMatchObject(marks);
    expect(
      (await readEdition(store, 'delta', { offset: 0, limit: 20, since: null })).map(({ lead }) => lead.title),
    ).not.toContain('');
  });

  it('does not know again what its quotas keep away', async () => {
    answer = (_request, response) =>
      response.end(feed(...[1, 2, 3].map((n) => item(`urn:${n}`, `合肥地铁${n}号线开通`))));
    run(makeConfig({ sources: [makeSource({ id: 'a', url: `${base}/a`, quotas: { newPerPoll: 1 } })] }));
    for (const count of [1, 2, 3]) {
      await poll('a');
      expect(await readLines()).toHaveLength(count);
      expect(await readTotals(store)).toMatchObject({ entries: count });
    }
  });

  it('says of an rsshub address without a base what to set', async () => {
    run(makeConfig({ sources: [makeSource({ id: 'a', url: 'rsshub://zjol/paper/zjrb' })] }));
    await poll('a');
    expect((await readSourceState(store, 'a')).lastError).toEqual(reason('fetch.address.no-rsshub'));
    expect(requests).toEqual([]);
  });

  it('skips a source that is disabled', async () => {
    run(makeConfig({ sources: [makeSource({ id: 'a', url: `${base}/a`, enabled: false })] }));
    await poll('a');
    expect(requests).toEqual([]);
  });

  it('keeps the pace of one host over all its sources', async () => {
    answer = (_request, response) => response.end(feed(item('1', '合肥地铁开通')));
    const sources = Array.from({ length: 6 }, (_, i) => makeSource({ id: `s${i}`, url: `${base}/s${i}` }));
    run(makeConfig({ sources, fetch: { perHostIntervalMs: 300, perHostConcurrency: 1 } }));
    await poll(...sources.map(({ id }) => id));
    const times = requests.map(({ at }) => at).sort((a, b) => a - b);
    const gaps = times.slice(1).map((time, i) => time - (times[i] ?? 0));
    expect(gaps).toHaveLength(5);
    // Starts are 300 ms apart; on a busy machine each arrives somewhat later than it started.
    expect(Math.min(...gaps)).toBeGreaterThan(100);
    expect(gaps.reduce((sum, gap) => sum + gap)).toBeGreaterThan(4.3 * 300);
  });
});
