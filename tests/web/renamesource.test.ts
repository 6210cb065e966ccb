/** The form of a source's settings renames it: the file keeps its former id, and what named that leads on. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/files/load.ts';
import { createDesk } from '../../src/daemon/operations.ts';
import type { Config } from '../../src/model/config.ts';
import { CONFIG_CHECKS } from '../../src/pipeline/checks.ts';
import { renamedUnsaid } from '../../src/sources/configured.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { threadless } from '../support/threadless.ts';
import { basic } from './raw.ts';
import { makeConfig, makeSource, NOW, type RunningWeb, seedEntries, startWeb } from './seed.ts';

const ENV = { DELTAWIRE_ADMIN: 'ops:pass' };
const PAGE = { ...basic('ops:pass'), accept: 'text/html', 'accept-language': 'zh-CN' };
const TEXT =
  'sources:\n  - id: hfrb   # 合肥\n    name: 合肥日报\n    url: https://hfrb.example/rss\n  - id: other\n    url: https://other.example/rss\n';

let redis: TestRedis;
let web: RunningWeb;
let folder: string;
let config: Config;

async function load(): Promise<void> {
  const loaded = await loadConfig(folder, ENV, CONFIG_CHECKS, NOW);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults));
  config = loaded.config;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deltawire-rename-'));
  await writeFile(join(folder, 'sources.yaml'), TEXT);
  await writeFile(join(folder, 'editions.yaml'), 'editions:\n  - id: delta\n    title: 长三角\n    regions: [安徽]\n');
  await load();
  redis = await startRedis();
  const store = redis.store();
  const desk = createDesk({
    folder,
    env: ENV,
    store,
    config: () => config,
    threads: threadless(config),
    now: () => NOW,
  });
  const editSource: typeof desk.editSource = async (...asked) => {
    const saving = await desk.editSource(...asked);
    await load();
    web.set({ config });
    return saving;
  };
  web = await startWeb(redis, { config, store, desk: { ...desk, editSource } });
  await seedEntries(web.store, [{ id: 'one', title: '合肥地铁新线开通', editions: ['delta'] }]);
});
afterAll(async () => {
  await web.close();
  await redis.stop();
  await rm(folder, { recursive: true });
});

const FIELDS = { name: '合肥日报', url: 'https://hfrb.example/rss', trust: '50', schedule: 'auto' };
const edit = (source: string, id: string) =>
  web.get('/sources/edit', PAGE, { method: 'POST', body: new URLSearchParams({ ...FIELDS, source, id }) });
const onDisk = () => readFile(join(folder, 'sources.yaml'), 'utf8');

test('an id that another source has or had is refused', async () => {
  const answer = await edit('hfrb', 'other');
  expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining('<code>other</code>')]);
  expect(await onDisk()).toBe(TEXT);
});

test('a new id is written with the one before, and again', async () => {
  const answer = await edit('hfrb', 'hefei');
  expect(answer.headers.get('location')).toBe('/status/source?id=hefei&done=edited');
  expect(await onDisk()).toBe(TEXT.replace('id: hfrb   # 合肥\n', 'id: hefei   # 合肥\n    formerly: [hfrb]\n'));
  expect((await edit('hefei', 'hefei-ribao')).status).toBe(303);
  expect(await onDisk()).toContain('id: hefei-ribao   # 合肥\n    formerly: [hfrb, hefei]\n');
  expect((await edit('other', 'hefei')).status).toBe(422);
});

test('pages, feeds and the ledger that are asked for by the former id go on', async () => {
  expect((await web.get('/status/source?id=hfrb', PAGE)).headers.get('location')).toBe('/status/source?id=hefei-ribao');
  for (const asked of ['hfrb', 'hefei-ribao'])
    expect(await (await web.get(`/ledger?source=${asked}`, PAGE)).text()).toContain('合肥地铁新线开通');
  expect((await web.get('/feeds/delta.rss?source=hfrb')).status).toBe(200);
  expect((await web.get('/feeds/delta.rss?source=nobody')).status).toBe(400);
});

test('a source that is renamed in the file without its former id is told of', () => {
  const before = makeConfig({ sources: [makeSource('a', { url: 'https://a.example/' }), makeSource('b')] });
  const to = (formerly: readonly string[]) =>
    makeConfig({
      sources: [makeSource('c', { url: 'https://a.example/', formerly }), makeSource('b'), makeSource('d')],
    });
  expect(renamedUnsaid(before, to([]))).toEqual([{ from: 'a', to: 'c' }]);
  expect(renamedUnsaid(before, to(['a']))).toEqual([]);
});
