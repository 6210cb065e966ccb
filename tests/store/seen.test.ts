import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { keys, type Store } from '../../src/store/redis/keys.ts';
import { compactSeen, noteSeen, readEverySeen, SEEN_SLACK } from '../../src/store/sources/seen.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

let redis: TestRedis;
let store: Store;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());
beforeEach(() => {
  store = redis.store();
});

const named = (kind: string, count: number) => Array.from({ length: count }, (_, i) => `${kind}${i}`);
const see = (ids: readonly string[]) => noteSeen(store, 's', new Map(ids.map((id) => [id, `mark of ${id}`])));

async function keep(ids: readonly string[]): Promise<void> {
  const pipeline = store.redis.pipeline();
  for (const id of ids) pipeline.hset(keys.entry(store, id), 'e', 'entry');
  await pipeline.exec();
}

/** How often Redis was asked whether a key is there. */
async function questions(): Promise<number> {
  return Number(/cmdstat_exists:calls=(\d+)/.exec(await store.redis.info('commandstats'))?.[1] ?? 0);
}

it('what neither the document nor the store has is forgotten once there is much of it', async () => {
  const [document, stored] = [named('carried', 10), named('stored', 20)];
  await keep(stored);
  await see([...document, ...stored, ...named('gone', SEEN_SLACK - 21)]);
  await compactSeen(store, 's', document);
  expect((await readEverySeen(store, 's')).size).toBe(SEEN_SLACK + 9);
  await see(['last']);
  await compactSeen(store, 's', document);
  expect([...(await readEverySeen(store, 's')).keys()].toSorted()).toEqual([...document, ...stored].toSorted());
});

it('of a source with many entries, Redis is not asked of each at every poll', async () => {
  const stored = named('stored', 2 * SEEN_SLACK);
  await keep(stored);
  await see(stored);
  const before = await questions();
  await compactSeen(store, 's', []);
  expect(await questions()).toBe(before + stored.length);
  await see(named('gone', SEEN_SLACK - 1));
  await compactSeen(store, 's', []);
  expect(await questions()).toBe(before + stored.length);
  await see(['last']);
  await compactSeen(store, 's', []);
  expect((await readEverySeen(store, 's')).size).toBe(stored.length);
});
