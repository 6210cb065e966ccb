import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';
import { type Answer, listenOnBoth, memoryFirst } from '../../src/web/http/memoryfirst.ts';

let app: FastifyInstance;
afterEach(() => app.close());

async function start(answer: Answer, host = '127.0.0.1', over: object = {}): Promise<number> {
  app = Fastify({ serverFactory: memoryFirst(answer, (target) => target), forceCloseConnections: true, ...over });
  app.get('/', (_request, reply) => reply.send('routed'));
  listenOnBoth(app, () => host);
  await app.listen({ host: host === 'localhost' ? '127.0.0.1' : host, port: 0 });
  return (app.server.address() as AddressInfo).port;
}

const read = async (port: number, path: string, host = '127.0.0.1') =>
  (await fetch(`http://${host}:${port}${path}`)).text();

describe('an answer from memory', () => {
  test('comes before every route and hook, and leaves the rest to them', async () => {
    const port = await start(({ url }, response) => {
      if (url !== '/kept') return false;
      response.end('kept');
      return true;
    });
    expect(await read(port, '/kept')).toBe('kept');
    expect(await read(port, '/')).toBe('routed');
  });

  test('that fails before it began is left to the routes', async () => {
    const port = await start(() => {
      throw new Error('broken');
    });
    expect(await read(port, '/')).toBe('routed');
  });

  test('that fails once it began ends the connection', async () => {
    const port = await start((_request, response) => {
      response.writeHead(200, { 'content-length': 10 }).write('half');
      throw new Error('broken');
    });
    await expect(read(port, '/')).rejects.toThrow(/fetch failed|terminated/);
  });
});

test('the timeouts are those that Fastify was given, and its own where it was given none', async () => {
  await start(() => false, '127.0.0.1', { requestTimeout: 15_000 });
  expect(app.server.requestTimeout).toBe(15_000);
  expect(app.server.keepAliveTimeout).toBe(app.initialConfig.keepAliveTimeout);
  expect(app.server.keepAliveTimeout).toBeGreaterThan(60_000);
});

describe('the other loopback address', () => {
  test('is listened at where the host is localhost, and closed with the server', async () => {
    const port = await start(() => false, 'localhost');
    expect(await read(port, '/', '[::1]')).toBe('routed');
    await app.close();
    await expect(read(port, '/', '[::1]')).rejects.toThrow(/fetch failed|terminated/);
  });

  test('is left alone otherwise', async () => {
    const port = await start(() => false);
    await expect(read(port, '/', '[::1]')).rejects.toThrow(/fetch failed|terminated/);
  });
});
