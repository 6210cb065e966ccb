/** Takes all that a Redis holds at one moment into a file (RDB), and puts such a file's keys into a store. */
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';
import { reason } from '../../reasons/catalogue.ts';
import { ReasonError } from '../../reasons/whyof.ts';
import { findBinary } from './child.ts';
import type { RedisAddress } from './connect.ts';
import type { Store } from './keys.ts';
import { check } from './pipeline.ts';

const run = promisify(execFile);

/** Keys that one round trip copies or removes. */
const BATCH = 500;
/** A large file takes its time to load. */
const LOAD_MS = 120_000;

/**
 * Writes what the server holds now into `file`, whatever is written meanwhile: `redis-cli --rdb` asks for a snapshot as
 * a replica does (SYNC). Throws where there is no redis-cli, or the server refuses, as managed ones may.
 */
export async function takeSnapshot(address: RedisAddress, file: string): Promise<void> {
  const { args, password } = 'url' in address ? byUrl(address.url) : { args: ['-s', address.socket], password: '' };
  // A password on the command line would stand in everyone's list of processes.
  const env = password === '' ? process.env : { ...process.env, REDISCLI_AUTH: password };
  await run('redis-cli', [...args, '--rdb', file], { env });
}

function byUrl(address: string): { readonly args: readonly string[]; readonly password: string } {
  const url = new URL(address);
  const [username, password] = [url.username, url.password].map(decodeURIComponent);
  const args = ['-h', url.hostname.replace(/^\[|\]$/g, ''), '-p', url.port === '' ? '6379' : url.port];
  if (url.protocol === 'rediss:') args.push('--tls');
  if (username) args.push('--user', username);
  return { args, password: password ?? '' };
}

/**
 * Copies the keys of the store's prefix out of a snapshot's database into the store, each with what is left of its time
 * to live, and gives their number. `told`: keys copied so far, and all.
 */
export async function loadSnapshot(
  file: string,
  database: number,
  store: Store,
  told: (done: number, all: number) => void,
): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'deltawire-snapshot-'));
  const socket = join(folder, 'redis.sock');
  const place = resolve(file);
  const settings = { port: '0', unixsocket: socket, dir: dirname(place), dbfilename: basename(place), save: '' };
  const args = Object.entries({ ...settings, appendonly: 'no', daemonize: 'no' }).flatMap(([name, value]) => [
    `--${name}`,
    value,
  ]);
  const server = spawn(findBinary(), args, { stdio: 'ignore' });
  const ended = new Promise<void>((done) => server.once('exit', () => done()));
  const from = new Redis({ path: socket, db: database, lazyConnect: true, retryStrategy: () => null });
  from.on('error', () => undefined);
  try {
    await loaded(from, socket, () => server.exitCode === null);
    return await copyKeys(from, store, told);
  } finally {
    from.disconnect();
    server.kill('SIGKILL');
    await ended;
    await rm(folder, { recursive: true, force: true });
  }
}

async function loaded(redis: Redis, socket: string, lives: () => boolean): Promise<void> {
  const deadline = performance.now() + LOAD_MS;
  while (performance.now() < deadline && lives()) {
    if (existsSync(socket)) {
      try {
        // It waits until the server has read its file.
        if (redis.status !== 'ready') await redis.connect();
        await redis.ping();
        return;
      } catch {
        // The server still loads, or does not listen yet.
      }
    }
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new ReasonError(reason('start.snapshot'));
}

async function copyKeys(from: Redis, store: Store, told: (done: number, all: number) => void): Promise<number> {
  const names: string[] = [];
  for await (const batch of scan(from, store.prefix)) names.push(...batch);
  for (let i = 0; i < names.length; i += BATCH) {
    const batch = names.slice(i, i + BATCH);
    const read = from.pipeline();
    for (const name of batch) read.dumpBuffer(name).pttl(name);
    const values = await check(read.exec());
    const write = store.redis.pipeline();
    for (const [at, name] of batch.entries()) {
      const [value, ttl] = [values[2 * at], Number(values[2 * at + 1])];
      // A key that ended while the snapshot was read.
      if (Buffer.isBuffer(value)) write.restore(name, Math.max(0, ttl), value, 'REPLACE');
    }
    await check(write.exec());
    told(Math.min(i + BATCH, names.length), names.length);
  }
  return names.length;
}

/** True where the store holds anything. */
export async function holdsKeys({ redis, prefix }: Store): Promise<boolean> {
  for await (const batch of scan(redis, prefix)) if (batch.length > 0) return true;
  return false;
}

/** Removes all of the store. */
export async function clearStore(store: Store): Promise<void> {
  for await (const batch of scan(store.redis, store.prefix)) if (batch.length > 0) await store.redis.unlink(...batch);
}

async function* scan(redis: Redis, prefix: string): AsyncGenerator<readonly string[]> {
  let cursor = '0';
  do {
    const [next, names] = await redis.scan(cursor, 'MATCH', `${prefix}*`, 'COUNT', BATCH);
    cursor = next;
    yield names;
  } while (cursor !== '0');
}
