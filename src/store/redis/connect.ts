/** Opens connections to Redis and checks that the server will not lose jobs. */
import { readFileSync } from 'node:fs';
import { Redis, type RedisOptions } from 'ioredis';
import { messageOf } from '../../text/messageof.ts';
import { parseStoreAddress } from '../../text/storeaddress.ts';
import { keys, LAYOUT, type Store } from './keys.ts';
import { StoreError } from './storeerror.ts';
import type { Reason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';

/** Where Redis is: an address, or the socket of the private child. */
export type RedisAddress = { readonly url: string } | { readonly socket: string };

/** `redisUrl`: as REDIS_URL names it; a path of a socket, with or without `unix://`, is one too. */
export function redisAddress(redisUrl: string): RedisAddress {
  const socket = redisUrl.replace(/^unix:\/\//i, '');
  return socket.startsWith('/') ? { socket } : { url: redisUrl };
}

/** Longest pause between attempts to connect again. */
const MAX_RECONNECT_MS = 2_000;
/** A replica that stays one is left again after this: what else is asked on the connection fails by it. */
const READONLY_PAUSE_MS = 10_000;
/** An attempt to connect to what the Sentinels call the primary. */
const PRIMARY_MS = 3_000;
/** BullMQ needs streams, LPOS and SET … GET: 6.2. */
const MIN_VERSION: readonly [number, number] = [6, 2];

type Purpose = 'worker' | 'web' | 'once';

const FOR: Readonly<Record<Purpose, Omit<RedisOptions, 'replyMapping'>>> = {
  worker: { maxRetriesPerRequest: null },
  web: {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    commandTimeout: 1_500,
    autoResendUnfulfilledCommands: false,
  },
  once: {
    lazyConnect: true,
    enableReadyCheck: false,
    retryStrategy: () => null,
    sentinelRetryStrategy: () => null,
    maxRetriesPerRequest: 0,
  },
};

/**
 * `worker`: for BullMQ workers, which block and must wait out an outage; `web`: answers or fails within 1.5 s, so that
 * a page never hangs on a Redis that is gone; `once`: one attempt, begun by `connect()`.
 */
export function connectRedis(address: RedisAddress, purpose: Purpose): Redis {
  let reconnectedAt = -READONLY_PAUSE_MS;
  const options: Omit<RedisOptions, 'replyMapping'> = {
    lazyConnect: false,
    retryStrategy: (attempt) => Math.min(50 * attempt, MAX_RECONNECT_MS),
    // The primary became a replica: the name or the proxy leads to the new primary by now, this connection never will.
    reconnectOnError: (error) => {
      if (!error.message.includes('READONLY') || performance.now() - reconnectedAt < READONLY_PAUSE_MS) return false;
      reconnectedAt = performance.now();
      return 1;
    },
    ...('url' in address ? optionsOf(address.url) : { path: address.socket }),
    ...FOR[purpose],
  };
  const isPlain = 'url' in address && options.host === undefined && options.sentinels === undefined;
  const redis = isPlain ? new Redis(address.url, options) : new Redis(options);
  redis.on('ready', () => timesConnected.set(redis, (timesConnected.get(redis) ?? 0) + 1));
  return redis;
}

/** Of Sentinels, and of servers whose certificates are signed by someone of one's own; none of what ioredis reads itself. */
function optionsOf(url: string): Omit<RedisOptions, 'replyMapping'> {
  const address = parseStoreAddress(url);
  if (address === null || (address.primary === null && address.caFile === null)) return {};
  const { at, primary, username, password, database, caFile } = address;
  const tls = address.tls ? { tls: caFile === null ? {} : { ca: readFileSync(caFile) } } : {};
  const login = { ...(username === '' ? {} : { username }), ...(password === '' ? {} : { password }), db: database };
  if (primary === null) return { ...login, ...tls, ...at[0] };
  return {
    ...login,
    ...tls,
    ...(address.tls ? { enableTLSForSentinelMode: true, sentinelTLS: tls.tls ?? {} } : {}),
    sentinels: [...at],
    name: primary,
    // A primary whose machine is gone refuses nothing: whoever waits for it misses that there is another by now.
    connectTimeout: PRIMARY_MS,
    sentinelRetryStrategy: (attempt) => Math.min(50 * attempt, MAX_RECONNECT_MS),
  };
}

const timesConnected = new WeakMap<Redis, number>();

/**
 * How often the connection was made. A Redis that restarts breaks it: what was answered between two equal counts was
 * answered by one run, which has lost nothing of it.
 */
export function countConnections({ redis }: Pick<Store, 'redis'>): number {
  return timesConnected.get(redis) ?? 0;
}

/** One attempt to reach the Redis of a connection anew, begun by `connect()`. */
export function connectOnceMore({ redis }: Pick<Store, 'redis'>): Redis {
  return redis.duplicate({ ...FOR.once, enableOfflineQueue: true, commandTimeout: undefined });
}

/** Codes of a connection that is refused or breaks (Node, "Common system errors"). */
const OUTAGES = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND']);

/** True of an error that says only that the connection to Redis is gone. */
export function isOutage(error: Error): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return (code !== undefined && OUTAGES.has(code)) || error.message.startsWith('Connection is closed');
}

/**
 * Has an outage told once when it begins and once when it ends: not by each connection of a process, nor at each attempt
 * to connect again. Gives what takes a connection into the watch.
 */
export function createOutageWatch(tell: {
  readonly away: (message: string) => void;
  readonly back: () => void;
}): (redis: Redis) => void {
  const down = new Set<Redis>();
  const recovered = (redis: Redis) => {
    if (down.delete(redis) && down.size === 0) tell.back();
  };
  return (redis) => {
    redis.on('error', (error: Error) => {
      if (down.size === 0) tell.away(error.message);
      down.add(redis);
    });
    redis.on('ready', () => recovered(redis));
    redis.on('end', () => down.delete(redis));
  };
}

/** Resolves once Redis serves, if only what is read; rejects where the connection gives up. */
export async function pingRedis({ redis }: Pick<Store, 'redis'>): Promise<void> {
  try {
    await redis.ping();
  } catch (error) {
    // One that cannot write to its disk refuses even PING (Redis 7, `processCommand` of server.c), and reads on.
    if (!messageOf(error).startsWith('MISCONF')) throw error;
  }
}

/** True where Redis answers within `ms`. */
export async function answersWithin(store: Pick<Store, 'redis'>, ms: number): Promise<boolean> {
  const timer = new Promise<false>((done) => {
    setTimeout(() => done(false), ms).unref();
  });
  const answer = pingRedis(store).then(
    () => true,
    () => false,
  );
  return Promise.race([answer, timer]);
}

/** Calls `listener` each time that the connection is made, the first time included. */
export function onConnected({ redis }: Pick<Store, 'redis'>, listener: () => void): void {
  redis.on('ready', listener);
}

/** Calls `listener` each time that the connection breaks, or cannot be made. */
export function onBroken({ redis }: Pick<Store, 'redis'>, listener: () => void): void {
  redis.on('close', listener);
}

export function isConnected({ redis }: Pick<Store, 'redis'>): boolean {
  return redis.status === 'ready';
}

/** Ends a connection at once; what waits for an answer fails. */
export function closeRedis({ redis }: Pick<Store, 'redis'>): void {
  redis.disconnect();
}

export interface RedisFinding {
  readonly level: 'refuse' | 'warn';
  readonly why: Reason;
}

/** What in the server's settings would lose jobs or entries. An empty list is good. Throws where Redis does not answer. */
export async function inspectRedis({ redis }: Pick<Store, 'redis'>): Promise<RedisFinding[]> {
  const info = parseInfo(await redis.info());
  const findings: RedisFinding[] = [];
  const find = (level: RedisFinding['level'], why: Reason) => void findings.push({ level, why });
  const version = info.get('valkey_version') ?? info.get('redis_version') ?? '0.0';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < MIN_VERSION[0] || (major === MIN_VERSION[0] && minor < MIN_VERSION[1]))
    find('refuse', reason('redis.too-old', { version, least: MIN_VERSION.join('.') }));
  const policy = info.get('maxmemory_policy') ?? 'unknown';
  const isBounded = Number(info.get('maxmemory') ?? 0) > 0;
  // With a memory limit the server will evict jobs; without one the policy never acts, but someone may set a limit.
  if (policy !== 'noeviction') find(isBounded ? 'refuse' : 'warn', reason('redis.evicts', { policy }));
  if (!isBounded) find('warn', reason('redis.unbounded'));
  if (info.get('aof_enabled') !== '1')
    find('warn', (await saveSetting(redis)) === '' ? reason('redis.keeps-nothing') : reason('redis.snapshots'));
  if (info.get('role') === 'slave') find('refuse', reason('redis.replica'));
  return findings;
}

/** Redis's clock, epoch ms. */
export async function readClock({ redis }: Pick<Store, 'redis'>): Promise<number> {
  const [seconds, micros] = await redis.time();
  return Number(seconds) * 1000 + Number(micros) / 1000;
}

export interface RedisMemory {
  readonly usedBytes: number;
  /** `maxmemory`; null where none is set. */
  readonly maxBytes: number | null;
}

export async function readMemory({ redis }: Pick<Store, 'redis'>): Promise<RedisMemory> {
  const info = parseInfo(await redis.info('memory'));
  return { usedBytes: Number(info.get('used_memory') ?? 0), maxBytes: Number(info.get('maxmemory') ?? 0) || null };
}

/** The `save` setting; null where CONFIG is not allowed, as on managed servers. */
async function saveSetting(redis: Redis): Promise<string | null> {
  try {
    const [, value] = await redis.config('GET', 'save');
    return value ?? '';
  } catch {
    return null;
  }
}

function parseInfo(text: string): Map<string, string> {
  const map = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) map.set(line.slice(0, colon), line.slice(colon + 1));
  }
  return map;
}

/** Claims the key prefix for this layout. Throws StoreError `layout` where another layout stands there: its data would be misread. */
export async function claimLayout(store: Store): Promise<void> {
  let found = await store.redis.get(keys.layout(store));
  // A store that is claimed needs no write: Redis may take none just now.
  if (found === null) {
    await store.redis.set(keys.layout(store), LAYOUT, 'NX');
    found = await store.redis.get(keys.layout(store));
  }
  if (found !== LAYOUT)
    throw new StoreError(
      'layout',
      reason('redis.layout', { prefix: store.prefix, found: found ?? '–', known: LAYOUT }),
    );
}
