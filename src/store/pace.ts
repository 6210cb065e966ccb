/** Shares a host's pace among all workers: how many requests run at a time, and how far apart they start. */
import { readFileSync } from 'node:fs';
import { keys, type Store } from './keys.ts';

const SCRIPT = readFileSync(new URL('./pace.lua', import.meta.url), 'utf8');

/**
 * Asks for a turn on `host`. 0: start now, and `endTurn` with the same lease when done (a worker that dies lets go after
 * `leaseMs`). Otherwise the milliseconds to wait before asking again.
 */
export async function takeTurn(
  store: Store,
  host: string,
  lease: string,
  pace: { readonly now: number; readonly concurrency: number; readonly intervalMs: number; readonly leaseMs: number },
): Promise<number> {
  const answer = await store.redis.eval(
    SCRIPT,
    2,
    keys.leases(store, host),
    keys.pace(store, host),
    lease,
    pace.now,
    pace.concurrency,
    pace.intervalMs,
    pace.leaseMs,
  );
  return Number(answer);
}

export async function endTurn(store: Store, host: string, lease: string): Promise<void> {
  await store.redis.zrem(keys.leases(store, host), lease);
}

/** Takes a named lock for `ttlMs`; false where another process holds it. */
export async function takeLock(store: Store, name: string, ttlMs: number): Promise<boolean> {
  return (await store.redis.set(keys.lock(store, name), '1', 'PX', ttlMs, 'NX')) === 'OK';
}
