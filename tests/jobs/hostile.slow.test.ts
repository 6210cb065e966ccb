/** Two honest sources and a hostile one: nothing of the honest ones changes, is lost or late. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { ASSEMBLER } from '../../src/pipeline/assemble.ts';
import { readTotals } from '../../src/store/ledger/figures.ts';
import { queryLedger } from '../../src/store/ledger/ledger.ts';
import { readSourceState } from '../../src/store/sources/sources.ts';
import { readStory } from '../../src/store/stories/stories.ts';
import { prune } from '../../src/store/stories/rewrite.ts';
import { DRILL, join, RAILWAY } from '../story/texts.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { type HostileRig, type Item, serve, startHostile } from './hostilerig.ts';

let redis: TestRedis;
let rig: HostileRig | null = null;
const closers: (() => Promise<void>)[] = [];

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
  await rig?.stop();
  rig = null;
});

const news = (source: string, n: number, over: Partial<Item> = {}): Item => ({
  id: `${n}`,
  title: `合肥${source}第${n}号工地的桥梁主体完工`,
  text: Array.from(
    { length: 4 },
    (_, i) => `${source}工地第${n}标段的第${i + 1}道工序由${n * 3 + i}名工人完成，质量检查一次通过，下月转入装修。`,
  ).join('\n'),
  ...over,
});
const many = (source: string, count: number, over: (n: number) => Partial<Item> = () => ({})) =>
  Array.from({ length: count }, (_, i) => news(source, i + 1, over(i + 1)));

it('has the articles of others while those of one source hang', { timeout: 120_000 }, async () => {
  let hanging = 0;
  const trap = await serve('127.0.0.2', () => hanging++);
  const articles = await serve('127.0.0.3', (request, response) => {
    const n = Number(request.url?.slice(1));
    const text = news('乙', n).text.repeat(3).split('\n');
    response
      .setHeader('content-type', 'text/html; charset=utf-8')
      .end(
        `<html><body><h1>${news('乙', n).title}</h1><div>${text.map((line) => `<p>${line}</p>`).join('')}</div></body></html>`,
      );
  });
  closers.push(trap.close, articles.close);
  rig = await startHostile(redis, {
    sources: [{ id: 'one' }, { id: 'two', fullText: true }, { id: 'bad', fullText: true }],
    fetch: { timeoutMs: 30_000 },
  });
  rig.feeds.set(
    'bad',
    many('丙', 600, (n) => ({ link: `${trap.base}/${n}` })),
  );
  rig.feeds.set('one', many('甲', 20));
  rig.feeds.set(
    'two',
    many('乙', 20, (n) => ({ link: `${articles.base}/${n}` })),
  );
  const { poll, shown } = rig;
  await poll(['bad'], false);
  await until(() => hanging > 0, 'the trap');
  await poll(['one', 'two'], false);
  const of = async (source: string) => (await shown()).filter((row) => row.source === source).length;
  await until(async () => (await of('one')) === 20 && (await of('two')) === 20, 'the honest articles');
  // Of the hostile ones only a source's share was tried meanwhile, and none was given up.
  expect(hanging).toBeLessThanOrEqual(3);
});

it('changes no story of others by what it copies and edits', { timeout: 300_000 }, async () => {
  const HOUR_MS = 3_600_000;
  const began = Date.now();
  rig = await startHostile(redis, {
    sources: [{ id: 'one', trust: 80 }, { id: 'two' }, { id: 'bad' }],
  });
  const { poll, feeds, shown, store } = rig;
  const at = (n: number) => ({ at: began - n * HOUR_MS });
  const told = (id: string, { title, paragraphs }: typeof RAILWAY): Item => ({
    id,
    title,
    text: join(paragraphs),
    ...at(1),
  });
  const first = [...many('甲', 8, at), told('railway', RAILWAY)];
  const second = [told('drill', DRILL), ...many('乙', 8, at)];
  feeds.set('one', first).set('two', second);
  await poll(['one', 'two']);
  const honest = async () => (await shown()).filter(({ source }) => source !== 'bad');
  const before = await honest();
  expect(before).toHaveLength(18);

  const targets = [...first, ...second];
  const forge = (target: Item, n: number, change: Partial<Item>): Item => ({
    ...target,
    id: `${n}`,
    link: `https://bad.example/${n}`,
    outlet: 'bad',
    ...change,
  });
  const each = (make: (target: Item, next: Item, n: number) => Partial<Item>): Item[] =>
    targets.map((target, n) => forge(target, n, make(target, targets[(n + 1) % targets.length] ?? target, n)));
  const digest = (a: Item, b: Item) => ({ title: `${a.title} ${b.title}`, text: `${a.text}\n${b.text}` });
  const attacks: readonly (readonly [string, readonly Item[]])[] = [
    ['copies, with itself as the outlet', each(() => ({}))],
    ['longer copies', each(({ text }) => ({ text: `${text}\n${'丙站补充报道，详情请看本站。'.repeat(40)}` }))],
    ['copies of 2010', each(() => ({ at: Date.UTC(2010, 0, 1) }))],
    ['copies of tomorrow', each(() => ({ at: began + 24 * HOUR_MS }))],
    ['digests of two', each(digest)],
    ['the next one’s text under this one’s headline', each((_, b) => ({ text: b.text }))],
    ['the next one', each((_, b) => ({ title: b.title, text: b.text }))],
    [
      'something else',
      each((_, __, n) => ({ title: `丙站第${n}号广告牌`, text: `${n}号广告，${'丙站自夸。'.repeat(30)}` })),
    ],
    ['new digests of two', each((a, b, n) => ({ ...digest(a, b), id: `digest${n}` }))],
    ['copies again', each(() => ({}))],
  ];
  for (const [name, items] of attacks) {
    feeds.set('bad', items);
    await poll(['bad']);
    expect([name, await honest()]).toEqual([name, before]);
    if (name !== 'something else') continue;
    const stories = await Promise.all(before.map(({ story }) => readStory(store, story)));
    expect(stories.flatMap((story) => story?.copies ?? []).filter(({ source }) => source === 'bad')).toEqual([]);
  }
  // Nor is a copy that an honest source brings meanwhile kept from its story.
  feeds.set('two', [...second, { ...news('甲', 1, at(1)), id: 'reprint', link: 'https://two.example/reprint' }]);
  await poll(['two']);
  const led = before.find(({ title }) => title === first[0]?.title);
  const story = await readStory(store, led?.story ?? '');
  expect(story?.copies.map(({ source }) => source)).toContain('two');
});

it('holds a flood at its quotas, says so, and leaves a row for what it lost', { timeout: 300_000 }, async () => {
  rig = await startHostile(redis, {
    sources: [{ id: 'one' }, { id: 'two' }, { id: 'bad' }],
    settings: { quotas: { newPerPoll: 60, newPerDay: 150, entries: 100, bytes: 1 << 24 } },
  });
  const { poll, feeds, shown, store, config } = rig;
  feeds
    .set('one', many('甲', 10))
    .set('two', many('乙', 10))
    .set('bad', [news('丙', 0)]);
  await poll(['one', 'two', 'bad']);
  const honest = async () => (await shown()).filter(({ source }) => source !== 'bad');
  const before = await honest();
  expect(before).toHaveLength(20);

  const flood = (n: number) => many('丙', 1000, (i) => ({ id: `${n}-${i}`, title: `丙${n}批第${i}号合肥消息` }));
  for (let n = 1; n <= 4; n++) {
    feeds.set('bad', flood(n));
    await poll(['bad']);
  }
  const state = await readSourceState(store, 'bad');
  expect(state).toMatchObject({ held: 1000, heldWhy: { code: 'quota.day', params: { items: 1000, most: 150 } } });
  expect(state.polls.map(({ fresh }) => fresh)).toEqual([0, 29, 60, 60, 1]);
  // What is held is asked for again, whole.
  expect(state.validators).toEqual({ etag: null, lastModified: null, bodyHash: null });
  const { rows } = await queryLedger(store, { limit: 100, code: 'quota.left' });
  expect(rows.map(({ source, reason }) => [source, typeof reason === 'string' ? reason : reason.params])).toEqual([
    ['bad', { items: 971 }],
    ['bad', { items: 940 }],
    ['bad', { items: 940 }],
  ]);

  const { retention, quotas } = config.settings;
  const isPolled = () => true;
  await prune(store, { ...retention, entriesCount: 40, quotaOf: () => quotas, isPolled }, Date.now(), ASSEMBLER);
  expect(await honest()).toEqual(before);
  expect(await readTotals(store)).toMatchObject({ entries: 40 });
});

it('takes what it held once there is room', { timeout: 120_000 }, async () => {
  rig = await startHostile(redis, {
    sources: [{ id: 'one', quotas: { newPerPoll: 20 } }],
  });
  const { poll, feeds, store } = rig;
  feeds.set('one', many('甲', 50));
  const polls: unknown[] = [];
  for (let n = 0; n < 4; n++) {
    await poll(['one']);
    const { held, heldWhy } = await readSourceState(store, 'one');
    polls.push([held, heldWhy !== null, (await readTotals(store)).entries]);
  }
  expect(polls).toEqual([
    [30, true, 20],
    [10, true, 40],
    [0, false, 50],
    [0, false, 50],
  ]);
  expect((await queryLedger(store, { limit: 10, code: 'quota.' })).rows).toEqual([]);
});
