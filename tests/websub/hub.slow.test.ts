/** A subscriber with a real socket, deltawire's own hub, and the jobs between them. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { pino } from 'pino';
import { startPushWorkers } from '../../src/jobs/push.ts';
import { queuePrefix } from '../../src/store/redis/keys.ts';
import { readSubscription, subscriptionId } from '../../src/store/websub/subscriptions.ts';
import { signBody } from '../../src/websub/signature.ts';
import type { Config } from '../../src/model/config.ts';
import { until } from '../support/until.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { makeConfig, makeEdition, type RunningWeb, seedEntries, startWeb } from '../web/seed.ts';

interface Got {
  readonly method: string | undefined;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

interface Subscriber {
  readonly url: string;
  readonly got: Got[];
  /** Status of the answer to what is delivered; the challenge is given back unless `mute`. */
  status: number;
  mute: boolean;
  next(matches: (got: Got) => boolean): Promise<Got>;
  close(): Promise<void>;
}

async function startSubscriber(): Promise<Subscriber> {
  const got: Got[] = [];
  const waiting: { matches: (got: Got) => boolean; done: (got: Got) => void }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
      const one: Got = {
        method: request.method,
        path: pathname,
        query: searchParams,
        headers: request.headers,
        body: Buffer.concat(chunks),
      };
      if (request.method === 'GET') response.end(subscriber.mute ? 'what?' : searchParams.get('hub.challenge'));
      else response.writeHead(subscriber.status).end();
      got.push(one);
      for (const wish of waiting.splice(0)) {
        if (wish.matches(one)) wish.done(one);
        else waiting.push(wish);
      }
    });
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const subscriber: Subscriber = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    got,
    status: 204,
    mute: false,
    next: (matches) =>
      new Promise((done) => {
        const found = got.find(matches);
        if (found === undefined) waiting.push({ matches, done });
        else done(found);
      }),
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
  return subscriber;
}

let redis: TestRedis;
let web: RunningWeb;
let subscriber: Subscriber;
let stopWorker: () => Promise<void>;

function configWith(over: { hub?: string; allow?: readonly string[]; baseUrl?: string | null } = {}): Config {
  const config = makeConfig({ editions: [makeEdition('delta'), makeEdition('anhui')] });
  const { settings } = config;
  return {
    ...config,
    settings: {
      ...settings,
      server: { ...settings.server, baseUrl: over.baseUrl ?? null },
      fetch: { ...settings.fetch, allowAddresses: over.allow ?? ['127.0.0.0/8'] },
      push: { hub: over.hub ?? 'own' },
    },
  };
}

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

beforeEach(async () => {
  web = await startWeb(redis, { config: configWith() });
  // Leases are kept by Redis, whose clock is the real one.
  web.set({ now: 'real' });
  subscriber = await startSubscriber();
  startWorker();
});
afterEach(async () => {
  await stopWorker();
  await web.close();
  await subscriber.close();
});

function startWorker(): void {
  const pushes = startPushWorkers(
    {
      store: web.store,
      queues: web.deps.queues,
      log: pino({ level: 'silent' }),
      now: Date.now,
      state: { config: web.deps.config, onConfig: () => undefined },
    },
    { connection: redis.connect('worker'), prefix: queuePrefix(web.store.prefix) },
  );
  stopWorker = async () => {
    await Promise.all(pushes.workers.map((worker) => worker.close(true)));
    await pushes.release();
  };
}

const topicOf = (path = '/feeds/delta.atom') => `${web.url}${path}`;

function post(fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
  return web.get('/hub', headers, { method: 'POST', body: new URLSearchParams(fields) });
}

function subscribe(over: Record<string, string> = {}): Promise<Response> {
  return post({
    'hub.mode': 'subscribe',
    'hub.topic': topicOf(),
    'hub.callback': `${subscriber.url}/cb`,
    ...over,
  });
}

async function untilGood<T>(read: () => Promise<T>, good: (value: T) => boolean): Promise<T> {
  let value = await read();
  await until(async () => good((value = await read())), 'what was asked for');
  return value;
}

const stored = (topic = topicOf()) => readSubscription(web.store, subscriptionId(topic, `${subscriber.url}/cb`));

async function subscribed(over: Record<string, string> = {}): Promise<void> {
  expect((await subscribe(over)).status).toBe(202);
  await untilGood(
    () => stored(over['hub.topic']),
    (one) => one !== null,
  );
}

describe('a subscriber', () => {
  test('is asked by a challenge, has the next story, signed, and is let go again', async () => {
    await subscribed({ 'hub.secret': '机密', 'hub.lease_seconds': '3600' });
    const asked = await subscriber.next(({ method }) => method === 'GET');
    expect(Object.fromEntries(asked.query)).toStrictEqual({
      'hub.mode': 'subscribe',
      'hub.topic': topicOf(),
      'hub.challenge': expect.stringMatching(/^[\w-]{32}$/),
      'hub.lease_seconds': '3600',
    });

    await seedEntries(web.store, [{ id: 'e1', at: Date.now(), title: '合肥新站开通' }]);
    const sent = await subscriber.next(({ method }) => method === 'POST');
    expect(sent.path).toBe('/cb');
    expect(sent.body.toString()).toContain('合肥新站开通');
    expect(sent.headers['content-type']).toBe('application/atom+xml; charset=utf-8');
    expect(sent.headers.link).toBe(`<${web.url}/hub>; rel="hub", <${topicOf()}>; rel="self"`);
    expect(sent.headers['x-hub-signature']).toBe(signBody('机密', sent.body));
    const response = await web.get('/feeds/delta.atom');
    expect(sent.body.equals(Buffer.from(await response.arrayBuffer()))).toBe(true);

    expect((await subscribe({ 'hub.mode': 'unsubscribe' })).status).toBe(202);
    await untilGood(stored, (one) => one === null);
    await subscriber.next(({ query }) => query.get('hub.mode') === 'unsubscribe');
    // Another subscriber of the topic has the next story, this one not.
    expect((await subscribe({ 'hub.callback': `${subscriber.url}/other` })).status).toBe(202);
    await subscriber.next(({ method, path }) => method === 'GET' && path === '/other');
    await untilGood(
      () => readSubscription(web.store, subscriptionId(topicOf(), `${subscriber.url}/other`)),
      (one) => one !== null,
    );
    await seedEntries(web.store, [{ id: 'e2', at: Date.now() }]);
    await subscriber.next(({ method, path }) => method === 'POST' && path === '/other');
    expect(subscriber.got.filter(({ method, path }) => method === 'POST' && path === '/cb')).toHaveLength(1);
  });

  test('of a narrowed feed hears of what concerns it, and of nothing else', async () => {
    await subscribed({ 'hub.topic': topicOf('/feeds/delta.rss?q=%E5%90%88%E8%82%A5') });
    await seedEntries(web.store, [
      {
        id: 'n1',
        at: Date.now() - 1000,
        title: '芜湖长江大桥检修',
        summary: '检修',
        content: '<p>检修</p>',
        text: '检修',
      },
    ]);
    await untilGood(
      () => web.store.redis.hgetall(`${web.store.prefix}push:done`),
      (done) => Object.values(done).includes('1'),
    );
    expect(subscriber.got.filter(({ method }) => method === 'POST')).toEqual([]);
    await seedEntries(web.store, [{ id: 'n2', at: Date.now(), title: '合肥新站开通' }]);
    const sent = await subscriber.next(({ method, body }) => method === 'POST' && body.includes('合肥新站开通'));
    expect(sent.body.toString()).not.toContain('芜湖');
  });

  test('that does not give the challenge back is none', async () => {
    subscriber.mute = true;
    await subscribe();
    await subscriber.next(({ method }) => method === 'GET');
    await untilGood(
      () => web.deps.queues.verify.getJobCounts('waiting', 'prioritized', 'active', 'delayed'),
      (counts) => Object.values(counts).every((count) => count === 0),
    );
    expect(await stored()).toBeNull();
  });

  test('that is away gets the newest body once it is back', async () => {
    await subscribed();
    subscriber.status = 503;
    await seedEntries(web.store, [{ id: 'a1', at: Date.now(), title: '第一条' }]);
    await subscriber.next(({ method }) => method === 'POST');
    await seedEntries(web.store, [{ id: 'a2', at: Date.now(), title: '第二条' }]);
    subscriber.status = 200;
    const sent = await subscriber.next(({ body }) => body.includes('第二条'));
    expect(sent.body.toString()).toContain('第一条');
  }, 15_000);

  test('that answers 410 is forgotten', async () => {
    await subscribed();
    subscriber.status = 410;
    await seedEntries(web.store, [{ id: 'g1', at: Date.now() }]);
    expect(await untilGood(stored, (one) => one === null)).toBeNull();
  });

  test('at an inner address is never asked', async () => {
    web.set({ config: configWith({ allow: [] }) });
    await stopWorker();
    startWorker();
    expect((await subscribe()).status).toBe(202);
    await untilGood(
      () => web.deps.queues.verify.getJobCounts('waiting', 'prioritized', 'active', 'delayed'),
      (counts) => Object.values(counts).every((count) => count === 0),
    );
    expect(await stored()).toBeNull();
    expect(subscriber.got).toHaveLength(0);
  });
});

describe('the hub', () => {
  const wrong: readonly (readonly [string, Record<string, string>, number, RegExp])[] = [
    ['another mode', { 'hub.mode': 'publish' }, 400, /hub\.mode/],
    ['no callback', { 'hub.callback': '' }, 400, /hub\.callback is missing/],
    ['a callback that is none', { 'hub.callback': 'file:///etc/passwd' }, 400, /hub\.callback must be/],
    ['a callback with a fragment', { 'hub.callback': 'https://a.example/#x' }, 400, /fragment/],
    ['a lease of nothing', { 'hub.lease_seconds': '-5' }, 400, /lease_seconds/],
    ['a secret that is too long', { 'hub.secret': 'x'.repeat(200) }, 400, /200 bytes/],
    ['a foreign topic', { 'hub.topic': 'https://news.example/feeds/delta.atom' }, 404, /no feed of this server/],
  ];
  test.each(wrong)('refuses %s', async (_name, fields, status, message) => {
    const response = await subscribe(fields);
    expect(response.status).toBe(status);
    expect(await response.text()).toMatch(message);
  });

  test.each([
    ['an unknown edition', '/feeds/nowhere.atom', /no feed/],
    ['a second page', '/feeds/delta.atom?page=2', /first page/],
    ['another spelling of a feed', '/feeds/delta.atom?x=1', /rel="self"/],
    ['a nonsense narrowing', '/feeds/delta.atom?limit=0', /limit/],
  ])('refuses %s', async (_name, path, message) => {
    const response = await subscribe({ 'hub.topic': topicOf(path) });
    expect(response.status).toBe(404);
    expect(await response.text()).toMatch(message);
  });

  test('is named by feeds, in their headers and in themselves', async () => {
    for (const extension of ['rss', 'atom', 'json']) {
      const response = await web.get(`/feeds/delta.${extension}`);
      expect(response.headers.get('link')).toBe(
        `<${web.url}/hub>; rel="hub", <${web.url}/feeds/delta.${extension}>; rel="self"`,
      );
      expect(await response.text()).toContain(`${web.url}/hub`);
    }
  });

  test('is not there where the config says so', async () => {
    web.set({ config: configWith({ hub: 'none' }) });
    expect((await subscribe()).status).toBe(404);
    const response = await web.get('/feeds/delta.atom');
    expect(response.headers.get('link')).toBe(`<${web.url}/feeds/delta.atom>; rel="self"`);
  });

  test('asks those who come too often to wait', async () => {
    const statuses = await Promise.all(
      Array.from({ length: 130 }, () => post({ 'hub.mode': 'x' }).then((r) => r.status)),
    );
    expect(new Set(statuses)).toStrictEqual(new Set([400, 429]));
  });
});

test('another hub is named and told of what changed', async () => {
  const base = 'https://news.example';
  web.set({ config: { ...configWith({ hub: `${subscriber.url}/theirs`, baseUrl: base }), version: 'another' } });
  await seedEntries(web.store, [{ id: 'h1', at: Date.now(), editions: ['anhui'] }]);
  const told = await subscriber.next(
    ({ method, body }) => method === 'POST' && body.includes(encodeURIComponent(`${base}/feeds/anhui.rss`)),
  );
  expect(told.path).toBe('/theirs');
  expect([...new URLSearchParams(told.body.toString())]).toStrictEqual([
    ['hub.mode', 'publish'],
    ...['rss', 'atom', 'json'].map((extension) => ['hub.url', `${base}/feeds/anhui.${extension}`]),
  ]);
  const response = await web.get('/feeds/anhui.atom');
  expect(response.headers.get('link')).toContain(`<${subscriber.url}/theirs>; rel="hub"`);
});
