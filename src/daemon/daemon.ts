/** Composes the daemon: opens Redis, starts the roles, swaps configs, and stops everything in reverse. */
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { type Environment, readEnvironment } from '../config/environment.ts';
import { configSignature, watchConfig } from '../config/files/watch.ts';
import { showFault } from '../config/yaml/fault.ts';
import { closeQueues, openQueues, type Queues } from '../jobs/queues.ts';
import { startWorkers } from '../jobs/workers.ts';
import type { LoadResult } from '../config/build.ts';
import { configLoader } from './configloader.ts';
import { createFirings } from './firings.ts';
import { startHeart } from './heart.ts';
import { fileStories, startReadingWords } from './indexing.ts';
import { createStopAlerts } from './stopalerts.ts';
import { startScheduler } from './schedule.ts';
import { ConfigError, StartError } from './starterror.ts';
import { createPatience, createStandby, type Patiently } from './standby.ts';
import { prepareWeb } from './webrole.ts';
import { checkRedis, connector, openRedis, openStore, placeOfRedis } from './openredis.ts';
import { renamedUnsaid } from '../sources/configured.ts';
import { carryRenamed, keepUp } from './upkeep.ts';
import { holdInForce, type InForce } from '../pipeline/inforce.ts';
import { probeWrites, proveWrites } from '../store/beats.ts';
import { KEY_PREFIX, type Store } from '../store/redis/keys.ts';
import { readSecret } from '../store/auth/secret.ts';
import { registerRules } from '../store/ledger/rulecounts.ts';
import type { Config, Fault } from '../model/config.ts';
import { DAY_MS } from '../text/time.ts';
import { within } from '../text/within.ts';
import { reason } from '../reasons/catalogue.ts';
import { messageOf } from '../text/messageof.ts';
import { openThreads, type Threads } from '../threads/pool.ts';

export const ROLES = ['scheduler', 'worker', 'web'] as const;
export type Role = (typeof ROLES)[number];

export interface DaemonOptions {
  readonly configFolder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly roles: readonly Role[];
  readonly version: string;
  readonly log: Logger;
  /** Ends the start, or stops what has started. */
  readonly signal?: AbortSignal | undefined;
}

export interface Daemon {
  /** Where the web role listens; null without it. */
  readonly address: string | null;
  readonly config: () => Config;
  /** Open until the daemon stops. */
  readonly store: Store;
  /** Stops within 10 s: what runs is finished or given back to the queue. */
  stop(): Promise<void>;
}

/** All that stops has this time together; a private server comes last, and has its own. */
const STOPS_MS = 6_500;
const LEAST_STOP_MS = 100;
const AFTER_END_MS = 1_000;

type Stop = () => Promise<void>;

/** What the parts of one start share; `stops` is run from its end. */
interface Start extends DaemonOptions {
  readonly environment: Environment;
  readonly state: InForce;
  readonly threads: Threads;
  readonly stops: Stop[];
  readonly connect: (purpose: 'worker' | 'web') => Redis;
}

/** Starts the daemon. Throws StartError where it cannot, or where `signal` ended the start. */
export async function startDaemon(options: DaemonOptions): Promise<Daemon> {
  const stops: Stop[] = [];
  const starting = start(options, stops);
  const { signal } = options;
  const ended = new Promise<never>((_, fail) => {
    const end = () => fail(new StartError([reason('start.ended')]));
    if (signal?.aborted === true) end();
    else signal?.addEventListener('abort', end, { once: true });
  });
  try {
    return await Promise.race([starting, ended]);
  } catch (error) {
    await runStops(stops, options.log);
    // What the start still opens ends with it: its connections are closed by now.
    await within(
      starting.catch(() => undefined),
      AFTER_END_MS,
    );
    await runStops(stops, options.log);
    throw error;
  }
}

/** From the last to the first; what hangs, as on a Redis that does not answer, is left after its time. */
async function runStops(stops: Stop[], log: Logger): Promise<void> {
  const ends = performance.now() + STOPS_MS;
  for (const one of stops.splice(0).reverse()) {
    const stopping = one().catch((error: unknown) => log.error({ error: messageOf(error) }, 'while stopping'));
    await within(stopping, Math.max(LEAST_STOP_MS, ends - performance.now()));
  }
}

async function start(options: DaemonOptions, stops: Stop[]): Promise<Daemon> {
  const { log, roles, signal } = options;
  const environment = readEnvironment(options.env);
  const load = configLoader(options.configFolder, options.env, (message) =>
    log.warn({ error: message }, 'the config is loaded here'),
  );
  // Taken before the files are read: a change between this and the watching is seen, too.
  const signature = await configSignature(options.configFolder);
  const loaded = await load();
  if (!loaded.ok) throw new ConfigError(loaded.faults);
  const opening = { environment, log, stops, signal };
  const place = placeOfRedis(environment, roles.length < ROLES.length ? roles : null);
  const state = holdInForce(loaded.config);
  const threads = openThreads({ ...state, log });
  stops.push(() => threads.stop());
  const parts: Start = { ...options, environment, state, threads, stops, connect: connector(opening, place) };
  const alerts = createStopAlerts({ config: () => state.config(), log, now: Date.now });
  const web = roles.includes('web') ? prepareWeb(parts) : null;
  let follows = false;
  const serve = async () => {
    await web?.listen();
    if (!follows) await followConfig(parts, load, signature);
    follows = true;
  };
  const standby = createStandby({ hasFeeds: (await web?.hasKeptFeeds()) ?? false, serve, alerts, log });
  await standby.serveUntil(openRedis(opening, place, standby.isAway));
  const store = openStore(parts.connect('worker'), log);
  await checkRedis(store, 'url' in place, log);
  const patiently = createPatience({ probe: () => probeWrites(store), serve, alerts, log, signal });
  await patiently(() => proveWrites(store));
  await patiently(() => fileStories(store, state.config().settings.stories.exactDays * DAY_MS, log));
  const secret = await patiently(() => readSecret(store));
  if (roles.includes('scheduler')) await startScheduling(parts, store, patiently);
  const working = roles.includes('worker') ? startWorking(parts, store) : null;
  const busy = () => working?.busy() ?? 0;
  const heart = startHeart({ store, log, now: Date.now, roles, version: options.version, busy, alerts });
  stops.push(() => heart.stop());
  web?.open(secret);
  await serve();
  return { address: web?.address() ?? null, config: () => state.config(), store, stop: () => runStops(stops, log) };
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

async function startScheduling(start: Start, store: Store, patiently: Patiently): Promise<void> {
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
    // Before its polls come due under the new id, and before stories are placed by it.
    await carryRenamed(store, config, log, Date.now()).catch((error: unknown) => {
      log.error({ error: messageOf(error) }, 'history of renamed sources is carried over within the hour');
    });
    await scheduler.apply(config);
    await registerRules(store, config.rules, Date.now());
  };
  await patiently(() => apply(state.config()));
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

async function followConfig(
  { configFolder, state, log, stops }: Start,
  load: () => Promise<LoadResult>,
  signature: string,
): Promise<void> {
  const handlers = {
    onConfig(config: Config) {
      for (const { from, to } of renamedUnsaid(state.config(), config))
        log.warn(
          { from, to },
          `source ${to} polls what ${from} polled and begins anew; to keep its history give it \`formerly: [${from}]\``,
        );
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
  const { version } = state.config();
  const watcher = await watchConfig(configFolder, load, handlers, { version, signature });
  stops.push(() => watcher.close());
}
