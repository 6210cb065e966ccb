/** Holds what a reader relies on from one poll to the next: pages that lose nothing, items that keep their bytes. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { until } from '../support/until.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { makeConfig, makeEdition, NOW, type RunningWeb, seedEntries, startWeb } from './seed.ts';

let redis: TestRedis;
let web: RunningWeb;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());
afterEach(() => web.close());

const DAY_MS = 86_400_000;
const linksOf = (atom: string) => [...atom.matchAll(/<link rel="via" href="([^"]+)"/g)].map((match) => match[1] ?? '');

function relOf(atom: string, rel: string): string | null {
  const href = new RegExp(`<link rel="${rel}"[^>]* href="([^"]+)"`).exec(atom)?.[1];
  if (href === undefined) return null;
  const url = new URL(href.replaceAll(/&(?:amp|#38|#x26);/g, '&'));
  return url.pathname + url.search;
}

const read = async (path: string) => (await web.get(path)).text();

test('a thousand stories: next visits each once, previous leads back over all, last is the end', async () => {
  web = await startWeb(redis, { config: makeConfig({ editions: [makeEdition('all', { size: 100 })] }) });
  const ids = Array.from({ length: 1_000 }, (_, i) => `s${String(i).padStart(4, '0')}`);
  // Eleven of each second: the order within it must hold too.
  await seedEntries(
    web.store,
    ids.map((id, i) => ({ id, editions: ['all'], at: NOW - Math.floor(i / 11) * 1_000 - 10_000 })),
  );
  const wanted = new Set(ids.map((id) => `https://news.example/${id}.html`));
  const walk = async (start: string, rel: string, arriving: boolean) => {
    const seen: string[] = [];
    let [path, end]: [string | null, string] = [start, ''];
    for (let i = 0; path !== null && i < 30; i++) {
      const feed = await read(path);
      seen.push(...linksOf(feed).filter((link) => wanted.has(link)));
      end = path;
      path = relOf(feed, rel);
      if (arriving) await seedEntries(web.store, [{ id: `${rel}-${i}`, editions: ['all'], at: NOW }]);
    }
    return { seen, end };
  };
  const forth = await walk('/feeds/all.atom', 'next', true);
  expect(forth.seen).toHaveLength(1_000);
  expect(new Set(forth.seen)).toEqual(wanted);

  // The first page may be two seconds behind what arrived (renderpace.ts), and the others one (current.ts).
  await new Promise((done) => setTimeout(done, 2_000));
  await read('/feeds/all.atom');
  await new Promise((done) => setTimeout(done, 1_000));
  const last = relOf(await read('/feeds/all.atom'), 'last');
  expect(last).not.toBeNull();
  expect(relOf(await read(last ?? ''), 'next')).toBeNull();
  // Ranks have shifted since: no page begins where one began before.
  const back = await walk(last ?? '', 'previous', false);
  expect(back.end).toBe('/feeds/all.atom');
  expect(new Set(back.seen)).toEqual(wanted);
});

test('an item keeps its bytes while other stories come, and changes when its own does', async () => {
  web = await startWeb(redis, { config: makeConfig({ editions: [makeEdition('all')] }) });
  await seedEntries(
    web.store,
    Array.from({ length: 12 }, (_, i) => ({
      id: `k${i}`,
      editions: ['all'],
      at: NOW - (i + 1) * 3_600_000,
      // Dates of all kinds: none, before the story was known, in the future.
      published: [null, NOW - 5 * DAY_MS, NOW + 9 * DAY_MS][i % 3] ?? null,
    })),
  );
  const cut: Readonly<Record<string, (body: string) => string[]>> = {
    rss: (body) => body.match(/<item>[\s\S]*?<\/item>/g) ?? [],
    atom: (body) => body.match(/<entry[\s>][\s\S]*?<\/entry>/g) ?? [],
    json: (body) => (JSON.parse(body) as { items: object[] }).items.map((item) => JSON.stringify(item)),
  };
  const items = async (extension: string) => cut[extension]?.(await read(`/feeds/all.${extension}`)) ?? [];
  const before = new Map<string, readonly string[]>();
  for (const extension of Object.keys(cut)) before.set(extension, await items(extension));
  await seedEntries(web.store, [{ id: 'unrelated', editions: ['all'], at: NOW }]);
  for (const extension of Object.keys(cut)) {
    // A revision may be believed for some milliseconds.
    await until(async () => (await items(extension)).length !== 12, 'the unrelated story');
    const after = await items(extension);
    expect(after).toHaveLength(13);
    expect(after.filter((item) => !item.includes('unrelated'))).toStrictEqual(before.get(extension));
  }
  await seedEntries(web.store, [{ id: 'k3', editions: ['all'], at: NOW, title: '第三条改了标题' }]);
  for (const extension of Object.keys(cut)) {
    await until(async () => (await items(extension)).join().includes('改了标题'), 'the new title');
    const changed = (await items(extension)).filter((item) => before.get(extension)?.includes(item) !== true);
    expect(changed.filter((item) => !item.includes('unrelated'))).toHaveLength(1);
    expect(changed.join()).toContain('第三条改了标题');
  }
});

test('a script is that of title and description too', async () => {
  const edition = makeEdition('all', { title: '长三角', description: '关于长江的新闻' });
  web = await startWeb(redis, { config: makeConfig({ editions: [edition] }) });
  const titles = async (query: string) => {
    const feed = JSON.parse(await read(`/feeds/all.json${query}`)) as { title: string; description: string };
    return [feed.title, feed.description];
  };
  expect(await titles('?script=hant')).toEqual(['長三角', '關於長江的新聞']);
  expect(await titles('')).toEqual(['长三角', '关于长江的新闻']);
});

test('an old story that comes late stands where its date says, within size and maxAge', async () => {
  const edition = makeEdition('all', { size: 5, maxAgeMs: 7 * DAY_MS });
  web = await startWeb(redis, { config: makeConfig({ editions: [edition] }) });
  const day = (id: string, age: number) => ({
    id,
    editions: ['all'],
    at: NOW - age * DAY_MS,
    published: NOW - age * DAY_MS,
  });
  await seedEntries(
    web.store,
    [1, 2, 4, 5, 6].map((age) => day(`d${age}`, age)),
  );
  // Found only now, published long ago.
  await seedEntries(web.store, [
    { ...day('late', 3), at: NOW - 1_000 },
    { ...day('tooLate', 8), at: NOW - 1_000 },
  ]);
  const first = await read('/feeds/all.atom');
  const ids = linksOf(first).map((link) => /(\w+)\.html$/.exec(link)?.[1]);
  expect(ids).toEqual(['d1', 'd2', 'late', 'd4', 'd5']);
  expect(linksOf(await read(relOf(first, 'next') ?? ''))).toEqual(['https://news.example/d6.html']);
});

test('a thousand narrowings take bounded memory, and the plain feed is served meanwhile', async () => {
  web = await startWeb(redis, { config: makeConfig({ editions: [makeEdition('all')] }) });
  const content = `<p>${'合肥市轨道交通新线今日开通。'.repeat(80)}</p>`;
  await seedEntries(
    web.store,
    Array.from({ length: 20 }, (_, i) => ({ id: `m${i}`, editions: ['all'], at: NOW - i * 60_000, content })),
  );
  const plain = await read('/feeds/all.rss');
  const statuses = new Set<number>();
  const numbers = Array.from({ length: 1_000 }, (_, i) => i);
  const narrow = async () => {
    for (let number = numbers.pop(); number !== undefined; number = numbers.pop()) {
      // Blanks are trimmed from what is looked for, but the addresses differ.
      const query = `q=${encodeURIComponent('合肥')}${'+'.repeat(number % 90)}&limit=${20 + Math.floor(number / 90)}`;
      const response = await web.get(`/feeds/all.rss?${query}`);
      statuses.add(response.status);
      await response.arrayBuffer();
    }
  };
  const others = Promise.all(Array.from({ length: 50 }, narrow));
  let served = 0;
  while (numbers.length > 0) {
    expect(await read('/feeds/all.rss')).toBe(plain);
    served++;
  }
  await others;
  expect(served).toBeGreaterThan(40);
  expect([...statuses].filter((status) => status !== 200 && status !== 503)).toEqual([]);
  const metrics = await read('/metrics');
  const bytes = Number(/^deltawire_feed_cache_bytes (\d+)/m.exec(metrics)?.[1]);
  expect(bytes).toBeGreaterThan(32 * 2 ** 20);
  expect(bytes).toBeLessThanOrEqual(64 * 2 ** 20);
}, 60_000);
