/** Relates stories in a real Redis: both ways, without merging, within the window, and where they are after merges. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ASSEMBLER } from '../../../src/pipeline/assemble.ts';
import { fingerprint } from '../../../src/story/keys/fingerprint.ts';
import { FEWEST_TOPICS, relateStories } from '../../../src/story/related.ts';
import { joinStories } from '../../../src/store/stories/arrange.ts';
import { commitEntries } from '../../../src/store/stories/commit.ts';
import { type Placed, readRelated, relateCommitted } from '../../../src/store/stories/relations.ts';
import { readAnnounced } from '../../../src/store/stories/stories.ts';
import { keys, type Store } from '../../../src/store/redis/keys.ts';
import { makeCommitOptions, makeEntry, makeSubmission } from '../../support/entries.ts';
import { startRedis, type TestRedis } from '../../support/redis.ts';

let redis: TestRedis;
let store: Store;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());
beforeEach(() => {
  store = redis.store();
});

const NOW = Date.UTC(2026, 5, 3, 4);
const HOUR_MS = 3_600_000;
const WINDOW_MS = makeCommitOptions(NOW).windowMs;

/** Commits a headline and relates it, as ingest does. */
async function tell(id: string, title: string, at = NOW): Promise<readonly Placed[]> {
  const entry = makeEntry({
    id,
    source: id,
    link: `https://${id}.example/`,
    title,
    text: '',
    summary: '',
    published: at,
  });
  const submission = makeSubmission(entry, { fingerprint: fingerprint(entry), hash: id });
  const [committed] = await commitEntries(store, [submission], { ...makeCommitOptions(NOW), now: at });
  if (committed === undefined || committed.known) throw new Error('not committed');
  const placed = [{ entry: id, story: committed.story, fingerprint: submission.fingerprint }];
  await relateCommitted(store, placed, { now: at, windowMs: WINDOW_MS, fewestTopics: FEWEST_TOPICS, relateStories });
  return placed;
}

const flood = '绩溪登源河漫堤 大石门村转移二百人';
const night = '大雨之后：绩溪登源河漫堤，大石门村的人在小学过夜';

async function relatedTo(story: string) {
  return ((await readRelated(store, [story])).get(story) ?? []).map((other) => other.story.id);
}

describe('stories of one event', () => {
  it('name each other and stay two', async () => {
    await tell('a', flood);
    await tell('b', '芜湖弋江区新开三家书店');
    await tell('c', night, NOW + 5 * HOUR_MS);
    expect(await relatedTo('a')).toEqual(['c']);
    expect(await relatedTo('c')).toEqual(['a']);
    expect(await relatedTo('b')).toEqual([]);
    const [found] = (await readRelated(store, ['c'])).get('c') ?? [];
    expect(found).toMatchObject({ why: { code: 'story.related.words' }, at: NOW + 5 * HOUR_MS });
  });

  it('say which one is further', async () => {
    await tell('a', '绩溪登源河山洪已致3人失联');
    await tell('b', '绩溪登源河山洪已致2人遇难，仍有1人失联', NOW + 30 * HOUR_MS);
    const all = await readRelated(store, ['a', 'b']);
    expect(all.get('a')?.[0]?.why).toMatchObject({ code: 'story.related.updated' });
    expect(all.get('b')?.[0]?.why).toMatchObject({ code: 'story.related.updates' });
  });

  it('are found under the story that one of them became part of, and a story is none of its own', async () => {
    await tell('a', flood);
    await tell('b', '芜湖弋江区新开三家书店');
    await tell('c', night, NOW + HOUR_MS);
    await joinStories(store, 'b', 'c', { now: NOW, configVersion: 'c1', ledgerCount: 1000, assembler: ASSEMBLER });
    expect(await relatedTo('a')).toEqual(['b']);
  });

  it('are forgotten a window after the last one was noted', async () => {
    await tell('a', flood);
    await tell('c', night, NOW + HOUR_MS);
    const left = await store.redis.pttl(keys.related(store, 'a'));
    expect(left).toBeGreaterThan(WINDOW_MS - HOUR_MS);
    expect(left).toBeLessThanOrEqual(WINDOW_MS);
  });

  it('change the editions that show them, once, and are no news to subscribers', async () => {
    await tell('a', flood);
    const before = await readAnnounced(store);
    const placed = await tell('c', night, NOW + HOUR_MS);
    const after = await readAnnounced(store);
    // One for the story that came, and one for what it is related to.
    expect(Number(after['anhui']?.revision)).toBe(Number(before['anhui']?.revision) + 2);
    expect(Number(after['anhui']?.announced)).toBe(Number(before['anhui']?.announced) + 1);
    await relateCommitted(store, placed, {
      now: NOW + HOUR_MS,
      windowMs: WINDOW_MS,
      fewestTopics: FEWEST_TOPICS,
      relateStories,
    });
    expect(await readAnnounced(store)).toEqual(after);
  });

  it('are two dozen at most', async () => {
    for (let i = 0; i < 26; i++)
      await tell(
        `s${i}`,
        `${'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄'.charAt(i)}记：绩溪登源河漫堤大石门村转移以后`,
        NOW,
      );
    const sizes = await Promise.all(
      Array.from({ length: 26 }, (_, i) => store.redis.hlen(keys.related(store, `s${i}`))),
    );
    expect(Math.max(...sizes)).toBeLessThanOrEqual(24);
    expect(Math.max(...sizes)).toBeGreaterThan(5);
  });
});
