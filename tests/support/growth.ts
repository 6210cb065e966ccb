/** Tells how the work of a function grows with the size of what it is given, without a word on seconds. */

/** Below this, in milliseconds, a measurement is the machine's and not the function's. */
const FLOOR_MS = 4;

/** Times the work at `size` for four times as much: about 4 where it is linear, 16 for a square. The least of three tries. */
export function growth(size: number, work: (size: number) => void): number {
  work(size);
  let least = Infinity;
  for (let tries = 0; tries < 3; tries++) {
    const [small, large] = [cpuOf(() => work(size)), cpuOf(() => work(4 * size))];
    least = Math.min(least, large / Math.max(small, FLOOR_MS));
    if (least < 6) break;
  }
  return least;
}

function cpuOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** What separates a line from a square. */
export const LINEAR = 9;
