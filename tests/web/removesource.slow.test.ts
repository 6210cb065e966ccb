import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, afterEach, beforeAll, expect, test } from 'vitest';
import { createDesk } from '../../src/daemon/operations.ts';
import { ASSEMBLER } from '../../src/pipeline/assemble.ts';
import type { Config } from '../../src/model/config.ts';
import { readTotals } from '../../src/store/ledger/figures.ts';
import { queryLedger } from '../../src/store/ledger/ledger.ts';
import { readSourceState } from '../../src/store/sources/sources.ts';
import { noteLeaving, takeOutLeaving } from '../../src/store/stories/takeout.ts';
import { readStory } from '../../src/store/stories/stories.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { threadless } from '../support/threadless.ts';
import { basic } from './raw.ts';
import { makeConfig, makeSource, NOW, type RunningWeb, seedEntries, seedSource, startWeb } from './seed.ts';

const ADMIN = { user: 'ops', password: 'pass' };
const PAGE = { ...basic('ops:pass'), accept: 'text/html', 'accept-language': 'zh-CN' };
const FORM = { ...PAGE, 'content-type': 'application/x-www-form-urlencoded' };
const TEXT =
  '# 我的来源\nsources:\n  - id: hfrb\n    url: https://hfrb.example/rss\n  - id: jsxw\n    url: https://jsxw.example/rss\n';
const WITHOUT = TEXT.replace('  - id: hfrb\n    url: https://hfrb.example/rss\n', '');

let redis: TestRedis;
let web: RunningWeb;
let folder: string;
let config: Config;

beforeAll(async () => {
  redis = await startRedis();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deltawire-remove-'));
  await writeFile(join(folder, 'sources.yaml'), TEXT);
  config = makeConfig({ sources: [makeSource('hfrb', { name: '合肥日报' }), makeSource('jsxw')] }, { admin: ADMIN });
  const store = redis.store();
  const desk = createDesk({
    folder,
    env: {},
    store,
    config: () => config,
    threads: threadless(config),
    now: () => NOW,
  });
  const removeSources = async (ids: readonly string[]) => {
    const saving = await desk.removeSources(ids);
    if (saving.ok) config = { ...config, sources: config.sources.filter(({ id }) => !ids.includes(id)) };
    web.set({ config });
    return saving;
  };
  web = await startWeb(redis, { config, store, desk: { ...desk, removeSources } });
  await seedEntries(web.store, [
    { id: 'lead', title: '合肥地铁新线开通' },
    { id: 'copy', title: '合肥地铁今日开通', source: 'jsxw', joins: 'lead' },
    { id: 'alone', title: '巢湖春季放鱼' },
    { id: 'other', title: '南京灯会开幕', source: 'jsxw' },
  ]);
  await seedSource(web.store, 'hfrb');
});
afterEach(async () => {
  await web.close();
  await rm(folder, { recursive: true });
});
afterAll(() => redis.stop());

const post = (path: string, fields: Record<string, string>) =>
  web.get(path, FORM, { method: 'POST', body: new URLSearchParams(fields).toString() });
const onDisk = () => readFile(join(folder, 'sources.yaml'), 'utf8');
const feed = async () => (await web.get('/feeds/delta.json')).text();

test('is asked of first: what becomes of the entries', async () => {
  const page = await (await post('/sources', { do: 'remove:hfrb' })).text();
  for (const said of ['合肥日报', '移除，保留已收录的条目', '移除，并撤下它的条目', 'name="s:hfrb"'])
    expect(page).toContain(said);
  expect(page).not.toContain('s:jsxw');
  expect(await onDisk()).toBe(TEXT);
});

test('keeps the entries where that is asked for', async () => {
  const answer = await post('/sources/remove', { 's:hfrb': '1', entries: 'keep' });
  expect(answer.headers.get('location')).toBe('/sources?done=remove&n=1&left=0');
  expect(await onDisk()).toBe(WITHOUT);
  expect(await readTotals(web.store)).toMatchObject({ entries: 4, stories: 3 });
  expect(await (await web.get('/sources?done=remove&n=1', PAGE)).text()).toContain('已移除：1 个来源。');
});

test('takes the entries out: the next copy leads, a story told by it alone goes, feeds and ledger follow', async () => {
  expect(await feed()).toMatch(/合肥地铁新线开通[\s\S]*巢湖|巢湖[\s\S]*合肥地铁新线开通/);
  await post('/sources/remove', { 's:hfrb': '1', entries: 'out' });
  expect(await onDisk()).toBe(WITHOUT);
  const story = await readStory(web.store, 'lead');
  expect(story).toMatchObject({ lead: 'copy', updatedAt: NOW, copies: [{ entry: 'copy' }] });
  expect(await readStory(web.store, 'alone')).toBeNull();
  expect(await readTotals(web.store)).toEqual({ entries: 2, stories: 2, kept: 1, merged: 1, dropped: 0 });
  await expect.poll(feed).not.toMatch(/合肥地铁新线开通|巢湖/);
  expect(await feed()).toContain('合肥地铁今日开通');
  const { rows } = await queryLedger(web.store, { code: 'operator.', limit: 10 });
  expect(rows.map(({ entry, decision, source }) => [entry, decision, source])).toEqual([
    ['lead', 'dropped', 'hfrb'],
    ['alone', 'dropped', 'hfrb'],
  ]);
  const ledger = await (await web.get('/ledger?code=operator.remove-source', PAGE)).text();
  expect(ledger).toContain('来源 hfrb 已移除，它的条目一并撤下');
  expect(await readSourceState(web.store, 'hfrb')).toMatchObject({ lastPollAt: null, polls: [] });
  expect(await readSourceState(web.store, 'jsxw')).toBeDefined();
});

test('what comes late of it is taken out within the hour, and not once the source is there again', async () => {
  const options = { now: NOW, configVersion: 'c', ledgerCount: 1_000, assembler: ASSEMBLER };
  const none = () => false;
  await noteLeaving(web.store, ['hfrb'], NOW);
  expect(await takeOutLeaving(web.store, (id) => id === 'hfrb', options)).toBe(0);
  expect(await takeOutLeaving(web.store, none, options)).toBe(2);
  await seedEntries(web.store, [{ id: 'late', title: '肥东新校启用' }]);
  expect(await takeOutLeaving(web.store, none, { ...options, now: NOW + 3_600_000 })).toBe(1);
  await seedEntries(web.store, [{ id: 'later', title: '肥西新校启用' }]);
  expect(await takeOutLeaving(web.store, none, options)).toBe(0);
});

test.each([
  ['nothing said of the entries', { 's:hfrb': '1' }, 400],
  ['no source', { entries: 'out' }, 400],
  ['a source that there is not', { 's:nobody': '1', entries: 'out' }, 400],
])('is refused with %s', async (_what, fields, status) => {
  expect((await post('/sources/remove', fields)).status).toBe(status);
  expect(await onDisk()).toBe(TEXT);
  expect((await readTotals(web.store)).entries).toBe(4);
});

test('is refused where an edition names the source, which then says so, and without a password', async () => {
  await writeFile(
    join(folder, 'editions.yaml'),
    'editions:\n  - id: delta\n    title: 长三角\n    regions: [安徽]\n    sources: [hfrb]\n',
  );
  const refused = await post('/sources/remove', { 's:hfrb': '1', entries: 'out' });
  expect([refused.status, await refused.text()]).toEqual([409, expect.stringContaining('editions.yaml:5')]);
  web.set({ config: makeConfig({}) });
  expect((await post('/sources/remove', { 's:hfrb': '1', entries: 'out' })).status).toBe(403);
  expect(await onDisk()).toBe(TEXT);
  expect((await readTotals(web.store)).entries).toBe(4);
});
