import type { LookupAddress } from 'node:dns';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Lookup } from '../../src/fetch/nameresolver.ts';
import { type Rig, brief, closeFetchers, fetcherWith, listen, messageOf, reply } from './rig.ts';

let rig: Rig;
let six: Rig;

beforeAll(async () => {
  rig = await listen((socket) => socket.write(reply(200, {}, 'here')));
  six = await listen((socket) => socket.write(reply(200, {}, 'here')), '::1');
});
afterEach(async () => {
  rig.seen.length = 0;
  await closeFetchers();
});
afterAll(() => Promise.all([rig.close(), six.close()]));

/** Answers look-ups with these addresses in turn, the last one for ever. */
function answering(...answers: readonly (readonly string[])[]): Lookup {
  let turn = 0;
  return (_hostname, _options, callback) => {
    const addresses = answers[Math.min(turn++, answers.length - 1)] ?? [];
    const found: LookupAddress[] = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    setImmediate(() => callback(null, found));
  };
}

const failing =
  (code: string): Lookup =>
  (hostname, _options, callback) => {
    setImmediate(() => callback(Object.assign(new Error(`${code} ${hostname}`), { code }), []));
  };

describe('a name', () => {
  const allowAddresses = ['127.0.0.1/32', '::1/128'];
  const OK = '200 modified "here"';
  const cases: readonly {
    readonly name: string;
    readonly lookup: Lookup;
    readonly gives: string;
    readonly message?: RegExp;
  }[] = [
    { name: 'of an allowed address', lookup: answering(['127.0.0.1']), gives: OK },
    {
      name: 'of a private address',
      lookup: answering(['10.0.0.1']),
      gives: 'failed address',
      message: /news\.test resolves to 10\.0\.0\.1, which is a private/,
    },
    { name: 'of another loopback address', lookup: answering(['127.0.0.2']), gives: 'failed address' },
    {
      name: 'of an address of this machine',
      lookup: answering(['93.184.216.99']),
      gives: 'failed address',
      message: /93\.184\.216\.99, which is one of this machine's own addresses/,
    },
    { name: 'of metadata', lookup: answering(['169.254.169.254']), gives: 'failed address', message: /metadata/ },
    { name: 'of an IPv4-mapped private address', lookup: answering(['::ffff:10.0.0.1']), gives: 'failed address' },
    { name: 'of a NAT64 private address', lookup: answering(['64:ff9b::10.0.0.1']), gives: 'failed address' },
    { name: 'of a zoned link-local address', lookup: answering(['fe80::1%lo']), gives: 'failed address' },
    { name: 'of two addresses, of which one is refused', lookup: answering(['10.0.0.1', '127.0.0.1']), gives: OK },
    { name: 'of two refused addresses', lookup: answering(['10.0.0.1', 'fd00::1']), gives: 'failed address' },
    { name: 'of no address', lookup: answering([]), gives: 'failed dns', message: /does not exist/ },
    {
      name: 'that does not exist',
      lookup: failing('ENOTFOUND'),
      gives: 'failed dns',
      message: /news\.test:\d+ cannot be resolved: the name does not exist/,
    },
    { name: 'whose server is silent', lookup: failing('EAI_AGAIN'), gives: 'failed dns', message: /did not answer/ },
    { name: 'whose first address is dead', lookup: answering(['127.0.0.1', '::1']), gives: OK },
    { name: 'of what is no address', lookup: answering(['intranet']), gives: 'failed address' },
  ];
  test.each(cases)('$name', async ({ lookup, gives, message }) => {
    const fetcher = fetcherWith({ allowAddresses, lookup, ownAddresses: () => new Set(['93.184.216.99']) });
    const result = await fetcher.fetchDocument({ url: `http://news.test:${rig.port}/` });
    expect(brief(result)).toBe(gives);
    expect(messageOf(result)).toMatch(message ?? '');
  });

  test('that changes between look-ups is refused at the second', async () => {
    const fetcher = fetcherWith({ allowAddresses, lookup: answering(['127.0.0.1'], ['127.0.0.2']) });
    const url = `http://news.test:${rig.port}/`;
    expect(brief(await fetcher.fetchDocument({ url }))).toBe(OK);
    await new Promise((resolve) => {
      setTimeout(resolve, 30);
    });
    expect(brief(await fetcher.fetchDocument({ url }))).toBe('failed address');
    expect(rig.seen).toHaveLength(1);
  });

  test('is looked up once for a connection, which goes where the look-up said', async () => {
    let count = 0;
    const lookup: Lookup = (hostname, options, callback) => {
      count++;
      answering(count === 1 ? ['127.0.0.1'] : ['127.0.0.2'])(hostname, options, callback);
    };
    const fetcher = fetcherWith({ allowAddresses, lookup });
    expect(brief(await fetcher.fetchDocument({ url: `http://news.test:${rig.port}/` }))).toBe(OK);
    expect(count).toBe(1);
  });

  test('with a trailing dot is the same host, to the server too', async () => {
    const fetcher = fetcherWith({ allowAddresses, lookup: answering(['127.0.0.1']) });
    const result = await fetcher.fetchDocument({ url: `http://news.test.:${rig.port}/` });
    expect(result.url).toBe(`http://news.test:${rig.port}/`);
    expect(rig.seen[0]?.headers['host']).toBe(`news.test:${rig.port}`);
  });

  test('that takes longer to resolve than a connection may', async () => {
    const fetcher = fetcherWith({ connectTimeoutMs: 50, timeoutMs: 3000, lookup: () => {} });
    const result = await fetcher.fetchDocument({ url: 'http://news.test/' });
    expect(brief(result)).toBe('failed timeout');
    expect(messageOf(result)).toBe('no connection to news.test within 50 ms');
  });
});

describe('a literal address', () => {
  test.each([
    ['127.0.0.1', 'http://127.0.0.1'],
    ['0x7f.1', 'http://0x7f.1'],
    ['2130706433', 'http://2130706433'],
    ['017700000001', 'http://017700000001'],
    ['localhost', 'http://localhost'],
    ['localhost.', 'http://localhost.'],
    ['[::ffff:127.0.0.1]', 'http://[::ffff:127.0.0.1]'],
  ])('%s is refused by default, and nothing connects', async (_name, origin) => {
    const before = rig.connections();
    const fetcher = fetcherWith({ allowAddresses: [] });
    expect(brief(await fetcher.fetchDocument({ url: `${origin}:${rig.port}/` }))).toBe('failed address');
    expect(rig.connections()).toBe(before);
  });

  test('IPv6 is fetched where it is allowed', async () => {
    expect(brief(await fetcherWith().fetchDocument({ url: `${six.origin}/` }))).toBe('200 modified "here"');
    const refused = await fetcherWith({ allowAddresses: ['127.0.0.0/8'] }).fetchDocument({ url: `${six.origin}/` });
    expect(messageOf(refused)).toBe('::1 is a loopback address outside allowAddresses');
  });

  test('a dead port is a refused connection', async () => {
    const gone = await listen(() => {});
    await gone.close();
    const result = await fetcherWith().fetchDocument({ url: gone.origin });
    expect(brief(result)).toBe('failed connect');
    expect(messageOf(result)).toMatch(/^cannot connect to 127\.0\.0\.1:\d+: the connection was refused$/);
  });
});

describe('an address that is none', () => {
  const cases: readonly (readonly [string, string, RegExp])[] = [
    ['words', 'Anhui news', /"Anhui news" is not an address/],
    ['nothing', '', /"" is not an address/],
    ['a relative one', '/feed.xml', /is not an address/],
    ['one longer than any', `http://e.test/${'a'.repeat(2048)}`, /the address is longer than 2048 characters/],
    ['file:', 'file:///etc/passwd', /^file: addresses are refused/],
    ['ftp:', 'ftp://news.test/', /^ftp: addresses are refused/],
    ['an unresolved rsshub:', 'rsshub://a/b', /^rsshub: addresses are refused/],
    ['a port of mail', 'http://news.test:25/', /port 25 of news\.test/],
    ['a port of X11', 'http://news.test:6000/', /port 6000/],
    ['no host', 'http://', /is not an address/],
    ['a very long one', `x${'y'.repeat(5000)}`, /^.{0,260}$/],
  ];
  test.each(cases)('%s', async (_name, url, message) => {
    const result = await fetcherWith().fetchDocument({ url });
    expect(brief(result)).toBe('failed address');
    expect(messageOf(result)).toMatch(message);
  });

  test('a refused port can be allowed', async () => {
    const fetcher = fetcherWith({ allowPorts: [6667] });
    const result = await fetcher.fetchDocument({ url: 'http://127.0.0.1:6667/' });
    expect(brief(result)).toBe('failed connect');
  });
});
