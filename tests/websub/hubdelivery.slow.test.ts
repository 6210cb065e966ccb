/** Attempts to use the hub against a host, or against its other subscribers: many callbacks, slow ones, ones that never answer. */
import type { ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { countUndone } from '../../src/jobs/queues.ts';
import { createBodyReader } from '../../src/jobs/deliver.ts';
import { keys } from '../../src/store/redis/keys.ts';
import { isSlow } from '../../src/store/websub/slowparties.ts';
import { saveBody, saveSubscription } from '../../src/store/websub/subscriptions.ts';
import { boundsOf } from '../../src/websub/limits.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { type RunningWeb, seedEntries, startWeb } from '../web/seed.ts';
import { askHub, type Callbacks, hubConfig, startCallbacks, startPushes } from './callbacks.ts';

let redis: TestRedis;
let web: RunningWeb;
let callbacks: Callbacks;
let stopPushes: () => Promise<void>;
let held: ServerResponse[];

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());
beforeEach(async () => {
  web = await startWeb(redis, { config: hubConfig() });
  web.set({ now: 'real' });
  callbacks = await startCallbacks();
  stopPushes = startPushes(redis, web);
  held = [];
});
afterEach(async () => {
  await stopPushes();
  await web.close();
  await callbacks.close();
});

/** Subscriptions that stand already, as `count` callbacks of each host. */
async function stand(hosts: readonly string[], count: number, topic = '/feeds/delta.atom'): Promise<void> {
  const url = `${web.url}${topic}`;
  for (const host of hosts)
    for (let n = 0; n < count; n++) {
      const callback = callbacks.at(host, `/cb${n}`);
      const one = { id: `${host} ${n} ${topic}`, topic: url, edition: 'delta', callback, secret: null };
      const wish = { topic: url, callback, isNarrowed: false, from: null };
      const expiresAt = Date.now() + 600_000;
      const full = await saveSubscription(web.store, { ...one, expiresAt }, boundsOf(wish), Date.now());
      expect(full).toBeNull();
    }
}
const posts = (host: string) => callbacks.got.filter((one) => one.method === 'POST' && one.host === host).length;
const story = (id: string) =>
  seedEntries(web.store, [{ id, at: Date.now(), content: `<p>${'合肥新闻。'.repeat(500)}</p>` }]);

test('one story reaches each callback of a host once, one body at a time', { timeout: 60_000 }, async () => {
  // A subscriber of ordinary speed, at whom several would meet.
  callbacks.answer = (_got, response) => void setTimeout(() => response.writeHead(204).end(), 50);
  await stand(['127.0.0.2'], 10);
  await stand(['127.0.0.2'], 10, '/feeds/delta.rss');
  await story('s1');
  await until(() => posts('127.0.0.2') === 20, 'all callbacks', 30_000);
  await until(async () => (await countUndone(web.deps.queues)) === 0, 'the jobs to end');
  expect([posts('127.0.0.2'), callbacks.mostOpen]).toEqual([20, 1]);
});

test(
  'hosts that hang delay nobody: they are tried once each, marked slow, and served apart',
  { timeout: 180_000 },
  async () => {
    const slow = Array.from({ length: 60 }, (_, n) => `127.0.1.${n + 1}`);
    callbacks.answer = (got, response) => {
      if (got.host.startsWith('127.0.1.')) held.push(response);
      else response.writeHead(204).end();
    };
    await stand(slow, 10);
    await stand(['127.0.0.9'], 1);
    await story('s1');
    // With a place taken by each body that hangs, those 600 would be dealt with before.
    await until(() => posts('127.0.0.9') === 1, 'the one that answers', 60_000);
    expect(held.length).toBeLessThanOrEqual(slow.length);
    await until(
      async () => (await Promise.all(slow.map((host) => isSlow(web.store, host)))).every(Boolean),
      'marks',
      60_000,
    );
    expect(await isSlow(web.store, '127.0.0.9')).toBe(false);
    const before = held.length;
    await story('s2');
    await until(() => posts('127.0.0.9') === 2, 'the second story', 60_000);
    // What is marked is no longer tried among the others: ten at a time are, in a queue of their own.
    expect(held.length - before).toBeLessThanOrEqual(10);
    expect(await web.deps.queues.push.getFailedCount()).toBe(0);
  },
);

test('a host that became prompt again is served with the others again', async () => {
  await web.store.redis.set(keys.slowParty(web.store, '127.0.0.3'), '1');
  await stand(['127.0.0.3'], 1);
  await story('s1');
  await until(() => posts('127.0.0.3') === 1, 'the delivery');
  await until(async () => !(await isSlow(web.store, '127.0.0.3')), 'the mark to go');
  await story('s2');
  await until(() => posts('127.0.0.3') === 2, 'the second delivery');
  // The subscriber's answer comes before the job is written down as completed.
  const lastAmongOthers = async () => (await web.deps.queues.push.getCompleted(0, 0))[0]?.returnvalue;
  await until(
    async () => (await lastAmongOthers()) === 'version 2 accepted',
    'the second one to have gone with others',
  );
  expect(await web.deps.queues.slow.getCompletedCount()).toBe(1);
});

test(
  'callbacks that hang when they are asked delay neither other wishes nor deliveries',
  { timeout: 60_000 },
  async () => {
    await stand(['127.0.0.9'], 1);
    await stopPushes();
    const hung: string[] = [];
    await callbacks.close();
    callbacks = await startCallbacks((host) => {
      if (!host.startsWith('127.0.2.')) return false;
      hung.push(host);
      return true;
    });
    await web.store.redis.flushdb();
    await stand(['127.0.0.9'], 1);
    for (let n = 0; n < 100; n++)
      await askHub(web, {
        topic: '/feeds/delta.atom',
        callback: callbacks.at(`127.0.2.${(n % 20) + 1}`, `/cb${n}`),
        from: `203.0.113.${n % 3}`,
      });
    stopPushes = startPushes(redis, web);
    await until(() => hung.length >= 40, 'the callbacks to be asked');
    const wish = { topic: '/feeds/delta.atom', callback: callbacks.at('127.0.0.8'), from: '198.51.100.1' };
    expect(await askHub(web, wish)).toBe(202);
    await until(() => callbacks.got.some(({ method, host }) => method === 'GET' && host === '127.0.0.8'), 'the wish');
    await story('s1');
    await until(() => posts('127.0.0.9') === 1, 'the delivery');
    // Two of each host at a time, however many wait.
    expect(hung.length).toBeLessThanOrEqual(40);
  },
);

test('a body is read once for all that it is delivered to, and anew when there is another', async () => {
  const topic = `${web.url}/feeds/delta.atom`;
  const read = createBodyReader(web.store);
  expect(await read(topic)).toBeNull();
  await saveBody(web.store, topic, { contentType: 'x', body: Buffer.from('one') });
  const bodies = await Promise.all(Array.from({ length: 100 }, () => read(topic)));
  expect(new Set(bodies.map((one) => one?.body)).size).toBe(1);
  await saveBody(web.store, topic, { contentType: 'x', body: Buffer.from('two') });
  expect((await read(topic))?.body.toString()).toBe('two');
});
