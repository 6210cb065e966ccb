/** What stands in the store otherwise than this program writes it: defaulted where an older one may have, named otherwise. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Unreadable } from '../../src/model/storedrecord.ts';
import { keys, type Store } from '../../src/store/redis/keys.ts';
import { readSourceState, readSourceStates } from '../../src/store/sources/sources.ts';
import { emptyState } from '../../src/store/sources/state.ts';
import { readStory } from '../../src/store/stories/stories.ts';
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

it('reads fields that an older version did not write as of a source never polled', async () => {
  await store.redis.hset(keys.source(store, 'hfrb'), 'state', JSON.stringify({ id: 'hfrb', failures: 2 }));
  await store.redis.lpush(keys.polls(store, 'hfrb'), JSON.stringify({ at: 5, outcome: 'failed', status: 503 }));
  const state = await readSourceState(store, 'hfrb');
  expect(state).toMatchObject({ ...emptyState('hfrb'), failures: 2, polls: [{ at: 5, status: 503, repairs: [] }] });
});

it('reads a field that makes no sense as unknown, and the other sources as ever', async () => {
  const odd = { id: 'odd', failures: 'many', told: 'asleep', rhythm: 7, validators: null, title: '合肥日报' };
  await store.redis.hset(keys.source(store, 'odd'), 'state', JSON.stringify(odd));
  const [first, second] = await readSourceStates(store, ['odd', 'new']);
  expect(first).toEqual({ ...emptyState('odd'), title: '合肥日报' });
  expect(second).toEqual(emptyState('new'));
});

it.each([
  ['no JSON', '{"id":', /^t\d+:story:x holds no JSON: /],
  ['no story', '{"id":"x"}', /^t\d+:story:x holds something else than it should at lead: /],
  ['a story of nothing', '{"id":"x","lead":"x","copies":[],"editions":[],"regions":[],"orderAt":1}', /at copies: /],
])('passes over the story, and names its key, that holds %s', async (_, json, message) => {
  await store.redis.hset(keys.story(store, 'x'), 'v', 1, 'j', json);
  const told: Unreadable[] = [];
  expect(await readStory({ ...store, onUnreadable: (record) => void told.push(record) }, 'x')).toBeNull();
  expect(told).toEqual([{ key: keys.story(store, 'x'), why: expect.stringMatching(message) as string }]);
});
