/** Starts a private redis-server on a Unix socket in a temporary folder, as the embedded default does. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { redisServer } from './programs.ts';
import { LEAN_HASHES } from '../../src/store/redis/child.ts';
import { connectRedis } from '../../src/store/redis/connect.ts';
import type { Store } from '../../src/store/redis/keys.ts';

export interface TestRedis {
  readonly socket: string;
  connect(purpose?: 'worker' | 'web'): Redis;
  /** A store with a prefix of its own, so that tests of one file do not meet. */
  store(): Store;
  stop(): Promise<void>;
}

export async function startRedis(): Promise<TestRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'deltawire-test-'));
  const socket = join(folder, 'r.sock');
  const child = spawn(
    redisServer(),
    Object.entries({
      port: '0',
      unixsocket: socket,
      dir: folder,
      save: '',
      appendonly: 'no',
      ...LEAN_HASHES,
    }).flatMap(([name, value]) => [`--${name}`, value]),
    {
      stdio: 'ignore',
    },
  );
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const open: Redis[] = [];
  const connect = (purpose: 'worker' | 'web' = 'worker') => {
    const redis = connectRedis({ socket }, purpose);
    redis.on('error', () => undefined);
    open.push(redis);
    return redis;
  };
  let count = 0;
  const first = connect();
  await first.ping();
  return {
    socket,
    connect,
    store: () => ({ redis: first, prefix: `t${count++}:` }),
    async stop() {
      for (const redis of open) redis.disconnect();
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
