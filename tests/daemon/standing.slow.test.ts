/** Holds that what `/api/why` says of an entry is what the paged feeds contain, and stays so as the config changes. */
import type { Job } from 'bullmq';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { runPlacing } from '../../src/jobs/replace.ts';
import type { PlaceJob } from '../../src/jobs/queues.ts';
import type { Config, Edition } from '../../src/model/config.ts';
import { ASSEMBLER } from '../../src/pipeline/assemble.ts';
import { createEditor } from '../../src/pipeline/editorial.ts';
import { factsOf } from '../../src/sources/configured.ts';
import { commitEntries } from '../../src/store/stories/commit.ts';
import { readEntry, readStory } from '../../src/store/stories/stories.ts';
import { publishAgain, withdrawStory } from '../../src/store/stories/withdraw.ts';
import { decideStory } from '../../src/story/match.ts';
import { random } from '../story/write.ts';
import { makeItem } from '../support/entries.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { makeConfig, makeEdition, makeSource, NOW, type RunningWeb, startWeb } from '../web/seed.ts';

const ENTRIES = 400;
const ASKED = 200;
const DAY_MS = 86_400_000;

const SOURCES = [
  makeSource('hf', { region: '合肥', drop: ['彩票'] }),
  makeSource('nj', { region: '南京' }),
  makeSource('sh', { region: '上海', keep: ['专题'] }),
  makeSource('bj', { region: '北京' }),
  makeSource('big', { region: '杭州' }),
];

const HOME = ['上海', '江苏', '浙江', '安徽'];
const EDITIONS: readonly Edition[] = [
  makeEdition('all', { regions: HOME, size: 30 }),
  makeEdition('young', { regions: HOME, size: 10, maxAgeMs: 3 * DAY_MS }),
  makeEdition('shared', { regions: HOME, size: 12, perSource: 4 }),
  makeEdition('anhui', { regions: ['安徽'], size: 25, drop: ['球赛'], keep: ['黄山'] }),
  makeEdition('from', { regions: ['江苏'], match: 'from', size: 500 }),
  makeEdition('some', { regions: [], sources: ['sh', 'bj'], size: 7 }),
];

/** Three changes, each of another kind of bound. */
const LATER: readonly (readonly Edition[])[] = [
  EDITIONS.map((edition) => (edition.id === 'young' ? { ...edition, maxAgeMs: DAY_MS, perSource: 2 } : edition)),
  EDITIONS.map((edition) =>
    edition.id === 'anhui' ? { ...edition, drop: ['黄山'], keep: [], match: 'either' as const } : edition,
  ),
  EDITIONS.map((edition) =>
    edition.id === 'some' ? { ...edition, sources: ['big'], size: 3 } : { ...edition, regions: ['浙江'] },
  ),
];

const next = random(4);
const below = (most: number) => Math.floor(next() * most);
const one = (list: readonly string[]): string => list[below(list.length)] ?? '';

const PLACES = ['合肥', '芜湖', '黄山', '南京', '苏州', '杭州', '上海', '北京', '成都', ''];
const MATTERS = ['地铁', '球赛', '彩票', '专题', '古镇', '港口', '学校'];

const configOf = (editions: readonly Edition[], version: string): Config =>
  makeConfig({ sources: SOURCES, editions, version });

let redis: TestRedis;
let web: RunningWeb;

beforeAll(async () => {
  redis = await startRedis();
  const config = configOf(EDITIONS, 'first');
  web = await startWeb(redis, { config });
  const editor = createEditor(config);
  let [place, matter] = ['', ''];
  for (let n = 0; n < ENTRIES; n++) {
    // A fifth are copies of the entry before, by another source.
    const original = n % 5 === 4 ? n - 1 : n;
    if (original === n) [place, matter] = [one(PLACES), one(MATTERS)];
    const title = `${place}${matter}第${original}号工程有了新进展`;
    const source = n % 3 === 0 ? 'big' : one(['hf', 'nj', 'sh', 'bj']);
    const item = makeItem({
      id: `e${n}`,
      title,
      content: `<p>${place}消息，${matter}第${original}号工程昨日动工，占地${original * 7}亩，预计${original + 3}个月后完成。</p>`,
      published: NOW - below(6 * DAY_MS),
    });
    const facts = factsOf(config, source);
    const { cleaned, classification, fingerprint, judgement } = editor.edit(item, facts, {
      title: null,
      baseUrl: null,
    });
    await commitEntries(
      web.store,
      [
        {
          entry: { ...cleaned.entry, source },
          raw: { item, feedTitle: null },
          hash: item.id,
          sourceName: facts.name,
          trust: source === 'sh' ? 90 : 50,
          fingerprint,
          regions: classification.regions,
          themes: classification.themes,
          outletPlace: classification.outletPlace,
          judgement,
        },
      ],
      {
        now: NOW,
        configVersion: config.version,
        ledgerCount: 10_000,
        windowMs: 30 * DAY_MS,
        decideStory,
        assembler: ASSEMBLER,
      },
    );
  }
}, 60_000);
afterAll(async () => {
  await web.close();
  await redis.stop();
});

/** Story → page, of the feed read to its end. */
async function readFeed(edition: string): Promise<Map<string, number>> {
  const pages = new Map<string, number>();
  let at: string | undefined = `/feeds/${edition}.json`;
  for (let page = 1; at !== undefined && page < 300; page++) {
    const feed = (await (await web.get(at)).json()) as { items: { id: string }[]; next_url?: string };
    for (const { id } of feed.items) pages.set(id.slice(id.lastIndexOf(':') + 1), page);
    at = feed.next_url?.slice(web.url.length);
  }
  return pages;
}

interface Why {
  readonly entry: { readonly id: string; readonly story: string | null };
  readonly in: readonly { readonly edition: string; readonly page: number }[];
  readonly out: readonly { readonly edition: string; readonly by: string; readonly detail: string }[];
}

const ask = async (query: Record<string, string>) =>
  (await (await web.get(`/api/why?${new URLSearchParams(query)}`)).json()) as Why;

/** Again until both agree: pages behind an edition's first ask once a second whether it changed. */
const compareAll = (most = ASKED) => vi.waitFor(() => compareOnce(most), { timeout: 10_000, interval: 100 });

async function compareOnce(most: number): Promise<ReadonlySet<string>> {
  const feeds = new Map(await Promise.all(EDITIONS.map(async ({ id }) => [id, await readFeed(id)] as const)));
  const bys = new Set<string>();
  const order = random(9);
  const asked = Array.from({ length: ENTRIES }, (_, n) => n)
    .toSorted(() => order() - 0.5)
    .slice(0, most);
  for (const n of asked) {
    const why = await ask({ id: `e${n}` });
    const stored = await readEntry(web.store, `e${n}`);
    for (const { id } of EDITIONS) {
      const page = feeds.get(id)?.get(why.entry.story ?? stored?.story ?? '');
      // An entry that a rule drops joins no story.
      const served = why.entry.story === null ? undefined : page;
      expect([n, id, why.in.find(({ edition }) => edition === id)?.page]).toEqual([n, id, served]);
      expect([n, id, why.out.some(({ edition }) => edition === id)]).toEqual([n, id, served === undefined]);
    }
    for (const { by } of why.out) bys.add(by);
  }
  return bys;
}

describe('what is said of where entries stand', () => {
  test('is what the feeds contain, page by page, and names what keeps the others out', async () => {
    expect([...(await compareAll())].toSorted()).toEqual(['drop', 'match', 'maxAge', 'perSource', 'region', 'sources']);
  });

  test.each(LATER.map((editions, i) => [i, editions] as const))('is so after change %i', async (i, editions) => {
    const config = configOf(editions, `later ${i}`);
    web.set({ config });
    const editor = createEditor(config);
    const job = { data: { editions: [] }, updateProgress: async () => undefined } as unknown as Job<PlaceJob>;
    // Before stored stories are placed anew it is what the feeds still contain.
    expect((await compareAll(60)).has('placing')).toBe(i > 0);
    await runPlacing(
      { store: web.store, config: () => config, editor: async () => editor, now: Date.now },
      job,
      undefined,
    );
    expect([...(await compareAll())]).not.toContain('placing');
  });
});

test('a story that is withdrawn is kept out by that where it was, and by what it was before elsewhere', async () => {
  const all = await Promise.all(Array.from({ length: 50 }, (_, n) => ask({ id: `e${n}` })));
  const before = all.find((why) => why.in.length > 0) as Why;
  const { id } = before.entry;
  const byHand = { now: NOW, configVersion: 'c', ledgerCount: 10_000, assembler: ASSEMBLER };
  const story = before.entry.story ?? '';
  await withdrawStory(web.store, story, '原媒体撤稿', byHand);
  const after = await ask({ id });
  expect(after.in).toEqual([]);
  const withdrawn = after.out.filter(({ by }) => by === 'withdrawn');
  expect(withdrawn.map(({ edition }) => edition)).toEqual(expect.arrayContaining(before.in.map((one) => one.edition)));
  expect(withdrawn[0]?.detail).toContain('原媒体撤稿');
  await compareAll(60);
  await publishAgain(web.store, story, byHand);
  expect(await ask({ id })).toEqual(before);
});

describe('/api/why', () => {
  test('finds an entry by its address, by words of its title, and by its story', async () => {
    const { entry } = await ask({ id: 'e0' });
    expect((await ask({ url: 'https://news.example/e0.html?utm_source=x' })).entry).toEqual(entry);
    expect((await ask({ title: '第0号工程' })).entry.id).toBe('e0');
    expect((await ask({ id: entry.story ?? '' })).entry.story).toBe(entry.story);
  });

  test('asked by an id, answers for that entry, though another leads its story', async () => {
    const { findStandings } = web.deps.desk;
    const found = await Promise.all(Array.from({ length: ENTRIES }, (_, n) => findStandings({ id: `e${n}` }, null)));
    expect(found.map((list) => list.map(({ entry }) => entry))).toEqual(found.map((_, n) => [`e${n}`]));
    const leads = await Promise.all(
      found.flat().map(async ({ story }) => (await readStory(web.store, story ?? ''))?.lead),
    );
    expect(found.flat().filter(({ entry, story }, n) => entry === story && entry !== leads[n])).not.toEqual([]);
  });

  test('finds what a rule dropped by its address', async () => {
    for (let n = 0; n < ENTRIES; n++) {
      const stored = await readEntry(web.store, `e${n}`);
      if (stored?.ledger[0]?.rule !== 'source.drop') continue;
      const why = await ask({ url: `https://news.example/e${n}.html`, edition: 'anhui' });
      expect(why).toMatchObject({ entry: { id: `e${n}` }, in: [], out: [{ edition: 'anhui', by: 'drop' }] });
      expect(why.out[0]?.detail).toContain('彩票');
      return;
    }
    expect.unreachable('a rule dropped some');
  });

  test.each([
    ['', 400, 'one of url, id and title is needed'],
    ['id=a&url=b', 400, 'one of url, id and title is needed'],
    ['id=nothing', 404, 'no entry with this address, id or title is stored'],
    ['id=e0&edition=nowhere', 404, 'there is no edition "nowhere"; there are all, young, shared, anhui, from, some'],
  ])('?%s is answered with %i', async (query, status, message) => {
    const response = await web.get(`/api/why?${query}`);
    expect([response.status, ((await response.json()) as { error: string }).error]).toEqual([status, message]);
  });
});
