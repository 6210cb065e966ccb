import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createDesk } from '../../src/daemon/operations.ts';
import type { Config } from '../../src/model/config.ts';
import { endServer, listenOnLoopback } from '../support/loopback.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { threadless } from '../support/threadless.ts';
import { basic } from './raw.ts';
import { makeConfig, makeSource, type RunningWeb, startWeb } from './seed.ts';

const ADMIN = { user: 'ops', password: 'pass' };
const PAGE = { ...basic('ops:pass'), accept: 'text/html', 'accept-language': 'zh-CN' };
const FORM = { ...PAGE, 'content-type': 'application/x-www-form-urlencoded' };
const HEAD = '# 我的来源\nsources:\n  # 甲报，勿删\n  - id: hefei   # 合肥\n    url: https://hefei.example/rss.xml\n';

const item = (title: string, path: string) =>
  `<item><title>${title}</title><link>https://qing.example/${path}</link><pubDate>Tue, 03 Mar 2026 03:30:00 GMT</pubDate></item>`;
const FEED = `<rss version="2.0"><channel><title>青禾日报</title><link>https://qing.example/</link>
${item('合肥市新开一条公交线路', 'a')}${item('&lt;b&gt;成都&lt;/b&gt;一座图书馆开门', 'b')}</channel></rss>`;

let redis: TestRedis;
let web: RunningWeb;
let folder: string;
let outlet: Server;
let site: string;
let asked: string[] = [];
let config: Config;

const onDisk = () => readFile(join(folder, 'sources.yaml'), 'utf8');
const post = (fields: Record<string, string>) =>
  web.get('/sources/add', FORM, { method: 'POST', body: new URLSearchParams(fields).toString() });

function configWith(allowAddresses: readonly string[]): Config {
  const plain = makeConfig({ sources: [makeSource('hefei', { group: '安徽', trust: 70 })] }, { admin: ADMIN });
  return { ...plain, settings: { ...plain.settings, fetch: { ...plain.settings.fetch, allowAddresses } } };
}

beforeAll(async () => {
  outlet = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (request.url === '/away') response.writeHead(302, { location: site.replace('127.0.0.1', '127.0.0.2') }).end();
    else if (request.url === '/rss.xml') response.setHeader('content-type', 'application/rss+xml').end(FEED);
    else
      response
        .setHeader('content-type', 'text/html')
        .end(
          '<html><head><link rel="alternate" type="application/rss+xml" href="/rss.xml"></head><body></body></html>',
        );
  });
  site = await listenOnLoopback(outlet);
  redis = await startRedis();
  folder = await mkdtemp(join(tmpdir(), 'deltawire-add-'));
  await writeFile(
    join(folder, 'editions.yaml'),
    'editions:\n  - id: delta\n    title: 长三角\n    regions: [长三角]\n',
  );
  config = configWith(['127.0.0.1/32']);
  const store = redis.store();
  const desk = createDesk({ folder, env: {}, store, config: () => config, threads: threadless(config), now: Date.now });
  web = await startWeb(redis, {
    config,
    desk: {
      ...desk,
      async addSource(source) {
        const saving = await desk.addSource(source);
        if (saving.ok) web.set({ config: { ...config, sources: [...config.sources, makeSource(source.id)] } });
        return saving;
      },
    },
  });
});
beforeEach(async () => {
  asked = [];
  await writeFile(join(folder, 'sources.yaml'), HEAD);
  web.set({ config: (config = configWith(['127.0.0.1/32'])) });
});
afterAll(async () => {
  await web.close();
  await redis.stop();
  await endServer(outlet);
  await rm(folder, { recursive: true });
});

/** The fields of the form that saves. */
function fieldsOf(page: string): Record<string, string> {
  const form = page.slice(page.indexOf('class="panel fields"'));
  const inputs = [...form.matchAll(/<input type="(?!checkbox)\w+" name="(\w+)" value(?:="([^"]*)")?/g)];
  return Object.fromEntries(inputs.map(([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')]));
}

describe('an address', () => {
  test('of a site: its feed is found, tried and proposed; nothing is stored', async () => {
    const page = await (await post({ do: 'find', address: site })).text();
    expect(fieldsOf(page)).toMatchObject({ url: `${site}/rss.xml`, name: '青禾日报', trust: '50' });
    expect(page).toContain('rss，2 条，其中 2 条有日期');
    expect(page).toContain('2 条里会收录 1 条');
    expect(page).toMatch(/合肥市新开一条公交线路<\/a>\s*<span class="chip edition">安徽/);
    expect(page).toMatch(/2026-03-03 11:30.*合肥/);
    expect(page).not.toContain('<b>成都');
    expect(await onDisk()).toBe(HEAD);
    expect(await web.store.redis.keys(`${web.store.prefix}entry:*`)).toEqual([]);
  });

  test('saved: a block after the last one, comments kept, the old file in backups', async () => {
    const fields = fieldsOf(await (await post({ do: 'find', address: site })).text());
    const answer = await post({ ...fields, do: 'save', group: '安徽', region: '合肥市', trust: '80', fullText: '1' });
    expect(answer.headers.get('location')).toBe(`/status/source?id=${fields['id']}&done=added`);
    expect(await onDisk()).toBe(
      `${HEAD.trimEnd()}\n\n  - id: ${fields['id']}\n    name: 青禾日报\n    url: ${site}/rss.xml\n    group: 安徽\n    region: 合肥市\n    trust: 80\n    fullText: true\n`,
    );
    const [backup = ''] = await readdir(join(folder, 'backups'));
    expect(await readFile(join(folder, 'backups', backup), 'utf8')).toBe(HEAD);
    const next = await (await web.get(answer.headers.get('location') ?? '', PAGE)).text();
    expect(next).toContain('已添加，很快会抓取第一次');
  });

  test('of a source that there is already is said to be so', async () => {
    config = { ...config, sources: [makeSource('qing', { url: `${site}/rss.xml/` })] };
    expect(await (await post({ do: 'find', address: `${site}/rss.xml` })).text()).toMatch(
      /已有这个地址的来源： <a [^>]*>qing</,
    );
  });

  test.each([
    ['nothing', '', '不是网址'],
    ['no address', 'javascript:alert(1)', '不是网址'],
    ['a file', 'file:///etc/passwd', '不是网址'],
  ])('%s is refused and asks nobody', async (_what, address, why) => {
    const answer = await post({ do: 'find', address });
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining(why)]);
    expect(asked).toEqual([]);
  });

  test.each([
    ['a private address', () => site, [], 0],
    ['one of this machine by another spelling', () => site.replace('127.0.0.1', '0x7f.1'), [], 0],
    ['a redirect to a refused one', () => `${site}/away`, ['127.0.0.1/32'], 1],
  ])('%s is refused as a poll would refuse it', async (_what, address, allowed, requests) => {
    config = configWith(allowed);
    const answer = await post({ do: 'find', address: address() });
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringMatching(/allowAddresses/)]);
    expect(asked.length).toBe(requests);
  });
});

describe('what is to be saved', () => {
  const good = { do: 'save', id: 'qing', url: 'https://qing.example/rss.xml' };

  test.each([
    ['an id that is taken', { id: 'hefei' }, '标识 hefei 已经有来源在用'],
    ['an id that is none', { id: '青 禾' }, 'sources.yaml:7:'],
    ['a region that there is not', { region: '乌有乡' }, '乌有乡'],
    ['trust that is no number', { trust: 'x' }, 'sources.yaml:9:'],
    ['an address that is none', { url: 'file:///etc/passwd' }, 'sources.yaml:8:'],
  ])('is checked: %s', async (_what, fields, why) => {
    const answer = await post({ ...good, ...fields });
    const page = await answer.text();
    expect([answer.status, page]).toEqual([422, expect.stringContaining(why)]);
    expect(fieldsOf(page)['url']).toBe({ ...good, ...fields }.url);
    expect(await onDisk()).toBe(HEAD);
  });

  test('stays within its value, whatever its line breaks', async () => {
    expect((await post({ ...good, name: 'a\n  - id: b\n    url: https://b.example' })).status).toBe(303);
    expect(await onDisk()).not.toMatch(/^ {2}- id: b$/m);
  });

  test('is not saved without a password, and is cut to its bounds', async () => {
    web.set({ config: makeConfig({}) });
    expect((await post(good)).status).toBe(403);
    web.set({ config });
    expect((await post({ ...good, address: 'x'.repeat(70_000) })).status).toBe(413);
    expect(await onDisk()).toBe(HEAD);
    await post({ ...good, name: '名'.repeat(300) });
    expect(await onDisk()).toMatch(/name: 名{200}\n/);
  });
});

test('one trial at a time', async () => {
  const answers = await Promise.all([post({ do: 'find', address: site }), post({ do: 'find', address: site })]);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 409]));
});
