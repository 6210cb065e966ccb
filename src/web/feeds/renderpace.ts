/** Paces how often a feed that changes without end is rendered: rendering must not take the time of those who wait. */
import { performance } from 'node:perf_hooks';
import type { Rendering } from '../http/renderings.ts';
import { differsInNews, type Stamp } from './renderer.ts';

/** A feed rests so many times as long as its last rendering took: a sixth of the time, at most, goes into one feed. */
const REST = 5;
/** Readers are never further behind than twice this. */
const MOST_REST_MS = 1_000;

export interface RenderPace {
  /** Renders, and notes when that was and how long it took. */
  readonly time: <T>(key: string, render: () => Promise<T>) => Promise<T>;
  /**
   * The last rendering of a feed that is outdated at `stamp`, where it was made so lately that it is still the news of now;
   * else null. `renew` makes the next one, which nobody waits for.
   */
  readonly ofThisMoment: (
    key: string,
    kept: Rendering | undefined,
    stamp: Stamp,
    renew: () => Promise<unknown>,
  ) => Rendering | null;
}

/** `failed` hears why a rendering that nobody waits for could not be made. */
export function createRenderPace(failed: (error: unknown) => void): RenderPace {
  const last = new Map<string, { readonly at: number; readonly tookMs: number }>();
  const running = new Set<string>();
  return {
    async time(key, render) {
      const began = performance.now();
      running.add(key);
      try {
        const rendered = await render();
        const at = performance.now();
        last.set(key, { at, tookMs: at - began });
        return rendered;
      } finally {
        running.delete(key);
      }
    },
    ofThisMoment(key, kept, stamp, renew) {
      const made = last.get(key);
      if (kept === undefined || made === undefined || !differsInNews(kept.stamp, stamp.text)) return null;
      const restMs = Math.min(MOST_REST_MS, REST * made.tookMs);
      const ageMs = performance.now() - made.at;
      if (ageMs >= 2 * restMs) return null;
      if (ageMs >= restMs && !running.has(key)) renew().catch(failed);
      return kept;
    },
  };
}
