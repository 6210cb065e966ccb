/** A story that an operator withdrew is in no edition, whatever comes later, until the operator takes that back. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ByHandOptions } from '../../../src/store/stories/byhand.ts';
import { joinStories } from '../../../src/store/stories/arrange.ts';
import { commitEntries } from '../../../src/store/stories/commit.ts';
import { readTotals } from '../../../src/store/ledger/figures.ts';
import { mendRecord } from '../../../src/store/records/mend.ts';
import { keys, type Store } from '../../../src/store/redis/keys.ts';
import { prune, replaceEditions } from '../../../src/store/stories/rewrite.ts';
import type { Submission } from '../../../src/store/stories/submission.ts';
import { readEdition, readEntry, readRevisions, readStory } from '../../../src/store/stories/stories.ts';
import { publishAgain, readWithdrawn, withdrawEntry, withdrawStory } from '../../../src/store/stories/withdraw.ts';
import { ASSEMBLER } from '../../../src/pipeline/assemble.ts';
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
const base = makeEntry({ id: 'a' });
const copyOf = (id: string, over: Partial<Submission> = {}) =>
  makeSubmission(makeEntry({ ...base, id, source: `of-${id}`, link: `https://mirror.example/${id}` }), over);
const commitAt = (at: number, ...ids: string[]) => {
  const submissions = ids.map((id) => copyOf(id));
  return commitEntries(store, submissions, makeCommitOptions(at));
};
const commit = (...ids: string[]) => commitAt(NOW, ...ids);
const published = async () =>
  (await readEdition(store, 'delta', { offset: 0, limit: 10, since: null })).map(({ story }) => story.id).sort();
const lastOf = async (entry: string) => (await readEntry(store, entry))?.ledger.at(-1);

describe('a story that is withdrawn', () => {
  it('leaves its editions, which say so, and the ledger says why', async () => {
    await commit('a', 'b');
    const before = await readRevisions(store);
    expect(await withdrawStory(store, 'a', '原媒体撤稿', byHand)).toEqual({ ok: true, story: 'a', from: 'a' });
    expect(await published()).toEqual([]);
    expect(Number((await readRevisions(store))['delta'])).toBeGreaterThan(Number(before['delta']));
    expect(await readWithdrawn(store, 'delta', NOW)).toEqual([{ story: 'a', at: NOW + 1000 }]);
    expect(await readWithdrawn(store, 'delta', NOW + 31 * DAY_MS)).toEqual([]);
    expect(await readWithdrawn(store, 'shanghai', NOW)).toEqual([]);
    for (const entry of ['a', 'b'])
      expect(await lastOf(entry)).toMatchObject({
        decision: 'dropped',
        rule: 'operator.withdraw',
        reason: { code: 'operator.withdraw', params: { said: '原媒体撤稿' } },
      });
    expect(await readTotals(store)).toMatchObject({ kept: 0, merged: 0, dropped: 2 });
  });

  it('stays so with more copies, editions placed anew, a copy pruned and another story joined to it', async () => {
    await commitAt(NOW - 2 * DAY_MS, 'a', 'b');
    await withdrawStory(store, 'a', 'x', byHand);
    await commit('c');
    expect((await readStory(store, 'a'))?.copies).toHaveLength(3);
    await replaceEditions(store, {
      known: ['delta', 'new'],
      editionsOf: () => ['delta', 'new'],
      assembler: ASSEMBLER,
      progress: () => undefined,
    });
    const other = makeSubmission(makeEntry({ id: 'z', title: '另一件事', link: 'https://z.example/' }));
    await commitEntries(store, [other], makeCommitOptions(NOW, { decideStory: alone }));
    await joinStories(store, 'a', 'z', byHand);
    expect(await published()).toEqual([]);
    const kept = { entriesDays: 1, entriesCount: 100, ledgerDays: 90, rawDays: 90, isPolled: () => false };
    const quotaOf = () => ({ entries: 100, bytes: 1_000_000 });
    await prune(store, { ...kept, quotaOf }, NOW + 2000, ASSEMBLER);
    expect((await readStory(store, 'a'))?.copies.map(({ entry }) => entry)).toEqual(['c', 'z']);
    expect(await published()).toEqual([]);
  });

  it('is published again where its copies belong, once that is taken back', async () => {
    await commit('a', 'b');
    await withdrawStory(store, 'a', 'x', byHand);
    await commit('c');
    expect(await publishAgain(store, 'a', byHand)).toMatchObject({ ok: true });
    expect(await published()).toEqual(['a']);
    expect(await readWithdrawn(store, 'delta', NOW)).toEqual([]);
    expect((await readStory(store, 'a'))?.withdrawn).toBeUndefined();
    const { lead } = (await readStory(store, 'a')) ?? {};
    expect((await lastOf(lead ?? ''))?.decision).toBe('kept');
    expect(await readTotals(store)).toMatchObject({ kept: 1, merged: 2, dropped: 0 });
  });

  it('is so after its record broke and was put together again', async () => {
    await commit('a', 'b');
    await withdrawStory(store, 'a', '原媒体撤稿', byHand);
    await store.redis.hset(keys.story(store, 'a'), 'j', '{');
    const sourceOf = () => ({ name: 'x', trust: 50 });
    const broken = { kind: 'story', id: 'a', key: keys.story(store, 'a'), why: '' } as const;
    expect(await mendRecord(store, broken, { assembler: ASSEMBLER, sourceOf, now: NOW })).toBe('mended');
    expect((await readStory(store, 'a'))?.withdrawn).toMatchObject({ said: '原媒体撤稿', at: NOW + 1000 });
    expect(await published()).toEqual([]);
  });

  it.each([
    ['what is not there', () => withdrawStory(store, 'none', 'x', byHand), 'noSuchStory'],
    ['no entry', () => withdrawEntry(store, 'none', 'x', byHand), 'noSuchEntry'],
    ['what is withdrawn', () => withdrawStory(store, 'w', 'x', byHand), 'withdrawnAlready'],
    ['what is not', () => publishAgain(store, 'a', byHand), 'notWithdrawn'],
  ])('is not %s', async (_name, attempt, reason) => {
    await commit('a');
    await commitEntries(store, [copyOf('w')], makeCommitOptions(NOW, { decideStory: alone }));
    await withdrawStory(store, 'w', 'x', byHand);
    expect(await attempt()).toEqual({ ok: false, reason });
    expect(await published()).toEqual(['a']);
  });
});

describe('an entry that is withdrawn', () => {
  it('leaves the other copies their story, which has its next lead', async () => {
    await commit('a', 'b');
    const lead = (await readStory(store, 'a'))?.lead ?? '';
    const next = lead === 'a' ? 'b' : 'a';
    const done = await withdrawEntry(store, lead, 'x', byHand);
    expect(done).toMatchObject({ ok: true });
    const [story, ...more] = await readEdition(store, 'delta', { offset: 0, limit: 10, since: null });
    expect([story?.lead.id, more]).toEqual([next, []]);
    expect((await lastOf(lead))?.rule).toBe('operator.withdraw');
  });

  it('takes its story with it where it is the only copy', async () => {
    await commit('a');
    expect(await withdrawEntry(store, 'a', 'x', byHand)).toEqual({ ok: true, story: 'a', from: 'a' });
    expect(await published()).toEqual([]);
  });
});

function alone() {
  return { join: null, merge: [], reason: { code: 'story.new' } };
}
