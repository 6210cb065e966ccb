import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { FetchRequest, FetcherOptions } from '../../src/fetch/fetcher.ts';
import { type Rig, brief, closeFetchers, fetcherWith, listen, messageOf, reply } from './rig.ts';

const OK = '200 modified "here"';

let rig: Rig;
let other: Rig;

/** `/to?302&address` redirects there; `/count/3` to `/count/2` and so on; anything else is a document. */
beforeAll(async () => {
  const answer: Parameters<typeof listen>[0] = (socket, { path }) => {
    const to = /^(?:\/deep)?\/to\?(\d+)&(.*)$/.exec(path);
    const count = /^\/count\/(\d+)$/.exec(path);
    if (to !== null) {
      const location = decodeURIComponent(to[2] ?? '')
        .replace('OTHER', other.origin)
        .replace('SELF', rig.origin);
      socket.write(reply(Number(to[1]), location === '' ? {} : { Location: location }, 'moved'));
    } else if (count !== null && count[1] !== '0') {
      socket.write(reply(302, { Location: String(Number(count[1]) - 1) }));
    } else socket.write(reply(200, {}, 'here'));
  };
  rig = await listen(answer);
  other = await listen(answer);
});
afterEach(async () => {
  rig.seen.length = 0;
  other.seen.length = 0;
  await closeFetchers();
});
afterAll(() => Promise.all([rig.close(), other.close()]));

const to = (status: number, location: string): string => `/to?${status}&${encodeURIComponent(location)}`;

interface Case {
  readonly name: string;
  readonly path: string;
  readonly gives: string;
  readonly message?: RegExp;
  readonly options?: Partial<FetcherOptions>;
}

const cases: readonly Case[] = [
  { name: '301', path: to(301, '/a'), gives: OK },
  { name: '302', path: to(302, '/a'), gives: OK },
  { name: '303', path: to(303, '/a'), gives: OK },
  { name: '307', path: to(307, '/a'), gives: OK },
  { name: '308', path: to(308, '/a'), gives: OK },
  { name: 'to another origin', path: to(302, 'OTHER/a'), gives: OK },
  { name: 'without Location', path: to(302, ''), gives: 'failed redirect 302', message: /302 Found without saying/ },
  { name: 'to itself', path: to(302, to(302, 'self')).replace('self', ''), gives: 'failed redirect 302' },
  { name: 'five hops', path: '/count/5', gives: OK },
  { name: 'six hops', path: '/count/6', gives: 'failed redirect 302', message: /more than 5 redirects/ },
  { name: 'none where none is allowed', path: '/count/1', options: { maxRedirects: 0 }, gives: 'failed redirect 302' },
  {
    name: 'to file:',
    path: to(302, 'file:///etc/passwd'),
    gives: 'failed address 302',
    message: /file: addresses are refused/,
  },
  {
    name: 'to gopher:',
    path: to(302, 'gopher://127.0.0.1:6379/_PING'),
    gives: 'failed address 302',
    message: /gopher:/,
  },
  { name: 'to data:', path: to(302, 'data:text/plain,a'), gives: 'failed address 302' },
  { name: 'to javascript:', path: to(302, 'javascript:alert(1)'), gives: 'failed address 302' },
  { name: 'to no address', path: to(302, 'http://[::bad'), gives: 'failed address 302', message: /not an address/ },
  { name: 'to a bad port', path: to(302, 'http://127.0.0.1:6667/'), gives: 'failed address 302', message: /port 6667/ },
  {
    name: 'to userinfo',
    path: to(302, 'http://u:p@127.0.0.1/'),
    gives: 'failed address 302',
    message: /user name or password/,
  },
];

describe('redirects', () => {
  test.each(cases)('$name', async ({ path, gives, message, options }) => {
    const result = await fetcherWith(options).fetchDocument({ url: rig.origin + path });
    expect(brief(result)).toBe(gives);
    expect(messageOf(result)).toMatch(message ?? '');
  });

  // Loopback itself is let through for the server that redirects, so these are of the blocks that are not.
  const only = { allowAddresses: ['127.0.0.1/32'], ownAddresses: () => new Set(['93.184.216.99']) };
  const refused: readonly (readonly [string, string, string])[] = [
    ['127.0.0.2', 'http://127.0.0.2/', 'a loopback address'],
    ['0x7f.2', 'http://0x7f.2/', 'a loopback address'],
    ['2130706434', 'http://2130706434/', 'a loopback address'],
    ['017700000002', 'http://017700000002/', 'a loopback address'],
    ['full-width digits', 'http://%EF%BC%91%EF%BC%92%EF%BC%97.0.0.2/', 'a loopback address'],
    ['full-width digits as bytes', Buffer.from('http://１２７．０．０．２/').toString('latin1'), 'a loopback address'],
    ['a trailing dot', 'http://127.0.0.2./', 'a loopback address'],
    ['percent-encoded digits', 'http://%31%32%37.0.0.2/', 'a loopback address'],
    ['[::1]', 'http://[::1]/', 'a loopback address'],
    ['[::ffff:10.0.0.1]', 'http://[::ffff:10.0.0.1]/', 'a private address'],
    ['[64:ff9b::10.0.0.1]', 'http://[64:ff9b::10.0.0.1]/', 'a private address inside an IPv6 one'],
    ['metadata', 'http://169.254.169.254/latest/meta-data/', 'a cloud metadata address'],
    ['a network path', '//10.0.0.1/', 'a private address'],
    ['an address of this machine', 'http://93.184.216.99/', "one of this machine's own addresses"],
    ['an address of this machine, mapped', 'http://[::ffff:5db8:d863]/', "one of this machine's own addresses"],
    ['0', 'http://0/', 'an unspecified address'],
  ];
  test.each(refused)('to %s is refused on the second hop', async (_name, location, reason) => {
    const first = to(302, `SELF${to(301, location)}`);
    const result = await fetcherWith(only).fetchDocument({ url: rig.origin + first });
    expect(brief(result)).toBe('failed address 301');
    expect(messageOf(result)).toContain(`${reason} outside allowAddresses`);
    expect(result.redirects).toHaveLength(1);
  });

  test('records the chain, resolves relative addresses and leaves fragments out', async () => {
    const path = to(301, `OTHER/deep/${to(302, '../b?c#d').slice(1)}`);
    const second = `${other.origin}/deep/to?302&..%2Fb%3Fc%23d`;
    const result = await fetcherWith().fetchDocument({ url: rig.origin + path });
    expect(brief(result)).toBe(OK);
    expect(result.url).toBe(`${other.origin}/b?c`);
    expect(result.redirects).toStrictEqual([
      { status: 301, from: rig.origin + path, to: second },
      { status: 302, from: second, to: `${other.origin}/b?c` },
    ]);
  });

  test('keeps the bytes of a Location in GBK', async () => {
    const gbk = await listen((socket, { path }) => {
      socket.write(path === '/' ? reply(302, { Location: '/\xbd\xad\xbb\xb4' }) : reply(200, {}, 'here'));
    });
    const result = await fetcherWith().fetchDocument({ url: gbk.origin });
    await gbk.close();
    expect(result.url).toBe(`${gbk.origin}/%BD%AD%BB%B4`);
    expect(brief(result)).toBe(OK);
  });

  test('names a loop that wants a cookie', async () => {
    const wall = await listen((socket) => socket.write(reply(302, { Location: '/', 'Set-Cookie': 'a=b' })));
    const result = await fetcherWith().fetchDocument({ url: wall.origin });
    await wall.close();
    expect(brief(result)).toBe('failed redirect 302');
    expect(messageOf(result)).toContain('in a circle');
    expect(messageOf(result)).toContain('cookie');
  });

  test('ends a loop of two at the second visit', async () => {
    const wheel = await listen((socket, { path }) =>
      socket.write(reply(302, { Location: path === '/a' ? '/b' : '/a' })),
    );
    const result = await fetcherWith().fetchDocument({ url: `${wheel.origin}/a` });
    await wheel.close();
    expect(brief(result)).toBe('failed redirect 302');
    expect(wheel.seen.map(({ path }) => path)).toStrictEqual(['/a', '/b']);
  });
});

describe('what goes with a redirect', () => {
  const secrets: FetchRequest = {
    url: '',
    headers: { Cookie: 'sid=1', Authorization: 'Bearer t', 'X-Token': 't', 'User-Agent': 'reader/1' },
  };

  test('everything, within the origin', async () => {
    await fetcherWith().fetchDocument({ ...secrets, url: rig.origin + to(302, '/a') });
    for (const { headers } of rig.seen) {
      expect(headers).toMatchObject({ cookie: 'sid=1', authorization: 'Bearer t', 'x-token': 't' });
    }
    expect(rig.seen).toHaveLength(2);
  });

  test('no secret to another origin, nor on the way back', async () => {
    const back = `OTHER${to(302, 'SELF/a')}`;
    await fetcherWith().fetchDocument({ ...secrets, url: rig.origin + to(302, back) });
    const [first, last] = rig.seen;
    expect(first?.headers).toMatchObject({ cookie: 'sid=1' });
    for (const seen of [other.seen[0], last]) {
      expect(seen?.headers).toMatchObject({ 'user-agent': 'reader/1' });
      expect(seen?.headers).not.toHaveProperty('cookie');
      expect(seen?.headers).not.toHaveProperty('authorization');
      expect(seen?.headers).not.toHaveProperty('x-token');
    }
  });

  test('userinfo of the source as Basic, to its own origin only, and shown nowhere', async () => {
    const url = `${rig.origin.replace('//', '//wang:p%40ss@')}${to(302, 'OTHER/a')}`;
    const result = await fetcherWith().fetchDocument({ url });
    expect(rig.seen[0]?.headers['authorization']).toBe(`Basic ${Buffer.from('wang:p@ss').toString('base64')}`);
    expect(other.seen[0]?.headers).not.toHaveProperty('authorization');
    expect(JSON.stringify(result)).not.toMatch(/p%40ss|p@ss/);
  });

  test('userinfo of a redirect where it is allowed', async () => {
    const location = other.origin.replace('//', '//u:p@');
    await fetcherWith({ allowUserinfo: true }).fetchDocument({ url: rig.origin + to(302, location) });
    expect(other.seen[0]?.headers['authorization']).toBe(`Basic ${Buffer.from('u:p').toString('base64')}`);
  });
});
