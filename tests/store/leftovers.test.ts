import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { forgetLeftovers } from '../../src/store/records/leftovers.ts';
import { keys, type Store } from '../../src/store/redis/keys.ts';
import { noteSpam } from '../../src/store/sources/habits.ts';
import { noteSeen } from '../../src/store/sources/seen.ts';
import { recordPoll, setDue } from '../../src/store/sources/sources.ts';
import { emptyState } from '../../src/store/sources/state.ts';
import { commitEntries } from '../../src/store/stories/commit.ts';
import { saveSubscription } from '../../src/store/websub/subscriptions.ts';
import { DAY_MS } from '../../src/text/time.ts';
import { makeCommitOptions, makeEntry, makeSubmission } from '../support/entries.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

const NOW = Date.UTC(2026, 5, 1, 4);
const NONE = { sources: new Set<string>(), editions: new Set<string>() };

let redis: TestRedis;
let store: Store;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());
beforeEach(() => {
  store = redis.store();
});

const names = async (pattern: string) =>
  (await store.redis.keys(store.prefix + pattern)).map((key) => key.slice(store.prefix.length)).toSorted();

/** A source that was polled so many days ago. */
async function poll(id: string, daysAgo: number): Promise<void> {
  const at = NOW - daysAgo * DAY_MS;
  await recordPoll(
    store,
    { ...emptyState(id), lastPollAt: at },
    {
      at,
      outcome: 'modified',
      status: 200,
      bytes: 1,
      elapsedMs: 1,
      items: 1,
      fresh: 1,
      newestAt: null,
      format: 'rss',
      charset: 'utf-8',
      repairs: [],
      error: null,
    },
  );
  await noteSeen(store, id, new Map([['item', 'mark']]));
  await noteSpam(store, id, [true]);
  await setDue(store, [{ id, at: NOW }], 'replace');
}

it('a source goes with all it owns: out of the config, polled long ago, without entries', async () => {
  for (const id of ['gone', 'configured', 'stored']) await poll(id, 31);
  await poll('lately', 29);
  await commitEntries(store, [makeSubmission(makeEntry({ id: 'e', source: 'stored' }))], makeCommitOptions(NOW));
  const { sources } = await forgetLeftovers(store, { ...NONE, sources: new Set(['configured']) }, NOW);
  expect(sources).toEqual(['gone']);
  const rest = ['configured', 'lately', 'stored'];
  expect(await names('source:*')).toEqual(rest.map((id) => `source:${id}`));
  expect(await names('seen:*')).toEqual(rest.map((id) => `seen:${id}`));
  expect(await names('polls:*')).toEqual(rest.map((id) => `polls:${id}`));
  expect((await store.redis.hkeys(keys.spam(store))).toSorted()).toEqual(rest);
  expect((await store.redis.zrange(keys.due(store), 0, '-1')).toSorted()).toEqual(rest);
});

it('an alias goes with the story it leads to, over another alias too', async () => {
  await commitEntries(store, [makeSubmission(makeEntry({ id: 'lives' }))], makeCommitOptions(NOW));
  const leads = { a: 'lives', b: 'a', c: 'gone', d: 'c', round: 'about', about: 'round' };
  for (const [from, to] of Object.entries(leads)) await store.redis.set(keys.alias(store, from), to);
  expect((await forgetLeftovers(store, NONE, NOW)).aliases).toBe(4);
  expect(await names('alias:*')).toEqual(['alias:a', 'alias:b']);
});

it('an edition goes once it is out of the config and has neither stories nor a digest of late', async () => {
  await store.redis.hset(keys.revisions(store), { configured: 3, stories: 3, digest: 3, gone: 3 });
  await store.redis.hset(keys.unannounced(store), { stories: 1, gone: 1 });
  await store.redis.hset(keys.distributed(store), { 'ping gone': 3, 'ping stories': 3 });
  await store.redis.zadd(keys.edition(store, 'stories'), 1, 's');
  const digest = (at: number) => ({ 20260501: JSON.stringify({ day: '20260501', at, lines: [] }) });
  await store.redis.hset(keys.digests(store, 'digest'), digest(NOW - 29 * DAY_MS));
  await store.redis.hset(keys.digests(store, 'gone'), digest(NOW - 31 * DAY_MS));
  const { editions } = await forgetLeftovers(store, { ...NONE, editions: new Set(['configured']) }, NOW);
  expect(editions).toEqual(['gone']);
  expect((await store.redis.hkeys(keys.revisions(store))).toSorted()).toEqual(['configured', 'digest', 'stories']);
  expect(await store.redis.hkeys(keys.unannounced(store))).toEqual(['stories']);
  expect(await names('digests:*')).toEqual(['digests:digest']);
  expect(await store.redis.hkeys(keys.distributed(store))).toEqual(['ping stories']);
});

it('a feed goes whose last subscription ended; hosts and items on their way go with time and count', async () => {
  const bounds = { all: 9, ofTopic: 9, groups: [], narrowedTopics: 9 };
  const of = (topic: string) => ({ id: topic, topic, edition: 'e', callback: 'c', secret: null });
  const real = Date.now();
  await saveSubscription(store, { ...of('stays'), expiresAt: real + DAY_MS }, bounds, real);
  await saveSubscription(store, { ...of('ended'), expiresAt: real - 1 }, bounds, real - 2);
  await store.redis.hset(keys.clock(store), { old: NOW - 31 * DAY_MS, lately: NOW - 29 * DAY_MS });
  const items = Array.from({ length: 1_500 }, (_, i) => [`i${i}`, `${i} mark`]);
  await store.redis.hset(keys.offered(store, 's'), Object.fromEntries(items));
  await forgetLeftovers(store, { ...NONE, sources: new Set(['s']) }, NOW);
  expect(await store.redis.hkeys(keys.topics(store))).toEqual(['stays']);
  expect(await store.redis.hkeys(keys.distributed(store))).toEqual(['stays']);
  expect(await store.redis.zrange(keys.narrowedTopics(store), 0, '-1')).toEqual(['stays']);
  expect(await store.redis.hkeys(keys.clock(store))).toEqual(['lately']);
  const left = await store.redis.hkeys(keys.offered(store, 's'));
  expect([left.length, left.includes('i500'), left.includes('i499')]).toEqual([1_000, true, false]);
});
