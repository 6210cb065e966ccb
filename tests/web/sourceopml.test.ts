import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createDesk } from '../../src/daemon/operations.ts';
import { readSubscriptions } from '../../src/daemon/opmllist.ts';
import type { Config } from '../../src/model/config.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { threadless } from '../support/threadless.ts';
import { basic } from './raw.ts';
import { makeConfig, makeSource, type RunningWeb, startWeb } from './seed.ts';

const ADMIN = { user: 'ops', password: 'pass' };
const PAGE = { ...basic('ops:pass'), accept: 'text/html', 'accept-language': 'zh-CN' };
const TEXT = '# 我的来源\nsources:\n  - id: hefei   # 合肥\n    url: https://hefei.example/rss.xml\n';
const LIST = `<opml version="2.0"><body><outline text="安徽"><outline text="芜湖日报" type="rss" xmlUrl="https://wuhu.example/rss"/>
<outline text="又一次" xmlUrl="https://wuhu.example/rss/"/><outline text="合肥" xmlUrl="http://hefei.example/rss.xml"/></outline>
<outline text="坏地址" xmlUrl="javascript:alert(1)"/><outline text="&lt;script&gt;alert(2)&lt;/script&gt;" xmlUrl="https://x.example/f"/></body></opml>`;

let redis: TestRedis;
let web: RunningWeb;
let folder: string;
const config: Config = makeConfig(
  {
    sources: [
      makeSource('hefei', { url: 'https://hefei.example/rss.xml', name: '合肥 <报>', group: '安徽 / 合肥' }),
      makeSource('page', { kind: 'page' }),
      makeSource('off', { enabled: false }),
    ],
  },
  { admin: ADMIN },
);

beforeAll(async () => {
  redis = await startRedis();
  folder = await mkdtemp(join(tmpdir(), 'deltawire-opml-'));
  const store = redis.store();
  const desk = createDesk({ folder, env: {}, store, config: () => config, threads: threadless(config), now: Date.now });
  const importList = async (bytes: Uint8Array) => {
    const imported = await desk.importList(bytes);
    const added = (imported?.added ?? []).map(({ id }) => makeSource(id));
    if (imported?.saving?.ok === true) web.set({ config: { ...config, sources: [...config.sources, ...added] } });
    return imported;
  };
  web = await startWeb(redis, { config, desk: { ...desk, importList } });
});
beforeEach(async () => {
  await writeFile(join(folder, 'sources.yaml'), TEXT);
  web.set({ config });
});
afterAll(async () => {
  await web.close();
  await redis.stop();
  await rm(folder, { recursive: true });
});

const send = (list: string | Uint8Array, field = 'list') => {
  const body = new FormData();
  body.set(field, new Blob([list as string]), 'list.opml');
  return web.get('/sources/opml', PAGE, { method: 'POST', body });
};
const onDisk = () => readFile(join(folder, 'sources.yaml'), 'utf8');

test('a list is imported by file, and a report says what was added, known, named twice and refused', async () => {
  const answer = await send(LIST);
  const page = await answer.text();
  expect(answer.status).toBe(200);
  for (const said of ['新增 2 个来源', '芜湖日报', '已有 1 个', '列表里重复 1 次', '未导入 1 个', 'javascript:'])
    expect(page).toContain(said);
  expect(page).not.toContain('<script>alert');
  expect(await onDisk()).toBe(
    `${TEXT.trimEnd()}\n\n  - id: wuhu-example\n    url: https://wuhu.example/rss\n    name: 芜湖日报\n    group: 安徽\n\n  - id: x-example-f\n    url: https://x.example/f\n    name: <script>alert(2)</script>\n`,
  );
});

test.each([
  ['no list', '<html></html>', 'list', 422, 'OPML'],
  ['no file', 'x', 'other', 422, 'OPML'],
  ['too large a file', 'x'.repeat(5_000_000), 'list', 413, ''],
])('%s is refused, and nothing is written', async (_what, list, field, status, said) => {
  const answer = await send(list, field);
  expect([answer.status, await answer.text()]).toEqual([status, expect.stringContaining(said)]);
  expect(await onDisk()).toBe(TEXT);
});

test('a body that is no form is refused', async () => {
  for (const [type, status] of [
    ['multipart/form-data; boundary=x', 400],
    ['multipart/form-data', 400],
    ['text/xml', 415],
  ] as const) {
    const headers = { ...PAGE, 'content-type': type };
    expect((await web.get('/sources/opml', headers, { method: 'POST', body: LIST })).status).toBe(status);
  }
  const elsewhere = await web.get('/sources', PAGE, { method: 'POST', body: new FormData() });
  expect(elsewhere.status).toBe(415);
  expect(await onDisk()).toBe(TEXT);
});

test('nothing is imported without a password', async () => {
  web.set({ config: makeConfig({}) });
  expect((await send(LIST)).status).toBe(403);
  expect(await onDisk()).toBe(TEXT);
});

test('the sources are exported as a list that can be imported, pages and the paused left out', async () => {
  const answer = await web.get('/sources/opml', PAGE);
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="deltawire-sources.opml"');
  expect(readSubscriptions(new Uint8Array(await answer.arrayBuffer()))?.subscriptions).toEqual([
    { url: 'https://hefei.example/rss.xml', title: '合肥 <报>', group: '安徽 / 合肥' },
  ]);
});
