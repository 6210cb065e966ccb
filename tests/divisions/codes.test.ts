import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { commitEntries } from '../../src/store/stories/commit.ts';
import { cityOf, codePrefix, countedPlaces, liesIn, provinceOf } from '../../src/divisions/codes.ts';
import { readCoverage, readCoverageByDay, rollUp } from '../../src/store/ledger/coverage.ts';
import { dayOf, keys, type Store } from '../../src/store/redis/keys.ts';
import { ASSEMBLER } from '../../src/pipeline/assemble.ts';
import { decideStory } from '../../src/story/match.ts';
import type { RegionHit } from '../../src/model/region.ts';
import { makeEntry, makeSubmission } from '../support/entries.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

const NOW = Date.UTC(2026, 2, 3, 16, 30); // 00:30 on the fourth in Shanghai
const DAY_MS = 86_400_000;

let redis: TestRedis;
let store: Store;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());
beforeEach(() => {
  store = redis.store();
});

it.each([
  ['340000', '34', '340000', null],
  ['340100', '3401', '340000', '340100'],
  ['341225', '341225', '340000', '341200'],
  ['310115', '310115', '310000', null],
  ['500234', '500234', '500000', null],
  ['429004', '429004', '420000', null],
])('%s has the prefix %s, the province %s and the city %s', (code, prefix, province, city) => {
  expect([codePrefix(code), provinceOf(code), cityOf(code)]).toEqual([prefix, province, city]);
});

it('a place lies in itself and in those above it', () => {
  expect(['341225', '341200', '340000'].map((above) => liesIn('341225', above))).toEqual([true, true, true]);
  expect(['341200', '341222', '330000'].map((above) => liesIn('340100', above))).toEqual([false, false, false]);
});

describe('countedPlaces', () => {
  it.each([
    ['a province', ['340000'], ['340000']],
    ['a city and its province', ['340100'], ['340000', '340100']],
    ['a county alone', ['340121'], ['340000', '340100', '340121']],
    ['two counties of one city', ['340121', '340122'], ['340000', '340100', '340121', '340122']],
    ['a county beside its city', ['340100', '340121'], ['340000', '340100', '340121']],
    ['cities of two provinces', ['340100', '320100'], ['320000', '320100', '340000', '340100']],
    ['districts of a municipality', ['310115', '310101'], ['310000', '310101', '310115']],
    ['a county that no city stands above', ['429004'], ['420000', '429004']],
    ['nothing', [], []],
  ])('%s', (_name, codes, counted) => {
    expect(countedPlaces(codes).toSorted()).toEqual(counted);
  });
});

const commit = (id: string, codes: readonly string[], at = NOW) => {
  const regions = codes.map((code): RegionHit => ({ code, name: code, level: 'county', score: 3, evidence: [] }));
  const entry = makeEntry({ id, title: `${id} 另一件事`, text: `${id.repeat(40)}。`, link: `https://s.example/${id}` });
  return commitEntries(store, [makeSubmission(entry, { regions })], {
    now: at,
    configVersion: 'c1',
    ledgerCount: 100,
    windowMs: DAY_MS,
    decideStory,
    assembler: ASSEMBLER,
  });
};

it('counts each entry once for each place, its city and its province', async () => {
  await commit('a', ['340121', '340122']);
  await commit('b', ['340121', '340100', '340000']);
  await commit('c', ['340200', '320100']);
  await commit('d', ['340121'], NOW - DAY_MS);
  const today = { '340000': 3, '340100': 2, '340121': 2, '340122': 1, '340200': 1, '320000': 1, '320100': 1 };
  expect(Object.fromEntries(await readCoverage(store, NOW, 1))).toEqual(today);
  const both = { ...today, '340000': 4, '340100': 3, '340121': 3 };
  expect(Object.fromEntries(await readCoverage(store, NOW, 7))).toEqual(both);
});

describe('days that an older deltawire counted', () => {
  it('are rolled up without counting a county and its city twice', () => {
    const counts = { '340100': 5, '340104': 3, '340121': 1, '340200': 2, '341881': 4, '340000': 1 };
    const all = Object.fromEntries(rollUp(new Map(Object.entries(counts))));
    expect(all).toEqual({ ...counts, '341800': 4, '340000': 1 + 5 + 2 + 4 });
  });

  it('are read beside those of today, oldest first; the day of the change holds both', async () => {
    await store.redis.hset(keys.coverage(store, '20260302'), '330100', 5);
    await store.redis.hset(keys.coverage(store, dayOf(NOW)), '340121', 2);
    await commit('a', ['340121']);
    expect(await readCoverageByDay(store, NOW, 3)).toEqual([
      { day: '20260302', counts: new Map([['330100', 5]]).set('330000', 5) },
      { day: '20260303', counts: new Map() },
      { day: '20260304', counts: new Map([['340121', 3]]).set('340100', 3).set('340000', 3) },
    ]);
  });
});
