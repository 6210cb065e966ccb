/** Takes all that a Redis holds at one moment into a file (RDB), and puts such a file's keys into a store. */
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { type HostPort, parseStoreAddress } from '../../text/storeaddress.ts';
import { Redis } from 'ioredis';
import { reason } from '../../reasons/catalogue.ts';
import { ReasonError } from '../../reasons/whyof.ts';
import { findBinary } from './child.ts';
import { connectRedis, type RedisAddress } from './connect.ts';
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
  const { args, password } =
    'url' in address ? await serverOf(address) : { args: ['-s', address.socket], password: '' };
  // A password on the command line would stand in everyone's list of processes.
  const env = password === '' ? process.env : { ...process.env, REDISCLI_AUTH: password };
  await run('redis-cli', [...args, '--rdb', file], { env });
}

/** What redis-cli is told of a server, with its password; of Sentinels the primary of now. */
async function serverOf(place: {
  readonly url: string;
}): Promise<{ readonly args: readonly string[]; readonly password: string }> {
  const address = parseStoreAddress(place.url);
  if (address === null) throw new Error('REDIS_URL is no address');
  const { primary, username, password, tls, caFile } = address;
  const { host, port } = primary === null ? address.at[0] : await findPrimary(place);
  const args = ['-h', host, '-p', String(port)];
  if (tls) args.push('--tls', ...(caFile === null ? [] : ['--cacert', caFile]));
  if (username !== '') args.push('--user', username);
  return { args, password };
}

async function findPrimary(place: { readonly url: string }): Promise<HostPort> {
  const redis = connectRedis(place, 'once');
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    const { remoteAddress, remotePort } = redis.stream;
    return { host: remoteAddress ?? '', port: remotePort ?? 0 };
  } finally {
    redis.disconnect();
  }
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
