/** Holds what RFC 5005 §4 asks of archived feeds: days that link to one another, whole and steady. */
import { parseAtomFeed, parseRssFeed } from 'feedsmith';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { atomFaults, jsonFaults, rssFaults } from '../publish/validity.ts';
import { strongEtag } from '../../src/publish/etag.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { makeConfig, makeEdition, makeHit, NOW, type RunningWeb, seedEntries, startWeb } from './seed.ts';

let redis: TestRedis;
let web: RunningWeb;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Midnight in China before NOW, 2026-03-03 12:30. */
const TODAY = Date.UTC(2026, 2, 2, 16);

beforeAll(async () => {
  redis = await startRedis();
  const config = makeConfig({
    editions: [makeEdition('all', { size: 5 }), makeEdition('short', { maxAgeMs: DAY_MS })],
  });
  web = await startWeb(redis, { config });
  const days = [0, 1, 2, 4];
  await seedEntries(
    web.store,
    days.flatMap((day) =>
      Array.from({ length: 4 }, (_, i) => ({
        id: `d${day}n${i}`,
        // From the day's first moment on.
        at: TODAY - day * DAY_MS + i * HOUR_MS,
        editions: ['all', 'short'],
        regions: [makeHit(i % 2 === 0 ? '340100' : '320100')],
      })),
    ),
  );
});
afterAll(async () => {
  await web.close();
  await redis.stop();
});

const read = async (path: string) => (await web.get(path)).text();
const idsOf = (body: string) => [...body.matchAll(/news\.example\/(d\dn\d)\.html" title/g)].map((match) => match[1]);

function linkOf(body: string, rel: string): string | null {
  const found = parseAtomFeed(body).links?.find((link) => link.rel === rel)?.href;
  return found === undefined ? null : found.slice(web.url.length);
}

describe('the archive', () => {
  test('begins with the day of the oldest story shown, and leads over every story and back', async () => {
    const first = await read('/feeds/all.atom');
    expect(idsOf(first)).toEqual(['d0n3', 'd0n2', 'd0n1', 'd0n0', 'd1n3']);
    expect(first).not.toContain('fh:archive');
    const seen: string[] = [];
    const path: string[] = [];
    for (let at = linkOf(first, 'prev-archive'); at !== null && path.length < 9;) {
      const body = await read(at);
      path.push(at);
      seen.push(...idsOf(body).map(String));
      expect(body).toContain('<fh:archive/>');
      expect(linkOf(body, 'current')).toBe('/feeds/all.atom');
      expect(linkOf(body, 'self')).toBe(at);
      expect(linkOf(body, 'hub')).toBeNull();
      expect(await atomFaults(body, NOW)).toEqual([]);
      expect(parseAtomFeed(body).id).toBe(parseAtomFeed(first).id);
      at = linkOf(body, 'prev-archive');
    }
    expect(path).toEqual(['2026-03-02', '2026-03-01', '2026-02-27'].map((day) => `/feeds/all.atom?day=${day}`));
    expect(seen).toEqual([1, 2, 4].flatMap((day) => [3, 2, 1, 0].map((n) => `d${day}n${n}`)));
    expect(linkOf(await read(path[2] ?? ''), 'next-archive')).toBe(path[1]);
    expect(linkOf(await read(path[0] ?? ''), 'next-archive')).toBe('/feeds/all.atom?day=2026-03-03');
    expect(linkOf(await read('/feeds/all.atom?day=2026-03-03'), 'next-archive')).toBeNull();
  });

  test('keeps a day as it is while others fill', async () => {
    const before = await web.get('/feeds/all.atom?day=2026-03-01', { 'accept-encoding': 'identity' });
    await seedEntries(web.store, [{ id: 'late', at: NOW, editions: ['all'] }]);
    // Another process has rendered nothing yet: what it gives is what the store holds now.
    const other = await startWeb(redis, { config: web.deps.config(), store: web.store });
    const after = await other.get('/feeds/all.atom?day=2026-03-01');
    const sameBytes = (await after.text()).replaceAll(other.url, web.url);
    expect(sameBytes).toBe(await before.text());
    expect(strongEtag(Buffer.from(sameBytes))).toBe(before.headers.get('etag'));
    expect(after.headers.get('cache-control')).toMatch(
      /^public, max-age=20700, stale-while-revalidate=20700, stale-if-error=86400$/,
    );
    expect(await (await other.get('/feeds/all.atom?day=2026-03-03')).text()).toContain('news.example/late.html');
    await other.close();
  });

  test('is there in each format, and narrowed', async () => {
    const rss = await read('/feeds/all.rss?region=合肥&limit=2');
    const link = parseRssFeed(rss).atom?.links?.find(({ rel }) => rel === 'prev-archive')?.href;
    expect(link).toBe(`${web.url}/feeds/all.rss?region=${encodeURIComponent('合肥')}&day=2026-03-03`);
    const day = await read((link ?? '').slice(web.url.length));
    expect(day).toContain('<fh:archive/>');
    expect(await rssFaults(day, NOW)).toEqual([]);
    expect(day.match(/<item>/g)).toHaveLength(3);
    const text = await read('/feeds/all.json?day=2026-03-02');
    expect(jsonFaults(text)).toEqual([]);
    const json = JSON.parse(text) as { items: object[]; next_url: string };
    expect([json.items.length, json.next_url]).toEqual([4, `${web.url}/feeds/all.json?day=2026-03-01`]);
  });

  test.each([
    ['region=340100', 'all 版 · 合肥市'],
    ['region=合肥&q=高铁', 'all 版 · 合肥市 · “高铁”'],
    ['region=长三角&source=hfrb&outlet=新华社', 'all 版 · 长三角 · 合肥日报 · 新华社'],
  ])('narrowed by %s is called %s, with an id and a page of its own', async (query, title) => {
    const asked = new URLSearchParams(query).toString();
    const [plain, narrowed] = [await read('/feeds/all.atom'), await read(`/feeds/all.atom?${asked}`)];
    const feed = parseAtomFeed(narrowed);
    const page = feed.links?.find(({ rel }) => rel === 'alternate')?.href;
    expect([feed.title?.value, page]).toEqual([title, `${web.url}/?edition=all&${asked}`]);
    expect(feed.id).not.toBe(parseAtomFeed(plain).id);
    const home = await read((page ?? '').slice(web.url.length));
    expect(home).toContain(`<title>${title} · deltawire</title>`);
  });

  test('ends where maxAge ends, and is left out where one page says all', async () => {
    const body = await read('/feeds/short.atom?day=2026-03-02');
    expect(idsOf(body)).toEqual([]);
    expect(linkOf(body, 'prev-archive')).toBeNull();
    expect(linkOf(await read('/feeds/short.atom'), 'prev-archive')).toBeNull();
  });

  test.each(['day=2026-02-30', 'day=yesterday', 'day=2026-2-3', 'day=2026-03-01&page=2', 'day=2026-03-01&limit=5'])(
    '?%s is nonsense',
    async (query) => {
      const response = await web.get(`/feeds/all.rss?${query}`);
      expect(response.status).toBe(400);
      expect(await response.text()).toMatch(/^day: /);
    },
  );
});
