import { afterAll, afterEach, beforeAll, describe, expect, it, test } from 'vitest';
import { createCookieJar } from '../../src/fetch/cookies.ts';
import { brief, closeFetchers, fetcherWith, listen, messageOf, reply, type Rig } from './rig.ts';

const NOW = Date.UTC(2026, 10, 2);

describe('createCookieJar', () => {
  it.each<readonly [what: string, from: string, set: string, to: string, given: string | null]>([
    ['to its own host', 'http://a.example/x', 'k=v', 'http://a.example/x', 'k=v'],
    ['not to another host', 'http://a.example/', 'k=v', 'http://b.example/', null],
    ['not to a host below its own', 'http://a.example/', 'k=v', 'http://www.a.example/', null],
    ['to hosts of its domain', 'http://www.a.example/', 'k=v; Domain=.a.example', 'http://news.a.example/', 'k=v'],
    ['to no domain but its own', 'http://www.a.example/', 'k=v; Domain=b.example', 'http://b.example/', null],
    ['to no public suffix', 'http://www.a.com.cn/', 'k=v; Domain=com.cn', 'http://b.com.cn/', null],
    ['to no neighbour of an address', 'http://10.0.0.1/', 'k=v; Domain=0.0.1', 'http://20.0.0.1/', null],
    ['below its path', 'http://a.example/', 'k=v; Path=/news', 'http://a.example/news/1', 'k=v'],
    ['not beside its path', 'http://a.example/', 'k=v; Path=/news', 'http://a.example/newspaper', null],
    ['below the folder it came from', 'http://a.example/in/x', 'k=v', 'http://a.example/out/x', null],
    ['where it is secure, not in the clear', 'https://a.example/', 'k=v; Secure', 'http://a.example/', null],
    ['but not once it is over', 'http://a.example/', 'k=v; Max-Age=0', 'http://a.example/', null],
    [
      'but not past its day',
      'http://a.example/',
      'k=v; Expires=Sun, 01 Nov 2026 00:00:00 GMT',
      'http://a.example/',
      null,
    ],
    ['with = in its value', 'http://a.example/', 'k=v==; HttpOnly', 'http://a.example/', 'k=v=='],
    ['but not without a name', 'http://a.example/', 'v; Path=/', 'http://a.example/', null],
  ])('gives a cookie %s', (_, from, set, to, given) => {
    const jar = createCookieJar(() => NOW);
    jar.take(new URL(from), set);
    expect(jar.give(new URL(to), null)).toBe(given);
  });

  it('takes several, replaces and forgets them, and lets the operator’s own stand', () => {
    const jar = createCookieJar(() => NOW);
    const url = new URL('http://a.example/');
    jar.take(url, 'a=1; Path=/\nb=2; Path=/\nc=3; Path=/');
    jar.take(url, 'a=4; Path=/\nb=; Path=/; Max-Age=0');
    expect(jar.give(url, null)).toBe('c=3; a=4');
    expect(jar.give(url, 'c=own; d=5')).toBe('c=own; d=5; a=4');
  });
});

describe('a chain of redirects', () => {
  let rig: Rig;
  let other: Rig;
  beforeAll(async () => {
    rig = await listen((socket, { path, headers }) => {
      const cookie = headers['cookie'] ?? '';
      if (path === '/wall')
        socket.write(
          cookie.includes('seen=1')
            ? reply(200, {}, 'here')
            : reply(302, { Location: '/wall', 'Set-Cookie': 'seen=1; Path=/' }),
        );
      else if (path === '/gate')
        socket.write(
          cookie.includes('tok=abc') ? reply(200, {}, 'here') : reply(302, { Location: '/issue?back=/gate' }),
        );
      else if (path.startsWith('/issue'))
        socket.write(reply(302, { Location: '/gate', 'Set-Cookie': 'tok=abc; Path=/; HttpOnly' }));
      else if (path === '/always') socket.write(reply(302, { Location: '/always', 'Set-Cookie': 'x=1' }));
      else
        socket.write(
          reply(302, { Location: `${other.origin.replace('127.0.0.1', '127.0.0.2')}/`, 'Set-Cookie': 'x=1' }),
        );
    });
    other = await listen((socket) => socket.write(reply(200, {}, 'elsewhere')), '0.0.0.0');
    other = { ...other, origin: `http://127.0.0.1:${other.port}` };
  });
  afterEach(closeFetchers);
  afterAll(() => Promise.all([rig.close(), other.close()]));

  test.each(['/wall', '/gate'])('is followed with the cookies that it sets: %s', async (path) => {
    expect(brief(await fetcherWith().fetchDocument({ url: rig.origin + path }))).toBe('200 modified "here"');
  });

  test('begins anew without them', async () => {
    const fetcher = fetcherWith();
    await fetcher.fetchDocument({ url: `${rig.origin}/wall` });
    rig.seen.length = 0;
    await fetcher.fetchDocument({ url: `${rig.origin}/wall` });
    expect(rig.seen.map(({ headers }) => headers['cookie'])).toEqual([undefined, 'seen=1']);
  });

  test('is a circle where the cookie changes nothing', async () => {
    const result = await fetcherWith().fetchDocument({ url: `${rig.origin}/always` });
    expect(messageOf(result)).toMatch(/in a circle/);
    expect(rig.seen.filter(({ path }) => path === '/always')).toHaveLength(2);
  });

  test('takes no cookie to another host', async () => {
    const result = await fetcherWith().fetchDocument({ url: `${rig.origin}/away` });
    expect(brief(result)).toBe('200 modified "elsewhere"');
    expect(other.seen.at(-1)?.headers['cookie']).toBeUndefined();
  });
});
