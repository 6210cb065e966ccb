/** Attempts on the desk, each of which must fail each time: what got through is named, and nothing may. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { hashPassword } from '../../src/text/passwordhash.ts';
import { keys } from '../../src/store/redis/keys.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { type Answer, basic, changingRoutes, form, type RawRequest, send } from './raw.ts';
import { makeConfig, NOW, type RunningWeb, seedSource, startWeb } from './seed.ts';

const ADMIN = { user: 'ops', password: 'p:ä long enough' };
const TEN_MB = 10 * 1024 * 1024;
const DAY_MS = 86_400_000;
const HTML = { accept: 'text/html' };
/** Routes that ask for no login: what others' programs send, and the login itself. */
const PUBLIC = /^\/(?:hub|push\/.*|log(?:in|out))$/;

let redis: TestRedis;
/** With a password, and without one. */
let web: RunningWeb;
let open: RunningWeb;
const changed: string[] = [];

beforeAll(async () => {
  redis = await startRedis();
  const desk = {
    read: async () => ({ text: 'sources: []\n', hash: 'h', shown: 'sources: []\n' }),
    save: async () => {
      changed.push('config');
      return { ok: true as const, backup: null, hash: 'h' };
    },
    setEnabled: async () => {
      changed.push('source');
      return { ok: true as const, backup: null, hash: 'h' };
    },
    trySource: async () => {
      changed.push('try');
      return null;
    },
  };
  web = await startWeb(redis, { config: makeConfig({}, { admin: ADMIN }), desk });
  open = await startWeb(redis, { desk });
  await seedSource(web.store, 'jsxw', { failures: 3, lastError: 'x' });
});
afterEach(async () => {
  const { redis: store } = web.store;
  await store.del(...['127.0.0.1', '*'].map((who) => keys.guesses(web.store, who)));
  web.set({ config: makeConfig({}, { admin: ADMIN }), now: NOW });
});
afterAll(async () => {
  await web.close();
  await open.close();
  await redis.stop();
});

const ask = (request: RawRequest) => send(web.url, request);

function cookieOf({ headers }: Answer): string {
  return headers['set-cookie']?.join('\n').match(/^(?:__Host-)?deltawire-session=[^;]*/m)?.[0] ?? '';
}
async function logIn(headers: Record<string, string> = {}, password = ADMIN.password): Promise<Answer> {
  const { body, headers: own } = form({ user: ADMIN.user, password, next: '/status' });
  return ask({ method: 'POST', path: '/login', body, headers: { ...own, ...headers } });
}
const mayEnter = async (headers: Record<string, string>) =>
  (await ask({ path: '/api/status', headers })).status === 200;

/** What a request from elsewhere brought about, by sender. */
async function changesSince(): Promise<string[]> {
  const paused = await Promise.all(Object.values(web.deps.queues).map((queue) => queue.isPaused()));
  const seen = [...changed.splice(0), ...web.polled.splice(0).map(() => 'poll')];
  return paused.includes(true) ? [...seen, 'paused'] : seen;
}

test('the login works for whoever knows the password, so that what follows means something', async () => {
  const answer = await logIn();
  expect([answer.status, answer.headers.location]).toEqual([303, '/status']);
  expect(await mayEnter({ cookie: cookieOf(answer) })).toBe(true);
  expect(await mayEnter(basic(`${ADMIN.user}:${ADMIN.password}`))).toBe(true);
  const cookie = cookieOf(answer);
  const poll = { method: 'POST', path: '/api/poll', headers: { cookie, origin: web.url } };
  expect((await ask(poll)).status).toBe(202);
  expect(await changesSince()).toEqual(['poll']);
});

test('the login works where the config holds a hash', async () => {
  web.set({ config: makeConfig({}, { admin: { user: ADMIN.user, password: await hashPassword(ADMIN.password) } }) });
  expect(await mayEnter({ cookie: cookieOf(await logIn()) })).toBe(true);
  expect(await mayEnter(basic(`${ADMIN.user}:${ADMIN.password}`))).toBe(true);
  expect(cookieOf(await logIn({}, `${ADMIN.password} `))).toBe('');
  const { admin } = web.deps.config().settings.server;
  expect(await mayEnter(basic(`${ADMIN.user}:${admin?.password}`))).toBe(false);
});

describe('a request from another page', () => {
  const senders: readonly (readonly [name: string, headers: Record<string, string>])[] = [
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a sibling of the site', { 'sec-fetch-site': 'same-site' }],
    ['another site that claims our origin', { 'sec-fetch-site': 'cross-site', origin: 'SELF' }],
    ['another origin', { origin: 'https://evil.example' }],
    ['an opaque origin', { origin: 'null' }],
    ['another port', { origin: 'http://127.0.0.1:1' }],
    ['a name that begins with ours', { origin: 'http://127.0.0.1.evil.example' }],
    ['our name as a user', { origin: 'http://127.0.0.1@evil.example' }],
    ['another page, by its referer', { referer: 'https://evil.example/x' }],
  ];

  test('is tried on every route that changes something', () => {
    const routes = changingRoutes(web.app).map(([, path]) => path);
    for (const path of ['/api/poll', '/config', '/login', '/logout', '/admin/queues/api/queues/pause', '/hub'])
      expect(routes).toContain(path);
    expect(routes.length).toBeGreaterThan(25);
  });

  test('changes nothing, with a session and with a Basic login', async () => {
    const cookie = cookieOf(await logIn());
    const through: string[] = [];
    for (const [method, path] of changingRoutes(web.app))
      for (const [name, headers] of senders)
        for (const credentials of [{ cookie }, basic(`${ADMIN.user}:${ADMIN.password}`)]) {
          const sent = Object.fromEntries(
            Object.entries(headers).map(([key, value]) => [key, value === 'SELF' ? web.url : value]),
          );
          const { status } = await ask({ method, path, headers: { ...sent, ...credentials } });
          if (status !== 403) through.push(`${method} ${path} from ${name}: ${status}`);
        }
    expect(through).toEqual([]);
    expect(await changesSince()).toEqual([]);
    expect(await mayEnter({ cookie })).toBe(true);
  });

  test('with a session, from a browser that does not say where, changes nothing', async () => {
    const cookie = cookieOf(await logIn());
    const through: string[] = [];
    for (const [method, path] of changingRoutes(web.app).filter(([, at]) => !PUBLIC.test(at))) {
      const { status } = await ask({ method, path, headers: { cookie, 'content-type': 'text/plain' }, body: '{}' });
      if (status !== 403) through.push(`${method} ${path}: ${status}`);
    }
    expect(through).toEqual([]);
    expect(await changesSince()).toEqual([]);
  });

  test.each([
    ['GET', '/api/poll', {}],
    ['GET', '/api/poll?_method=POST', {}],
    ['GET', '/api/poll', { 'x-http-method-override': 'POST' }],
    ['HEAD', '/api/pause?source=jsxw', {}],
    ['GET', '/admin/queues/api/queues/poll/pause', {}],
    ['GET', '/config?action=save&file=sources.yaml&text=', {}],
    ['GET', '/logout', {}],
  ])('by %s %s %j changes nothing', async (method, path, headers) => {
    const cookie = cookieOf(await logIn());
    await ask({ method, path, headers: { ...headers, cookie, ...HTML } });
    expect(await changesSince()).toEqual([]);
    expect(await mayEnter({ cookie })).toBe(true);
  });
});

describe('a session', () => {
  test('that someone planted is not taken over at login', async () => {
    const planted = `deltawire-session=${'A'.repeat(43)}`;
    const answer = await logIn({ cookie: planted });
    expect(cookieOf(answer)).not.toBe(planted);
    expect(await mayEnter({ cookie: planted })).toBe(false);
  });

  test('of the visitor is ended by a new login, and the new one has another id', async () => {
    const first = cookieOf(await logIn());
    const second = cookieOf(await logIn({ cookie: first }));
    expect(second).not.toBe(first);
    expect(await mayEnter({ cookie: first })).toBe(false);
    expect(await mayEnter({ cookie: second })).toBe(true);
    expect(await mayEnter({ cookie: `deltawire-session=${'A'.repeat(43)}; ${second}` })).toBe(true);
  });

  test('that was ended, outlived its week, or was opened with an older password is over', async () => {
    const ended = cookieOf(await logIn());
    const out = await ask({ method: 'POST', path: '/logout', headers: { cookie: ended, origin: web.url } });
    expect([out.status, out.headers['set-cookie']?.[0]]).toEqual([303, expect.stringContaining('Max-Age=0')]);
    expect(await mayEnter({ cookie: ended })).toBe(false);
    const old = cookieOf(await logIn());
    web.set({ now: NOW + 6 * DAY_MS });
    expect(await mayEnter({ cookie: old })).toBe(true);
    web.set({ now: NOW + 7 * DAY_MS });
    expect(await mayEnter({ cookie: old })).toBe(false);
    web.set({ now: NOW, config: makeConfig({}, { admin: { ...ADMIN, password: 'another one' } }) });
    expect(await mayEnter({ cookie: old })).toBe(false);
    web.set({ config: makeConfig({}, { admin: ADMIN }) });
    expect(await mayEnter({ cookie: old })).toBe(true);
  });

  test('cannot be had from what Redis holds, which expires by itself and knows no password', async () => {
    const cookie = cookieOf(await logIn());
    const stored = await web.store.redis.keys(`${web.store.prefix}session:*`);
    expect(stored.length).toBeGreaterThan(0);
    for (const key of stored) {
      const value = (await web.store.redis.get(key)) ?? '';
      expect(await web.store.redis.ttl(key)).toBeLessThanOrEqual(12 * 3_600);
      expect(value).not.toContain(ADMIN.password);
      expect(`${key} ${value}`).not.toContain(cookie.split('=')[1]);
      const hash = Buffer.from(key.split(':').at(-1) ?? '', 'hex').toString('base64url');
      expect(await mayEnter({ cookie: `deltawire-session=${hash}` })).toBe(false);
    }
  });

  test.each(['', '*', '../x', 'A'.repeat(42), 'A'.repeat(44), `${'A'.repeat(42)}*`, '%00', '"'])(
    'of the token %j is no session',
    async (token) => expect(await mayEnter({ cookie: `deltawire-session=${token}` })).toBe(false),
  );

  test('is kept from scripts and other sites, and from plain HTTP where TLS is spoken', async () => {
    const flags = ({ headers }: Answer) => headers['set-cookie']?.[0]?.replace(/=[^;]*/, '');
    expect(flags(await logIn())).toBe('deltawire-session; Path=/; Max-Age=604800; HttpOnly; SameSite=Lax');
    const secure = '__Host-deltawire-session; Path=/; Max-Age=604800; HttpOnly; SameSite=Lax; Secure';
    expect(flags(await logIn({ 'x-forwarded-proto': 'https' }))).toBe(secure);
    web.set({ config: makeConfig({}, { admin: ADMIN, baseUrl: 'https://news.example' }) });
    const answer = await logIn();
    expect(flags(answer)).toBe(secure);
    expect(await mayEnter({ cookie: cookieOf(answer) })).toBe(true);
    expect(await mayEnter({ cookie: cookieOf(answer).replace('__Host-', '') })).toBe(false);
  });
});

describe('a login', () => {
  test.each<readonly [name: string, body: string, type: string]>([
    ['an empty password', 'user=ops&password=', 'form'],
    ['no password', 'user=ops', 'form'],
    ['a part of the password', 'user=ops&password=p:', 'form'],
    ['another user', `user=root&password=${encodeURIComponent(ADMIN.password)}`, 'form'],
    ['another case', `user=OPS&password=${encodeURIComponent(ADMIN.password)}`, 'form'],
    ['a password and more', `user=ops&password=${encodeURIComponent(`${ADMIN.password}\0`)}`, 'form'],
    ['an operator of a database', '{"user":"ops","password":{"$ne":""}}', 'json'],
    ['a list', `{"user":"ops","password":["${ADMIN.password}"]}`, 'json'],
    ['a prototype', '{"user":"ops","__proto__":{"password":"x"}}', 'json'],
    ['a very long password', `user=ops&password=${'x'.repeat(60_000)}`, 'form'],
  ])('with %s opens nothing', async (_name, body, type) => {
    const contentType = type === 'form' ? 'application/x-www-form-urlencoded' : 'application/json';
    const answer = await ask({ method: 'POST', path: '/login', body, headers: { 'content-type': contentType } });
    expect([400, 403]).toContain(answer.status);
    expect(cookieOf(answer)).toBe('');
  });

  test.each([
    'Basic',
    'Basic !!!',
    `Basic ${btoa('ops')}`,
    `Basic ${btoa(':')}`,
    `Bearer ${btoa('ops:x')}`,
    `Digest username="ops"`,
  ])('by the header %s opens nothing', async (authorization) => {
    const { status, headers } = await ask({ path: '/status', headers: { authorization } });
    expect([status, headers['www-authenticate']]).toEqual([401, 'Basic realm="deltawire", charset="UTF-8"']);
  });

  const guess = (address: string, password = 'wrong') =>
    ask({ path: '/api/status', headers: { ...basic(`ops:${password}`), 'x-forwarded-for': address } });

  test('is made to wait after twenty guesses, the right one included, at every web process, and may then try again', async () => {
    const second = await startWeb(redis, { config: makeConfig({}, { admin: ADMIN }), store: web.store });
    try {
      const guesses = await Promise.all(Array.from({ length: 30 }, () => guess('203.0.113.7')));
      expect(guesses.filter(({ status }) => status === 401)).toHaveLength(20);
      const late = guesses.find(({ status }) => status === 429);
      expect(Number(late?.headers['retry-after'])).toSatisfy((wait: number) => wait >= 1 && wait <= 60);
      expect((await guess('203.0.113.7', ADMIN.password)).status).toBe(429);
      const elsewhere = { ...basic(`ops:${ADMIN.password}`), 'x-forwarded-for': '203.0.113.7' };
      expect((await send(second.url, { path: '/status', headers: elsewhere })).status).toBe(429);
      const { body, headers } = form({ user: 'ops', password: ADMIN.password });
      const sent = { ...headers, 'x-forwarded-for': '203.0.113.7' };
      const byForm = await ask({ method: 'POST', path: '/login', body, headers: sent });
      expect([byForm.status, cookieOf(byForm)]).toEqual([429, '']);
      expect((await guess('203.0.113.8', ADMIN.password)).status).toBe(200);
      await web.store.redis.del(keys.guesses(web.store, '203.0.113.7'));
      expect((await guess('203.0.113.7', ADMIN.password)).status).toBe(200);
    } finally {
      await second.close();
    }
  });

  test.each<readonly [name: string, address: (n: number) => string]>([
    ['addresses it makes up before its own', (n) => `198.51.100.${n}, 203.0.113.20`],
    ['addresses of its own network', (n) => `2001:db8:1:2::${n}`],
    ['other ways to write its address', (n) => (n % 2 === 0 ? '::ffff:203.0.113.21' : '203.0.113.21')],
    ['no address', () => 'unknown'],
  ])('does not get around the wait by %s', async (_name, address) => {
    const statuses: number[] = [];
    for (let n = 1; n <= 22; n++) statuses.push((await guess(address(n))).status);
    expect(statuses.slice(20)).toEqual([429, 429]);
  });
});

describe('without a login', () => {
  test.each([
    '/status',
    '//status',
    '/./status',
    '/%73tatus',
    '/STATUS',
    '/status/',
    '/status%2f',
    '/status;x',
    '/status%00',
    '/status?x=/feeds/delta.rss',
    '/feeds/../status',
    '/feeds/..%2fstatus',
    '/feeds/%2e%2e/status',
    '/feeds/delta.rss/../../status',
    '/assets/../api/status',
    '/assets/..%2f..%2fpackage.json',
    '/admin/queues/static/../../../status',
    '/admin/queues/static/..%2f..%2f..%2fpackage.json',
    '/admin/queues/../../api/status',
    '/admin%2fqueues',
    '/admin/queues/api/queues',
    '/api//status',
    '/api/status/',
    '/login/../status',
    '/config?file=../../etc/passwd',
    'http://127.0.0.1/status',
  ])('%s shows nothing', async (path) => {
    for (const headers of [{}, HTML, { 'x-original-url': '/status', 'x-rewrite-url': '/status' }]) {
      const { status, body } = await ask({ path, headers });
      expect([303, 400, 401, 404]).toContain(status);
      expect(body).not.toMatch(/hfrb|jsxw|deltawire-session|root:|"dependencies"/);
    }
  });

  test('with one, a path leads to no file but the config’s', async () => {
    const cookie = cookieOf(await logIn());
    for (const path of [
      '/admin/queues/static/..%2f..%2f..%2fpackage.json',
      '/admin/queues/static/../../../../package.json',
      '/assets/..%2f..%2f..%2f..%2fpackage.json',
      '/stories/..%2f..%2fpackage.json',
      '/feeds/..%2f..%2fpackage.json',
    ]) {
      const { status, body } = await ask({ path, headers: { cookie } });
      expect([path, status >= 400]).toEqual([path, true]);
      expect(body).not.toContain('"dependencies"');
    }
  });

  test('a browser is led to the login, a program is asked for one, a page’s script gets no dialog', async () => {
    const browser = await ask({ path: '/ledger?text=%E5%90%88', headers: HTML });
    expect([browser.status, browser.headers.location]).toEqual([303, '/login?next=%2Fledger%3Ftext%3D%25E5%2590%2588']);
    const program = await ask({ path: '/api/status' });
    expect([program.status, program.headers['www-authenticate']]).toEqual([401, expect.stringMatching(/^Basic /)]);
    const script = await ask({ path: '/api/status', headers: { 'sec-fetch-dest': 'empty' } });
    expect([script.status, script.headers['www-authenticate']]).toEqual([401, expect.not.stringMatching(/Basic/)]);
  });
});

describe('ten megabytes', () => {
  test('are refused by every route, whether it says so beforehand or not', async () => {
    const cookie = cookieOf(await logIn());
    const through: string[] = [];
    for (const [method, path] of changingRoutes(web.app)) {
      for (const chunked of [false, true]) {
        const headers = { cookie, origin: web.url, 'content-type': 'application/x-www-form-urlencoded' };
        const request = { method, path, headers, body: Buffer.alloc(TEN_MB, 'a='), chunked };
        // Closing the connection while it still sends is an answer as well.
        const status = await ask(request).then(
          (answer) => answer.status,
          (error: NodeJS.ErrnoException) => error.code,
        );
        if (![403, 410, 413, 415, 'EPIPE', 'ECONNRESET'].includes(status ?? ''))
          through.push(`${method} ${path}: ${status}`);
      }
    }
    expect(through).toEqual([]);
    expect((await ask({ path: '/healthz' })).status).toBe(200);
    expect(await changesSince()).toEqual([]);
  });
});

describe('the wrong host, where no password is set', () => {
  test.each([
    'evil.example',
    'evil.example:8480',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    'localhost@evil.example',
    'evil.example#localhost',
    '[::2]',
    '10.0.0.1',
    '0.0.0.0',
  ])('%j sees no desk', async (host) => {
    for (const path of ['/status', '/api/status', '/metrics', '/admin/queues', '/config', '/ledger', '/sources']) {
      const { status, body } = await send(open.url, { path, headers: { host } });
      expect([400, 403]).toContain(status);
      expect(body).not.toContain('hfrb');
    }
    const poll = { method: 'POST', path: '/api/poll', headers: { host, origin: `http://${host}` } };
    expect([400, 403]).toContain((await send(open.url, poll)).status);
    expect(open.polled).toEqual([]);
  });

  test.each([{ 'x-forwarded-host': 'localhost' }, { forwarded: 'host=localhost' }, { 'x-forwarded-for': '127.0.0.1' }])(
    '%j does not help it',
    async (headers) => {
      const sent = { host: 'evil.example', ...headers };
      expect((await send(open.url, { path: '/status', headers: sent })).status).toBe(403);
    },
  );
});

describe('where a login leads', () => {
  test.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/./%2e/..//evil.example',
    '///evil.example',
    'javascript:alert(1)',
    'evil.example',
    '/%0d%0aSet-Cookie:%20x=1',
    '/\r\nSet-Cookie: x=1',
    '@evil.example',
    '',
    `/${'x'.repeat(5_000)}`,
  ])('%j does not lead away, nor add a header', async (next) => {
    const { body, headers } = form({ user: ADMIN.user, password: ADMIN.password, next });
    const answer = await ask({ method: 'POST', path: '/login', body, headers });
    const to = new URL(answer.headers.location ?? 'missing:', 'http://127.0.0.1');
    expect([answer.status, to.origin]).toEqual([303, 'http://127.0.0.1']);
    expect(answer.headers['set-cookie']).toHaveLength(1);
    const shown = await ask({ path: `/login?next=${encodeURIComponent(next)}`, headers: HTML });
    expect(shown.headers['set-cookie']).toBeUndefined();
  });

  test.each(['"><script>alert(1)</script>', "' onfocus=alert(1) autofocus='", '</title><script>', '{{7*7}}'])(
    '%s is shown as text',
    async (text) => {
      const { body, headers } = form({ user: text, password: 'x', next: `/${text}` });
      const answer = await ask({ method: 'POST', path: '/login', body, headers });
      expect(answer.status).toBe(403);
      expect(answer.body).not.toMatch(/<script>|[^;]" ?onfocus|' onfocus=alert\(1\) autofocus='\s*\/?>(?!")/);
    },
  );
});

test('no page may be framed by another, or be read as something else', async () => {
  const cookie = cookieOf(await logIn());
  const paths = [
    '/',
    '/login',
    '/status',
    '/ledger',
    '/sources',
    '/sources/add',
    '/sources/edit?source=jsxw',
    '/config',
    '/admin/queues',
    '/nowhere',
    '/api/status',
    '/metrics',
  ];
  for (const path of paths)
    for (const headers of [HTML, { ...HTML, cookie }]) {
      const answer = await ask({ path, headers });
      expect([path, answer.headers['content-security-policy']]).toEqual([
        path,
        expect.stringMatching(/frame-ancestors 'none'/),
      ]);
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
      expect(answer.headers['cache-control']).toBe(path === '/' ? 'private, no-cache' : 'no-store');
    }
});
