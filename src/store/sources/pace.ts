/** Shares a host's pace among all workers: how many requests run at a time, how far apart they start, when it rests. */
import { keys, type Store } from '../redis/keys.ts';
import { defineScript } from '../redis/luascript.ts';

const askTurn = defineScript(
  'pace-3',
  ['leases', 'pace', 'slots'],
  ['lease', 'now', 'limit', 'intervalMs', 'leaseMs', 'patienceMs'],
);
const lengthenRest = defineScript('rest-1', ['pace'], ['ends', 'now', 'keepMs']);

export interface Pace {
  readonly now: number;
  /** Requests at a time. */
  readonly concurrency: number;
  readonly intervalMs: number;
  /** A person asked: the host is asked even while it rests. */
  readonly urgent?: boolean | undefined;
}

/** `start`: now, and `endTurn` when done. `wait`: ask again after `ms`, that moment is kept. `rest`: the host is not to be asked for `ms`. */
export type Turn =
  | { readonly kind: 'start' }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'rest'; readonly ms: number };

/** A worker that dies holds its place on the host for so long; one that lives renews it. */
const LEASE_MS = 5_000;
const RENEW_MS = 1_500;
/** A host that rests for longer is not waited for in the queue. */
const PATIENCE_MS = 120_000;
/** Requests reach a server some milliseconds earlier or later than they were started here. */
const SLACK_MS = 50;

/** Milliseconds between the starts of two requests to one host, of which each reaches it `intervalMs` after the other. */
export function spacingOf(intervalMs: number): number {
  // PEXPIRE takes whole numbers alone.
  return Math.ceil(intervalMs + Math.min(SLACK_MS, intervalMs / 20));
}

/** Asks for a turn on `host`. `lease` names the request: asking again with it finds the moment kept for it. */
export async function takeTurn(store: Store, host: string, lease: string, pace: Pace): Promise<Turn> {
  const answer = Number(
    await askTurn.run(store.redis, {
      keys: { leases: keys.leases(store, host), pace: keys.pace(store, host), slots: keys.slots(store, host) },
      args: {
        lease,
        now: Math.round(pace.now),
        limit: pace.concurrency,
        intervalMs: spacingOf(pace.intervalMs),
        leaseMs: LEASE_MS,
        patienceMs: pace.urgent === true ? -1 : PATIENCE_MS,
      },
    }),
  );
  if (answer === 0) return { kind: 'start' };
  return answer > 0 ? { kind: 'wait', ms: answer } : { kind: 'rest', ms: -answer };
}

/** Keeps a lease alive until the function that this returns is called: requests may take longer than a lease lasts. */
export function holdTurn(store: Store, host: string, lease: string, now: () => number): () => void {
  const timer = setInterval(() => {
    const key = keys.leases(store, host);
    // Only while it is there: an ended request must not come back.
    store.redis
      .pipeline()
      .zadd(key, 'XX', String(now() + LEASE_MS), lease)
      .pexpire(key, LEASE_MS)
      .exec()
      // The connection tells of an outage; the next renewal comes before the lease ends.
      .catch(() => undefined);
  }, RENEW_MS);
  timer.unref();
  return () => clearInterval(timer);
}

export async function endTurn(store: Store, host: string, lease: string): Promise<void> {
  await store.redis.zrem(keys.leases(store, host), lease);
}

/** Lets a host rest until `until` (epoch ms), for all sources on it. A rest that lasts longer already stays. */
export async function restHost(store: Store, host: string, until: number, now: number): Promise<void> {
  const keepMs = Math.max(1, Math.ceil(until - now) + LEASE_MS);
  await lengthenRest.run(store.redis, {
    keys: { pace: keys.pace(store, host) },
    args: { ends: Math.ceil(until), now: Math.round(now), keepMs },
  });
}
