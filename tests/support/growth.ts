/** Tells how the work of a function grows with the size of what it is given, without a word on seconds. */

/** Below this, in milliseconds, a measurement is the machine's and not the function's. */
const FLOOR_MS = 4;
/** What else runs makes a measurement longer, never shorter: of several the least counts. */
const MOST_TRIES = 6;
const CLEARLY_LINEAR = 6;

/** What separates a line from a square. */
export const LINEAR = 9;

/** Times the work at `size` for four times as much: about 4 where it is linear, 16 for a square. */
export async function growth(size: number, work: (size: number) => unknown): Promise<number> {
  await work(size);
  let [small, large] = [Infinity, Infinity];
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    small = Math.min(small, await timeOf(() => work(size)));
    large = Math.min(large, await timeOf(() => work(4 * size)));
    if (large / Math.max(small, FLOOR_MS) < CLEARLY_LINEAR) break;
  }
  return large / Math.max(small, FLOOR_MS);
}

async function timeOf(work: () => unknown): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
