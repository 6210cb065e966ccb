/** Finds out that the machine's clock was set, by a clock that nobody sets. */

/** Timers run late by less, also on a busy machine; a clock corrected by less needs no mending. */
const TOLERANCE_MS = 30_000;
const LOOK_MS = 1_000;

export interface Clocks {
  /** Epoch ms. */
  readonly now: () => number;
  /** Milliseconds since whenever; never goes back. */
  readonly monotonic: () => number;
}

/** Gives a look that says by how many milliseconds the clock was set since the look before: negative where it was set back. */
export function clockLook({ now, monotonic }: Clocks): () => number {
  let offset = now() - monotonic();
  return () => {
    const current = now() - monotonic();
    const moved = current - offset;
    // Small corrections add up over months.
    offset = current;
    return Math.abs(moved) < TOLERANCE_MS ? 0 : moved;
  };
}

/** So long a clock that was set is told of; then it is taken to be right. */
const TOLD_MS = 10 * 60_000;

/** Gives a look that says by how many milliseconds the clock is off from what it showed before it was set, negative where back. */
export function clockOff({ now, monotonic }: Clocks): () => number {
  let offset = now() - monotonic();
  let since: number | null = null;
  return () => {
    const off = now() - monotonic() - offset;
    if (Math.abs(off) >= TOLERANCE_MS) since ??= monotonic();
    else since = null;
    if (since !== null && monotonic() - since < TOLD_MS) return Math.round(off);
    offset += off;
    since = null;
    return 0;
  };
}

/** Calls `onSet` within about a second of the clock being set. */
export function watchClock(clocks: Clocks, onSet: (byMs: number) => void): { stop(): void } {
  const look = clockLook(clocks);
  const timer = setInterval(() => {
    const moved = look();
    if (moved !== 0) onSet(moved);
  }, LOOK_MS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
