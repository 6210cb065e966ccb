/** Attempts to see the desk of a server without a password through a reverse proxy on its own machine that says nothing of itself. */
import { createServer, request as ask, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Settings } from '../../src/model/config.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { basic, changingRoutes, send } from './raw.ts';
import { makeConfig, type RunningWeb, seedEntries, seedSource, startWeb } from './seed.ts';

const ADMIN = { user: 'ops', password: 'long enough' };
const HTML = { accept: 'text/html', 'accept-language': 'en' };

let redis: TestRedis;
let web: RunningWeb;
let proxy: Server;
let outside = '';

/** As nginx passes requests on with nothing but proxy_pass: to 127.0.0.1, under that name, with no word of the visitor. */
function startProxy(to: string): Server {
  return createServer((incoming, outgoing) => {
    const { hostname, port, host } = new URL(to);
    const headers = { ...incoming.headers, host };
    const passed = ask({ hostname, port, path: incoming.url, method: incoming.method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(passed);
  });
}

beforeAll(async () => {
  redis = await startRedis();
  const sources = 'sources: []\n';
  web = await startWeb(redis, { desk: { read: async () => ({ text: sources, hash: 'h', shown: sources }) } });
  await seedSource(web.store, 'jsxw', { failures: 3, lastError: 'x' });
  await seedEntries(web.store, [{ id: 'one', source: 'hfrb' }]);
  proxy = startProxy(web.url);
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
  outside = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
});
afterAll(async () => {
  proxy.closeAllConnections();
  await new Promise((done) => proxy.close(done));
  await web.close();
  await redis.stop();
});

const SAID: readonly (readonly [name: string, server: Partial<Settings['server']>])[] = [
  ['by its address for others', { baseUrl: 'https://news.example' }],
  ['by an address in its network', { baseUrl: 'http://192.168.1.4:8480' }],
  ['by the setting', { behindProxy: true }],
  ['by the proxies that it names', { trustedProxies: ['10.0.0.0/8'] }],
];
const DESK = [
  '/status',
  '/status/live',
  '/status/source?id=hfrb',
  '/api/status',
  '/ledger',
  '/sources',
  '/sources/add',
  '/sources/edit?source=hfrb',
  '/ledger/entry?id=one',
  '/api/ledger',
  '/api/why?id=one',
  '/config',
  '/metrics',
  '/admin/queues',
  '/admin/queues/api/queues',
];
const READING = ['/', '/feeds/delta.rss', '/feeds/delta.json', '/stories/one', '/opml', '/healthz', '/readyz'];

describe.each(SAID)('a server that is told of its visitors %s', (_name, server) => {
  beforeEach(() => web.set({ config: makeConfig({}, server) }));

  test.each(DESK)('keeps %s closed while no password is set, and says how to set one', async (path) => {
    for (const base of [outside, web.url])
      for (const headers of [{}, HTML]) {
        const { status, body } = await send(base, { path, headers });
        expect(status).toBe(403);
        expect(body).toContain('DELTAWIRE_ADMIN');
        expect(body).not.toMatch(/合肥日报|江苏新闻|news\.example\/one/);
      }
  });

  test.each(READING)('shows %s to everyone', async (path) => {
    const { status, body } = await send(outside, { path, headers: HTML });
    expect(status).toBe(200);
    expect(body).not.toContain('action="/api/story');
  });

  test('lets nothing be changed', async () => {
    const through: string[] = [];
    const routes = changingRoutes(web.app).filter(([, path]) => !/^\/(?:hub|push\/.*|log(?:in|out))$/.test(path));
    for (const [method, path] of routes) {
      const { status } = await send(outside, { method, path, headers: { origin: web.url } });
      if (status !== 403) through.push(`${method} ${path}: ${status}`);
    }
    expect([through, web.polled]).toEqual([[], []]);
    expect(routes.length).toBeGreaterThan(25);
  });

  test('asks for the password that is set, and opens to it', async () => {
    web.set({ config: makeConfig({}, { ...server, admin: ADMIN }) });
    expect((await send(outside, { path: '/status' })).status).toBe(401);
    const login = basic(`${ADMIN.user}:${ADMIN.password}`);
    expect((await send(outside, { path: '/status', headers: login })).status).toBe(200);
  });
});

test.each(DESK)('on this machine alone, %s is as open as before', async (path) => {
  web.set({ config: makeConfig() });
  expect((await send(web.url, { path: path === '/status/live' ? '/status' : path })).status).toBe(200);
  web.set({ config: makeConfig({}, { baseUrl: 'http://localhost:8480' }) });
  expect((await send(web.url, { path: path === '/status/live' ? '/status' : path })).status).toBe(200);
});
