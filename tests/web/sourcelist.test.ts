import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createDesk } from '../../src/daemon/operations.ts';
import { reason } from '../../src/reasons/catalogue.ts';
import type { Config } from '../../src/model/config.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { threadless } from '../support/threadless.ts';
import { basic } from './raw.ts';
import { makeConfig, makeSource, NOW, type RunningWeb, seedEntries, seedSource, startWeb } from './seed.ts';

const ADMIN = { user: 'ops', password: 'pass' };
const PAGE = { ...basic('ops:pass'), accept: 'text/html', 'accept-language': 'zh-CN' };
const FORM = { ...PAGE, 'content-type': 'application/x-www-form-urlencoded' };
const HOUR_MS = 3_600_000;

const SOURCES = [
  makeSource('beijing', { name: '乙报', group: '全国', url: 'https://news.bj.example/rss' }),
  makeSource('hefei', { name: '甲报', group: '安徽', region: '合肥' }),
  makeSource('wuhu', { name: '丙报', group: '安徽', region: '芜湖' }),
  makeSource('alone', { name: '丁报' }),
  makeSource('off', { name: '戊报', enabled: false, group: '全国' }),
];

let redis: TestRedis;
let web: RunningWeb;
let folder: string;
let config: Config;

/** The file on disk is in force at once. */
async function apply(): Promise<void> {
  const text = await readFile(join(folder, 'sources.yaml'), 'utf8');
  const paused = (id: string) => new RegExp(`id: ${id}\\n {4}enabled: false`).test(text);
  config = { ...config, sources: SOURCES.map((source) => ({ ...source, enabled: !paused(source.id) })) };
  web.set({ config });
}

beforeAll(async () => {
  redis = await startRedis();
  folder = await mkdtemp(join(tmpdir(), 'deltawire-list-'));
  config = makeConfig({ sources: SOURCES }, { admin: ADMIN });
  const store = redis.store();
  const desk = createDesk({ folder, env: {}, store, config: () => config, threads: threadless(config), now: Date.now });
  const setEnabled = async (ids: readonly string[], enabled: boolean) => {
    const saving = await desk.setEnabled(ids, enabled);
    await apply();
    return saving;
  };
  web = await startWeb(redis, { config, desk: { ...desk, setEnabled } });
  await seedSource(web.store, 'beijing', { newestEntryAt: NOW - 2 * HOUR_MS });
  await seedSource(web.store, 'hefei', { newestEntryAt: NOW - HOUR_MS, failures: 2, lastError: 'x' });
  await seedSource(web.store, 'wuhu', { newestEntryAt: NOW - 3 * HOUR_MS, failures: 7, lastError: 'x' });
  await seedEntries(web.store, [
    { id: 'w1', source: 'wuhu' },
    { id: 'h1', source: 'hefei' },
    { id: 'h2', source: 'hefei', dropped: { rule: 'region', reason: 'x' } },
    { id: 'b1', source: 'beijing', dropped: { rule: 'region', reason: 'x' } },
  ]);
});
beforeEach(async () => {
  const blocks = SOURCES.map(({ id, url }) => `  - id: ${id}\n    url: ${url}\n`);
  await writeFile(join(folder, 'sources.yaml'), `# 我的来源\nsources:\n${blocks.join('')}`);
  web.polled.length = 0;
  web.set({ config: (config = makeConfig({ sources: SOURCES }, { admin: ADMIN })) });
});
afterAll(async () => {
  await web.close();
  await redis.stop();
  await rm(folder, { recursive: true });
});

const read = async (query: string) => (await web.get(`/sources${query}`, PAGE)).text();
/** Sources in the order of their rows, and groups with their counts. */
const rows = (page: string) => [...page.matchAll(/name="s:([^"]+)"/g)].map(([, id]) => id);
const groups = (page: string) =>
  [...page.matchAll(/name="g:([^"]*)".*?<span class="faint">(\d+) 个/g)].map(([, name, n]) => `${name} ${n}`);
const post = (fields: Record<string, string>) =>
  web.get('/sources', FORM, { method: 'POST', body: new URLSearchParams(fields).toString() });
const onDisk = () => readFile(join(folder, 'sources.yaml'), 'utf8');

describe('the list of sources', () => {
  test('stands in groups as the config names them, with counts, what needs attention first', async () => {
    const page = await read('');
    expect(groups(page)).toEqual(['全国 2', '安徽 2', ' 1']);
    expect(rows(page)).toEqual(['beijing', 'off', 'wuhu', 'hefei', 'alone']);
    expect(page).toContain('2 个需要处理');
  });

  test.each([
    ['state', ['wuhu', 'hefei', 'alone', 'beijing', 'off']],
    ['name', ['wuhu', 'alone', 'hefei', 'off', 'beijing']],
    ['newest', ['hefei', 'beijing', 'wuhu']],
    ['failures', ['wuhu', 'hefei']],
    ['share', ['beijing', 'hefei', 'wuhu']],
    ['-share', ['wuhu', 'hefei', 'beijing']],
  ])('sorts by %s', async (sort, first) => {
    const page = await read(`?groups=no&sort=${sort}`);
    expect(rows(page).slice(0, first.length)).toEqual(first);
    expect(groups(page)).toEqual([]);
  });

  test.each([
    ['a name', '丙', ['wuhu']],
    ['a host', 'BJ.example', ['beijing']],
    ['a group', '全国', ['beijing', 'off']],
    ['a region', '芜湖', ['wuhu']],
    ['a province, with what lies in it', '安徽', ['wuhu', 'hefei']],
    ['all words', '安徽 甲', ['hefei']],
    ['what is not there', 'nothing', []],
  ])('is searched by %s', async (_what, words, found) => {
    expect(rows(await read(`?q=${encodeURIComponent(words)}`))).toEqual(found);
  });

  test('is filtered by state, and takes what it does not know as nothing', async () => {
    expect(rows(await read('?state=paused'))).toEqual(['off']);
    expect(rows(await read('?state=x&sort=y&page=z&groups=w')).length).toBe(5);
    expect(rows(await read('?page=7'))).toEqual([]);
  });
});

describe('the list’s form', () => {
  test.each([
    ['one by its button', { do: 'poll:hefei', 's:wuhu': 'on' }, ['hefei']],
    ['those chosen', { do: 'poll', 's:hefei': 'on', 's:wuhu': 'on' }, ['hefei', 'wuhu']],
    ['a group', { do: 'poll', 'g:安徽': 'on' }, ['wuhu', 'hefei']],
    ['those without a group, and one more', { do: 'poll', 'g:': 'on', 's:wuhu': 'on' }, ['wuhu', 'alone']],
    ['all that a search finds', { do: 'poll', all: '1', q: '安徽' }, ['wuhu', 'hefei']],
    ['all but the paused', { do: 'poll', 'g:全国': 'on' }, ['beijing']],
  ])('polls %s', async (_what, fields, polled) => {
    const answer = await post(fields);
    expect(answer.status).toBe(303);
    expect(web.polled).toEqual([polled]);
    const next = await read(new URL(answer.headers.get('location') ?? '', web.url).search);
    expect(next).toContain(`已安排抓取：${polled.length} 个来源。`);
  });

  test('pauses and resumes many in one write, comments kept, and says so', async () => {
    const before = await onDisk();
    const answer = await post({ do: 'pause', 'g:安徽': 'on', 's:alone': 'on', sort: 'name' });
    expect(answer.headers.get('location')).toBe('/sources?sort=name&done=pause&n=3&left=0');
    expect(await onDisk()).toBe(
      ['hefei', 'wuhu', 'alone'].reduce(
        (text, id) => text.replace(`id: ${id}\n`, `id: ${id}\n    enabled: false\n`),
        before,
      ),
    );
    expect((await readdir(join(folder, 'backups'))).length).toBe(1);
    expect(await read('?state=paused&done=pause&n=3')).toContain('已暂停：3 个来源。');
    await post({ do: 'resume', all: '1', q: '丁' });
    expect(await onDisk()).toContain('id: alone\n    enabled: true\n');
    expect(await onDisk()).toContain('id: wuhu\n    enabled: false\n');
  });

  test('tells of those that only a person can change', async () => {
    await writeFile(join(folder, 'sources.yaml'), (await onDisk()).replace('id: wuhu\n', 'id: wuhu2\n'));
    const answer = await post({ do: 'pause', 's:hefei': 'on', 's:wuhu': 'on' });
    expect(answer.headers.get('location')).toContain('n=1&left=1');
    expect(await read('?done=pause&n=1&left=1')).toContain('另有 1 个的配置用了 YAML 别名');
    expect((await post({ do: 'pause:wuhu' })).status).toBe(409);
  });

  test.each([
    ['nothing', {}, 400],
    ['an act that there is not', { do: 'explode:hefei' }, 400],
    ['a source that there is not', { do: 'pause:nobody' }, 404],
    ['one of many that there is not', { do: 'poll', 's:nobody': 'on', 's:hefei': 'on' }, 404],
  ])('refuses %s', async (_what, fields, status) => {
    const before = await onDisk();
    expect((await post(fields)).status).toBe(status);
    expect(await onDisk()).toBe(before);
    expect(web.polled).toEqual([]);
  });

  test('does nothing where nothing is chosen, and says so', async () => {
    const answer = await post({ do: 'pause', q: '丙' });
    expect(await read(new URL(answer.headers.get('location') ?? '', web.url).search)).toContain('没有选中任何来源');
  });
});

test('a config that cannot be changed is shown as such, with what to do, and is not changed', async () => {
  const why = reason('config.save.mounted-read-only', { folder: '/app/config' });
  const locked = await startWeb(redis, { config, desk: { locked: async () => why }, store: web.store });
  const page = await (await locked.get('/sources', PAGE)).text();
  expect(page).toContain('/app/config 是只读挂载');
  expect(page).toContain(':ro');
  expect(page).not.toMatch(/value="(?:pause|resume)[":]/);
  expect(page).toContain('value="poll:hefei"');
  const refused = await locked.get('/sources', FORM, { method: 'POST', body: 'do=pause:hefei' });
  expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining('只读挂载')]);
  expect(await (await locked.get('/status/source?id=hefei', PAGE)).text()).toContain('只读挂载');
  await locked.close();
  web.set({ config: makeConfig({ sources: SOURCES }) });
  expect(await read('')).toContain('设置 <code>DELTAWIRE_ADMIN=用户:密码</code>');
});
