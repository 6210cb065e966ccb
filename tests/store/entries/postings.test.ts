/** Posts entries under keys as commits do, in a real Redis, and finds them by those keys. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Generation, placeOf, postingControl } from '../../../src/store/entries/keyindex.ts';
import { createMet, findEntries } from '../../../src/store/entries/postings.ts';
import { keys, type Store } from '../../../src/store/redis/keys.ts';
import { startRedis, type TestRedis } from '../../support/redis.ts';

const LUA = readFileSync(new URL('../../../src/store/lua/includes/postings.lua', import.meta.url), 'utf8');
const POST = `${LUA}
local c = cjson.decode(ARGV[1])
redis.call('HSET', c.entryKey, 's', c.entry, 'at', c.now, 'v', 'evidence of ' .. c.entry)
redis.call('HSET', c.storyKey, 'v', 1)
local generations = generations_in(redis.call('GET', c.generations))
if c.again then unpost(c, generations, c.keys) end
local newest = #generations > 0 and read_buckets(c, generations[#generations], c.keys) or {}
post(c, generations, newest, redis.call('INCR', c.sequence), c.keys)`;

const DAY_MS = 86_400_000;
const WINDOW_MS = 28 * DAY_MS;
const NOW = Date.UTC(2026, 5, 1);

let redis: TestRedis;
let store: Store;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());
beforeEach(() => {
  store = redis.store();
});

interface Posting {
  readonly entry: string;
  readonly keys: readonly string[];
  readonly now?: number;
  /** Its publisher changed it. */
  readonly again?: boolean;
}

async function post(postings: readonly Posting[]): Promise<void> {
  const sha = String(await store.redis.script('LOAD', POST));
  const pipeline = store.redis.pipeline();
  for (const { entry, keys: of, now = NOW, again = false } of postings) {
    const names = { entryKey: keys.entry(store, entry), storyKey: keys.story(store, entry) };
    const control = { ...postingControl(store, WINDOW_MS), ...names, sequence: keys.sequence(store) };
    pipeline.evalsha(sha, 0, JSON.stringify({ ...control, entry, now, again, keys: of.map(placeOf) }));
  }
  for (const [error] of (await pipeline.exec()) ?? []) expect(error).toBeNull();
}

async function find(of: readonly string[], now = NOW, entry = '') {
  const [found] = await findEntries(store, [{ entry, keys: of }], { now, windowMs: WINDOW_MS });
  return { ...found, entries: found?.candidates.map((one) => one.entry) };
}

const generations = async () =>
  JSON.parse((await store.redis.get(keys.generations(store))) ?? '[]') as readonly Generation[];

it('finds what shares rare keys first, and not the entry itself', async () => {
  await post([
    { entry: 'a', keys: ['pAAAAaaaa', 'pCOMMONxx'] },
    { entry: 'b', keys: ['pCOMMONxx'] },
    { entry: 'c', keys: ['pAAAAaaaa', 'pCOMMONxx'] },
  ]);
  const found = await find(['pAAAAaaaa', 'pCOMMONxx', 'pnothing0'], NOW, 'c');
  expect(found.entries).toEqual(['a', 'b']);
  expect(found.candidates?.[0]).toEqual({
    entry: 'a',
    story: 'a',
    evidence: 'evidence of a',
    storedAt: NOW,
  });
  expect(found.counts).toEqual([2, 3, 0]);
  expect(found.tops).toEqual([3, 3, 0]);
});

it('passes over what shares fewer topics than are wanted and no key of the text, and reads nothing of it', async () => {
  await post([
    { entry: 'one topic', keys: ['rAAAAaaaa'] },
    { entry: 'two topics', keys: ['rAAAAaaaa', 'rBBBBbbbb'] },
    { entry: 'text', keys: ['pCCCCcccc'] },
  ]);
  const of = ['rAAAAaaaa', 'rBBBBbbbb', 'pCCCCcccc'];
  const met = createMet();
  const question = { entry: '', keys: of, topics: { count: 2, least: 2 } };
  const [found] = await findEntries(store, [question], { now: NOW, windowMs: WINDOW_MS, met });
  expect(found?.candidates.map((one) => one.entry).toSorted()).toEqual(['text', 'two topics']);
  expect(found?.counts).toEqual([2, 1, 1]);
  expect(met.rows.has('one topic')).toBe(false);
  expect((await find(of)).entries?.toSorted()).toEqual(['one topic', 'text', 'two topics']);
});

it('tells keys apart that share a bucket, and kinds that share a tag', async () => {
  await post([
    { entry: 'a', keys: ['pAAAAaaaa'] },
    { entry: 'b', keys: ['pAAAAaaab'] },
    { entry: 'c', keys: ['tAAAAaaaa'] },
  ]);
  expect((await find(['pAAAAaaab'])).entries).toEqual(['b']);
  expect((await find(['tAAAAaaaa'])).entries).toEqual(['c']);
});

it('keeps the newest four dozen under a key that many share', async () => {
  await post(Array.from({ length: 60 }, (_, i) => ({ entry: `e${i}`, keys: ['pCOMMONxx'] })));
  const { entries, counts } = await find(['pCOMMONxx']);
  expect(counts).toEqual([48]);
  expect(entries).toEqual(Array.from({ length: 32 }, (_, i) => `e${59 - i}`));
});

it('takes an entry that changed from under its keys before it posts it anew', async () => {
  await post([
    { entry: 'a', keys: ['pAAAAaaaa'] },
    { entry: 'b', keys: ['pAAAAaaaa'] },
    { entry: 'a', keys: ['pAAAAaaaa'], now: NOW + 20 * DAY_MS, again: true },
  ]);
  expect(await find(['pAAAAaaaa'], NOW + 20 * DAY_MS)).toMatchObject({ counts: [2], tops: [3], entries: ['a', 'b'] });
});

it('begins a wider generation where one is full, and finds what stands in either', async () => {
  const key = (i: number) => `p${createHash('sha256').update(String(i)).digest('base64url').slice(0, 8)}`;
  await post(Array.from({ length: 4_150 }, (_, i) => ({ entry: `e${i}`, keys: [key(i)] })));
  const [first, second, ...others] = await generations();
  expect(others).toEqual([]);
  expect(first?.slice(0, 2)).toEqual([1, 12]);
  expect(second?.[1]).toBeGreaterThan(13);
  expect(await store.redis.hlen(`${keys.postings(store)}2`)).toBeGreaterThan(40);
  const found = await find([key(5), key(4_149)]);
  expect(found.entries).toEqual(['e4149', 'e5']);
  expect(found.newest).toBe(2);
});

it('makes a generation as wide as a window needs at the pace after a first poll, whose own pace tells little', async () => {
  const bitsOfSecond = async (burst: number, everyMs: number) => {
    store = redis.store();
    const at = (i: number) => NOW + Math.max(0, i - burst) * everyMs;
    await post(Array.from({ length: 4_097 }, (_, i) => ({ entry: `e${i}`, keys: [`p${i}`.padEnd(9)], now: at(i) })));
    return (await generations())[1]?.[1];
  };
  // 28 days hold 40,320 minutes, of which 2 ** 16 is the next power of two, and 2 ** 20 of 806,400 times three seconds.
  expect(await bitsOfSecond(0, 60_000)).toBe(16);
  expect(await bitsOfSecond(3_000, 60_000)).toBe(16);
  expect(await bitsOfSecond(3_000, 3_000)).toBe(20);
  expect(await bitsOfSecond(4_097, 0)).toBe(16);
});

it('writes to one generation while it is not full, and takes out of its buckets what is older than the window', async () => {
  const days = Array.from({ length: 30 }, (_, i) => i * 4);
  for (const day of days) await post([{ entry: `e${day}`, keys: ['pAAAAaaaa'], now: NOW + day * DAY_MS }]);
  const [only, ...others] = await generations();
  expect(others).toEqual([]);
  expect(only?.[0]).toBe(1);
  expect(only?.[4]?.length).toBeLessThanOrEqual(9);
  expect((await find(['pAAAAaaaa'], NOW + 116 * DAY_MS)).entries).toEqual(
    [116, 112, 108, 104, 100, 96, 92, 88].map((day) => `e${day}`),
  );
  const postings = await store.redis.hvals(`${keys.postings(store)}1`);
  expect(postings.join('').length / 10).toBeLessThanOrEqual(9);
  expect(await store.redis.pttl(`${keys.postings(store)}1`)).toBeGreaterThan(WINDOW_MS + 3 * DAY_MS);
});

it('forgets a generation that ended before the window, which Redis would forget by itself', async () => {
  const key = (i: number) => `p${createHash('sha256').update(String(i)).digest('base64url').slice(0, 8)}`;
  await post(Array.from({ length: 4_150 }, (_, i) => ({ entry: `e${i}`, keys: [key(i)] })));
  expect((await generations()).map(([number]) => number)).toEqual([1, 2]);
  expect(await store.redis.pttl(`${keys.postings(store)}1`)).toBeGreaterThan(WINDOW_MS + 3 * DAY_MS);
  await post([{ entry: 'late', keys: [key(5)], now: NOW + 29 * DAY_MS }]);
  expect((await generations()).map(([number]) => number)).toEqual([2]);
  expect(await store.redis.exists(`${keys.postings(store)}1`)).toBe(0);
  expect((await find([key(5)], NOW + 29 * DAY_MS)).entries).toEqual(['late']);
});

it('begins no generation by a clock that is late', async () => {
  await post([
    { entry: 'a', keys: ['pAAAAaaaa'], now: NOW + 10 * DAY_MS },
    { entry: 'b', keys: ['pAAAAaaaa'], now: NOW },
  ]);
  expect(await generations()).toHaveLength(1);
  expect((await find(['pAAAAaaaa'])).entries).toEqual(['b', 'a']);
});
