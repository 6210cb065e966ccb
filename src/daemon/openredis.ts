/** Opens Redis for the daemon: the private server or the one of REDIS_URL, checked, with its outages told once. */
import { setTimeout } from 'node:timers/promises';
import type { Unreadable } from '../model/storedrecord.ts';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { Environment } from '../config/environment.ts';
import { reason } from '../reasons/catalogue.ts';
import { whyOf } from '../reasons/whyof.ts';
import { say } from '../reasons/render.ts';
import { type RedisChild, RedisChildError, startRedisChild } from '../store/redis/child.ts';
import {
  claimLayout,
  closeRedis,
  connectRedis,
  createOutageWatch,
  inspectRedis,
  redisAddress,
  type RedisAddress,
} from '../store/redis/connect.ts';
import { KEY_PREFIX, type Store } from '../store/redis/keys.ts';
import { socketPath } from '../store/redis/lock.ts';
import { reachRedis } from '../store/redis/reach.ts';
import { listUnreadable } from '../store/redis/unreadable.ts';
import { messageOf } from '../text/messageof.ts';
import { StartError } from './starterror.ts';

/** What is opened adds its end to `stops`, which are run from the last to the first. */
export interface OpenDeps {
  readonly environment: Environment;
  readonly log: Logger;
  readonly stops: (() => Promise<void>)[];
  /** Ends the start. */
  readonly signal?: AbortSignal | undefined;
}

/** Pause before a private server that did not come up is started again. */
const AGAIN_MS = 5_000;

/**
 * Where Redis is, or will be once it is opened; `only`: the roles of a process that does not have them all. Throws
 * StartError.
 */
export function placeOfRedis({ redisUrl, dataFolder }: Environment, only: readonly string[] | null): RedisAddress {
  if (redisUrl === null && only !== null) throw new StartError([reason('start.alone', { roles: only })], true);
  return redisUrl === null ? { socket: socketPath(dataFolder, 'redis.sock') } : redisAddress(redisUrl);
}

/**
 * Starts the private server where there is no REDIS_URL, and resolves once Redis answers. Throws StartError where it does
 * not within some seconds; with `isAway` only where no waiting would help, and that hears what is wrong meanwhile.
 */
export async function openRedis(
  opening: OpenDeps,
  address: RedisAddress,
  isAway: ((said: string) => void) | undefined,
): Promise<void> {
  const { environment, log, signal } = opening;
  try {
    if (environment.redisUrl === null) await startPrivate(opening, isAway);
    // `web` connections fail at once while Redis is away; waiting for it is the start's affair.
    await reachRedis(address, (message) => log.warn(message), { signal, isAway });
  } catch (error) {
    throw new StartError([whyOf(error)]);
  }
}

async function startPrivate(
  { environment: { dataFolder }, log, stops, signal }: OpenDeps,
  isAway: ((said: string) => void) | undefined,
): Promise<void> {
  let child: RedisChild | null = null;
  let isEnded = false;
  // Whatever is opened while it does not come up yet stops before it.
  stops.push(async () => {
    isEnded = true;
    await child?.stop();
  });
  while (child === null)
    try {
      child = await startRedisChild(dataFolder, (message) => log.warn(message), signal);
    } catch (error) {
      const isFinal = error instanceof RedisChildError ? !error.canPass : false;
      if (isAway === undefined || isFinal || signal?.aborted === true) throw error;
      isAway(messageOf(error));
      await setTimeout(AGAIN_MS, undefined, { signal });
    }
  if (isEnded) {
    await child.stop();
    throw new StartError([reason('start.ended')]);
  }
  log.info({ data: dataFolder }, 'private redis-server runs');
}

/** Gives what makes connections, all of which tell of one outage once. */
export function connector({ log, stops }: OpenDeps, address: RedisAddress): (purpose: 'worker' | 'web') => Redis {
  const watch = createOutageWatch({
    away: (message) => log.error({ error: message }, 'Redis is away'),
    back: () => log.info('Redis is back'),
  });
  return (purpose) => {
    const redis = connectRedis(address, purpose);
    watch(redis);
    stops.push(async () => closeRedis({ redis }));
    return redis;
  };
}

/** The daemon's store, whose unreadable records are logged and listed. */
export function openStore(redis: Redis, log: Logger): Store {
  const store: Store = { redis, prefix: KEY_PREFIX };
  const tell = ({ key, why }: Unreadable) => log.error({ key, why }, 'a stored record is skipped: `deltawire doctor`');
  return { ...store, onUnreadable: listUnreadable(store, tell, Date.now) };
}

/** Throws StartError where a Redis that others set up would lose entries, or holds what this version cannot read. */
export async function checkRedis(store: Store, foreign: boolean, log: Logger): Promise<void> {
  if (foreign) {
    const findings = await inspectRedis(store);
    for (const { level, why } of findings) if (level === 'warn') log.warn({ code: why.code }, say(why, 'en'));
    const refused = findings.filter(({ level }) => level === 'refuse').map(({ why }) => why);
    if (refused.length > 0) throw new StartError(refused);
  }
  try {
    await claimLayout(store);
  } catch (error) {
    throw new StartError([whyOf(error)]);
  }
}
