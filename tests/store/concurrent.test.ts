/** What several processes write at once: nothing that one of them writes is lost, whatever comes between. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { keys, type Store } from '../../src/store/redis/keys.ts';
import { noteSpam, readSpam } from '../../src/store/sources/habits.ts';
import { restHost, takeTurn } from '../../src/store/sources/pace.ts';
import { dropBody, firstBody, keepBody } from '../../src/store/websub/followings.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

let redis: TestRedis;
/** The same store over two connections, as two processes have it. */
let one: Store;
let other: Store;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());
beforeEach(() => {
  one = redis.store();
  other = { redis: redis.connect(), prefix: one.prefix };
});

const NOW = 1_800_000_000_000;
const TIMES = 20;
const bothAtOnce = (write: (store: Store, i: number) => Promise<unknown>) =>
  Promise.all(Array.from({ length: TIMES }, (_, i) => write(i % 2 === 0 ? one : other, i)));

it('counts the spam of every job that ends at the same time', async () => {
  await bothAtOnce((store, i) => noteSpam(store, 'hfrb', [i % 4 === 0]));
  expect((await readSpam(one)).get('hfrb')).toEqual({ entries: TIMES, spammed: TIMES / 4 });
});

it('keeps the newest fifty marks of a source', async () => {
  await noteSpam(one, 'hfrb', [true]);
  await bothAtOnce((store) => noteSpam(store, 'hfrb', [false, false, false]));
  expect((await readSpam(one)).get('hfrb')).toEqual({ entries: 50, spammed: 0 });
});

it('lets a host rest for as long as the longest of its answers says', async () => {
  // The longest one in the middle, so that neither the first nor the last writer has it.
  const untilOf = (i: number) => NOW + 1_000_000 - Math.abs(i - 7) * 10_000;
  await bothAtOnce((store, i) => restHost(store, 'news.example', untilOf(i), NOW));
  expect(await one.redis.hget(keys.pace(one, 'news.example'), 'rest')).toBe(String(NOW + 1_000_000));
  const turn = await takeTurn(other, 'news.example', 'hfrb', { now: NOW, concurrency: 1, intervalMs: 0 });
  expect(turn).toEqual({ kind: 'rest', ms: 1_000_000 });
});

it('does not forget a rest before its end for a shorter one', async () => {
  await restHost(one, 'news.example', NOW + 600_000, NOW);
  await restHost(other, 'news.example', NOW + 60_000, NOW);
  expect(await one.redis.pttl(keys.pace(one, 'news.example'))).toBeGreaterThan(590_000);
});

it('takes as many bodies of a hub as may wait, and no more', async () => {
  const kept = await bothAtOnce((store, i) =>
    keepBody(store, 'hfrb', { contentType: 'text/xml', body: Buffer.from(`<rss>${i}</rss>`) }),
  );
  expect(kept.filter(Boolean)).toHaveLength(8);
  expect(await one.redis.llen(keys.inbox(one, 'hfrb'))).toBe(8);
  const first = await firstBody(one, 'hfrb');
  expect(first).toMatchObject({ contentType: 'text/xml' });
  await dropBody(one, 'hfrb', first?.id ?? '');
  expect(await keepBody(other, 'hfrb', { contentType: 'text/xml', body: Buffer.from([0xff, 0x00]) })).toBe(true);
});

it('keeps the bytes of a body that is no text', async () => {
  const body = Buffer.from([0x00, 0xff, 0xfe, 0x0d, 0x0a, 0xb0, 0xb2]);
  await keepBody(one, 'hfrb', { contentType: 'application/octet-stream', body });
  expect((await firstBody(other, 'hfrb'))?.body).toEqual(body);
});
