/** Has sources read whole again whose articles were passed on just before Redis restarted: it may have lost them. */
import { distrustSource } from '../store/sources/sources.ts';
import { onConnected } from '../store/redis/connect.ts';
import type { Store } from '../store/redis/keys.ts';

/**
 * With `appendfsync everysec` Redis loses two seconds at most (redis.io, "Persistence"), and is away for a while. That an
 * article is done can reach it after the restart, though the job that brings its entry is lost.
 */
const DOUBTED_MS = 60_000;

export interface Passed {
  /** Called once the article is queued, and before its job counts as done. */
  note(source: string): void;
}

/** Listens to the connection for as long as it is there. */
export function rememberPassed(store: Store, now: () => number, onError: (error: Error) => void): Passed {
  const times = new Map<string, number>();
  const distrust = async () => {
    const at = now();
    const doubted = [...times].filter(([, passedAt]) => Math.abs(at - passedAt) < DOUBTED_MS);
    times.clear();
    for (const [source] of doubted) await distrustSource(store, source, at);
  };
  // The first time, nothing was passed on yet.
  onConnected(store, () => void distrust().catch(onError));
  return {
    note: (source) => {
      // Kept in the order of their times, so that old ones stand first.
      times.delete(source);
      times.set(source, now());
      for (const [old, passedAt] of times) {
        if (now() - passedAt < DOUBTED_MS) break;
        times.delete(old);
      }
    },
  };
}
