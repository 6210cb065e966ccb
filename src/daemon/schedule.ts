/** Has sources polled when they are due: node-cron fires, and a lock in Redis lets one scheduler of many through. */
import { reason } from '../reasons/catalogue.ts';
import { hostname } from 'node:os';
import { type RunCoordinator, type ScheduledTask, schedule } from 'node-cron';
import type { Logger } from 'pino';
import { makeDigests } from './digests.ts';
import { sweepFollowings } from '../jobs/follow.ts';
import { resolveAddress } from '../sources/configured.ts';
import { paceKey } from '../sources/host.ts';
import { spacingOf } from '../store/sources/pace.ts';
import { createHostSpacing, type SpacePolls } from './hostspacing.ts';
import { addPlacing, addPolls, promoteDelayed, type Queues } from '../jobs/queues.ts';
import type { Store } from '../store/redis/keys.ts';
import { readPlacing, wantPlacing } from '../store/stories/placedby.ts';
import { placementOf } from '../pipeline/placement.ts';
import { noteClock } from '../store/sources/clockback.ts';
import { watchClock } from './clockwatch.ts';
import { takeLock } from '../store/redis/mutex.ts';
import { dueSources, readSourceStates, recordNextPolls, clearDue, setDue, takeDue } from '../store/sources/sources.ts';
import type { Config } from '../model/config.ts';
import type { Source, SourceState } from '../model/source.ts';
import { messageOf } from '../text/messageof.ts';
import { HOUR_MS } from '../text/time.ts';
import { type Firings, ZONE } from './firings.ts';

/** Due sources moved to the queue at one sweep; more wait for the next. */
const SWEEP_LIMIT = 2_000;
/** A source whose poll was lost on the way comes due again after this. */
const LOST_POLL_MS = HOUR_MS;
const TOLERANCE_MS = 30_000;
/** Entries of the minute before are stored by then. */
const SETTLED_MS = 60_000;

export interface Scheduler {
  /** Takes a new config: tasks that stay the same go on. */
  apply(config: Config): Promise<void>;
  stop(): Promise<void>;
}

export interface SchedulerDeps {
  readonly firings: Firings;
  readonly store: Store;
  readonly queues: Queues;
  readonly log: Logger;
  readonly now: () => number;
  /** Milliseconds by a clock that nobody sets; absent: the process's. */
  readonly monotonic?: () => number;
  /** Runs once an hour, on one scheduler: prune. */
  readonly hourly: () => Promise<void>;
}

/** Starts the standing tasks (sweep, hubs, placing, clock, hourly, digests); sources follow with `apply`. */
export function startScheduler(deps: SchedulerDeps): Scheduler {
  const start = taskStarter(deps);
  const monotonic = deps.monotonic ?? (() => performance.now());
  const spacePolls = createHostSpacing(monotonic);
  const tasks = new Map<string, ScheduledTask>();
  let config: Config | null = null;
  let isFirst = true;
  const begin = () => [
    start('sweep', '* * * * * *', () => sweep(deps, config, spacePolls)),
    start('hubs', '*/10 * * * * *', () => followHubs(deps, config)),
    start('placing', '*/5 * * * * *', () => placeStories(deps, config)),
    start('clock', '*/5 * * * * *', () => mendTimes(deps)),
    start('hourly', '23 * * * *', deps.hourly),
    start('digests', '* * * * *', () => digests(deps, config)),
  ];
  let standing = begin();
  const endTasks = async () => {
    for (const task of [...standing, ...tasks.values()]) await task.destroy();
    tasks.clear();
  };
  const beginTasks = (next: Config) => {
    for (const expression of expressionsOf(next)) {
      if (tasks.has(expression)) continue;
      tasks.set(
        expression,
        start(`sources ${expression}`, expression, () => fire(deps, config, expression)),
      );
    }
  };
  // node-cron waits by the clock for its next firing: set back by a day, it would fire nothing for as long.
  const beginAnew = async (byMs: number) => {
    deps.log.warn({ byMs: Math.round(byMs) }, `the clock was set ${byMs < 0 ? 'back' : 'ahead'}: schedules begin anew`);
    await endTasks();
    standing = begin();
    if (config !== null) beginTasks(config);
    await mendTimes(deps);
    if (config !== null) await placeSources(deps, config, false);
  };
  const watch = watchClock({ now: deps.now, monotonic }, (byMs) => {
    beginAnew(byMs).catch((error: unknown) => deps.log.error({ error: messageOf(error) }, 'schedules not begun anew'));
  });
  return {
    async apply(next) {
      config = next;
      const wanted = expressionsOf(next);
      for (const [expression, task] of tasks)
        if (!wanted.has(expression)) {
          await task.destroy();
          tasks.delete(expression);
        }
      beginTasks(next);
      if (isFirst) await mendTimes(deps);
      await placeSources(deps, next, isFirst);
      await wantPlacing(deps.store, placementOf(next));
      await placeStories(deps, next);
      isFirst = false;
    },
    async stop() {
      watch.stop();
      await endTasks();
    },
  };
}

/** Where this machine's clock was set back, what is due and what waits for its time comes earlier. */
async function mendTimes({ store, queues, log, now }: SchedulerDeps): Promise<void> {
  const back = await noteClock(store, hostname(), now());
  if (back === 0) return;
  const promoted = await promoteDelayed(queues);
  log.warn({ backMs: back, promoted }, 'the clock was set back: what is due comes earlier by as much');
}

type StartTask = (name: string, expression: string, run: () => Promise<void>) => ScheduledTask;

/** Starts tasks of which one scheduler of all runs each firing. */
function taskStarter({ store, log }: SchedulerDeps): StartTask {
  const runCoordinator: RunCoordinator = { shouldRun: (key, ttlMs) => takeLock(store, `cron:${key}`, ttlMs) };
  // A firing that is left out because the last one still runs is made up for by the next; node-cron would print it.
  const say = (message: string | Error) => log.debug({ cron: String(message) }, 'node-cron');
  return (name, expression, run) =>
    schedule(
      expression,
      () =>
        run().catch((error: unknown) => log.error({ task: name, error: messageOf(error) }, 'scheduled task failed')),
      {
        name,
        timezone: ZONE,
        noOverlap: true,
        distributed: true,
        runCoordinator,
        missedExecutionTolerance: TOLERANCE_MS,
        suppressMissedWarning: true,
        logger: { info: say, warn: say, error: say, debug: say },
      },
    );
}

async function digests({ store, log, now }: SchedulerDeps, config: Config | null): Promise<void> {
  const made = config === null ? [] : await makeDigests(store, config, now() - SETTLED_MS);
  if (made.length > 0) log.info({ editions: made }, 'digests made');
}

async function followHubs({ store, queues, log, now }: SchedulerDeps, config: Config | null): Promise<void> {
  if (config !== null) await sweepFollowings({ store, queues, log, now, config: () => config });
}

function enabled(config: Config): readonly Source[] {
  return config.sources.filter((source) => source.enabled);
}

function expressionsOf(config: Config): ReadonlySet<string> {
  return new Set(cronSources(config).map((source) => source.schedule));
}

function cronSources(config: Config): readonly Source[] {
  return enabled(config).filter((source) => source.schedule !== 'auto');
}

/** One expression fired: its sources come due, each at its own moment within the interval. */
async function fire(deps: SchedulerDeps, config: Config | null, expression: string): Promise<void> {
  if (config === null) return;
  const now = deps.now();
  const times = cronSources(config)
    .filter((source) => source.schedule === expression)
    .map(({ id }) => ({ id, at: now + deps.firings.offsetOf(expression, id) }));
  // A source that waits for its moment since the last firing keeps it: else each firing would put it off again.
  await setDue(deps.store, times, 'earlier');
}

/** What is due becomes poll jobs. */
async function sweep(deps: SchedulerDeps, config: Config | null, spacePolls: SpacePolls): Promise<void> {
  if (config === null) return;
  const now = deps.now();
  // Before the jobs: a poll that is done at once sets or clears the time itself, and must have the last word.
  const due = await takeDue(deps.store, { now, later: now + LOST_POLL_MS, limit: SWEEP_LIMIT });
  if (due.length === 0) return;
  const byId = new Map(enabled(config).map((source) => [source.id, source]));
  const known = due.flatMap((id) => byId.get(id) ?? []);
  await clearDue(
    deps.store,
    due.filter((id) => !byId.has(id)),
  );
  const { fetch, rsshub } = config.settings;
  const hosts = known.map(({ url }) => paceKey(resolveAddress(url, rsshub) ?? url, fetch.paceBy));
  const delays = spacePolls(hosts, spacingOf(fetch.perHostIntervalMs));
  await addPolls(
    deps.queues,
    known.map(({ id }) => id),
    'schedule',
    delays,
  );
}

/**
 * Brings due times in line with a config: new `auto` sources are due now, sources that left are forgotten. `isFirst`: cron
 * sources that missed a firing while no scheduler ran are made up for.
 */
async function placeSources(deps: SchedulerDeps, config: Config, isFirst: boolean): Promise<void> {
  const now = deps.now();
  const sources = enabled(config);
  const states = await readSourceStates(
    deps.store,
    sources.map(({ id }) => id),
  );
  // An address that is gone stays off the list until the config names another.
  const isGone = ({ url }: Source, i: number) =>
    states[i]?.gone === true && states[i].address === (resolveAddress(url, config.settings.rsshub) ?? url);
  const auto = sources.filter((source, i) => source.schedule === 'auto' && !isGone(source, i));
  await setDue(
    deps.store,
    auto.map(({ id }) => ({ id, at: now })),
    'keep',
  );
  const stay = new Set(sources.map(({ id }) => id));
  const waiting = await dueSources(deps.store, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  await clearDue(
    deps.store,
    waiting.filter((id) => !stay.has(id)),
  );
  const missed = sources.filter((source, i) => isFirst && missedFiring(source, states[i], now));
  const isMissed = new Set(missed);
  await setDue(
    deps.store,
    missed.map(({ id, schedule }) => ({ id, at: now + deps.firings.offsetOf(schedule, id) })),
    'earlier',
  );
  await recordNextPolls(
    deps.store,
    sources.flatMap((source, i) => {
      const { nextPollAt = null, notBefore = null } = states[i] ?? {};
      if (source.schedule === 'auto' || isMissed.has(source)) return [];
      const at = deps.firings.next(source.schedule, source.id);
      const stands = nextPollAt !== null && nextPollAt > now && (nextPollAt === notBefore || nextPollAt <= (at ?? 0));
      if (stands || at === null) return [];
      return [{ id: source.id, at, why: reason('poll.schedule', { expression: source.schedule }) }];
    }),
  );
}

/** A poll that was to be is in the past, and none came since. */
function missedFiring({ schedule }: Source, state: SourceState | undefined, now: number): boolean {
  if (schedule === 'auto' || state === undefined || state.gone) return false;
  const { nextPollAt, lastPollAt } = state;
  return nextPollAt !== null && nextPollAt <= now && (lastPollAt ?? 0) < nextPollAt;
}

/**
 * Has stored stories put into editions again, as long as they are not placed as the last config of a scheduler wants it:
 * what broke off, and what a process with another config has committed, is found here.
 */
async function placeStories({ store, queues }: SchedulerDeps, config: Config | null): Promise<void> {
  if (config === null) return;
  const { wanted, placed, misplaced } = await readPlacing(store);
  const editions = config.editions.map(({ id }) => id);
  if (wanted !== null && (wanted !== placed || misplaced > 0)) await addPlacing(queues, wanted, editions);
}
