import { type Socket, connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Rig, brief, closeFetchers, fetcherWith, listen, messageOf, reply } from './rig.ts';

let proxy: Rig;
let target: Rig;
let status = 200;

/** Answers http requests itself, as from a cache, and tunnels CONNECT to `target`, whatever name was asked for. */
beforeAll(async () => {
  target = await listen((socket) => socket.write(reply(200, {}, 'here')));
  proxy = await listen((socket: Socket, { line }) => {
    if (status !== 200) socket.write(reply(status, {}, 'no'));
    else if (line.startsWith('CONNECT ')) {
      socket.removeAllListeners('data');
      const onward = connect(target.port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        socket.pipe(onward).pipe(socket);
      });
      onward.on('error', () => socket.destroy());
    } else socket.write(reply(200, { ETag: '"p"' }, 'proxied'));
  });
});
afterEach(async () => {
  proxy.seen.length = 0;
  status = 200;
  await closeFetchers();
});
afterAll(() => Promise.all([proxy.close(), target.close()]));

const withPassword = (): string => proxy.origin.replace('//', '//wang:p%40ss@');
const BASIC = `Basic ${Buffer.from('wang:p@ss').toString('base64')}`;

describe('a proxy', () => {
  test('gets http requests whole, with the name unresolved', async () => {
    const result = await fetcherWith().fetchDocument({ url: 'http://news.invalid/a?b', proxy: proxy.origin });
    expect(brief(result)).toBe('200 modified "proxied"');
    expect(result.url).toBe('http://news.invalid/a?b');
    expect(proxy.seen[0]).toMatchObject({
      line: 'GET http://news.invalid/a?b HTTP/1.1',
      headers: { host: 'news.invalid' },
    });
    expect(proxy.seen[0]?.headers).not.toHaveProperty('proxy-authorization');
  });

  test('is asked to CONNECT for https, with TLS to the target verified', async () => {
    const result = await fetcherWith({ connectTimeoutMs: 300 }).fetchDocument({
      url: 'https://news.invalid/',
      proxy: proxy.origin,
    });
    expect(proxy.seen[0]?.line).toBe('CONNECT news.invalid:443 HTTP/1.1');
    // The target of this tunnel speaks no TLS.
    expect(result).toMatchObject({ outcome: 'failed', url: 'https://news.invalid/' });
    expect(proxy.seen).toHaveLength(1);
  });

  test.each(['http', 'https'])('gets its password and no one else does (%s)', async (scheme) => {
    const url = `${scheme}://news.invalid/`;
    const result = await fetcherWith({ connectTimeoutMs: 100 }).fetchDocument({ url, proxy: withPassword() });
    expect(proxy.seen[0]?.headers['proxy-authorization']).toBe(BASIC);
    expect(JSON.stringify(result)).not.toMatch(/p%40ss|p@ss|wang/);
  });

  test.each([
    ['http', 'failed status 407', /407 Proxy Authentication Required/],
    ['https', 'failed connect', /the proxy answered 407 Proxy Authentication Required for news\.invalid/],
  ])('that wants a password (%s)', async (scheme, gives, message) => {
    status = 407;
    const result = await fetcherWith().fetchDocument({ url: `${scheme}://news.invalid/`, proxy: proxy.origin });
    expect(brief(result)).toBe(gives);
    expect(messageOf(result)).toMatch(message);
  });

  test.each(['http', 'https'])('at a refused address is not connected to (%s)', async (scheme) => {
    const fetcher = fetcherWith({ allowAddresses: ['127.0.0.2/32'] });
    const before = proxy.connections();
    const result = await fetcher.fetchDocument({ url: `${scheme}://news.invalid/`, proxy: proxy.origin });
    expect(brief(result)).toBe('failed address');
    expect(messageOf(result)).toContain('127.0.0.1 is a loopback address');
    expect(proxy.connections()).toBe(before);
  });

  test('whose name resolves to a refused address', async () => {
    const fetcher = fetcherWith({
      lookup: (hostname, _options, callback) =>
        setImmediate(() =>
          callback(null, [{ address: hostname === 'proxy.invalid' ? '10.0.0.1' : '93.184.216.34', family: 4 }]),
        ),
    });
    const result = await fetcher.fetchDocument({ url: 'https://news.invalid/', proxy: 'http://proxy.invalid:3128' });
    expect(brief(result)).toBe('failed address');
    expect(messageOf(result)).toContain('proxy.invalid resolves to 10.0.0.1');
  });

  test.each(['http://10.0.0.1/', 'https://169.254.169.254/', 'http://[::ffff:10.0.0.1]/'])(
    'is not asked for %s',
    async (url) => {
      const result = await fetcherWith().fetchDocument({ url, proxy: proxy.origin });
      expect(brief(result)).toBe('failed address');
      expect(proxy.seen).toHaveLength(0);
    },
  );

  test.each([
    ['socks5://127.0.0.1:1080', /not the address of an HTTP proxy/],
    ['socks5://wang:secret@127.0.0.1:1080', /"socks5:\/\/127\.0\.0\.1:1080" is not/],
    ['not an address', /"not an address" is not/],
  ])('with address %s is refused', async (address, message) => {
    const result = await fetcherWith().fetchDocument({ url: 'http://news.invalid/', proxy: address });
    expect(brief(result)).toBe('failed address');
    expect(messageOf(result)).toMatch(message);
  });

  test('by the dozen', async () => {
    const fetcher = fetcherWith({
      lookup: (_hostname, _options, callback) =>
        setImmediate(() => callback(null, [{ address: '127.0.0.1', family: 4 }])),
    });
    const addresses = Array.from({ length: 40 }, (_, index) => `http://proxy${index}.invalid:${proxy.port}`);
    const results = await Promise.all(
      addresses.map((address) => fetcher.fetchDocument({ url: 'http://news.invalid/', proxy: address })),
    );
    expect(new Set(results.map(brief))).toStrictEqual(new Set(['200 modified "proxied"']));
    expect(proxy.seen).toHaveLength(40);
  });
});
