/** Has sources read whole again whose articles or entries were passed on just before Redis restarted: it may have lost them. */
import { distrustSource } from '../store/sources/sources.ts';
import { onBroken, onConnected } from '../store/redis/connect.ts';
import type { Store } from '../store/redis/keys.ts';

/**
 * With `appendfsync everysec` Redis loses two seconds at most (redis.io, "Persistence"). That a job is done can reach it
 * after the restart, though what the job wrote is lost.
 */
const DOUBTED_MS = 60_000;

export interface Passed {
  /** Called before and after a job writes what it is for, and before it counts as done. */
  note(source: string): void;
}

/** Listens to the connection for as long as it is there. */
export function rememberPassed(store: Store, now: () => number, onError: (error: Error) => void): Passed {
  const times = new Map<string, number>();
  let brokenAt: number | null = null;
  const isDoubted = (passedAt: number) => Math.abs((brokenAt ?? now()) - passedAt) < DOUBTED_MS;
  const note = (source: string) => {
    // Kept in the order of their times, so that old ones stand first.
    times.delete(source);
    times.set(source, now());
    for (const [old, passedAt] of times) {
      if (isDoubted(passedAt)) break;
      times.delete(old);
    }
  };
  const distrust = async () => {
    const doubted = [...times].flatMap(([source, passedAt]) => (isDoubted(passedAt) ? [source] : []));
    times.clear();
    brokenAt = null;
    // That they are distrusted may be lost as well, where Redis restarts again.
    for (const source of doubted) note(source);
    for (const source of doubted) await distrustSource(store, source, now());
  };
  onBroken(store, () => {
    brokenAt ??= now();
  });
  // The first time, nothing was passed on yet.
  onConnected(store, () => void distrust().catch(onError));
  return { note };
}
