/** Opens Redis for the daemon: the private server or the one of REDIS_URL, checked, with its outages told once. */
import type { Unreadable } from '../model/storedrecord.ts';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { Environment } from '../config/environment.ts';
import { say } from '../reasons/render.ts';
import { startRedisChild } from '../store/redis/child.ts';
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

/** Waits until Redis answers; `only`: the roles of a process that does not have them all. Throws StartError. */
export async function openRedis(
  { environment, log, stops, signal }: OpenDeps,
  only: readonly string[] | null,
): Promise<RedisAddress> {
  const { redisUrl } = environment;
  if (redisUrl === null && only !== null)
    throw new StartError([`--role ${only.join()} works with others over one Redis: set REDIS_URL`], true);
  try {
    const address =
      redisUrl === null ? await startPrivate({ environment, log, stops, signal }) : redisAddress(redisUrl);
    // `web` connections fail at once while Redis is away; waiting for it is the start's affair.
    await reachRedis(address, (message) => log.warn(message));
    return address;
  } catch (error) {
    throw new StartError([messageOf(error)]);
  }
}

async function startPrivate({ environment: { dataFolder }, log, stops, signal }: OpenDeps): Promise<RedisAddress> {
  const child = await startRedisChild(dataFolder, (message) => log.warn(message), signal);
  stops.push(() => child.stop());
  log.info({ data: dataFolder }, 'private redis-server runs');
  return { socket: child.socket };
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
    const refused = findings.filter(({ level }) => level === 'refuse').map(({ why }) => say(why, 'en'));
    if (refused.length > 0) throw new StartError(refused);
  }
  try {
    await claimLayout(store);
  } catch (error) {
    throw new StartError([messageOf(error)]);
  }
}
