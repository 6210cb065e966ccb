import { type Socket, connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { FetcherOptions } from '../../src/fetch/fetcher.ts';
import type { Lookup } from '../../src/fetch/nameresolver.ts';
import { type Rig, brief, closeFetchers, fetcherWith, listen, messageOf, reply } from './rig.ts';

const PUBLIC = '93.184.216.34';

let proxy: Rig;
let target: Rig;
/** What a proxy answers to each CONNECT, in turn; 200 once there is none left. */
let statuses: number[] = [];
/** Bytes that came through tunnels. */
let through = '';

/** Tunnels CONNECT to `target`, whatever address was asked for. */
beforeAll(async () => {
  target = await listen((socket, { path }) =>
    socket.write(path.startsWith('/to?') ? reply(302, { Location: path.slice(4) }) : reply(200, {}, 'here')),
  );
  proxy = await listen((socket: Socket, { line }) => {
    const status = statuses.shift() ?? 200;
    if (status !== 200) socket.write(reply(status, {}, 'no'));
    else if (line.startsWith('CONNECT ')) {
      socket.removeAllListeners('data');
      socket.on('data', (chunk: Buffer) => (through += chunk.toString('latin1')));
      const onward = connect(target.port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        socket.pipe(onward).pipe(socket);
      });
      onward.on('error', () => socket.destroy());
    } else socket.write(reply(200, {}, 'from a cache'));
  });
});
afterEach(async () => {
  proxy.seen.length = 0;
  target.seen.length = 0;
  statuses = [];
  through = '';
  await closeFetchers();
});
afterAll(() => Promise.all([proxy.close(), target.close()]));

/** Answers look-ups of each name with these addresses, in turn, the last one for ever; others do not exist. */
function knowing(names: Readonly<Record<string, readonly (readonly string[])[]>>): Lookup {
  const asked: Record<string, number> = {};
  return (hostname, _options, callback) => {
    const turn = asked[hostname] ?? 0;
    asked[hostname] = turn + 1;
    const answers = names[hostname];
    const found = answers?.[Math.min(turn, answers.length - 1)];
    setImmediate(() => {
      if (found === undefined) callback(Object.assign(new Error(`no ${hostname}`), { code: 'ENOTFOUND' }), []);
      else
        callback(
          null,
          found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
        );
    });
  };
}

/** A fetcher whose guard lets nothing through that a source could name. */
const closedFetcher = (options: Partial<FetcherOptions> = {}) =>
  fetcherWith({ allowAddresses: [], lookup: knowing({ 'news.invalid': [[PUBLIC]] }), ...options });

const lines = (rig: Rig): readonly string[] => rig.seen.map(({ line }) => line);
const withPassword = (): string => proxy.origin.replace('//', '//wang:p%40ss@');
const BASIC = `Basic ${Buffer.from('wang:p@ss').toString('base64')}`;

describe('a proxy on this machine', () => {
  test('takes http requests, and is told an address in place of the name', async () => {
    const result = await closedFetcher().fetchDocument({ url: 'http://news.invalid/a?b', proxy: proxy.origin });
    expect(brief(result)).toBe('200 modified "here"');
    expect(result.url).toBe('http://news.invalid/a?b');
    expect(lines(proxy)).toStrictEqual([`CONNECT ${PUBLIC}:80 HTTP/1.1`]);
    expect(proxy.seen[0]?.headers).not.toHaveProperty('proxy-authorization');
    expect(target.seen[0]).toMatchObject({ line: 'GET /a?b HTTP/1.1', headers: { host: 'news.invalid' } });
  });

  test('takes https requests, and the server is told the name that its certificate must have', async () => {
    const result = await closedFetcher({ connectTimeoutMs: 300 }).fetchDocument({
      url: 'https://news.invalid/',
      proxy: proxy.origin,
    });
    expect(lines(proxy)).toStrictEqual([`CONNECT ${PUBLIC}:443 HTTP/1.1`]);
    expect(through).toContain('news.invalid');
    // The target of this tunnel speaks no TLS.
    expect(result).toMatchObject({ outcome: 'failed', url: 'https://news.invalid/' });
  });

  test('is told an IPv6 address, and the port of the source', async () => {
    const lookup = knowing({ 'news.invalid': [['2606:2800:220:1::1']] });
    await closedFetcher({ lookup }).fetchDocument({ url: 'http://news.invalid:8080/', proxy: proxy.origin });
    expect(lines(proxy)).toStrictEqual(['CONNECT [2606:2800:220:1::1]:8080 HTTP/1.1']);
  });

  test.each(['http', 'https'])('gets its password and no one else does (%s)', async (scheme) => {
    const url = `${scheme}://news.invalid/`;
    const fetcher = closedFetcher({ connectTimeoutMs: 100 });
    const result = await fetcher.fetchDocument({ url, proxy: withPassword(), headers: { Cookie: 'sid=1' } });
    expect(proxy.seen[0]?.headers['proxy-authorization']).toBe(BASIC);
    expect(proxy.seen[0]?.headers).not.toHaveProperty('cookie');
    expect(target.seen.some(({ headers }) => 'proxy-authorization' in headers)).toBe(false);
    expect(JSON.stringify(result)).not.toMatch(/p%40ss|p@ss|wang/);
  });

  test.each(['http', 'https'])('that wants a password (%s)', async (scheme) => {
    statuses = [407];
    const result = await closedFetcher().fetchDocument({ url: `${scheme}://news.invalid/`, proxy: proxy.origin });
    expect(brief(result)).toBe('failed connect');
    expect(messageOf(result)).toBe('the proxy answered 407 Proxy Authentication Required for news.invalid');
  });

  test('that does not reach an address is asked for the next one', async () => {
    statuses = [504];
    const lookup = knowing({ 'news.invalid': [[PUBLIC, '10.0.0.1', '93.184.216.35']] });
    const result = await closedFetcher({ lookup }).fetchDocument({ url: 'http://news.invalid/', proxy: proxy.origin });
    expect(brief(result)).toBe('200 modified "here"');
    expect(lines(proxy)).toStrictEqual([`CONNECT ${PUBLIC}:80 HTTP/1.1`, 'CONNECT 93.184.216.35:80 HTTP/1.1']);
  });

  test('whose name only the system knows', async () => {
    const lookup = knowing({ 'news.invalid': [[PUBLIC]], 'proxy.invalid': [['127.0.0.1']] });
    const address = `http://proxy.invalid:${proxy.port}`;
    const result = await closedFetcher({ lookup }).fetchDocument({ url: 'http://news.invalid/', proxy: address });
    expect(brief(result)).toBe('200 modified "here"');
  });

  test('by the dozen', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `proxy${index}.invalid`);
    const lookup = knowing({
      'news.invalid': [[PUBLIC]],
      ...Object.fromEntries(names.map((name) => [name, [['127.0.0.1']]])),
    });
    const fetcher = closedFetcher({ lookup });
    const results = await Promise.all(
      names.map((name) =>
        fetcher.fetchDocument({ url: 'http://news.invalid/', proxy: `http://${name}:${proxy.port}` }),
      ),
    );
    expect(new Set(results.map(brief))).toStrictEqual(new Set(['200 modified "here"']));
    expect(proxy.seen).toHaveLength(40);
  });
});

describe('through a proxy on this machine', () => {
  const names = {
    'news.invalid': [[PUBLIC]],
    'inner.invalid': [['10.0.0.1']],
    'loopback.invalid': [['127.0.0.1']],
    'metadata.invalid': [['169.254.169.254']],
    'mapped.invalid': [['::ffff:127.0.0.1']],
    'nat64.invalid': [['64:ff9b::127.0.0.1']],
    'rebind.invalid': [[PUBLIC], ['127.0.0.1']],
    'own.invalid': [['93.184.216.99']],
  };
  const fetcher = () =>
    closedFetcher({ lookup: knowing(names), ownAddresses: () => new Set(['93.184.216.99', '2400:3200::1']) });
  const refused = [
    '127.0.0.1',
    'localhost',
    '0x7f.1',
    '2130706433',
    '[::1]',
    '[::ffff:10.0.0.1]',
    '10.0.0.1',
    '169.254.169.254',
    '93.184.216.99',
    '[::ffff:93.184.216.99]',
    '[2400:3200::1]',
    ...Object.keys(names).filter((name) => !/^(?:news|rebind)/.test(name)),
  ];
  const attempts = ['http', 'https'].flatMap((scheme) => refused.map((host) => `${scheme}://${host}/`));

  test.each(attempts)('%s is not reached', async (url) => {
    const result = await fetcher().fetchDocument({ url, proxy: proxy.origin });
    expect(brief(result)).toMatch(/^failed (?:address|dns)$/);
    expect(proxy.seen).toHaveLength(0);
  });

  test.each(attempts)('%s is not reached by a redirect', async (location) => {
    const result = await fetcher().fetchDocument({ url: `http://news.invalid/to?${location}`, proxy: proxy.origin });
    expect(brief(result)).toMatch(/^failed (?:address|dns)(?: 302)?$/);
    expect(lines(proxy)).toStrictEqual([`CONNECT ${PUBLIC}:80 HTTP/1.1`]);
  });

  test('a name that changes its address is looked up once for a connection, and checked each time', async () => {
    const one = fetcher();
    const url = 'http://rebind.invalid/';
    expect(brief(await one.fetchDocument({ url, proxy: proxy.origin }))).toBe('200 modified "here"');
    expect(brief(await one.fetchDocument({ url, proxy: proxy.origin }))).toBe('failed address');
    expect(lines(proxy)).toStrictEqual([`CONNECT ${PUBLIC}:80 HTTP/1.1`]);
  });

  test('a name that is not known here is not asked for', async () => {
    const result = await fetcher().fetchDocument({ url: 'http://unknown.invalid/', proxy: proxy.origin });
    expect(messageOf(result)).toBe('unknown.invalid cannot be resolved: the name does not exist');
    expect(proxy.seen).toHaveLength(0);
  });

  test('a name that takes too long to resolve is given up', async () => {
    const slow = closedFetcher({ connectTimeoutMs: 50, lookup: () => {} });
    const result = await slow.fetchDocument({ url: 'http://news.invalid/', proxy: proxy.origin });
    expect(messageOf(result)).toBe('no connection to news.invalid within 50 ms');
  });

  test('the proxy itself is no place that a source may name', async () => {
    const address = `http://127.0.0.1:${proxy.port}/`;
    for (const by of [null, proxy.origin])
      expect(brief(await fetcher().fetchDocument({ url: address, proxy: by }))).toBe('failed address');
    expect(proxy.seen).toHaveLength(0);
  });
});

test.each([
  ['socks5://127.0.0.1:1080', /not the address of an HTTP proxy/],
  ['socks5://wang:secret@127.0.0.1:1080', /"socks5:\/\/127\.0\.0\.1:1080" is not/],
  ['not an address', /"not an address" is not/],
])('the proxy address %s is refused', async (address, message) => {
  const result = await closedFetcher().fetchDocument({ url: 'http://news.invalid/', proxy: address });
  expect(brief(result)).toBe('failed address');
  expect(messageOf(result)).toMatch(message);
});
