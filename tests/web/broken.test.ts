import type { Unreadable } from '../../src/model/storedrecord.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ASSEMBLER } from '../../src/pipeline/assemble.ts';
import { keys, type Store } from '../../src/store/redis/keys.ts';
import { listUnreadable, readUnreadable } from '../../src/store/redis/unreadable.ts';
import { mendRecord } from '../../src/store/records/mend.ts';
import { surveyRecords } from '../../src/store/records/survey.ts';
import { dueSources } from '../../src/store/sources/sources.ts';
import { prune, replaceEditions } from '../../src/store/stories/rewrite.ts';
import { readEdition, readStory } from '../../src/store/stories/stories.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { NOW, type RunningWeb, seedEntries, seedSource, startWeb } from './seed.ts';

let redis: TestRedis;
let web: RunningWeb;
let store: Store;
const told: Unreadable[] = [];

const IDS = Array.from({ length: 12 }, (_, i) => `e${i}`);
const DAY_MS = 86_400_000;

beforeAll(async () => {
  redis = await startRedis();
  web = await startWeb(redis);
  const list = listUnreadable(
    web.store,
    (record) => void told.push(record),
    () => NOW,
  );
  store = Object.assign(web.store, { onUnreadable: list });
  await seedEntries(
    store,
    IDS.map((id) => ({ id })),
  );
  await seedEntries(store, [{ id: 'copy', joins: 'e2' }]);
  await seedSource(store, 'hfrb');
  await seedSource(store, 'jsxw');
});
afterAll(async () => {
  await web.close();
  await redis.stop();
});

/** Breaks records of every kind, each in another way. */
async function breakAll(): Promise<void> {
  const { redis: r } = store;
  const half = async (key: string, field: string) => {
    const whole = (await r.hgetBuffer(key, field)) ?? Buffer.alloc(0);
    await r.hset(key, field, whole.subarray(0, Math.floor(whole.length / 2)));
  };
  await half(keys.entry(store, 'e0'), 'e');
  await half(keys.entry(store, 'e1'), 'x');
  await half(keys.story(store, 'e2'), 'j');
  await r.hset(keys.story(store, 'e3'), 'j', '{"id":"e3"}');
  await r.hset(keys.entry(store, 'e4'), 'e', 'no bytes of ours');
  await r.del(keys.story(store, 'e5'));
  await r.set(keys.story(store, 'e5'), 'a string');
  await r.del(keys.entry(store, 'e6'));
  await r.lpush(keys.entry(store, 'e6'), 'a list');
  await half(keys.entry(store, 'e7'), 'r');
  await r.hset(keys.source(store, 'jsxw'), 'state', '{"id":');
  await r.lpush(keys.polls(store, 'hfrb'), '{"at":');
  await r.xadd(keys.ledger(store), '*', 'j', '{"entry":1}');
}

it('shows the rest, names each on the page once, and mends what can be mended', { timeout: 120_000 }, async () => {
  await breakAll();
  for (const path of [
    '/',
    '/feeds/delta.rss',
    '/status',
    '/ledger',
    '/sources',
    '/metrics',
    '/api/status',
    '/status/source?id=hfrb',
  ])
    expect([path, (await web.get(path)).status]).toEqual([path, 200]);
  const rows = async () =>
    (await readEdition(store, 'delta', { offset: 0, limit: 50, since: null })).map((one) => one.story.id);
  // Stories of which neither the story nor its lead is broken.
  expect((await rows()).sort()).toEqual(['e1', 'e10', 'e11', 'e7', 'e8', 'e9']);
  await prune(
    store,
    {
      entriesDays: 365,
      entriesCount: 1_000,
      ledgerDays: 365,
      rawDays: 300,
      isPolled: () => true,
      quotaOf: () => ({ newPerPoll: 10, newPerDay: 10, entries: 1_000, bytes: 1e9 }),
    },
    NOW + DAY_MS,
    ASSEMBLER,
  );
  const placed: string[] = [];
  await replaceEditions(store, {
    known: ['delta', 'anhui'],
    editionsOf: ({ entry }) => (placed.push(entry.id), ['delta']),
    assembler: ASSEMBLER,
    progress: () => undefined,
  });
  expect(placed).toEqual(expect.arrayContaining(['e7', 'e8', 'e9', 'e10', 'e11']));
  // What is broken itself waits, and keeps nobody up.
  await seedEntries(store, [{ id: 'new' }, { id: 'e6' }, { id: 'late' }]);
  expect(await rows()).toEqual(expect.arrayContaining(['new', 'late']));

  const page = await (await web.get('/status')).text();
  expect(page).toContain(keys.story(store, 'e3'));
  expect(page).toContain('deltawire doctor --fix');
  expect(new Set(told.map(({ key }) => key)).size).toBe(told.length);

  const found = await surveyRecords(store, ['hfrb', 'jsxw']);
  expect(found.map(({ kind, id }) => `${kind} ${id}`).sort()).toEqual(
    expect.arrayContaining([
      'entry e0',
      'entry e1',
      'entry e4',
      'entry e6',
      'raw e7',
      'source hfrb',
      'source jsxw',
      'story e2',
      'story e3',
      'story e5',
    ]),
  );
  for (const record of found)
    await mendRecord(store, record, {
      assembler: ASSEMBLER,
      sourceOf: (id) => ({ name: id, trust: 50 }),
      now: NOW,
    });
  expect(await surveyRecords(store, ['hfrb', 'jsxw'])).toEqual([]);
  expect((await readStory(store, 'e2'))?.copies.map(({ entry }) => entry).sort()).toEqual(['copy', 'e2']);
  expect((await readStory(store, 'e5'))?.copies.map(({ entry }) => entry)).toEqual(['e5']);
  // Asked again for what is gone.
  expect(await dueSources(store, NOW, 9)).toContain('hfrb');
  expect(await store.redis.hget(keys.seen(store, 'hfrb'), 'e0')).toBeNull();
  expect((await readUnreadable(store)).length).toBeGreaterThan(0);
});
