/** Holds that each narrowing of an edition, paged to its end, has what a filter over all stories has, while others arrive. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keys } from '../../src/store/redis/keys.ts';
import { fileOldStories } from '../../src/store/stories/oldindex.ts';
import { prune } from '../../src/store/stories/rewrite.ts';
import { readWaitingWords } from '../../src/store/stories/wordindex.ts';
import { createAssembler } from '../../src/pipeline/assemble.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { random } from '../story/write.ts';
import {
  makeConfig,
  makeEdition,
  makeHit,
  makeSource,
  NOW,
  type RunningWeb,
  type SeedEntry,
  seedEntries,
  startWeb,
} from './seed.ts';

const STORIES = 2_000;
const ARRIVALS = 500;
const DAY_MS = 86_400_000;
/** Sixty counties in twelve cities of four provinces. */
const COUNTIES = Array.from({ length: 60 }, (_, i) => `${31 + (i % 4)}${['01', '02', '03'][i % 3]}${20 + i}`);
const SOURCES = Array.from({ length: 30 }, (_, i) => `s${i}`);
const OUTLETS = ['新华社', '江淮晨报', '扬子晚报', ''];
const WORDS = ['高铁', '高铁站', 'AI', 'Shanghai', 'R＆D', '龍舟', '茶', '5G', '徽州', '古镇', '渡江'];

interface Seeded extends SeedEntry {
  readonly at: number;
  readonly county: string;
  readonly words: readonly string[];
}

const next = random(18);
const below = (most: number) => Math.floor(next() * most);
const one = (list: readonly string[]): string => list[below(list.length)] ?? '';

function makeStory(id: string, at: number): Seeded {
  // Half of the counties have nearly all of the news.
  const county = COUNTIES[below(10) === 0 ? below(60) : below(30)] ?? '';
  const words = WORDS.filter(() => below(12) === 0);
  const title = `第${id}号消息`;
  return {
    id,
    at,
    county,
    words,
    source: one(SOURCES),
    outlet: one(OUTLETS) || null,
    regions: [makeHit(county)],
    editions: below(20) === 0 ? ['other'] : ['all'],
    title,
    summary: '',
    text: `${title}。${words.join('，')}。`,
  };
}

// Many have one and the same time: some publishers give a day and no hour.
const stories = Array.from({ length: STORIES }, (_, i) =>
  makeStory(`a${i}`, NOW - (below(3) === 0 ? below(8) * DAY_MS + 3_600_000 : below(8 * DAY_MS))),
);
const arrivals = Array.from({ length: ARRIVALS }, (_, i) =>
  makeStory(`b${i}`, below(2) === 0 ? NOW : NOW - below(8 * DAY_MS)),
);

let redis: TestRedis;
let web: RunningWeb;

beforeAll(async () => {
  redis = await startRedis();
  const config = makeConfig({
    sources: SOURCES.map((id) => makeSource(id, { name: id })),
    editions: [makeEdition('all', { size: 40 }), makeEdition('other')],
  });
  web = await startWeb(redis, { config });
  web.set({ now: 'real' });
  await seedEntries(web.store, stories);
}, 120_000);
afterAll(async () => {
  await web.close();
  await redis.stop();
});

/** Ids of all items, page after page, and how many pages there were. */
async function readAll(query: Record<string, string>): Promise<{ ids: string[]; pages: number }> {
  const ids: string[] = [];
  let at: string | undefined = `/feeds/all.json?${new URLSearchParams(query)}`;
  let pages = 0;
  for (; at !== undefined && pages < 200; pages++) {
    const response = await web.get(at);
    expect([at, response.status]).toEqual([at, 200]);
    const feed = (await response.json()) as { items: { id: string }[]; next_url?: string };
    ids.push(...feed.items.map(({ id }) => id.slice(id.lastIndexOf(':') + 1)));
    at = feed.next_url?.slice(web.url.length);
  }
  return { ids, pages };
}

type Test = (story: Seeded) => boolean;
const isIn = (place: string): Test => {
  const digits = place.replace(/(?:00)+$/, '');
  return ({ county }) => county.startsWith(digits);
};
const has = (...words: string[]): Test => {
  return (story) => words.every((word) => story.words.includes(word));
};

const NARROWINGS: readonly (readonly [Record<string, string>, Test])[] = [
  ...COUNTIES.map((code) => [{ region: code }, isIn(code)] as const),
  ...[...new Set(COUNTIES.flatMap((code) => [`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`]))].map(
    (code) => [{ region: code, limit: '200' }, isIn(code)] as const,
  ),
  ...SOURCES.map((source) => [{ source }, (story: Seeded) => story.source === source] as const),
  ...['新华社', '江淮晨报'].map(
    (outlet) => [{ outlet, limit: '150' }, (story: Seeded) => story.outlet === outlet] as const,
  ),
  // Where no outlet is named, readers see the source.
  [{ outlet: 's3' }, ({ source, outlet }) => source === 's3' && outlet === null],
  [
    { region: `${COUNTIES[40]},${COUNTIES[41]},${COUNTIES[2]}`, limit: '7' },
    ({ county }) => [40, 41, 2].some((i) => COUNTIES[i] === county),
  ],
  [
    { region: '310000', source: 's4,s5', limit: '5' },
    (story) => isIn('310000')(story) && ['s4', 's5'].includes(story.source ?? ''),
  ],
  [{ q: '高铁' }, ({ words }) => words.includes('高铁') || words.includes('高铁站')],
  [{ q: 'ai' }, has('AI')],
  [{ q: 'shanghai 5g' }, has('Shanghai', '5G')],
  [{ q: 'r&d' }, has('R＆D')],
  [{ q: '龙舟' }, has('龍舟')],
  [{ q: '茶', limit: '11' }, has('茶')],
  [
    { q: '茶 渡江', source: 's1,s2,s3,s4,s5,s6,s7,s8', limit: '2' },
    (story) => has('茶', '渡江')(story) && /^s[1-8]$/.test(story.source ?? ''),
  ],
  [{ q: '没有的词' }, () => false],
];

describe('a narrowed edition', () => {
  test('has what a filter over all has, each story once, while others arrive', async () => {
    const wanted = (filter: Test, of: readonly Seeded[]) =>
      of.filter((story) => story.editions?.includes('all') && filter(story)).map(({ id }) => id);
    const arriving = seedEntries(web.store, arrivals);
    for (const [query, filter] of NARROWINGS) {
      const { ids } = await readAll(query);
      const name = JSON.stringify(query);
      expect([name, new Set(ids).size]).toEqual([name, ids.length]);
      expect([name, ids.filter((id) => id.startsWith('a')).toSorted()]).toEqual([
        name,
        wanted(filter, stories).toSorted(),
      ]);
      const allowed = new Set(wanted(filter, arrivals));
      expect([name, ids.filter((id) => id.startsWith('b') && !allowed.has(id))]).toEqual([name, []]);
    }
    await arriving;
    const all = wanted(has('茶'), [...stories, ...arrivals]).toSorted();
    // A rendering may be a second old.
    await until(async () => (await readAll({ q: '茶', limit: '11' })).ids.length === all.length, 'the last arrivals');
    const { ids, pages } = await readAll({ q: '茶', limit: '11' });
    expect([ids.toSorted(), pages]).toEqual([all, Math.ceil(all.length / 11)]);
  }, 120_000);

  test('leads through its days, past those without a story, to the oldest one', async () => {
    const county = COUNTIES[50] ?? '';
    const own = stories.concat(arrivals).filter((story) => story.county === county && story.editions?.includes('all'));
    const ids: string[] = [];
    const days = new Set(own.map(({ at }) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10)));
    const [newest] = [...days].toSorted().toReversed();
    let at: string | undefined = `/feeds/all.json?region=${county}&day=${newest}`;
    let documents = 0;
    for (; at !== undefined && documents < 40; documents++) {
      const feed = (await (await web.get(at)).json()) as { items: { id: string }[]; next_url?: string };
      ids.push(...feed.items.map(({ id }) => id.slice(id.lastIndexOf(':') + 1)));
      at = feed.next_url?.slice(web.url.length);
    }
    expect(ids.toSorted()).toEqual(own.map(({ id }) => id).toSorted());
    expect(documents).toBe(days.size);
  });
});

describe('the index', () => {
  const indexKeys = async () => {
    const names = await web.store.redis.keys(`${web.store.prefix}*`);
    return names.map((name) => name.slice(web.store.prefix.length)).filter((name) => /^(?:facet:|words)/.test(name));
  };

  test('is built for what a version without it stored', async () => {
    const { redis: connection } = web.store;
    const before = [await readAll({ region: COUNTIES[50] ?? '' }), await readAll({ q: '徽州' })];
    for (const name of await indexKeys()) await connection.del(`${web.store.prefix}${name}`);
    for (const { id } of stories.concat(arrivals)) await connection.hdel(keys.story(web.store, id), 'f', 'w');
    const steps: number[] = [];
    await fileOldStories(
      web.store,
      { now: NOW, windowMs: 30 * 86_400_000 },
      { stories: (done) => steps.push(done), postings: () => undefined },
    );
    expect(steps.at(-1)).toBe(STORIES + ARRIVALS);
    const other = await startWeb(redis, { config: web.deps.config(), store: web.store });
    const mine = web;
    web = other;
    // Words that are still to be read are found nevertheless.
    expect([await readAll({ region: COUNTIES[50] ?? '' }), (await readAll({ q: '徽州' })).ids]).toEqual([
      before[0],
      before[1]?.ids,
    ]);
    await readWaitingWords(web.store);
    expect(await connection.exists(keys.wordsWaiting(web.store))).toBe(0);
    web = mine;
    await other.close();
    const third = await startWeb(redis, { config: web.deps.config(), store: web.store });
    web = third;
    expect((await readAll({ q: '徽州' })).ids).toEqual(before[1]?.ids);
    web = mine;
    await third.close();
  });

  test('has its words read again where a version before left Latin words and numbers out', async () => {
    const { redis: connection, prefix } = web.store;
    const before = (await readAll({ q: '5g' })).ids;
    expect(before.length).toBeGreaterThan(100);
    // Not a bit of what was read is left; its list of places is.
    for (const name of await connection.keys(`${prefix}words:*:*`)) await connection.del(name);
    await connection.set(keys.indexed(web.store), '2');
    const steps = { stories: () => expect.unreachable(), postings: () => expect.unreachable() };
    await fileOldStories(web.store, { now: NOW, windowMs: 30 * 86_400_000 }, steps);
    const mine = web;
    web = await startWeb(redis, { config: mine.deps.config(), store: mine.store });
    expect((await readAll({ q: '5g' })).ids).toEqual(before);
    await readWaitingWords(web.store);
    expect(await connection.exists(keys.wordsWaiting(web.store))).toBe(0);
    await web.close();
    web = await startWeb(redis, { config: mine.deps.config(), store: mine.store });
    expect((await readAll({ q: '5g' })).ids).toEqual(before);
    await web.close();
    web = mine;
  }, 60_000);

  test('ends with its stories', async () => {
    const assembler = createAssembler((copies, current) => current ?? copies[0]?.entry ?? '');
    const retention = (entriesCount: number) => ({
      entriesDays: 400,
      entriesCount,
      ledgerDays: 400,
      rawDays: 400,
      isPolled: () => false,
      quotaOf: () => ({ entries: Infinity, bytes: Infinity }),
    });
    await prune(web.store, retention(300), NOW, assembler);
    const left = await web.store.redis.zrange(keys.stories(web.store), 0, '-1');
    const named = (
      await Promise.all(
        (await web.store.redis.keys(`${keys.words(web.store, '')}*`))
          .filter((name) => /words:\d+$/.test(name))
          .map((name) => web.store.redis.lrange(name, 0, -1)),
      )
    ).flat();
    expect(named.length).toBeLessThanOrEqual(2 * left.length + 10 * 32);
    const { ids } = await readAll({ q: '茶' });
    const kept = new Set(left);
    expect(ids.toSorted()).toEqual(
      stories
        .concat(arrivals)
        .filter((story) => kept.has(story.id) && story.editions?.includes('all') && has('茶')(story))
        .map(({ id }) => id)
        .toSorted(),
    );
    await prune(web.store, retention(0), NOW, assembler);
    expect(await indexKeys()).toEqual([]);
  });
});
