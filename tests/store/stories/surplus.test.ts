import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ASSEMBLER } from '../../../src/pipeline/assemble.ts';
import { weighEntries } from '../../../src/store/entries/weight.ts';
import { keys } from '../../../src/store/redis/keys.ts';
import { commitEntries } from '../../../src/store/stories/commit.ts';
import { prune } from '../../../src/store/stories/rewrite.ts';
import { readEdition } from '../../../src/store/stories/stories.ts';
import { type Bounds, chooseSurplus, type Kept } from '../../../src/store/stories/surplus.ts';
import { makeEntry, makeSubmission } from '../../support/entries.ts';
import { startRedis, type TestRedis } from '../../support/redis.ts';

const WIDE: Bounds = { entriesCount: 100, quotaOf: () => ({ entries: 100, bytes: 10_000 }) };

/** Entries of 10 bytes, oldest first: `aab` is two of source a, then one of source b. */
const kept = (sources: string): Kept[] =>
  sources.split('').map((source, i) => ({ id: `${source}${i}`, source, bytes: 10 }));

describe('chooseSurplus', () => {
  it.each<[string, string, Partial<Bounds>, string[]]>([
    ['nothing where there is room', 'aabb', {}, []],
    ['the oldest of the source that has most', 'abaaa', { entriesCount: 3 }, ['a0', 'a2']],
    ['nothing of those that have less than their share', 'bcaaaaaa', { entriesCount: 4 }, ['a2', 'a3', 'a4', 'a5']],
    ['of two large ones until they have the same', 'caaaabbb', { entriesCount: 5 }, ['a1', 'a2', 'b5']],
    ['the oldest where sources are more than entries may be', 'abcd', { entriesCount: 2 }, ['a0', 'b1']],
    ['no more than it must where room does not divide evenly', 'aaabbb', { entriesCount: 5 }, ['a0']],
    [
      'more than a source’s own quota',
      'abaa',
      { quotaOf: (source) => ({ entries: source === 'a' ? 1 : 9, bytes: 999 }) },
      ['a0', 'a2'],
    ],
    ['more than a source’s bytes', 'abaa', { quotaOf: () => ({ entries: 9, bytes: 20 }) }, ['a0']],
    ['all of a source that may keep nothing', 'ab', { quotaOf: () => ({ entries: 9, bytes: 9 }) }, ['a0', 'b1']],
  ])('takes %s', (_, sources, over, doomed) => {
    expect(chooseSurplus(kept(sources), { ...WIDE, ...over })).toEqual(doomed);
  });
});

describe('retention', () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  const NOW = Date.UTC(2026, 5, 1, 4);
  const commit = (store: ReturnType<TestRedis['store']>, id: string, source: string, now: number) =>
    commitEntries(store, [makeSubmission(makeEntry({ id, source }))], {
      now,
      configVersion: 'c1',
      ledgerCount: 1000,
      windowMs: 1,
      decideStory: () => ({ join: null, merge: [], reason: { code: 'story.new' } }),
      assembler: ASSEMBLER,
    });
  const retention = { ...WIDE, entriesDays: 90, ledgerDays: 90, rawDays: 30, isPolled: () => false };

  it('removes of a flood what is too much, and nothing that others have', async () => {
    const store = redis.store();
    for (let i = 0; i < 4; i++) await commit(store, `honest${i}`, i % 2 === 0 ? 'one' : 'two', NOW + i);
    for (let i = 0; i < 40; i++) await commit(store, `bad${i}`, 'bad', NOW + 100 + i);
    expect(await prune(store, { ...retention, entriesCount: 10 }, NOW + 1000, ASSEMBLER)).toBe(34);
    const rows = await readEdition(store, 'delta', { offset: 0, limit: 100, since: null });
    const left = rows.map(({ story }) => story.id).sort();
    expect(left).toEqual([
      'bad34',
      'bad35',
      'bad36',
      'bad37',
      'bad38',
      'bad39',
      'honest0',
      'honest1',
      'honest2',
      'honest3',
    ]);
  });

  it('knows the sources of entries that an older version stored', async () => {
    const store = redis.store();
    await commit(store, 'a', 'one', NOW);
    await commit(store, 'b', 'two', NOW + 1);
    const written = await weighEntries(store);
    for (const id of ['a', 'b']) await store.redis.hdel(keys.entry(store, id), 'o');
    expect(await weighEntries(store)).toEqual(written);
    expect(written.map(({ id, source }) => [id, source])).toEqual([
      ['a', 'one'],
      ['b', 'two'],
    ]);
    expect(await store.redis.hget(keys.entry(store, 'b'), 'o')).toBe('two');
  });
});
