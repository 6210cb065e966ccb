import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import http from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { makeConfig, makeEdition, makeHit, NOW, type RunningWeb, seedEntries, startWeb } from './seed.ts';

let redis: TestRedis;
let web: RunningWeb;

beforeAll(async () => {
  redis = await startRedis();
  web = await startWeb(redis);
  await seedEntries(
    web.store,
    Array.from({ length: 30 }, (_, i) => ({
      id: `e${String(i).padStart(2, '0')}`,
      at: NOW - i * 3_600_000 - 60_000,
      source: i % 3 === 0 ? 'jsxw' : 'hfrb',
      script: i === 25 ? 'hant' : 'hans',
      title: i === 25 ? '芜湖長江大橋檢修' : `第 ${i} 条新闻`,
      regions: [makeHit(i % 2 === 0 ? '340104' : '320100')],
      editions: ['delta'],
    })),
  );
});
afterAll(async () => {
  await web.close();
  await redis.stop();
});

/** Raw bytes and headers: fetch would decode them and send headers of its own. */
function raw(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return new Promise<{ status: number; headers: http.IncomingHttpHeaders; body: Buffer }>((done, fail) => {
    http
      .request(`${web.url}${path}`, { headers, method }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          done({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
        );
      })
      .on('error', fail)
      .end();
  });
}

interface JsonFeed {
  readonly items: readonly {
    readonly id: string;
    readonly title: string;
    readonly content_html?: string;
    readonly url?: string;
  }[];
  readonly next_url?: string;
}

async function items(query: string): Promise<JsonFeed['items']> {
  const response = await web.get(`/feeds/delta.json${query}`);
  expect(response.status).toBe(200);
  return ((await response.json()) as JsonFeed).items;
}

describe('a feed', () => {
  test.each([
    ['rss', 'application/rss+xml; charset=utf-8', '<rss'],
    ['atom', 'application/atom+xml; charset=utf-8', '<feed'],
    ['json', 'application/feed+json; charset=utf-8', '"version"'],
  ])('comes as %s', async (extension, type, mark) => {
    const response = await web.get(`/feeds/delta.${extension}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(type);
    expect(response.headers.get('cache-control')).toBe(
      'public, max-age=900, stale-while-revalidate=900, stale-if-error=86400',
    );
    expect(response.headers.get('vary')).toMatch(/accept-encoding/i);
    expect(response.headers.get('etag')).toMatch(/^"[^"]+"$/);
    expect(response.headers.get('access-control-allow-origin')).toBe(extension === 'json' ? '*' : null);
    const body = await response.text();
    expect(body).toContain(mark);
    expect(body).toContain('第 0 条新闻');
    expect(body).not.toContain('第 20 条新闻');
  });

  test('has no build time in it: a second server renders the same tag', async () => {
    const host = { host: 'news.example' };
    const first = await raw('/feeds/delta.rss', host);
    const later = NOW + 5 * 60_000;
    web.set({ now: later, config: { ...makeConfig(), version: 'another' } });
    const second = await raw('/feeds/delta.rss', host);
    web.set({ now: NOW, config: makeConfig() });
    expect(second.headers.etag).toBe(first.headers.etag);
    expect(second.headers['last-modified']).toBe(first.headers['last-modified']);
  });

  test('answers HEAD with the headers of GET and no body', async () => {
    const get = await raw('/feeds/delta.atom');
    const head = await raw('/feeds/delta.atom', {}, 'HEAD');
    expect(head.status).toBe(200);
    expect(head.body.length).toBe(0);
    const { date: _, ...wanted } = get.headers;
    expect(head.headers).toMatchObject(wanted);
  });

  test('ignores Range', async () => {
    const response = await raw('/feeds/delta.rss', { range: 'bytes=0-9' });
    expect(response.status).toBe(200);
    expect(response.headers['content-range']).toBeUndefined();
  });

  test.each([
    ['the tag', (etag: string) => ({ 'if-none-match': etag }), 304],
    ['the tag, weak', (etag: string) => ({ 'if-none-match': `W/${etag}` }), 304],
    ['the tag in a list', (etag: string) => ({ 'if-none-match': `"a,b", W/"c", ${etag}` }), 304],
    ['any tag', () => ({ 'if-none-match': '*' }), 304],
    ['another tag', () => ({ 'if-none-match': '"other"' }), 200],
    ['the date', (_: string, date: string) => ({ 'if-modified-since': date }), 304],
    ['a later date', () => ({ 'if-modified-since': 'Wed, 01 Jan 2031 00:00:00 GMT' }), 304],
    ['an earlier date', () => ({ 'if-modified-since': 'Wed, 01 Jan 2020 00:00:00 GMT' }), 200],
    ['no date', () => ({ 'if-modified-since': 'yesterday' }), 200],
    [
      'another tag and the date: the tag decides',
      (_: string, date: string) => ({ 'if-none-match': '"x"', 'if-modified-since': date }),
      200,
    ],
    [
      'the tag and an old date: the tag decides',
      (etag: string) => ({ 'if-none-match': etag, 'if-modified-since': 'Wed, 01 Jan 2020 00:00:00 GMT' }),
      304,
    ],
  ])('asked with %s', async (_name, headers, status) => {
    const first = await raw('/feeds/delta.rss');
    const again = await raw(
      '/feeds/delta.rss',
      headers(String(first.headers.etag), String(first.headers['last-modified'])),
    );
    expect(again.status).toBe(status);
    expect(again.body.length).toBe(status === 304 ? 0 : first.body.length);
    for (const name of ['etag', 'cache-control', 'vary', 'last-modified'])
      expect(again.headers[name]).toBe(first.headers[name]);
  });

  test.each([
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0.5, gzip;q=0.9', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['*', 'br'],
    ['*;q=0.1, br;q=0, gzip;q=0', undefined],
    ['identity', undefined],
    ['gzip;q=0', undefined],
    ['gzip;q=0.5, identity', undefined],
    ['deflate', undefined],
    ['GZIP', 'gzip'],
    ['', undefined],
  ])('accepting %j comes as %s', async (accepted, coding) => {
    const plain = await raw('/feeds/delta.rss');
    const response = await raw('/feeds/delta.rss', { 'accept-encoding': accepted });
    expect(response.headers['content-encoding']).toBe(coding);
    const decode = coding === 'br' ? brotliDecompressSync : coding === 'gzip' ? gunzipSync : (bytes: Buffer) => bytes;
    expect(decode(response.body).equals(plain.body)).toBe(true);
    expect(response.headers.etag === plain.headers.etag).toBe(coding === undefined);
    const again = await raw('/feeds/delta.rss', {
      'accept-encoding': accepted,
      'if-none-match': String(response.headers.etag),
    });
    expect(again.status).toBe(304);
  });

  test('changes when a story does, its date too', async () => {
    const edition = { config: makeConfig({ editions: [makeEdition('fresh')] }) };
    const other = await startWeb(redis, edition);
    try {
      await seedEntries(other.store, [{ id: 'a', editions: ['fresh'] }]);
      const before = await other.get('/feeds/fresh.rss');
      await seedEntries(other.store, [{ id: 'b', editions: ['fresh'], at: NOW - 60_000 }]);
      await expect
        .poll(async () => (await other.get('/feeds/fresh.rss')).headers.get('etag'))
        .not.toBe(before.headers.get('etag'));
      const after = await other.get('/feeds/fresh.rss');
      expect(Date.parse(String(after.headers.get('last-modified')))).toBeGreaterThan(
        Date.parse(String(before.headers.get('last-modified'))),
      );
      expect(await after.text()).toContain('guid-b');
    } finally {
      await other.close();
    }
  });

  test('a script of another site may ask for it with a tag', async () => {
    const response = await raw(
      '/feeds/delta.json',
      { origin: 'https://reader.example', 'access-control-request-method': 'GET' },
      'OPTIONS',
    );
    expect(response.status).toBe(204);
    expect(response.headers['access-control-allow-origin']).toBe('*');
    expect(response.headers['access-control-allow-headers']).toMatch(/if-none-match/i);
  });
});

describe('a feed names itself', () => {
  const selfOf = async (headers: Record<string, string>) =>
    (JSON.parse((await raw('/feeds/delta.json', headers)).body.toString()) as { feed_url: string }).feed_url;

  test.each([
    ['by the host that it was asked under', { host: 'News.example:8480' }, 'http://news.example:8480'],
    [
      'not as whoever asks says of another host',
      { host: '127.0.0.1', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
      'http://127.0.0.1',
    ],
    ['never by what is no host', { host: 'a"b<c>' }, 'http://127.0.0.1:0'],
  ])('%s', async (_name, headers, base) => {
    expect(await selfOf(headers)).toBe(`${base}/feeds/delta.json`);
  });

  test('as a proxy says that the config trusts', async () => {
    web.set({ config: makeConfig({}, { trustedProxies: ['127.0.0.1/32'] }) });
    const said = { host: '127.0.0.1', 'x-forwarded-host': 'news.example', 'x-forwarded-proto': 'https' };
    expect(await selfOf(said)).toBe('https://news.example/feeds/delta.json');
    const { headers } = await raw('/feeds/delta.json', said);
    expect(headers['vary']).toBe('Accept-Encoding, Accept, Host, X-Forwarded-Host, X-Forwarded-Proto');
    web.set({ config: makeConfig() });
    expect((await raw('/feeds/delta.json', said)).headers['vary']).toBe('Accept-Encoding, Accept, Host');
  });

  test('by the configured address before all', async () => {
    web.set({ config: makeConfig({}, { baseUrl: 'https://configured.example/wire/' }) });
    expect(await selfOf({ host: 'other.example' })).toBe('https://configured.example/wire/feeds/delta.json');
    web.set({ config: makeConfig() });
  });

  test('by a hundred hosts without losing the plain one', async () => {
    for (let i = 0; i < 100; i++) await raw('/feeds/delta.rss', { host: `h${i}.example` });
    expect(await selfOf({ host: 'h99.example' })).toBe('http://h99.example/feeds/delta.json');
  });
});

describe('narrowed', () => {
  test.each([
    ['?limit=3', 3],
    ['?limit=500', 30],
    ['?region=南京', 15],
    ['?region=320100&limit=4', 4],
    ['?region=安徽', 15],
    ['?region=长三角', 20],
    ['?region=合肥,南京&limit=100', 30],
    ['?source=jsxw', 10],
    ['?q=芜湖长江', 1],
    ['?q=%E8%95%AA%E6%B9%96', 1],
    ['?q=nothing', 0],
    ['?limit=&region=&q=', 20],
    ['?utm_source=reader', 20],
    ['?page=2', 10],
    ['?page=2&limit=12', 12],
    ['?page=3&limit=12', 6],
    ['?page=9', 0],
    ['?region=南京&limit=10&page=2', 5],
  ])('%s has %d items', async (query, count) => {
    expect(await items(query)).toHaveLength(count);
  });

  test('to a script: the text is converted', async () => {
    const [hans] = await items('?q=芜湖&script=hans');
    expect(hans?.title).toBe('芜湖长江大桥检修');
  });

  test('to summaries: no full text', async () => {
    const response = await web.get('/feeds/delta.rss?content=summary&limit=1');
    const body = await response.text();
    expect(body).toContain('摘要');
    expect(body).not.toContain('第二段文字');
  });

  test('following next visits every story once, while new ones arrive', async () => {
    const other = await startWeb(redis, { config: makeConfig({ editions: [makeEdition('all', { size: 7 })] }) });
    try {
      const ids = Array.from({ length: 40 }, (_, i) => `s${String(i).padStart(2, '0')}`);
      // Many of one second: the order within it must hold too.
      await seedEntries(
        other.store,
        ids.map((id, i) => ({ id, editions: ['all'], at: NOW - Math.floor(i / 9) * 1000 - 10_000 })),
      );
      const seen: string[] = [];
      let path: string | null = '/feeds/all.json';
      for (let i = 0; path !== null && i < 20; i++) {
        const feed = (await (await other.get(path)).json()) as JsonFeed;
        seen.push(...feed.items.map((item) => item.url ?? item.id));
        path = feed.next_url === undefined ? null : new URL(feed.next_url).pathname + new URL(feed.next_url).search;
        await seedEntries(other.store, [{ id: `new${i}`, editions: ['all'], at: NOW }]);
      }
      const wanted = ids.map((id) => `https://news.example/${id}.html`);
      expect(seen.filter((link) => wanted.includes(link)).toSorted()).toEqual(wanted);
    } finally {
      await other.close();
    }
  });

  test.each([
    ['?limit=0', 'limit: a whole number from 1 to 500, not "0"'],
    ['?limit=501', 'limit'],
    ['?limit=ten', 'limit'],
    ['?limit=1e2', 'limit'],
    ['?limit=-1', 'limit'],
    ['?limit=1&limit=2', 'limit: given more than once'],
    ['?region=Atlantis', 'region: no province, city, county or group is called "Atlantis"'],
    ['?region=%3Cscript%3E%0A', 'region'],
    ['?source=nobody', 'source: there is no source "nobody"'],
    ['?script=latin', 'script: hans or hant'],
    ['?content=none', 'content: summary or full'],
    ['?page=0', 'page'],
    ['?page=x', 'page'],
    ['?page=2&after=1', 'after'],
    ['?after=1-a', 'after'],
    [`?q=${'长'.repeat(101)}`, 'q: at most 100 characters'],
  ])('by nonsense %s: 400 and a sentence', async (query, message) => {
    const response = await web.get(`/feeds/delta.rss${query}`);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    const body = await response.text();
    expect(body).toContain(message);
    expect(body.trim().split('\n')).toHaveLength(1);
  });

  test.each(['/feeds/nowhere.rss', '/feeds/delta.pdf', '/feeds/delta', '/feeds/.rss', '/feeds/delta.rss.atom'])(
    '%s is not there, and the answer names what is',
    async (path) => {
      const response = await web.get(path);
      expect(response.status).toBe(404);
      expect(await response.text()).toMatch(/delta, anhui.*\.rss/s);
    },
  );
});

test('an edition shows stories no older than maxAge, and no more than perSource of one source', async () => {
  web.set({
    config: makeConfig({
      editions: [makeEdition('delta', { maxAgeMs: 10 * 3_600_000 + 120_000 }), makeEdition('few')],
    }),
  });
  expect(await items('?limit=100')).toHaveLength(11);
  web.set({ config: makeConfig({ version: 'two', editions: [makeEdition('delta', { perSource: 4, size: 100 })] }) });
  expect(await items('')).toHaveLength(8);
  web.set({ config: makeConfig() });
});

test('a story that cannot be published is left out, with a row in the ledger that says why, once', async () => {
  const config = makeConfig({ editions: [makeEdition('odd')] });
  const other = await startWeb(redis, { config });
  try {
    const empty = { title: '', summary: '', content: '', text: '' };
    await seedEntries(other.store, [
      { id: 'good', editions: ['odd'] },
      { id: 'bare', editions: ['odd'], ...empty },
    ]);
    for (const extension of ['rss', 'atom', 'json']) {
      const body = await (await other.get(`/feeds/odd.${extension}`)).text();
      expect(body).toContain('guid-good');
      expect(body).not.toContain('guid-bare');
    }
    const { rows } = (await (await other.get('/api/ledger?rule=publish')).json()) as {
      rows: Record<string, unknown>[];
    };
    expect(rows).toMatchObject([
      {
        entry: 'bare',
        decision: 'dropped',
        rule: 'publish',
        reason: 'left out of edition odd: the story has neither a title nor text',
      },
    ]);
  } finally {
    await other.close();
  }
});

test('many different narrowings leave the plain feed in the cache', async () => {
  const before = await raw('/feeds/delta.rss');
  await Promise.all(
    Array.from({ length: 150 }, (_, i) => web.get(`/feeds/delta.rss?q=${i}`).then((response) => response.text())),
  );
  const metrics = async () =>
    Number(/feed_renderings_total\{result="miss"\} (\d+)/.exec(await (await web.get('/metrics')).text())?.[1]);
  const misses = await metrics();
  expect((await raw('/feeds/delta.rss')).headers.etag).toBe(before.headers.etag);
  expect(await metrics()).toBe(misses);
});
