/** Composes the daemon: opens Redis, starts the roles, swaps configs, and stops everything in reverse. */
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { type Environment, readEnvironment } from '../config/environment.ts';
import { CONFIG_CHECKS } from '../pipeline/checks.ts';
import { createDesk } from './operations.ts';
import { createImageFetcher } from './imagefetcher.ts';
import { loadConfig } from '../config/files/load.ts';
import { watchConfig } from '../config/files/watch.ts';
import { showFault } from '../config/yaml/fault.ts';
import { addPolls, closeQueues, openQueues, type Queues } from '../jobs/queues.ts';
import { startWorkers } from '../jobs/workers.ts';
import { expandRegions, loadGazetteer } from '../divisions/gazetteer.ts';
import { createFirings } from './firings.ts';
import { startHeart } from './heart.ts';
import { fileStories, startReadingWords } from './indexing.ts';
import { startScheduler } from './schedule.ts';
import { ConfigError, StartError } from './starterror.ts';
import { checkRedis, connector, openRedis, openStore } from './openredis.ts';
import { keepUp } from './upkeep.ts';
import { holdInForce, type InForce } from '../pipeline/inforce.ts';
import { KEY_PREFIX, type Store } from '../store/redis/keys.ts';
import { readSecret } from '../store/auth/secret.ts';
import { registerRules } from '../store/ledger/rulecounts.ts';
import type { Config, Fault } from '../model/config.ts';
import { messageOf } from '../text/messageof.ts';
import { openThreads, type Threads } from '../threads/pool.ts';
import { createWeb } from '../web/server.ts';

export const ROLES = ['scheduler', 'worker', 'web'] as const;
export type Role = (typeof ROLES)[number];

export interface DaemonOptions {
  readonly configFolder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly roles: readonly Role[];
  readonly version: string;
  readonly log: Logger;
}

export interface Daemon {
  /** Where the web role listens; null without it. */
  readonly address: string | null;
  readonly config: () => Config;
  /** Stops within 10 s: what runs is finished or given back to the queue. */
  stop(): Promise<void>;
}

const WEB_CLOSE_MS = 1_500;

type Stop = () => Promise<void>;

/** What the parts of one start share; `stops` is run from its end. */
interface Start extends DaemonOptions {
  readonly environment: Environment;
  readonly state: InForce;
  readonly threads: Threads;
  readonly stops: Stop[];
  readonly connect: (purpose: 'worker' | 'web') => Redis;
}

/** Starts the daemon. Throws StartError where it cannot. */
export async function startDaemon(options: DaemonOptions): Promise<Daemon> {
  const { log, roles } = options;
  const environment = readEnvironment(options.env);
  const loaded = await loadConfig(options.configFolder, options.env, CONFIG_CHECKS, Date.now());
  if (!loaded.ok) throw new ConfigError(loaded.faults);
  const stops: Stop[] = [];
  const stop = async () => {
    for (const one of stops.splice(0).reverse())
      await one().catch((error: unknown) => log.error({ error: messageOf(error) }, 'while stopping'));
  };
  try {
    const opening = { environment, log, stops };
    const redisAddress = await openRedis(opening, roles.length < ROLES.length ? roles : null);
    const state = holdInForce(loaded.config);
    const threads = openThreads({ ...state, log });
    stops.push(() => threads.stop());
    const start: Start = {
      ...options,
      environment,
      state,
      threads,
      stops,
      connect: connector(opening, redisAddress),
    };
    const store = openStore(start.connect('worker'), log);
    await checkRedis(store, 'url' in redisAddress, log);
    await fileStories(store, log);
    if (roles.includes('scheduler')) await startScheduling(start, store);
    const working = roles.includes('worker') ? startWorking(start, store) : null;
    const busy = () => working?.busy() ?? 0;
    const heart = startHeart({ store, log, now: Date.now, roles, version: options.version, busy });
    stops.push(() => heart.stop());
    const address = roles.includes('web') ? await startWeb(start, await readSecret(store)) : null;
    await followConfig(start);
    return { address, config: () => start.state.config(), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * BullMQ defines some sixty scripts on a connection, and each pipeline made there copies them all: the store's pipelines,
 * one or more a poll, are made on another.
 */
function openOwnQueues({ connect: open, stops }: Start): Queues {
  const queues = openQueues(open('worker'), KEY_PREFIX);
  stops.push(() => closeQueues(queues));
  return queues;
}

async function startScheduling(start: Start, store: Store): Promise<void> {
  const { state, log, stops } = start;
  const queues = openOwnQueues(start);
  const scheduler = startScheduler({
    firings: createFirings(Date.now),
    store,
    queues,
    log,
    now: Date.now,
    hourly: () => keepUp(store, state.config(), log, Date.now()),
  });
  stops.push(() => scheduler.stop());
  stops.push(startReadingWords(store, log));
  const apply = async (config: Config) => {
    await scheduler.apply(config);
    await registerRules(store, config.rules, Date.now());
  };
  await apply(state.config());
  state.onConfig((config) => {
    apply(config).catch((error: unknown) => {
      log.error({ error: messageOf(error) }, 'the new config could not be scheduled');
    });
  });
}

function startWorking(start: Start, store: Store): { busy(): number } {
  const { state, threads, log, stops } = start;
  const queues = openOwnQueues(start);
  const firings = createFirings(Date.now);
  const workers = startWorkers({
    connection: start.connect('worker'),
    store,
    queues,
    threads,
    state,
    log,
    now: Date.now,
    nextFiring: (expression, sourceId) => firings.next(expression, sourceId),
  });
  stops.push(() => workers.stop());
  return workers;
}

/** `secret` comes from a connection that waits: the one made here refuses every command until it is ready. */
async function startWeb(start: Start, secret: string): Promise<string> {
  const { state, log, stops } = start;
  const redis = start.connect('web');
  const queues = openQueues(redis, KEY_PREFIX);
  stops.push(() => closeQueues(queues));
  const gazetteer = loadGazetteer();
  const pictures = createImageFetcher(() => state.config());
  stops.push(() => pictures.close());
  const store = openStore(redis, log);
  const web = createWeb({
    store,
    images: { secret, fetchImage: pictures.fetchImage },
    desk: createDesk({
      folder: start.configFolder,
      env: start.env,
      store,
      config: () => state.config(),
      threads: start.threads,
      now: Date.now,
    }),
    queues,
    config: () => state.config(),
    faults: () => state.faults(),
    liveness: { startedAt: Date.now(), version: start.version, roles: start.roles },
    pollNow: (sources) => addPolls(queues, sources, 'asked'),
    regionName: (code) => gazetteer.byCode.get(code)?.name ?? null,
    regionCodes: (name) => {
      const { codes, unknown } = expandRegions(gazetteer, [name], state.config().regions);
      return unknown.length > 0 ? null : [...codes];
    },
    log,
    now: Date.now,
  });
  const { host, port } = state.config().settings.server;
  try {
    const address = await web.listen({ host, port });
    stops.push(() => Promise.race([web.close(), new Promise<void>((done) => setTimeout(done, WEB_CLOSE_MS).unref())]));
    return address;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new StartError([
      code === 'EADDRINUSE'
        ? `${host}:${port} is in use: stop what listens there, or set DELTAWIRE_PORT`
        : `${host}:${port}: ${message}`,
    ]);
  }
}

async function followConfig({ configFolder, env, state, log, stops }: Start): Promise<void> {
  const handlers = {
    onConfig(config: Config) {
      const before = state.config().settings.server;
      log.info({ version: config.version, sources: config.sources.length }, 'config in force');
      state.setConfig(config);
      const { host, port } = config.settings.server;
      if (host !== before.host || port !== before.port)
        log.warn('server.host and server.port take effect at the next start');
    },
    onFaults(faults: readonly Fault[]) {
      state.setFaults(faults);
      for (const fault of faults) log.error(`${showFault(fault, 'en')} (the last good config stays in force)`);
    },
  };
  // Naming the version in force: a change between loading and watching is seen, too.
  const version = state.config().version;
  const watcher = await watchConfig(configFolder, env, CONFIG_CHECKS, handlers, { version });
  stops.push(() => watcher.close());
}
