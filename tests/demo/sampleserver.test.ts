import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { startDemoServer } from '../../src/demo/sampleserver.ts';
import {
  addressOf,
  bytes,
  close,
  closeAll,
  HOUR_MS,
  INTERVAL_MS,
  LIVE,
  pass,
  pathsIn,
  read,
  START,
  start,
} from './servers.ts';

afterEach(closeAll);

describe('the sources', () => {
  it('have unique ids, and addresses on one port', async () => {
    const server = await start();
    expect(new Set(server.sources.map(({ id }) => id)).size).toBe(server.sources.length);
    expect(server.sources.length).toBeGreaterThanOrEqual(12);
    for (const { id, url } of server.sources)
      expect(url.slice(0, server.url.length + id.length + 2)).toBe(`${server.url}/${id}/`);
  });

  it.each([...LIVE, 'jinghua-hant', 'zhoumo'])('%s starts with 6 to 12 items of the past two days', async (id) => {
    const server = await start();
    const count = pathsIn(await read(server, id), id).length;
    expect(count).toBeGreaterThanOrEqual(6);
    expect(count).toBeLessThanOrEqual(12);
    const newest = Date.parse((await bytes(addressOf(server, id))).headers.get('last-modified') ?? '');
    expect(newest).toBeLessThanOrEqual(START);
    expect(newest).toBeGreaterThan(START - 24 * HOUR_MS);
  });

  it.each(LIVE)('%s gives the same bytes for the same start and seed, others for another seed', async (id) => {
    const servers = [await start(7), await start(7), await start(8)];
    const [one, same, other] = await Promise.all(
      servers.map(async (server) => (await read(server, id)).replaceAll(server.url, '')),
    );
    expect(same).toBe(one);
    expect(other).not.toBe(one);
  });
});

describe('conditional requests', () => {
  it.each(LIVE)('%s answers 304 by ETag or date while nothing arrives, 200 once something did', async (id) => {
    const server = await start();
    const url = addressOf(server, id);
    const { headers } = await bytes(url);
    const etag = headers.get('etag') ?? '';
    const since = headers.get('last-modified') ?? '';
    const asked = async (sent: Record<string, string>): Promise<number> => (await bytes(url, sent)).status;
    expect(await asked({ 'If-None-Match': etag })).toBe(304);
    expect(await asked({ 'If-None-Match': `"x", W/${etag}` })).toBe(304);
    expect(await asked({ 'If-Modified-Since': since })).toBe(304);
    expect(await asked({ 'If-None-Match': '"other"', 'If-Modified-Since': since })).toBe(200);
    pass(server, 200 * INTERVAL_MS);
    expect(await asked({ 'If-None-Match': etag })).toBe(200);
    expect(await asked({ 'If-Modified-Since': since })).toBe(200);
  });

  it('find the frozen feed unchanged after hours, with the items of 2022, the same in every run', async () => {
    const server = await start(7);
    const url = addressOf(server, 'jiuke');
    const first = await bytes(url);
    expect(first.headers.get('last-modified')).toContain('2022');
    pass(server, 3 * HOUR_MS);
    const later = await bytes(url, { 'If-None-Match': first.headers.get('etag') ?? '' });
    expect([later.status, later.body.length]).toEqual([304, 0]);
    const other = await start(8);
    expect((await read(other, 'jiuke')).replaceAll(other.url, server.url)).toBe(first.body.toString());
  });

  it.each(LIVE)('%s links to article pages, which know them too', async (id) => {
    const server = await start();
    for (const path of pathsIn(await read(server, id), id)) {
      const page = await bytes(server.url + path);
      expect([path, page.status]).toEqual([path, 200]);
      expect(page.body.toString()).toContain('责任编辑：');
      expect((await bytes(server.url + path, { 'If-None-Match': page.headers.get('etag') ?? '' })).status).toBe(304);
    }
  });
});

it('answers HEAD without a body, 404 for what is not there, 405 for POST', async () => {
  const server = await start();
  const head = await fetch(`${server.url}/jianghuai/feed.xml`, { method: 'HEAD' });
  expect([head.status, Number(head.headers.get('content-length')) > 1000, await head.text()]).toEqual([200, true, '']);
  expect((await fetch(`${server.url}/jianghuai/2020/0101/c1.html`)).status).toBe(404);
  expect((await fetch(`${server.url}/%E0%A4%A`)).status).toBe(404);
  expect((await fetch(server.url, { method: 'POST', body: 'x' })).status).toBe(405);
});

it('shows every outlet on its front page and each on its own', async () => {
  const server = await start();
  const front = (await bytes(server.url)).body.toString();
  for (const { id, name } of server.sources) {
    expect(front).toContain(name);
    expect((await fetch(`${server.url}/${id}/`)).status).toBe(200);
  }
});

it('frees its port on close, even with a connection open, and says when a port is taken', async () => {
  const server = await start();
  const port = Number(new URL(server.url).port);
  await expect(startDemoServer({ port, now: () => START })).rejects.toThrow(/EADDRINUSE/);
  await fetch(`${server.url}/`);
  await close(server);
  const again = createServer();
  await new Promise<void>((resolve, reject) => again.once('error', reject).listen(port, '127.0.0.1', resolve));
  await new Promise((resolve) => again.close(resolve));
});
