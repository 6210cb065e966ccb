/** What keeps the daemon from working is told: by /readyz, /api/status, the page in both languages, /metrics and the log. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHeart } from '../../src/daemon/heart.ts';
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
const hearts: { stop(): Promise<void> }[] = [];

function beat(...roles: string[]) {
  const heart = startHeart({ store, log, now: Date.now, roles, version: '0', busy: () => 3 });
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
    expect(lines.filter((line) => line.includes(code) && line.includes('"level":50'))).toHaveLength(1);
  });
});
