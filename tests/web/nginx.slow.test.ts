/** Holds that everything works behind nginx: under a path that it takes off or keeps, and with a shared cache. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findProgram } from '../support/programs.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { send } from './raw.ts';
import { makeConfig, type RunningWeb, seedEntries, startWeb } from './seed.ts';

const ADMIN = { user: 'ops', password: 'long enough' };
const HTML = { accept: 'text/html', 'accept-language': 'en' };

let redis: TestRedis;
let web: RunningWeb;
let nginx: ChildProcess;
let folder: string;
let ports: { readonly strip: number; readonly keep: number; readonly cache: number };

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

function configOf(upstream: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${join(folder, name)};`,
  );
  return `daemon off; pid ${join(folder, 'pid')}; error_log ${join(folder, 'error.log')}; worker_processes 1;
events {}
http {
  ${temporary.join(' ')}
  access_log off;
  proxy_cache_path ${join(folder, 'cache')} keys_zone=shared:1m;
  server {
    listen 127.0.0.1:${ports.strip};
    location /news/ { proxy_pass ${upstream}/; proxy_set_header Host $http_host; }
  }
  server {
    listen 127.0.0.1:${ports.keep};
    location /news/ { proxy_pass ${upstream}; proxy_set_header Host $http_host; }
  }
  server {
    listen 127.0.0.1:${ports.cache};
    location / {
      proxy_pass ${upstream};
      proxy_set_header Host $http_host;
      proxy_cache shared;
      proxy_cache_valid 200 1m;
      add_header X-Cache $upstream_cache_status;
    }
  }
}`;
}

beforeAll(async () => {
  redis = await startRedis();
  web = await startWeb(redis);
  web.set({ now: 'real' });
  await seedEntries(
    web.store,
    Array.from({ length: 30 }, (_, i) => ({ id: `e${i}`, at: Date.now() - i * 60_000 })),
  );
  folder = await mkdtemp(join(tmpdir(), 'deltawire-nginx-'));
  ports = { strip: await freePort(), keep: await freePort(), cache: await freePort() };
  // Its workers run as another user where it is started by root.
  await chmod(folder, 0o755);
  await mkdir(join(folder, 'cache'));
  await writeFile(join(folder, 'nginx.conf'), configOf(web.url));
  const args = ['-c', join(folder, 'nginx.conf'), '-p', folder, '-e', join(folder, 'error.log')];
  nginx = spawn(findProgram(['nginx']), args, { stdio: 'ignore' });
  const answers = () =>
    fetch(`http://127.0.0.1:${ports.cache}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
  await until(answers, 'nginx');
});
afterAll(async () => {
  nginx.kill();
  await web.close();
  await redis.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Addresses of this host in a page's attributes. */
const linksOf = (page: string): string[] =>
  [...page.matchAll(/\s(?:href|src|action)="(\/[^"]*)"/g)].map(([, address = '']) => address.replaceAll('&amp;', '&'));

describe.each(['strip', 'keep'] as const)('under a path that the proxy would %s', (kind) => {
  let host = '';
  let base = '';
  const get = (path: string, headers: Record<string, string> = {}) => send(host, { path, headers });

  beforeEach(() => {
    host = `http://127.0.0.1:${ports[kind]}`;
    base = `${host}/news`;
    web.set({ config: makeConfig({}, { baseUrl: `${base}/`, admin: ADMIN }) });
  });

  async function logIn(): Promise<string> {
    const headers = { ...HTML, origin: host, 'content-type': 'application/x-www-form-urlencoded' };
    const body = new URLSearchParams({ ...ADMIN, next: '/status' }).toString();
    const answer = await send(host, { path: '/news/login', method: 'POST', headers, body });
    expect([answer.status, answer.headers['location']]).toEqual([303, '/news/status']);
    const [cookie = ''] = [answer.headers['set-cookie'] ?? ''].flat();
    expect(cookie).toContain('; Path=/news/;');
    return cookie.split(';')[0] ?? '';
  }

  test('pages lead to what is there', async () => {
    const { status, body } = await get('/news/', HTML);
    expect(status).toBe(200);
    const links = linksOf(body);
    expect(links.length).toBeGreaterThan(20);
    expect(links.filter((link) => !link.startsWith('/news/'))).toEqual([]);
    for (const link of new Set(links)) {
      const answer = await get(link, HTML);
      // The desk asks for the login, under the path as well.
      const isFine =
        answer.status === 200 ||
        (answer.status === 303 && String(answer.headers['location']).startsWith('/news/login?'));
      expect([link, answer.status, isFine]).toEqual([link, answer.status, true]);
    }
  });

  test('one logs in and sees the desk and the queues', async () => {
    expect((await get('/news/status', HTML)).headers['location']).toBe('/news/login?next=%2Fstatus');
    const cookie = await logIn();
    const status = await get('/news/status', { ...HTML, cookie });
    expect(status.status).toBe(200);
    expect(linksOf(status.body).filter((link) => !link.startsWith('/news/'))).toEqual([]);
    const board = await get('/news/admin/queues', { ...HTML, cookie });
    const [, home = ''] = /<base href="([^"]*)"/.exec(board.body) ?? [];
    expect([board.status, home]).toEqual([200, '/news/admin/queues/']);
    const [, script = ''] = /src="(static\/js\/main[^"]*)"/.exec(board.body) ?? [];
    expect((await get(home + script, { cookie })).status).toBe(200);
    expect((await get(`${home}api/queues`, { cookie })).body).toContain('"queues"');
    expect(linksOf(board.body).filter((link) => !link.startsWith('/news/'))).toEqual([]);
    expect(board.body).toContain('"url":"/news/status"');
  });

  test('feeds lead to themselves, to their pages and to their stories', async () => {
    const read = async (address: string) => (await get(address.slice(host.length))).body;
    const feed = JSON.parse(await read(`${base}/feeds/delta.json`)) as {
      feed_url: string;
      home_page_url: string;
      next_url: string;
      items: { _deltawire: { story_url: string } }[];
    };
    expect(feed.feed_url).toBe(`${base}/feeds/delta.json`);
    expect((JSON.parse(await read(feed.next_url)) as { items: object[] }).items).toHaveLength(10);
    for (const address of [feed.home_page_url, feed.items[0]?._deltawire.story_url ?? '']) {
      expect(address.startsWith(`${base}/`)).toBe(true);
      expect((await get(address.slice(host.length), HTML)).status).toBe(200);
    }
    const [, stylesheet = ''] = /href="([^"]*\.css)"/.exec(await read(`${base}/feeds/delta.rss`)) ?? [];
    expect((await get(stylesheet.slice(host.length))).status).toBe(200);
  });

  test('the hub knows the feeds by their addresses', async () => {
    const body = new URLSearchParams({
      'hub.mode': 'subscribe',
      'hub.topic': `${base}/feeds/delta.rss`,
      'hub.callback': 'https://subscriber.example/callback',
    }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await send(host, { path: '/news/hub', method: 'POST', headers, body });
    expect([answer.status, answer.body]).toEqual([202, expect.any(String)]);
  });
});

describe('a shared cache', () => {
  beforeEach(() => web.set({ config: makeConfig() }));

  const selfOf = async (headers: Record<string, string>) => {
    const answer = await send(`http://127.0.0.1:${ports.cache}`, { path: '/feeds/delta.json', headers });
    const { feed_url: self } = JSON.parse(answer.body) as { feed_url: string };
    return [answer.headers['x-cache'], self];
  };

  test('keeps the answers of each host apart, and what a visitor says of another host out', async () => {
    const evil = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' };
    expect(await selfOf({ host: 'a.example', ...evil })).toEqual(['MISS', 'http://a.example/feeds/delta.json']);
    expect(await selfOf({ host: 'b.example' })).toEqual(['MISS', 'http://b.example/feeds/delta.json']);
    expect(await selfOf({ host: 'a.example' })).toEqual(['HIT', 'http://a.example/feeds/delta.json']);
    expect(await selfOf({ host: 'b.example' })).toEqual(['HIT', 'http://b.example/feeds/delta.json']);
  });
});
