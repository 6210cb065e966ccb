import { readFileSync } from 'node:fs';
import { createSecureServer } from 'node:http2';
import { type AddressInfo, connect, createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { type Rig, type Seen, brief, closeFetchers, fetcherWith, listen, messageOf, reply } from './rig.ts';
import { fetchTrusting } from './trusting.ts';

const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/fetch/${name}.pem`, import.meta.url));
const key = readFileSync(fixture('server.key'));

let rig: Rig | undefined;

async function serve(certificate: string, answer = (_seen: Seen): Buffer => reply(200, {}, 'secret')): Promise<string> {
  const cert = readFileSync(fixture(`${certificate}.cert`));
  rig = await listen(
    (socket, seen) => socket.write(answer(seen)),
    '127.0.0.1',
    (onSocket) => createTlsServer({ key, cert }, onSocket).on('tlsClientError', () => {}),
  );
  return rig.origin.replace('http:', 'https:');
}

afterEach(async () => {
  await closeFetchers();
  await rig?.close();
});

const TRUSTING = { NODE_EXTRA_CA_CERTS: fixture('authority.cert') };

describe('TLS', () => {
  const untrusted: readonly (readonly [string, RegExp])[] = [
    ['selfsigned', /self-signed/],
    ['good', /whole certificate chain|unknown authority/],
  ];
  test.each(untrusted)('a certificate that nobody vouches for (%s)', async (certificate, message) => {
    const result = await fetcherWith().fetchDocument({ url: await serve(certificate) });
    expect(brief(result)).toBe('failed tls');
    expect(messageOf(result)).toMatch(message);
    expect(rig?.seen).toHaveLength(0);
  });

  test('a certificate that an authority vouches for, by address and by name', async () => {
    const origin = await serve('good');
    expect(await fetchTrusting(origin, TRUSTING)).toMatchObject({ outcome: 'modified' });
    const named = origin.replace('127.0.0.1', 'news.test.');
    expect(await fetchTrusting(named, TRUSTING)).toMatchObject({ outcome: 'modified' });
  });

  test('the same through the tunnel of a proxy, which is told an address and never the name', async () => {
    const origin = await serve('good');
    const proxy = await listen((socket) => {
      socket.removeAllListeners('data');
      const onward = connect(Number(new URL(origin).port), '127.0.0.1');
      onward.on('error', () => socket.destroy());
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(onward).pipe(socket);
    });
    const through = { ...TRUSTING, PROXY: proxy.origin };
    expect(await fetchTrusting('https://news.test/', through)).toMatchObject({ outcome: 'modified' });
    expect(await fetchTrusting('https://elsewhere.test/', through)).toMatchObject({
      stage: 'tls',
      message: 'TLS with elsewhere.test failed: the certificate is for another host',
    });
    await proxy.close();
    expect(proxy.seen.map(({ line }) => line)).toStrictEqual([
      'CONNECT 127.0.0.1:443 HTTP/1.1',
      'CONNECT 127.0.0.1:443 HTTP/1.1',
    ]);
  });

  test('a server that takes nothing but HTTP/2', async () => {
    const cert = readFileSync(fixture('good.cert'));
    const server = createSecureServer({ key, cert }, (request, response) => {
      response.writeHead(request.url === '/' ? 302 : 200, request.url === '/' ? { location: '/feed' } : {});
      response.end('secret');
    });
    const sessions: string[] = [];
    server.on('session', (session) => session.on('close', () => sessions.push('closed')));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const found = await fetchTrusting(`https://127.0.0.1:${port}/`, TRUSTING);
    await new Promise((done) => server.close(done));
    expect(found).toMatchObject({ outcome: 'modified', redirects: [{ status: 302 }] });
    expect(sessions).toStrictEqual(['closed', 'closed']);
  });

  const vouched: readonly (readonly [string, RegExp])[] = [
    ['expired', /has expired/],
    ['elsewhere', /for another host/],
  ];
  test.each(vouched)('a certificate that an authority vouches for, but %s', async (certificate, message) => {
    expect(await fetchTrusting(await serve(certificate), TRUSTING)).toMatchObject({
      stage: 'tls',
      message: expect.stringMatching(message),
    });
  });

  test('verification cannot be switched off by the environment', async () => {
    const result = await fetchTrusting(await serve('selfsigned'), { NODE_TLS_REJECT_UNAUTHORIZED: '0' });
    expect(result).toMatchObject({ stage: 'tls' });
  });

  test('plain HTTP where TLS was expected', async () => {
    rig = await listen(
      () => {},
      '127.0.0.1',
      () => createServer((socket) => socket.on('data', () => socket.end(reply(400, {})))),
    );
    const result = await fetcherWith().fetchDocument({ url: rig.origin.replace('http:', 'https:') });
    expect(brief(result)).toBe('failed tls');
  });

  test('a redirect from https to http is followed, and named when what follows fails', async () => {
    const plain = await listen((socket, { path }) => socket.write(reply(path === '/here' ? 200 : 404, {}, 'plain')));
    const origin = await serve('good', ({ path }) => reply(302, { Location: plain.origin + path }));
    const found = await fetchTrusting(`${origin}/here`, TRUSTING);
    const missed = await fetchTrusting(`${origin}/there`, TRUSTING);
    await plain.close();
    expect(found).toMatchObject({
      outcome: 'modified',
      redirects: [{ from: `${origin}/here`, to: `${plain.origin}/here` }],
    });
    expect(missed).toMatchObject({
      stage: 'status',
      message: expect.stringMatching(/404 Not Found \(after a redirect from https to http:\/\/127/),
    });
  });
});
