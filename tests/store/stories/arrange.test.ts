import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { joinStories, splitEntries, splitEntry } from '../../../src/store/stories/arrange.ts';
import type { ByHandOptions } from '../../../src/store/stories/byhand.ts';
import { reason } from '../../../src/reasons/catalogue.ts';
import { commitEntries } from '../../../src/store/stories/commit.ts';
import { readTotals } from '../../../src/store/ledger/figures.ts';
import type { Store } from '../../../src/store/redis/keys.ts';
import { queryLedger } from '../../../src/store/ledger/ledger.ts';
import type { CommitOptions, Submission } from '../../../src/store/stories/submission.ts';
import { prune } from '../../../src/store/stories/rewrite.ts';
import { readEdition, readEntry, readRevisions, readStory, resolveStory } from '../../../src/store/stories/stories.ts';
import { ASSEMBLER } from '../../../src/pipeline/assemble.ts';
import type { StoryDecision } from '../../../src/model/story.ts';
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

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 5, 1, 4);
const byHand: ByHandOptions = { now: NOW + 1000, configVersion: 'c1', ledgerCount: 1000, assembler: ASSEMBLER };
const options = (over: Partial<CommitOptions> = {}): CommitOptions => makeCommitOptions(NOW, over);

const base = makeEntry({ id: 'a' });
/** The same text, at another source. */
const copyOf = (id: string, over: Partial<Submission> = {}) =>
  makeSubmission(makeEntry({ ...base, id, source: `of-${id}`, link: `https://mirror.example/${id}` }), over);
const commit = (submissions: readonly Submission[], over: Partial<CommitOptions> = {}) =>
  commitEntries(store, submissions, options(over));
const membersOf = async (story: string) => (await readStory(store, story))?.copies.map(({ entry }) => entry).sort();
const decisionsOf = async (entry: string) =>
  (await readEntry(store, entry))?.ledger.map(({ decision, rule, story }) => `${decision} ${rule} ${story}`);
/** A copy that is the same as each of these stories, as far as texts can tell. */
const bridge = (...stories: string[]): Partial<CommitOptions> => ({
  decideStory: (): StoryDecision => ({
    join: stories[0] ?? null,
    merge: stories.slice(1),
    reason: reason('story.same-text'),
  }),
});

describe('splitEntry', () => {
  it('gives the entry a story of its own, and the ledger the reason', async () => {
    await commit([copyOf('a'), copyOf('b'), copyOf('c')]);
    const before = await readRevisions(store);
    expect(await splitEntry(store, 'b', byHand)).toEqual({ ok: true, story: 'b', from: 'a' });
    expect([await membersOf('a'), await membersOf('b')]).toEqual([['a', 'c'], ['b']]);
    expect((await readEntry(store, 'b'))?.story).toBe('b');
    expect(await decisionsOf('b')).toEqual(['merged story a', 'kept operator.split b']);
    const rows = await readEdition(store, 'delta', { offset: 0, limit: 10, since: null });
    expect(rows.map(({ story }) => story.id).sort()).toEqual(['a', 'b']);
    expect(await readTotals(store)).toEqual({ entries: 3, stories: 2, kept: 2, dropped: 0, merged: 1 });
    expect(Number((await readRevisions(store))['delta'])).toBe(Number(before['delta']) + 1);
    const { rows: found } = await queryLedger(store, { limit: 10, rule: 'operator.split' });
    expect(found.map((row) => [row.entry, row.reason])).toEqual([['b', reason('operator.split', { story: 'a' })]]);
  });

  it('leaves the story its id where the entry began it', async () => {
    await commit([copyOf('a'), copyOf('b')]);
    expect(await splitEntry(store, 'a', byHand)).toEqual({ ok: true, story: 'a-2', from: 'a' });
    expect([await membersOf('a'), await membersOf('a-2')]).toEqual([['b'], ['a']]);
    expect((await readStory(store, 'a'))?.lead).toBe('b');
  });

  it('gives a story that was merged its own id back', async () => {
    await commit([copyOf('a')]);
    await commit([copyOf('b')], bridge());
    await commit([copyOf('c')], bridge('a', 'b'));
    expect(await resolveStory(store, 'b')).toBe('a');
    expect(await splitEntry(store, 'b', byHand)).toMatchObject({ story: 'b' });
    expect([await resolveStory(store, 'b'), await membersOf('b')]).toEqual(['b', ['b']]);
  });

  it('holds when the entry comes again, when its publisher changes it, and after its first story lost copies', async () => {
    await commit([copyOf('a'), copyOf('b'), copyOf('c')], { now: NOW - 2 * DAY_MS });
    await splitEntry(store, 'b', byHand);
    expect(await commit([copyOf('b')])).toEqual([{ entry: 'b', known: true }]);
    await commit([copyOf('b', { hash: 'changed' })]);
    expect([await membersOf('a'), await membersOf('b')]).toEqual([['a', 'c'], ['b']]);
    await commit([copyOf('d')]);
    const quotaOf = () => ({ entries: 100, bytes: 1_000_000 });
    const retention = {
      entriesDays: 1,
      entriesCount: 100,
      ledgerDays: 90,
      rawDays: 90,
      quotaOf,
      isPolled: () => false,
    };
    await prune(store, retention, NOW + 1000, ASSEMBLER);
    await commit([copyOf('e')]);
    expect(await readTotals(store)).toMatchObject({ stories: 1, entries: 2 });
    expect(await membersOf('a')).toEqual(['d', 'e']);
  });

  it('keeps the two stories two, whichever a later copy joins', async () => {
    await commit([copyOf('a'), copyOf('b')]);
    await splitEntry(store, 'b', byHand);
    for (const id of ['c', 'd', 'e', 'f']) await commit([copyOf(id)]);
    expect(await readTotals(store)).toMatchObject({ stories: 2, entries: 6 });
    expect(await resolveStory(store, 'b')).toBe('b');
  });

  it('keeps them two after one became part of a third', async () => {
    await commit([copyOf('o')], bridge());
    await commit([copyOf('a')], bridge());
    await commit([copyOf('b')], bridge('a'));
    await splitEntry(store, 'b', byHand);
    await commit([copyOf('c')], bridge('o', 'a'));
    expect(await resolveStory(store, 'a')).toBe('o');
    await commit([copyOf('d')]);
    expect([await resolveStory(store, 'b'), (await readTotals(store)).stories]).toEqual(['b', 2]);
  });

  it.each([
    ['an entry that is not stored', 'nobody', 'noSuchEntry'],
    ['the only copy', 'a', 'onlyCopy'],
  ])('refuses %s', async (_, entry, reason) => {
    await commit([copyOf('a')]);
    expect(await splitEntry(store, entry, byHand)).toEqual({ ok: false, reason });
  });
});

describe('joinStories', () => {
  const other = makeSubmission(makeEntry({ id: 'x', source: 'two' }));

  it('makes one of two, with a redirect and a row for each entry that moved', async () => {
    await commit([copyOf('a'), other]);
    expect(await joinStories(store, 'a', 'x', byHand)).toEqual({ ok: true, story: 'a', from: 'x' });
    expect([await resolveStory(store, 'x'), await readStory(store, 'x'), await membersOf('a')]).toEqual([
      'a',
      null,
      ['a', 'x'],
    ]);
    expect(await decisionsOf('x')).toEqual(['kept region x', 'merged operator.join a']);
    expect(await readTotals(store)).toEqual({ entries: 2, stories: 1, kept: 1, dropped: 0, merged: 1 });
    const rows = await readEdition(store, 'delta', { offset: 0, limit: 10, since: null });
    expect(rows.map(({ story }) => story.id)).toEqual(['a']);
  });

  it('holds for copies that come later, of either', async () => {
    await commit([copyOf('a'), other]);
    await joinStories(store, 'a', 'x', byHand);
    const later = makeSubmission(makeEntry({ ...other.entry, id: 'y', source: 'three', link: null }));
    await commit([copyOf('b'), later, makeSubmission(other.entry, { hash: 'changed' })]);
    expect(await membersOf('a')).toEqual(['a', 'b', 'x', 'y']);
  });

  it('holds when an entry of either is changed', async () => {
    await commit([copyOf('a'), other]);
    await joinStories(store, 'a', other.entry.id, byHand);
    for (const hash of ['changed', 'changed again'])
      await commit([copyOf('a', { hash }), makeSubmission(other.entry, { hash })]);
    expect(await membersOf('a')).toEqual(['a', other.entry.id].sort());
  });

  it('undoes a split', async () => {
    await commit([copyOf('a'), copyOf('b')]);
    await splitEntry(store, 'b', byHand);
    await joinStories(store, 'a', 'b', byHand);
    expect([await resolveStory(store, 'b'), await membersOf('a')]).toEqual(['a', ['a', 'b']]);
    await splitEntry(store, 'b', byHand);
    expect(await membersOf('b')).toEqual(['b']);
  });

  it('is undone by splitting off what came with the other story, which has its id again', async () => {
    const second = makeSubmission(makeEntry({ ...other.entry, id: 'y', source: 'three', link: null }));
    await commit([copyOf('a'), other, second]);
    await joinStories(store, 'a', 'x', byHand);
    expect(await splitEntries(store, ['x', 'y'], byHand)).toEqual({ ok: true, story: 'x', from: 'a' });
    expect([await membersOf('a'), await membersOf('x'), await resolveStory(store, 'x')]).toEqual([
      ['a'],
      ['x', 'y'],
      'x',
    ]);
    expect((await decisionsOf('y'))?.at(-1)).toBe('kept operator.split x');
    expect((await readTotals(store)).stories).toBe(2);
    await commit([copyOf('b')]);
    expect([await membersOf('a'), await membersOf('x')]).toEqual([
      ['a', 'b'],
      ['x', 'y'],
    ]);
  });

  it('takes an id that leads to a story, and refuses to join a story to itself', async () => {
    await commit([copyOf('a'), other]);
    await joinStories(store, 'a', 'x', byHand);
    expect(await joinStories(store, 'x', 'a', byHand)).toEqual({ ok: false, reason: 'sameStory' });
    expect(await joinStories(store, 'a', 'nothing', byHand)).toEqual({ ok: false, reason: 'noSuchStory' });
  });

  it('loses no copy that workers commit meanwhile', async () => {
    await commit([copyOf('a'), other]);
    const copies = Array.from({ length: 12 }, (_, i) => copyOf(`m${i}`));
    const worker = { redis: redis.connect(), prefix: store.prefix };
    await Promise.all([
      ...copies.map((copy) => commitEntries(worker, [copy], options())),
      joinStories(store, 'x', 'a', byHand),
    ]);
    expect((await membersOf('x'))?.length).toBe(14);
  });
});
