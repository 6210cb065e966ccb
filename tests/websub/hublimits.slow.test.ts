/** Attempts to take the hub's room from others: by many topics, many callbacks, many addresses, all at once. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { boundsOf, explainFull, partiesOf, type Wish } from '../../src/websub/limits.ts';
import { keys } from '../../src/store/redis/keys.ts';
import { readSubscription, removeSubscription, saveSubscription } from '../../src/store/websub/subscriptions.ts';
import { countUndone } from '../../src/jobs/queues.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { type RunningWeb, startWeb } from '../web/seed.ts';
import { askHub, type Callbacks, hubConfig, startCallbacks, startPushes } from './callbacks.ts';

let redis: TestRedis;
let web: RunningWeb;
let callbacks: Callbacks;
let stopPushes: () => Promise<void>;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());
beforeEach(async () => {
  web = await startWeb(redis, { config: hubConfig() });
  // Leases are kept by Redis, whose clock is the real one.
  web.set({ now: 'real' });
  callbacks = await startCallbacks();
  stopPushes = startPushes(redis, web);
});
afterEach(async () => {
  await stopPushes();
  await web.close();
  await callbacks.close();
});

const narrowed = (n: number) => `/feeds/delta.atom?q=${encodeURIComponent(`词${n}`)}`;
const inForce = () => web.store.redis.zcard(keys.subscriptions(web.store));
async function settled(): Promise<void> {
  await until(async () => {
    const { queues } = web.deps;
    return (await countUndone(queues)) + (await queues.verify.getActiveCount()) === 0;
  }, 'the jobs to end');
}

describe('two hundred wishes at once', () => {
  test.each<readonly [name: string, topicOf: (n: number) => string, fromOf: (n: number) => string, most: number]>([
    ['for narrowed feeds', narrowed, () => '203.0.113.1', 20],
    ['for narrowed feeds, asked for from everywhere', narrowed, (n) => `203.0.113.${n}`, 20],
    ['for one plain feed', () => '/feeds/delta.atom', (n) => `203.0.113.${n}`, 10],
    ['for all plain feeds', (n) => `/feeds/${n % 2 === 0 ? 'delta' : 'anhui'}.rss`, (n) => `203.0.113.${n}`, 20],
  ])('of one host %s have the room of one', { timeout: 60_000 }, async (_name, topicOf, fromOf, most) => {
    await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        askHub(web, { topic: topicOf(n), callback: callbacks.at('127.0.0.2', `/cb${n}`), from: fromOf(n) }),
      ),
    );
    await settled();
    expect(await inForce()).toBe(most);
  });

  test('of ten hosts fill the narrowed feeds, and the plain ones stay open to all', { timeout: 60_000 }, async () => {
    for (let host = 2; host < 12; host++)
      await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          askHub(web, {
            topic: narrowed(host * 100 + n),
            callback: callbacks.at(`127.0.0.${host}`, `/cb${n}`),
            from: `203.0.113.${host}`,
          }),
        ),
      );
    await settled();
    expect(await inForce()).toBe(200);
    const honest = { callback: callbacks.at('127.0.0.99'), from: '198.51.100.1' };
    expect(await askHub(web, { ...honest, topic: narrowed(9_999) })).toBe(503);
    for (const file of ['delta.rss', 'delta.atom', 'delta.json', 'anhui.atom'])
      expect(await askHub(web, { ...honest, topic: `/feeds/${file}` })).toBe(202);
    await settled();
    expect(await inForce()).toBe(204);
    // Who leaves makes room, though the lease had not ended.
    const [id = ''] = await web.store.redis.zrange(keys.subscriptionsOf(web.store, 'narrowed'), '0', '0');
    await removeSubscription(web.store, id);
    expect(await readSubscription(web.store, id)).toBeNull();
    expect(await askHub(web, { ...honest, topic: narrowed(9_999) })).toBe(202);
  });

  test('from one /64 are too many requests', async () => {
    const statuses = await Promise.all(
      Array.from({ length: 130 }, (_, n) =>
        askHub(web, { topic: '/feeds/nowhere.atom', callback: 'http://127.0.0.2/', from: `2001:db8::${n + 1}` }),
      ),
    );
    expect(statuses.filter((status) => status === 429)).toHaveLength(10);
  });
});

test.each([
  ['news.example.com.cn', ['example.com.cn']],
  ['a.b.example.org', ['example.org']],
  ['EXAMPLE.org.', ['example.org']],
  ['x.github.io', ['github.io']],
  ['localhost', ['localhost']],
  ['203.0.113.7', ['203.0.113.7']],
  ['[2001:db8:1:2:3::4]', ['2001:db8:1:2::/64', '2001:db8:1::/48']],
  ['[::ffff:203.0.113.7]', ['203.0.113.7']],
])('%s is held by %j', (host, parties) => {
  expect(partiesOf(host).map(({ name }) => name)).toEqual(parties);
});

describe('a hub takes of one party', () => {
  const wish = (n: number, over: Partial<Wish>): Wish => ({
    topic: 'https://news.example/feeds/delta.atom',
    callback: `https://host${n}.example.org/cb`,
    isNarrowed: false,
    from: null,
    ...over,
  });
  async function takenOf(count: number, wishOf: (n: number) => Partial<Wish>): Promise<[number, string | null]> {
    const { store } = web;
    let [taken, why]: [number, string | null] = [0, null];
    for (let n = 0; n < count; n++) {
      const one = wish(n, wishOf(n));
      const subscription = { ...one, id: `${n}`, edition: 'delta', secret: null, expiresAt: Date.now() + 60_000 };
      const full = await saveSubscription(store, subscription, boundsOf(one), Date.now());
      if (full === null) taken++;
      else why ??= explainFull(full);
    }
    return [taken, why];
  }
  const topic = (n: number) => `https://news.example/feeds/${n}.atom`;

  test.each<readonly [name: string, wishOf: (n: number) => Partial<Wish>, most: number, why: RegExp]>([
    ['a domain, one topic', () => ({}), 10, /one domain/],
    ['a domain, many topics', (n) => ({ topic: topic(n) }), 100, /one domain/],
    [
      'a domain under a public suffix of two parts',
      (n) => ({ callback: `https://h${n}.example.com.cn/` }),
      10,
      /one domain/,
    ],
    ['an address, by its ports', (n) => ({ callback: `http://203.0.113.1:${n + 1}/` }), 10, /one domain/],
    ['a /64', (n) => ({ callback: `http://[2001:db8::${(n + 1).toString(16)}]/` }), 10, /one domain/],
    ['a /48', (n) => ({ callback: `http://[2001:db8:0:${n.toString(16)}::1]/` }), 50, /one domain/],
    [
      'who asks',
      (n) => ({ callback: `https://x${n}.org/`, topic: topic(n), from: '192.0.2.1' }),
      500,
      /from one network/,
    ],
    [
      'who asks from a /64',
      (n) => ({ callback: `https://x${n}.org/`, topic: topic(n), from: `2001:db8::${(n + 1).toString(16)}` }),
      500,
      /from one network/,
    ],
    [
      'who asks for narrowed feeds',
      (n) => ({ callback: `https://x${n}.org/`, topic: topic(n), from: '192.0.2.1', isNarrowed: true }),
      20,
      /from one network/,
    ],
    [
      'everyone, of narrowed topics',
      (n) => ({ callback: `https://x${n}.org/`, topic: topic(n), from: `192.0.2.${n % 200}`, isNarrowed: true }),
      200,
      /narrowed feeds/,
    ],
  ])('%s: its share', async (_name, wishOf, most, why) => {
    const [taken, said] = await takenOf(most + 5, wishOf);
    expect(taken).toBe(most);
    expect(said).toMatch(why);
  });

  test('renewals have room, and a store of an older version is read on', async () => {
    const one = wish(0, {});
    const subscription = { ...one, id: 'r', edition: 'delta', secret: null, expiresAt: Date.now() + 60_000 };
    const full = { all: 1, ofTopic: 1, groups: [], narrowedTopics: null };
    expect(await saveSubscription(web.store, subscription, full, Date.now())).toBeNull();
    expect(
      await saveSubscription(web.store, { ...subscription, expiresAt: Date.now() + 90_000 }, full, Date.now()),
    ).toBeNull();
    expect(await saveSubscription(web.store, { ...subscription, id: 's' }, full, Date.now())).toBe('all');
    const { groups: _, ...older } = (await readSubscription(web.store, 'r')) ?? { groups: [] };
    await web.store.redis.set(keys.subscription(web.store, 'r'), JSON.stringify(older));
    expect((await readSubscription(web.store, 'r'))?.groups).toEqual([]);
    await removeSubscription(web.store, 'r');
    expect(await inForce()).toBe(0);
  });
});
