/** A digest tells once a day what most outlets told, by place; it is settled when made, and each story is in one day's. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dueAt, makeDigests } from '../../src/daemon/digests.ts';
import { ASSEMBLER } from '../../src/pipeline/assemble.ts';
import { readDigests } from '../../src/store/keptdigests.ts';
import { keys } from '../../src/store/redis/keys.ts';
import { commitEntries } from '../../src/store/stories/commit.ts';
import { withdrawStory } from '../../src/store/stories/withdraw.ts';
import { makeCommitOptions, makeEntry, makeSubmission } from '../support/entries.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { makeConfig, makeEdition, type RunningWeb, startWeb } from '../web/seed.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** 07:30 in Beijing. */
const MORNING = Date.parse('2026-06-03T07:30:00+08:00');
const digest = { atMinute: 7 * 60 + 30, stories: 3 };
const config = makeConfig({
  editions: [makeEdition('delta'), makeEdition('morning', { title: '长三角早报', digest })],
});
const REGION = { level: 'city' as const, evidence: [] };
const HEFEI = { ...REGION, code: '340100', name: '合肥市', score: 2 };
const WUHU = { ...REGION, code: '340200', name: '芜湖市', score: 2 };

let redis: TestRedis;
let web: RunningWeb;
beforeAll(async () => {
  redis = await startRedis();
  web = await startWeb(redis, { config });
});
afterAll(async () => {
  await web.close();
  await redis.stop();
});

/** A story that `outlets` tell, first seen at `at`. */
async function tell(id: string, at: number, outlets: readonly string[], region = HEFEI): Promise<void> {
  for (const [i, outlet] of outlets.entries()) {
    const entry = makeEntry({
      id: i === 0 ? id : `${id}-${i}`,
      source: `of-${i}`,
      title: `${region.name}新闻${id}`,
      link: `https://n.example/${id}/${i}`,
      outlet,
      published: at,
      summary: `${id}的摘要`,
    });
    const joins = i === 0 ? null : id;
    const decideStory = () => ({ join: joins, merge: [], reason: { code: 'story.same-text' } });
    await commitEntries(
      web.store,
      [makeSubmission(entry, { regions: [region], judgement: { ...JUDGED, editions: ['delta', 'morning'] } })],
      makeCommitOptions(at, { decideStory }),
    );
  }
}
const { judgement: JUDGED } = makeSubmission(makeEntry({ id: 'any' }));

interface Item {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly content_html: string;
  readonly date_published: string;
}
const items = async () => ((await (await web.get('/feeds/morning.json')).json()) as { items: Item[] }).items;

test('a digest is due at its time of day in Beijing', () => {
  expect(dueAt(digest, MORNING)).toBe(MORNING);
  expect(dueAt(digest, MORNING - 1)).toBe(MORNING - DAY);
  expect(dueAt(digest, MORNING + 20 * HOUR)).toBe(MORNING);
  expect(dueAt({ atMinute: 0, stories: 1 }, Date.parse('2026-06-03T00:00:00+08:00'))).toBe(
    Date.parse('2026-06-03T00:00:00+08:00'),
  );
});

describe('the digest of a day', () => {
  test('has the stories that most outlets told, by place, each linked, and is one item', async () => {
    await tell('alone', MORNING - 2 * HOUR, ['甲报']);
    await tell('two', MORNING - 5 * HOUR, ['甲报', '乙网'], WUHU);
    await tell('five', MORNING - 9 * HOUR, ['甲报', '乙网', '丙台', '丁社', '戊报']);
    await tell('older', MORNING - 3 * HOUR, ['己报']);
    await tell('yesterday', MORNING - DAY - HOUR, ['甲报', '乙网', '丙台']);
    await tell('later', MORNING, ['甲报', '乙网', '丙台']);
    expect(await makeDigests(web.store, config, MORNING + HOUR)).toEqual(['morning']);
    const [item, ...more] = await items();
    expect(more).toEqual([]);
    expect(item).toMatchObject({
      title: '长三角早报 6月3日',
      url: `${web.url}/digests/morning/2026-06-03`,
      date_published: new Date(MORNING).toISOString(),
    });
    const told = [...(item?.content_html ?? '').matchAll(/<h3>([^<]+)|\/stories\/([\w-]+)"/g)].map(
      ([, place, story]) => place ?? story,
    );
    expect(told).toEqual(['合肥市', 'five', 'alone', '芜湖市', 'two']);
    expect(item?.content_html).toContain('甲报，乙网、丙台、丁社 等 4 家也有报道');
    const page = await web.get('/digests/morning/2026-06-03', { accept: 'text/html' });
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('合肥市新闻five')]);
    expect((await web.get('/digests/morning/2026-06-02')).status).toBe(404);
    expect((await web.get('/digests/delta/2026-06-03')).status).toBe(404);
    for (const format of ['rss', 'atom'])
      expect(await (await web.get(`/feeds/morning.${format}`)).text()).toContain('长三角早报 6月3日');
  });

  test('stays as it was made, whatever comes later, and the next day tells the rest', async () => {
    const before = await items();
    await tell('late', MORNING - HOUR, ['甲报', '乙网', '丙台', '丁社', '戊报', '己报']);
    expect(await makeDigests(web.store, config, MORNING + 2 * HOUR)).toEqual([]);
    expect(await items()).toEqual(before);
    expect(await makeDigests(web.store, config, MORNING + DAY + HOUR)).toEqual(['morning']);
    await until(async () => (await items()).length === 2, 'the second digest');
    const [second, first] = await items();
    expect([first]).toEqual(before);
    expect(second?.content_html.match(/\/stories\/[\w-]+/g)).toEqual(['/stories/later']);
  });

  test('tells of what its feed is narrowed to and of nothing else, a page after the other', async () => {
    type Told = { title: string; items: Item[]; next_url?: string };
    const told = async (query: string): Promise<Told> =>
      (await (await web.get(`/feeds/morning.json?${query}`)).json()) as Told;
    const stories = ({ items: all }: Told) =>
      all.flatMap(({ content_html }) => [...content_html.matchAll(/\/stories\/([\w-]+)/g)].map(([, id]) => id));
    const wuhu = await told('region=340200');
    expect([wuhu.title, stories(wuhu)]).toEqual(['长三角早报 · 芜湖市', ['two']]);
    expect(stories(await told('region=310000'))).toEqual([]);
    expect(stories(await told('region=340000&outlet=%E4%B9%99%E7%BD%91'))).toEqual(['later', 'five', 'two']);
    expect(stories(await told(`outlet=${encodeURIComponent('丁社')}`))).toEqual(['five']);
    expect(stories(await told(`q=${encodeURIComponent('alone的摘要')}`))).toEqual(['alone']);
    expect(stories(await told('day=2026-06-03'))).toEqual(['five', 'alone', 'two']);
    const first = await told('limit=1');
    expect(stories(first)).toEqual(['later']);
    const second = await told(new URL(first.next_url ?? '').search.slice(1));
    expect([stories(second), second.next_url]).toEqual([['five', 'alone', 'two'], undefined]);
    expect(stories(await told('limit=1&page=2'))).toEqual(['five', 'alone', 'two']);
  });

  test('loses what is withdrawn', async () => {
    const byHand = { now: MORNING + DAY, configVersion: 'c', ledgerCount: 1000, assembler: ASSEMBLER };
    await withdrawStory(web.store, 'five', 'x', byHand);
    await until(async () => !JSON.stringify(await items()).includes('新闻five'), 'the feed without it');
    expect(await items()).toHaveLength(2);
    await withdrawStory(web.store, 'later', 'x', byHand);
    await until(async () => (await items()).length === 1, 'no empty digest');
  });

  test('of another day stays where one cannot be read', async () => {
    const [last] = await items();
    await web.store.redis.hset(keys.digests(web.store, 'morning'), '2026-05-01', '{');
    await web.store.redis.hincrby(keys.revisions(web.store), 'morning', 1);
    const found = await readDigests(web.store, 'morning');
    expect(found.map(({ day }) => day)).not.toContain('2026-05-01');
    expect(found.length).toBeGreaterThan(0);
    expect(await items()).toEqual([last]);
    await web.store.redis.hdel(keys.digests(web.store, 'morning'), '2026-05-01');
  });

  test('is not made of nothing', async () => {
    expect(await makeDigests(web.store, config, MORNING + 9 * DAY)).toEqual([]);
  });
});
