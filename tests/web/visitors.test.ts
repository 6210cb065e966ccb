/** Attempts of visitors to get around what the server takes and refuses: targets that are none, and the job dashboard's writes. */
import net from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { basic, changingRoutes, type RawRequest, send } from './raw.ts';
import { makeConfig, type RunningWeb, startWeb } from './seed.ts';

const ADMIN = { user: 'ops', password: 'long enough' };
const BOARD = '/admin/queues';

let redis: TestRedis;
let web: RunningWeb;

beforeAll(async () => {
  redis = await startRedis();
  web = await startWeb(redis, { config: makeConfig({}, { admin: ADMIN }) });
});
afterAll(async () => {
  await web.close();
  await redis.stop();
});

/** The status of the answer to a request line that no HTTP client would send; null where none came. */
function statusOf(line: string, headers: readonly string[] = []): Promise<number | null> {
  return new Promise((done) => {
    let text = '';
    const socket = net.connect(Number(new URL(web.url).port), '127.0.0.1');
    socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      const status = /^HTTP\/1\.1 (\d{3}) /.exec(text)?.[1];
      done(status === undefined ? null : Number(status));
    });
    socket.write([line, 'Host: localhost', 'Connection: close', ...headers, '', ''].join('\r\n'), 'latin1');
  });
}

describe('a target that is none', () => {
  const paths = [
    '//[',
    '//',
    '///',
    '//[/x',
    '//]:/',
    '//[::1',
    '//[?x',
    '//a:b@[',
    '//x:99999999/',
    '/\\[',
    '/\\\\[',
    '\\[',
    '*',
    '/%',
    '/%zz',
    '//%',
    '/feeds/%ff.rss',
    'http://[',
    'http://[/',
    'http://',
    'http:',
    'https://x:99999/',
    'javascript://%0aalert(1)',
    'file:///etc/passwd',
    'urn:x',
    'x',
    '?',
    '#//[',
    '//\u00e9[',
    '//[\u0000',
  ];
  const cases = paths.flatMap((path) => ['GET', 'HEAD', 'POST', 'OPTIONS'].map((method) => [method, path] as const));
  test.each(cases.filter(([method, path]) => method !== 'OPTIONS' || path !== '*'))(
    '%s %s is a bad request, to programs and to browsers',
    async (method, path) => {
      const asBrowser = ['Accept: text/html', 'Accept-Language: en'];
      for (const headers of [[], asBrowser, ['Accept: application/json']])
        expect(await statusOf(`${method} ${path} HTTP/1.1`, headers)).toBe(400);
    },
  );

  test.each(['//[', 'x:1', 'localhost:80', '/', '[::1]:443'])(
    'CONNECT %s is answered, and opens no tunnel',
    async (to) => {
      expect(await statusOf(`CONNECT ${to} HTTP/1.1`)).toBe(400);
    },
  );

  test('does not take the server from others, and a path that looks like a host makes no link to it', async () => {
    expect((await send(web.url, { path: '/healthz' })).status).toBe(200);
    const page = await send(web.url, { path: '//evil.example/x?y=1', headers: { accept: 'text/html' } });
    expect(page.status).toBe(404);
    expect(page.body).toContain('href="/evil.example/x?y=1&amp;lang=en"');
  });
});

describe('the job dashboard writes no data of jobs', () => {
  const login = basic(`${ADMIN.user}:${ADMIN.password}`);
  const write = (method: string, path: string): RawRequest => ({
    method,
    path,
    headers: { ...login, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'x', data: {}, options: {}, jobData: {}, template: { data: {} } }),
  });
  const forbidden = [
    ['POST', '/api/queues/poll/add'],
    ['PATCH', '/api/queues/poll/1/update-data'],
    ['PATCH', '/api/queues/poll/job-schedulers/1'],
    ['PUT', '/api/queues/poll/job-schedulers/1/run'],
    ['PUT', '/api/queues/poll/job-schedulers/1/remove'],
  ] as const;
  /** Ways to write a path that a server may take for the same. */
  const spellings: readonly (readonly [name: string, of: (path: string) => string])[] = [
    ['as it is', (path) => path],
    ['with a letter encoded', (path) => path.replace(/.$/, (end) => `%${end.charCodeAt(0).toString(16)}`)],
    ['with its first letter encoded', (path) => path.replace('/api', '/%61pi')],
    ['with every letter encoded', (path) => path.replaceAll(/[a-z]/g, (one) => `%${one.charCodeAt(0).toString(16)}`)],
    [
      'encoded in capitals',
      (path) => path.replace('add', '%61%64%64').replace('update', '%75pdat%65').replace('run', '%72un'),
    ],
    ['encoded twice', (path) => path.replace(/.$/, (end) => `%25${end.charCodeAt(0).toString(16)}`)],
    ['in capitals', (path) => path.replace(/[^/]*$/, (end) => end.toUpperCase())],
    ['with a slash at its end', (path) => `${path}/`],
    ['with two slashes at its end', (path) => `${path}//`],
    ['with double slashes', (path) => path.replaceAll('/', '//')],
    ['with a double slash before its last part', (path) => path.replace(/\/(?=[^/]*$)/, '//')],
    ['with a backslash', (path) => path.replace(/\/(?=[^/]*$)/, '\\')],
    ['with an encoded slash', (path) => path.replace(/\/(?=[^/]*$)/, '%2f')],
    ['with a dot', (path) => `/.${path}`],
    ['with two dots', (path) => path.replace('/queues', '/x/../queues')],
    ['with encoded dots', (path) => path.replace('/queues', '/x/%2e%2e/queues')],
    ['with a parameter of its path', (path) => `${path};x=1`],
    ['with a query', (path) => `${path}?x=1`],
    ['with a fragment', (path) => `${path}#x`],
    ['with a question mark encoded', (path) => `${path}%3fx=1`],
    ['with a null at its end', (path) => `${path}%00`],
    ['with a blank at its end', (path) => `${path}%20`],
  ];
  const attempts = forbidden.flatMap(([method, path]) =>
    spellings.map(([name, of]) => [method, of(path), name] as const),
  );

  test.each(attempts)('%s %s (%s)', async (method, path) => {
    const { status } = await send(web.url, write(method, `${BOARD}${path}`));
    expect([400, 403, 404]).toContain(status);
    expect(await web.deps.queues.poll.getJobCountByTypes('waiting', 'delayed', 'active', 'prioritized')).toBe(0);
  });

  test('is held by a list of what may be changed: every other write of its routes is refused, whatever a newer one brings', async () => {
    const refused: string[] = [];
    for (const [method, path] of changingRoutes(web.app).filter(([, at]) => at.startsWith(BOARD))) {
      const { status, body } = await send(web.url, write(method, path));
      if (status === 403 && body.includes('data of jobs is not changed here')) refused.push(`${method} ${path}`);
    }
    expect(refused.sort()).toEqual(forbidden.map(([method, path]) => `${method} ${BOARD}${path}`).sort());
    await web.deps.queues.poll.resume();
  });
});
