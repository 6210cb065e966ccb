/** Paces how often a feed that changes without end is rendered: rendering must not take the time of those who wait. */

/** For each rendering a feed rests so many times as long as it took: a sixth of the time, at most, goes into one feed. */
const REST = 5;
/** Rest that a feed had before it needed it counts, so much of it: a few pieces of news in a row are each shown at once. */
const SAVED_MS = 1_000;
/** Readers are never further behind than twice this. */
const MOST_REST_MS = 1_000;

/** Until when a rendering's feed rests, and from when on readers wait for the next one, in ms of performance.now(). */
export interface Making {
  readonly restsUntil: number;
  readonly servesUntil: number;
}

/** Of a rendering that was ready at `at` after `tookMs`. `before`: of the feed's last one, where that is known. */
export function makingOf(before: Making | null, at: number, tookMs: number): Making {
  const restMs = REST * tookMs;
  const from = tookMs + Math.max(before?.restsUntil ?? 0, at - tookMs - SAVED_MS);
  return {
    restsUntil: Math.min(from + restMs, at + MOST_REST_MS),
    servesUntil: at + 2 * Math.min(restMs, MOST_REST_MS),
  };
}

/**
 * What becomes of a feed's last rendering that is outdated: it is served, and the next one may `rest` or is to be made
 * meanwhile (`renew`); or readers `wait` for the next one. `now`: ms of performance.now().
 */
export function paceOf({ restsUntil, servesUntil }: Making, now: number): 'rest' | 'renew' | 'wait' {
  if (now >= servesUntil) return 'wait';
  return now < restsUntil ? 'rest' : 'renew';
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
