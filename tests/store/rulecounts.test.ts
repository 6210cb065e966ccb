import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { keys, type Store } from '../../src/store/redis/keys.ts';
import { audienceOf, countRules, readRuleCounts, registerRules } from '../../src/store/ledger/rulecounts.ts';
import { ruleKey } from '../../src/text/ruletext.ts';
import type { ConfiguredRule } from '../../src/model/rule.ts';
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

const AT = { file: 'sources.yaml', line: 3 };
const OWN: ConfiguredRule = { of: 'source', id: 'one', list: 'drop', rule: '招聘', at: AT };
const OTHER: ConfiguredRule = { of: 'edition', id: 'delta', list: 'keep', rule: { title: '夏收' }, at: AT };
const batch = (entries: number, ...matched: readonly ConfiguredRule[]) => ({
  matches: new Map(matched.map((rule) => [ruleKey(rule), 2])),
  passed: new Map([
    [audienceOf(null), entries],
    [audienceOf('one'), entries],
  ]),
  removed: new Map(matched.filter(({ list }) => list === 'drop').map((rule) => [ruleKey(rule), ['s1', 's2']])),
});

it('counts from when the rule was loaded, each rule by the entries it was tried on', async () => {
  await registerRules(store, [OWN], 1_000);
  await countRules(store, batch(20, OWN), 2_000);
  await registerRules(store, [OWN, OTHER], 3_000);
  await countRules(store, batch(5, OTHER), 4_000);
  await countRules(store, batch(5, OWN), 5_000);
  expect(await readRuleCounts(store, [OTHER, OWN])).toEqual([
    { matches: 2, lastMatchAt: 4_000, since: 3_000, passed: 10, removed: 0, removedSince: 3_000 },
    { matches: 4, lastMatchAt: 5_000, since: 1_000, passed: 30, removed: 2, removedSince: 1_000 },
  ]);
});

it('forgets what left the config, so that it stays as small as the config', async () => {
  await registerRules(store, [OWN, OTHER], 1_000);
  await countRules(store, batch(20, OWN, OTHER), 2_000);
  await registerRules(store, [OTHER], 3_000);
  const fields = Object.keys(await store.redis.hgetall(keys.rules(store)));
  expect(fields.filter((field) => field.includes('one'))).toEqual([]);
  await registerRules(store, [OWN, OTHER], 4_000);
  expect(await readRuleCounts(store, [OWN])).toEqual([
    { matches: 0, lastMatchAt: null, since: 4_000, passed: 0, removed: 0, removedSince: 4_000 },
  ]);
});

it('says since when stories are counted where a version before counted matches only', async () => {
  await registerRules(store, [OWN], 1_000);
  await store.redis.hdel(keys.rules(store), `r ${ruleKey(OWN)}`);
  await registerRules(store, [OWN], 6_000);
  expect(await readRuleCounts(store, [OWN])).toMatchObject([{ since: 1_000, removedSince: 6_000 }]);
});
