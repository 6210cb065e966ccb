/** What keeps the daemon from working is told: by /readyz, /api/status, the page in both languages, /metrics and the log. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHeart } from '../../src/daemon/heart.ts';
import type { Reason } from '../../src/model/reason.ts';
import type { Code } from '../../src/reasons/catalogue.ts';
import { connectRedis } from '../../src/store/redis/connect.ts';
import { readBeats } from '../../src/store/beats.ts';
import type { Store } from '../../src/store/redis/keys.ts';
import { redisServer } from '../support/programs.ts';
import type { TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { type RunningWeb, startWeb } from '../web/seed.ts';

let folder: string;
let child: ChildProcess;
let control: ReturnType<typeof connectRedis>;
let web: RunningWeb;
let store: Store;
const lines: string[] = [];
const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
/** What the webhook would be told. */
const sent: string[] = [];
const alerts = {
  add: (why: Reason, isOver: boolean) => void sent.push(`${why.code}${isOver ? ' over' : ''}`),
  send: async () => undefined,
};
const hearts: { stop(): Promise<void> }[] = [];

function beat(...roles: string[]) {
  const heart = startHeart({ store, log, now: Date.now, roles, version: '0', busy: () => 3, alerts });
  hearts.push(heart);
  return heart;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deltawire-heart-'));
  const socket = join(folder, 'r.sock');
  child = spawn(
    redisServer(),
    ['--port', '0', '--unixsocket', socket, '--dir', folder, '--save', '', '--enable-protected-configs', 'yes'],
    {
      stdio: 'ignore',
    },
  );
  const connect = (purpose: 'worker' | 'web' = 'worker') =>
    connectRedis({ socket }, purpose).on('error', () => undefined);
  control = connect();
  await control.ping();
  store = { redis: connect(), prefix: 't:' };
  const redis: TestRedis = { socket, connect, store: () => store, stop: async () => undefined };
  web = await startWeb(redis, { store });
  web.set({ now: 'real' });
});
afterAll(async () => {
  for (const heart of hearts) await heart.stop();
  await web.close();
  for (const redis of [control, store.redis, web.store.redis]) redis.disconnect();
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGKILL');
  await ended;
  await rm(folder, { recursive: true, force: true });
});

const stopsOf = async () => {
  const { stops } = (await (await web.get('/api/status')).json()) as { stops?: { whyCode: string }[] };
  // None while the connection is made anew.
  return (stops ?? []).map(({ whyCode }) => whyCode);
};

it('a role that nobody fills, until a process does', async () => {
  expect(await stopsOf()).toEqual(['work.no-scheduler', 'work.no-worker']);
  const deep = await web.get('/readyz?deep');
  expect([deep.status, await deep.json()]).toMatchObject([503, { code: 'work.no-scheduler' }]);
  expect((await web.get('/readyz')).status).toBe(200);
  expect(await (await web.get('/status', { 'accept-language': 'zh-CN' })).text()).toContain('任务在排队，没有人处理');
  expect(await (await web.get('/status', { 'accept-language': 'en' })).text()).toContain('no worker runs');
  expect(await (await web.get('/metrics')).text()).toContain('deltawire_processes{role="worker"} 0');

  const heart = beat('scheduler', 'worker');
  await until(async () => (await readBeats(store)).length === 1, 'the beat');
  expect(await stopsOf()).toEqual([]);
  expect((await web.get('/readyz?deep')).status).toBe(200);
  const { workers } = (await (await web.get('/api/status')).json()) as { workers: object[] };
  expect(workers).toMatchObject([{ pid: process.pid, roles: ['scheduler', 'worker'], busy: 3 }]);

  await heart.stop();
  hearts.pop();
  expect(await stopsOf()).toEqual(['work.no-scheduler', 'work.no-worker']);
  // The process that is left logs it once, not at each beat.
  beat('web');
  await until(() => lines.some((line) => line.includes('work.no-worker')), 'the line', 60_000);
  await until(async () => (await readBeats(store))[0]?.roles[0] === 'web', 'the beat');
});

describe('a Redis that answers and takes no writes', () => {
  const cases: { name: string; code: Code; begin: () => Promise<unknown>; end: () => Promise<unknown> }[] = [
    {
      name: 'a replica',
      code: 'redis.readonly',
      begin: () => control.replicaof('127.0.0.1', 1),
      end: () => control.replicaof('NO', 'ONE'),
    },
    {
      name: 'out of memory',
      code: 'redis.full',
      begin: () => control.config('SET', 'maxmemory', '1'),
      end: () => control.config('SET', 'maxmemory', '0'),
    },
    {
      name: 'a disk that takes no snapshot',
      code: 'redis.disk',
      begin: async () => {
        await control.config('SET', 'save', '1 1', 'dir', '/proc', 'stop-writes-on-bgsave-error', 'yes');
        await control.bgsave().catch(() => undefined);
      },
      end: () => control.config('SET', 'save', '', 'dir', folder),
    },
  ];
  it.each(cases)('$name', { timeout: 60_000 }, async ({ code, begin, end }) => {
    lines.length = 0;
    await begin();
    await until(async () => (await stopsOf()).includes(code), 'the status');
    const says = async (path: string, text: string) => (await (await web.get(path)).text()).includes(text);
    await until(() => says('/readyz', code), 'readyz');
    await until(() => says('/metrics', `deltawire_store_refuses_writes{code="${code}"} 1`), 'the metrics');
    expect((await web.get('/feeds/delta.rss')).status).toBe(200);
    await until(() => lines.some((line) => line.includes(code)), 'the log');
    await end();
    await until(async () => !(await stopsOf()).includes(code), 'its end');
    await until(async () => (await web.get('/readyz')).status === 200, 'readyz again');
    await until(() => lines.some((line) => line.includes('"over"')), 'its end in the log');
    await until(() => sent.includes(`${code} over`), 'the webhook');
    expect(sent.filter((one) => one.startsWith(code))).toEqual([code, `${code} over`]);
    expect(lines.filter((line) => line.includes(code) && line.includes('"level":50'))).toHaveLength(1);
  });
});

describe('a Redis that serves nobody', () => {
  const dropAll = () => control.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
  const cases: {
    name: string;
    code: Code;
    zh: string;
    en: string;
    refuses: 0 | 1;
    begin: () => unknown;
    end: () => unknown;
  }[] = [
    {
      name: 'for its password is changed',
      code: 'redis.refused',
      zh: '数据库拒绝了密码',
      en: 'refuses the password',
      refuses: 1,
      begin: async () => {
        await control.config('SET', 'requirepass', 'another');
        await dropAll();
      },
      end: async () => {
        await control.auth('another');
        await control.config('SET', 'requirepass', '');
        await dropAll();
      },
    },
    {
      name: 'for it hangs',
      code: 'redis.away',
      zh: '连不上数据库',
      en: 'does not answer',
      refuses: 0,
      begin: () => child.kill('SIGSTOP'),
      end: () => child.kill('SIGCONT'),
    },
  ];
  it.each(cases)('$name', { timeout: 60_000 }, async ({ code, zh, en, refuses, begin, end }) => {
    lines.length = 0;
    await begin();
    const ready = async () => (await (await web.get('/readyz')).json()) as Record<string, string>;
    await until(async () => (await ready())['code'] === code, 'readyz');
    expect(await ready()).toMatchObject({ why: expect.stringContaining(en), whyZh: expect.stringContaining(zh) });
    const page = (language: string) => web.get('/status', { 'accept-language': language, accept: 'text/html' });
    expect(await (await page('zh-CN')).text()).toContain(zh);
    expect(await (await page('en')).text()).toContain(en);
    const metrics = await (await web.get('/metrics')).text();
    expect(metrics).toContain('deltawire_store_up 0');
    expect(metrics).toContain(`deltawire_store_refuses_writes{code="redis.refused"} ${refuses}`);
    await until(() => lines.some((line) => line.includes(code)), 'the log');
    expect((await web.get('/feeds/delta.rss')).status).toBe(200);
    await end();
    await until(async () => (await web.get('/readyz')).status === 200, 'readyz again');
    await until(async () => (await page('en')).status === 200, 'the page again');
    await until(() => sent.includes(`${code} over`), 'its end');
    expect(sent.filter((one) => one.startsWith(code))).toEqual([code, `${code} over`]);
  });
});

it('a clock that was set, until it is set back', { timeout: 60_000 }, async () => {
  let offMs = 0;
  for (const heart of hearts.splice(0)) await heart.stop();
  const who = { store, log, roles: ['scheduler', 'worker', 'web'], version: '0', busy: () => 0, alerts };
  hearts.push(startHeart({ ...who, now: () => Date.now() + offMs }));
  await until(async () => (await readBeats(store)).length === 1, 'the beat');
  for (const [byMs, code, zh] of [
    [86_400_000, 'clock.ahead', '时钟跳快了 24 小时'],
    [-86_400_000, 'clock.back', '时钟调慢了 24 小时'],
  ] as const) {
    offMs = byMs;
    await until(async () => (await stopsOf()).includes(code), 'the status');
    const deep = await web.get('/readyz?deep');
    expect([deep.status, await deep.json()]).toMatchObject([503, { code }]);
    expect(await (await web.get('/status', { 'accept-language': 'zh-CN' })).text()).toContain(zh);
    expect(await (await web.get('/metrics')).text()).toContain('deltawire_clock_set 1');
    await until(() => sent.includes(code), 'the webhook');
    offMs = 0;
    await until(() => sent.includes(`${code} over`), 'its end');
    expect((await web.get('/readyz?deep')).status).toBe(200);
  }
});
