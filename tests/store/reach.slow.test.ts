import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { reason } from '../../src/reasons/catalogue.ts';
import { say } from '../../src/reasons/render.ts';
import { whyAway } from '../../src/store/beats.ts';
import { connectRedis, createOutageWatch } from '../../src/store/redis/connect.ts';
import { reachRedis } from '../../src/store/redis/reach.ts';
import { redisServer } from '../support/programs.ts';
import { until } from '../support/until.ts';

let folder: string;
let server: ChildProcess | null = null;
const PORT = 31_091;
const url = (auth = '', database = 0) => `redis://${auth}127.0.0.1:${PORT}/${database}`;

function start(...settings: string[]): void {
  const base = ['--port', `${PORT}`, '--dir', folder, '--save', '', ...settings];
  server = spawn(redisServer(), base, { stdio: 'ignore' });
}

async function end(): Promise<void> {
  if (server === null) return;
  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  await ended;
  server = null;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deltawire-reach-'));
});
afterEach(async () => {
  await end();
  await rm(folder, { recursive: true, force: true });
});

it.each([
  [
    'a wrong password',
    url(':no@'),
    ['--requirepass', 'right'],
    /^Redis refuses the user or password of REDIS_URL: WRONGPASS/,
  ],
  ['no password', url(), ['--requirepass', 'right'], /^Redis wants a password: .*NOAUTH/],
  ['a database that is not there', url('', 99), [], /^Redis has no database of the number.*out of range/],
])('says in one line of %s what is wrong', async (_name, address, settings, line) => {
  start(...settings);
  await expect(reachRedis({ url: address }, () => undefined)).rejects.toThrow(line);
  await expect(
    reachRedis({ url: url(settings.length > 0 ? ':right@' : '', 3) }, () => undefined),
  ).resolves.toBeUndefined();
});

it('says in either language of a server that takes the connection and no command', async () => {
  const silent = createServer().listen(PORT, '127.0.0.1');
  await once(silent, 'listening');
  const redis = connectRedis({ url: url() }, 'once');
  try {
    const why = await whyAway({ redis });
    expect(why?.params).toEqual({ said: reason('redis.no-command') });
    expect(say(why ?? '', 'zh')).toContain('它不接受命令');
  } finally {
    redis.disconnect();
    silent.close();
  }
});

it('waits while Redis loads its data, and says so once', async () => {
  start();
  await reachRedis({ url: url() }, () => undefined);
  const redis = connectRedis({ url: url() }, 'worker');
  const pipeline = redis.pipeline();
  for (let key = 0; key < 12_000; key++) pipeline.set(`key${key}`, 'x'.repeat(100));
  await pipeline.exec();
  await redis.save();
  redis.disconnect();
  await end();
  // Microseconds a key: it loads for more than the ten seconds that an answer is waited for.
  start('--key-load-delay', '1000', '--loading-process-events-interval-bytes', '1024');
  const told: string[] = [];
  await reachRedis({ url: url() }, (message) => told.push(message));
  expect(told).toEqual(['Redis loads its data: waiting for it']);
});

it('tells an outage of many connections once, and its end once', async () => {
  start();
  await reachRedis({ url: url() }, () => undefined);
  const told: string[] = [];
  const watch = createOutageWatch({ away: () => told.push('away'), back: () => told.push('back') });
  const connections = Array.from({ length: 5 }, () => connectRedis({ url: url() }, 'worker'));
  connections.forEach(watch);
  await Promise.all(connections.map((redis) => redis.ping()));
  await end();
  await until(() => told.length > 0, 'the outage');
  await until(() => connections.every(({ status }) => status === 'reconnecting'), 'all to be away');
  start();
  await Promise.all(connections.map((redis) => redis.ping()));
  await until(() => told.length > 1, 'the end');
  expect(told).toEqual(['away', 'back']);
  for (const redis of connections) redis.disconnect();
});

it('leaves a server that became a replica, for the primary that its address leads to by now', async () => {
  start();
  await reachRedis({ url: url() }, () => undefined);
  const redis = connectRedis({ url: url() }, 'worker');
  const control = connectRedis({ url: url() }, 'worker');
  const ids = async () => [await redis.client('ID')];
  const [first] = await ids();
  await control.replicaof('127.0.0.1', 1);
  await expect(redis.set('a', '1')).rejects.toThrow('READONLY');
  await until(async () => (await ids())[0] !== first, 'another connection');
  await control.replicaof('NO', 'ONE');
  expect(await redis.set('a', '1')).toBe('OK');
  for (const one of [redis, control]) one.disconnect();
});
