import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { commitEntries } from '../../../src/store/stories/commit.ts';
import { readTotals } from '../../../src/store/ledger/figures.ts';
import type { Store } from '../../../src/store/redis/keys.ts';
import { readEdition, readEntry, readStory, resolveStory } from '../../../src/store/stories/stories.ts';
import { DRILL, join, RAILWAY } from '../../story/texts.ts';
import { makeCommitOptions, makeEntry, makeSubmission } from '../../support/entries.ts';
import { startRedis, type TestRedis } from '../../support/redis.ts';

let redis: TestRedis;
let store: Store;
let edits = 0;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());
beforeEach(() => {
  store = redis.store();
});

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 5, 3, 4);
const options = makeCommitOptions(NOW);

interface Draft {
  readonly title: string;
  readonly text: string;
  readonly trust?: number;
  readonly published?: number | null;
}

const railway: Draft = { title: RAILWAY.title, text: join(RAILWAY.paragraphs) };
const drill: Draft = { title: DRILL.title, text: join(DRILL.paragraphs) };
/** A text of its own for each number. */
const strange = (n: number): Draft => ({
  title: `第${n}处老码头改造方案公布`,
  text: Array.from(
    { length: 6 },
    (_, i) => `码头${n}的第${i}段堤岸改造由${n * 7 + i}家单位分头承担，工期${n + i * 3}个月。`,
  ).join('\n'),
});

const both = (one: Draft, other: Draft): Draft => ({
  title: `${one.title} ${other.title}`,
  text: `${one.text}\n${other.text}`,
});

/** Commits an entry named after its source, or its changed form. */
async function put(id: string, { trust = 50, ...draft }: Draft, at = NOW): Promise<void> {
  const entry = makeEntry({ id, source: id.split('-')[0] ?? id, link: `https://${id}.example/`, ...draft });
  await commitEntries(store, [makeSubmission(entry, { trust, hash: `h${edits++}` })], { ...options, now: at });
}

const storyOf = async (entry: string) => (await readEntry(store, entry))?.story;
const members = async (story: string) => (await readStory(store, story))?.copies.map(({ entry }) => entry).sort();
const lastRow = async (entry: string) => (await readEntry(store, entry))?.ledger.at(-1);
/** What readers have of a story. */
async function shown(story: string) {
  const rows = await readEdition(store, 'delta', { offset: 0, limit: 100, since: null });
  const row = rows.find((one) => one.story.id === story);
  return row && { lead: row.lead.id, title: row.lead.title, text: row.lead.text, at: row.story.orderAt };
}

describe('an entry that its publisher changed', () => {
  it('leaves a story that it does not match any more, and the story as it was', async () => {
    await put('one', railway);
    await put('bad', railway);
    const before = await readStory(store, 'one');
    await put('bad', strange(1));
    expect([await members('one'), await members('bad')]).toEqual([['one'], ['bad']]);
    const { version: _, copies: __, ...after } = (await readStory(store, 'one')) ?? {};
    expect(before).toMatchObject(after);
    expect(await lastRow('bad')).toMatchObject({
      decision: 'kept',
      rule: 'story',
      story: 'bad',
      reason: { code: 'story.left', params: { story: 'one' } },
    });
    expect(await readTotals(store)).toMatchObject({ stories: 2, kept: 2, merged: 0 });
  });

  it('takes neither text nor place of the story along where it led it', async () => {
    await put('bad', { ...railway, published: NOW - 1000 });
    await put('one', { ...railway, published: NOW });
    expect(await shown('bad')).toMatchObject({ lead: 'bad', at: NOW - 1000 });
    await put('bad', { ...strange(1), published: Date.UTC(2010, 0, 1) });
    expect(await shown('bad')).toEqual({ lead: 'one', title: railway.title, text: railway.text, at: NOW - 1000 });
    expect(await storyOf('bad')).toBe('bad-2');
    expect((await shown('bad-2'))?.title).toBe(strange(1).title);
  });

  it('stays where it still matches', async () => {
    await put('one', railway);
    await put('bad', railway);
    await put('bad', { ...railway, text: `${railway.text}\n线路今后还将向北延伸。` });
    expect(await members('one')).toEqual(['bad', 'one']);
    expect(await lastRow('bad')).toMatchObject({ decision: 'merged', reason: { code: 'story.changed' } });
  });

  it('stays alone in a story of its own', async () => {
    await put('one', railway);
    await put('one', strange(1));
    expect(await members('one')).toEqual(['one']);
    expect(await storyOf('one')).toBe('one');
  });

  it('goes to the story that it matches now, and makes that no other’s', async () => {
    await put('one', railway);
    await put('two', drill);
    await put('three', strange(3));
    await put('bad', strange(3));
    await put('bad', both(railway, drill));
    expect(await members('one')).toEqual(['bad', 'one']);
    await put('bad', drill);
    expect([await members('one'), await members('two'), await members('three')]).toEqual([
      ['one'],
      ['bad', 'two'],
      ['three'],
    ]);
    expect((await shown('two'))?.lead).toBe('two');
  });

  it('is vouched for by no other entry of its source', async () => {
    await put('one', railway);
    await put('bad-a', railway);
    await put('bad-b', railway);
    await put('bad-a', both(railway, drill));
    await put('bad-b', drill);
    expect(await members('one')).toEqual(['bad-a', 'one']);
  });

  it('takes back the id that it had before its story was merged', async () => {
    await put('one', railway);
    await put('two', { ...railway, text: strange(9).text, title: strange(9).title });
    const { version: _, ...two } = (await readStory(store, 'two')) ?? {};
    expect(two).toBeDefined();
    await commitEntries(store, [makeSubmission(makeEntry({ id: 'three', source: 'three', ...railway }))], {
      ...options,
      decideStory: () => ({ join: 'one', merge: ['two'], reason: { code: 'story.same-text' } }),
    });
    expect(await resolveStory(store, 'two')).toBe('one');
    await put('two', strange(8));
    expect([await resolveStory(store, 'two'), await members('two')]).toEqual(['two', ['two']]);
  });
});

describe('the place of a story', () => {
  it.each([
    ['2010', Date.UTC(2010, 0, 1)],
    ['the future', Date.UTC(2040, 0, 1)],
    ['none', null],
  ])('is not moved by a date changed to %s', async (_, published) => {
    await put('one', { ...railway, published: NOW - 5000 });
    await put('two', { ...drill, published: NOW - 4000 });
    await put('bad', { ...drill, published: NOW - 4000, trust: 90 });
    await put('bad', { ...drill, published, trust: 90 }, NOW + 60_000);
    await put('one', { ...railway, published }, NOW + 60_000);
    expect([(await shown('one'))?.at, (await shown('two'))?.at]).toEqual([NOW - 5000, NOW - 4000]);
    expect((await shown('two'))?.lead).toBe('bad');
  });

  it('is not moved by another lead', async () => {
    await put('one', { ...railway, published: NOW - 5000 });
    await put('two', { ...railway, published: NOW - DAY_MS, trust: 90 });
    expect(await shown('one')).toMatchObject({ lead: 'two', at: NOW - 5000 });
  });
});

describe('copies of one source', () => {
  it('are listed up to a dozen, the newest of them, and the lead with those of others', async () => {
    await put('one', railway);
    await put('two', railway, NOW + 1);
    for (let i = 10; i < 40; i++) await put(`bad-${i}`, railway, NOW + i);
    const newest = Array.from({ length: 12 }, (_, i) => `bad-${28 + i}`);
    expect(await members('one')).toEqual([...newest, 'one', 'two']);
    expect((await shown('one'))?.lead).toBe('one');
    expect([await storyOf('bad-10'), (await lastRow('bad-10'))?.decision]).toEqual(['one', 'merged']);
    expect(await readTotals(store)).toMatchObject({ entries: 32, stories: 1, merged: 31 });
  });
});

describe('a source that tries to make strangers one', () => {
  it('does not by a digest, nor by one that follows on another', async () => {
    await put('one', railway);
    await put('two', drill);
    for (const id of ['bad-a', 'bad-b', 'bad-c']) await put(id, both(railway, drill));
    for (const id of ['bad-d', 'bad-e']) await put(id, both(drill, railway));
    expect([await storyOf('one'), await storyOf('two')]).toEqual(['one', 'two']);
    expect((await readTotals(store)).stories).toBe(2);
  });

  it('collapses no stories by entries that it changes again and again', async () => {
    const honest = Array.from({ length: 20 }, (_, i) => strange(i));
    for (const [i, draft] of honest.entries()) await put(`honest${i}`, { ...draft, trust: 80 });
    const before = await Promise.all(honest.map((_, i) => shown(`honest${i}`)));
    for (let i = 0; i + 1 < honest.length; i++) {
      const [from, to] = [strange(i), strange(i + 1)];
      await put(`bad-${i}`, { ...from, trust: 0 });
      await put(`bad-${i}`, { ...both(from, to), trust: 0 });
      await put(`bad-${i}`, { ...to, trust: 0 });
      await put(`bad-x${i}`, { ...both(from, to), trust: 0 });
      await put(`bad-y${i}`, { ...both(to, from), title: to.title, trust: 0 });
    }
    expect(await Promise.all(honest.map((_, i) => shown(`honest${i}`)))).toEqual(before);
    expect((await readTotals(store)).stories).toBeGreaterThanOrEqual(20);
  });
});
