/** Holds that the desk tells in Chinese, on Chinese pages, of a faulty config, of a save that failed, of a preview and of a story. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { CONFIG_CHECKS } from '../../src/pipeline/checks.ts';
import { buildConfig } from '../../src/config/build.ts';
import type { FileName } from '../../src/config/filenames.ts';
import type { Fault } from '../../src/model/config.ts';
import { type Code, reason } from '../../src/reasons/catalogue.ts';
import type { Preview, Saving } from '../../src/web/deps.ts';
import { CASES } from '../config/faulty.ts';
import { codes, inChinese, readPage, sampleOf } from '../support/reasons.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { makeConfig, makeSource, type RunningWeb, seedEntries, startWeb } from './seed.ts';

const place = { file: 'sources.yaml', line: 4, column: 5 };
const why = reason('config.key.unknown-near', { key: 'schedul', near: 'schedule' });

/** Every kind of fault as faulty configs give it, and every code as a fault. */
const FAULTS: readonly Fault[] = [
  ...CASES.flatMap(({ files, env = {} }) => {
    const all = Object.entries({ 'sources.yaml': 'sources: []\n', ...files });
    const bytes = new Map(all.map(([name, text]) => [name as FileName, Buffer.from(text)]));
    const built = buildConfig(bytes, 'config', env, CONFIG_CHECKS, 0);
    return built.ok ? [] : built.faults;
  }),
  ...codes.filter((code) => code.startsWith('config.')).map((code) => Object.assign({ why: sampleOf(code) }, place)),
];
const NO_SPACE = 'ENOSPC: no space left on device, write';
const IO_ERROR = 'EIO: i/o error, write';
const failed = (code: Code): Saving => ({ ok: false, reason: 'failed', why: sampleOf(code) });

const SHOWN_AT_ONCE = 30;
const PARTS = Array.from({ length: Math.ceil(FAULTS.length / SHOWN_AT_ONCE) }, (_, i) =>
  FAULTS.slice(i * SHOWN_AT_ONCE, (i + 1) * SHOWN_AT_ONCE),
);

const CONFIG = makeConfig(
  { sources: [makeSource('hfrb', { name: '样报' })] },
  { admin: { user: 'ops', password: 'pass' } },
);
const LOGIN = { authorization: `Basic ${Buffer.from('ops:pass').toString('base64')}` };
const HTML = { ...LOGIN, accept: 'text/html', 'accept-language': 'zh-CN' };
const ENGLISH = { ...LOGIN, accept: 'application/json', 'accept-language': 'zh-CN' };

let redis: TestRedis;
let web: RunningWeb;
let found: readonly Fault[] = [];
let saving: Saving = { ok: false, reason: 'byHand' };
let preview: Preview = { ok: false, faults: [] };

beforeAll(async () => {
  redis = await startRedis();
  web = await startWeb(redis, {
    config: CONFIG,
    desk: {
      read: async (name) =>
        name.endsWith('.yaml') ? { text: 'sources: []\n', shown: 'sources: []\n', hash: '0' } : null,
      check: async () => found,
      preview: async () => preview,
      save: async () => saving,
      setEnabled: async () => saving,
    },
  });
  const likenesses = codes.filter((code) => code.startsWith('story.'));
  await seedEntries(web.store, [
    { id: 'lead', title: '巢湖大堤加固完工' },
    ...likenesses.map((code, i) => ({ id: `copy${i}`, title: '巢湖大堤完工', joins: 'lead', why: sampleOf(code) })),
  ]);
});
afterAll(async () => {
  await web.close();
  await redis.stop();
});
beforeEach(() => {
  web.set({ faults: [], config: CONFIG });
  found = [];
});

const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = HTML) =>
  web.get(path, headers, { method: 'POST', body: new URLSearchParams({ file: 'sources.yaml', ...fields }) });

describe('a faulty config', () => {
  test('on the status page', async () => {
    web.set({ faults: FAULTS });
    const response = await web.get('/status', HTML);
    const text = await response.clone().text();
    expect(await readPage(response)).toEqual(inChinese(200));
    expect(text.split('<code>').length).toBeGreaterThan(FAULTS.length);
  });

  test.each(PARTS.map((part, i) => [i, part] as const))('on the config page, part %i', async (_i, part) => {
    web.set({ faults: part });
    expect(await readPage(await web.get('/config?file=sources.yaml', HTML))).toEqual(inChinese(200));
    found = part;
    expect(await readPage(await post('/config', { text: 'x', action: 'check' }))).toEqual(inChinese(200));
    preview = { ok: false, faults: part };
    expect(await readPage(await post('/config', { text: 'x', action: 'preview' }))).toEqual(inChinese(200));
    saving = { ok: false, reason: 'faults', faults: part };
    expect(await readPage(await post('/config', { text: 'x', action: 'save' }))).toEqual(inChinese(422));
    expect(await readPage(await post('/api/pause', { source: 'hfrb' }))).toEqual(inChinese(409));
  });
});

describe('a save that fails', () => {
  test.each<[string, Saving]>([
    ['for want of a permission', failed('config.save.denied')],
    ['on a full disk', { ok: false, reason: 'failed', why: reason('config.save.disk-full', { said: NO_SPACE }) }],
    ['otherwise', { ok: false, reason: 'failed', why: reason('config.save.failed', { code: 'EIO', said: IO_ERROR }) }],
    ['since another was faster', { ok: false, reason: 'changed' }],
    ['since only a person can', { ok: false, reason: 'byHand' }],
  ])('%s', async (_, outcome) => {
    saving = outcome;
    expect(await readPage(await post('/config', { text: 'x', action: 'save' }))).toEqual(inChinese(409));
    expect(await readPage(await post('/api/pause', { source: 'hfrb' }))).toEqual(inChinese(409));
  });

  test.each(['settings.yaml', 'other.yaml'])('since %s is not changed here', async (file) => {
    expect(await readPage(await post('/config', { file, text: 'x', action: 'save' }))).toEqual(inChinese(403));
  });

  test('since there is no password', async () => {
    web.set({ config: makeConfig({ sources: [makeSource('hfrb', { name: '样报' })] }) });
    expect(await readPage(await post('/config', { text: 'x', action: 'save' }))).toEqual(inChinese(403));
  });
});

test('a preview with a change for every reason', async () => {
  const change = { story: 'lead', title: '巢湖大堤加固完工', source: 'hfrb' };
  preview = {
    ok: true,
    replayed: 1,
    stored: 1,
    editions: codes.map((code) => ({
      edition: 'delta',
      title: '长三角',
      gained: [{ ...change, why: sampleOf(code) }],
      lost: [],
    })),
  };
  expect(await readPage(await post('/config', { text: 'x', action: 'preview' }))).toEqual(inChinese(200));
});

test('a story with a copy for every likeness', async () => {
  expect(await readPage(await web.get('/stories/lead', HTML))).toEqual(inChinese(200));
});

describe('programs get English with the code beside it, or Chinese where they ask', () => {
  const json = async (response: Promise<Response>) => (await response).json();
  const en = { ...place, message: 'unknown key `schedul` – did you mean `schedule`?', messageCode: why.code };
  const zh = { ...en, message: '没有 `schedul` 这个键，是不是 `schedule`？' };

  it.each([
    ['', en],
    ['?lang=zh', zh],
    ['?lang=en', en],
  ])('of a check, a preview and a save%s', async (query, fault) => {
    const faults = [{ ...place, why }];
    found = faults;
    preview = { ok: false, faults };
    saving = { ok: false, reason: 'faults', faults };
    const send = (path: string, action: string) => json(post(`${path}${query}`, { text: 'x', action }, ENGLISH));
    expect(await send('/api/config/check', '')).toEqual({ faults: [fault] });
    expect(await send('/config', 'check')).toEqual({ faults: [fault] });
    expect(await send('/config', 'preview')).toEqual({ ok: false, faults: [fault] });
    expect(await send('/config', 'save')).toEqual({ ok: false, reason: 'faults', faults: [fault] });
  });

  it('of a save that failed', async () => {
    saving = failed('config.save.no-file');
    const send = (query: string) => json(post(`/config${query}`, { text: 'x', action: 'save' }, ENGLISH));
    const outcome = { ok: false, reason: 'failed', messageCode: 'config.save.no-file' };
    expect(await send('')).toEqual({ ...outcome, message: 'there is no such file' });
    expect(await send('?lang=zh')).toEqual({ ...outcome, message: '没有这个文件' });
  });
});
