/**
 * The one way to wait for a host: a request takes a turn on the host that it asks, and on the host of each redirect;
 * and a host that asks for a rest (Retry-After) is given it, for all sources on it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { DelayedError, type Job } from 'bullmq';
import type { Store } from '../store/redis/keys.ts';
import { endTurn, holdTurn, type Pace, restHost, takeTurn } from '../store/sources/pace.ts';
import type { Settings } from '../model/config.ts';
import type { FetchResult } from '../model/fetch.ts';
import type { Reason } from '../model/reason.ts';
import { reason } from '../reasons/catalogue.ts';
import { paceKey } from '../sources/host.ts';
import { MINUTE_MS } from '../text/time.ts';

/** A turn on a host, under the name by which it was taken. */
export interface HeldTurn {
  readonly host: string;
  readonly lease: string;
}

/** A turn that is too far off to be waited for here; the moment of a `wait` is kept for the same lease. */
export interface MissedTurn {
  readonly kind: 'wait' | 'rest';
  readonly ms: number;
  readonly host: string;
}

export interface HeldTurns {
  readonly kind: 'start';
  /**
   * For the fetcher: takes the turn of the host that a redirect leads to, once that of the host before has ended.
   * Resolves to null, or to why the redirect cannot be followed now.
   */
  readonly beforeHop: (address: string) => Promise<Reason | null>;
  readonly held: () => HeldTurn | null;
  /** What kept a redirect from being followed. The moment of a `wait` is kept for who comes again with the first lease. */
  readonly missed: () => MissedTurn | null;
  /** Stops holding; the turn itself ends here unless `ended` says that it has. */
  readonly leave: (ended?: boolean) => Promise<void>;
}

export interface HostTurnDeps {
  readonly store: Store;
  readonly now: () => number;
}

/** A request that needs a turn. */
export interface TurnWish {
  readonly address: string;
  /** Names the request: asking again with it finds the moment that was kept for it. */
  readonly lease: string;
  readonly limits: Settings['fetch'];
  /** A person asks: the host's rest is passed over. */
  readonly urgent?: boolean;
  /** Longest wait in this worker, in milliseconds: what takes longer is better done by another job. */
  readonly patienceMs: number;
}

/** All of one request's redirects wait for so long in this worker. */
const HOP_WAIT_MS = 2_000;

/** Takes the turn of the host that is asked; `leave` gives it back. */
export async function takeHostTurn(deps: HostTurnDeps, wish: TurnWish): Promise<HeldTurns | MissedTurn> {
  const { limits, urgent = false } = wish;
  const pace = { concurrency: limits.perHostConcurrency, intervalMs: limits.perHostIntervalMs, urgent };
  const first = { host: paceKey(wish.address, limits.paceBy), lease: wish.lease };
  const missed = await waitFor(deps, first, pace, wish.patienceMs);
  return 'kind' in missed ? missed : followHops(deps, first, pace, limits.paceBy);
}

/** Waits for a turn; gives what patience is left once it is taken. */
async function waitFor(
  { store, now }: HostTurnDeps,
  { host, lease }: HeldTurn,
  pace: Omit<Pace, 'now'>,
  patienceMs: number,
): Promise<{ readonly leftMs: number } | MissedTurn> {
  for (let leftMs = patienceMs; ;) {
    const turn = await takeTurn(store, host, lease, { ...pace, now: now() });
    if (turn.kind === 'start') return { leftMs };
    if (turn.kind === 'rest' || turn.ms > leftMs) return { ...turn, host };
    leftMs -= turn.ms;
    await sleep(turn.ms);
  }
}

function followHops(
  deps: HostTurnDeps,
  first: HeldTurn,
  pace: Omit<Pace, 'now'>,
  paceBy: Settings['fetch']['paceBy'],
): HeldTurns {
  const { store, now } = deps;
  let held: HeldTurn | null = first;
  let letGo = holdTurn(store, first.host, first.lease, now);
  let missed: MissedTurn | null = null;
  let hops = 0;
  let patienceMs = HOP_WAIT_MS;

  const leave: HeldTurns['leave'] = async (ended = false) => {
    letGo();
    const left = held;
    held = null;
    if (left !== null && !ended) await endTurn(store, left.host, left.lease);
  };

  return {
    kind: 'start',
    async beforeHop(address) {
      hops++;
      const host = paceKey(address, paceBy);
      // From http to https, or to another path: part of the turn that the host has given.
      if (host === held?.host) return null;
      await leave();
      // A name of its own for each hop, so that none takes the moment that was kept for another.
      const next = { host, lease: `${first.lease} ${hops}` };
      const waited = await waitFor(deps, next, pace, patienceMs);
      if ('kind' in waited) {
        missed = waited;
        return reason('fetch.redirect.host-rests', { host, wait: waited.ms });
      }
      patienceMs = waited.leftMs;
      held = next;
      letGo = holdTurn(store, host, next.lease, now);
      return null;
    },
    held: () => held,
    missed: () => missed,
    leave,
  };
}

/** Runs a job in its turn among those of one party, so many at a time; where it is not due, gives it back to its queue. */
export async function runInTurnOf<T>(
  deps: HostTurnDeps,
  { host, lease, ...pace }: HeldTurn & Omit<Pace, 'now'>,
  job: Pick<Job, 'moveToDelayed'>,
  token: string | undefined,
  run: () => Promise<T>,
): Promise<T> {
  const { store, now } = deps;
  const turn = await takeTurn(store, host, lease, { ...pace, now: now() });
  if (turn.kind !== 'start') return comeBack(deps, job, token, turn.ms);
  const letGo = holdTurn(store, host, lease, now);
  try {
    return await run();
  } finally {
    letGo();
    await endTurn(store, host, lease);
  }
}

/** Gives the job back to its queue for `ms` milliseconds; it then runs again from its beginning. */
export async function comeBack(
  { now }: Pick<HostTurnDeps, 'now'>,
  job: Pick<Job, 'moveToDelayed'>,
  token: string | undefined,
  ms: number,
): Promise<never> {
  await job.moveToDelayed(now() + ms, token);
  throw new DelayedError();
}

/** A host that finds itself asked too often (429) and does not say for how long rests for this. */
const UNSAID_REST_MS = 15 * MINUTE_MS;

/** Lets the host that answered with Retry-After or 429 rest, where the config says that the whole host is meant. */
export async function restAfter(
  { store, now }: HostTurnDeps,
  result: FetchResult,
  { retryAfter, paceBy }: Settings['fetch'],
): Promise<void> {
  if (result.outcome !== 'failed' || retryAfter !== 'host') return;
  const restMs = result.retryAfterMs ?? (result.status === 429 ? UNSAID_REST_MS : null);
  if (restMs === null) return;
  const at = now();
  // Behind a redirect another host than was asked.
  await restHost(store, paceKey(result.url, paceBy), at + restMs, at);
}
