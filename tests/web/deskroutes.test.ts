import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reason } from '../../src/reasons/catalogue.ts';
import { keys } from '../../src/store/redis/keys.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { basic, send as sendRaw } from './raw.ts';
import { makeConfig, makeHit, makeSource, NOW, type RunningWeb, seedEntries, seedSource, startWeb } from './seed.ts';

const HOUR_MS = 3_600_000;
let redis: TestRedis;
let web: RunningWeb;

beforeAll(async () => {
  redis = await startRedis();
  web = await startWeb(redis);
  await seedEntries(web.store, [
    { id: 'lead', title: '合肥地铁新线开通', outlet: '安徽日报', at: NOW - 3 * HOUR_MS },
    { id: 'copy', title: '合肥地鐵新線通車', script: 'hant', source: 'jsxw', joins: 'lead', at: NOW - 2 * HOUR_MS },
    {
      id: 'other',
      title: '南京灯会开幕',
      regions: [makeHit('320100')],
      editions: ['delta'],
      source: 'jsxw',
      at: NOW - HOUR_MS,
    },
    { id: 'merged', title: '合肥地铁今日开通', at: NOW - HOUR_MS, source: 'jsxw' },
    { id: 'joint', title: '合肥地铁开通了', at: NOW - HOUR_MS, joins: 'lead', merges: ['merged'] },
    { id: 'colophon', title: '本版责编', regions: [], dropped: { rule: 'clean.colophon', reason: '不是新闻' } },
  ]);
  await seedSource(web.store, 'hfrb');
  await seedSource(
    web.store,
    'jsxw',
    { failures: 3, lastError: 'connect: ECONNREFUSED' },
    { outcome: 'failed', status: null },
  );
});
afterAll(async () => {
  await web.close();
  await redis.stop();
});

const HTML = { accept: 'text/html,*/*;q=0.8', 'accept-language': 'zh-CN' };

const send = (path: string, headers: Record<string, string>, method = 'POST', body = '') =>
  sendRaw(web.url, { path, headers, method, body });

interface StatusJson {
  readonly sources: readonly Record<string, unknown>[];
  readonly totals: Record<string, number>;
  readonly idle: boolean;
  readonly config: { readonly version: string; readonly loadedAt: string; readonly faults: readonly unknown[] };
  readonly coverage: readonly { code: string; name: string; day: number; week: number }[];
  readonly queues: Record<string, Record<string, number>>;
}

async function status(): Promise<StatusJson> {
  return (await (await web.get('/api/status')).json()) as StatusJson;
}

describe('/api/status', () => {
  test('says how each source is, worst first', async () => {
    const { sources, config } = await status();
    expect(sources.map(({ id, state }) => [id, state])).toEqual([
      ['jsxw', 'failing'],
      ['hfrb', 'healthy'],
      ['off', 'paused'],
    ]);
    expect(sources[0]).toMatchObject({ failures: 3, lastError: 'connect: ECONNREFUSED', nextWhy: '每 15 分钟' });
    for (const name of ['lastPollAt', 'lastSuccessAt', 'nextPollAt', 'newestEntryAt'])
      expect(sources[0]?.[name]).toMatch(/^2026-03-03T\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(config).toEqual({ version: 'c0ffee123456', loadedAt: '2026-03-03T03:30:00.000Z', faults: [] });
  });

  test('counts', async () => {
    const { totals, coverage } = await status();
    expect(totals).toEqual({ entries: 6, stories: 3, kept: 3, merged: 2, dropped: 1 });
    expect(coverage).toContainEqual({ code: '320100', name: '南京', day: 1, week: 1 });
  });

  test('is idle until a job waits', async () => {
    expect((await status()).idle).toBe(true);
    await web.deps.queues.ingest.add('a', { source: 'a', feedTitle: null, baseUrl: '', items: [] }, { delay: 60_000 });
    const busy = await status();
    expect(busy.idle).toBe(false);
    expect(busy.queues['ingest']).toMatchObject({ delayed: 1, waiting: 0 });
    await web.deps.queues.ingest.obliterate({ force: true });
    expect((await status()).idle).toBe(true);
  });

  test('names the faults of the config', async () => {
    const place = { file: 'sources.yaml', line: 3, column: 5 };
    const why = reason('config.key.unknown-near', { key: 'schedul', near: 'schedule' });
    web.set({ faults: [{ ...place, why }] });
    const message = 'unknown key `schedul` – did you mean `schedule`?';
    expect((await status()).config.faults).toEqual([{ ...place, message, messageCode: why.code }]);
    const page = await (await web.get('/status', HTML)).text();
    expect(page).toContain('sources.yaml:3:5');
    expect(page).toContain('没有 <code>schedul</code> 这个键，是不是 <code>schedule</code>？');
    web.set({ faults: [] });
  });

  test('leads what asked for the list of sources there to the list', async () => {
    const answer = await web.get('/status?state=failing&name=jsxw', HTML);
    expect(answer.headers.get('location')).toBe('/sources?state=failing&q=jsxw');
  });

  test('gives the last polls of one source', async () => {
    const one = (await (await web.get('/api/status?source=jsxw')).json()) as { polls: { outcome: string }[] };
    expect(one.polls[0]).toMatchObject({ outcome: 'failed', charset: 'gb18030' });
    expect((await web.get('/api/status?source=nobody')).status).toBe(404);
  });

  test('answers for two thousand sources in a page that stays small', async () => {
    const many = Array.from({ length: 2_000 }, (_, i) => makeSource(`many-${i}`));
    web.set({ config: makeConfig({ sources: many }) });
    await expect.poll(async () => (await status()).sources.length).toBe(2_000);
    const page = await (await web.get('/status', HTML)).text();
    expect(page.length).toBeLessThan(300_000);
    expect(page).toContain('2000 个来源');
    web.set({ config: makeConfig() });
    await expect.poll(async () => (await status()).sources.length).toBe(3);
  });
});

describe('POST /api/poll', () => {
  test.each([
    ['all that are enabled', '/api/poll', 202, { jobs: 2 }, ['hfrb', 'jsxw']],
    ['one', '/api/poll?source=jsxw', 202, { jobs: 1 }, ['jsxw']],
    [
      'one that is not there',
      '/api/poll?source=nobody',
      404,
      { error: 'there is no source "nobody"', errorCode: 'request.no-source' },
      undefined,
    ],
    [
      'one that is disabled',
      '/api/poll?source=off',
      409,
      { error: 'source "off" is disabled (sources.yaml:10)', errorCode: 'request.source-paused' },
      undefined,
    ],
  ])('of %s', async (_name, path, code, body, asked) => {
    web.polled.length = 0;
    const response = await web.get(path, {}, { method: 'POST' });
    expect(response.status).toBe(code);
    expect(await response.json()).toEqual(body);
    expect(web.polled[0]).toEqual(asked);
  });

  test('from a form leads back to the page', async () => {
    const response = await web.get(
      '/api/poll?source=jsxw',
      { ...HTML, 'content-type': 'application/x-www-form-urlencoded' },
      { method: 'POST', body: '' },
    );
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/status/source?id=jsxw');
  });

  test('with a large body is refused', async () => {
    const body = JSON.stringify({ source: 'x'.repeat(200_000) });
    expect((await web.get('/api/poll', { 'content-type': 'application/json' }, { method: 'POST', body })).status).toBe(
      413,
    );
  });
});

describe('a request that changes something', () => {
  test.each([
    ['a program', {}, 202],
    ['the same site', { 'sec-fetch-site': 'same-origin' }, 202],
    ['the same origin, from an older browser', { origin: 'SELF' }, 202],
    ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a sibling site', { 'sec-fetch-site': 'same-site' }, 403],
    ['another origin, from an older browser', { origin: 'https://evil.example' }, 403],
    ['another port', { origin: 'http://127.0.0.1:1' }, 403],
    ['an opaque origin', { origin: 'null' }, 403],
    ['a name that points here', { host: 'evil.example', origin: 'http://evil.example' }, 403],
  ])('from %s', async (_name, headers, code) => {
    const sent = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value === 'SELF' ? web.url : value]),
    );
    for (const path of ['/api/poll', '/admin/queues/api/queues/poll/pause'])
      expect((await send(path, sent, path === '/api/poll' ? 'POST' : 'PUT')).status === 403).toBe(code === 403);
    await web.deps.queues.poll.resume();
  });
});

test.each([
  ['PATCH', '/admin/queues/api/queues/poll/1/update-data'],
  ['POST', '/admin/queues/api/queues/poll/add'],
])('the job dashboard takes no data of jobs, for it shows them shortened: %s %s', async (method, path) => {
  const response = await send(path, { 'content-type': 'application/json' }, method, '{}');
  expect(response.status).toBe(403);
  expect(response.body).toContain('data of jobs is not changed here');
});

const DESK = [
  '/status',
  '/status/source?id=hfrb',
  '/sources',
  '/sources/add',
  '/sources/opml',
  '/sources/edit?source=hfrb',
  '/api/status',
  '/ledger',
  '/api/ledger',
  '/api/why?id=lead',
  '/admin/queues',
  '/admin/queues/api/queues',
  '/metrics',
];
const PUBLIC = ['/', '/feeds/delta.rss', '/stories/lead', '/opml', '/healthz', '/readyz'];

describe('access', () => {
  const admin = { user: 'ops', password: 'p:ä' };
  const host = 'localhost';

  test.each(DESK)('on loopback without a password: %s is open, but not under a foreign name', async (path) => {
    expect((await send(path, { host }, 'GET')).status).toBe(200);
    expect((await send(path, { host: 'rebound.example' }, 'GET')).status).toBe(403);
    expect((await send(path, { host, 'x-forwarded-for': '203.0.113.9' }, 'GET')).status).toBe(403);
  });

  test.each(DESK)('with a password: %s asks for it', async (path) => {
    web.set({ config: makeConfig({}, { admin }) });
    try {
      const asked = await send(path, { host }, 'GET');
      expect(asked.status).toBe(401);
      expect(asked.headers['www-authenticate']).toMatch(/^Basic realm="deltawire"/);
      expect((await send(path, { host, ...basic('ops:wrong') }, 'GET')).status).toBe(401);
      expect((await send(path, { host, ...basic('ops:p:ä') }, 'GET')).status).toBe(200);
    } finally {
      web.set({ config: makeConfig() });
    }
  });

  test.each(DESK)('reachable from outside without a password: %s is closed, and says how to open it', async (path) => {
    web.set({ config: makeConfig({}, { host: '0.0.0.0' }) });
    try {
      const response = await send(path, { host }, 'GET');
      expect(response.status).toBe(403);
      expect(response.body).toContain('DELTAWIRE_ADMIN');
    } finally {
      web.set({ config: makeConfig() });
    }
  });

  test.each(PUBLIC)('%s is public', async (path) => {
    web.set({ config: makeConfig({}, { host: '0.0.0.0', admin }) });
    try {
      expect((await send(path, { host: 'news.example' }, 'GET')).status).toBe(200);
    } finally {
      web.set({ config: makeConfig() });
    }
  });

  test.each([
    '//status',
    '/./status',
    '/%73tatus',
    '/STATUS',
    '/status/',
    '/feeds/../status',
    '/feeds/%2e%2e/status',
    '/admin/queues/static/../../../status',
  ])('no spelling of the address slips past: %s', async (path) => {
    web.set({ config: makeConfig({}, { admin }) });
    try {
      const response = await send(path, { host }, 'GET');
      expect([401, 404]).toContain(response.status);
      expect(response.body).not.toContain('hfrb');
    } finally {
      web.set({ config: makeConfig() });
    }
  });

  test('after many wrong passwords an address waits', async () => {
    const other = await startWeb(redis, { config: makeConfig({}, { admin }) });
    try {
      const codes: number[] = [];
      for (let i = 0; i < 22; i++) codes.push((await other.get('/status', basic(`ops:${i}`))).status);
      expect(codes.slice(0, 20)).toEqual(Array(20).fill(401));
      expect(codes.slice(20)).toEqual([429, 429]);
      expect((await other.get('/feeds/delta.rss')).status).toBe(200);
      await other.store.redis.del(keys.guesses(other.store, '127.0.0.1'));
      expect((await other.get('/status', basic('ops:p:ä'))).status).toBe(200);
    } finally {
      await other.close();
    }
  });
});

describe('/stories', () => {
  test('shows lead, copies and why, regions with evidence, decisions', async () => {
    const page = await (await web.get('/stories/lead', HTML)).text();
    for (const text of [
      '合肥地铁新线开通',
      '安徽日报',
      '合肥地鐵新線通車',
      '标题和正文都相同',
      '340100',
      '标题提到合肥',
    ])
      expect(page).toContain(text);
  });

  test('leads from a merged story to the one that it is part of', async () => {
    const response = await web.get('/stories/merged', HTML);
    expect(response.status).toBe(301);
    expect(response.headers.get('location')).toBe('/stories/lead');
    expect((await web.get('/stories/merged.json')).headers.get('location')).toBe('/stories/lead.json');
  });

  test.each([
    ['/stories/lead.json', {}],
    ['/stories/lead', { accept: 'application/json' }],
  ])('%s as JSON', async (path, headers) => {
    const story = (await (await web.get(path, headers)).json()) as {
      id: string;
      copies: { entry: string; lead: boolean; regions: unknown[] }[];
    };
    expect(story.id).toBe('lead');
    expect(story.copies.map(({ entry }) => entry)).toEqual(['lead', 'copy', 'merged', 'joint']);
    expect(story.copies.map(({ lead }) => lead)).toEqual([true, false, false, false]);
    expect(story.copies[0]?.regions).toHaveLength(1);
  });

  test.each(['/stories/nothing', '/stories/nothing.json', '/stories/%00', `/stories/${'x'.repeat(150)}`])(
    '%s is not there',
    async (path) => {
      expect((await web.get(path)).status).toBe(404);
    },
  );
});

describe('/ledger', () => {
  const titles = async (query: string) =>
    ((await (await web.get(`/api/ledger${query}`)).json()) as { rows: { title: string }[] }).rows.map(
      ({ title }) => title,
    );

  test.each([
    ['?decision=dropped', ['本版责编']],
    ['?decision=merged&source=jsxw', ['合肥地鐵新線通車']],
    ['?text=地铁新线', ['合肥地鐵新線通車', '合肥地铁新线开通']],
    ['?region=南京', ['南京灯会开幕']],
    ['?region=320000', ['南京灯会开幕']],
    ['?rule=clean.colophon', ['本版责编']],
    ['?since=2030-01-01', []],
    ['?until=2020-01-01', []],
    ['?limit=1', ['本版责编']],
  ])('%s', async (query, expected) => {
    expect(await titles(query)).toEqual(expected);
  });

  test('goes on page by page', async () => {
    const seen: string[] = [];
    let before: string | null = '';
    while (before !== null) {
      const page = (await (await web.get(`/api/ledger?limit=2&before=${before}`)).json()) as {
        rows: { id: string }[];
        next: string | null;
      };
      seen.push(...page.rows.map(({ id }) => id));
      before = page.next;
    }
    expect(new Set(seen).size).toBe(6);
    expect(seen).toHaveLength(6);
  });

  test.each(['?decision=lost', '?region=Atlantis', '?since=2026-13-45', '?before=x', '?limit=0', '?region=长三角'])(
    '%s is refused',
    async (query) => {
      const response = await web.get(`/api/ledger${query}`);
      expect(response.status).toBe(400);
      expect(((await response.json()) as { error: string }).error).toMatch(/^(decision|region|since|before|limit): /);
      expect((await web.get(`/ledger${query}`, HTML)).status).toBe(400);
    },
  );
});

describe('what sources say is text', () => {
  const EVIL = `"><script>alert(1)</script><img src=x onerror=alert(2)>`;

  test('titles, names, errors and outlets cannot become markup', async () => {
    const other = await startWeb(redis, {
      config: makeConfig({ sources: [makeSource('evil', { name: EVIL, note: EVIL, url: 'javascript:alert(1)' })] }),
    });
    try {
      await seedEntries(other.store, [
        {
          id: 'x',
          source: 'evil',
          title: EVIL,
          outlet: EVIL,
          link: 'javascript:alert(3)',
          authors: [EVIL],
          content: '<p>fine</p>',
          regions: [makeHit('340100', EVIL)],
        },
        { id: 'y', source: 'evil', title: EVIL, joins: 'x', link: 'javascript:alert(4)' },
      ]);
      await seedSource(
        other.store,
        'evil',
        { failures: 2, lastError: EVIL, movedTo: 'javascript:alert(5)' },
        { charset: EVIL, repairs: [EVIL] },
      );
      for (const path of [
        '/',
        '/?q=%22%3E%3Cscript%3E',
        '/stories/x',
        '/status',
        '/status/source?id=evil',
        '/ledger',
        '/ledger?text=%22%3E%3Cscript%3E',
        `/status/source?id=${encodeURIComponent(EVIL)}`,
        `/?edition=${encodeURIComponent(EVIL)}`,
      ]) {
        const response = await other.get(path, HTML);
        const page = await response.text();
        expect(page.length).toBeGreaterThan(500);
        expect(page.replace(/<script src="\/assets\/live\.[0-9a-f]+\.js" defer(="")?><\/script>/, '')).not.toMatch(
          /<script(?! src="\/assets\/)|<img src=x|href="javascript/i,
        );
        expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'.*script-src 'self';/);
        expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      }
    } finally {
      await other.close();
    }
  });

  test('a line cannot be smuggled into an answer in plain text', async () => {
    const response = await web.get(`/feeds/${encodeURIComponent('a\r\nSet-Cookie: x')}.rss`);
    expect(response.status).toBe(404);
    expect((await response.text()).trim().split('\n')).toHaveLength(1);
  });
});

describe('languages', () => {
  test.each([
    ['?lang=en', {}, 'en'],
    ['', { 'accept-language': 'en-GB,en;q=0.9' }, 'en'],
    ['', { 'accept-language': 'zh-TW,zh;q=0.9,en;q=0.8' }, 'zh-Hans'],
    ['', { 'accept-language': 'fr' }, 'zh-Hans'],
    ['', { cookie: 'a=b; deltawire-lang=en' }, 'en'],
    ['?lang=zh', { cookie: 'deltawire-lang=en' }, 'zh-Hans'],
    ['?lang=xx', {}, 'zh-Hans'],
  ])('%s with %j is %s', async (query, headers, lang) => {
    expect(await (await web.get(`/${query}`, { 'accept-language': '', ...headers })).text()).toContain(
      `<html lang="${lang}">`,
    );
  });

  test('the choice is kept', async () => {
    expect((await web.get('/?lang=en')).headers.get('set-cookie')).toMatch(/^deltawire-lang=en; Path=\/;/);
  });
});

test('/robots.txt bars crawlers from all that the navigation leads to, the home page aside', async () => {
  const nav = /<nav\b.*?<\/nav>/s.exec(await (await web.get('/')).text())?.[0] ?? '';
  const paths = [...nav.matchAll(/href="([^"]*)"/g)].map(([, path = '']) => path);
  const robots = await (await web.get('/robots.txt')).text();
  const barred = [...robots.matchAll(/^Disallow: (\S+)$/gm)].map(([, path = '']) => path);
  expect(paths).toContain('/status');
  expect(paths.filter((path) => !barred.some((start) => path.startsWith(start)))).toEqual(['/']);
});

test('/opml lists the editions', async () => {
  const response = await web.get('/opml');
  expect(response.headers.get('content-type')).toBe('text/x-opml; charset=utf-8');
  expect(await response.text()).toContain(`xmlUrl="${web.url}/feeds/delta.rss"`);
});

test('/metrics speaks Prometheus, each with its help', async () => {
  const text = await (await web.get('/metrics')).text();
  expect(text).toContain('deltawire_entries 6');
  expect(text).toContain('deltawire_sources{state="failing"} 1');
  expect(text).toContain('deltawire_queue_jobs{queue="poll",state="waiting"} 0');
  expect(text).toContain('deltawire_store_up 1');
  const types = [...text.matchAll(/^# TYPE (\S+)/gm)].map((match) => match[1]);
  const helps = new Set([...text.matchAll(/^# HELP (\S+) \S/gm)].map((match) => match[1]));
  expect(types.filter((name) => name === undefined || !helps.has(name))).toEqual([]);
});
