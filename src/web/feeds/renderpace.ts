/** Paces how often a feed that changes without end is rendered: rendering must not take the time of those who wait. */
import type { Rendering } from '../http/renderings.ts';
import { differsInNews } from './renderer.ts';

/** A feed rests so many times as long as its last rendering took: a sixth of the time, at most, goes into one feed. */
const REST = 5;
/** Readers are never further behind than twice this. */
const MOST_REST_MS = 1_000;

/**
 * What becomes of a feed's last rendering that is outdated at `stamp`: it is served, and the next one may `rest` or is to be
 * made meanwhile (`renew`); or readers `wait` for the next one. `now`: ms of performance.now().
 */
export function paceOf({ stamp: kept, made }: Rendering, stamp: string, now: number): 'rest' | 'renew' | 'wait' {
  if (made === null || !differsInNews(kept, stamp)) return 'wait';
  const restMs = Math.min(MOST_REST_MS, REST * made.tookMs);
  const ageMs = now - made.at;
  if (ageMs < restMs) return 'rest';
  return ageMs < 2 * restMs ? 'renew' : 'wait';
}

/** Makes renderings that nobody waits for, one at a time of each key. `failed` hears why one could not be made. */
export function createRenewal(failed: (error: unknown) => void): (key: string, make: () => Promise<unknown>) => void {
  const running = new Set<string>();
  return (key, make) => {
    if (running.has(key)) return;
    running.add(key);
    void make()
      .catch(failed)
      .finally(() => running.delete(key));
  };
}
