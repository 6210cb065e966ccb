import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { reason } from '../../src/reasons/catalogue.ts';
import { commitEntries } from '../../src/store/stories/commit.ts';
import { readCoverageByDay } from '../../src/store/ledger/coverage.ts';
import { readMatching, readTotals } from '../../src/store/ledger/figures.ts';
import { keys, type Store } from '../../src/store/redis/keys.ts';
import { queryLedger } from '../../src/store/ledger/ledger.ts';
import type { CommitOptions } from '../../src/store/stories/submission.ts';
import { prune, type Replacement, replaceEditions } from '../../src/store/stories/rewrite.ts';
import { noteCarried, readSeen } from '../../src/store/sources/seen.ts';
import {
  entriesOfKey,
  readEdition,
  readEntry,
  readRevisions,
  readStory,
  resolveStory,
} from '../../src/store/stories/stories.ts';
import { ASSEMBLER } from '../../src/pipeline/assemble.ts';
import { makeCommitOptions, makeEntry, makeSubmission } from '../support/entries.ts';
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

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 5, 1, 4);
const options = (over: Partial<CommitOptions> = {}): CommitOptions => makeCommitOptions(NOW, over);

describe('commitEntries', () => {
  it('keeps an entry once, however often it is committed', async () => {
    const submission = makeSubmission(makeEntry({ id: 'a' }));
    const [first] = await commitEntries(store, [submission], options());
    const [again] = await commitEntries(store, [submission], options());
    expect(first).toEqual({ entry: 'a', story: 'a', decision: 'kept', editions: ['delta', 'anhui'], known: false });
    expect(again).toEqual({ entry: 'a', known: true });
    expect(await readTotals(store)).toEqual({ entries: 1, stories: 1, kept: 1, dropped: 0, merged: 0 });
    const { rows } = await queryLedger(store, { limit: 10 });
    expect(rows.map((row) => [row.entry, row.decision, row.reason, row.configVersion])).toEqual([
      ['a', 'kept', '合肥 in the title', 'c1'],
    ]);
  });

  it('keeps an entry and a story in one piece each, as Redis is told to', async () => {
    const text = '合肥市今天公布一批城市更新项目，涉及老旧小区、公园和道路。'.repeat(20);
    await commitEntries(store, [makeSubmission(makeEntry({ id: 'a', text }))], options());
    const encodings = [keys.entry(store, 'a'), keys.story(store, 'a')].map((key) =>
      store.redis.object('ENCODING', key),
    );
    // Redis before 7 calls it a ziplist.
    for (const encoding of await Promise.all(encodings)) expect(encoding).toMatch(/^(?:list|zip)/);
  });

  it('lets a copy of a story that cannot be read stand alone', async () => {
    const text = '合肥市今天公布一批城市更新项目，涉及老旧小区、公园和道路，计划年内全部开工建设。'.repeat(3);
    const same = { title: '合肥公布一批城市更新项目', text };
    await commitEntries(store, [makeSubmission(makeEntry({ id: 'a', ...same }))], options());
    await store.redis.hset(keys.story(store, 'a'), 'j', '{"id":"a"');
    const copy = makeSubmission(makeEntry({ id: 'b', source: 'two', ...same }));
    expect(await commitEntries(store, [copy], options())).toMatchObject([{ entry: 'b', story: 'b', known: false }]);
  });

  it('keeps the version that was read last, in whichever order they come', async () => {
    const version = (title: string, reading: number) =>
      makeSubmission(makeEntry({ id: 'a', title }), { hash: title, reading });
    const [newer, older] = [version('合肥公布十二项工程', 2), version('合肥公布十项工程', 1)];
    await commitEntries(store, [newer], options());
    expect(await commitEntries(store, [older], options())).toEqual([{ entry: 'a', known: true }]);
    expect((await readEntry(store, 'a'))?.entry.title).toBe('合肥公布十二项工程');
  });

  it('keeps where the outlet is apart from what the entry is about', async () => {
    const outletPlace = { code: '340100', name: '合肥市', level: 'city' } as const;
    await commitEntries(store, [makeSubmission(makeEntry({ id: 'a' }), { regions: [], outletPlace })], options());
    expect(await readEntry(store, 'a')).toMatchObject({ regions: [], outletPlace });
    expect((await readStory(store, 'a'))?.regions).toEqual([]);
    expect((await readCoverageByDay(store, NOW, 1)).map(({ counts }) => counts.size)).toEqual([0]);
    const seen: unknown[] = [];
    const editionsOf: Replacement['editionsOf'] = (classified) => {
      seen.push(classified.outletPlace);
      return ['delta'];
    };
    await replaceEditions(store, { known: ['delta'], editionsOf, assembler: ASSEMBLER, progress: () => undefined });
    expect(seen).toEqual([outletPlace]);
  });

  it('tells entries of one batch apart by when they changed', async () => {
    const batch = ['a', 'b', 'c'].map((id) => makeSubmission(makeEntry({ id, text: id.repeat(50) })));
    await commitEntries(store, batch, options());
    const stories = await Promise.all(['a', 'b', 'c'].map((id) => readStory(store, id)));
    expect(stories.map((story) => story?.updatedAt)).toEqual([NOW, NOW + 1, NOW + 2]);
  });

  it('folds an exact copy of another source into the story and lists it', async () => {
    const original = makeEntry({ id: 'a', source: 'one' });
    const copy = makeEntry({ ...original, id: 'b', source: 'two', link: 'https://mirror.example/b' });
    const results = await commitEntries(store, [makeSubmission(original), makeSubmission(copy)], options());
    expect(results.map((one) => !one.known && [one.story, one.decision])).toEqual([
      ['a', 'kept'],
      ['a', 'merged'],
    ]);
    const story = await readStory(store, 'a');
    expect(story?.copies.map(({ entry, why }) => [entry, why])).toEqual([
      ['a', { code: 'story.new' }],
      ['b', { code: 'story.same-title-and-text' }],
    ]);
    const rows = await readEdition(store, 'delta', { offset: 0, limit: 10, since: null });
    expect(rows.map((row) => [row.story.id, row.lead.id])).toEqual([['a', 'a']]);
  });

  it('gives the lead to a copy of a source that is trusted more', async () => {
    const original = makeEntry({ id: 'a' });
    const better = makeEntry({ ...original, id: 'b', source: 'two', link: 'https://mirror.example/b' });
    await commitEntries(store, [makeSubmission(original), makeSubmission(better, { trust: 90 })], options());
    expect((await readStory(store, 'a'))?.lead).toBe('b');
  });

  it('makes one story of copies that many workers commit at the same instant', async () => {
    const base = makeEntry({ id: 'x' });
    const copies = Array.from({ length: 24 }, (_, i) =>
      makeSubmission(makeEntry({ ...base, id: `x${i}`, source: `s${i}`, link: `https://mirror${i}.example/` })),
    );
    const stores = Array.from({ length: 8 }, () => ({ redis: redis.connect(), prefix: store.prefix }));
    await Promise.all(copies.map((copy, i) => commitEntries(stores[i % stores.length] as Store, [copy], options())));
    const { stories, entries, kept, merged } = await readTotals(store);
    expect({ stories, entries, kept, merged }).toEqual({ stories: 1, entries: 24, kept: 1, merged: 23 });
    const [row] = await readEdition(store, 'delta', { offset: 0, limit: 10, since: null });
    expect(new Set(row?.story.copies.map((copy) => copy.entry)).size).toBe(24);
  });

  it('changes an edited entry in place, with its decision still kept', async () => {
    const entry = makeEntry({ id: 'a' });
    await commitEntries(store, [makeSubmission(entry)], options());
    const edited = makeSubmission(makeEntry({ id: 'a', title: '合肥更正标题' }), { hash: 'h2' });
    const [result] = await commitEntries(store, [edited], options({ now: NOW + 1000 }));
    expect(result).toMatchObject({ story: 'a', decision: 'kept' });
    const stored = await readEntry(store, 'a');
    expect(stored?.entry.title).toBe('合肥更正标题');
    expect(stored?.firstSeen).toBe(NOW);
    expect(stored?.ledger).toHaveLength(2);
    expect((await readStory(store, 'a'))?.updatedAt).toBe(NOW + 1000);
    expect((await readTotals(store)).kept).toBe(1);
  });

  it('finds a copy within the window and none beyond, over the generations of its index', async () => {
    const base = makeEntry({ id: 'a', published: null });
    const copy = (id: string) => makeSubmission(makeEntry({ ...base, id, source: id, link: null }));
    await commitEntries(store, [makeSubmission(base)], options());
    const later = async (id: string, days: number) => {
      const [result] = await commitEntries(store, [copy(id)], options({ now: NOW + days * DAY_MS }));
      return result === undefined || result.known ? null : result.story;
    };
    expect(await later('b', 29.9)).toBe('a');
    expect(await later('c', 59)).toBe('a');
    expect(await later('d', 89.1)).toBe('d');
  });

  it('commits what shares keys with an entry that is older than the window and was passed over', async () => {
    const base = makeEntry({ id: 'a', published: null, link: null });
    await commitEntries(store, [makeSubmission(base)], options());
    await commitEntries(store, [makeSubmission(makeEntry({ id: 'x' }))], options({ now: NOW + 10 * DAY_MS }));
    const again = makeSubmission(makeEntry({ ...base, id: 'b', source: 'two' }));
    const [result] = await commitEntries(store, [again], options({ now: NOW + 45 * DAY_MS }));
    expect(result).toMatchObject({ entry: 'b', story: 'b' });
  });

  it('begins a story where the one that a copy names is not there', async () => {
    const base = makeEntry({ id: 'a', published: null, link: null });
    await commitEntries(store, [makeSubmission(base)], options());
    await store.redis.del(keys.story(store, 'a'));
    const [result] = await commitEntries(
      store,
      [makeSubmission(makeEntry({ ...base, id: 'b', source: 'two' }))],
      options(),
    );
    expect(result).toMatchObject({ entry: 'b', story: 'b', known: false });
  });

  it('keeps an entry that its publisher changes at one place under each key, as the newest', async () => {
    const a = makeEntry({ id: 'a' });
    for (let i = 0; i < 20; i++) {
      await commitEntries(store, [makeSubmission(a, { hash: `h${i}` })], options({ now: NOW + i * DAY_MS }));
      if (i === 0) await commitEntries(store, [makeSubmission(makeEntry({ ...a, id: 'b', source: 'two' }))], options());
    }
    const key = makeSubmission(a).fingerprint.keys[0] ?? '';
    expect(await entriesOfKey(store, key, NOW + 20 * DAY_MS, 40 * DAY_MS)).toEqual(['a', 'b']);
  });

  it('merges stories that turn out to be one, and leads from the old id to the new', async () => {
    const a = makeEntry({ id: 'a' });
    const b = makeEntry({ id: 'b', source: 'two' });
    await commitEntries(store, [makeSubmission(a), makeSubmission(b)], options());
    const bridge = makeSubmission(makeEntry({ id: 'c', source: 'three' }));
    const bothKeys = [...makeSubmission(a).fingerprint.keys, ...makeSubmission(b).fingerprint.keys];
    await commitEntries(
      store,
      [{ ...bridge, fingerprint: { ...bridge.fingerprint, keys: bothKeys } }],
      options({ decideStory: () => ({ join: 'a', merge: ['b'], reason: reason('story.same-text') }) }),
    );
    expect(await resolveStory(store, 'b')).toBe('a');
    const { comparisons, ...counted } = await readMatching(store);
    expect(counted).toEqual({ matched: 3, candidates: 3, storiesMerged: 1 });
    expect(comparisons).toBeGreaterThanOrEqual(3);
    expect(await readStory(store, 'b')).toBeNull();
    expect((await readStory(store, 'a'))?.copies.map((copy) => copy.entry).sort()).toEqual(['a', 'b', 'c']);
    expect((await readEntry(store, 'b'))?.story).toBe('a');
    const rows = await readEdition(store, 'anhui', { offset: 0, limit: 10, since: null });
    expect(rows.map((row) => row.story.id)).toEqual(['a']);
  });

  it('decides each of many copies that come together once more, and not after each of the others', async () => {
    const first = makeEntry({ id: 'c0', link: null });
    const copies = Array.from({ length: 12 }, (_, i) =>
      makeSubmission(makeEntry({ ...first, id: `c${i}`, source: `s${i}` })),
    );
    const committed = await commitEntries(store, copies, options());
    expect(new Set(committed.map((one) => !one.known && one.story))).toEqual(new Set(['c0']));
    // The second is compared with one, the third with two; all of them after each, it would be 286.
    expect((await readMatching(store)).comparisons).toBe((11 * 12) / 2);
  });

  it('stores a barred entry for the ledger, out of every edition and story', async () => {
    const a = makeEntry({ id: 'a' });
    const barred = makeSubmission(makeEntry({ ...a, id: 'b', source: 'two' }), {
      fingerprint: { keys: [], topics: [], evidence: '{}' },
      judgement: { editions: [], rule: 'clean.advert', reason: 'an advertisement', barred: true, matched: [] },
    });
    await commitEntries(store, [makeSubmission(a), barred], options());
    expect((await readStory(store, 'a'))?.copies).toHaveLength(1);
    const { rows } = await queryLedger(store, { limit: 10, decision: 'dropped' });
    expect(rows.map((row) => [row.entry, row.rule])).toEqual([['b', 'clean.advert']]);
    expect(await readEdition(store, 'delta', { offset: 0, limit: 10, since: null })).toHaveLength(1);
  });

  it('counts an edition up only when a story in it changes', async () => {
    await commitEntries(store, [makeSubmission(makeEntry({ id: 'a' }))], options());
    const before = await readRevisions(store);
    const elsewhere = makeSubmission(makeEntry({ id: 'b' }), {
      judgement: { editions: ['shanghai'], rule: 'region', reason: '', barred: false, matched: [] },
    });
    await commitEntries(store, [elsewhere], options());
    const after = await readRevisions(store);
    expect({ delta: after['delta'], shanghai: after['shanghai'] }).toEqual({ delta: before['delta'], shanghai: '1' });
  });

  it('orders by publication, and never by a date in the future', async () => {
    const entries = [
      makeEntry({ id: 'old', published: NOW - DAY_MS }),
      makeEntry({ id: 'future', published: NOW + 100 * DAY_MS }),
      makeEntry({ id: 'fresh', published: NOW + 1 }),
    ];
    for (const [i, entry] of entries.entries())
      await commitEntries(store, [makeSubmission(entry)], options({ now: NOW + i * 10 }));
    const rows = await readEdition(store, 'delta', { offset: 0, limit: 10, since: null });
    expect(rows.map((row) => row.story.id)).toEqual(['future', 'fresh', 'old']);
    expect(rows[0]?.story.orderAt).toBe(NOW + 10);
  });
});

describe('prune', () => {
  const quotaOf = () => ({ entries: 1000, bytes: 1_000_000 });
  const retention = { entriesDays: 10, entriesCount: 100, ledgerDays: 90, rawDays: 5, quotaOf, isPolled: () => true };

  it('removes what is past its days, and an edit does not bring it back', async () => {
    await commitEntries(store, [makeSubmission(makeEntry({ id: 'a' }))], options());
    await commitEntries(store, [makeSubmission(makeEntry({ id: 'b' }))], options({ now: NOW + 8 * DAY_MS }));
    expect(await prune(store, retention, NOW + 11 * DAY_MS, ASSEMBLER)).toBe(1);
    expect(await readTotals(store)).toMatchObject({ entries: 1, stories: 1, kept: 1 });
    expect(await readSeen(store, 'one', ['a'])).toEqual([{ article: 'a', mark: 'h-a' }]);
    const edited = makeSubmission(makeEntry({ id: 'a', title: '改' }), { hash: 'h-a2' });
    expect(await commitEntries(store, [edited], options())).toEqual([{ entry: 'a', known: true }]);
    expect((await readTotals(store)).entries).toBe(1);
  });

  it('keeps what the document of a source that is polled still carries, however old', async () => {
    for (const id of ['a', 'b']) await commitEntries(store, [makeSubmission(makeEntry({ id }))], options());
    await commitEntries(store, [makeSubmission(makeEntry({ id: 'c', source: 'two' }))], options());
    await noteCarried(store, 'one', ['a']);
    await noteCarried(store, 'two', ['c']);
    const isPolled = (source: string) => source === 'one';
    expect(await prune(store, { ...retention, isPolled }, NOW + 11 * DAY_MS, ASSEMBLER)).toBe(2);
    expect((await readEntry(store, 'a'))?.entry.id).toBe('a');
    await noteCarried(store, 'one', ['d']);
    expect(await prune(store, { ...retention, isPolled }, NOW + 11 * DAY_MS, ASSEMBLER)).toBe(1);
  });

  it('gives the lead on when the leading copy goes', async () => {
    const a = makeEntry({ id: 'a' });
    await commitEntries(store, [makeSubmission(a, { trust: 90 })], options());
    const copy = makeEntry({ ...a, id: 'b', source: 'two', link: null });
    await commitEntries(store, [makeSubmission(copy)], options({ now: NOW + 8 * DAY_MS }));
    await prune(store, retention, NOW + 11 * DAY_MS, ASSEMBLER);
    const story = await readStory(store, 'a');
    expect([story?.lead, story?.copies.length]).toEqual(['b', 1]);
  });

  it('keeps the newest of too many', async () => {
    for (let i = 0; i < 5; i++)
      await commitEntries(store, [makeSubmission(makeEntry({ id: `e${i}` }))], options({ now: NOW + i }));
    expect(await prune(store, { ...retention, entriesCount: 2 }, NOW + 10, ASSEMBLER)).toBe(3);
    const rows = await readEdition(store, 'delta', { offset: 0, limit: 10, since: null });
    expect(rows.map((row) => row.story.id)).toEqual(['e4', 'e3']);
  });

  it('forgets raw items before entries', async () => {
    await commitEntries(store, [makeSubmission(makeEntry({ id: 'a' }))], options());
    expect((await readEntry(store, 'a'))?.raw).not.toBeNull();
    await prune(store, retention, NOW + 6 * DAY_MS, ASSEMBLER);
    const stored = await readEntry(store, 'a');
    expect([stored?.entry.id, stored?.raw]).toEqual(['a', null]);
  });
});

describe('replaceEditions', () => {
  it('moves stories into a new edition and out of one that is gone', async () => {
    await commitEntries(
      store,
      [makeSubmission(makeEntry({ id: 'a' })), makeSubmission(makeEntry({ id: 'b' }))],
      options(),
    );
    const changed = await replaceEditions(store, {
      known: ['delta', 'hefei'],
      editionsOf: ({ entry, regions }) =>
        regions[0]?.code === '340100' && entry.id === 'a' ? ['delta', 'hefei'] : ['delta'],
      assembler: ASSEMBLER,
      progress: () => undefined,
    });
    expect(changed).toBe(2);
    const ids = async (edition: string) =>
      (await readEdition(store, edition, { offset: 0, limit: 10, since: null })).map((row) => row.story.id).sort();
    expect([await ids('delta'), await ids('hefei'), await ids('anhui')]).toEqual([['a', 'b'], ['a'], []]);
  });
});

describe('queryLedger', () => {
  it('filters by source, decision, region, text in either script, and time', async () => {
    await commitEntries(store, [makeSubmission(makeEntry({ id: 'a', title: '长三角一体化' }))], options());
    await commitEntries(
      store,
      [
        makeSubmission(makeEntry({ id: 'b', source: 'two' }), {
          judgement: { editions: [], rule: 'region', reason: '', barred: false, matched: [] },
        }),
      ],
      options(),
    );
    const ids = async (query: object) =>
      (await queryLedger(store, { limit: 10, ...query })).rows.map((row) => row.entry);
    expect(await ids({})).toEqual(['b', 'a']);
    expect(await ids({ sources: ['two'] })).toEqual(['b']);
    expect(await ids({ decision: 'kept' })).toEqual(['a']);
    expect(await ids({ text: '長三角' })).toEqual(['a']);
    expect(await ids({ region: '340000', decision: 'kept' })).toEqual(['a']);
    expect(await ids({ region: '310000' })).toEqual([]);
    expect(await ids({ until: Date.now() - 60_000 })).toEqual([]);
  });

  it('pages towards the past without a gap', async () => {
    for (let i = 0; i < 7; i++) await commitEntries(store, [makeSubmission(makeEntry({ id: `e${i}` }))], options());
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const page = await queryLedger(store, { limit: 3, before });
      seen.push(...page.rows.map((row) => row.entry));
      before = page.next ?? undefined;
    } while (before !== undefined);
    expect(seen).toEqual(['e6', 'e5', 'e4', 'e3', 'e2', 'e1', 'e0']);
  });
});
