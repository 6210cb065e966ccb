/** Shares a host's pace among all workers: how many requests run at a time, how far apart they start, when it rests. */
import { readFileSync } from 'node:fs';
import { keys, type Store } from '../redis/keys.ts';
import { toScript } from '../redis/script.ts';

const runPace = toScript(readFileSync(new URL('../lua/pace.lua', import.meta.url), 'utf8'));

export interface Pace {
  readonly now: number;
  /** Requests at a time. */
  readonly concurrency: number;
  readonly intervalMs: number;
  /** A person asked: the host is asked even while it rests. */
  readonly urgent?: boolean | undefined;
}

/** `start`: now, and `endTurn` when done. `wait`: ask again after `ms`, that moment is kept. `rest`: the host wants peace. */
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

/** Asks for a turn on `host`. `lease` names the request: whoever asks again with it finds the moment kept for it. */
export async function takeTurn(store: Store, host: string, lease: string, pace: Pace): Promise<Turn> {
  const spaced = pace.intervalMs + Math.min(SLACK_MS, pace.intervalMs / 20);
  const answer = Number(
    await runPace(
      store.redis,
      [keys.leases(store, host), keys.pace(store, host), keys.slots(store, host)],
      [lease, pace.now, pace.concurrency, spaced, LEASE_MS, pace.urgent === true ? -1 : PATIENCE_MS],
    ),
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
      .catch(() => undefined);
  }, RENEW_MS);
  timer.unref();
  return () => clearInterval(timer);
}

export async function endTurn(store: Store, host: string, lease: string): Promise<void> {
  await store.redis.zrem(keys.leases(store, host), lease);
}

/** Leaves a host alone until `until`, for all sources on it. A rest that lasts longer already stays. */
export async function restHost(store: Store, host: string, until: number, now: number): Promise<void> {
  const key = keys.pace(store, host);
  const before = Number((await store.redis.hget(key, 'rest')) ?? 0);
  if (before >= until) return;
  await store.redis
    .pipeline()
    .hset(key, 'rest', String(until))
    .pexpire(key, Math.max(1, Math.ceil(until - now) + LEASE_MS))
    .exec();
}

/** Takes a named lock for `ttlMs`; false where another process holds it. */
export async function takeLock(store: Store, name: string, ttlMs: number): Promise<boolean> {
  return (await store.redis.set(keys.lock(store, name), '1', 'PX', ttlMs, 'NX')) === 'OK';
}
