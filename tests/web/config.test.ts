import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createDesk } from '../../src/daemon/operations.ts';
import { threadless } from '../support/threadless.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { makeConfig, makeSource, type RunningWeb, seedEntries, startWeb } from './seed.ts';

const SOURCES =
  '# 我的来源\nsources:\n  - id: hfrb   # 合肥\n    url: https://hfrb.example/rss.xml\n    headers: {Cookie: s3cret-value}\n';
const EDITIONS = 'editions:\n  - id: delta\n    title: 长三角\n    regions: [长三角]\n';
const ADMIN = { user: 'ops', password: 'pass' };
const BASIC = { authorization: `Basic ${Buffer.from('ops:pass').toString('base64')}` };
const HTML = { accept: 'text/html,*/*;q=0.8', 'accept-language': 'zh-CN' };
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

let redis: TestRedis;
let web: RunningWeb;
let folder: string;

const CONFIG = makeConfig({ sources: [makeSource('hfrb')] }, { admin: ADMIN });
const OPEN = makeConfig({ sources: [makeSource('hfrb')] });

beforeAll(async () => {
  redis = await startRedis();
  folder = await mkdtemp(join(tmpdir(), 'deltawire-desk-'));
  await writeFile(join(folder, 'editions.yaml'), EDITIONS);
  await writeFile(join(folder, 'settings.yaml'), 'server:\n  admin: ops:hidden-password\n');
  const store = { redis: redis.connect('web'), prefix: 't0:' };
  const desk = createDesk({ folder, env: {}, store, config: () => CONFIG, threads: threadless(CONFIG), now: Date.now });
  web = await startWeb(redis, { config: CONFIG, desk });
  await seedEntries(web.store, [
    {
      id: 'nanjing',
      title: '南京灯会开幕',
      text: '南京灯会今晚开幕。',
      content: '<p>南京灯会今晚开幕。</p>',
      editions: ['delta'],
    },
    {
      id: 'hefei',
      title: '合肥地铁开通',
      text: '合肥地铁今日开通。',
      content: '<p>合肥地铁今日开通。</p>',
      editions: ['delta'],
    },
    {
      id: 'evil',
      title: '<script>alert(1)</script>合肥',
      content: '<p>x</p><img src=x onerror=alert(1)>',
      editions: [],
    },
  ]);
});
beforeEach(async () => {
  web.set({ config: CONFIG });
  await writeFile(join(folder, 'sources.yaml'), SOURCES);
});
afterAll(async () => {
  await web.close();
  await redis.stop();
  await rm(folder, { recursive: true, force: true });
});

async function post(path: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
  const body = new URLSearchParams(fields).toString();
  return web.get(path, { ...FORM, ...BASIC, ...headers }, { method: 'POST', body });
}

async function hashOf(file: string): Promise<string> {
  const page = await (await web.get(`/config?file=${file}`, { ...BASIC, ...HTML })).text();
  return /name="hash" value="([0-9a-f]{64})"/.exec(page)?.[1] ?? '';
}

const onDisk = (file: string) => readFile(join(folder, file), 'utf8');

describe('the config in the browser', () => {
  test('is shown to who logged in, faults and all, and saved with a backup', async () => {
    const text = SOURCES.replace('rss.xml', 'other.xml').replaceAll('\n', '\r\n');
    const response = await post(
      '/config',
      { file: 'sources.yaml', hash: await hashOf('sources.yaml'), text, action: 'save' },
      HTML,
    );
    expect(response.status).toBe(303);
    expect(await onDisk('sources.yaml')).toBe(SOURCES.replace('rss.xml', 'other.xml'));
    const after = await (await web.get(response.headers.get('location') ?? '', { ...BASIC, ...HTML })).text();
    const backup = /backups\/sources-[\d.-]+\.yaml/.exec(after)?.[0] ?? '';
    expect(await onDisk(backup)).toBe(SOURCES);
  });

  test('is not saved with a fault, which is named, and the text stays', async () => {
    const text = SOURCES.replace('url:', 'ulr:');
    const response = await post(
      '/config',
      { file: 'sources.yaml', hash: await hashOf('sources.yaml'), text, action: 'save' },
      HTML,
    );
    expect(response.status).toBe(422);
    const page = await response.text();
    expect(page).toContain('sources.yaml:4:5');
    expect(page).toContain('ulr: https://hfrb.example');
    expect(await onDisk('sources.yaml')).toBe(SOURCES);
  });

  test('is not saved over another’s change', async () => {
    const hash = await hashOf('sources.yaml');
    await writeFile(join(folder, 'sources.yaml'), `${SOURCES}# 别人\n`);
    expect((await post('/config', { file: 'sources.yaml', hash, text: SOURCES, action: 'save' })).status).toBe(409);
    expect(await onDisk('sources.yaml')).toBe(`${SOURCES}# 别人\n`);
  });

  test('is checked as one types', async () => {
    const body = JSON.stringify({ file: 'editions.yaml', text: EDITIONS.replace('regions', 'regoins') });
    const response = await web.get(
      '/api/config/check',
      { ...BASIC, 'content-type': 'application/json' },
      { method: 'POST', body },
    );
    expect(await response.json()).toMatchObject({ faults: [{ file: 'editions.yaml', line: 4, column: 5 }] });
  });

  test('tells what a change does to the editions, and changes nothing', async () => {
    const text = EDITIONS.replace('长三角]', '安徽省]');
    const response = await post('/config', { file: 'editions.yaml', text, action: 'preview' });
    const preview = (await response.json()) as {
      ok: boolean;
      replayed: number;
      editions: { edition: string; lost: { title: string }[]; gained: unknown[] }[];
    };
    const delta = preview.editions.find(({ edition }) => edition === 'delta');
    expect(delta?.lost.map(({ title }) => title)).toEqual(['南京灯会开幕']);
    expect(preview.replayed).toBe(3);
    expect(await onDisk('editions.yaml')).toBe(EDITIONS);
  });

  test('pauses and resumes a source, comments kept', async () => {
    expect((await post('/api/pause', { source: 'hfrb' })).status).toBe(200);
    expect(await onDisk('sources.yaml')).toBe(SOURCES.replace('# 合肥\n', '# 合肥\n    enabled: false\n'));
    expect((await post('/api/resume', { source: 'hfrb' })).status).toBe(200);
    expect(await onDisk('sources.yaml')).toContain('enabled: true');
    expect((await post('/api/pause', { source: 'nobody' })).status).toBe(404);
  });
});

describe('without a password the config is read-only', () => {
  beforeEach(() => web.set({ config: OPEN }));

  test.each([
    ['/config', { file: 'sources.yaml', text: 'sources: []\n', action: 'save' }],
    ['/config', { file: 'sources.yaml', text: 'sources: []\n', action: 'preview' }],
    ['/api/config/check', { file: 'sources.yaml', text: 'sources: []\n' }],
    ['/api/pause', { source: 'hfrb' }],
    ['/api/resume', { source: 'hfrb' }],
    ['/sources', { do: 'pause:hfrb' }],
    ['/sources', { do: 'remove:hfrb' }],
    ['/sources/edit', { source: 'hfrb', name: 'x' }],
    ['/sources/remove', { 's:hfrb': '1', entries: 'out' }],
    ['/sources/add', { do: 'save', id: 'a', url: 'https://a.example/' }],
  ])('POST %s %j is refused', async (path, fields) => {
    expect((await post(path, fields)).status).toBe(403);
    expect(await onDisk('sources.yaml')).toBe(SOURCES);
  });

  test('and shows no secret', async () => {
    const page = await (await web.get('/config?file=sources.yaml', HTML)).text();
    expect(page).toContain('hfrb.example');
    expect(page).not.toMatch(/s3cret-value|<textarea/);
  });
});

test('the login is never shown, nor a source’s headers outside the editor', async () => {
  const settings = await (await web.get('/config?file=settings.yaml', { ...BASIC, ...HTML })).text();
  expect(settings).not.toMatch(/hidden-password|<textarea/);
  const source = await (await web.get('/status/source?id=hfrb', { ...BASIC, ...HTML })).text();
  expect(source).toContain('data-line="3"');
  expect(source).not.toContain('s3cret-value');
  expect((await post('/config', { file: 'settings.yaml', text: 'server: {}\n', action: 'save' })).status).toBe(403);
});

const POSTS = [
  '/sources',
  '/sources/add',
  '/sources/remove',
  '/sources/edit',
  '/sources/opml',
  '/api/poll',
  '/api/pause',
  '/api/resume',
  '/api/try',
  '/api/config/check',
  '/config',
];

describe('attempts', () => {
  test.each(
    POSTS.flatMap(
      (path) =>
        [
          [path, 'another site', { 'sec-fetch-site': 'cross-site' }],
          [path, 'another origin', { origin: 'https://evil.example' }],
          [path, 'an opaque origin', { origin: 'null' }],
        ] as const,
    ),
  )('POST %s from %s is refused, logged in or not', async (path, _from, headers) => {
    const request = http.request(`${web.url}${path}`, { method: 'POST', headers: { ...BASIC, ...FORM, ...headers } });
    const status = await new Promise<number>((done, fail) => {
      request.on('response', (response) => done(response.resume().statusCode ?? 0)).on('error', fail);
      request.end('source=hfrb&file=sources.yaml&action=save&text=x');
    });
    expect(status).toBe(403);
    expect(await onDisk('sources.yaml')).toBe(SOURCES);
  });

  test.each(POSTS)('POST %s asks for the password', async (path) => {
    expect((await web.get(path, FORM, { method: 'POST', body: 'source=hfrb' })).status).toBe(401);
  });

  test.each([
    '../secrets.yaml',
    '..%2f..%2fetc%2fpasswd',
    '/etc/passwd',
    'sources.yaml\u0000',
    'backups/x.yaml',
    'SOURCES.yaml',
    'sources.yaml/',
    '__proto__',
  ])('no path leads out of the four files: %j', async (file) => {
    expect((await web.get(`/config?file=${encodeURIComponent(file)}`, BASIC)).status).toBe(404);
    expect([403, 404]).toContain((await post('/config', { file, text: 'x', hash: '', action: 'save' })).status);
    expect(
      (await readdir(folder)).filter((name) => !/^(backups|(sources|editions|settings)\.yaml)$/.test(name)),
    ).toEqual([]);
  });

  test.each(POSTS)('a body of 10 MB to %s is refused', async (path) => {
    const body = `source=hfrb&file=sources.yaml&text=${'x'.repeat(10 * 1024 * 1024)}`;
    const status = await web
      .get(path, { ...FORM, ...BASIC }, { method: 'POST', body })
      .then((response) => response.status)
      .catch(() => 413); // The server may close while the body is still on its way.
    expect(status).toBe(413);
    expect((await web.get('/healthz')).status).toBe(200);
  });

  test.each([
    ['/ledger?text=%3Cscript%3Ealert(1)%3C/script%3E'],
    ['/ledger/entry?id=evil'],
    ['/ledger/entry?id=%3Cscript%3Ealert(1)%3C/script%3E'],
    ['/status/source?id=%3Cscript%3Ealert(1)%3C/script%3E'],
    ['/config?file=%3Cscript%3Ealert(1)%3C/script%3E'],
    ['/config?saved=%3Cscript%3Ealert(1)%3C/script%3E'],
    ['/sources?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E'],
  ])('no script comes back from %s', async (path) => {
    const response = await web.get(path, { ...BASIC, ...HTML });
    const page = await response.text();
    expect(page).not.toContain('<script>alert');
    expect(page).not.toMatch(/<img[^>]*onerror/);
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self';");
  });

  test('a text that closes the editor’s box stays within it', async () => {
    const text = '# </textarea><script>alert(1)</script>\nsources: []\n';
    const page = await (await post('/config', { file: 'sources.yaml', text, action: 'check' }, HTML)).text();
    expect(page).not.toContain('<script>alert');
    expect(page).toContain('&lt;/textarea>');
  });
});

test('an entry’s page tells its life', async () => {
  const page = await (await web.get('/ledger/entry?id=hefei', { ...BASIC, ...HTML })).text();
  for (const text of ['合肥地铁开通', '合肥地铁今日开通', '340100', '标题提到合肥', '/stories/hefei'])
    expect(page).toContain(text);
  expect((await web.get('/ledger/entry?id=nobody', BASIC)).status).toBe(404);
});
