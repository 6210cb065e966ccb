/** A publisher with a hub of its own on a real socket, and deltawire that has its source pushed by it. */
import { say } from '../../src/reasons/render.ts';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findAdvert } from '../../src/websub/advert.ts';
import { reachableBase } from '../../src/websub/callbackurl.ts';
import { readFollowing } from '../../src/store/websub/followings.ts';
import { isSigned, signBody } from '../../src/websub/signature.ts';
import { sweepFollowings } from '../../src/jobs/follow.ts';
import { addPolls } from '../../src/jobs/queues.ts';
import { openThreads } from '../../src/threads/pool.ts';
import { startWorkers } from '../../src/jobs/workers.ts';
import { holdInForce, type InForce } from '../../src/pipeline/inforce.ts';
import { readTotals } from '../../src/store/ledger/figures.ts';
import { dueSources, readSourceState } from '../../src/store/sources/sources.ts';
import type { Config } from '../../src/model/config.ts';
import { makeConfig, makeSource } from '../support/configs.ts';
import { until } from '../support/until.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { type RunningWeb, startWeb } from '../web/seed.ts';

describe('a source that names a hub', () => {
  const none = { hub: null, self: null };
  it.each([
    ['in its Link header', '<https://hub.example/>; rel="hub", <https://a.example/f>; rel=self', none],
    [
      'in one relation of several',
      '</f>; rel="alternate self"; title="a, b; c", <https://hub.example/>; rel=hub',
      none,
    ],
    ['in itself', undefined, { hub: 'https://hub.example/', self: 'https://a.example/f' }],
    [
      'in both, where the header counts',
      '<https://hub.example/>; rel=hub',
      { hub: 'https://old.example/', self: 'https://a.example/f' },
    ],
  ])('%s', (_name, header, document) => {
    expect(findAdvert(header, document, 'https://a.example/feed')).toEqual({
      hub: 'https://hub.example/',
      topic: 'https://a.example/f',
    });
  });

  it('without its own address is asked for by the one it was read at', () => {
    expect(findAdvert('<https://hub.example/>; rel=hub', none, 'https://a.example/f')?.topic).toBe(
      'https://a.example/f',
    );
  });

  it.each([
    ['https://hub.example/', 'https://a.example/f?token=1', false],
    ['https://hub.example/', 'https://me:1@a.example/f', false],
    ['https://a.example/hub', 'https://a.example/f?token=1', true],
    ['https://hub.example/', 'https://a.example/f?page=1', true],
  ])('%s is followed for %s: %j', (hub, address, followed) => {
    expect(findAdvert(`<${hub}>; rel=hub`, none, address) !== null).toBe(followed);
    expect(findAdvert(undefined, { hub, self: address }, 'https://b.example/') !== null).toBe(followed);
  });

  it.each([undefined, '', '<https://a.example/>; rel=next', '<mailto:hub@a.example>; rel=hub', '<>; rel=hub'])(
    'is none with %j',
    (header) => {
      expect(findAdvert(header, none, 'mailto:x')).toBeNull();
    },
  );
});

describe('the address that hubs reach', () => {
  const settings = makeConfig().settings;
  it.each([
    ['https://news.example/wire/', [], 'https://news.example/wire'],
    ['http://127.0.0.1:8480', [], null],
    ['http://localhost:8480', [], null],
    ['http://[::1]:8480', [], null],
    ['http://192.168.1.5', [], null],
    ['http://192.168.1.5', ['192.168.0.0/16'], 'http://192.168.1.5'],
    [null, [], null],
  ])('%s with %j', (baseUrl, allowAddresses, base) => {
    const server = { ...settings.server, baseUrl };
    expect(reachableBase({ server, fetch: { ...settings.fetch, allowAddresses } })).toBe(base);
  });
});

describe('a signature', () => {
  const body = Buffer.from('合肥');
  it.each(['sha1', 'sha256', 'sha384', 'sha512'])('by %s is known', (method) => {
    expect(isSigned(signBody('s', body, method), 's', body)).toBe(true);
    expect(isSigned(signBody('s', body, method).toUpperCase(), 's', body)).toBe(true);
    expect(isSigned(signBody('other', body, method), 's', body)).toBe(false);
    expect(isSigned(signBody('s', body, method).slice(0, -2), 's', body)).toBe(false);
  });
  it.each([undefined, '', 'sha256=', 'md5=d41d8cd98f00b204e9800998ecf8427e', 'x', 'sha256=zz'])(
    '%j is none',
    (text) => {
      expect(isSigned(text, 's', body)).toBe(false);
    },
  );
});

interface Asked {
  readonly at: string;
  readonly form: URLSearchParams;
}

const item = (id: string, title: string) =>
  `<item><guid isPermaLink="false">${id}</guid><title>${title}</title><link>https://news.example/${id}</link></item>`;

let redis: TestRedis;
let web: RunningWeb;
let state: InForce;
let stopWorkers: () => Promise<void>;
let asked: Asked[];
let items: string[];
let links: string;
let hubAnswer: { status: number; headers?: IncomingHttpHeaders };
let base = '';

const feed = (...some: string[]) =>
  `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>样报</title>${links}<link>https://news.example/</link>${some.join('')}</channel></rss>`;

const publisher = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    if (request.method === 'POST') {
      asked.push({ at: request.url ?? '', form: new URLSearchParams(Buffer.concat(chunks).toString()) });
      const { status, headers = {} } = request.url === '/moved' ? { status: 202 } : hubAnswer;
      response.writeHead(status, headers).end();
    } else response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(feed(...items));
  });
});

function put(over: { baseUrl?: string | null; enabled?: boolean; maxBytes?: number } = {}): void {
  const { enabled = true, maxBytes = 100_000 } = over;
  const config = makeConfig({
    sources: [makeSource({ id: 'a', url: `${base}/a`, enabled })],
    fetch: { maxBytes, timeoutMs: 20_000 },
  });
  const server = { ...config.settings.server, baseUrl: over.baseUrl === undefined ? web.url : over.baseUrl };
  const next: Config = { ...config, settings: { ...config.settings, server } };
  web.set({ config: next });
  if (over.baseUrl === undefined && over.enabled === undefined && over.maxBytes === undefined)
    state = holdInForce(next);
  else state.setConfig(next);
}

async function poll(): Promise<void> {
  const { queues } = web.deps;
  const count = async () => (await queues.poll.getCompletedCount()) + (await queues.poll.getFailedCount());
  const before = await count();
  await addPolls(queues, ['a'], 'asked');
  await until(async () => (await count()) > before, 'the poll');
  expect((await queues.poll.getFailed()).map((job) => job.failedReason)).toEqual([]);
  await quiet();
}

async function quiet(): Promise<void> {
  const { ingest, push } = web.deps.queues;
  await until(async () => {
    const counts = await Promise.all([ingest, push].map((one) => one.getJobCounts('waiting', 'active')));
    return counts.every(({ waiting, active }) => waiting === 0 && active === 0);
  }, 'the jobs');
}

const following = () => readFollowing(web.store, 'a');
const sweep = () => sweepFollowings({ ...web.deps, config: () => state.config() });

/** What the subscriber asked the hub for last. */
function wish(): { readonly callback: string; readonly topic: string; readonly secret: string; readonly mode: string } {
  const form = asked.at(-1)?.form;
  const field = (name: string) => form?.get(`hub.${name}`) ?? '';
  return { callback: field('callback'), topic: field('topic'), secret: field('secret'), mode: field('mode') };
}

async function verify(over: Record<string, string> = {}, callback = wish().callback): Promise<Response> {
  const query = { mode: wish().mode, topic: wish().topic, challenge: 'abc', lease_seconds: '3600', ...over };
  const search = Object.entries(query).map(([name, value]): [string, string] => [`hub.${name}`, value]);
  return fetch(`${callback}?${new URLSearchParams(search).toString()}`);
}

async function push(body: string, over: { signature?: string; type?: string; to?: string } = {}): Promise<number> {
  const { callback, secret } = wish();
  const response = await fetch(over.to ?? callback, {
    method: 'POST',
    body,
    headers: {
      'content-type': over.type ?? 'application/rss+xml',
      'x-hub-signature': over.signature ?? signBody(secret, Buffer.from(body)),
    },
  });
  if (response.status === 202) await quiet();
  return response.status;
}

async function follow(): Promise<void> {
  await poll();
  expect((await verify()).status).toBe(200);
}

describe('deltawire', () => {
  beforeAll(async () => {
    redis = await startRedis();
    await new Promise<void>((done) => publisher.listen(0, '127.0.0.1', done));
    base = `http://127.0.0.1:${(publisher.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    publisher.closeAllConnections();
    await new Promise((done) => publisher.close(done));
    await redis.stop();
  });

  beforeEach(async () => {
    [asked, items, hubAnswer] = [[], [item('1', '合肥地铁开通')], { status: 202 }];
    links = `<atom:link rel="hub" href="${base}/hub"/><atom:link rel="self" href="${base}/self"/>`;
    web = await startWeb(redis);
    web.set({ now: 'real' });
    put();
    // The web's own connection gives up after a while, which jobs must not.
    const store = { redis: redis.connect(), prefix: web.store.prefix };
    const log = pino({ level: 'silent' });
    const workers = startWorkers({
      connection: redis.connect(),
      store,
      queues: web.deps.queues,
      state,
      log,
      threads: openThreads({ ...state, log }),
      now: Date.now,
      nextFiring: () => null,
    });
    stopWorkers = () => workers.stop();
  });
  afterEach(async () => {
    await stopWorkers();
    await web.close();
  });

  it('asks the hub, confirms its challenge, takes what it pushes like a poll, and polls once a day then', async () => {
    await poll();
    expect(asked.map(({ at }) => at)).toEqual(['/hub']);
    expect(Object.fromEntries(asked[0]?.form ?? [])).toEqual({
      'hub.mode': 'subscribe',
      'hub.topic': `${base}/self`,
      'hub.callback': expect.stringMatching(new RegExp(`^${web.url}/push/a/[\\w-]{32}$`)),
      'hub.secret': expect.stringMatching(/^[\w-]{43}$/),
      'hub.lease_seconds': '864000',
    });
    expect(await following()).toMatchObject({ state: 'asked', expiresAt: null });
    const answer = await verify();
    expect([answer.status, await answer.text()]).toEqual([200, 'abc']);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
    const lease = await following();
    expect(lease?.state).toBe('active');
    expect(Math.abs((lease?.expiresAt ?? 0) - Date.now() - 3_600_000)).toBeLessThan(10_000);
    // A lease alone is no push: polling rests only once something came.
    await poll();
    expect(say((await readSourceState(web.store, 'a')).nextWhy ?? '', 'en')).not.toContain('pushes');

    expect(await push(feed(item('2', '芜湖公园开放'), item('1', '合肥地铁开通')))).toBe(202);
    expect(await readTotals(web.store)).toMatchObject({ entries: 2, kept: 2 });
    const after = await readSourceState(web.store, 'a');
    expect(after.polls[0]).toMatchObject({ outcome: 'pushed', status: null, items: 2, fresh: 1, format: 'rss' });
    expect(say(after.nextWhy ?? '', 'en')).toContain('pushes what is new: polled once a day');
    expect((after.nextPollAt ?? 0) - Date.now()).toBeGreaterThan(20 * 3_600_000);
    expect(await dueSources(web.store, Date.now() + 20 * 3_600_000, 5)).toEqual([]);
    // The same item by poll is no other one.
    items = [item('2', '芜湖公园开放'), item('1', '合肥地铁开通')];
    await poll();
    expect((await readSourceState(web.store, 'a')).polls[0]).toMatchObject({ outcome: 'modified', fresh: 0 });
    expect(say((await readSourceState(web.store, 'a')).nextWhy ?? '', 'en')).toContain('pushes');
    expect((await readTotals(web.store)).entries).toBe(2);
    const page = await (await web.get('/status/source?id=a&lang=en', { accept: 'text/html' })).text();
    expect(page).toContain('sends what is new; its lease ends');
    expect(page).toContain('polled once a day as a safety net');
    // What the hub failed to send makes polls frequent again.
    items = [item('3', '南京图书馆开馆'), ...items];
    await poll();
    expect(say((await readSourceState(web.store, 'a')).nextWhy ?? '', 'en')).not.toContain('pushes');
  });

  it('passes over what is not signed by the hub, and what is too long', async () => {
    await follow();
    const body = feed(item('9', '合肥假新闻'));
    expect(await push(body, { signature: signBody('guess', Buffer.from(body)) })).toBe(202);
    expect(await push(body, { signature: '' })).toBe(202);
    expect((await readTotals(web.store)).entries).toBe(1);
    put({ maxBytes: 1_024 });
    expect(await push(feed(item('9', '长'.repeat(2_000))))).toBe(413);
    expect(await push(body, { to: `${wish().callback.slice(0, -32)}${'A'.repeat(32)}` })).toBe(410);
    expect(await push(body, { to: `${web.url}/push/b/${'A'.repeat(32)}` })).toBe(410);
    expect((await readTotals(web.store)).entries).toBe(1);
    expect(await push(body, { signature: signBody(wish().secret, Buffer.from(body), 'sha1') })).toBe(202);
    expect((await readTotals(web.store)).entries).toBe(2);
  });

  it('asks for itself where the hub sends what is no feed, or nothing', async () => {
    await follow();
    for (const body of ['', '<html><body>news!</body></html>']) {
      await web.store.redis.del(`${web.store.prefix}due`);
      expect(await push(body)).toBe(202);
      expect(await dueSources(web.store, Date.now(), 5)).toEqual(['a']);
      expect(say((await readSourceState(web.store, 'a')).nextWhy ?? '', 'en')).toContain('could not be read');
    }
  });

  it('confirms nothing that it did not ask for', async () => {
    await poll();
    expect((await verify({ topic: `${base}/other` })).status).toBe(404);
    expect((await verify({ mode: 'unsubscribe' })).status).toBe(404);
    expect((await verify({ mode: 'publish' })).status).toBe(404);
    expect((await verify({}, `${web.url}/push/a/${'A'.repeat(32)}`)).status).toBe(404);
    expect((await following())?.state).toBe('asked');
  });

  it('says who refused and why, and polls on', async () => {
    await poll();
    await web.store.redis.del(`${web.store.prefix}due`);
    expect((await verify({ mode: 'denied', reason: '<b>no room</b>' })).status).toBe(200);
    expect(await following()).toMatchObject({
      state: 'denied',
      why: { code: 'websub.denied.said', params: { said: '<b>no room</b>' } },
    });
    expect(await dueSources(web.store, Date.now(), 5)).toEqual(['a']);
    const page = await (await web.get('/status/source?id=a&lang=zh', { accept: 'text/html' })).text();
    expect(page).toContain('拒绝推送，照常抓取');
    expect(page).toContain('&lt;b>no room');
    await poll();
    expect(asked).toHaveLength(1);
  });

  it.each(['no room', '{"code":1}', '{"code":', '[]'])(
    'shows what a version before kept of a refusal: %s',
    async (why) => {
      await poll();
      await web.store.redis.hset(`${web.store.prefix}push:following:a`, 'state', 'denied', 'why', why);
      expect((await following())?.why).toBe(why);
      const page = await (await web.get('/status/source?id=a&lang=zh', { accept: 'text/html' })).text();
      expect(page.replaceAll('&quot;', '"')).toContain(why);
    },
  );

  it('renews before the lease ends, and polls as ever once it is lost', async () => {
    await follow();
    expect(await push(feed(item('2', '芜湖公园开放')))).toBe(202);
    const { store } = web;
    const looks = `${store.prefix}push:followings`;
    const lease = await following();
    expect(Math.abs(Number(await store.redis.zscore(looks, 'a')) - (lease?.expiresAt ?? 0) + 900_000)).toBeLessThan(
      5_000,
    );
    await sweep();
    expect(asked).toHaveLength(1);
    const later = (ms: number) =>
      sweepFollowings({ ...web.deps, config: () => state.config(), now: () => Date.now() + ms });
    await later(2_800_000);
    await until(() => asked.length === 2, 'the renewal');
    expect(asked[1]?.form.toString()).toBe(asked[0]?.form.toString());
    await quiet();
    expect((await following())?.state).toBe('active');
    await verify({ lease_seconds: '7200' });
    expect(((await following())?.expiresAt ?? 0) - Date.now()).toBeGreaterThan(7_000_000);

    await later(7_300_000);
    await until(() => asked.length === 3, 'the next request');
    await quiet();
    expect(await following()).toMatchObject({ state: 'asked', why: { code: 'websub.lease-ended' } });
    expect(say((await readSourceState(store, 'a')).nextWhy ?? '', 'en')).toContain('ended: polled as usual again');
    expect(await dueSources(store, Date.now() + 7_301_000, 5)).toEqual(['a']);
  });

  it('goes after a hub that moves, and asks again a hub that is away', async () => {
    hubAnswer = { status: 308, headers: { location: '/moved' } };
    await poll();
    expect(asked.map(({ at }) => at)).toEqual(['/hub', '/moved']);
    expect(wish().topic).toBe(`${base}/self`);
    hubAnswer = { status: 503 };
    await sweepFollowings({ ...web.deps, config: () => state.config(), now: () => Date.now() + 700_000 });
    await until(async () => JSON.stringify((await following())?.why).includes('503'), 'the refusal');
    expect((await following())?.tries).toBe(2);
  });

  it.each([
    ['the source is paused', { enabled: false }],
    ['hubs cannot reach it any more', { baseUrl: null }],
  ])('leaves the hub when %s', async (_name, over) => {
    await follow();
    const { callback } = wish();
    put(over);
    await sweep();
    await until(() => asked.length === 2, 'the request to stop');
    expect(wish()).toMatchObject({ mode: 'unsubscribe', callback, topic: `${base}/self` });
    expect(await following()).toBeNull();
    expect((await verify()).status).toBe(200);
    expect((await verify({ mode: 'subscribe' })).status).toBe(404);
    expect(await push('x', { to: callback })).toBe(410);
  });

  it('leaves a hub that the source names no more, and asks another one', async () => {
    await follow();
    links = `<atom:link rel="hub" href="${base}/second"/>`;
    items = [item('2', '芜湖公园开放'), ...items];
    await poll();
    await until(() => asked.length === 3, 'both requests');
    expect(
      asked
        .slice(1)
        .map(({ at, form }) => `${at} ${form.get('hub.mode')}`)
        .toSorted(),
    ).toEqual(['/hub unsubscribe', '/second subscribe']);
    expect(await following()).toMatchObject({ hub: `${base}/second`, topic: `${base}/a`, state: 'asked' });
    links = '';
    items = [item('3', '南京图书馆开馆'), ...items];
    await poll();
    expect(await following()).toBeNull();
  });

  it('asks no hub while none can reach it', async () => {
    put({ baseUrl: null });
    await poll();
    expect(asked).toEqual([]);
    expect(await following()).toBeNull();
  });
});
