import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createImageFetcher } from '../../src/daemon/imagefetcher.ts';
import { readSecret } from '../../src/store/auth/secret.ts';
import type { Config } from '../../src/model/config.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { makeConfig, makeHit, makeSource, type RunningWeb, seedEntries, startWeb } from './seed.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const PAGE = 'https://news.example/2026/1.html?id=3#top';

let redis: TestRedis;
let web: RunningWeb;
let asked: { path: string; headers: IncomingHttpHeaders }[] = [];
let base = '';
const pictures = createServer((request, response) => {
  const path = request.url ?? '';
  asked.push({ path, headers: request.headers });
  if (path === '/a.svg') response.setHeader('content-type', 'image/svg+xml').end('<svg onload="alert(1)"/>');
  else if (path === '/page') response.setHeader('content-type', 'text/html').end('<script>alert(1)</script>');
  else if (path === '/away') response.writeHead(302, { location: base.replace('127.0.0.1', '127.0.0.2') }).end();
  else if (path === '/big.png') response.setHeader('content-type', 'image/png').end(Buffer.alloc(2_000_000));
  else if (path === '/guarded.png' && request.headers.referer !== 'https://news.example/2026/1.html?id=3')
    response.writeHead(403).end();
  else response.setHeader('content-type', 'image/png').end(PNG);
});

function configWith(on: boolean): Config {
  const config = makeConfig(
    { sources: [makeSource('shy', { referer: 'page' }), makeSource('open')] },
    { imageProxy: on },
  );
  const fetch = { ...config.settings.fetch, maxBytes: 1_000_000, allowAddresses: ['127.0.0.1/32'] };
  return { ...config, settings: { ...config.settings, fetch } };
}

let fetcher: ReturnType<typeof createImageFetcher>;

beforeAll(async () => {
  redis = await startRedis();
  await new Promise<void>((done) => pictures.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${(pictures.address() as AddressInfo).port}`;
  fetcher = createImageFetcher(() => configWith(true));
  const secret = await readSecret(redis.store());
  web = await startWeb(redis, { config: configWith(true), images: { secret, fetchImage: fetcher.fetchImage } });
  const names = ['guarded.png', 'a.svg', 'page', 'away', 'big.png', 'missing'];
  const content = names.map((name) => `<p><img src="${base}/${name}" alt="${name}" loading="lazy"></p>`).join('');
  const entry = {
    content: `<p>合肥今天放晴。</p>${content}`,
    link: PAGE,
    regions: [makeHit('340100')],
    editions: ['delta'],
  };
  await seedEntries(web.store, [
    { id: 'shy1', source: 'shy', title: '合肥放晴', image: `${base}/guarded.png`, ...entry },
    { id: 'open1', source: 'open', title: '芜湖开园', ...entry },
  ]);
});
afterAll(async () => {
  await web.close();
  await fetcher.close();
  pictures.closeAllConnections();
  await new Promise((done) => pictures.close(done));
  await redis.stop();
});
beforeEach(() => {
  asked = [];
});

async function addressOf(story: string, alt: string): Promise<string> {
  const page = await (await web.get(`/stories/${story}`)).text();
  const address = new RegExp(`<img src="([^"]+)" alt="${alt}"`).exec(page)?.[1] ?? '';
  expect(address).toContain(`${web.url}/image/`);
  return address.slice(web.url.length);
}

it('shows a picture that wants the article for a referer, and only as a picture', async () => {
  const answer = await web.get(await addressOf('shy1', 'guarded.png'));
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png']);
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(PNG);
  expect(asked[0]?.headers.referer).toBe('https://news.example/2026/1.html?id=3');
  expect(answer.headers.get('cache-control')).toBe('public, max-age=604800, immutable');
  expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
});

it('tells the server of a source without a policy nothing', async () => {
  expect((await web.get(await addressOf('open1', 'guarded.png'))).status).toBe(502);
  expect(asked.map(({ headers }) => headers.referer)).toEqual([undefined]);
});

it('answers a reader that has the picture without fetching it', async () => {
  const address = await addressOf('shy1', 'guarded.png');
  const etag = (await web.get(address)).headers.get('etag') ?? '';
  asked = [];
  expect((await web.get(address, { 'if-none-match': etag })).status).toBe(304);
  expect(asked).toEqual([]);
});

it('fetches nothing for an address that it did not sign', async () => {
  const address = await addressOf('shy1', 'guarded.png');
  const [, , signature = '', payload = ''] = address.split('/');
  const other = Buffer.from(JSON.stringify([`${base}/other.png`, null])).toString('base64url');
  const changed = (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1);
  for (const path of [
    `/image/${signature}/${other}`,
    `/image/${changed}/${payload}`,
    `/image//${payload}`,
    '/image/x/y',
  ])
    expect((await web.get(path)).status).toBe(404);
  expect(asked).toEqual([]);
});

it.each([
  ['a.svg', 415],
  ['page', 415],
  ['away', 502],
  ['big.png', 502],
])('refuses %s', async (name, status) => {
  const answer = await web.get(await addressOf('shy1', name));
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toContain('text/plain');
  expect(answer.headers.get('etag')).toBeNull();
});

it('gives feeds the signed addresses', async () => {
  const { items } = (await (await web.get('/feeds/delta.json')).json()) as {
    items: { content_html: string; image?: string }[];
  };
  expect(items.find(({ image }) => image !== undefined)?.image).toContain(`${web.url}/image/`);
  for (const { content_html } of items) expect(content_html).not.toContain(`src="${base}`);
});

it('is off unless asked for: pictures then keep their addresses, and tell their servers nothing', async () => {
  const address = await addressOf('shy1', 'guarded.png');
  web.set({ config: configWith(false) });
  try {
    expect((await web.get(address)).status).toBe(404);
    expect(await (await web.get('/stories/shy1')).text()).toContain(`<img src="${base}/guarded.png"`);
  } finally {
    web.set({ config: configWith(true) });
  }
});

it('asks one host for four pictures at once, and others meanwhile', async () => {
  let [open, most] = [0, 0];
  const held: (() => void)[] = [];
  const server = createServer(({ headers }, response) => {
    const end = () => response.setHeader('content-type', 'image/png').end(PNG);
    if (headers.host?.startsWith('127.0.0.1:') === true) {
      open++;
      most = Math.max(most, open);
      held.push(() => {
        open--;
        end();
      });
    } else end();
  });
  await new Promise<void>((done) => server.listen(0, '0.0.0.0', done));
  const { port } = server.address() as AddressInfo;
  const config = configWith(true);
  const { settings } = config;
  const fetch = { ...settings.fetch, allowAddresses: ['127.0.0.0/8'] };
  const images = createImageFetcher(() => ({ ...config, settings: { ...settings, fetch } }));
  try {
    const slow = Array.from({ length: 10 }, (_, i) => images.fetchImage(`http://127.0.0.1:${port}/${i}`, null));
    expect(await images.fetchImage(`http://127.0.0.2:${port}/`, null)).toMatchObject({ ok: true });
    for (let answered = 0; answered < slow.length; answered++) {
      await expect.poll(() => held.length).toBeGreaterThan(0);
      held.shift()?.();
    }
    expect(await Promise.all(slow)).toSatisfy((all: { ok: boolean }[]) => all.every(({ ok }) => ok));
    expect(most).toBe(4);
  } finally {
    await images.close();
    server.closeAllConnections();
    server.close();
  }
});
