/** Tells how the work of a function grows with the size of what it is given, without a word on seconds. */

const TIMES = 8;
/** What separates a line, which takes eight times as long, from a square, which takes 64 times. */
export const LINEAR = 24;
/** Below this, in milliseconds, a measurement is the machine's and not the function's. */
const FLOOR_MS = 5;
/** Collecting garbage makes a measurement longer, nothing makes it shorter: of several the least counts. */
const MOST_TRIES = 8;
const CLEARLY_LINEAR = 12;

/** How many times as long `work` takes for what `make` makes of eight times the size. */
export async function growth<T>(size: number, make: (size: number) => T, work: (made: T) => unknown): Promise<number> {
  const [one, many] = [make(size), make(TIMES * size)];
  // The first calls of a function are interpreted.
  await work(one);
  let [small, large] = [Infinity, Infinity];
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    small = Math.min(small, await timeOf(() => work(one)));
    large = Math.min(large, await timeOf(() => work(many)));
    if (large / Math.max(small, FLOOR_MS) < CLEARLY_LINEAR) break;
  }
  return large / Math.max(small, FLOOR_MS);
}

/** Processor time: what else runs on the machine takes nothing of it. Meant for a test in a process of its own. */
async function timeOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
