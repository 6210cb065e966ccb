/** Runs the BullMQ workers of this process: polls, ingests, placings; swaps the fetcher when its settings change. */
import { setFlagsFromString } from 'node:v8';
import { type Job, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { collectGarbage } from '../threads/collectgarbage.ts';
import { countThreads, type Threads } from '../threads/pool.ts';
import type { Logger } from 'pino';
import type { Editor } from '../pipeline/editorial.ts';
import { createFetcher } from '../fetch/fetcher.ts';
import { createSender } from '../fetch/sender.ts';
import { queuePrefix, type Store } from '../store/redis/keys.ts';
import type { Config, Settings } from '../model/config.ts';
import { runAlert } from './alerts/alert.ts';
import { watchGivenUp } from './givenup.ts';
import { pauseBefore, runFullText } from './fulltext.ts';
import { runIngest } from './ingest.ts';
import { type Passed, rememberPassed } from './passed.ts';
import { runPlacing } from './replace.ts';
import { createPollRoom } from './pollroom.ts';
import { noteBrokenPoll, type PollDeps, runPoll } from './poll.ts';
import { createFailureLog, isTold } from './failurelog.ts';
import { startPushWorkers } from './push.ts';
import { runReceive } from './receive.ts';
import { createShares, type Shares, ingestShare, pageShare, pollShare, runWithin } from './shares.ts';
import { within } from '../text/within.ts';
import { A } from '../sources/allowances.ts';
import {
  type AlertJob,
  type FullTextJob,
  type IngestJob,
  PLACE,
  type PlaceJob,
  type PollJob,
  type Queues,
  RECEIVE,
  type ReceiveJob,
} from './queues.ts';

/** Jobs that run get this long to finish when the daemon stops; BullMQ itself would wait without limit. */
const CLOSE_MS = 3_500;
/** Requests that were ended let their jobs end. */
const CUT_OFF_MS = 1_000;
/** A worker that died in the middle of a job is noticed after at most this and the job's lock, and the job runs again. */
const STALLED_INTERVAL_MS = 5_000;
const LOCK_MS = 15_000;
/**
 * A job whose worker died runs again, but not on and on: what may end a process is done in threads. What a job that was
 * given up had comes again, for its source is read whole again.
 */
const MAX_STALLED = 2;
/** Ingests beyond the threads that edit: they fill the waits for Redis. */
const SPARE_INGESTS = 1;

export interface WorkersDeps {
  /** A connection of their own (BullMQ duplicates it to block on). */
  readonly connection: Redis;
  readonly store: Store;
  readonly queues: Queues;
  readonly threads: Threads;
  readonly state: {
    readonly config: () => Config;
    readonly editor: () => Promise<Editor>;
    readonly onConfig: (listener: (config: Config) => void) => void;
  };
  readonly log: Logger;
  readonly now: () => number;
  readonly nextFiring: (expression: string, sourceId: string) => number | null;
}

/**
 * V8 lets garbage grow to several times what lives before it collects it. Half of it costs a tenth more CPU than V8's own
 * bound and takes 170 MB less at a first poll of 150 feeds; a quarter costs as much again and saves 15 MB.
 */
const HEAP_GROWING_PERCENT = 50;

function boundGarbage(): void {
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWING_PERCENT}`);
  // V8 reckons with it from the next collection on, which may be a hundred megabytes away.
  collectGarbage();
}

interface Workers {
  /** Polls, articles and ingests that this process has in hand. */
  busy(): number;
  stop(): Promise<void>;
}

export function startWorkers(deps: WorkersDeps): Workers {
  const { store, queues, threads, log, now } = deps;
  const { config, onConfig } = deps.state;
  boundGarbage();
  let limits = config().settings.fetch;
  let [fetcher, sender] = [createFetcher(limits), createSender(limits)];
  const shares = createShares(now);
  const options = {
    connection: deps.connection,
    prefix: queuePrefix(store.prefix),
    stalledInterval: STALLED_INTERVAL_MS,
    maxStalledCount: MAX_STALLED,
    lockDuration: LOCK_MS,
  };

  const room = createPollRoom(store, queues, now);
  const pollDeps = (): PollDeps => {
    return { store, queues, config, fetcher, threads, room, log, now, nextFiring: deps.nextFiring };
  };
  const told = createFailureLog(log, now);
  const passed = rememberPassed(store, now, told.broken('fulltext'));
  const polls = new Worker<PollJob>(
    'poll',
    (job, token) =>
      runWithin({ shares, now }, pollShare(config(), job.data), job, token, () =>
        room.begin(job, token, () => runPoll(pollDeps(), job, token)),
      ),
    { ...options, concurrency: limits.concurrency },
  );
  const pages = new Worker<FullTextJob>(
    'fulltext',
    (job, token) =>
      runWithin({ shares, now }, pageShare(job.data), job, token, () =>
        runFullText({ store, queues, config, fetcher, threads, log, now, passed }, job, token),
      ),
    {
      ...options,
      concurrency: A.pages.atOnce,
      settings: { backoffStrategy: (triesMade, _type, error) => pauseBefore(triesMade, error) },
    },
  );
  const ingests = new Worker<IngestJob | PlaceJob | ReceiveJob>(
    'ingest',
    (job, token) => runOfIngest({ ...deps, passed }, shares, job, token),
    { ...options, concurrency: ingestsAtOnce(config()) },
  );
  const alerts = new Worker<AlertJob>('alert', (job) => runAlert({ config, sender, now }, job), {
    ...options,
    concurrency: 1,
  });
  const pushes = startPushWorkers({ store, queues, log, now, state: deps.state }, options);
  const all = [polls, pages, ingests, alerts, ...pushes.workers];
  for (const worker of all) worker.on('error', told.broken(worker.name));
  for (const worker of [polls, pages, ingests]) worker.on('failed', told.failed(worker.name));
  for (const worker of [pages, ingests] as Worker[])
    worker.on('failed', watchGivenUp({ store, log, now }, told.broken(worker.name)));
  polls.on('failed', (job, error) => {
    if (job === undefined || isTold(error)) return;
    noteBrokenPoll(pollDeps(), job.data.source, error).catch(told.broken(polls.name));
  });
  alerts.on('failed', (job, error) => log.warn({ source: job?.name, error: error.message }, 'alert not delivered'));

  onConfig((next) => {
    const { settings } = next;
    ingests.concurrency = ingestsAtOnce(next);
    if (same(settings.fetch, limits)) return;
    const old = [fetcher, sender];
    fetcher = createFetcher(settings.fetch);
    sender = createSender(settings.fetch);
    polls.concurrency = settings.fetch.concurrency;
    // Requests that run keep the old one until they are done.
    setTimeout(() => void Promise.all(old.map((one) => one.close())), limits.timeoutMs).unref();
    limits = settings.fetch;
  });

  return {
    busy: shares.inHand,
    stop: () => closeAll(all, () => Promise.all([fetcher.close(), sender.close(), pushes.release()])),
  };
}

/** `endRequests` ends what is under way, after its time. */
async function closeAll(workers: readonly Worker[], endRequests: () => Promise<unknown>): Promise<void> {
  // Asked again, BullMQ gives the same promise: what hangs is cut off by its connections.
  const closing = Promise.allSettled(workers.map((worker) => worker.close()));
  await within(closing, CLOSE_MS);
  await endRequests();
  // What is cut off is found stalled and run again: every job may run twice.
  await within(closing, CUT_OFF_MS);
}

/** Runs a job of the queue `ingest`, of whichever kind. */
function runOfIngest(
  { store, queues, threads, state: { config, editor }, log, now, passed }: WorkersDeps & { readonly passed: Passed },
  shares: Shares,
  job: Job<IngestJob | PlaceJob | ReceiveJob>,
  token: string | undefined,
): Promise<object> {
  if (job.name === PLACE) return runPlacing({ store, config, editor, now }, job as Job<PlaceJob>, token);
  const share = ingestShare(job.data as IngestJob | ReceiveJob, ingestsAtOnce(config()));
  return runWithin<object>({ shares, now }, share, job, token, () =>
    job.name === RECEIVE
      ? runReceive({ store, queues, config, threads, log, now }, job as Job<ReceiveJob>)
      : runIngest(
          { store, config, threads, log, now, passed, isAlone: () => shares.inHand() === 1 },
          job as Job<IngestJob>,
        ),
  );
}

function ingestsAtOnce({ settings }: Config): number {
  return Math.max(1, countThreads(settings.threads)) + SPARE_INGESTS;
}

function same(a: Settings['fetch'], b: Settings['fetch']): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
