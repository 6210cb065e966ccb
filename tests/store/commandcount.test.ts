/** How many commands Redis runs for a new entry, those of scripts included: what a store of many sources lives by. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeCopy } from '../../bench/news.ts';
import { noteReading } from '../../src/store/sources/readings.ts';
import { noteSeen } from '../../src/store/sources/seen.ts';
import { createMet } from '../../src/store/entries/postings.ts';
import { commitEntries } from '../../src/store/stories/commit.ts';
import { relateCommitted } from '../../src/store/stories/relations.ts';
import { FEWEST_TOPICS, relateStories } from '../../src/story/related.ts';
import { makeCommitOptions, makeEntry, makeSubmission } from '../support/entries.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

const NOW = Date.UTC(2026, 5, 1, 4);
const ENTRIES = 240;
/** As many as ingest commits together. */
const BATCH = 20;

let redis: TestRedis;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

/** Commands since the server started. */
async function countCommands(): Promise<number> {
  const stats = await redis.store().redis.info('commandstats');
  return [...stats.matchAll(/calls=(\d+)/g)].reduce((sum, [, calls]) => sum + Number(calls), 0);
}

/** Commits news, a third of which are copies, as ingest does; gives the commands an entry. */
async function measure(judged: 'kept' | 'dropped'): Promise<number> {
  const store = redis.store();
  const submissions = Array.from({ length: ENTRIES }, (_, i) => {
    const story = i % 3 === 2 ? i - 2 : i;
    const id = `${judged}${i}`;
    const copy = makeCopy(story, i % 3, NOW);
    const entry = { ...makeEntry({ id }), ...copy, id, source: `s${i % 7}` };
    if (judged === 'kept') return makeSubmission(entry);
    const judgement = { editions: [], rule: 'region', reason: 'no place', barred: false, matched: [] };
    return makeSubmission(entry, { regions: [], judgement });
  });
  const before = await countCommands();
  for (let at = 0; at < ENTRIES; at += BATCH) {
    const batch = submissions.slice(at, at + BATCH);
    const met = createMet();
    const { windowMs, ...options } = makeCommitOptions(NOW + at * 1_000);
    const committed = await commitEntries(store, batch, { ...options, windowMs, met });
    const placed = committed.flatMap((one, i) =>
      one.known ? [] : [{ entry: one.entry, story: one.story, fingerprint: batch[i]?.fingerprint ?? NO_PRINT }],
    );
    await relateCommitted(store, placed, {
      now: options.now,
      windowMs,
      met,
      fewestTopics: FEWEST_TOPICS,
      relateStories,
    });
  }
  return ((await countCommands()) - before) / ENTRIES;
}

const NO_PRINT = { keys: [], topics: [], evidence: '' };

it('takes at most 44 commands for a new entry in no edition', async () => {
  expect(await measure('dropped')).toBeLessThan(44);
});

it('takes at most 60 for one in two editions, of two places, by whose words it is found', async () => {
  expect(await measure('kept')).toBeLessThan(60);
});

it('takes as few for a document of two thousand known items as for one of two', async () => {
  const store = redis.store();
  const note = async (count: number) => {
    const standing = new Map(Array.from({ length: count }, (_, i) => [`i${i}`, `m${i}`]));
    await noteSeen(store, 'one', standing);
    await noteReading(store, 'one', { fresh: new Map(), standing, sinceWhole: null });
    const before = await countCommands();
    const noted = await noteReading(store, 'one', { fresh: new Map(), standing, sinceWhole: null });
    expect(noted?.ids.size).toBe(0);
    return (await countCommands()) - before;
  };
  // A thousand items at a time, of two hashes.
  expect((await note(2_000)) - (await note(2))).toBe(2);
});
