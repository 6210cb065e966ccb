import { describe, expect, test } from 'vitest';
import { say } from '../../src/reasons/render.ts';
import { createNarrowedQueue } from '../../src/web/feeds/narrowedqueue.ts';
import { findFeed, readNarrowing } from '../../src/web/feeds/query.ts';
import { makeConfig, makeEdition } from './seed.ts';

const CODES: Readonly<Record<string, readonly string[]>> = { 合肥: ['340100'], 长三角: ['340000', '310000', '340000'] };
const config = makeConfig();
const edition = makeEdition('delta', { size: 40, script: 'hans', content: 'full' });
const read = (query: Record<string, string | string[]>) =>
  readNarrowing(query, edition, config, (name) => CODES[name] ?? null);

describe('the query of a feed', () => {
  test('without parameters is the plain feed, by the edition’s own settings', () => {
    expect(read({})).toEqual({
      ok: true,
      narrowing: {
        limit: 40,
        regionsAsked: [],
        regions: null,
        sources: null,
        outlets: null,
        q: null,
        script: 'hans',
        content: 'full',
        page: 1,
        after: null,
        shown: [],
        day: null,
        canonical: '',
      },
    });
  });

  test.each([
    [{ utm_source: 'x', limit: '', region: '' }, {}, ''],
    [{ q: ' 高铁 ', limit: '007' }, { q: '高铁', limit: 7 }, 'limit=007&q=+%E9%AB%98%E9%93%81+'],
    [{ q: '   ' }, { q: null }, 'q=+++'],
    [{ region: '长三角、合肥，' }, { regions: ['310000', '340000', '340100'] }, undefined],
    [{ source: 'jsxw,hfrb,jsxw' }, { sources: ['hfrb', 'jsxw'] }, 'source=jsxw%2Chfrb%2Cjsxw'],
    [{ outlet: '新华社，合肥日报' }, { outlets: ['合肥日报', '新华社'] }],
    [
      { day: '2024-02-29', after: '1709140000000-a' },
      { page: 1, after: { orderAt: 1_709_140_000_000, story: 'a' } },
    ],
    [{ region: ',' }, { regions: null }, 'region=%2C'],
    [{ content: 'summary', script: 'hant' }, { content: 'summary', script: 'hant' }, 'script=hant&content=summary'],
    [
      { page: '2', after: '1770000000000-a_b-c' },
      { page: 2, after: { orderAt: 1_770_000_000_000, story: 'a_b-c' } },
    ],
    [
      { day: '2024-02-29' },
      { limit: 1_000, day: { from: Date.UTC(2024, 1, 28, 16), until: Date.UTC(2024, 1, 29, 16) } },
    ],
  ])('%j', (query, narrowing, canonical?: string) => {
    const { ok, ...rest } = read(query);
    expect(ok).toBe(true);
    expect(rest).toMatchObject({ narrowing: { ...narrowing, ...(canonical === undefined ? {} : { canonical }) } });
  });

  test.each([
    [{ limit: '0' }, 'limit: a whole number from 1 to 500, not "0"'],
    [{ limit: '501' }, 'limit: a whole number from 1 to 500, not "501"'],
    [{ limit: '1e2' }, 'limit: a whole number from 1 to 500, not "1e2"'],
    [{ page: '1001' }, 'page: a whole number from 1 to 1000, not "1001"'],
    [{ q: ['a', 'b'] }, 'q: given more than once; once is enough'],
    [{ q: '字'.repeat(101) }, 'q: at most 100 characters, not 101'],
    [
      { region: '鼓楼' },
      'region "鼓楼" could be 南京市鼓楼区 (320106) or 徐州市鼓楼区 (320302) or 福州市鼓楼区 (350102) or 1 others; name the one above it too, or its code',
    ],
    [{ region: '亚特兰蒂斯' }, 'region: no province, city, county or group is called "亚特兰蒂斯"'],
    [{ region: Array(21).fill('合肥').join(',') }, 'region: at most 20 at once, not 21'],
    [{ source: 'hfrb,nowhere\n' }, 'source: there is no source "nowhere"'],
    [{ script: 'latin' }, 'script: hans or hant, not "latin"'],
    [{ content: 'all' }, 'content: summary or full, not "all"'],
    [{ page: '2', after: 'x' }, 'after: not the end of a page: "x"'],
    [{ page: '2', shown: 'abcd' }, 'shown: not what an earlier page gave: "abcd"'],
    [{ after: '1-a' }, 'after: belongs to a page from 2 on'],
    [{ day: '2023-02-29' }, 'day: a date such as 2026-02-03, not "2023-02-29"'],
    [{ day: '2023-2-1' }, 'day: a date such as 2026-02-03, not "2023-2-1"'],
    [{ day: '2023-02-01', page: '1' }, 'day: a day comes whole, without limit and page'],
    [{ day: '2023-02-01', limit: '5' }, 'day: a day comes whole, without limit and page'],
    [{ script: `${'x'.repeat(50)}\u202e` }, `script: hans or hant, not "${'x'.repeat(40)}…"`],
  ])('%j is refused', (query, message) => {
    const narrowed = read(query);
    expect(narrowed.ok ? null : say(narrowed.why, 'en')).toBe(message);
  });
});

test.each([
  ['delta.rss', 'delta', 'rss'],
  ['delta.json', 'delta', 'json'],
  ['delta', null, null],
  ['delta.xml', null, null],
  ['.rss', null, null],
  ['nowhere.rss', null, null],
])('%s names the feed %s as %s', (file, id, extension) => {
  const feed = findFeed(config, file);
  expect([feed?.edition.id ?? null, feed?.format.extension ?? null]).toEqual([id, extension]);
});

describe('narrowed renderings', () => {
  test('run one at a time, in turn, past those that fail', async () => {
    const queue = createNarrowedQueue();
    const log: string[] = [];
    const work = (name: string, fails = false) =>
      queue.run(async () => {
        log.push(`${name} begins`);
        await new Promise((done) => setImmediate(done));
        log.push(`${name} ends`);
        if (fails) throw new Error(name);
        return name;
      });
    const results = await Promise.allSettled([work('a'), work('b', true), work('c')]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  test('are refused while too many wait, and taken again after', async () => {
    const queue = createNarrowedQueue();
    const all: Promise<void>[] = [];
    while (!queue.isFull() && all.length < 1_000) all.push(queue.run(async () => undefined));
    expect(all).toHaveLength(200);
    await Promise.all(all);
    expect(queue.isFull()).toBe(false);
  });
});
